"""The line above the hits in which a search that is to be saved is given its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPushButton, QWidget

from briefing.app.line_edit import LineEdit
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from briefing.app.saved_searches import SavedSearches

LONGEST_NAME = 200


class SaveBar(QFrame):
    """Asks for a name, and saves the query under it; hidden until `open_for`."""

    closed = Signal()
    """The search was saved, or is not to be."""

    def __init__(self, saved: SavedSearches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("save-bar")
        self._saved = saved
        self._query = ""
        self._name = LineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setPlaceholderText("Name of this search")
        self._name.setAccessibleName("Name of this search")
        self._everywhere = QCheckBox("In every library")
        self._save = QPushButton("Save")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 4, 12, 8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._name, 0, 0, 1, 2)
        grid.addWidget(self._everywhere, 1, 0)
        grid.addWidget(self._save, 1, 1, Qt.AlignmentFlag.AlignRight)
        self._name.textChanged.connect(self._name_changed)
        self._name.returnPressed.connect(self._accept)
        self._save.clicked.connect(self._accept)
        self.setFocusProxy(self._name)
        self.hide()

    def open_for(self, query: str) -> None:
        """Ask for the name of a query; one that is saved already gets the name that it has."""
        there = self._saved.of_query(query)
        self._query = query
        self._everywhere.setChecked(there is not None and there.everywhere)
        self._name.setText(there.name if there is not None else one_line(query).strip()[:LONGEST_NAME])
        self._name_changed()
        self.show()
        self._name.selectAll()
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Give it up."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _name_changed(self) -> None:
        name = self._name.text().strip()
        self._save.setEnabled(bool(name))
        # Said before it happens, and so not asked.
        self._save.setText("Replace" if self._saved.named(name) is not None else "Save")

    def _accept(self) -> None:
        if self._name.text().strip():
            self._saved.save(self._name.text(), self._query, everywhere=self._everywhere.isChecked())
            self.close_bar()
