"""The rows that the model has loaded."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from briefing.app.tree.node import RANGE_KEY, range_start

if TYPE_CHECKING:
    from briefing.app.tree.node import Item, Path


class Row:
    """What a row shows, where it stands, and what is loaded below it."""

    __slots__ = ("children", "item", "number", "parent", "row", "total")

    def __init__(self, item: Item, parent: Row | None, number: int) -> None:
        self.item = item
        self.parent = parent
        self.number = number
        self.row = 0
        self.children: list[Row] | None = None
        """None until they were asked for. The last one is of type more where not all are loaded."""
        self.total = 0

    @property
    def loaded(self) -> int:
        """How many children are loaded, the row that stands for the others aside."""
        if not self.children:
            return 0
        return len(self.children) - (self.children[-1].item.type == "more")

    def ids_around(self) -> Path:
        """Return the ids of the records from the outermost down to this one."""
        ids: list[str] = []
        node: Row | None = self
        while node is not None:
            if node.item.type == "record":
                ids.append(node.item.id)
            node = node.parent
        return tuple(reversed(ids))

    @property
    def has_ranges(self) -> bool:
        """Whether its children are ranges of a long section."""
        return bool(self.children and self.children[0].item.type == "range")

    def range_holding(self, start: tuple[str, str]) -> Row:
        """Return the one of its ranges that has a place of the section's order in it."""
        assert self.children
        return self.children[max(0, bisect_right(self.children, start, key=_start) - 1)]


def without_ranges(path: Path) -> Path:
    """Leave out of a way the ranges that it leads through: what is behind them may be in others by now."""
    return tuple(key for key in path[:-1] if not key.startswith(RANGE_KEY)) + path[-1:]


def _start(row: Row) -> tuple[str, str]:
    return range_start(row.item.key)
