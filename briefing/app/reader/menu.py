"""The menu of the reading pane's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from briefing.app.reader.links import is_web

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.app.reader.panel import ReaderPanel


def page_menu(panel: ReaderPanel, target: str, *, can_print: bool) -> QMenu:
    """Return the menu for a place on the page; `target` is the link there, or nothing."""
    menu = QMenu(panel)
    menu.setAccessibleName("Page")

    def add(text: str, act: Callable[[], object], keys: str = "", *, enabled: bool = True) -> None:
        action = menu.addAction(text)
        action.setEnabled(enabled)
        # Shown here, acted on where the window's table of actions says so.
        if keys:
            action.setText(f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}")
        action.triggered.connect(lambda: act())

    if target:
        add("Open link", lambda: panel.follow(target))
        if is_web(target):
            add("Copy address of link", lambda: QGuiApplication.clipboard().setText(target))
        linked = panel.pick_of(target)
        if linked is not None:
            add("Add linked record to dossier", lambda: panel.picked.emit((linked,)))
        menu.addSeparator()
    add("Copy", panel.page.browser.copy, "Ctrl+C", enabled=panel.page.browser.textCursor().hasSelection())
    add("Copy reference", panel.copy_reference, "Ctrl+Shift+R", enabled=can_print)
    add("Select all", panel.page.browser.selectAll, "Ctrl+A")
    menu.addSeparator()
    add("Find in page…", panel.open_find, "Ctrl+F")
    add("Open in editor", panel.open_in_editor, "Ctrl+E", enabled=can_print)
    add("Add to dossier", panel.pick_page, "Ctrl+Shift+D", enabled=can_print)
    add("Print…", panel.print_page, "Ctrl+P", enabled=can_print)
    return menu
