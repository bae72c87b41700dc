"""What is painted round the pages, on them, and in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.app.theme import Theme

FOUND, STANDS_ON = QColor(255, 224, 102), QColor(255, 170, 51)
"""What lies on found words: paper is white in every theme, so these are the same in every theme."""
_WIDEST_NOTICE = 460


def paint_shadow(painter: QPainter, paper: QRect, theme: Theme) -> None:
    """Paint what sets a page off from the ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(6, 0, -1):
        painter.setBrush(QColor(0, 0, 0, 14 if theme.palette.dark else 3))
        painter.drawRoundedRect(QRectF(paper).adjusted(-spread, 1 - spread, spread, spread + 2), spread, spread)
    if theme.palette.high_contrast:
        painter.setPen(theme.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))


def paint_mark(painter: QPainter, boxes: Iterable[QRectF], paper: QRect, *, stands_on: bool) -> None:
    """Lay colour on found words as a pen would: what is black stays black."""
    painter.save()
    painter.setClipRect(paper)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setBrush(STANDS_ON if stands_on else FOUND)
    for box in boxes:
        painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0), 2, 2)
    painter.restore()


def paint_notice(painter: QPainter, view: QRect, sentence: str, theme: Theme) -> None:
    """Write why there is no page where it would be."""
    painter.setPen(theme.colour("muted"))
    place = QRect(0, 0, min(view.width() - 48, _WIDEST_NOTICE), view.height())
    place.moveCenter(view.center())
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, sentence)
