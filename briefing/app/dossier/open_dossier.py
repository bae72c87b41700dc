"""The dossier that is being put together: one for each library, every change kept at once and undone at will."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from briefing.app.dossier.kept import Kept, kept_file, raw, read_kept, write_kept
from briefing.app.wording import count, one_line
from briefing.records.dossier import Dossier, Entry, HeadingEntry, RecordEntry, SearchEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from briefing.app.dossier.gathering import Gathered
    from briefing.app.jobs import Jobs
    from briefing.app.session import Session

LANE = "dossier file"
REMEMBERED = 100
"""How many changes can be undone."""
NEW_HEADING = "New heading"


class OpenDossier(QObject):
    """Holds the dossier of the library that is open. `folder` is where dossiers are kept; None: nowhere."""

    changed = Signal()
    """`dossier` is another."""
    said = Signal(str, bool)
    """What was done, in a sentence, and whether that can be undone."""
    failed = Signal(str)
    """A sentence: it could not be kept, or not be read."""

    def __init__(self, session: Session, jobs: Jobs, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._folder = session, jobs, folder
        self.dossier = Dossier()
        self.ready = False
        """Whether what is kept has been read."""
        self._file: Path | None = None
        self._data = b""
        self._before: list[Dossier] = []
        self._waiting: list[Callable[[], object]] = []
        session.library_changed.connect(self._library_changed)
        self._library_changed()

    @property
    def records(self) -> int:
        """How many records are named one by one."""
        return len(self.dossier.record_ids())

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._before)

    def when_ready(self, act: Callable[[], object]) -> None:
        """Do something at once, or once what is kept has been read."""
        if self.ready:
            act()
        else:
            self._waiting.append(act)

    # --- changing it --------------------------------------------------------------------------------------------

    def add(self, found: Gathered, at: int = -1) -> None:
        """Add what was gathered, before a row or at the end; what is there already is said, and not added twice.

        Only once it is ready.
        """
        self._take_up()
        there = set(map(_identity, self.dossier.entries))
        new = [each for each in found.entries if _identity(each) not in there]
        if not new:
            self.said.emit(_already(found.entries), False)
            return
        at = at if 0 <= at <= len(self.dossier.entries) else len(self.dossier.entries)
        entries = (*self.dossier.entries[:at], *new, *self.dossier.entries[at:])
        self._become(replace(self.dossier, entries=entries), _added(new, len(found.entries) - len(new), cut=found.cut))

    def add_heading(self, at: int = -1) -> int:
        """Put a heading before a row or at the end; return its row, or -1 where that cannot be."""
        if not self._current():
            return -1
        entries = self.dossier.entries
        at = at if 0 <= at <= len(entries) else len(entries)
        entries = (*entries[:at], HeadingEntry(NEW_HEADING), *entries[at:])
        self._become(replace(self.dossier, entries=entries), "Heading added.")
        return at

    def rename(self, row: int, text: str) -> None:
        """Give a heading another text, unless that is empty."""
        text = _tidy(text)
        if not self._current() or not 0 <= row < len(self.dossier.entries):
            return
        entry = self.dossier.entries[row]
        if text and isinstance(entry, HeadingEntry) and entry.text != text:
            entries = (*self.dossier.entries[:row], HeadingEntry(text), *self.dossier.entries[row + 1 :])
            self._become(replace(self.dossier, entries=entries))

    def remove(self, rows: Iterable[int]) -> None:
        """Take entries out."""
        gone = {row for row in rows if 0 <= row < len(self.dossier.entries)}
        if not gone or not self._current():
            return
        out = [entry for row, entry in enumerate(self.dossier.entries) if row in gone]
        entries = tuple(entry for row, entry in enumerate(self.dossier.entries) if row not in gone)
        what = f"“{_name(out[0])}”" if len(out) == 1 else count(len(out), "entry", "entries")
        self._become(replace(self.dossier, entries=entries), f"{what} taken out of the dossier.")

    def move(self, rows: Iterable[int], to: int) -> int:
        """Put entries together before the row `to`, in their order; return where the first of them is then, or -1."""
        entries = self.dossier.entries
        moved = sorted({row for row in rows if 0 <= row < len(entries)})
        if not moved or not 0 <= to <= len(entries) or not self._current():
            return -1
        start = to - sum(row < to for row in moved)
        stay = [entry for row, entry in enumerate(entries) if row not in set(moved)]
        order = (*stay[:start], *(entries[row] for row in moved), *stay[start:])
        if order != entries:
            self._become(replace(self.dossier, entries=order))
        return start

    def set_title(self, title: str) -> None:
        """Give the dossier another title."""
        title = _tidy(title)
        if title != self.dossier.title and self._current():
            self._become(replace(self.dossier, title=title))

    def set_cover(self, cover: Dossier) -> None:
        """Take all but the entries from another dossier."""
        if self._current() and (changed := replace(cover, entries=self.dossier.entries)) != self.dossier:
            self._become(changed, "Cover changed.")

    def take(self, dossier: Dossier, sentence: str) -> None:
        """Have another dossier in place of this one, which undoing brings back."""
        if not self.ready:
            self.when_ready(lambda: self.take(dossier, sentence))
        elif dossier != self.dossier:
            self._take_up()
            self._become(dossier, sentence)
        else:
            self.said.emit(sentence, False)

    def undo(self) -> None:
        """Take the last change back."""
        if self._before and self._current():
            self.dossier = self._before.pop()
            self._keep()
            self.changed.emit()
            self.said.emit("Undone.", False)

    def _become(self, dossier: Dossier, sentence: str = "") -> None:
        self._before.append(self.dossier)
        del self._before[:-REMEMBERED]
        self.dossier = dossier
        self._keep()
        self.changed.emit()
        if sentence:
            self.said.emit(sentence, True)

    # --- keeping it ---------------------------------------------------------------------------------------------

    def _library_changed(self) -> None:
        library = self._session.library
        self._jobs.cancel(LANE)
        self._waiting.clear()
        self._before.clear()
        self._file = kept_file(self._folder, library.folder) if self._folder and library is not None else None
        self.ready = False
        self.dossier, self._data = Dossier(), b""
        file = self._file
        if file is None or not file.exists():
            self.ready = True
            self.changed.emit()
        else:
            # A long one takes longer to read than a window may stand still.
            self._jobs.run(lambda: read_kept(file), self._read, lane=LANE)

    def _read(self, kept: Kept) -> None:
        self.dossier, self._data = kept.dossier, kept.data
        self.ready = True
        self.changed.emit()
        if kept.fault:
            self.failed.emit(kept.fault)
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each()

    def _take_up(self) -> bool:
        """See the dossier as another window may have left it; whether it had."""
        if self._file is None or raw(self._file) in (self._data, b""):
            return False
        kept = read_kept(self._file)
        self._before.clear()
        self.dossier, self._data = kept.dossier, kept.data
        return True

    def _current(self) -> bool:
        """Whether rows are still those that the user sees; where another window changed them, show them anew."""
        if not self.ready:
            return False
        if self._take_up():
            self.changed.emit()
            self.said.emit("Another window has changed this dossier; this is how it is now.", False)
            return False
        return True

    def _keep(self) -> None:
        if self._file is None:
            return
        try:
            self._data = write_kept(self._file, self.dossier)
        except OSError as error:
            self.failed.emit(f"The dossier cannot be kept: {error.strerror or error}. Save it to a file of your own.")


def _identity(entry: Entry) -> object:
    """Return what makes two entries the same; two headings never are."""
    return entry.id if isinstance(entry, RecordEntry) else entry if isinstance(entry, SearchEntry) else object()


def _name(entry: Entry) -> str:
    match entry:
        case RecordEntry(record_id, called):
            return one_line(called or record_id)
        case SearchEntry(query):
            return one_line(query)
        case HeadingEntry(text):
            return one_line(text)


def _already(entries: Sequence[Entry]) -> str:
    if not entries:
        return "There is nothing to add."
    if len(entries) == 1:
        return f"“{_name(entries[0])}” is in the dossier already."
    return f"All {len(entries):,} are in the dossier already."


def _added(new: Sequence[Entry], there: int, *, cut: bool) -> str:
    records = sum(isinstance(each, RecordEntry) for each in new)
    what = count(records, "record") if records == len(new) else count(len(new), "entry", "entries")
    sentence = f"“{_name(new[0])}” added to the dossier" if len(new) == 1 else f"{what} added to the dossier"
    also = f"; {there:,} {'was' if there == 1 else 'were'} there already" if there else ""
    more = "; there are more than are added at once" if cut else ""
    return f"{sentence}{also}{more}."


def _tidy(text: str) -> str:
    return " ".join(one_line(text).split())
