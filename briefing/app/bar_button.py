"""A button of the bars below the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from briefing.app.theme import Theme


class BarButton(QToolButton):
    """An icon of ours, drawn in the theme's colours while it is on screen. Its name is its tip without the keys."""

    def __init__(self, theme: Theme, icon: str, tip: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setToolTip(tip)
        self.setAccessibleName(tip.split(" (")[0])
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self._theme_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _theme_changed(self) -> None:
        if self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon(self._icon, "muted"))
