"""The verbs of the command, and where each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

WINDOW = ""
"""No verb: open the window."""

VERBS: dict[str, str] = {
    "search": "find records",
    "show": "show a record as text, Markdown, HTML or JSON",
    "print": "print records to a PDF",
    "check": "check records and quotes, and say how to mend them",
    "index": "bring the index up to date, once or as files change",
    "schema": "print the JSON Schema of the record format",
    "screenshot": "draw the window into a PNG file, without a display",
    "completion": "print the completion script of a shell",
    "self-test": "say whether this installation is whole and works",
}
"""Each verb with what it does."""


class Verb(Protocol):
    """What the module of a verb offers."""

    DESCRIPTION: str
    """What `--help` says, with examples."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what the verb takes."""

    def run(self, arguments: Namespace) -> int:
        """Do it, and return the exit code."""


def load(name: str) -> Verb:
    """Import the module of a verb, and of that verb alone: no command pays for another."""
    verb: Verb
    match name:
        case "search":
            from briefing.cli import search as verb
        case "show":
            from briefing.cli import show as verb
        case "print":
            from briefing.cli import printing as verb
        case "check":
            from briefing.cli import check as verb
        case "index":
            from briefing.cli import index as verb
        case "schema":
            from briefing.cli import schema as verb
        case "screenshot":
            from briefing.cli import screenshot as verb
        case "completion":
            from briefing.cli import completion as verb
        case "self-test":
            from briefing.cli import self_test as verb
        case _:
            from briefing.cli import window as verb
    return verb
