"""A library's tree, printed: what the window shows on the left, where there is no window."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.terminal import BOLD, FAINT, Pen, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.library.answers import Card, SectionCount
    from briefing.library.library import Library

ROWS = 12
"""As many rows of a section are printed; the rest is counted."""
DEEPEST = 8


def print_tree(library: Library, *, named: bool) -> None:
    """Print the sections with their records, then how to go on; `named` says that the library was asked for."""
    pen = Pen()
    print(pen.paint(one_line(library.title), BOLD))
    for section in library.sections():
        print(f"{pen.paint(section.label, BOLD)} {section.count:,}")
        for row in _rows(library, section):
            print(f"  {row}")
    problems = library.problem_files()
    if problems:
        print(f"{pen.paint('Problems', BOLD)} {len(problems):,}")
        for file, errors, warnings in problems[:ROWS]:
            print(f"  {one_line(file)}  {pen.paint(f'errors {errors:,}, warnings {warnings:,}', FAINT)}")
        _print_rest(len(problems) - ROWS)
    print()
    print("To search, read and print here:")
    option = " --library DIR" if named else ""
    example = next(iter(_examples(library)), "ID")
    command = _command()
    print(f"  {command} search{option} WORDS")
    print(f"  {command} show{option} {example}")
    print(f"  {command} print{option} {example} -o {example}.pdf")


def _command() -> str:
    """Return what to type for this very command: its name, or its path where the shell would not find that."""
    typed = Path(sys.argv[0])
    found = shutil.which(typed.name)
    if typed.stem != "briefing" or (found and os.path.realpath(found) == os.path.realpath(typed)):
        return "briefing"
    return shlex.quote(str(typed))


def _rows(library: Library, section: SectionCount) -> list[str]:
    rows: list[str] = []
    shown = 0
    for depth, card in _walk(library, library.cards(section.kind, limit=ROWS + 1), 0):
        if shown == ROWS:
            break
        rows.append(f"{'  ' * depth}{one_line(card.title)}{' (its file is broken now)' if card.stale else ''}")
        shown += 1
    if section.count > shown:
        rows.append(f"… and {section.count - shown:,} more")
    return rows


def _walk(library: Library, cards: list[Card], depth: int) -> Iterator[tuple[int, Card]]:
    for card in cards:
        yield depth, card
        if depth < DEEPEST:
            yield from _walk(library, library.narrower(card.id), depth + 1)


def _examples(library: Library) -> Iterator[str]:
    if library.info.home:
        yield library.info.home
    for section in library.sections():
        yield from (card.id for card in library.cards(section.kind, limit=1))


def _print_rest(number: int) -> None:
    if number > 0:
        print(f"  … and {number:,} more")
