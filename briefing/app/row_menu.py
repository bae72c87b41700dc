"""Where the menu of a row opens, whether it was asked for by mouse or by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QContextMenuEvent

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QAbstractItemView


def place_of_menu(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint | None:
    """Make the row that is meant the current one, and return the place on the screen; None where there is no row."""
    by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
    index = view.currentIndex() if by_key else view.indexAt(event.pos())
    if not index.isValid():
        return None
    view.setCurrentIndex(index)
    return view.viewport().mapToGlobal(view.visualRect(index).bottomLeft() if by_key else event.pos())
