"""Draws the rows of the context column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing.app.context.model import Role
from briefing.app.context.row import Row
from briefing.app.marking import match_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QObject

    from briefing.app.context.model import Index
    from briefing.app.theme import Theme

LINES_AT_MOST = 3
_LEFT, _RIGHT = 17, 12
_ICON, _GAP = 14, 7
_PADDING = 4
_ABOVE_HEADING = 16
_REMEMBERED = 20_000
_SHORT = 120


class _Look(NamedTuple):
    """The fonts, and how high their lines are."""

    text: QFont
    detail: QFont
    heading: QFont
    line: float
    detail_line: float
    heading_line: float


class ContextDelegate(QStyledItemDelegate):
    """Draws headings in small capitals, and records with their sign, a title of at most three lines, and a date."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = self._made_look()
        self._heights: dict[tuple[Row, int, bool], int] = {}
        self.mark: Callable[[str], Iterable[tuple[int, int]]] | None = None
        """Finds the words that are searched for in a line."""
        theme.changed.connect(self.look_again)

    def look_again(self) -> None:
        """Take up another theme or font."""
        self._look = self._made_look()
        self._heights.clear()

    def _made_look(self) -> _Look:
        text, detail = self._theme.font(), self._theme.font(0.92)
        heading = self._theme.font(0.84)
        heading.setCapitalization(QFont.Capitalization.AllUppercase)
        heading.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 108)
        lines = (QFontMetricsF(font).height() for font in (text, detail, heading))
        return _Look(text, detail, heading, *lines)

    # ---- how high

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Role.ROW)
        width = self._width(option)
        if not isinstance(row, Row):
            return QSize(width, 0)
        key = (row, width, index.row() == 0)
        if key not in self._heights:
            if len(self._heights) > _REMEMBERED:
                self._heights.clear()
            self._heights[key] = self._height(row, width, first=index.row() == 0)
        return QSize(width, self._heights[key])

    @staticmethod
    def _width(option: QStyleOptionViewItem) -> int:
        # The view says how wide it is in its own words: an item's rectangle is only known once it is laid out.
        view = option.widget
        viewport = getattr(view, "viewport", None)
        return int(viewport().width()) if viewport is not None else option.rect.width()

    def _height(self, row: Row, width: int, *, first: bool) -> int:
        look = self._look
        if row.type == "heading":
            return round(look.heading_line) + _PADDING + (_PADDING if first else _ABOVE_HEADING)
        lines = len(self._broken(row.text, self._text_width(width)))
        details = len(self._broken(row.detail, self._text_width(width), look.detail)) if row.detail else 0
        below = details * look.detail_line
        return round(lines * look.line + below) + 2 * _PADDING

    @staticmethod
    def _text_width(width: int) -> float:
        return max(40, width - _LEFT - _ICON - _GAP - _RIGHT)

    def _broken(self, text: str, width: float, font: QFont | None = None) -> list[str]:
        """Return the text in lines of that width; what does not fit on the last ends in an ellipsis."""
        font = font or self._look.text
        metrics = QFontMetricsF(font)
        if len(text) < _SHORT and metrics.horizontalAdvance(text) <= width:
            return [text]
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        # Lines are counted in UTF-16 units, as Qt does.
        units = text.encode("utf-16-le")
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, length = line.textStart(), line.textLength()
            if len(lines) == LINES_AT_MOST - 1:
                rest = units[2 * start :].decode("utf-16-le", "ignore")
                lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
                break
            lines.append(units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore").rstrip())
        layout.endLayout()
        return lines or [""]

    # ---- how it looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect
        if row.type == "heading":
            painter.setFont(self._look.heading)
            painter.setPen(self._theme.colour("muted"))
            place = QRect(place.left() + _LEFT, place.top(), place.width() - _LEFT - _RIGHT, place.height() - _PADDING)
            text = painter.fontMetrics().elidedText(row.text.upper(), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        else:
            self._paint_ground(painter, option)
            self._paint_row(painter, row, place)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        place = QRectF(option.rect).adjusted(6.5, 0.5, -6.5, -0.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(self._theme.colour("focus"), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if focused else "hover"))
            painter.drawRoundedRect(place, 5, 5)

    def _paint_row(self, painter: QPainter, row: Row, place: QRect) -> None:
        look = self._look
        left, top = place.left() + _LEFT, place.top() + _PADDING
        sign = QRect(left, round(top + (look.line - _ICON) / 2), _ICON, _ICON)
        if row.type == "moment":
            # The moments of a timeline hang on one line, which leaves their signs room.
            painter.setPen(QPen(self._theme.colour("line"), 1.5))
            middle = sign.center().x() + 0.5
            if not row.first:
                painter.drawLine(QPointF(middle, place.top()), QPointF(middle, sign.top() - 2))
            if not row.last:
                painter.drawLine(QPointF(middle, sign.bottom() + 3), QPointF(middle, place.bottom() + 1))
        if row.kind:
            self._theme.kind_icon(row.kind).paint(painter, sign)
        painter.setFont(look.text)
        colours = {"more": "accent", "empty": "muted"}
        painter.setPen(self._theme.colour(colours.get(row.type, "ink")))
        width = self._text_width(place.width())
        indent = left + _ICON + _GAP if row.type != "empty" else left
        y = float(top)
        for line in self._broken(row.text, width):
            self._draw_line(painter, QRectF(indent, y, width, look.line), line)
            y += look.line
        if row.detail:
            painter.setFont(look.detail)
            painter.setPen(self._theme.colour("muted"))
            for line in self._broken(row.detail, width, look.detail):
                painter.drawText(QRectF(indent, y, width, look.detail_line), Qt.AlignmentFlag.AlignVCenter, line)
                y += look.detail_line

    def _draw_line(self, painter: QPainter, place: QRectF, line: str) -> None:
        marks = list(self.mark(line)) if self.mark is not None else []
        if not marks:
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
            return
        layout = QTextLayout(line, self._look.text)
        layout.setFormats(match_ranges(line, marks, self._theme))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        layout.draw(painter, place.topLeft())
