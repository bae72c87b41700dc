"""Saying how far long work has come."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from briefing.library.answers import Progress

PATIENCE = 1.0
"""Seconds of work that pass in silence."""
_TERMINAL_PAUSE = 0.1
_LOG_PAUSE = 5.0

_PHASES = {
    "walking": "Looking through the folder",
    "reading": "Reading records",
    "writing": "Writing the index",
}


class ProgressLine:
    """Says on standard error how far an update is: one line that changes on a terminal, now and then a line elsewhere.

    Call it with each Progress; close it at the end.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._clock = clock
        self._next = clock() + PATIENCE
        self._shown = False

    def __call__(self, progress: Progress) -> None:
        """Say it, if it is time to."""
        self.say(lambda: in_words(progress))

    def say(self, words: Callable[[], str]) -> None:
        """Say what the words are now, if it is time to."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + (_TERMINAL_PAUSE if self._terminal else _LOG_PAUSE)
        sentence = words()
        self._stream.write(f"\r\x1b[K{sentence}" if self._terminal else f"{sentence}\n")
        self._stream.flush()
        self._shown = True

    def close(self) -> None:
        """Take the line away."""
        if self._shown and self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def in_words(progress: Progress) -> str:
    """Return progress as people read it."""
    what = _PHASES[progress.phase]
    if progress.total:
        percent = 100 * progress.done // progress.total
        return f"{what}: {progress.done:,} of {progress.total:,} ({percent} %)"
    return f"{what}: {progress.done:,}" if progress.done else f"{what} ..."
