"""A line to type in that leaves the window its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from briefing.app.actions import specs


class LineEdit(QLineEdit):
    """A line edit in which Ctrl+E, Ctrl+K and Ctrl+D do what the menus say, and not what they do in a shell."""

    def event(self, event: QEvent) -> bool:
        # On X11 Qt's line edit claims these for itself: end of line, delete to the end, delete.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_the_windows(event):
            event.ignore()
            return True
        return super().event(event)


def _is_the_windows(event: QKeyEvent) -> bool:
    # Without Ctrl, a key of the window's may be something to type, such as /.
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and any(
        QKeySequence(event.keyCombination()) == QKeySequence(key) for spec in specs() for key in spec.keys
    )
