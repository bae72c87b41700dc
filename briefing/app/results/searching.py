"""Searching, off the window's thread: the latest query wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from briefing.app.asking import Asking

if TYPE_CHECKING:
    from briefing.app.jobs import Jobs
    from briefing.app.session import Session

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
        self._asking = Asking(session, jobs, LANE, self)

    def search(self, text: str, limit: int = PAGE) -> None:
        """Search; the answer comes by signal, unless another search overtakes it."""
        self._asking.ask(
            # How many there are in all is asked for elsewhere: counting them may take longer than finding the best.
            lambda library: library.search(text, limit, count=False),
            lambda hits: self.found.emit(text, hits),
            lambda error: self.failed.emit(str(error)),
        )

    def stop(self) -> None:
        """Want no answer any more."""
        self._asking.stop()
