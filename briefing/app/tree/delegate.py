"""How a row of the tree is drawn: sign, text, number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from briefing.app.tree.model import Role
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QColor, QFont, QHelpEvent, QIcon
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    from briefing.app.theme import Theme
    from briefing.app.tree.node import Item

SIGN = 16
SPACE = 7
_BESIDE = 10
_PILL = 6


class TreeDelegate(QStyledItemDelegate):
    """Draws an `Item`; the view has drawn the ground of the row."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: Item | None = index.data(Role.ITEM)
        if item is None:
            return
        painter.save()
        rect = QRect(option.rect)
        sign = self._sign(item)
        if sign is not None:
            sign.paint(painter, QRect(rect.left(), rect.center().y() - SIGN // 2 + 1, SIGN, SIGN))
            rect.setLeft(rect.left() + SIGN + SPACE)
        font = self._font(item)
        metrics = QFontMetrics(font)
        number = f"{item.total:,}" if item.total >= 0 else ""
        number_width = metrics.horizontalAdvance(number) + _BESIDE if number else 0
        # Where the section is open, its rows say it.
        told_below = item.type == "saved" and QStyle.StateFlag.State_Open in option.state
        fresh = f"{item.fresh:,} new" if item.fresh and not told_below else ""
        fresh_metrics = QFontMetrics(self._theme.font(0.85))
        fresh_width = fresh_metrics.horizontalAdvance(fresh) + 2 * _PILL + _BESIDE if fresh else 0
        room = rect.width() - number_width - fresh_width - SPACE
        text = _fitted(item, metrics, room)
        painter.setFont(font)
        painter.setPen(self._ink(item))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        if number:
            rect.setLeft(rect.left() + metrics.horizontalAdvance(text) + _BESIDE)
            painter.setFont(self._theme.font(0.92))
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, number)
        if fresh:
            rect.setLeft(rect.left() + QFontMetrics(self._theme.font(0.92)).horizontalAdvance(number) + _BESIDE)
            self._draw_fresh(painter, QRect(rect.left(), rect.top(), fresh_width - _BESIDE, rect.height()), fresh)
        painter.restore()

    def _draw_fresh(self, painter: QPainter, rect: QRect, text: str) -> None:
        """Draw a mark that says how many are new."""
        painter.setFont(self._theme.font(0.85))
        box = QRectF(rect.adjusted(0, 3, 0, -3))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.colour("panel"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, row_height(self._theme))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(QRect(option.rect).adjusted(0, 0, -8, 0))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        item: Item | None = index.data(Role.ITEM)
        if item is None:
            return False
        room = view.viewport().width() - option.rect.left() - SIGN - 2 * SPACE
        hint = ""
        if item.stale:
            hint = "The file of this record has faults; this is its last good version."
        elif QFontMetrics(self._font(item)).horizontalAdvance(one_line(item.text)) > room:
            hint = one_line(item.text)
        QToolTip.showText(event.globalPos(), hint, view)
        return bool(hint)

    def _sign(self, item: Item) -> QIcon | None:
        match item.type:
            case "record":
                return self._theme.kind_icon(item.kind)
            case "file":
                return self._theme.icon("kind-file", self._theme.palette.muted)
            case "search":
                return self._theme.icon("search", "muted")
            case "problem" | "problems":
                return self._theme.icon("kind-problem", item.severity or "error")
            case _:
                return None

    def _font(self, item: Item) -> QFont:
        font = self._theme.font(bold=item.type in ("section", "problems", "saved"))
        font.setItalic(item.stale or item.type == "more")
        return font

    def _ink(self, item: Item) -> QColor:
        return self._theme.colour("muted" if item.stale or item.type in ("range", "group", "more") else "ink")


def _fitted(item: Item, metrics: QFontMetrics, room: int) -> str:
    """Return the text of a row as it fits; of a range whose ends are long, both are cut in their midst."""
    text = one_line(item.text)
    if item.range is None or metrics.horizontalAdvance(text) <= room:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    between = " \N{EN DASH} "
    ends = (room - metrics.horizontalAdvance(between)) // 2
    begin, end = (
        metrics.elidedText(one_line(each), Qt.TextElideMode.ElideMiddle, ends)
        for each in (item.range.begins, item.range.ends)
    )
    return f"{begin}{between}{end}"


def row_height(theme: Theme) -> int:
    """Return the height of a row, the same for all."""
    return QFontMetrics(theme.font()).height() + 7
