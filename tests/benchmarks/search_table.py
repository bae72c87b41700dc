"""The table of what a keystroke costs, a row for each class of queries, with other engines beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures import Limit, number, print_rows
from keystrokes import FACETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from figures import Spread
    from keystrokes import Answered
    from search_classes import Typed

LONGEST_MS = 16
MOST_GROWTH = 4
SLOW_MS = 50
"""Where FTS5 is slower than this, it is to be beaten by far."""
BY_FAR = 20


class Table:
    """Columns of cells by class; each way of adding some returns the goals that they have."""

    def __init__(self, classes: Mapping[str, Sequence[Typed]], here: Mapping[str, Answered]) -> None:
        self.here = here
        self._classes = classes
        self._goals = [name for name in here if name != FACETS]
        spreads = {name: answered.spread for name, answered in here.items()}
        self._columns: dict[str, dict[str, str]] = {
            "p50": {name: number(spread.p50) for name, spread in spreads.items()},
            "p95": {name: number(spread.p95) for name, spread in spreads.items()},
            "max": {name: number(spread.most) for name, spread in spreads.items()},
            "with hits": {name: f"{here[name].found:.0f} %" for name in self._goals},
        }

    def slowest(self) -> Limit:
        """Return the class that takes longest."""
        p95 = {name: self.here[name].spread.p95 for name in self._goals}
        worst = max(p95, key=lambda name: p95[name])
        return Limit(f"p95 of a keystroke in the slowest class ({worst})", p95[worst], LONGEST_MS, "ms")

    def beside_small(self, there: Mapping[str, Answered], records: str) -> Limit:
        """Add what the same classes take in a small library."""
        growth = {name: self.here[name].spread.p95 / there[name].spread.p95 for name in there}
        self._columns[f"p95 at {records}"] = {name: number(each.spread.p95) for name, each in there.items()}
        self._columns["growth"] = {name: number(ratio) for name, ratio in growth.items()}
        worst = max(self._goals, key=lambda name: growth[name])
        return Limit(f"p95 / that at {records} records, where it is most ({worst})", growth[worst], MOST_GROWTH)

    def beside_fts5(self, there: Mapping[str, Spread]) -> list[Limit]:
        """Add what FTS5 takes, and by how many times it is beaten."""
        ratios = {name: spread.p95 / self.here[name].spread.p95 for name, spread in there.items()}
        self._columns["FTS5 p50"] = {name: number(spread.p50) for name, spread in there.items()}
        self._columns["FTS5 p95"] = {name: self._cut(name, spread) for name, spread in there.items()}
        self._columns["ratio"] = {name: number(ratio) for name, ratio in ratios.items()}
        slow = {name: ratio for name, ratio in ratios.items() if there[name].p95 > SLOW_MS}
        if not slow:
            return []
        least = min(slow, key=lambda name: slow[name])
        what = f"FTS5's p95 / ours, of the classes where it is above {SLOW_MS} ms where it is least ({least})"
        return [Limit(what, slow[least], BY_FAR, at_least=True)]

    def beside_recoll(self, there: Mapping[str, Spread]) -> list[Limit]:
        """Add what Recoll takes."""
        ratios = {name: self.here[name].spread.p50 / spread.p50 for name, spread in there.items() if spread.number}
        self._columns["Recoll p50"] = {name: number(there[name].p50) for name in ratios}
        self._columns["Recoll p95"] = {name: self._cut(name, there[name]) for name in ratios}
        worst = max(ratios, key=lambda name: ratios[name])
        return [Limit(f"p50 / Recoll's, where it is most ({worst})", ratios[worst], 1)]

    def _cut(self, name: str, spread: Spread) -> str:
        # Where another engine is so slow that it was asked fewer queries, the table says how many.
        return number(spread.p95) + (f" (of {spread.number})" if spread.number < len(self._classes[name]) else "")

    def print(self, heading: str) -> None:
        """Print it."""
        rows = [[name, *(column.get(name, "") for column in self._columns.values())] for name in self.here]
        print()
        print_rows([heading, *self._columns], rows)
        print()
