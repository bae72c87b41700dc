"""What was measured as figures: the spread of many times, and limits that they are held against."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self


class Spread(NamedTuple):
    """Half of the times are at most `p50`, nineteen of twenty at most `p95`, all at most `most`; in milliseconds."""

    number: int
    p50: float
    p95: float
    most: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Self:
        """Reckon it; of no times it is nought."""
        if not seconds:
            return cls(0, 0.0, 0.0, 0.0)
        ordered = sorted(seconds)

        def at(share: float) -> float:
            return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

        return cls(len(ordered), at(0.5), at(0.95), 1000 * ordered[-1])


class Limit(NamedTuple):
    """What was measured, in words with its unit, and whether it is within its limit."""

    name: str
    value: float
    at_most: float
    unit: str = ""
    at_least: bool = False
    """Whether the limit is what it must reach, not what it may."""

    @property
    def reached(self) -> bool:
        """Whether it is within its limit."""
        return self.value >= self.at_most if self.at_least else self.value <= self.at_most

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        side = "at least" if self.at_least else "at most"
        verdict = "reached" if self.reached else "MISSED"
        return f"{self.name}: {number(self.value)}{unit} ({side} {self.at_most:g}{unit}: {verdict})"


def number(value: float) -> str:
    """Return a figure with as many digits as say something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def print_rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, its first column to the left and the others to the right, as Markdown has it too."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    line = "|".join("-" * (width + 2) if not at else "-" * (width + 1) + ":" for at, width in enumerate(widths))
    for place, row in enumerate((head, *rows)):
        cells = [
            text.rjust(width) if at else text.ljust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(f"| {' | '.join(cells)} |")
        if not place:
            print(f"|{line}|")


def say(sentence: str) -> None:
    """Tell whoever waits what is being done."""
    print(sentence, file=sys.stderr, flush=True)
