"""A value that narrows the hits, as a button: its label, and how many hits have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from briefing.app.wording import count, one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme

EDGE = 7
GAP = 5
CROSS = 12
_STEPS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class FacetButton(QAbstractButton):
    """Shows a value and its number, or with `chosen` a cross that takes it out again.

    A click does not take the focus from where one types; the keys reach it all the same.
    """

    picked = Signal(bool)
    """It was chosen; True: with Shift, to be left out."""
    step_requested = Signal(QPoint)
    """The focus is to go so many buttons to the right and down."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = ""
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_value(self, label: str, number: int) -> None:
        """Show a value that can be chosen."""
        self._set(label, f"{number:,}", chosen=False)
        self.setAccessibleName(f"{self.text()}, {count(number, 'hit')}")
        self.setToolTip(f"Only {self.text()}: {count(number, 'hit')}\nWith Shift: all but these")

    def show_chosen(self, label: str) -> None:
        """Show a condition that is in the query."""
        self._set(label, "", chosen=True)
        self.setAccessibleName(f"{self.text()}, chosen")
        self.setToolTip(f"Take “{self.text()}” out of the query")

    def show_rest(self, number: int, name: str) -> None:
        """Show that there are more values than there is room for."""
        self._set("…", "", chosen=False)
        self.setAccessibleName(f"{name}: {number} more")
        self.setToolTip(f"{name}: all")

    def _set(self, label: str, number: str, *, chosen: bool) -> None:
        self._number, self._chosen = number, chosen
        self.setText(one_line(label))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        beside = metrics.horizontalAdvance(self._number) + GAP if self._number else CROSS + GAP if self._chosen else 0
        return QSize(metrics.horizontalAdvance(self.text()) + beside + 2 * EDGE, metrics.height() + 4)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(0.9))

    # --- keys and mouse -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.step_requested.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.isDown() and self.rect().contains(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    # --- drawing ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selection" if self._chosen or self.isDown() else "hover" if self.underMouse() else "raised"
        edge = "focus" if self.hasFocus() else "accent" if self._chosen else "line"
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(edge), 1.5 if self.hasFocus() else 1))
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(theme.font(0.9))
        inside = self.rect().adjusted(EDGE, 0, -EDGE, 0)
        if self._chosen:
            cross = QRect(inside.right() - CROSS + 1, self.rect().center().y() - CROSS // 2, CROSS, CROSS)
            theme.icon("close", "muted").paint(painter, cross)
            inside.setRight(cross.left() - GAP)
        elif self._number:
            painter.setPen(theme.colour("muted"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(inside, flags, self._number)
            inside.setRight(inside.right() - self._metrics().horizontalAdvance(self._number) - GAP)
        painter.setPen(theme.colour("ink"))
        label = self._metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width() + 1)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        painter.end()
