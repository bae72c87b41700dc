"""Where the text of a source is: beside its record, or in the reader's own texts folder."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from briefing.library.folder import OutsideError, read_file, read_regular, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.library.catalogue import Catalogue
    from briefing.library.evidence import SourceText

_LIMIT = 16 * 1024 * 1024
_ENDING = ".txt"


class SourceRow(NamedTuple):
    """What the catalogue knows of a source: `path` is that of its text file, relative to the library, or nothing."""

    key: int
    id: str
    title: str
    path: str
    gists: int
    line: int
    column: int


class TextFault(NamedTuple):
    """Why a text file cannot be used: a code, a sentence, and the mend."""

    code: str
    message: str
    mend: str


class Texts:
    """Finds and reads the texts of sources; `own` is the reader's texts folder, where there is one."""

    def __init__(self, library: Path, own: Path | None) -> None:
        self._library = library
        self._own = own

    @property
    def folder(self) -> str:
        """The reader's texts folder, or nothing."""
        return str(self._own) if self._own else ""

    def stamps(self, catalogue: Catalogue) -> dict[str, str]:
        """Return for each source whose text is here (or should be) what tells it from another version of it.

        Only the sources that name a file are looked at one by one.
        """
        found: dict[str, str] = {}
        if self._own is not None:
            try:
                with os.scandir(self._own) as listing:
                    for entry in listing:
                        name = entry.name
                        if name.endswith(_ENDING) and name.isascii():
                            found[name.removesuffix(_ENDING)] = f"{entry.path}|{_stamp(entry.path)}"
            except OSError:
                # No such folder, or none that can be read: as if there was none.
                pass
        named = catalogue.rows("SELECT id, path FROM sources WHERE path <> ''")
        for source, path in named:
            beside = _stamp(f"{self._library}/{path}")
            found[source] = f"{path}|{beside}|{found.get(source, '')}"
        return found

    def moved(self, catalogue: Catalogue) -> set[str]:
        """Return the ids of the sources whose text is not the one that the evidence rests on."""
        now = self.stamps(catalogue)
        before: dict[str, str] = dict(catalogue.rows("SELECT id, stamp FROM texts"))
        if now == before:
            return set()
        return {source for source in now.keys() | before.keys() if now.get(source) != before.get(source)}

    def load(self, source: SourceRow) -> tuple[SourceText | None, TextFault | None]:
        """Return the text of a source, or None where it is not here, and what is wrong with the file that it names."""
        fault: TextFault | None = None
        if source.path:
            try:
                data = read_file(self._library, source.path, _LIMIT)
                return self._parsed(data.decode("utf-8-sig"), source, source.path), None
            except OutsideError:
                fault = TextFault(
                    "path-outside", f"`{source.path}` leads out of the library.", "Copy the text into the library."
                )
            except UnicodeDecodeError as error:
                fault = TextFault(
                    "not-utf-8",
                    f"`{source.path}` is not UTF-8: the byte 0x{data[error.start]:02X} cannot stand there.",
                    "Save it as UTF-8.",
                )
            except OSError as error:
                reason = f" ({error.strerror})" if error.strerror else ""
                fault = TextFault(
                    "missing-text",
                    f"`{source.path}` cannot be read{reason}.",
                    "Correct `text_file`, or put the file there.",
                )
        return self._from_own(source), fault

    def _from_own(self, source: SourceRow) -> SourceText | None:
        if self._own is None:
            return None
        path = self._own / f"{source.id}{_ENDING}"
        try:
            text = read_regular(str(path), _LIMIT).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
        return self._parsed(text, source, str(path))

    @staticmethod
    def _parsed(text: str, source: SourceRow, origin: str) -> SourceText:
        # Imported here: finding whether a text changed does without.
        from briefing.library.evidence import SourceText

        return SourceText.parse(text, title=source.title, gists=source.gists, origin=origin)


def _stamp(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116 - asked for every source that names a file
    except (OSError, ValueError):
        return ""
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else ""
