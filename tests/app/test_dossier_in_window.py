"""The dossier as one meets it in the window: from where it is filled, its panel, its files, its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QPushButton, QWidget

from briefing.app import picked
from briefing.app.dossier.cover import CoverDialog
from briefing.app.dossier.files import file_name
from briefing.app.main_window import MainWindow
from briefing.app.notify import Notify
from briefing.app.opening import Opening
from briefing.app.picked import MIME, Pick, packed, picks_in
from briefing.app.printing import Printing
from briefing.app.reader.panel import ReaderPanel
from briefing.app.session import Address, Reach
from tests.app.small_library import small_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.dossier.panel import DossierPanel
    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.printing.order import Order


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been asked, and warned of; all is answered with yes."""
    questions: list[str] = []

    def answer(_: Notify, question: str, more: str, yes: str) -> bool:
        questions.append(f"{question} {more} [{yes}]")
        return True

    monkeypatch.setattr(Notify, "ask", answer)
    monkeypatch.setattr(Notify, "warn", lambda _, what, more="": questions.append(f"{what} {more}"))
    return questions


@pytest.fixture
def make(
    session: Session, theme: Theme, settings: Settings, jobs: Jobs, tmp_path: Path, asked: list[str], qtbot: QtBot
) -> Callable[[], MainWindow]:
    """Return what makes a window, each in its turn on the same settings."""

    def make() -> MainWindow:
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
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return make


@pytest.fixture
def window(make: Callable[[], MainWindow]) -> MainWindow:
    return make()


def rows(window: MainWindow) -> list[str]:
    panel = window.desk.panel
    return [row.text for row in panel.model.rows] if panel is not None else []


def filled(window: MainWindow, qtbot: QtBot, *ids: str) -> DossierPanel:
    """The panel, with these records in it."""
    window.desk.add([Pick("record", each, id=each) for each in ids])
    qtbot.waitUntil(lambda: len(rows(window)) == len(ids))
    panel = window.desk.panel
    assert panel is not None
    qtbot.waitUntil(lambda: all(row.kind or row.gone for row in panel.model.rows))
    panel.view.setFocus()
    return panel


def search(window: MainWindow, text: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.results.settled):
        window.results.field.setText(text)


def message(window: MainWindow) -> str:
    return window.status._message.text()


def undo_button(window: MainWindow) -> QPushButton:
    return next(each for each in window.status.findChildren(QPushButton) if each.text() == "Undo")


def menu_of(parent: QWidget, text: str) -> QMenu:
    """The menu below a widget that is open and has an entry of that text."""
    menus = [menu for menu in parent.findChildren(QMenu) if text in [each.text() for each in menu.actions()]]
    return next(menu for menu in menus if menu.isVisible())


def choose(parent: QWidget, text: str) -> None:
    menu = menu_of(parent, text)
    next(each for each in menu.actions() if each.text() == text).trigger()
    menu.close()


# --- adding -----------------------------------------------------------------------------------------------------


