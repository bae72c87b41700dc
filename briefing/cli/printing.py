"""`briefing print`: records on paper."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.finding import record_named
from briefing.cli.opening import opened
from briefing.cli.parser import add_library, add_texts, words_of
from briefing.cli.terminal import one_line
from briefing.errors import EnvironmentFault, PrintError, UsageError
from briefing.records.vocabularies import PRINT_TEMPLATES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from briefing.document.blocks import Document
    from briefing.library.library import Library
    from briefing.printing.order import Order
    from briefing.records.dossier import Dossier
    from briefing.records.house import House

DESCRIPTION = """\
Several records make one document, each beginning on a page of its own. What a search or a dossier's file names makes a
book, with cover, contents, sources and an index.

  briefing print icet -o icet.pdf
  briefing print my-note --template one-page-brief -o brief.pdf
  briefing print --query 'kind:dialogue country:india' -o india.pdf
  briefing print --dossier visit.yaml -o visit.pdf
  briefing print icet quad --paper letter -o - | lp
  briefing print icet --format html -o icet.html
  briefing print icet -o icet.pdf --marking TLP:GREEN --leave-out-higher

A document is marked as the highest of its parts is. Where a lower marking is asked for, what stands in the way is
named, or is left out."""

PAPERS = ("a4", "letter")
_MOST_AT_ONCE = 300  # records of a dossier: above it, it is set in parts
FORMATS = ("pdf", "html", "markdown")
OWN_TEMPLATE = "own"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="the records, in their order on paper")
    parser.add_argument("--dossier", metavar="FILE.yaml", help="print what a dossier binds")
    parser.add_argument("--query", metavar="QUERY", help="print what a search finds, in the order of its hits")
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
        choices=(*PRINT_TEMPLATES, OWN_TEMPLATE),
        metavar="NAME",
        help="the print template: %(choices)s (the one that the note names); default: record, or dossier for one",
    )
    parser.add_argument("--paper", choices=PAPERS, help="the size of the paper (default: the house's, else a4)")
    parser.add_argument("--house", metavar="FILE.yaml", help="the house style: names, colours, font, head and foot")
    parser.add_argument("--marking", metavar="LABEL", default="", help="the marking of the paper, such as TLP:GREEN")
    parser.add_argument("--leave-out-higher", action="store_true", help="leave out what is marked higher than that")
    parser.add_argument(
        "--joined",
        action="store_true",
        help="print more than 300 records of a dossier as one file without tags, not as volumes (FILE-1.pdf and on)",
    )
    add_library(parser)
    add_texts(parser)


def run(arguments: Namespace) -> int:
    """Print the records."""
    to_terminal = arguments.output == "-" and sys.stdout.isatty()
    if to_terminal and arguments.format == "pdf":
        raise UsageError("A PDF is nothing for a terminal", mend="Name a file, or send the output to a program.")
    if arguments.leave_out_higher and not (arguments.marking or arguments.dossier):
        raise UsageError("--leave-out-higher needs a marking to compare with", mend="Add --marking LABEL.")
    if not (arguments.ids or arguments.dossier or arguments.query):
        raise UsageError("Nothing is named to be printed", mend="Name records, or give --dossier or --query.")
    from briefing.printing.marked import check_marking
    from briefing.printing.order import document_for

    if arguments.marking:
        check_marking(arguments.marking)
    house = _house(arguments.house)
    with opened(arguments) as library:
        order = _order(arguments, library, house)
        if order.template == "dossier" and arguments.format == "pdf" and len(order.ids) > _MOST_AT_ONCE:
            from briefing.cli.printing_large import print_in_parts

            return print_in_parts(order, library, arguments.output, joined=arguments.joined)
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


def _order(arguments: Namespace, library: Library, house: House | None) -> Order:
    """Return what is to be printed, and say on standard error what cannot be."""
    from briefing.printing.order import Order, paper_for

    ids = tuple(dict.fromkeys(record_named(library, name).id for name in arguments.ids))
    wanted = "" if arguments.template == OWN_TEMPLATE else arguments.template
    if not (arguments.dossier or arguments.query):
        order = Order(ids, "record" if wanted is None else wanted, paper_for(arguments.paper, house), house)
        return replace(order, marking=arguments.marking, leave_out_higher=arguments.leave_out_higher)
    from briefing.printing.dossier_file import resolve
    from briefing.records.dossier import Dossier, RecordEntry, SearchEntry

    dossier = _dossier(arguments.dossier) if arguments.dossier else Dossier()
    query = words_of([arguments.query]) if arguments.query else ""
    entries = (*dossier.entries, *(RecordEntry(each) for each in ids), *([SearchEntry(query)] if query else []))
    dossier, notes = resolve(replace(dossier, entries=entries), library)
    for note in notes:
        print(one_line(note), file=sys.stderr)
    found = dossier.record_ids()
    if not found:
        raise PrintError("There is no record to print", where=arguments.dossier or query)
    if not arguments.dossier:
        dossier = replace(dossier, title=query)
    template = dossier.template or ("dossier" if arguments.dossier or len(found) > 1 else "record")
    return Order(
        found,
        template if wanted is None else wanted,
        paper_for(arguments.paper or dossier.paper, house),
        house,
        marking=arguments.marking or dossier.marking,
        leave_out_higher=arguments.leave_out_higher,
        dossier=dossier,
    )


def _dossier(path: str) -> Dossier:
    from briefing.printing.dossier_file import dossier_in

    dossier, faults = dossier_in(Path(path))
    for fault in faults:
        print(one_line(fault), file=sys.stderr)
    if dossier is None:
        raise PrintError("The dossier has faults", where=path, mend="Mend them: nothing is printed in their stead.")
    return dossier


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
