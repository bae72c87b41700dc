"""`briefing self-test`: whether this installation is whole and works on this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.terminal import BOLD, ERROR, Pen, one_line
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

DESCRIPTION = """\
A line for each: the libraries that the program needs, the files that it brings along, the scripts that can be printed,
a small library indexed and searched, a note printed, the window opened where nobody sees it. All of it is done in a
folder that is deleted at the end; the user's own library, cache and settings are neither read nor written.

The exit code is 1 when anything failed, and its line says what, where, and how to mend it."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes: nothing."""


def run(arguments: Namespace) -> int:
    """Make every check, and print a line for each as it is done."""
    # Imported here: the parser wants to know of this verb, and not of all that it tries.
    from briefing.cli.self_checks import CHECKS

    pen = Pen()
    width = max(map(len, CHECKS))
    sound = True
    with tempfile.TemporaryDirectory(prefix="briefing-self-test-", ignore_cleanup_errors=True) as folder:
        for name, check in CHECKS.items():
            good, sentence = _outcome(check, Path(folder))
            sound = sound and good
            mark = "ok    " if good else pen.paint("failed", ERROR)
            print(f"{pen.paint(name, BOLD)}{' ' * (width - len(name))}  {mark}  {one_line(sentence)}", flush=True)
    return 0 if sound else 1


def _outcome(check: Callable[[Path], str], folder: Path) -> tuple[bool, str]:
    try:
        return True, check(folder)
    except BriefingError as error:
        return False, str(error)
    except Exception as error:
        # Whatever it is, it is what this command was called to find out, and the other checks go on.
        detail = " ".join(str(error).split()) or "no more is known"
        return False, f"{type(error).__name__}: {detail}. Install the program again; if that does not help, report it."
