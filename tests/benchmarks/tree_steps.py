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
from PySide6.QtTest import QTest
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
RANGES = 30
"""How many ranges are opened one after another."""
TYPED = "technology"
SETTLE_SECONDS, PAUSE_SECONDS = 0.5, 0.004


class Steps:
    """Does things to the window's thread, and keeps how long each took."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.seconds: dict[str, list[float]] = {}
        self.processor_seconds: dict[str, list[float]] = {}

    def do(self, name: str, work: Callable[[], object], turns: int = TURNS) -> None:
        """Do something, then let the event loop turn."""
        times, processor_times = (each.setdefault(name, []) for each in (self.seconds, self.processor_seconds))
        turn: Callable[[], object] = self._application.processEvents
        for each in (work, *[turn] * turns):
            begin, processor_begin = time.perf_counter(), time.thread_time()
            each()
            processor_times.append(time.thread_time() - processor_begin)
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


def position(view: QTreeView, section: QModelIndex, index: QModelIndex) -> int:
    """Return the place of a record's row among all records of the section, from 1; 0 where it is no such row."""
    item = index.data(Role.ITEM)
    if item is None or item.type != "record" or section not in (index.parent(), index.parent().parent()):
        return 0
    held, model = index.parent(), view.model()
    before = range(held.row()) if held != section else ()
    return index.row() + 1 + sum(int(model.index(row, 0, section).data(Role.ITEM).total) for row in before)


def is_in(section: QModelIndex, index: QModelIndex) -> bool:
    """Whether a row is below a section's."""
    while index.isValid() and index != section:
        index = index.parent()
    return index.isValid()


def last_row(view: QTreeView, section: QModelIndex) -> QModelIndex:
    """Return the lowest row of a section that is open or stands in an open one."""
    index = section
    while view.isExpanded(index) and view.model().rowCount(index):
        index = view.model().index(view.model().rowCount(index) - 1, 0, index)
    return index


def go_to_end(steps: Steps, view: QTreeView, section: QModelIndex) -> int:
    """Go to a section's last record by the keyboard; return the place that was reached."""
    total, enough = section.data(Role.ITEM).total, time.perf_counter() + ENOUGH_SECONDS
    while position(view, section, view.currentIndex()) < total and time.perf_counter() < enough:
        # End goes to the last row of the tree, which is that of a section further down.
        steps.press("End", view, Qt.Key.Key_End)
        while not is_in(section, view.currentIndex()) and time.perf_counter() < enough:
            steps.press("Up", view, Qt.Key.Key_Up)
        if view.currentIndex().data(Role.ITEM).type == "range":
            steps.press("open a range", view, Qt.Key.Key_Right)
    return position(view, section, view.currentIndex())


def drag_to_end(steps: Steps, view: QTreeView, section: QModelIndex) -> int:
    """Drag the scroll bar until the section's last record is in view; return the place that was reached."""
    bar, port = view.verticalScrollBar(), view.viewport()
    total, enough = section.data(Role.ITEM).total, time.perf_counter() + ENOUGH_SECONDS
    reached = 0
    while reached < total and time.perf_counter() < enough:
        for turn in range(1, DRAGS + 1):
            steps.do("drag the scroll bar", lambda at=turn: bar.setValue(bar.maximum() * at // DRAGS))  # type: ignore[misc]
        last = last_row(view, section)
        place = view.visualRect(last).center()
        if not port.rect().contains(place):
            continue
        if last.data(Role.ITEM).type == "range":
            steps.do("click a range", lambda at=place: QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=at))  # type: ignore[misc]
        reached = position(view, section, last)
    return reached


def work_tree(steps: Steps, view: QTreeView) -> dict[str, int]:
    """Open the largest section, go to its end by keyboard and by the scroll bar; return how far each came."""
    model, bar = view.model(), view.verticalScrollBar()
    view.setFocus()
    section = largest_section(view)
    view.setCurrentIndex(section)
    steps.press("expand", view, Qt.Key.Key_Right)
    for _ in range(PAGES):
        steps.press("Page Down", view, Qt.Key.Key_PageDown)
    by_keys = go_to_end(steps, view, section)
    view.setCurrentIndex(section)
    steps.press("collapse", view, Qt.Key.Key_Left)
    steps.press("expand again", view, Qt.Key.Key_Right)
    for letter in TYPED:
        steps.press("type a title", view, Qt.Key.Key_unknown, letter)
    for row in range(min(RANGES, model.rowCount(section))):
        view.setCurrentIndex(model.index(row, 0, section))
        steps.press("open a range", view, Qt.Key.Key_Right)
    view.setCurrentIndex(section)
    steps.do("collapse all", view.collapseAll)
    steps.press("expand again", view, Qt.Key.Key_Right)
    by_dragging = drag_to_end(steps, view, section)
    for turn in range(DRAGS, -1, -1):
        steps.do("drag the scroll bar", lambda at=turn: bar.setValue(bar.maximum() * at // DRAGS))  # type: ignore[misc]
    return {"total": section.data(Role.ITEM).total, "by_keys": by_keys, "by_dragging": by_dragging}


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
    json.dump({**far, "seconds": steps.seconds, "processor_seconds": steps.processor_seconds}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
