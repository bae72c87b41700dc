"""What the Help menu shows: every key, and which versions are at work."""

from __future__ import annotations

import platform
from contextlib import suppress
from html import escape
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout

from briefing.app.actions import MENUS, keys_of, specs
from briefing.library.catalogue import SQLITE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

OTHER_KEYS = (
    ("Tree", "Left and Right", "Close and open a node"),
    ("Tree", "Letters", "Jump to a title that begins so"),
    ("Search", "Up and Down", "Choose a hit, without leaving the field"),
    ("Search", "Enter", "Open the hit"),
    ("Search", "F3 and Shift+F3", "Match after match, through the record and on to the next hit; from the field too"),
    ("Search", "Escape", "Back to the tree, as it was"),
    ("Find bar", "F3 and Shift+F3", "While it is open: the places that it found, in this record alone"),
    ("Find bar", "Enter and Shift+Enter", "The same; Escape closes it, and F3 walks the hits again"),
    ("Page", "Tab and Enter", "Move over the links, and follow one"),
    ("Page", "Space and Shift+Space", "A page down, a page up"),
)


def keys_dialog(parent: QWidget) -> QDialog:
    """Make the list of all keys, from the table of actions."""
    rows = []
    for menu in (*MENUS, ""):
        for spec in specs():
            if spec.keys and spec.menu == menu:
                rows.append((menu or "Window", ", ".join(keys_of(spec)), spec.text.removesuffix(" …")))
    rows += OTHER_KEYS
    text, before = [], ""
    for group, keys, what in rows:
        if group != before:
            text.append(f"<tr><td colspan=2><h4>{escape(group)}</h4></td></tr>")
        before = group
        text.append(f"<tr><td><b>{escape(keys)}</b>&nbsp;&nbsp;&nbsp;</td><td>{escape(what)}</td></tr>")
    return _dialog(parent, "Keyboard", f"<table cellpadding=3>{''.join(text)}</table>")


def about_dialog(parent: QWidget) -> QDialog:
    """Make the window that says what this is, and with which parts."""
    rows = "".join(
        f"<tr><td>{escape(name)}&nbsp;&nbsp;</td><td>{escape(number)}</td></tr>" for name, number in _parts()
    )
    return _dialog(
        parent,
        "About Briefing",
        "<h2>Briefing</h2><p>An offline viewer of briefing notes. It never goes online, and never writes into a "
        f"library.</p><table cellpadding=2>{rows}</table><p>Apache License 2.0</p>",
    )


def _parts() -> Iterator[tuple[str, str]]:
    for name, package in (("Briefing", "briefing"), ("Typst", "typst"), ("Tantivy", "tantivy")):
        # A bundle may have left out what says it.
        with suppress(PackageNotFoundError):
            yield name, version(package)
    yield "SQLite", SQLITE_VERSION
    yield "Qt", qVersion()
    yield "Python", platform.python_version()


def _dialog(parent: QWidget, title: str, html: str) -> QDialog:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.resize(520, 560)
    text = QTextBrowser(dialog)
    text.setObjectName("help")
    text.setAccessibleName(title)
    text.setOpenLinks(False)
    text.setHtml(html)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(buttons)
    return dialog
