"""How a hit is drawn: sign and title, why it is there, and the sentence with the words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from briefing.app.marking import match_ranges
from briefing.app.results.excerpt import Span, excerpt
from briefing.app.results.ground import draw_ground
from briefing.app.results.model import Role, kind_label
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView

    from briefing.app.theme import Theme
    from briefing.search.ranking import Hit

SIGN = 16
EDGE = 12
TEXT_LEFT = EDGE + SIGN + 9
ABOVE = 8
LINES = 2
"""How many lines a title and a sentence may have."""
NARROWEST = 40

Marked = tuple[str, tuple[Span, ...]]


class HitDelegate(QStyledItemDelegate):
    """Draws a `Hit`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title_font, self._small, self._plain = theme.font(bold=True), theme.font(0.9), theme.font(0.95)
        self._title_metrics = QFontMetrics(self._title_font)
        self._small_metrics = QFontMetrics(self._small)
        self._plain_metrics = QFontMetrics(self._plain)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit | None = index.data(Role.HIT)
        if hit is None:
            return
        painter.save()
        rect = QRect(option.rect)
        draw_ground(painter, option, self._theme, gap=1.5, radius=6)
        width = rect.width() - TEXT_LEFT - EDGE
        left, y = rect.left() + TEXT_LEFT, rect.top() + ABOVE
        line = self._title_metrics.height()
        sign = QRect(rect.left() + EDGE, y + (line - SIGN) // 2, SIGN, SIGN)
        self._theme.kind_icon(hit.kind).paint(painter, sign)
        painter.setPen(self._theme.colour("ink"))
        y += self._draw_text(painter, QPointF(left, y), _title(hit), self._title_font, width) + 1
        painter.setPen(self._theme.colour("muted"))
        below = QRect(left, y, width, self._small_metrics.height())
        self._draw_why(painter, below, hit)
        sentence = _sentence(hit)
        if sentence is not None:
            painter.setPen(self._theme.colour("ink"))
            self._draw_text(painter, QPointF(left, below.bottom() + 3), sentence, self._plain, width)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hit: Hit | None = index.data(Role.HIT)
        if hit is None:
            return QSize()
        # Reckoned and not laid out: that would take longer than the search.
        width = option.rect.width() - TEXT_LEFT - EDGE
        height = 2 * ABOVE + _height(_title(hit)[0], self._title_metrics, width) + 1 + self._small_metrics.height()
        sentence = _sentence(hit)
        if sentence is not None:
            height += 2 + _height(sentence[0], self._plain_metrics, width)
        return QSize(option.rect.width(), height)

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

    def _draw_why(self, painter: QPainter, place: QRect, hit: Hit) -> None:
        """Draw why a hit is there on one line, with its marks."""
        why, marks = _why(hit)
        shown = self._small_metrics.elidedText(why, Qt.TextElideMode.ElideRight, place.width())
        if not marks:
            painter.setFont(self._small)
            painter.drawText(place, Qt.TextFlag.TextSingleLine, shown)
            return
        kept = len(shown) if shown == why else len(shown) - 1
        inside = tuple((first, min(stop, kept)) for first, stop in marks if first < kept)
        self._laid_out(shown, inside, self._small, place.width() + NARROWEST).draw(painter, QPointF(place.topLeft()))

    def _draw_text(self, painter: QPainter, place: QPointF, text: Marked, font: QFont, width: int) -> int:
        """Draw a text with its marks on as many lines as it may have; return how high it is."""
        shown, marks = text
        metrics = QFontMetrics(font)
        layout = self._laid_out(shown, marks, font, width)
        if layout.lineCount() > LINES:
            # Qt cuts no text over several lines: cut it where the last line that fits ends, and lay it out again.
            last = layout.lineAt(LINES - 1)
            data = shown.encode("utf-16-le", "surrogatepass")
            begin, end = 2 * last.textStart(), 2 * (last.textStart() + last.textLength())
            kept = data[:begin].decode("utf-16-le", "replace")
            rest = data[begin : end + 24].decode("utf-16-le", "replace")
            cut = metrics.elidedText(f"{rest}……", Qt.TextElideMode.ElideRight, max(width - 2, 1))
            shown = kept + cut
            marks = tuple((first, min(stop, len(shown))) for first, stop in marks if first < len(shown) - 1)
            layout = self._laid_out(shown, marks, font, width)
        layout.draw(painter, place)
        return _height(text[0], metrics, width)

    def _laid_out(self, text: str, marks: Sequence[Span], font: QFont, width: int) -> QTextLayout:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(match_ranges(text, marks, self._theme))
        layout.beginLayout()
        y, height = 0, QFontMetrics(font).height()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, NARROWEST))
            # As high as the font is, whatever other fonts a line takes characters from: so `_height` reckons.
            line.setPosition(QPointF(0, y))
            y += height
        layout.endLayout()
        return layout


def _title(hit: Hit) -> Marked:
    return excerpt(hit.title, hit.title_marks, lead=60)


def _sentence(hit: Hit) -> Marked | None:
    return excerpt(hit.text, hit.marks) if hit.text and hit.text != hit.title else None


def _height(text: str, metrics: QFontMetrics, width: int) -> int:
    """Return how high a text is: what does not fit on one line takes two, and is cut there."""
    return metrics.height() * (1 if metrics.horizontalAdvance(text) <= max(width, NARROWEST) else LINES)


def _why(hit: Hit) -> Marked:
    label = kind_label(hit.kind)
    if not hit.reason:
        return label, ()
    reason, marks = excerpt(hit.reason, hit.reason_marks, lead=len(hit.reason))
    before = f"{label} · "
    return before + reason, tuple((first + len(before), last + len(before)) for first, last in marks)
