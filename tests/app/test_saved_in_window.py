"""Saved searches as one meets them in the window: the star, the name, the tree, the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QWidget

from briefing.app.main_window import MainWindow
from briefing.app.notify import Notify
from briefing.app.opening import Opening
from briefing.app.reader.panel import ReaderPanel
from briefing.app.session import Address, Changes
from tests.app.small_library import index, small_library, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that would have been asked; all are answered with yes, unless "no" stands first."""
    questions: list[str] = []

    def answer(_: Notify, question: str, more: str, yes: str) -> bool:
        questions.append(f"{question} {more} [{yes}]")
        return "no" not in questions

    monkeypatch.setattr(Notify, "ask", answer)
    monkeypatch.setattr(Notify, "warn", lambda _, what, more="": questions.append(f"{what} {more}"))
    return questions


@pytest.fixture
def window(
    session: Session,
    theme: Theme,
    settings: Settings,
    jobs: Jobs,
    tmp_path: Path,
    asked: list[str],
    qtbot: QtBot,
) -> MainWindow:
    frame = QWidget()
    qtbot.addWidget(frame)
    notify = Notify(frame)
    opening = Opening(session, settings, notify, frame)
    reader = ReaderPanel(session, theme, settings, notify=notify)
    made = MainWindow(session, theme, settings, jobs=jobs, notify=notify, opening=opening, reader=reader)
    made.setProperty("frame", frame)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitExposed(made)
    made.opening.open_first(small_library(tmp_path / "library"), None)
    made.begin()
    return made


def search(window: MainWindow, text: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.results.settled):
        window.results.field.setText(text)


