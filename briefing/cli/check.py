"""`briefing check`: what is wrong in a library, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.opening import opened
from briefing.cli.parser import add_library, add_texts
from briefing.cli.terminal import ERROR, FAINT, WARNING, Pen, one_line
from briefing.errors import PrintError, UsageError
from briefing.records.claims import Evidence

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from briefing.library.answers import CheckReport
    from briefing.records.problems import Problem

DESCRIPTION = """\
Each problem is said as file:line:column: code: sentence, with its mend below. At the end stands how many claims
can be traced how far.

  briefing check --library notes --texts articles

The exit code is 1 when there are errors; warnings alone leave it 0. With a PDF that was printed earlier it says what
has changed in the library since, and the exit code is 1 when anything has:

  briefing check brief.pdf --library notes"""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("pdf", nargs="?", metavar="FILE.pdf", help="a printed paper, to compare with the library")
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one object with `problems` and `evidence`; of a paper, with `printed` and `changes`",
    )
    add_library(parser)
    add_texts(parser)


def run(arguments: Namespace) -> int:
    """Check the library, or a paper against it, and print what was found."""
    if arguments.pdf is not None:
        return _compare(arguments)
    with opened(arguments) as library:
        report = library.check()
        records = library.counts().records
    if arguments.json:
        _print_json(report)
    else:
        _print_text(report, records)
    return 1 if any(problem.severity == "error" for problem in report.problems) else 0


def _compare(arguments: Namespace) -> int:
    from briefing.printing.comparison import compare

    path = Path(arguments.pdf)
    try:
        pdf = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The paper cannot be read: {error.strerror or error}", where=arguments.pdf) from error
    try:
        with opened(arguments) as library:
            found = compare(pdf, library)
    except PrintError as error:
        error.where = error.where or arguments.pdf
        raise
    if arguments.json:
        import json

        changes = [change._asdict() for change in found.changes]
        print(json.dumps({"printed": list(found.printed), "changes": changes}, ensure_ascii=False, indent=2))
        return 1 if found.changes else 0
    pen = Pen()
    for change in found.changes:
        place = f"{change.record}#{change.claim}:" if change.claim else f"{change.record}:"
        print(f"{pen.paint(one_line(place), '1')} {pen.paint(change.code, WARNING)}: {one_line(change.message)}")
    said = counted(len(found.changes), "change") if found.changes else "nothing has changed since it was printed"
    print(f"{counted(len(found.printed), 'record')}: {said}")
    return 1 if found.changes else 0


def _print_json(report: CheckReport) -> None:
    import json

    names = ("file", "line", "column", "code", "severity", "message", "mend", "record")
    problems = [{name: getattr(problem, name) for name in names} for problem in report.problems]
    evidence = {state.value: report.evidence.get(state, 0) for state in Evidence}
    print(json.dumps({"problems": problems, "evidence": evidence}, ensure_ascii=False, indent=2))


def _print_text(report: CheckReport, records: int) -> None:
    pen = Pen()
    for problem in report.problems:
        _print_problem(problem, pen)
    errors = sum(problem.severity == "error" for problem in report.problems)
    states = [f"{state.words} {count:,}" for state in Evidence if (count := report.evidence.get(state, 0))]
    print(f"{counted(records, 'record')}, {counted(errors, 'error')}, ", end="")
    print(counted(len(report.problems) - errors, "warning"))
    if states:
        print(f"Claims: {', '.join(states)}")


def _print_problem(problem: Problem, pen: Pen) -> None:
    colour = ERROR if problem.severity == "error" else WARNING
    aside = "" if problem.severity == "error" else " (warning)"
    place = f"{one_line(problem.file)}:{problem.line}:{problem.column}:"
    print(f"{pen.paint(place, '1')} {pen.paint(problem.code, colour)}: {one_line(problem.message)}{aside}")
    if problem.mend:
        print(f"    {pen.paint(one_line(problem.mend), FAINT)}")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 record`, `1,204 records`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
