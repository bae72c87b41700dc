"""Saving the search that stands in the field: the star in it, and the line that asks for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from briefing.app.results.save_bar import SaveBar
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from briefing.app.saved_searches import SavedSearches
    from briefing.app.theme import Theme


class Saving(QObject):
    """Puts a star into the field, filled where its query is saved; `bar` belongs above the hits."""

    def __init__(self, field: QLineEdit, saved: SavedSearches, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self._saved = saved
        self._theme = theme
        self.bar = SaveBar(saved, parent)
        self._star = QAction(self)
        self._star.triggered.connect(self.ask)
        field.addAction(self._star, QLineEdit.ActionPosition.TrailingPosition)
        field.textChanged.connect(self._text_changed)
        saved.changed.connect(self._show)
        theme.changed.connect(self._show)
        self.bar.closed.connect(field.setFocus)
        self._show()

    def ask(self) -> None:
        """Ask for the name under which the query is to be kept."""
        if self._field.text().strip():
            self.bar.open_for(self._field.text())

    def _text_changed(self) -> None:
        # It was asked about another query.
        self.bar.hide()
        self._show()

    def _show(self) -> None:
        text = self._field.text()
        there = self._saved.of_query(text) if text.strip() else None
        self._star.setVisible(bool(text.strip()))
        self._star.setIcon(self._theme.icon("starred" if there else "star", "accent" if there else "muted"))
        self._star.setText(f"Saved as “{one_line(there.name)}”" if there else "Save this search (Ctrl+D)")
