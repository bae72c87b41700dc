"""Open the program's window, and print when it is first painted and when it shows a record; for `startup.py`.

Nothing in the program knows of this: it runs `briefing` with a frame that looks on, as the bare window is looked on.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget

from briefing.app import frame

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Onlooker(frame.Frame):
    """A window that prints `painted` and `record`, and ends when it has printed both."""

    _seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of the window, and say so."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            print("painted", flush=True)

    def place(self, reader: QWidget) -> None:
        """Put in the reading pane, and look at its pages."""
        super().place(reader)
        for page in reader.findChildren(QTextBrowser):
            page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint of a page that has a record on it."""
        if event.type() == QEvent.Type.Paint:
            page = watched.parent()
            if isinstance(page, QTextBrowser) and len(page.toPlainText()) > 40:
                print("record", flush=True)
                QApplication.exit()
        return False


if __name__ == "__main__":
    frame.Frame = Onlooker  # type: ignore[misc]  # what the program will find under that name
    from briefing.cli import main

    sys.exit(main(sys.argv[1:]))
