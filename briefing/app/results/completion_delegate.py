"""How a completion is drawn: sign, label, what else helps to choose, and the number at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from briefing.app.results.completion_model import Role
from briefing.app.results.ground import draw_ground
from briefing.app.wording import one_line
from briefing.records.kinds import is_kind

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    from briefing.app.theme import Theme
    from briefing.search.completion import Candidate

SIGN = 16
EDGE = 12
GAP = 9
ABOVE = 5
DETAIL_GAP = 14


class CompletionDelegate(QStyledItemDelegate):
    """Draws a `Candidate`. Names of filters stand in a column as wide as the longest of them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font, self._small = theme.font(), theme.font(0.9)
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)
        self.column = 0

    def fit(self, candidates: tuple[Candidate, ...]) -> None:
        """Make the column of names as wide as these need."""
        names = [self._metrics.horizontalAdvance(each.label) for each in candidates if each.kind == "filter"]
        self.column = max(names, default=0)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        candidate: Candidate = index.data(Role.CANDIDATE)
        width = self._left(candidate) + self._label_width(candidate) + EDGE
        for text in (one_line(candidate.detail), number_of(candidate)):
            if text:
                width += DETAIL_GAP + self._small_metrics.horizontalAdvance(text)
        return QSize(width, self._metrics.height() + 2 * ABOVE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        candidate: Candidate = index.data(Role.CANDIDATE)
        painter.save()
        rect = QRect(option.rect)
        draw_ground(painter, option, self._theme, gap=0.5, radius=5)
        if is_kind(kind := _kind_of(candidate)):
            sign = QRect(rect.left() + EDGE, rect.top() + (rect.height() - SIGN) // 2, SIGN, SIGN)
            self._theme.kind_icon(kind).paint(painter, sign)
        left, right = rect.left() + self._left(candidate), rect.right() - EDGE
        # One base line for both sizes of type.
        base = rect.top() + (rect.height() + self._metrics.ascent() - self._metrics.descent()) // 2
        number = number_of(candidate)
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        if number:
            right -= self._small_metrics.horizontalAdvance(number)
            painter.drawText(right, base, number)
            right -= DETAIL_GAP
        detail_left = left + self._label_width(candidate) + DETAIL_GAP
        if candidate.detail and detail_left < right:
            elide = Qt.TextElideMode.ElideRight
            detail = self._small_metrics.elidedText(one_line(candidate.detail), elide, right - detail_left)
            painter.drawText(detail_left, base, detail)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("ink"))
        label = self._metrics.elidedText(one_line(candidate.label), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(left, base, label)
        painter.restore()

    def _left(self, candidate: Candidate) -> int:
        return EDGE + (0 if candidate.kind == "value" else SIGN + GAP)

    def _label_width(self, candidate: Candidate) -> int:
        if candidate.kind == "filter":
            return self.column
        return self._metrics.horizontalAdvance(one_line(candidate.label))


def _kind_of(candidate: Candidate) -> str:
    """Return the kind whose sign stands before a completion: that of the record, or of those that a filter takes."""
    return candidate.label.removesuffix(":") if candidate.kind == "filter" else candidate.kind


def number_of(candidate: Candidate) -> str:
    """Return the number of a completion as it is shown."""
    return "" if candidate.number is None else f"{candidate.number:,}"
