"""`briefing search`: find records."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from briefing.cli.opening import opened
from briefing.cli.parser import add_library, words_of
from briefing.cli.terminal import BOLD, FAINT, Pen, one_line
from briefing.records.kinds import kind_named

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from briefing.search.facets import Facets
    from briefing.search.ranking import Hit, Hits

DESCRIPTION = """\
All words are looked for, in any order, the last one as a prefix too:

  briefing search trilateral 6G
  briefing search '"next generation" country:india after:2023-08'
  briefing search -- -china kind:dialogue     what begins with a hyphen stands behind --
  briefing search +semiconducter              this very word, and none in its place

The exit code is 1 when nothing is found."""

MOST = 100_000
_LONGEST = 200  # of a query that is repeated


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("query", nargs="+", metavar="QUERY", help="what to look for, in the language of the window")
    parser.add_argument("--json", action="store_true", help="print an array of objects")
    parser.add_argument("--facets", action="store_true", help="print by what the hits can be narrowed, with counts")
    parser.add_argument(
        "--limit", type=_limit, default=20, metavar="N", help="the number of hits to print (default: 20)"
    )
    add_library(parser)


def run(arguments: Namespace) -> int:
    """Search, and print the hits."""
    query = words_of(arguments.query)
    with opened(arguments) as library:
        hits = library.search(query, arguments.limit)
        facets = library.facets(str(hits.showing or hits.query)) if arguments.facets else None
    if arguments.json:
        _print_json(hits)
    elif facets is not None:
        _print_facets(facets)
    else:
        for note in hits.notes:
            print(one_line(note), file=sys.stderr)
        if hits.showing is not None:
            print(f"Exactly what was typed: {one_line(str(hits.query.exactly))}", file=sys.stderr)
        _print_text(hits, query)
    return 0 if hits.hits else 1


def _print_json(hits: Hits) -> None:
    import json

    rows = [
        {"id": hit.id, "kind": hit.kind, "title": hit.title, "reason": hit.reason, "text": hit.text}
        for hit in hits.hits
    ]
    print(json.dumps(rows, ensure_ascii=False, indent=2))


def _print_text(hits: Hits, query: str) -> None:
    if not hits.hits:
        line = one_line(query).strip()
        line = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
        print(f"Nothing found for {line}." if line else "The query is empty; name what to look for.", file=sys.stderr)
        return
    pen = Pen()
    for hit in hits.hits:
        _print_hit(hit, pen)
    if hits.total is not None and hits.total > len(hits.hits):
        print(pen.paint(f"{len(hits.hits):,} of {hits.total:,}; --limit shows more.", FAINT))


def _print_facets(facets: Facets) -> None:
    pen = Pen()
    print(f"{facets.total:,} {'hit' if facets.total == 1 else 'hits'}")
    for group in facets.groups:
        print(f"\n{pen.paint(group.label, BOLD)}")
        for value in group.values:
            said = f"{value.number:>9,}  {one_line(value.label)}"
            print(f"{said}  {pen.paint(one_line(str(value.condition)), FAINT)}")


def _print_hit(hit: Hit, pen: Pen) -> None:
    print(pen.mark(hit.title, hit.title_marks, BOLD))
    print(f"  {pen.paint(f'{kind_named(hit.kind).label} · {hit.id} · {one_line(hit.reason)}', FAINT)}")
    if hit.text:
        print(f"  {pen.mark(hit.text, hit.marks)}")
    print()


def _limit(text: str) -> int:
    try:
        limit = int(text)
    except ValueError:
        limit = 0
    if not 1 <= limit <= MOST:
        raise ArgumentTypeError(f"{text} is not a whole number from 1 to {MOST:,}")
    return limit
