"""`briefing print`: records on paper."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.finding import record_named
from briefing.cli.opening import opened
from briefing.cli.parser import add_library, add_texts
from briefing.cli.terminal import one_line
from briefing.errors import EnvironmentFault, PrintError, UsageError
from briefing.records.vocabularies import TEMPLATES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from briefing.document.blocks import Document
    from briefing.printing.order import Order
    from briefing.records.house import House

DESCRIPTION = """\
Several records make one document, each beginning on a page of its own.

  briefing print icet -o icet.pdf
  briefing print my-note --template one-page-brief -o brief.pdf
  briefing print icet quad --paper letter -o - | lp
  briefing print icet --format html -o icet.html
  briefing print icet -o icet.pdf --marking TLP:GREEN --leave-out-higher

A document is marked as the highest of its parts is. Where a lower marking is asked for, what stands in the way is
named, or is left out."""

PAPERS = ("a4", "letter")
FORMATS = ("pdf", "html", "markdown")
OWN_TEMPLATE = "own"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="the records, in their order on paper")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE.pdf", help="the file to write; - for standard output"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="pdf",
        help="html is a page that needs no other file, markdown is text; both say what the PDF says (default: pdf)",
    )
    parser.add_argument(
        "--template",
        choices=(*TEMPLATES, OWN_TEMPLATE),
        default="record",
        metavar="NAME",
        help="the print template: %(choices)s (the one that the note names); default: %(default)s",
    )
    parser.add_argument("--paper", choices=PAPERS, help="the size of the paper (default: the house's, else a4)")
    parser.add_argument("--house", metavar="FILE.yaml", help="the house style: names, colours, font, head and foot")
    parser.add_argument("--marking", metavar="LABEL", default="", help="the marking of the paper, such as TLP:GREEN")
    parser.add_argument("--leave-out-higher", action="store_true", help="leave out what is marked higher than that")
    add_library(parser)
    add_texts(parser)


def run(arguments: Namespace) -> int:
    """Print the records."""
    to_terminal = arguments.output == "-" and sys.stdout.isatty()
    if to_terminal and arguments.format == "pdf":
        raise UsageError("A PDF is nothing for a terminal", mend="Name a file, or send the output to a program.")
    if arguments.leave_out_higher and not arguments.marking:
        raise UsageError("--leave-out-higher needs a marking to compare with", mend="Add --marking LABEL.")
    from briefing.printing.marked import check_marking
    from briefing.printing.order import Order, document_for, paper_for

    if arguments.marking:
        check_marking(arguments.marking)
    house = _house(arguments.house)
    with opened(arguments) as library:
        ids = dict.fromkeys(record_named(library, name).id for name in arguments.ids)
        order = Order(
            tuple(ids),
            "" if arguments.template == OWN_TEMPLATE else arguments.template,
            paper=paper_for(arguments.paper, house),
            house=house,
            marking=arguments.marking,
            leave_out_higher=arguments.leave_out_higher,
        )
        document = document_for(order, library)
    data = _set(document, order) if arguments.format == "pdf" else _twin(document, arguments.format)
    if arguments.output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(Path(arguments.output), data)
    return 0


def _set(document: Document, order: Order) -> bytes:
    """Return the document as a PDF, and say on standard error what there is to say of it."""
    from briefing.printing.typeset import Typesetter

    with Typesetter() as typesetter:
        printed = typesetter.printed(document, paper=order.paper, house=order.house)
    for note in printed.notes:
        print(one_line(note), file=sys.stderr)
    return printed.pdf


def _twin(document: Document, form: str) -> bytes:
    """Return the document as a page of HTML or as Markdown, from the blocks that the PDF is set from."""
    for remark in document.remarks:
        print(one_line(remark), file=sys.stderr)
    if form == "html":
        from briefing.document.html_page import to_page

        return to_page(document).encode("utf-8", "replace")
    from briefing.document.commonmark import to_markdown

    return to_markdown(document).encode("utf-8", "replace")


def _house(path: str | None) -> House | None:
    if path is None:
        return None
    from briefing.printing.house_file import house_in

    house, faults = house_in(Path(path))
    for fault in faults:
        print(one_line(fault), file=sys.stderr)
    if house is None:
        raise PrintError("The house style has faults", where=path, mend="Mend them, or print without it.")
    return house


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or as it was before; raises EnvironmentFault."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            # A device or a pipe has no half-written state; a folder says itself that it is one.
            target.write_bytes(data)
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            beside.write_bytes(data)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise EnvironmentFault(f"The file cannot be written ({reason})", where=str(path)) from error
