"""Open the program's window, and print when it is first painted and when it shows a record; for `startup.py`.

Nothing in the program knows of this: it runs `briefing` with an application class that looks on.
"""

from __future__ import annotations

import sys

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject


class Onlooker(QtWidgets.QApplication):
    """An application that prints `painted` and `record`, and ends when it has printed both."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._painted = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event, then see what it was."""
        done = super().notify(receiver, event)
        if event.type() == QEvent.Type.Paint and isinstance(receiver, QtWidgets.QWidget):
            self._look(receiver)
        return done

    def _look(self, widget: QtWidgets.QWidget) -> None:
        if not self._painted:
            self._painted = True
            print("painted", flush=True)
        browser = widget.parent()
        if isinstance(browser, QtWidgets.QTextBrowser) and len(browser.toPlainText()) > 40:
            print("record", flush=True)
            self.exit()


if __name__ == "__main__":
    QtWidgets.QApplication = Onlooker  # type: ignore[assignment,misc]  # what the program will find under that name
    from briefing.cli import main

    sys.exit(main(sys.argv[1:]))
