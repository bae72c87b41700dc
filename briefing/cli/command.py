"""From the words of the command line to an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from briefing.cli.parser import parse
from briefing.cli.verbs import load
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0: done. 1: nothing found, or faults found. 2: wrong usage, or the machine lacks something. 130: Ctrl+C.
    """
    _prepare_streams()
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        code = load(arguments.verb).run(arguments)
        sys.stdout.flush()
    except BriefingError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. What is still buffered must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except Exception as error:
        if os.environ.get("BRIEFING_DEBUG"):
            raise
        detail = " ".join(str(error).split()) or "no more is known"
        return _complain(
            f"Something went wrong that should not have ({type(error).__name__}: {detail}). "
            "With BRIEFING_DEBUG=1 in the environment the command says where."
        )
    return code


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        # A name that is not valid UTF-8, or a terminal that cannot show a letter, must not stop the answer. In JSON
        # a backslash and four digits stand for the character itself.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
