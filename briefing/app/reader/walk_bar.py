"""The bar that says at which match one is, and goes to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from briefing.app.bar_button import BarButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme


class WalkBar(QFrame):
    """Where one is among the matches of a search, and the way to the next and back."""

    step_requested = Signal(bool)
    """Forward or not."""
    close_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("walk-bar")
        self._place = QLabel()
        self._note = QLabel()
        for label, name in ((self._place, "Match"), (self._note, "Note")):
            label.setAccessibleName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            # In a narrow column it is cut off rather than push the others aside.
            label.setMinimumWidth(1)
        self._note.setObjectName("walk-note")
        previous = BarButton(theme, "up", "Previous match (Shift+F3)")
        previous.clicked.connect(lambda: self.step_requested.emit(False))
        following = BarButton(theme, "down", "Next match, then the next hit (F3)")
        following.clicked.connect(lambda: self.step_requested.emit(True))
        close = BarButton(theme, "close", "Take the marks away")
        close.clicked.connect(self.close_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 8, 2)
        for widget in (previous, following, self._place, self._note):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(close)

    def say(self, place: str, note: str = "") -> None:
        """Show where one is, such as "Match 3 of 12", and what there is to know about the last step."""
        if (place, note) == (self._place.text(), self._note.text()):
            return
        self._place.setText(place)
        self._note.setText(note)
        self.setToolTip(f"{place}\n{note}".strip())
        # The focus is elsewhere: a screen reader would not notice.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{place}. {note}".strip()))
