"""A file's text as it stands, with line numbers and the lines that have faults marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QHelpEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QToolTip, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextBlock

    from briefing.app.theme import Theme

LONGEST_LINE = 2000
"""A line of megabytes would stop the window; nobody reads on that far."""
_GAP = 10


class RawText(QPlainTextEdit):
    """Shows a text with its line numbers; lines with faults bear a bar, and their sentence as a tip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._faults: Mapping[int, str] = {}
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self._gutter = _Gutter(self)
        self.updateRequest.connect(self._gutter_follows)
        self.blockCountChanged.connect(self._make_room)

    def show_text(self, text: str, faults: Mapping[int, str], scale: float) -> None:
        """Show a text; `faults` are sentences by the number of their line, counted from 1."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self._theme.font(scale).pointSizeF())
        self.setFont(font)
        self._gutter.setFont(font)
        self._faults = faults
        self.document().setDocumentMargin(_GAP)
        self.setPlainText("\n".join(map(_cut, text.split("\n"))))
        self._make_room()

    @property
    def faulty_lines(self) -> list[int]:
        """The numbers of the lines that have faults."""
        return sorted(self._faults)

    def go_to_line(self, line: int, column: int = 1) -> None:
        """Put the caret on a line and show it with some lines above it."""
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        if not block.isValid():
            block = self.document().lastBlock()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(max(column, 1) - 1, block.length() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(max(0, block.blockNumber() - 3))

    def current_line(self) -> int:
        """Return the number of the line that the caret is on."""
        return self.textCursor().blockNumber() + 1

    def top_position(self) -> int:
        """Return the position of the first character in view."""
        return self.firstVisibleBlock().position()

    def reveal(self, cursor: QTextCursor) -> None:
        """Scroll so that what the cursor selects stands in view, and leave the caret there."""
        place = QTextCursor(cursor)
        place.setPosition(cursor.selectionStart())
        self.setTextCursor(place)
        self.ensureCursorVisible()

    # ---- the line numbers

    def gutter_width(self) -> int:
        """Return how wide the line numbers are drawn."""
        digits = len(str(max(self.blockCount(), 99)))
        return self.fontMetrics().horizontalAdvance("9" * digits) + 2 * _GAP + 4

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), self.gutter_width(), inside.height()))

    def _gutter_follows(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Below the text: what is found in it is marked above.
        painter = QPainter(self.viewport())
        tint = self._theme.colour("error")
        tint.setAlphaF(0.14)
        for block, place in self._in_view(event.rect().bottom()):
            if block.blockNumber() + 1 in self._faults:
                painter.fillRect(QRect(0, place.top(), self.viewport().width(), place.height()), tint)
        painter.end()
        super().paintEvent(event)

    def _in_view(self, bottom: int) -> Iterator[tuple[QTextBlock, QRect]]:
        """Yield each line in view with its place, down to that height."""
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= bottom:
            below = top + self.blockBoundingRect(block).height()
            # As high as the text: the last block is higher by the margin that follows it.
            yield block, QRect(0, round(top), 0, round(block.layout().boundingRect().height()))
            block, top = block.next(), below

    def paint_gutter(self, event: QPaintEvent) -> None:
        """Draw the line numbers that are in view."""
        painter = QPainter(self._gutter)
        painter.fillRect(event.rect(), self._theme.colour("panel"))
        width = self._gutter.width()
        plain, bold = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        for block, place in self._in_view(event.rect().bottom()):
            number = block.blockNumber() + 1
            faulty = number in self._faults
            if faulty:
                painter.fillRect(QRect(0, place.top(), 4, place.height()), self._theme.colour("error"))
            painter.setFont(bold if faulty else plain)
            painter.setPen(self._theme.colour("error" if faulty else "muted"))
            where = QRect(4, place.top(), width - 4 - _GAP, place.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self.viewport().mapFromGlobal(event.globalPos())
            line = self.cursorForPosition(at).blockNumber() + 1
            QToolTip.showText(event.globalPos(), self._faults.get(line, ""), self)
            return True
        return super().event(event)


class _Gutter(QWidget):
    """The column of line numbers; the text view draws it."""

    def __init__(self, text: RawText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_gutter(event)


def _cut(line: str) -> str:
    # Imported here: the window is painted before the document package is loaded.
    from briefing.document.text import visible

    shown = visible(line[:LONGEST_LINE])
    rest = len(line) - LONGEST_LINE
    return f"{shown} … ({rest:,} more characters on this line)" if rest > 0 else shown
