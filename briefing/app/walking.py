"""Walks through the hits of a search: from match to match in the record that is shown, then on to the next hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from briefing.app.wording import count

if TYPE_CHECKING:
    from briefing.app.reader.panel import ReaderPanel
    from briefing.app.results.panel import ResultsPanel
    from briefing.app.session import Session


class Walking(QObject):
    """What F3 and Shift+F3 do, and what is said of where one is.

    While the find bar is open they are for what it finds. Where nothing is searched for they open it. Where a hit was
    chosen that is not the one last opened, that is opened first.
    """

    def __init__(self, session: Session, reader: ReaderPanel, results: ResultsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._results = results
        self._waiting: bool | None = None
        self._note = ""
        reader.matches_changed.connect(self._say)
        reader.walk_requested.connect(self._step)
        results.answered.connect(self._answered)
        results.total_changed.connect(self._say)
        results.field.textChanged.connect(self._text_changed)
        session.query_changed.connect(self._say)
        session.address_changed.connect(self._address_changed)

    def forward(self) -> None:
        """Go to the next match."""
        self._step(True)

    def back(self) -> None:
        """Go to the match before."""
        self._step(False)

    def _step(self, forward: bool) -> None:
        reader, results = self._reader, self._results
        self._waiting = None
        self._note = ""
        if reader.finder.is_open:
            reader.finder.step(forward)
        elif results.waiting:
            self._waiting = forward
        elif results.marked and results.model.rowCount():
            self._walk(forward)
        elif self._session.query:
            reader.finder.walk(forward, around=True)
        elif not results.active:
            reader.open_find()
        self._say()

    def _walk(self, forward: bool) -> None:
        results = self._results
        row = results.view.currentIndex().row()
        if not results.opened or self._session.query != results.marked:
            self._open(row, forward)
        elif not self._reader.finder.walk(forward):
            self._next_hit(row + (1 if forward else -1), forward)

    def _next_hit(self, row: int, forward: bool) -> None:
        results = self._results
        loaded = results.model.rowCount()
        if 0 <= row < loaded:
            self._open(row, forward)
        elif forward and results.model.has_more:
            self._waiting = True
            results.load_more()
        elif not forward and results.model.has_more:
            self._note = "This is the first hit"
        else:
            note = self._came_round(forward, loaded)
            self._open(0 if forward else loaded - 1, forward)
            self._note = note

    def _came_round(self, forward: bool, hits: int) -> str:
        results = self._results
        if hits == 1 and not self._reader.match[1]:
            return "There is no other hit"
        end = f"Came round to the {'first' if forward else 'last'} {'hit' if hits > 1 else 'match'}"
        return end if results.model.total == hits else f"{end} of the {hits:,} that are listed"

    def _open(self, row: int, forward: bool) -> None:
        self._results.open_row(row)
        if not forward:
            self._reader.finder.stand_on(-1)

    def _answered(self) -> None:
        forward, self._waiting = self._waiting, None
        if forward is not None:
            self._step(forward)
        self._say()

    def _text_changed(self) -> None:
        self._waiting = None
        self._note = ""

    def _address_changed(self) -> None:
        self._note = ""
        self._say()

    def _say(self) -> None:
        """Say in the reading pane which match of how many is shown, in which hit of how many."""
        parts = [self._match(), self._hit()] if self._session.query else []
        said = "  ·  ".join(filter(None, parts))
        self._reader.say_match(said[:1].upper() + said[1:], self._note)

    def _match(self) -> str:
        number, total = self._reader.match
        if number:
            return f"match {number:,} of {total:,}"
        return count(total, "match", "matches") if total else ""

    def _hit(self) -> str:
        """Return which hit the shown record is; nothing where it is none."""
        results, address = self._results, self._session.address
        if address is None or address.kind != "record" or self._session.query != results.marked:
            return ""
        row = results.model.row_of(address.key)
        if row < 0:
            return ""
        total, loaded = results.model.total, results.model.rowCount()
        return f"hit {row + 1:,} of {f'{total:,}' if total is not None else f'{loaded:,} or more'}"
