"""Asking the open library something that may take a while, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.library.library import Library

T = TypeVar("T")


class Asking(QObject):
    """Asks the session's library, in a lane that nobody else uses: the latest question wins."""

    def __init__(self, session: Session, jobs: Jobs, lane: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._library: Library | None = None
        self._jobs = jobs
        self._lane = lane
        self._asked: _Asked | None = None
        session.library_changed.connect(self._follow)

    def ask(
        self,
        question: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Have the library answer a question; a later one, or another library, overtakes it."""
        # Who hears of another library first may ask of it before this has heard of it.
        self._follow()
        asked = self._asked
        if asked is not None:
            self._jobs.run(lambda: asked.answer(question), done, failed, lane=self._lane)

    def stop(self) -> None:
        """Want no answer any more."""
        self._jobs.cancel(self._lane)

    def _follow(self) -> None:
        library = self._session.library
        if library is self._library:
            return
        self.stop()
        if self._asked is not None:
            self._jobs.run(self._asked.close, lane=self._lane, latest=False)
        self._library = library
        self._asked = _Asked(library.folder, library.texts) if library is not None else None
        if self._asked is not None:
            self._jobs.end_with(self._asked.close, lane=self._lane)


class _Asked:
    """A library of its own for a lane; all but the constructor runs there."""

    def __init__(self, folder: Path, texts: Path | None) -> None:
        self._folder = folder
        self._texts = texts
        self._library: Library | None = None

    def answer(self, question: Callable[[Library], T]) -> T:
        if self._library is None:
            from briefing.library.library import Library

            self._library = Library(self._folder, texts=self._texts)
        self._library.refresh()
        return question(self._library)

    def close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None
