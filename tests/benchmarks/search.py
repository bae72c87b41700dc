"""How soon a keystroke in a large library is answered, and what its index costs, beside other engines.

    python tests/benchmarks/search.py --records 1000000 [--work DIR --keep] [--json FILE]

The library is made up; each class of queries is drawn from its text, anew for every seed: figures that are told are
those of the default seed, and who tunes uses another. With --keep what is in DIR stays, and the next run with the
same DIR uses it again. Times are milliseconds.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import search_recoll
from changed_records import change_records
from figures import Limit, say
from keystrokes import keystrokes
from search_classes import Classes
from search_fts5 import fts5
from search_libraries import Place
from search_table import Table
from search_window import opening, tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keystrokes import Answered
    from search_classes import Typed

SMALL = 10_000
"""The library that growth is measured against."""
LARGE = 1_000_000
"""From so many records on, FTS5 is asked the same, and is to be beaten by far."""
PARTS = ("search", "changes", "window", "tree")
CHANGED = ("common word", "prefix of 2-4 letters", "two words", "phrase", "phrase of common words", "typo, distance 1")
"""The classes that are timed before and after the changes."""


class Report:
    """Gathers what is printed and what goes into the JSON file."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._file: Path | None = arguments.json
        self._figures: dict[str, Any] = {"records": arguments.records, "seed": arguments.seed, "limits": []}
        self._lines: list[str] = []

    def add(self, name: str, figures: object, sentence: str = "", limits: Sequence[Limit] = ()) -> None:
        """Keep some figures, what is said of them, and the goals that they have."""
        self._figures[name] = plain(figures)
        self._figures["limits"] += [{**limit._asdict(), "reached": limit.reached} for limit in limits]
        self._lines += [f"- {line}" for line in (sentence, *map(str, limits)) if line]

    def publish(self) -> None:
        """Print what was added since the last time, and write the file: a long run may be stopped at any time."""
        print("\n".join(self._lines), flush=True)
        self._lines.clear()
        if self._file is not None:
            text = json.dumps(self._figures, indent=1, ensure_ascii=False)
            self._file.write_text(f"{text}\n", encoding="utf-8")


