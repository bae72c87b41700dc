"""`briefing show`: one record, to read or to work on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from briefing.cli.finding import record_named
from briefing.cli.opening import opened
from briefing.cli.parser import add_library, add_texts
from briefing.cli.terminal import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from briefing.library.library import Library
    from briefing.records.record import Record

DESCRIPTION = """\
  briefing show icet
  briefing show icet --format html > icet.html"""

FORMATS = ("text", "markdown", "html", "json")


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("id", metavar="ID", help="the record's id")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print it (default: text)")
    add_library(parser)
    add_texts(parser)


def run(arguments: Namespace) -> int:
    """Print the record."""
    with opened(arguments) as library:
        text = _formatted(record_named(library, arguments.id), library, arguments.format)
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    return 0


def _formatted(record: Record, library: Library, form: str) -> str:
    if form == "json":
        import json

        return json.dumps(json.loads(record.to_json()), ensure_ascii=False, indent=2)
    from briefing.document.compose import compose

    document = compose(record, library)
    if form == "html":
        from briefing.document.html import to_html

        return to_html(document)
    if form == "markdown":
        from briefing.document.commonmark import to_markdown

        return clean(to_markdown(document))
    from briefing.document.plain import to_plain

    return clean(to_plain(document))
