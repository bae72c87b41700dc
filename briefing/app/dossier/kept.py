"""Where the dossier of each library is kept between starts, and how it is read and written. Imports no Qt."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from briefing.app.whole_file import write_whole
from briefing.records.dossier import Dossier, dossier_text, read_dossier

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 16 * 1024 * 1024


class Kept(NamedTuple):
    """A dossier as it is in its file; `fault` is a sentence where the file could not be used."""

    dossier: Dossier
    data: bytes = b""
    fault: str = ""


def kept_file(folder: Path, library: Path) -> Path:
    """Return the file for the dossier of a library, in a folder of the user's."""
    digest = hashlib.sha256(str(library).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return folder / f"{digest}.yaml"


def read_kept(file: Path) -> Kept:
    """Return what is kept; a file that cannot be understood is moved aside, never overwritten."""
    data = raw(file)
    if not data:
        return Kept(Dossier())
    found = read_dossier(data, file.name)
    if not found.has_error:
        return Kept(found.dossier, data)
    aside = file.with_suffix(".damaged.yaml")
    fault = next(each for each in found.problems if each.severity == "error")
    try:
        file.replace(aside)
    except OSError:
        aside = file
    where = f"{aside}:{fault.line}:{fault.column}"
    return Kept(Dossier(), b"", f"The dossier could not be read, and begins anew: {fault.message} It is in {where}.")


def raw(file: Path) -> bytes:
    """Return the bytes of the file, none where there is no such file."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST)
    except OSError:
        return b""


def write_kept(file: Path, dossier: Dossier) -> bytes:
    """Write a dossier, whole or not at all, and return its bytes; raises OSError."""
    data = dossier_text(dossier).encode("utf-8", "replace")
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, data)
    return data