def plain(value: object) -> Any:
    """Return named tuples as JSON has them: with their names."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(each) for name, each in value._asdict().items()}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value


def drawn(place: Place, arguments: argparse.Namespace) -> dict[str, list[Typed]]:
    """Draw the queries of every class."""
    say(f"Drawing queries from {place.records:,} records")
    classes = Classes(place.library, arguments.seed)
    return {name: classes.draw(name, arguments.queries) for name in classes.names}


def search(place: Place, arguments: argparse.Namespace, report: Report, work: Path) -> None:
    """Time the classes, here, in a small library, and with other engines; print the table."""
    classes = drawn(place, arguments)
    table = Table(classes, keystrokes(place.library, place.cache, classes))
    report.add("keystrokes", table.here, limits=[table.slowest()])
    if place.records > SMALL:
        small = Place(work, SMALL)
        small.ready(anew=arguments.reindex)
        there = keystrokes(small.library, small.cache, drawn(small, arguments))
        report.add("keystrokes_small", there, limits=[table.beside_small(there, f"{SMALL:,}")])
    if arguments.fts5:
        answers = fts5(place.library, place.work / "fts5.sqlite", classes)
        limits = table.beside_fts5(answers.classes)
        built = f"SQLite's FTS5 was built in {answers.building_seconds:,.0f} s"
        report.add("fts5", answers, built, limits if place.records >= LARGE else ())
    if arguments.recoll:
        found = search_recoll.recoll(place.library, place.work / "recoll", classes)
        limits = table.beside_recoll(found.classes)
        pace = found.records / found.indexing_seconds
        sentence = f"Recoll has the first {found.records:,} records, which it indexed at {pace:,.0f} a second"
        report.add("recoll", found, sentence, limits if found.records >= place.records else ())
    table.print(f"{place.records:,} records, ms a keystroke")


def changes(place: Place, arguments: argparse.Namespace, report: Report) -> None:
    """Change records, and search before and after."""
    classes = {name: queries for name, queries in drawn(place, arguments).items() if name in CHANGED}
    before = _timed(place, classes)
    after: dict[str, Answered] = {}
    done = change_records(
        place.library,
        place.cache,
        arguments.seed,
        lambda: after.update(_timed(place, classes)),
        min(arguments.changes, place.records // 2),
        arguments.change_seconds,
    )
    ratios = {name: after[name].spread.p95 / before[name].spread.p95 for name in before}
    worst = max(ratios, key=lambda name: ratios[name])
    parts = (("first", done.first), ("last", done.last))
    sentence = "a changed record is found after " + " and ".join(
        f"{times.p50:,.0f} ms (p50), {times.p95:,.0f} (p95), {times.most:,.0f} at most in the {which} {times.number}"
        for which, times in parts
    )
    slowest = max(done.first.p95, done.last.p95)
    what = f"p95 of a keystroke after {done.number:,} changes / before, in the class where it is most ({worst})"
    limits = [Limit("p95 until a changed record is found", slowest, 150, "ms"), Limit(what, ratios[worst], 1.5)]
    report.add("changes", {**done._asdict(), "before": before, "after": after}, sentence, limits)


def _timed(place: Place, classes: Mapping[str, Sequence[Typed]]) -> dict[str, Answered]:
    return keystrokes(place.library, place.cache, classes, facets=False)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200, help="of each class")
    parser.add_argument("--seed", type=int, default=1, help="of the queries and changes, not of the library")
    parser.add_argument("--changes", type=int, default=1_000, help="how many records are changed")
    parser.add_argument("--change-seconds", type=float, default=600, help="change no more records after this time")
    parser.add_argument("--only", action="append", choices=PARTS, help="leave out the other parts; may be repeated")
    parser.add_argument("--fts5", action=argparse.BooleanOptionalAction, help="beside SQLite's FTS5 (at 1,000,000)")
    parser.add_argument("--recoll", action=argparse.BooleanOptionalAction, help="beside Recoll (at 100,000)")
    parser.add_argument("--work", type=Path, help="the folder to work in")
    parser.add_argument("--keep", action="store_true", help="leave in it what was made, for the next run")
    parser.add_argument("--reindex", action="store_true", help="make the index of a library that was kept anew")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    arguments = parser.parse_args()
    if arguments.keep and not arguments.work:
        parser.error("--keep needs --work, the folder in which it is kept")
    if arguments.fts5 is None:
        arguments.fts5 = arguments.records >= LARGE
    if arguments.recoll is None:
        arguments.recoll = arguments.records == search_recoll.MOST_RECORDS
    if arguments.recoll and not search_recoll.is_installed():
        say("Recoll is left out: Debian's python3-recoll is not installed.")
        arguments.recoll = False
    if arguments.work:
        arguments.work.mkdir(parents=True, exist_ok=True)
    kept = nullcontext(arguments.work) if arguments.keep else tempfile.TemporaryDirectory(dir=arguments.work)
    with kept as folder:
        measure(Path(folder).absolute(), arguments)


def measure(work: Path, arguments: argparse.Namespace) -> None:
    """Measure each part in that folder."""
    parts = arguments.only or PARTS
    report = Report(arguments)
    place = Place(work, arguments.records)
    first = place.ready(anew=arguments.reindex)
    report.add("first_index", first, str(first), first.limits)
    report.publish()
    if "search" in parts:
        search(place, arguments, report, work)
        report.publish()
    if "window" in parts:
        opened = opening(place.library, place.records, place.environment)
        report.add("window", opened, str(opened), opened.limits)
        report.publish()
    if "tree" in parts:
        worked = tree(place.library, place.environment)
        report.add("tree", worked, str(worked), worked.limits)
        report.publish()
    # Last, for it leaves the index in other pieces than the first one had.
    if "changes" in parts:
        changes(place, arguments, report)
        report.publish()


# Worker processes import this module under another name.
if __name__ == "__main__":
    main()
