"""How much of its page budget a print takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefing.app.wording import count, one_line
from briefing.document.text import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from briefing.app.theme import Theme

_HEIGHT = 6
_GAP = 3
_NAMED = 4
_LONGEST_NAME = 60


class Gauge(QWidget):
    """A line with a part for each page that the template may have, the same in words, and what went to the annex.

    It shows only where there is a limit.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pages = self.limit = 0
        self.sentence = self._label("Page budget")
        self.annex = self._label("What went to the annex")
        self.annex.setFont(theme.font(0.9))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _HEIGHT + 6, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.sentence)
        column.addWidget(self.annex)
        theme.changed.connect(self._colour)
        self.show_pages(0, 0)

    def show_pages(self, pages: int, limit: int, annex: Sequence[str] = (), more: int = 0) -> None:
        """Show how many pages are taken of how many, 0 where that is not known yet.

        `annex` names what had no room on them, `more` is the number of pages that it takes.
        """
        self.pages, self.limit = pages, limit
        over = pages - limit
        if not pages:
            text = f"At most {count(limit, 'page')}"
        elif over > 0:
            text = f"{count(pages, 'page')}: {over:,} more than it should have"
        else:
            text = f"{pages:,} of {count(limit, 'page')}"
        text += f", and {count(more, 'page')} of annex" if annex and more else ""
        self._say(self.sentence, text)
        names = [one_line(name) for name in annex]
        rest = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        shown = [shortened(name, _LONGEST_NAME) for name in names[:_NAMED]]
        self._say(self.annex, f"In the annex: {'; '.join(shown)}{rest}" if names else "")
        self.annex.setToolTip("\n".join(["In the annex:", *names]) if names else "")
        self.annex.setAccessibleDescription("; ".join(names))
        self.setVisible(limit > 0)
        self._colour()

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAccessibleName(name)
        return label

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setAccessibleDescription(text)
        label.setVisible(bool(text))

    @property
    def over(self) -> bool:
        """Whether there are more pages than there should be."""
        return self.pages > self.limit

    def _colour(self) -> None:
        for label, name in ((self.sentence, "error" if self.over else "muted"), (self.annex, "muted")):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), self._theme.colour(name))
            label.setPalette(palette)
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
