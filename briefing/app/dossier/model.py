"""The entries of a dossier as Qt's list view takes them."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefing.app.dossier.row import Facts, Row, row_of
from briefing.app.picked import MIME, picks_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.app.dossier.open_dossier import OpenDossier
    from briefing.records.dossier import Entry

Index = QModelIndex | QPersistentModelIndex
ROWS = "application/x-briefing-dossier-rows"

_FIXED = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_NAMED = _FIXED | Qt.ItemFlag.ItemIsEditable


class Role(IntEnum):
    """What the delegate asks for, besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1


class DossierModel(QAbstractListModel):
    """Shows an `OpenDossier`, row by row; headings are renamed in place, rows are moved by dragging them."""

    picks_dropped = Signal(object, int)
    """Picks were dropped before that row."""
    rows_moved = Signal(int, int)
    """The user dragged rows: the first of them is now there, and how many they are."""

    def __init__(self, dossier: OpenDossier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dossier = dossier
        self._entries: tuple[Entry, ...] = dossier.dossier.entries
        self._facts = Facts()
        self.rows: list[Row] = [row_of(entry, self._facts) for entry in self._entries]
        dossier.changed.connect(self._changed)

    def set_facts(self, facts: Facts) -> None:
        """Say what the library says of the entries."""
        self._facts = facts
        for number, entry in enumerate(self._entries):
            row = row_of(entry, facts)
            if row != self.rows[number]:
                self.rows[number] = row
                self.dataChanged.emit(self.index(number), self.index(number))

    def row_at(self, index: Index) -> Row | None:
        """Return a row, or None for an index that is none."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def _changed(self) -> None:
        """Take out and put in only what lies between the rows that stay at both ends."""
        old, new = self._entries, self._dossier.dossier.entries
        first = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        behind = 0
        while behind < min(len(old), len(new)) - first and old[-1 - behind] == new[-1 - behind]:
            behind += 1
        if len(old) - behind > first:
            self.beginRemoveRows(QModelIndex(), first, len(old) - behind - 1)
            self._entries = (*old[:first], *old[len(old) - behind :])
            del self.rows[first : len(old) - behind]
            self.endRemoveRows()
        if len(new) - behind > first:
            self.beginInsertRows(QModelIndex(), first, len(new) - behind - 1)
            self._entries = new
            self.rows[first:first] = [row_of(entry, self._facts) for entry in new[first : len(new) - behind]]
            self.endInsertRows()

    # --- what Qt asks -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            # Between the rows, and below them, something can be dropped.
            return Qt.ItemFlag.ItemIsDropEnabled
        return _NAMED if row.type == "heading" else _FIXED

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Role.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.EditRole if row.type == "heading":
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.text}\n{row.detail}".strip()
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or row.type != "heading" or role != Qt.ItemDataRole.EditRole:
            return False
        self._dossier.rename(index.row(), str(value))
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROWS, MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(ROWS, json.dumps(sorted(index.row() for index in indexes)).encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return data.hasFormat(ROWS) or data.hasFormat(MIME)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        to = row if row >= 0 else parent.row() if parent.isValid() else len(self.rows)
        if data.hasFormat(ROWS):
            rows = _rows_in(data)
            first = self._dossier.move(rows, to)
            if first >= 0:
                self.rows_moved.emit(first, len(rows))
            return first >= 0
        picks = picks_in(data)
        if picks:
            self.picks_dropped.emit(picks, to)
        return bool(picks)


def _rows_in(data: QMimeData) -> list[int]:
    """Return the rows that are dragged."""
    try:
        rows = json.loads(bytes(data.data(ROWS).data()))
    except ValueError:
        return []
    return [row for row in rows if type(row) is int] if isinstance(rows, list) else []