def test_the_panel_is_hidden_until_something_is_in_it(window: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    assert window.desk.panel is None
    window.reader.setFocus()
    window.actions_["dossier_add"].trigger()
    qtbot.waitUntil(lambda: rows(window) == ["iCET"])
    assert window.desk.panel is not None
    assert window.desk.panel.isVisible()
    assert message(window) == "“iCET” added to the dossier."
    window.actions_["show_dossier"].trigger()
    assert not window.desk.panel.isVisible()
    window.desk.add([Pick("record", id="quad")])
    qtbot.waitUntil(lambda: len(rows(window)) == 2)
    assert not window.desk.panel.isVisible(), "who hid it has it hidden"
    assert not settings.dossier_shown


def test_the_column_is_there_for_either_of_its_parts(window: MainWindow, qtbot: QtBot) -> None:
    panel = filled(window, qtbot, "icet")
    window.actions_["show_context"].trigger()
    assert panel.isVisible()
    assert not window.context.isVisible()
    window.actions_["show_dossier"].trigger()
    assert not window.desk.column.isVisible()
    window.actions_["show_context"].trigger()
    assert window.context.isVisible()
    assert not panel.isVisible()


def test_the_key_adds_what_is_chosen_where_the_focus_is(window: MainWindow, qtbot: QtBot) -> None:
    view = window.tree.view
    view.setFocus()
    view.setCurrentIndex(view.tree_model.find(("s:country", "r:india")))
    window.actions_["dossier_add"].trigger()
    qtbot.waitUntil(lambda: rows(window) == ["India"])
    view.setCurrentIndex(view.tree_model.find(("s:technology",)))
    window.actions_["dossier_add"].trigger()
    qtbot.waitUntil(lambda: rows(window) == ["India", "Telecommunications", "6G"])
    search(window, "quad", qtbot)
    window.results.field.setFocus()
    window.actions_["dossier_add"].trigger()
    qtbot.waitUntil(lambda: rows(window)[3:] == ["Quad"])


def test_several_added_at_once_are_all_added(window: MainWindow, qtbot: QtBot) -> None:
    for each in ("icet", "quad", "india", "6g"):
        window.desk.add([Pick("record", id=each)])
    qtbot.waitUntil(lambda: rows(window) == ["iCET", "Quad", "India", "6G"])


def test_a_record_of_the_tree_is_added_with_what_nests_below_it(window: MainWindow, qtbot: QtBot) -> None:
    view = window.tree.view
    index = view.tree_model.find(("s:technology", "r:telecoms"))
    view.menu_requested.emit(view.tree_model.item(index), QPoint(0, 0))
    choose(window.tree, "Add with what is below it")
    qtbot.waitUntil(lambda: rows(window) == ["Telecommunications", "6G"])
    view.menu_requested.emit(view.tree_model.item(view.tree_model.find(("s:country",))), QPoint(0, 0))
    choose(window.tree, "Add all 2 to dossier")
    qtbot.waitUntil(lambda: rows(window)[2:] == ["India", "South Korea"])
    assert message(window) == "2 records added to the dossier."


def test_all_hits_are_added_and_so_is_the_search_itself(window: MainWindow, qtbot: QtBot) -> None:
    actions = window.actions_
    assert not actions["dossier_add_hits"].isEnabled()
    search(window, "kind:dialogue", qtbot)
    assert actions["dossier_add_hits"].text() == "Add these 2 hits"
    window.results.view.menu_requested.emit(QPoint(0, 0))
    assert menu_of(window.results, "Add to dossier").actions()
    choose(window.results, "Add these 2 hits")
    qtbot.waitUntil(lambda: sorted(rows(window)) == ["Quad", "iCET"])
    actions["dossier_add_search"].trigger()
    qtbot.waitUntil(lambda: rows(window)[2:] == ["kind:dialogue"])
    panel = window.desk.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.model.rows[2].detail == "2 hits")
    window.results.leave()
    assert not actions["dossier_add_search"].isEnabled()
    panel.view.open_requested.emit(2)
    assert window.results.field.text() == "kind:dialogue"


def test_a_saved_search_is_added_as_a_search(window: MainWindow, qtbot: QtBot) -> None:
    window.saved.save("Talks", "kind:dialogue", everywhere=False)
    view = window.tree.view
    view.expand(view.tree_model.find(("saved",)))
    index = view.tree_model.index(0, 0, view.tree_model.find(("saved",)))
    view.menu_requested.emit(view.tree_model.item(index), QPoint(0, 0))
    choose(view, "Add to dossier")
    qtbot.waitUntil(lambda: rows(window) == ["kind:dialogue"])


def test_the_page_and_the_context_add_their_records(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    window.reader._show_menu(QPoint(0, 0), "record:india")
    choose(window.reader, "Add linked record to dossier")
    qtbot.waitUntil(lambda: rows(window) == ["India"])
    related = window.context.model.rows
    number = next(at for at, row in enumerate(related) if row.address == Address("record", "6g"))
    window.context.list.setCurrentIndex(window.context.model.index(number))
    window.context.list.menu_requested.emit(QPoint(0, 0))
    choose(window.context, "Add to dossier")
    qtbot.waitUntil(lambda: rows(window) == ["India", "6G"])


# --- dragging ---------------------------------------------------------------------------------------------------


def drop(view: QWidget, data: QMimeData, point: QPoint) -> bool:
    """Drop something on a widget; whether it was taken."""
    actions, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view, QDragEnterEvent(point, actions, data, left, none))
    event = QDropEvent(QPointF(point), actions, data, left, none)
    event.ignore()
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def test_what_is_dropped_comes_to_stand_where_it_was_dropped(window: MainWindow, qtbot: QtBot) -> None:
    panel = filled(window, qtbot, "icet", "quad")
    second = panel.view.visualRect(panel.model.index(1))
    data = packed([Pick("record", "India", id="india")])
    assert drop(panel.view.viewport(), data, second.topLeft() + QPoint(20, 2))
    qtbot.waitUntil(lambda: rows(window) == ["iCET", "India", "Quad"])
    assert drop(panel, packed([Pick("record", "6G", id="6g")]), QPoint(5, 5))
    qtbot.waitUntil(lambda: rows(window) == ["iCET", "India", "Quad", "6G"])
    text = QMimeData()
    text.setText("no record")
    assert not drop(panel.view.viewport(), text, second.topLeft())


