"""The window before there is anything in it: on screen at once, while what fills it is still being loaded.

It keeps away from the names whose first use makes PySide build hundreds of enumerations (`Qt`, `QStyle`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from briefing.app.palette import Palette
    from briefing.app.settings import Settings

SIZE = (1360, 860)
COLUMNS = (304, 756, 300)
"""The widths of the three columns at the first start."""
TOP, BOTTOM = 53, 27
FIELD = (100, 9, 680, 35)


class Frame(QWidget):
    """The top-level window. It draws the ground of what is to come, until `fill` puts that in."""

    painted = Signal()
    """The window is on screen."""
    closing = Signal()
    """The user closes the window; its place on the screen is in the settings."""

    def __init__(self, settings: Settings, palette: Palette) -> None:
        super().__init__()
        self._settings = settings
        self._palette = palette
        self._painted = False
        self._filled = False
        self.setObjectName("frame")
        self.setWindowTitle("Briefing")
        self.resize(*SIZE)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore")))

    def place(self, reader: QWidget) -> None:
        """Show the reading pane where it belongs, while what is around it is not there yet."""
        left, right, below = self._edges()
        reader.setParent(self)
        reader.setGeometry(left + 1, TOP + 1, right - left - 1, below - TOP - 1)
        reader.show()

    def fill(self, content: QWidget) -> None:
        """Put in what the window is for."""
        self._filled = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        self.setFocusProxy(content)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._filled:
            self._draw_ground()
        if not self._painted:
            self._painted = True
            # Once this drawing has reached the screen.
            QTimer.singleShot(0, self, self.painted.emit)

    def keep(self) -> None:
        """Have all kept that the next start begins with: the window is closed, or the session ends around it."""
        self._settings.geometry = self.saveGeometry().toBase64().toStdString()
        self.closing.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        super().closeEvent(event)

    def _edges(self) -> tuple[int, int, int]:
        """Return where the middle column begins and ends, and where the columns end."""
        columns = self._settings.columns if len(self._settings.columns) == len(COLUMNS) else COLUMNS
        left = columns[0] if self._settings.tree_shown else 0
        right = self.width() - (columns[2] if self._settings.context_shown or self._settings.dossier_shown else 0)
        return left, max(right, left + 2), self.height() - BOTTOM

    def _draw_ground(self) -> None:
        left, right, below = self._edges()
        colours = self._palette
        line = QColor(colours.line)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), self.height(), QColor(colours.window))
        painter.fillRect(0, TOP, left, below - TOP, QColor(colours.panel))
        painter.fillRect(left, TOP, right - left, below - TOP, QColor(colours.surface))
        for x in (left, right):
            painter.fillRect(x, TOP, 1, below - TOP, line)
        for y in (TOP, below):
            painter.fillRect(0, y, self.width(), 1, line)
        # Not with a pen, for the reason above.
        x, y, width, height = FIELD
        painter.fillRect(x, y, width, height, line)
        painter.fillRect(x + 1, y + 1, width - 2, height - 2, QColor(colours.raised))
        painter.end()
