"""`briefing schema`: the record format as a JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.parser import add_library
from briefing.records.kinds import KINDS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = """\
An editor with a YAML language server completes and checks records with it:

  briefing schema > briefing.schema.json

and as the first line of a record, or for all of them in the editor's settings:

  # yaml-language-server: $schema=briefing.schema.json"""


_OTHERS = ("library", "house", "dossier")
"""What is a file of its own and no record: library.yaml, a house style, and a dossier."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument(
        "kind",
        nargs="?",
        metavar="KIND",
        choices=[*(kind.name for kind in KINDS), *_OTHERS],
        help=f"one kind alone: {', '.join(kind.name for kind in KINDS)} (default: any); or {', '.join(_OTHERS)}",
    )
    # The format is the same for every library; the option is taken here as everywhere.
    add_library(parser)


def run(arguments: Namespace) -> int:
    """Print the schema."""
    import json

    from briefing.records.schema import json_schema

    print(json.dumps(json_schema(arguments.kind), ensure_ascii=False, indent=2))
    return 0
