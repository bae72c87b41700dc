"""The smallest window of the same parts, a tree and a text browser: what `startup.py` compares with.

Prints `painted` at its first paint, and ends.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, QStringListModel
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTextBrowser, QTreeView


class FirstPaint(QObject):
    """Ends the program at the first paint of a text browser's page, which comes last."""

    def __init__(self, page: QObject) -> None:
        super().__init__()
        self._page = page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the page's paint."""
        if event.type() == QEvent.Type.Paint and watched is self._page:
            print("painted", flush=True)
            QApplication.exit()
        return False


def main() -> int:
    """Open the window."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    tree = QTreeView()
    model = QStringListModel(["India", "South Korea", "United States"])
    tree.setModel(model)
    browser = QTextBrowser()
    browser.setHtml("<h1>A title</h1><p>A paragraph.</p>")
    splitter = QSplitter()
    splitter.addWidget(tree)
    splitter.addWidget(browser)
    window.setCentralWidget(splitter)
    window.resize(1360, 860)
    watcher = FirstPaint(browser.viewport())
    browser.viewport().installEventFilter(watcher)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
