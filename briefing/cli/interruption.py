"""Ctrl+C and a polite kill, taken as a wish to stop at the next good moment."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType


class Interruption:
    """While it is entered, the first SIGINT or SIGTERM only sets a flag; a second one has its usual effect.

    Work that asks `happened` between two steps leaves everything whole. To be entered in the main thread.
    """

    def __init__(self) -> None:
        self._signal = 0
        self._before: dict[int, signal._HANDLER] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *exc: object) -> None:
        self._restore()

    def happened(self) -> bool:
        """Whether a signal came."""
        return bool(self._signal)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        self._signal = number
        self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
