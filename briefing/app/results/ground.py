"""The ground of a row that is chosen, or that the pointer is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from briefing.app.theme import Theme

BESIDE = 4.5


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme, *, gap: float, radius: float) -> None:
    """Draw it, with a gap to the rows above and below."""
    selected = QStyle.StateFlag.State_Selected in option.state
    if not selected and QStyle.StateFlag.State_MouseOver not in option.state:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour("selection" if selected else "hover"))
    outlined = selected and theme.palette.high_contrast
    painter.setPen(QPen(theme.colour("focus"), 1.5) if outlined else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(BESIDE, gap, -BESIDE, -gap), radius, radius)
    painter.restore()
