"""How long it takes to set one record as a PDF, in a fresh process and in one that is kept, and dossiers of many.

    python tests/benchmarks/printing.py [--rounds 10] [--dossiers 100 500 2000]

WeasyPrint and, of dossiers, QTextDocument set the HTML of the same content; WeasyPrint where it is installed. Memory is
that of all processes of a command, which only Linux tells.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import printing_dossiers
from measuring import in_turns, print_limits, print_table, seconds_to_run

from briefing.document.compose import compose
from briefing.document.html import to_html
from briefing.library.library import Library
from briefing.printing.typeset import Typesetter
from briefing.resources import bundled_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.document.blocks import Document

RECORD = "trilateral-dialogue-brief"
WEASY = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def set_fresh(document: Document) -> float:
    """Start a process, set the document in it, and end it."""

    def work() -> None:
        with Typesetter() as typesetter:
            typesetter.pdf(document)

    return seconds(work)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10, help="at most 30")
    parser.add_argument("--dossiers", type=int, nargs="*", default=[], metavar="RECORDS", help="dossiers to print too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Typesetter() as kept:
        with Library(bundled_library(), cache=Path(folder, "cache")) as library:
            library.update()
            ids = [card.id for section in library.sections() for card in library.cards(section.kind)]
            records = [record for name in ids if (record := library.record(name)) is not None]
            documents = {record.id: compose(record, library) for record in records}
            document = documents.pop(RECORD)
        page = Path(folder, "record.html")
        page.write_text(to_html(document), encoding="utf-8")
        cases: dict[str, Callable[[], float]] = {
            "one record, fresh process": lambda: set_fresh(document),
            # Another one every time: Typst remembers what it has set.
            "one record, warm process": lambda: seconds(lambda: kept.pdf(documents.popitem()[1])),
        }
        if find_spec("weasyprint"):
            weasy = [sys.executable, "-c", WEASY, page, Path(folder, "record.pdf")]
            cases["WeasyPrint, fresh process"] = lambda: seconds_to_run(weasy)
        times = in_turns(cases, arguments.rounds)
    print_table(times, [])
    print_limits(times, {"one record, fresh process": 0.5, "one record, warm process": 0.06})
    if arguments.dossiers:
        with tempfile.TemporaryDirectory() as folder:
            printing_dossiers.show(printing_dossiers.measure(Path(folder), arguments.dossiers))


# Worker processes import this module under another name.
if __name__ == "__main__":
    main()