def save(window: MainWindow, text: str, name: str, qtbot: QtBot) -> None:
    """Save a search as one does by keys, and see it counted."""
    search(window, text, qtbot)
    QTest.keyClick(window.results.field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    bar = window.results.saving.bar  # type: ignore[union-attr]
    assert bar.isVisible()
    QTest.keyClicks(bar._name, name)
    QTest.keyClick(bar._name, Qt.Key.Key_Return)
    assert not bar.isVisible()
    qtbot.waitUntil(lambda: window.saved.named(name) is not None and window.saved.named(name).total >= 0)  # type: ignore[union-attr]


def rows(window: MainWindow) -> list[str]:
    """What a screen reader says of the saved searches."""
    model = window.tree.view.tree_model
    section = model.find(("saved",))
    number = model.rowCount(section) if section.isValid() else 0
    return [str(model.index(n, 0, section).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(number)]


def stand_on(window: MainWindow, row: int) -> None:
    view = window.tree.view
    window.results.leave()
    view.setFocus()
    model = view.tree_model
    view.selectionModel().setCurrentIndex(
        model.index(row, 0, model.find(("saved",))), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def menu_of(window: MainWindow) -> QMenu:
    view = window.tree.view
    place = view.visualRect(view.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    return next(menu for menu in view.findChildren(QMenu) if menu.isVisible())


def choose(menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    menu.close()
    action.trigger()


def test_a_search_is_saved_under_a_name_and_stands_in_the_tree(window: MainWindow, qtbot: QtBot) -> None:
    assert rows(window) == []
    save(window, "kind:dialogue", "Talks", qtbot)
    window.results.leave()
    assert rows(window) == ["Talks, 2 hits"]
    section = window.tree.view.tree_model.index(0, 0)
    assert section.data(Qt.ItemDataRole.AccessibleTextRole) == "Saved searches, 1 search"
    assert window.tree.view.isExpanded(section)


def test_escape_saves_nothing_and_goes_back_to_the_field(window: MainWindow, qtbot: QtBot) -> None:
    search(window, "quad", qtbot)
    window.actions_["save_search"].trigger()
    bar = window.results.saving.bar  # type: ignore[union-attr]
    assert bar._name.text() == "quad"
    QTest.keyClick(bar._name, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.results.field.text() == "quad"
    assert window.focusWidget() is window.results.field
    assert window.saved.rows == ()
    window.actions_["save_search"].trigger()
    window.results.field.setText("quad ")
    assert not bar.isVisible(), "the name was asked for another query"


def test_there_is_nothing_to_save_without_a_search(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.actions_["save_search"].isEnabled()
    search(window, "quad", qtbot)
    assert window.actions_["save_search"].isEnabled()


def test_the_star_says_whether_a_search_is_saved_and_a_name_that_is_taken_is_said(
    window: MainWindow, qtbot: QtBot
) -> None:
    save(window, "kind:dialogue", "Talks", qtbot)
    saving = window.results.saving
    assert saving is not None
    assert saving._star.text() == "Saved as “Talks”"
    search(window, "kind:dialogue 6G", qtbot)
    assert saving._star.text() == "Save this search (Ctrl+D)"
    saving._star.trigger()
    saving.bar._name.setText("Talk")
    assert saving.bar._save.text() == "Save"
    saving.bar._name.setText("Talks")
    assert saving.bar._save.text() == "Replace"
    QTest.mouseClick(saving.bar._save, Qt.MouseButton.LeftButton)
    assert [(row.name, row.query) for row in window.saved.rows] == [("Talks", "kind:dialogue 6G")]


def test_choosing_one_fills_the_field_and_marks_it_as_looked_at(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    save(window, "kind:dialogue", "Talks", qtbot)
    window.results.leave()
    write_library(tmp_path / "library", {"dialogues/third.yaml": "kind: dialogue\ntitle: Third\n"})
    index(tmp_path / "library")
    session.index_updated(Changes())
    qtbot.waitUntil(lambda: rows(window) == ["Talks, 3 hits, 1 new"])
    assert window.tree.view.tree_model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", 1 new")
    stand_on(window, 0)
    with qtbot.waitSignal(window.results.settled):
        QTest.keyClick(window.tree.view, Qt.Key.Key_Return)
    assert window.results.field.text() == "kind:dialogue"
    assert window.results.model.rowCount() == 3
    assert rows(window) == ["Talks, 3 hits"]


def test_a_click_opens_one_and_passing_over_it_does_not(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    save(window, "kind:dialogue", "Talks", qtbot)
    stand_on(window, 0)
    window.tree.view._choose_current()
    assert not window.results.active
    assert session.address == Address("record", "icet")
    place = window.tree.view.visualRect(window.tree.view.currentIndex()).center()
    with qtbot.waitSignal(window.results.settled):
        QTest.mouseClick(window.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.results.active


def test_one_is_renamed_in_its_place(window: MainWindow, qtbot: QtBot) -> None:
    save(window, "quad", "A", qtbot)
    save(window, "icet", "B", qtbot)
    stand_on(window, 0)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.tree.view, Qt.Key.Key_F2)
    editor = window.tree.view.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "A"
    QTest.keyClicks(editor, "First")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(window) == ["First, 1 hit", "B, 1 hit"])
    assert window.tree.view.currentIndex().data() == "First"
    assert not window.results.active, "the key that ended the renaming opened nothing"


def test_one_is_moved_and_deleted_after_a_question(window: MainWindow, asked: list[str], qtbot: QtBot) -> None:
    save(window, "quad", "A", qtbot)
    save(window, "icet", "B", qtbot)
    stand_on(window, 1)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.tree.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert rows(window) == ["B, 1 hit", "A, 1 hit"]
    assert window.tree.view.currentIndex().data() == "B"
    asked.append("no")
    QTest.keyClick(window.tree.view, Qt.Key.Key_Delete)
    assert len(rows(window)) == 2
    asked.clear()
    QTest.keyClick(window.tree.view, Qt.Key.Key_Delete)
    assert asked == ["Delete “B”? icet [Delete]"]
    assert rows(window) == ["A, 1 hit"]


def test_the_menu_of_one_does_what_the_keys_do_and_more(
    window: MainWindow, session: Session, settings: Settings, qtbot: QtBot
) -> None:
    save(window, "quad", "A", qtbot)
    stand_on(window, 0)
    menu = menu_of(window)
    shown = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert shown == [
        "Open",
        "Rename",
        "In every library",
        "Move up",
        "Move down",
        "Add to dossier",
        "Export this one …",
        "Export all …",
        "Import …",
        "Delete …",
    ]
    choose(menu, "In every library")
    assert [each.library for each in settings.saved] == [""]
    assert rows(window) == ["A, 1 hit"]
    stand_on(window, 0)
    with qtbot.waitSignal(window.results.settled):
        choose(menu_of(window), "Open")
    assert window.results.field.text() == "quad"


def test_a_record_has_no_such_menu(window: MainWindow, qtbot: QtBot) -> None:
    view = window.tree.view
    view.setCurrentIndex(view.tree_model.find(("s:dialogue", "r:quad")))
    view.menu_requested.emit(view.tree_model.item(view.currentIndex()), QPoint(0, 0))
    assert [menu for menu in view.findChildren(QMenu) if menu.isVisible()] == []


def test_searches_go_to_a_file_and_come_back(
    window: MainWindow, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "ours"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target) + ".yaml", ""))
    said: list[str] = []
    window.notify.said.connect(said.append)
    window.actions_["export_searches"].trigger()
    assert said[-1].startswith("There are no saved searches here.")
    save(window, "quad", "A", qtbot)
    save(window, "icet ", "B", qtbot)
    window.actions_["export_searches"].trigger()
    written = target.with_suffix(".yaml")
    assert said[-1] == f"2 searches written to {written}"
    assert asked == []
    stand_on(window, 1)
    asked.append("no")
    choose(menu_of(window), "Export this one …")
    assert "“ours.yaml”" in asked[-1]
    assert '"A"' in written.read_text(), "a file is replaced only where one says so"
    asked.clear()
    stand_on(window, 1)
    choose(menu_of(window), "Export this one …")
    assert asked == ["Replace “ours.yaml”? There is a file of that name already. [Replace]"]
    assert '"A"' not in written.read_text()
    window.saved.remove(window.saved.rows[1].key)
    window.actions_["import_searches"].trigger()
    assert said[-1] == "1 search imported"
    assert [(row.name, row.query) for row in window.saved.rows] == [("A", "quad"), ("B", "icet ")]
    window.actions_["import_searches"].trigger()
    assert said[-1] == "0 searches imported; 1 were there already"
    written.write_text("saved-searches: 1\nsearches: x\n")
    window.actions_["import_searches"].trigger()
    assert asked[-1].startswith(f"The searches were not imported. {written}:2:11: The file has no list of searches.")