def test_rows_are_dragged_out_of_tree_hits_page_and_context(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dragged: list[str] = []
    for module in ("tree.view", "results.view", "context.panel", "reader.panel"):
        monkeypatch.setattr(
            f"briefing.app.{module}.drag", lambda _, picks: dragged.extend(f"{each.what} {each.text}" for each in picks)
        )
    view = window.tree.view
    view.setCurrentIndex(view.tree_model.find(("s:country", "r:india")))
    view.startDrag(Qt.DropAction.CopyAction)
    view.setCurrentIndex(view.tree_model.find(("s:country",)))
    view.startDrag(Qt.DropAction.CopyAction)
    search(window, "quad", qtbot)
    window.results.view.startDrag(Qt.DropAction.CopyAction)
    number = next(at for at, row in enumerate(window.context.model.rows) if row.address == Address("record", "6g"))
    window.context.list.setCurrentIndex(window.context.model.index(number))
    window.context.list.startDrag(Qt.DropAction.CopyAction)
    window.reader.page.browser.link_dragged.emit("record:india")
    assert dragged == ["record India", "section Countries", "record Quad", "record 6G", "record India"]


def test_a_link_of_the_page_is_dragged_and_some_of_its_text_stands_for_the_record(
    window: MainWindow, qtbot: QtBot
) -> None:
    browser = window.reader.page.browser
    browser.selectAll()
    assert picks_in(browser.createMimeDataFromSelection()) == (Pick("record", "iCET", id="icet"),)
    begun: list[str] = []
    browser.link_dragged.disconnect()
    browser.link_dragged.connect(begun.append)
    at = next(
        QPoint(x, y) for y in range(0, 600, 4) for x in range(0, browser.width(), 6) if browser.anchorAt(QPoint(x, y))
    )
    QTest.mousePress(browser.viewport(), Qt.MouseButton.LeftButton, pos=at)
    left = Qt.MouseButton.LeftButton
    for away in (1, 40, 60):
        place = QPointF(at + QPoint(away, 0))
        everywhere = QPointF(browser.viewport().mapToGlobal(place.toPoint()))
        move = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(browser.viewport(), move)
    assert begun == [browser.anchorAt(at)]


def test_the_label_under_the_mouse_is_as_sharp_as_the_screen(window: MainWindow) -> None:
    label = picked._label(window, [Pick("record", "iCET"), Pick("record", "Quad")])
    assert not label.isNull()
    assert label.devicePixelRatio() == window.devicePixelRatioF()


# --- the panel --------------------------------------------------------------------------------------------------


def test_keys_move_take_out_and_undo(window: MainWindow, qtbot: QtBot) -> None:
    view = filled(window, qtbot, "icet", "quad", "india").view
    view.choose(2)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert rows(window) == ["India", "iCET", "Quad"]
    assert view.chosen() == [0]
    view.choose(0, 2)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows(window) == ["Quad", "India", "iCET"]
    assert view.chosen() == [1, 2]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert rows(window) == ["Quad"]
    assert message(window) == "2 entries taken out of the dossier."
    window.status.say("")
    undo_button(window).click()
    assert rows(window) == ["Quad", "India", "iCET"]
    assert message(window) == "Undone."
    assert not undo_button(window).isVisible()
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(window) == ["India", "iCET", "Quad"]


def test_a_heading_is_added_above_the_chosen_entry_and_named_in_its_place(window: MainWindow, qtbot: QtBot) -> None:
    panel = filled(window, qtbot, "icet", "quad")
    panel.view.choose(1)
    window.actions_["dossier_heading"].trigger()
    editor = panel.view.findChild(QLineEdit)
    assert editor is not None
    assert editor.selectedText() == "New heading"
    QTest.keyClicks(editor, "Of four")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(window) == ["iCET", "Of four", "Quad"])
    panel.title.setText("Seoul")
    panel.title.editingFinished.emit()
    assert window.desk._opened().dossier.title == "Seoul"


