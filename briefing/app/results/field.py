"""The one field for searching and jumping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from briefing.app.line_edit import LineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme

LONGEST_QUERY = 1_000


class SearchField(LineEdit):
    """A line to type a query in. The keys that move in the hits are said by signal, and stay in the field."""

    step_requested = Signal(int)
    """Move by so many hits."""
    page_requested = Signal(int)
    """Move by so many pages of hits."""
    open_requested = Signal()
    leave_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("search")
        self.setMaxLength(LONGEST_QUERY)
        self.setPlaceholderText("Search everything, or jump to a record  —  country:india 6G after:2023-08")
        self.setAccessibleName("Search")
        self.setAccessibleDescription("Hits appear as you type; Up, Down and Enter choose one, Escape leaves")
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction("Clear the search", self)
        self._clear.triggered.connect(self.leave_requested)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.step_requested.emit(1)
            case Qt.Key.Key_Up:
                self.step_requested.emit(-1)
            case Qt.Key.Key_PageDown:
                self.page_requested.emit(1)
            case Qt.Key.Key_PageUp:
                self.page_requested.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open_requested.emit()
            case Qt.Key.Key_Escape:
                self.leave_requested.emit()
            case _:
                super().keyPressEvent(event)

    def _theme_changed(self) -> None:
        self._sign.setIcon(self._theme.icon("search", "muted"))
        self._clear.setIcon(self._theme.icon("close", "muted"))
