from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QTextBrowser, QWidget

from briefing.app.actions import MENUS, TABLE, Actions, keys_of, specs, tip_of
from briefing.app.help import OTHER_KEYS, about_dialog, keys_dialog, show_search_dialog
from briefing.resources import resource
from briefing.search.card import card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.theme import Theme


def test_no_two_actions_have_one_name_or_one_key() -> None:
    assert [name for name, times in Counter(spec.name for spec in specs()).items() if times > 1] == []
    keys = Counter(key for spec in specs() for key in keys_of(spec))
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_is_one_that_qt_knows_and_every_icon_is_there() -> None:
    for spec in specs():
        assert all(not QKeySequence(key).isEmpty() for key in spec.keys), spec
        assert not spec.icon or resource("icons", f"{spec.icon}.svg").is_file(), spec
        assert spec.menu in (*MENUS, ""), spec


def test_a_tip_ends_with_the_key() -> None:
    spec = next(spec for spec in specs() if spec.name == "print")
    assert tip_of(spec) == "See the page, save it as PDF, or print it (Ctrl+P)"
    assert tip_of(next(spec for spec in specs() if spec.name == "theme_light")) == "Light"


def test_every_action_is_in_the_menu_of_its_name(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, theme)
    whole = actions.menu(window, QMenu("Open recent", window))
    parts = {part.title(): [action.text() for action in part.actions()] for part in whole.findChildren(QMenu)}
    for spec in specs():
        if spec.menu:
            assert spec.text in parts[spec.menu]
    assert "Open recent" in parts["File"]
    assert parts["File"].count("") == sum(1 for spec in TABLE if spec.menu == "File" and not spec.name)


def test_an_action_does_what_it_was_connected_to(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, theme)
    done: list[str] = []
    actions.connect_all({"back": lambda: done.append("back"), "show_tree": lambda: done.append("tree")})
    actions["back"].trigger()
    actions["show_tree"].trigger()
    assert done == ["back", "tree"]
    actions.draw_icons()
    assert not actions["back"].icon().isNull()


def test_the_list_of_keys_has_every_key(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = keys_dialog(parent)
    shown = dialog.findChildren(QTextBrowser)[0].toPlainText()
    for spec in specs():
        for key in keys_of(spec):
            assert key in shown
    for _, keys, what in OTHER_KEYS:
        assert keys in shown
        assert what in shown
    dialog.reject()


def test_the_card_of_the_query_language_searches_for_the_example_that_is_clicked(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []
    dialog = show_search_dialog(parent, asked.append)
    text = dialog.findChildren(QTextBrowser)[0]
    shown = text.toPlainText()
    examples = [part.example for section in card() for part in section.parts]
    for example in examples:
        assert example in shown
    for number in range(len(examples)):
        text.anchorClicked.emit(QUrl(f"#{number}"))
    assert asked == examples
    assert not dialog.isModal()
    assert show_search_dialog(parent, asked.append) is dialog
    dialog.reject()


def test_about_names_the_parts_and_their_versions(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = about_dialog(parent)
    shown = dialog.findChildren(QTextBrowser)[0].toPlainText()
    for name in ("Briefing", "Qt", "Typst", "Tantivy", "SQLite", "Python"):
        assert name in shown
    dialog.reject()
