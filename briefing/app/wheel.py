"""Turns of a mouse wheel or a touch pad as whole steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

_STEP = 120
"""What Qt reports for one notch of a wheel, in eighths of a degree."""


class ZoomWheel:
    """Adds up the turns that are made with Ctrl held down; a touch pad sends many small ones."""

    def __init__(self) -> None:
        self._turned = 0

    def steps(self, event: QWheelEvent) -> int | None:
        """Return how many steps to zoom by, mostly 0 or 1 either way; None where the turn is not meant for zooming."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return None
        self._turned += event.angleDelta().y()
        steps = int(self._turned / _STEP)
        self._turned -= steps * _STEP
        event.accept()
        return steps
