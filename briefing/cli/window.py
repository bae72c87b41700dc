"""`briefing` without a verb: the window, or where there can be none, what the terminal can show."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from briefing.cli.parser import add_library, add_texts
from briefing.cli.target import Target
from briefing.cli.verbs import VERBS
from briefing.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = ""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes without a verb."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Target.parse,
        metavar="FOLDER",
        help="the folder with the records, or a briefing: address",
    )
    add_options(parser)


def add_options(parser: ArgumentParser) -> None:
    """Add the options alone."""
    add_library(parser)
    add_texts(parser)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the versions of the program and its parts")


def run(arguments: Namespace) -> int:
    """Open the window; where that cannot be, say why, and print the library's tree."""
    target = _take_target(arguments)
    from briefing.cli.display import missing_library, why_no_window

    reason = why_no_window()
    if not reason:
        try:
            from briefing.app.app import run as run_app
        except ImportError as error:
            if error.name is not None and error.name.startswith("briefing"):
                raise
            reason = missing_library(error)
        else:
            return run_app(arguments.library, texts=arguments.texts, record=target.record, query=target.query)
    from briefing.cli.opening import opened
    from briefing.cli.tree import print_tree

    with opened(arguments) as library:
        print(reason)
        print()
        print_tree(library, named=arguments.library is not None)
    return 0


def _take_target(arguments: Namespace) -> Target:
    target: Target = arguments.folder or Target()
    folder = target.folder
    if folder is None:
        return target
    if arguments.library is not None:
        raise UsageError("A folder is named twice", mend="Name it after `briefing` or after --library.")
    if not folder.is_dir() and folder.name == str(folder) and (verb := _near_verb(str(folder))):
        raise UsageError(f"There is no folder {folder}", mend=f"Did you mean `briefing {verb}`?")
    arguments.library = folder
    return target


def _near_verb(word: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, VERBS, n=1)), "")


class _Version(argparse.Action):
    """Prints the versions, and ends."""

    def __call__(self, parser: ArgumentParser, *_: Any) -> None:
        from briefing.cli.versions import versions

        for name, version in versions():
            print(f"{name} {version}")
        parser.exit()
