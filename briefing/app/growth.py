"""Has the window see what is committed of a library while it is being indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from briefing.app.session import Changes, Reach

if TYPE_CHECKING:
    from briefing.app.indexing import Indexing
    from briefing.app.session import Session

LOOK_MS = 1_000
"""How often it is asked whether more was committed: one row of the catalogue, however large that is."""


class Growth(QObject):
    """Looks for what was committed while the indexing child is at work, be it by that child or by another program.

    What a first index has committed so far is said as the session's `reach`. One that goes on where it was broken off
    is known by this: nearly every file that is read brings a record that was not there.
    """

    def __init__(self, session: Session, indexing: Indexing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before = 0
        self._first = False
        self._read = self._total = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        session.library_changed.connect(self._begin)
        indexing.progress_changed.connect(self._progress)
        indexing.updated.connect(self._end)
        indexing.idle.connect(self._end)
        # What could not be read to the end is still only a part.
        indexing.failed.connect(self._timer.stop)
        indexing.stopped.connect(self._timer.stop)
        self._begin()

    def look(self) -> None:
        """Take up what was committed since the last time."""
        library = self._session.library
        if library is None or not library.refresh():
            return
        counts = library.counts()
        self._first = self._first or 0 < self._read <= 2 * (counts.records - self._before)
        self._say(counts.records)
        self._session.index_updated(Changes(library.generation, counts.records, counts.errors, counts.warnings))

    def _begin(self) -> None:
        library = self._session.library
        self._timer.stop()
        self._before = library.counts().records if library is not None else 0
        self._first = library is not None and not library.ready
        self._read = self._total = 0
        if self._first:
            self._say(0)
            # Another program may be at it, and the child waiting for its turn.
            self._timer.start()

    def _progress(self, phase: str, done: int, total: int) -> None:
        library = self._session.library
        if phase == "reading" and library is not None:
            if total != self._total:
                self._before, self._total = library.counts().records, total
                self._say(self._before)
            self._read = done
        if not self._timer.isActive():
            self._timer.start()

    def _say(self, records: int) -> None:
        """Say how many records there are, and will be: one for each file, unless those read so far held more."""
        if not self._first:
            return
        came = records - self._before
        # What is said to be read lags a little behind what is committed.
        if came * 5 <= self._read * 6 or not self._total:
            self._session.set_reach(Reach(records, self._before + self._total if self._total else 0))
        else:
            self._session.set_reach(Reach(records, self._before + self._total * came // max(self._read, 1), about=True))

    def _end(self) -> None:
        self._timer.stop()
        self._first = False
        self._session.set_reach(None)
