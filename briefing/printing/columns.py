"""How wide the columns of a table are on paper, and how small its type: set so that nothing is cropped.

Widths are reckoned in characters of the text face, which is near enough: what a line does not hold, it breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document.blocks import Inline, Link, Text

if TYPE_CHECKING:
    from briefing.document.blocks import Table

_MEASURE = 360.0  # points: the text's own measure, on both papers
_WITH_MARGIN = 470.0  # with the margin to its left
_CHARACTER = 0.46  # the mean width of a character, as a part of the type's size
_SIZES = ((10.0, 5.0), (9.0, 4.0), (8.0, 3.0), (7.0, 2.5))  # type and the space on each side of a cell, in points
_LONGEST_WORD = 14  # of what a column should hold unbroken; longer words are hyphenated
_LONGEST_LINE = 44
_SHORTEST = 3
_MOST_LINES_KEPT = 16


@dataclass(frozen=True, slots=True)
class Columns:
    """The layout of a table.

    `widths` are shares of the whole, `breaks` the characters that each column holds on a line; `wide` says that the
    table takes the margin to its left as well, `whole` that it is short enough to stay on one page.
    """

    widths: tuple[float, ...]
    breaks: tuple[int, ...]
    size: float
    gap: float
    wide: bool
    whole: bool


def columns(table: Table) -> Columns:
    """Lay out a table: in the largest type, and without the margin where that does, that leaves words whole."""
    cells = [[_text(row[index]) for row in (table.head, *table.rows)] for index in range(len(table.head))]
    longest = [max(_SHORTEST, min(_LONGEST_LINE, max(map(len, column)))) for column in cells]
    needed = [max(_SHORTEST, min(_LONGEST_WORD, max(map(_longest_word, column)))) for column in cells]
    for size, gap in _SIZES:
        for room, wide in ((_MEASURE, False), (_WITH_MARGIN, True)):
            capacity = (room - 2 * gap * len(cells)) / (size * _CHARACTER)
            if sum(needed) <= capacity:
                return _laid_out(cells, longest, needed, capacity, size, gap, wide)
    return _laid_out(cells, longest, needed, capacity, size, gap, wide)


def _laid_out(
    cells: list[list[str]],
    longest: list[int],
    needed: list[int],
    capacity: float,
    size: float,
    gap: float,
    wide: bool,
) -> Columns:
    """Share out the width; `cells` are the texts of each column."""
    share = _shares(longest, needed, capacity)
    # The space around each cell is the same for all, so it counts towards the widths.
    margin = 2 * gap / (size * _CHARACTER)
    return Columns(
        widths=tuple(round(each + margin, 2) for each in share),
        breaks=tuple(max(2, int(each)) for each in share),
        size=size,
        gap=gap,
        wide=wide,
        whole=_lines(cells, share) <= _MOST_LINES_KEPT,
    )


def _lines(cells: list[list[str]], share: list[float]) -> int:
    """Reckon how many lines high the table is."""
    heights = [[1 + int(len(text) / width) for text in column] for column, width in zip(cells, share, strict=True)]
    return sum(map(max, zip(*heights, strict=True)))


def _shares(longest: list[int], needed: list[int], capacity: float) -> list[float]:
    """Share out the characters of a line: a column that is content with less leaves the rest to the others."""
    if sum(longest) <= capacity:
        return [each * capacity / sum(longest) for each in longest]
    if sum(needed) >= capacity:
        return [each * capacity / sum(needed) for each in needed]
    low, high = 0.0, float(_LONGEST_LINE)
    for _ in range(30):
        level = (low + high) / 2
        shares = [min(max(level, need), max(long, need)) for need, long in zip(needed, longest, strict=True)]
        low, high = (level, high) if sum(shares) < capacity else (low, level)
    return shares


def _text(inlines: tuple[Inline, ...]) -> str:
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Link):
            parts += [words.text for words in inline.words]
    return "".join(parts)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
