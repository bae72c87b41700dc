"""The `briefing` command: it opens the window, or works without one."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; see `briefing.cli.command.run`."""
    if argv is None:
        # Loading the program makes thousands of objects that stay. Looking through them for rubbish again and again,
        # and once more at the end, takes a sixth of the time of a search.
        gc.set_threshold(20_000, 20, 20)
    from briefing.cli.command import run

    try:
        return run(argv)
    finally:
        if argv is None:
            gc.freeze()
