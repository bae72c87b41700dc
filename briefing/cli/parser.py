"""What may stand on the command line."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from briefing.cli.verbs import VERBS, WINDOW, load
from briefing.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.cli.verbs import Verb

DESCRIPTION = """\
An offline desktop viewer of briefing notes.

Without a verb it opens the window, on the library that was open last or on the folder that is named:

  briefing                     open the last library, at first the bundled one
  briefing FOLDER              open the records in a folder
  briefing search trilateral   find something without opening the window
"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal; argparse itself would load another module to find out, at every start."""

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size().columns
        except (ValueError, OSError):
            width = 80
        super().__init__(prog, width=max(40, width - 2))


class Parser(argparse.ArgumentParser):
    """A parser that complains in one sentence, and lets options and words stand in any order."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(message[:1].upper() + message[1:].rstrip("."), mend=f"See `{self.prog} --help`.")

    def parse_in_any_order(self, argv: Iterable[str]) -> argparse.Namespace:
        """Parse with the options put before the words; what follows `--` is words, whatever it begins with."""
        known = {text for action in self._actions for text in action.option_strings}
        taking = {text for action in self._actions if action.nargs != 0 for text in action.option_strings}
        options: list[str] = []
        words: list[str] = []
        rest = iter(argv)
        for argument in rest:
            if argument == "--":
                words += rest
            elif argument.startswith("-") and argument != "-":
                name = argument.partition("=")[0] if argument.startswith("--") else argument[:2]
                if name not in known:
                    mend = f"Words that begin with a hyphen stand behind --. See `{self.prog} --help`."
                    raise UsageError(f"There is no option {argument}", mend=mend)
                options.append(argument)
                if argument in taking:
                    options += [value] if (value := next(rest, None)) is not None else []
            else:
                words.append(argument)
        return self.parse_args([*options, *(["--", *words] if words else [])])


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the words after `briefing`; raises UsageError, and SystemExit after printing help or version.

    The verb may stand behind options, so that `briefing --library DIR search 6G` is `briefing search --library DIR 6G`.
    """
    verb, rest = _take_verb(argv)
    if verb == WINDOW and not {"-h", "--help"}.isdisjoint(rest):
        whole_parser().print_help()
        sys.exit(0)
    arguments = _verb_parser(verb, load(verb)).parse_in_any_order(rest)
    arguments.verb = verb
    return arguments


def whole_parser(*, folder: bool = True) -> Parser:
    """Return one parser of everything, for help and completion; `folder` includes the folder that may stand alone."""
    from briefing.cli import window

    parser = Parser(prog="briefing", description=DESCRIPTION)
    (window.add_arguments if folder else window.add_options)(parser)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", dest="verb")
    for name, summary in VERBS.items():
        module = load(name)
        module.add_arguments(verbs.add_parser(name, help=summary, description=_describe(name, module)))
    return parser


def add_library(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the library."""
    parser.add_argument(
        "--library",
        type=Path,
        metavar="DIR",
        help="the folder with the records (default: the library opened last, else the bundled one)",
    )


def add_texts(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the folder with the texts of sources."""
    parser.add_argument(
        "--texts",
        type=Path,
        metavar="DIR",
        help="a folder with texts of sources as SOURCE-ID.txt, to find quotes in (default: the one in the settings)",
    )


def words_of(arguments: Iterable[str]) -> str:
    """Join arguments to one text, in which bytes that are no UTF-8 have become the sign for that."""
    return os.fsencode(" ".join(arguments)).decode("utf-8", errors="replace")


def _take_verb(argv: Sequence[str]) -> tuple[str, list[str]]:
    """Take the verb out of the words, where the first word that is no option is one."""
    skip = False
    for place, argument in enumerate(argv):
        if skip:
            skip = False
        elif argument == "--":
            break
        elif argument in ("--library", "--texts"):
            skip = True
        elif not argument.startswith("-"):
            if argument in VERBS:
                return argument, [*argv[:place], *argv[place + 1 :]]
            break
    return WINDOW, list(argv)


def _verb_parser(name: str, module: Verb) -> Parser:
    parser = Parser(prog=f"briefing {name}", description=_describe(name, module)) if name else Parser(prog="briefing")
    module.add_arguments(parser)
    return parser


def _describe(name: str, module: Verb) -> str:
    summary = VERBS[name]
    return f"{summary[:1].upper()}{summary[1:]}.\n\n{module.DESCRIPTION}"
