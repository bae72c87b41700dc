"""Draws the rows of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing.app.dossier.model import Role
from briefing.app.dossier.row import Row

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QWidget

    from briefing.app.dossier.model import Index
    from briefing.app.theme import Theme

_LEFT, _RIGHT = 17, 14
_ICON, _GAP = 14, 7
_PADDING = 4
_ABOVE_HEADING = 9


class DossierDelegate(QStyledItemDelegate):
    """Draws headings bold and flush left, and records and searches with their sign, indented below them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Role.ROW)
        height = QFontMetrics(self._theme.font()).height() + 2 * _PADDING
        heading = isinstance(row, Row) and row.type == "heading" and index.row() > 0
        return QSize(80, height + (_ABOVE_HEADING if heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = _below_gap(option.rect, index, row)
        self._paint_ground(painter, option, place)
        place.adjust(_LEFT, 0, -_RIGHT, 0)
        if row.type != "heading":
            sign = QRect(place.left(), place.center().y() - _ICON // 2 + 1, _ICON, _ICON)
            self._sign(row).paint(painter, sign)
            place.setLeft(place.left() + _ICON + _GAP)
        self._paint_text(painter, row, place)
        painter.restore()

    def _paint_text(self, painter: QPainter, row: Row, place: QRect) -> None:
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        small = self._theme.font(0.92)
        room = place.width()
        if row.detail:
            width = QFontMetrics(small).horizontalAdvance(row.detail)
            painter.setFont(small)
            painter.setPen(self._theme.colour("warning" if row.gone else "muted"))
            painter.drawText(place, line | Qt.AlignmentFlag.AlignRight, row.detail)
            room -= width + 2 * _GAP
        font = self._theme.font(bold=row.type == "heading")
        font.setItalic(row.gone)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted" if row.gone else "ink"))
        text = QFontMetrics(font).elidedText(row.text, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(place, line, text)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if chosen or focused or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(self._theme.colour("focus"), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(place).adjusted(6.5, 0.5, -6.5, -0.5), 5, 5)

    def _sign(self, row: Row) -> QIcon:
        if row.type == "search":
            return self._theme.icon("search", "muted")
        return self._theme.kind_icon(row.kind) if row.kind else self._theme.icon("kind-file", "muted")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        place = _below_gap(option.rect, index, row) if isinstance(row, Row) else QRect(option.rect)
        height = max(place.height(), editor.sizeHint().height())
        editor.setGeometry(place.left() + _LEFT - 8, place.bottom() - height + 1, place.width() - _LEFT, height)


def _below_gap(rect: QRect, index: Index, row: Row) -> QRect:
    """Return a row's place without what is left free above a heading."""
    return QRect(rect).adjusted(0, _ABOVE_HEADING if row.type == "heading" and index.row() else 0, 0, 0)
