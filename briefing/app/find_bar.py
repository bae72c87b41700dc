"""The bar for finding words in what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from briefing.app.bar_button import BarButton
from briefing.app.line_edit import LineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme


class FindBar(QFrame):
    """A field, how many places were found, and the way from one to the next.

    Enter goes to the next place, Shift+Enter to the one before, Escape closes the bar.
    """

    words_changed = Signal(str)
    step_requested = Signal(bool)
    """Forward or not."""
    close_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, where: str = "this page") -> None:
        super().__init__(parent)
        self.setObjectName("find-bar")
        self._theme = theme
        self.field = LineEdit()
        self.field.setObjectName("find-field")
        self.field.setPlaceholderText(f"Find in {where}")
        self.field.setAccessibleName(f"Find in {where}")
        self.field.setClearButtonEnabled(True)
        for button in self.field.findChildren(QToolButton):
            button.setAccessibleName("Clear")
        self.field.setMaximumWidth(360)
        self.field.textChanged.connect(self.words_changed)
        self.count = QLabel()
        self.count.setAccessibleName("Places found")
        # As wide as "9999 of 9999", so that the buttons stay where the mouse expects them.
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("9999 of 9999 "))
        self._previous = self._button("up", "Previous place (Shift+Enter, Shift+F3)")
        self._previous.clicked.connect(lambda: self.step_requested.emit(False))
        self._next = self._button("down", "Next place (Enter, F3)")
        self._next.clicked.connect(lambda: self.step_requested.emit(True))
        self._close = self._button("close", "Close the find bar (Escape)")
        self._close.clicked.connect(self.close_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self.field, 1)
        for widget in (self._previous, self._next, self.count):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self._close)
        self.show_count(0, 0)

    def _button(self, name: str, tip: str) -> BarButton:
        button = BarButton(self._theme, name, tip)
        button.setObjectName(f"find-{name}")
        return button

    def open(self, words: str = "") -> None:
        """Show the bar with its field ready to be typed over, and look for those words if there are any."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_count(self, number: int, total: int, *, still: bool = False) -> None:
        """Say which of how many places is shown; `still` says that one is still looking for more."""
        looked_for = bool(self.field.text().strip())
        if not looked_for:
            text = ""
        elif not total:
            text = "Looking …" if still else "Not found"
        elif number:
            text = f"{number:,} of {total:,}"
        else:
            text = f"{total:,} found"
        self.count.setText(text)
        # The word says it, the colour only helps.
        missing = looked_for and not total and not still
        palette = self.count.palette()
        palette.setColor(self.count.foregroundRole(), self._theme.colour("error" if missing else "muted"))
        self.count.setPalette(palette)
        self.field.setAccessibleDescription(text)
        self._previous.setEnabled(total > 0)
        self._next.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_requested.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
