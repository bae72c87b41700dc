"""The completions as a model."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from briefing.app.wording import count, one_line

if TYPE_CHECKING:
    from briefing.search.completion import Candidate

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row tells beside its text."""

    CANDIDATE = Qt.ItemDataRole.UserRole
    """The `Candidate`."""


class CompletionModel(QAbstractListModel):
    """The candidates that `show` was given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()

    def show(self, candidates: tuple[Candidate, ...]) -> None:
        """Show other candidates."""
        self.beginResetModel()
        self._candidates = candidates
        self.endResetModel()

    def candidate(self, index: Index) -> Candidate | None:
        """Return the candidate of a row, or None for no row."""
        return self._candidates[index.row()] if index.isValid() and index.row() < len(self._candidates) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._candidates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        candidate = self.candidate(index)
        if candidate is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(candidate.label)
            case Qt.ItemDataRole.AccessibleTextRole:
                number = "" if candidate.number is None else count(candidate.number, "record")
                return one_line(", ".join(filter(None, (candidate.label, candidate.detail, number))))
            case Role.CANDIDATE:
                return candidate
            case _:
                return None
