"""A line above the page: something about it that its reader has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme


class Banner(QFrame):
    """Says a sentence beside a sign, and offers one thing to do about it."""

    action_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme = theme
        self._sign = QLabel()
        self._sign.setAccessibleName("Note")
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self.action_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button)
        theme.changed.connect(self._draw)
        self.hide()

    def say(self, sentence: str, action: str) -> None:
        """Show the banner with that sentence, and those words on its button."""
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.setAccessibleName(sentence)
        self.show()
        self._draw()

    def _draw(self) -> None:
        # Nothing is drawn for a banner that most sessions never see.
        if not self.isHidden():
            icon = self._theme.icon("warning", "warning")
            self._sign.setPixmap(icon.pixmap(QSize(18, 18), self.devicePixelRatioF()))
