"""What the Help menu shows: how to search, every key, and which versions are at work."""

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
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

SIZE = (520, 560)
SEARCH, SEARCH_SIZE = "search-card", (660, 720)

OTHER_KEYS = (
    ("Tree", "Left and Right", "Close and open a node"),
    ("Tree", "Letters", "Jump to a title that begins so"),
    ("Search", "Up and Down", "Choose a hit, without leaving the field"),
    ("Search", "Enter", "Open the hit"),
    ("Search", "F3 and Shift+F3", "Match after match, through the record and on to the next hit; from the field too"),
    ("Search", "Ctrl+Space", "What a filter can be, or which filters there are"),
    ("Search", "Escape", "Back to the tree, as it was"),
    ("Find bar", "F3 and Shift+F3", "While it is open: the places that it found, in this record alone"),
    ("Find bar", "Enter and Shift+Enter", "The same; Escape closes it, and F3 walks the hits again"),
    ("Dossier panel", "Enter", "Open the record, ask the search, or name the heading, which F2 does too"),
    ("Dossier panel", "Alt+Up and Alt+Down", "Move what is chosen"),
    ("Dossier panel", "Del", "Take out what is chosen"),
    ("Dossier panel", "Ctrl+Z", "Undo the last change"),
    ("Page", "Tab and Enter", "Move over the links, and follow one"),
    ("Page", "Space and Shift+Space", "A page down, a page up"),
)


def show_search_dialog(parent: QWidget, search: Callable[[str], None]) -> QDialog:
    """Show the card of the query language, from the table that reads it; a click on an example calls `search`.

    It stays beside the window, and there is one of it.
    """
    from briefing.search.card import card

    if (shown := parent.findChild(QDialog, SEARCH)) is not None:
        shown.activateWindow()
        return shown

    text: list[str] = []
    examples: list[str] = []
    for section in card():
        text.append(f'<tr><td colspan=2><h4 style="margin: 10px 0 0 0">{escape(section.title)}</h4></td></tr>')
        for part in section.parts:
            more = f"<br><small>{escape(', '.join(part.choices))}</small>" if part.choices else ""
            # By its number: an address would be read as one, and changed.
            link = f'<a style="text-decoration: none" href="#{len(examples)}">{escape(part.example)}</a>'
            examples.append(part.example)
            text.append(f"<tr><td>{link}&nbsp;&nbsp;&nbsp;</td><td>{escape(part.meaning)}{more}</td></tr>")
    html = (
        "<p>Click an example to search for it. While you type a filter, a list shows what the library has for it; "
        "Ctrl+Space shows it at any time. What cannot be read is searched for as words.</p>"
        f"<table cellpadding=3>{''.join(text)}</table>"
    )
    dialog = _dialog(parent, "How to search", html, SEARCH_SIZE)
    dialog.setObjectName(SEARCH)
    dialog.setModal(False)
    dialog.findChildren(QTextBrowser)[0].anchorClicked.connect(lambda url: search(examples[int(url.fragment())]))
    dialog.show()
    return dialog


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


def _dialog(parent: QWidget, title: str, html: str, size: tuple[int, int] = SIZE) -> QDialog:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.resize(*size)
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
