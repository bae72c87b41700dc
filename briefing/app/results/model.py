"""The hits as a model."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefing.app.wording import one_line
from briefing.records.kinds import is_kind, kind_named

if TYPE_CHECKING:
    from briefing.search.ranking import Hit, Hits

Index = QModelIndex | QPersistentModelIndex

MOST = 1_000
"""How many hits are shown; whoever wants more wants another query."""


class Role(IntEnum):
    """What a row tells beside its text."""

    HIT = Qt.ItemDataRole.UserRole
    """The `Hit`."""


class HitsModel(QAbstractListModel):
    """The hits that `show` was given."""

    more_requested = Signal(int)
    """That many hits are wanted, counted from the first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._total: int | None = 0
        self._asked = 0

    def show(self, hits: Hits | None) -> None:
        """Show other hits, or none. Where they go on from those that are shown, those keep their rows.

        A total that is known outlives more of the same hits that come without one.
        """
        found = hits.hits if hits is not None else ()
        total = hits.total if hits is not None else 0
        kept = len(self._hits)
        goes_on = kept > 0 and found[:kept] == self._hits
        if not (goes_on and total is None and self._total is not None and self._total >= len(found)):
            self._total = total
        self._asked = 0
        if goes_on:
            if len(found) > kept:
                self.beginInsertRows(QModelIndex(), kept, len(found) - 1)
                self._hits = found
                self.endInsertRows()
            return
        self.beginResetModel()
        self._hits = found
        self.endResetModel()

    @property
    def total(self) -> int | None:
        """How many hits there are in all; None while that is not known."""
        return self._total

    def set_total(self, total: int | None) -> None:
        """Say how many hits there are in all, once that is known; None where it no longer is."""
        self._total = total

    @property
    def has_more(self) -> bool:
        """Whether more hits can be had than are loaded."""
        return (self._total is None or len(self._hits) < self._total) and len(self._hits) < MOST

    def hit(self, index: Index) -> Hit | None:
        """Return the hit of a row, or None for no row."""
        return self._hits[index.row()] if index.isValid() and index.row() < len(self._hits) else None

    def row_of(self, record_id: str) -> int:
        """Return the row of a record, or -1."""
        return next((row for row, hit in enumerate(self._hits) if hit.id == record_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and bool(self._hits) and self.has_more

    def fetchMore(self, parent: Index) -> None:
        wanted = min(2 * len(self._hits), MOST)
        if self.canFetchMore(parent) and self._asked < wanted:
            self._asked = wanted
            self.more_requested.emit(wanted)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hit(index)
        if hit is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(hit.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return one_line(", ".join(filter(None, (hit.title, kind_label(hit.kind), hit.reason, hit.text))))
            case Role.HIT:
                return hit
            case _:
                return None


def kind_label(kind: str) -> str:
    """Return what one record of a kind is called."""
    return kind_named(kind).label if is_kind(kind) else kind
