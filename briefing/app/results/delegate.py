"""How a hit is drawn: sign and title, why it is there, and the sentence with the words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from briefing.app.results.excerpt import excerpt, utf16
from briefing.app.results.model import Role, kind_label
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView

    from briefing.app.results.excerpt import Span
    from briefing.app.theme import Theme
    from briefing.search.ranking import Hit

SIGN = 16
EDGE = 12
TEXT_LEFT = EDGE + SIGN + 9
ABOVE = 8
SENTENCE_LINES = 2


class HitDelegate(QStyledItemDelegate):
    """Draws a `Hit`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit | None = index.data(Role.HIT)
        if hit is None:
            return
        painter.save()
        rect = QRect(option.rect)
        self._draw_ground(painter, option)
        width = rect.width() - TEXT_LEFT - EDGE
        y = float(rect.top() + ABOVE)
        title = self._title(hit, width)
        line = title.lineAt(0).height()
        sign = QRect(rect.left() + EDGE, round(y + (line - SIGN) / 2), SIGN, SIGN)
        self._theme.kind_icon(hit.kind).paint(painter, sign)
        painter.setPen(self._theme.colour("ink"))
        title.draw(painter, QPointF(rect.left() + TEXT_LEFT, y))
        y += title.boundingRect().height() + 1
        small = self._theme.font(0.9)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(self._theme.colour("muted"))
        why = metrics.elidedText(_why(hit), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(rect.left() + TEXT_LEFT, y, width, metrics.height()), Qt.TextFlag.TextSingleLine, why)
        y += metrics.height() + 2
        sentence = self._sentence(hit, width)
        if sentence is not None:
            painter.setPen(self._theme.colour("ink"))
            sentence.draw(painter, QPointF(rect.left() + TEXT_LEFT, y))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hit: Hit | None = index.data(Role.HIT)
        if hit is None:
            return QSize()
        width = option.rect.width() - TEXT_LEFT - EDGE
        height = 2 * ABOVE + self._title(hit, width).boundingRect().height() + 1
        height += QFontMetrics(self._theme.font(0.9)).height()
        sentence = self._sentence(hit, width)
        if sentence is not None:
            height += 2 + sentence.boundingRect().height()
        return QSize(option.rect.width(), round(height))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        hit: Hit | None = index.data(Role.HIT)
        QToolTip.showText(event.globalPos(), one_line(hit.title) if hit is not None else "", view)
        return hit is not None

    def _title(self, hit: Hit, width: int) -> QTextLayout:
        return self._layout(*excerpt(hit.title, hit.title_marks, lead=60), self._theme.font(bold=True), width, 2)

    def _sentence(self, hit: Hit, width: int) -> QTextLayout | None:
        if not hit.text or hit.text == hit.title:
            return None
        return self._layout(*excerpt(hit.text, hit.marks), self._theme.font(0.95), width, SENTENCE_LINES)

    def _layout(self, text: str, marks: Sequence[Span], font: QFont, width: int, lines: int) -> QTextLayout:
        layout = self._laid_out(text, marks, font, width)
        if layout.lineCount() > lines:
            # Qt cuts no text over several lines: cut it where the last line that fits ends, and lay it out again.
            last = layout.lineAt(lines - 1)
            data = text.encode("utf-16-le", "surrogatepass")
            begin, end = 2 * last.textStart(), 2 * (last.textStart() + last.textLength())
            kept = data[:begin].decode("utf-16-le", "replace")
            rest = data[begin : end + 24].decode("utf-16-le", "replace")
            cut = QFontMetrics(font).elidedText(f"{rest}……", Qt.TextElideMode.ElideRight, max(width - 2, 1))
            text = kept + cut
            marks = [(first, min(stop, len(text))) for first, stop in marks if first < len(text) - 1]
            layout = self._laid_out(text, marks, font, width)
        return layout

    def _laid_out(self, text: str, marks: Sequence[Span], font: QFont, width: int) -> QTextLayout:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        marked = QTextCharFormat()
        marked.setBackground(self._theme.colour("match"))
        marked.setForeground(self._theme.colour("ink"))
        ranges = []
        for start, length in utf16(text, marks):
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = start, length, marked
            ranges.append(each)
        layout.setFormats(ranges)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 40))
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = QStyle.StateFlag.State_Selected in option.state
        if not selected and QStyle.StateFlag.State_MouseOver not in option.state:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour("selection" if selected else "hover"))
        high = selected and self._theme.palette.high_contrast
        painter.setPen(QPen(self._theme.colour("focus"), 1.5) if high else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(4.5, 1.5, -4.5, -1.5), 6, 6)
        painter.restore()


def _why(hit: Hit) -> str:
    return one_line(f"{kind_label(hit.kind)} · {hit.reason}" if hit.reason else kind_label(hit.kind))
