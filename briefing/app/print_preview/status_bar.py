"""One line below the pages: what goes on, how far it is, and the way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme


class StatusBar(QFrame):
    """One line below the pages: what goes on, how far it is, and the way to stop it."""

    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview-status")
        self._theme = theme
        self._failing = False
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName("What goes on")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 6)
        self.progress.setAccessibleName("Progress")
        self.button = QPushButton("Cancel")
        self.button.setAutoDefault(False)
        self.button.setToolTip("Stop (Escape)")
        self.button.clicked.connect(self.cancel_requested)
        # The line stays as high as it is while something goes on: the pages above keep their size.
        kept = self.button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.progress)
        row.addWidget(self.button)
        theme.changed.connect(self._colour)
        self.rest("")

    def work(self, sentence: str, done: int = 0, total: int = 0, *, can_cancel: bool = True) -> None:
        """Say what goes on; without a total, nobody knows how long it takes."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self._say(sentence, working=True, failing=False, can_cancel=can_cancel)

    def rest(self, sentence: str) -> None:
        """Say how it ended."""
        self._say(sentence, working=False, failing=False)

    def fail(self, sentence: str) -> None:
        """Say what went wrong."""
        self._say(sentence, working=False, failing=True)

    @property
    def failing(self) -> bool:
        """Whether the sentence says that something went wrong."""
        return self._failing

    def _say(self, sentence: str, *, working: bool, failing: bool, can_cancel: bool = False) -> None:
        self._failing = failing
        self.sentence.setText(sentence)
        self.sentence.setAccessibleDescription(sentence)
        self.progress.setVisible(working)
        self.button.setVisible(can_cancel)
        self._colour()

    def _colour(self) -> None:
        palette = self.sentence.palette()
        palette.setColor(self.sentence.foregroundRole(), self._theme.colour("error" if self._failing else "muted"))
        self.sentence.setPalette(palette)
