"""How much of its page budget a print takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefing.app.wording import count

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from briefing.app.theme import Theme

_HEIGHT = 6
_GAP = 3


class Gauge(QWidget):
    """A line with a part for each page that the template may have, and the same in words; only where it has a limit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pages = self.limit = 0
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName("Page budget")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _HEIGHT + 6, 0, 0)
        column.addWidget(self.sentence)
        theme.changed.connect(self._colour)
        self.show_pages(0, 0)

    def show_pages(self, pages: int, limit: int) -> None:
        """Show how many pages are taken of how many; 0 pages where that is not known yet."""
        self.pages, self.limit = pages, limit
        over = pages - limit
        if not pages:
            text = f"At most {count(limit, 'page')}"
        elif over > 0:
            text = f"{count(pages, 'page')}: {over:,} more than it should have"
        else:
            text = f"{pages:,} of {count(limit, 'page')}"
        self.sentence.setText(text)
        self.sentence.setAccessibleDescription(text)
        self.setVisible(limit > 0)
        self._colour()

    @property
    def over(self) -> bool:
        """Whether there are more pages than there should be."""
        return self.pages > self.limit

    def _colour(self) -> None:
        palette = self.sentence.palette()
        palette.setColor(self.sentence.foregroundRole(), self._theme.colour("error" if self.over else "muted"))
        self.sentence.setPalette(palette)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        parts = max(self.limit, self.pages)
        if not parts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - _GAP * (parts - 1)) / parts
        for part in range(parts):
            name = "line" if part >= self.pages else "accent" if part < self.limit else "error"
            painter.setBrush(self._theme.colour(name))
            painter.drawRoundedRect(QRectF(part * (width + _GAP), 0, width, _HEIGHT), 3, 3)
        painter.end()
