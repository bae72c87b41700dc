"""Work the tree of a window off screen, and print as JSON how long each step kept the window's thread; for `search.py`.

    python tests/benchmarks/tree_steps.py FOLDER

A step is what one event does, or what one turn of the event loop does after it, drawing included.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView, QWidget

from briefing.app.app import Composition
from briefing.app.settings import Settings
from briefing.app.tree.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable

ENOUGH_SECONDS = 120.0
"""How long one thing is tried, be it not at its end."""
TURNS = 3
PAGES = 100
DRAGS = 100
TYPED = "technology"
SETTLE_SECONDS, PAUSE_SECONDS = 0.5, 0.004


class Steps:
    """Does things to the window's thread, and keeps how long each took."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.seconds: dict[str, list[float]] = {}

    def do(self, name: str, work: Callable[[], object], turns: int = TURNS) -> None:
        """Do something, then let the event loop turn."""
        times = self.seconds.setdefault(name, [])
        turn: Callable[[], object] = self._application.processEvents
        for each in (work, *[turn] * turns):
            begin = time.perf_counter()
            each()
            times.append(time.perf_counter() - begin)

    def settle(self, name: str) -> None:
        """Let the event loop turn for a while, for what comes from other threads; waiting does not count."""
        until = time.perf_counter() + SETTLE_SECONDS
        while time.perf_counter() < until:
            time.sleep(PAUSE_SECONDS)
            self.do(name, self._application.processEvents, turns=0)

    def press(self, name: str, widget: QWidget, key: Qt.Key, text: str = "") -> None:
        """Press a key and let it go."""

        def both() -> None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
                QApplication.sendEvent(widget, event)

        self.do(name, both)


def largest_section(view: QTreeView) -> QModelIndex:
    """Return the row of the section with the most records."""
    model = view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return max(rows, key=lambda index: index.data(Role.ITEM).total)


def at_last_record(view: QTreeView, section: QModelIndex) -> bool:
    """Whether the current row is the section's last record, with none left to load."""
    current = view.currentIndex()
    item = current.data(Role.ITEM)
    last = current.parent() == section and current.row() == view.model().rowCount(section) - 1
    return last and item is not None and item.type == "record"


def work_tree(steps: Steps, view: QTreeView) -> dict[str, int]:
    """Open the largest section, go to its end by keyboard and by the scroll bar; return how far each came."""
    model, bar = view.model(), view.verticalScrollBar()
    view.setFocus()
    section = largest_section(view)
    view.setCurrentIndex(section)
    steps.do("expand", lambda: view.expand(section))
    for _ in range(PAGES):
        steps.press("Page Down", view, Qt.Key.Key_PageDown)
    enough = time.perf_counter() + ENOUGH_SECONDS
    while not at_last_record(view, section) and time.perf_counter() < enough:
        # End goes to the last row of the tree, which is that of a section further down.
        steps.press("End", view, Qt.Key.Key_End)
        while view.currentIndex().parent() != section and time.perf_counter() < enough:
            steps.press("Up", view, Qt.Key.Key_Up)
    by_keys = model.rowCount(section)
    steps.do("collapse", lambda: view.collapse(section))
    steps.do("expand again", lambda: view.expand(section))
    for turn in (*range(1, DRAGS + 1), *range(DRAGS, -1, -1)):
        steps.do("drag the scroll bar", lambda at=turn: bar.setValue(bar.maximum() * at // DRAGS))  # type: ignore[misc]
    return {"total": section.data(Role.ITEM).total, "by_keys": by_keys, "by_dragging": model.rowCount(section)}


def main() -> int:
    """Measure, and print."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    whole = Composition(application, Settings(path=Path(os.devnull)), "light", "system")
    whole.frame.show()
    whole.open_reader()
    whole.session.open_library(Path(sys.argv[1]), None)
    whole.opening.show_place()
    whole.complete(watch=False)
    application.processEvents()
    steps = Steps(application)
    view = whole.window.tree.view
    far = work_tree(steps, view)
    # The tree's own filter where it has one, and the field that puts hits in its place.
    fields = {"type a query": whole.window.results.field, "filter": whole.window.tree.findChild(QLineEdit)}
    for name, field in fields.items():
        if field is not None:
            field.setFocus()
            for letter in TYPED:
                steps.press(name, field, Qt.Key.Key_unknown, letter)
                steps.settle(name)
    whole.close()
    json.dump({**far, "seconds": steps.seconds}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