def test_enter_opens_a_record_and_one_that_is_gone_stays_and_says_so(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    panel = filled(window, qtbot, "quad", "long-gone")
    panel.view.choose(0)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert session.address == Address("record", "quad")
    assert panel.model.rows[1].spoken == "long-gone, not in this library"
    panel.view.choose(1)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert session.address == Address("record", "quad")
    panel.view.choose(0)
    panel.view.menu_requested.emit(QPoint(0, 0))
    choose(panel, "Take out\tDel")
    assert rows(window) == ["long-gone"]


def test_the_panes_of_the_window_are_gone_through_with_one_key(window: MainWindow, qtbot: QtBot) -> None:
    panel = filled(window, qtbot, "icet")
    window.context.setFocus()
    window.actions_["next_pane"].trigger()
    assert panel.view.hasFocus()


def test_the_next_window_shows_the_dossier_as_it_was_left(
    window: MainWindow, make: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    filled(window, qtbot, "quad", "icet").title.setText("Half ty")
    window.remember()
    again = make()
    qtbot.waitUntil(lambda: rows(again) == ["Quad", "iCET"])
    assert again.desk._opened().dossier.title == "Half ty"
    assert again.desk.panel is not None
    assert again.desk.panel.isVisible()


def test_nothing_is_called_gone_while_the_library_is_still_being_read(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    panel = filled(window, qtbot, "quad", "long-gone")
    session.set_reach(Reach(3, 9))
    qtbot.waitUntil(lambda: not panel.model.rows[1].gone)
    session.set_reach(None)
    qtbot.waitUntil(lambda: panel.model.rows[1].gone)


# --- files and pages --------------------------------------------------------------------------------------------


def test_a_dossier_goes_to_a_file_and_comes_back(
    window: MainWindow, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    filled(window, qtbot, "quad", "icet")
    window.desk._opened().set_title("Visit to Seoul")
    file = tmp_path / "visit.yaml"
    offered: list[str] = []

    def named(_: object, title: str, name: str, *more: object) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "visit"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", named)
    window.actions_["dossier_save"].trigger()
    assert offered[0].endswith("/visit-to-seoul.yaml")
    assert str(tmp_path / "library") not in offered[0]
    assert 'record: "quad"' in file.read_text(encoding="utf-8")
    window.actions_["dossier_save"].trigger()
    assert asked == ["Replace “visit.yaml”? There is a file of that name already. [Replace]"]
    window.actions_["dossier_new"].trigger()
    assert rows(window) == []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.actions_["dossier_open"].trigger()
    assert rows(window) == ["Quad", "iCET"]
    assert message(window) == "Dossier opened: 2 records, from visit.yaml."
    window.desk._opened().undo()
    assert rows(window) == []


def test_a_file_with_a_fault_is_told_with_its_place_and_changes_nothing(
    window: MainWindow, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    filled(window, qtbot, "quad")
    file = tmp_path / "bad.yaml"
    file.write_text("dossier: 1\nentries:\n  - called: Nothing\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.actions_["dossier_open"].trigger()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "none.yaml"), ""))
    window.actions_["dossier_open"].trigger()
    assert asked[0].startswith(f"The dossier was not opened. {file}:3:5: ")
    assert asked[1] == (
        f"The dossier was not opened. {tmp_path / 'none.yaml'}: The dossier cannot be read: "
        "No such file or directory. Choose another file."
    )
    assert rows(window) == ["Quad"]


def test_a_file_that_cannot_be_written_is_told(
    window: MainWindow, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    filled(window, qtbot, "quad")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "a.yaml"), ""))
    window.actions_["dossier_save"].trigger()
    assert len(asked) == 1
    assert asked[0].endswith("No such file or directory. Choose another folder or name.")


def test_printing_hands_the_preview_what_the_dossier_comes_to(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown: list[tuple[Order, str, str]] = []
    monkeypatch.setattr(Printing, "show_order", lambda _, *order: shown.append(order))
    window.actions_["dossier_print"].trigger()
    assert message(window) == "The dossier is empty: add records to it first."
    filled(window, qtbot, "india", "long-gone")
    window.desk.add([Pick("query", query="kind:dialogue")])
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    window.desk._opened().set_title("Visit")
    window.actions_["dossier_print"].trigger()
    qtbot.waitUntil(lambda: bool(shown))
    order, name, template = shown[0]
    assert (sorted(order.ids), order.ids[0]) == (["icet", "india", "quad"], "india")
    assert order.dossier is not None
    assert (order.dossier.title, order.template, name, template) == ("Visit", "dossier", "visit", "dossier")
    assert "long-gone" in message(window)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Visit to Seoul", "visit-to-seoul"), ("../../etc: a/b", "etc-a-b"), ("", "dossier"), ("한국 방문", "한국-방문")],
)
def test_a_file_is_named_after_the_title(title: str, name: str) -> None:
    assert file_name(title) == name


def test_nothing_but_picks_is_taken_for_picks() -> None:
    assert picks_in(QMimeData()) == ()
    assert packed([]).hasFormat(MIME)


def test_the_cover_is_typed_in_a_dialog_and_undone_like_any_change(window: MainWindow, qtbot: QtBot) -> None:
    filled(window, qtbot, "india")
    window.actions_["dossier_cover"].trigger()
    above = window.desk.parent()
    assert above is not None
    dialog = above.findChild(CoverDialog)
    assert isinstance(dialog, CoverDialog)
    dialog.subtitle.setText("For the record")
    dialog.for_.setText("Minister")
    dialog.accept()
    dossier = window.desk._opened()
    assert (dossier.dossier.subtitle, dossier.dossier.for_) == ("For the record", ("Minister",))
    assert message(window) == "Cover changed."
    undo_button(window).click()
    assert (dossier.dossier.subtitle, dossier.dossier.for_) == ("", ())
    assert dossier.dossier.record_ids() == ("india",)
