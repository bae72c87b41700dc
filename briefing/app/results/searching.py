"""Searching, off the window's thread: the latest query wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.library.library import Library
    from briefing.search.ranking import Hits

LANE = "search"
PAGE = 20
"""How many hits are asked for at first: a screenful. More come as one goes on to them."""


class Searching(QObject):
    """Searches the session's library."""

    found = Signal(str, object)
    """The text that was searched for, and its `Hits`."""
    failed = Signal(str)
    """Why the latest search has no answer, in a sentence."""

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._finder: _Finder | None = None
        self._finders: list[_Finder] = []
        session.library_changed.connect(self._library_changed)
        jobs.end_with(self._end, lane=LANE)
        self._library_changed(session.library)

    def search(self, text: str, limit: int = PAGE) -> None:
        """Search; the answer comes by signal, unless another search overtakes it."""
        finder = self._finder
        if finder is None:
            return
        self._jobs.run(
            lambda: finder.hits(text, limit),
            lambda hits: self.found.emit(text, hits),
            lambda error: self.failed.emit(str(error)),
            lane=LANE,
        )

    def stop(self) -> None:
        """Want no answer any more."""
        self._jobs.cancel(LANE)

    def _library_changed(self, library: Library | None) -> None:
        self.stop()
        if self._finder is not None:
            self._jobs.run(self._finder.close, lane=LANE, latest=False)
            self._finder = None
        if library is not None:
            self._finder = _Finder(library.folder, library.texts)
            self._finders.append(self._finder)

    def _end(self) -> None:
        for finder in self._finders:
            finder.close()


class _Finder:
    """A library of its own for the thread that searches; all but the constructor runs there."""

    def __init__(self, folder: Path, texts: Path | None) -> None:
        self._folder = folder
        self._texts = texts
        self._library: Library | None = None

    def hits(self, text: str, limit: int) -> Hits:
        if self._library is None:
            from briefing.library.library import Library

            self._library = Library(self._folder, texts=self._texts)
        self._library.refresh()
        # How many there are in all is asked for elsewhere: counting them may take longer than finding the best.
        return self._library.search(text, limit, count=False)

    def close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None
