"""Whether the program that started this one is still there."""

from __future__ import annotations

import os
import sys


def parent_is_gone() -> bool:
    """Whether standard input has ended, as a pipe does when the program at its other end ends, however it ends."""
    try:
        return _at_end(sys.stdin.fileno())
    except (OSError, ValueError, AttributeError):
        # There is no standard input at all.
        return True


if sys.platform == "win32":
    import _winapi
    import msvcrt

    def _at_end(descriptor: int) -> bool:
        try:
            _winapi.PeekNamedPipe(msvcrt.get_osfhandle(descriptor), 0)
        except BrokenPipeError:
            return True
        return False

else:
    import select

    def _at_end(descriptor: int) -> bool:
        readable, _, _ = select.select([descriptor], [], [], 0)
        # What is written to it is of no interest, only that it ends.
        return bool(readable) and not os.read(descriptor, 4096)
