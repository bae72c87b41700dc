"""Where the text of a source is: beside its record, or in the reader's own texts folder."""

from __future__ import annotations

import os
import posixpath
import stat
from typing import TYPE_CHECKING, NamedTuple

from briefing.library.folder import OutsideError, read_file, read_regular, stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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

    def stamps(self, catalogue: Catalogue, among: Iterable[str] | None = None) -> dict[str, str]:
        """Return for each source whose text is here (or should be) what tells it from another version of it.

        Of all sources, only those that name a file are looked at one by one; else those `among` which one asks.
        """
        found: dict[str, str] = {}
        if among is not None:
            ids = list(among)
            found.update(self._own_stamps(f"{each}{_ENDING}" for each in ids))
            named = catalogue.rows_in("SELECT id, path FROM sources WHERE path <> '' AND id IN ({})", ids)
        else:
            found.update(self._own_stamps())
            named = catalogue.rows("SELECT id, path FROM sources WHERE path <> ''")
        for source, path in named:
            beside = _stamp(f"{self._library}/{path}")
            found[source] = f"{path}|{beside}|{found.get(source, '')}"
        return found

    def _own_stamps(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        """Yield source and stamp of the texts in the reader's folder, of all or of those names."""
        if self._own is None:
            return
        try:
            for name in os.listdir(self._own) if names is None else names:  # noqa: PTH208 - names are what is wanted
                path = os.path.join(self._own, name)  # noqa: PTH118 - there may be very many
                if name.endswith(_ENDING) and name.isascii() and (names is None or os.path.lexists(path)):
                    yield name.removesuffix(_ENDING), f"{path}|{_stamp(path)}"
        except OSError:
            # No such folder, or none that can be read: as if there was none.
            return

    def named_by(self, catalogue: Catalogue, paths: Iterable[str]) -> set[str]:
        """Return the ids of the sources whose text may be at one of those paths, or in a folder that is one.

        The paths are relative to the library, or whole.
        """
        found: set[str] = set()
        for path in paths:
            if path.endswith(_ENDING):
                found.add(posixpath.basename(path).removesuffix(_ENDING))
            rows = catalogue.rows(
                "SELECT id FROM sources WHERE path <> '' AND path = ?1"
                " UNION ALL SELECT id FROM sources WHERE path <> '' AND path > ?1 || '/' AND path < ?1 || '0'",
                (path,),
            )
            found.update(source for (source,) in rows)
        return found

    def moved(self, catalogue: Catalogue, among: Iterable[str] | None = None) -> set[str]:
        """Return the ids of the sources whose text is not the one that the evidence rests on."""
        now, before = self.stamps(catalogue, among), self.rested_on(catalogue, among)
        if now == before:
            return set()
        return {source for source in now.keys() | before.keys() if now.get(source) != before.get(source)}

    def rested_on(self, catalogue: Catalogue, among: Iterable[str] | None = None) -> dict[str, str]:
        """Return the stamps of the texts that the evidence rests on, of all sources or of some."""
        if among is None:
            return dict(catalogue.rows("SELECT id, stamp FROM texts"))
        return dict(catalogue.rows_in("SELECT id, stamp FROM texts WHERE id IN ({})", among))

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
