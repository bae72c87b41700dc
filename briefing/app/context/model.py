"""The context column's rows as Qt's list view takes them."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from briefing.app.context.row import Row

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for, besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1


class ContextModel(QAbstractListModel):
    """Rows, set at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> bool:
        """Show those rows; False where they are there already."""
        if tuple(rows) == self.rows:
            return False
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()
        return True

    def row_at(self, index: Index) -> Row | None:
        """Return a row, or None for an index that is none."""
        return self.rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or row.type in ("heading", "empty"):
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return plain if row.address is None else plain | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Role.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return None


def _tip(row: Row) -> str | None:
    if row.address is None:
        return None
    stale = "The last good version: its file has faults now." if row.stale else ""
    return "\n".join(filter(None, (row.text, row.detail, stale)))


def _spoken(row: Row) -> str:
    # Who hears one row after the other does not see the heading above.
    if row.address is None:
        return row.text if row.type != "more" else f"{row.text}: {row.group}"
    stale = "last good version" if row.stale else ""
    return ", ".join(filter(None, (f"{row.group}: {row.text}", row.detail, stale)))
