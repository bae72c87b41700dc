from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QProcess, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QTextBrowser,
    QWidget,
)

from briefing.app.context.panel import ContextPanel
from briefing.app.main_window import MainWindow
from briefing.app.notify import Notify
from briefing.app.opening import Opening, dropped_library
from briefing.app.reader.panel import ReaderPanel
from briefing.app.session import Address, Changes, Reach
from briefing.app.settings import Place, Settings
from briefing.resources import bundled_library
from tests.app.small_library import FILES, index, small_library, write_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.theme import Theme


BEGUN = {"library.yaml": FILES["library.yaml"], "b.yaml": "kind: country\ntitle: B\n"}
"""A library whose home is not there yet."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_library(tmp_path / "library")


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The warnings that would have been shown in boxes."""
    shown: list[str] = []
    monkeypatch.setattr(Notify, "warn", lambda _, what, more="": shown.append(f"{what} {more}".strip()))
    return shown


@pytest.fixture
def make(session: Session, theme: Theme, settings: Settings, jobs: Jobs, qtbot: QtBot) -> Callable[[], MainWindow]:
    """Return what makes a window, as the composition root does."""

    def make() -> MainWindow:
        frame = QWidget()
        qtbot.addWidget(frame)
        notify = Notify(frame)
        opening = Opening(session, settings, notify, frame)
        reader = ReaderPanel(session, theme, settings, notify=notify)
        window = MainWindow(
            session, theme, settings, jobs=jobs, notify=notify, opening=opening, reader=reader, indexing=None
        )
        window.setProperty("frame", frame)
        qtbot.addWidget(window)
        window.resize(1200, 700)
        window.show()
        qtbot.waitExposed(window)
        return window

    return make


@pytest.fixture
def window(make: Callable[[], MainWindow], folder: Path, warnings: list[str]) -> MainWindow:
    made = make()
    made.opening.open_first(folder, None)
    made.begin()
    assert warnings == []
    return made


def drop(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_library_opens_at_its_home_with_its_first_sections_open(window: MainWindow, session: Session) -> None:
    assert session.address == Address("record", "icet")
    assert window.tree.open_nodes() == (("s:country",), ("s:dialogue",), ("s:technology",))
    assert window.tree.current_node() == ("s:dialogue", "r:icet")


def test_the_title_names_the_library(make: Callable[[], MainWindow], folder: Path, qtbot: QtBot) -> None:
    window = make()
    with qtbot.waitSignal(window.title_changed) as said:
        window.opening.open(folder)
    assert said.args == ["Small library — Briefing"]


def test_a_library_that_is_given_a_new_title_shows_it(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    (folder / "library.yaml").write_text("briefing: 1\ntitle: Renamed\nhome: icet\n", encoding="utf-8")
    index(folder)
    with qtbot.waitSignal(window.title_changed) as said:
        session.index_updated(Changes(1, 6, 0, 0, frozenset(), everything=True))
    assert said.args == ["Renamed — Briefing"]


def test_hits_take_the_place_of_the_tree_and_give_it_back(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    before = window.tree.open_nodes(), window.tree.current_node()
    with qtbot.waitSignal(window.results.answered):
        QTest.keyClicks(window.results.field, "quad")
    assert window.results.isVisible()
    assert not window.tree.isVisible()
    QTest.keyClick(window.results.field, Qt.Key.Key_Return)
    assert session.address == Address("record", "quad")
    QTest.keyClick(window.results.field, Qt.Key.Key_Escape)
    assert window.tree.isVisible()
    assert (window.tree.open_nodes(), window.tree.current_node()) == before


def test_searching_shows_the_left_column_if_it_was_hidden(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["show_tree"].trigger()
    assert not window.tree.isVisible()
    with qtbot.waitSignal(window.results.answered):
        window.results.field.setText("quad")
    assert window.results.isVisible()


def test_back_and_forward_are_on_when_there_is_somewhere_to_go(window: MainWindow, session: Session) -> None:
    assert not window.actions_["back"].isEnabled()
    session.go(Address("record", "quad"))
    assert window.actions_["back"].isEnabled()
    window.actions_["back"].trigger()
    assert session.address == Address("record", "icet")
    assert window.actions_["forward"].isEnabled()
    window.actions_["forward"].trigger()
    window.actions_["home"].trigger()
    assert session.address == Address("record", "icet")


def test_the_search_key_jumps_into_the_field_and_a_slash_in_it_is_a_slash(window: MainWindow, qtbot: QtBot) -> None:
    window.tree.view.setFocus()
    QTest.keyClick(window.tree.view, Qt.Key.Key_Slash)
    assert window.results.field.hasFocus()
    QTest.keyClicks(window.results.field, "a/b")
    assert window.results.field.text() == "a/b"
    window.tree.view.setFocus()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.results.field.selectedText() == "a/b"


def test_f6_goes_round_the_panes_and_shift_f6_the_other_way(window: MainWindow, qtbot: QtBot) -> None:
    window.results.field.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert window.tree.isAncestorOf(seen[0])
    assert window.reader.isAncestorOf(seen[1])
    assert window.context.isAncestorOf(seen[2])
    assert seen[3] is window.results.field
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.context.isAncestorOf(window.focusWidget())
    window.actions_["show_context"].trigger()
    window.reader.setFocus()
    window.actions_["next_pane"].trigger()
    assert window.results.field.hasFocus()


def test_every_widget_that_can_have_the_focus_has_a_name(window: MainWindow) -> None:
    found = [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(each, QAbstractButton | QAbstractScrollArea | QLineEdit)
        and each.isVisibleTo(window)
    ]
    assert len(found) > 8
    found.append(window.results.view)
    assert [each for each in found if not (each.accessibleName() or getattr(each, "text", str)())] == []


def test_columns_are_hidden_and_that_is_remembered(window: MainWindow, settings: Settings) -> None:
    window.actions_["show_context"].trigger()
    assert not window.context.isVisible()
    assert not settings.context_shown
    window.actions_["show_tree"].trigger()
    window.actions_["show_tree"].trigger()
    assert window.tree.isVisible()


def test_the_theme_is_chosen_and_remembered(window: MainWindow, theme: Theme, settings: Settings) -> None:
    window.actions_["theme_dark"].trigger()
    assert theme.palette.dark
    window.actions_["contrast"].trigger()
    assert theme.palette.high_contrast
    again = Settings.load(settings.path)
    assert (again.theme, again.contrast) == ("dark", "high")
    window.actions_["contrast"].trigger()
    window.actions_["theme_system"].trigger()
    assert Settings.load(settings.path).contrast == "system"


def test_the_type_grows_and_that_is_remembered(window: MainWindow, settings: Settings) -> None:
    window.actions_["zoom_in"].trigger()
    assert Settings.load(settings.path).zoom > 1


def test_settings_that_cannot_be_saved_are_spoken_of_and_no_more(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Settings) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Settings, "save", fail)
    window.actions_["theme_dark"].trigger()
    assert window.status._message.text() == "The settings cannot be saved: No space left on device"
    window.opening.open(window._session.library.folder)  # type: ignore[union-attr]
    window.remember()


def test_what_was_read_and_the_tree_come_back_at_the_next_start(
    window: MainWindow,
    make: Callable[[], MainWindow],
    session: Session,
    settings: Settings,
    folder: Path,
) -> None:
    session.go(Address("record", "6g"))
    session.remember_scroll(0.5)
    window.tree.collapse()
    window.tree.view.open((("s:country",), ("s:country", "r:india")))
    window.remember()
    saved = Settings.load(settings.path)
    assert saved.last_library == str(folder)
    assert len(saved.columns) == 3
    place = saved.places[str(folder)]
    assert (place.kind, place.key, place.scroll) == ("record", "6g", 0.5)
    session.close_library()
    second = make()
    second.begin()
    second.opening.open_first(None, None)
    assert session.address == Address("record", "6g")
    assert second.tree.open_nodes() == (("s:country",), ("s:country", "r:india"))


def test_a_record_that_is_gone_gives_way_to_the_home(
    window: MainWindow, session: Session, settings: Settings, folder: Path
) -> None:
    settings.places[str(folder)] = Place("record", "gone")
    window.opening._tree = None
    window.opening.open(folder)
    assert session.address == Address("record", "icet")


def test_a_broken_file_comes_back_while_it_is_broken(window: MainWindow, session: Session, folder: Path) -> None:
    (folder / "bad.yaml").write_text("kind: country\nsumary: x\n")
    index(folder)
    session.index_updated(Changes())
    session.go(Address("file", "bad.yaml"))
    window.opening.open(folder)
    assert session.address == Address("file", "bad.yaml")
    (folder / "bad.yaml").unlink()
    index(folder)
    window.opening.open(folder)
    assert session.address == Address("record", "icet")


def test_the_problems_are_one_click_away(window: MainWindow, session: Session, folder: Path, qtbot: QtBot) -> None:
    (folder / "bad.yaml").write_text("kind: country\nsumary: x\n")
    index(folder)
    session.index_updated(Changes())
    window.results.field.setText("quad")
    with qtbot.waitSignal(session.address_changed):
        window.status._problems.click()
    assert session.address == Address("file", "bad.yaml")
    assert window.tree.isVisible()
    assert not window.actions_["print"].isEnabled()
    window.printing.show(session.address)
    assert window.status._message.text() == "Only a record can be printed."


def test_a_library_without_a_home_opens_at_its_first_record(
    make: Callable[[], MainWindow], session: Session, tmp_path: Path
) -> None:
    folder = write_library(
        tmp_path / "plain", {"b.yaml": "kind: country\ntitle: Bee\n", "a.yaml": "kind: source\ntitle: A\n"}
    )
    index(folder)
    make().opening.open(folder)
    assert session.address == Address("record", "b")


def test_a_library_of_faults_alone_opens_at_the_first_of_them(
    make: Callable[[], MainWindow], session: Session, tmp_path: Path
) -> None:
    folder = write_library(tmp_path / "plain", {"b.yaml": "kind: country\n"})
    index(folder)
    make().opening.open(folder)
    assert session.address == Address("file", "b.yaml")


def test_an_empty_library_opens_at_nothing(make: Callable[[], MainWindow], session: Session, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    index(tmp_path / "empty")
    window = make()
    window.opening.open(tmp_path / "empty")
    window.begin()
    window.opening.home()
    assert session.address is None
    assert not window.actions_["edit"].isEnabled()


def test_a_library_that_is_not_indexed_yet_opens_at_its_home_once_it_is(
    make: Callable[[], MainWindow], session: Session, tmp_path: Path
) -> None:
    folder = write_library(tmp_path / "new")
    window = make()
    window.opening.open_first(folder, None)
    window.begin()
    assert session.address is None
    index(folder)
    session.index_updated(Changes())
    assert session.address == Address("record", "icet")
    assert window.tree.open_nodes() != ()


def test_while_its_home_is_yet_to_be_read_a_library_shows_nothing_else_in_its_place(
    make: Callable[[], MainWindow], session: Session, settings: Settings, tmp_path: Path
) -> None:
    folder = write_library(
        tmp_path / "new", {"library.yaml": FILES["library.yaml"], "b.yaml": "kind: country\ntitle: B\n"}
    )
    window = make()
    window.opening.open_first(folder, None)
    window.begin()
    session.set_reach(Reach(0, 7))
    index(folder)
    session.set_reach(Reach(1, 7))
    session.index_updated(Changes())
    assert session.address is None
    assert window.tree.view.tree_model.find(("s:country", "r:b")).isValid()
    write_library(folder)
    index(folder)
    session.index_updated(Changes())
    assert session.address == Address("record", "icet")


def test_a_library_whose_first_records_come_while_one_searches_leaves_the_tree_alone(
    make: Callable[[], MainWindow], session: Session, tmp_path: Path
) -> None:
    folder = write_library(tmp_path / "new")
    window = make()
    window.opening.open_first(folder, None)
    window.begin()
    window.results.field.setText("quad")
    index(folder)
    session.index_updated(Changes())
    assert session.address == Address("record", "icet")
    before = window.tree.open_nodes(), window.tree.current_node()
    session.go(Address("record", "quad"))
    assert (window.tree.open_nodes(), window.tree.current_node()) == before


def test_a_home_that_never_comes_gives_way_to_the_first_record(
    make: Callable[[], MainWindow], session: Session, tmp_path: Path
) -> None:
    folder = write_library(
        tmp_path / "new", {"library.yaml": FILES["library.yaml"], "b.yaml": "kind: country\ntitle: B\n"}
    )
    window = make()
    window.opening.open_first(folder, None)
    window.begin()
    session.set_reach(Reach(0, 7))
    index(folder)
    session.index_updated(Changes())
    assert session.address is None
    session.set_reach(None)
    assert session.address == Address("record", "b")


def test_a_folder_that_is_none_is_said_and_the_open_library_stays(
    window: MainWindow, session: Session, tmp_path: Path, warnings: list[str]
) -> None:
    assert not window.opening.open(tmp_path / "nothing")
    assert "nothing” cannot be opened." in warnings[0]
    assert session.address == Address("record", "icet")


def test_a_last_library_that_is_gone_gives_way_to_the_bundled_one(
    make: Callable[[], MainWindow], session: Session, settings: Settings, tmp_path: Path, warnings: list[str]
) -> None:
    settings.last_library = str(tmp_path / "gone")
    window = make()
    window.opening.open_first(None, None)
    window.begin()
    assert session.library is not None
    assert session.library.folder == bundled_library()
    assert "gone cannot be opened." in window.status._message.text()
    assert warnings == []


def test_settings_that_were_damaged_are_spoken_of(
    make: Callable[[], MainWindow], settings: Settings, folder: Path
) -> None:
    settings.set_aside = "/config/settings.damaged.json"
    window = make()
    window.opening.open_first(folder, None)
    window.begin()
    assert "/config/settings.damaged.json" in window.status._message.text()


def test_another_library_is_chosen_in_a_dialog(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = small_library(tmp_path / "other")
    answers = [str(other), ""]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    window.actions_["open"].trigger()
    window.actions_["open"].trigger()
    assert session.library is not None
    assert session.library.folder == other


def test_the_folder_of_texts_is_chosen_in_a_dialog_and_used(
    window: MainWindow,
    session: Session,
    settings: Settings,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [str(tmp_path), ""]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    window.actions_["texts"].trigger()
    window.actions_["texts"].trigger()
    assert settings.texts == str(tmp_path)
    assert session.library is not None
    assert session.library.texts == tmp_path
    with qtbot.waitSignal(window.opening.reload_requested) as said:
        window.actions_["reload"].trigger()
    assert said.args == [session.library.folder, tmp_path]


def test_recent_libraries_are_in_a_menu(window: MainWindow, session: Session, tmp_path: Path, folder: Path) -> None:
    other = small_library(tmp_path / "R&D")
    window.opening.open(other)
    menu = QMenu(window)
    window.opening.fill_recent(menu)
    names = [action.text() for action in menu.actions()]
    assert names == [str(other).replace("&", "&&"), str(folder), "", "The library that comes with Briefing"]
    menu.actions()[1].trigger()
    assert session.library is not None
    assert session.library.folder == folder
    menu.actions()[3].trigger()
    assert session.library.folder == bundled_library()
    window._recent.aboutToShow.emit()
    assert len(window._recent.actions()) == 5


def test_a_folder_is_dropped_to_open_it(window: MainWindow, session: Session, tmp_path: Path) -> None:
    other = small_library(tmp_path / "other")
    data = drop(other)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert session.library is not None
    assert session.library.folder == other
    nothing = drop("https://example.org/")
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, nothing, left, none)
    entering.ignore()
    window.dragEnterEvent(entering)
    assert not entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, nothing, left, none))
    assert session.library.folder == other


def test_a_file_that_is_dropped_opens_the_library_that_it_is_in(folder: Path, tmp_path: Path) -> None:
    assert dropped_library(drop(folder / "countries" / "india.yaml")) == folder
    (tmp_path / "loose.yml").write_text("")
    assert dropped_library(drop(tmp_path / "loose.yml")) == tmp_path
    assert dropped_library(drop(tmp_path / "nothing.txt", "https://example.org")) is None


def test_keys_and_versions_are_shown_on_request(window: MainWindow) -> None:
    for name in ("keys", "about"):
        window.actions_[name].trigger()
        dialog = window.findChild(QDialog)
        assert dialog is not None
        assert dialog.isVisible()
        dialog.reject()
        dialog.setParent(None)


def test_the_card_of_the_query_language_searches_in_the_window_beside_it(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["language"].trigger()
    window.actions_["language"].trigger()
    (dialog,) = window.findChildren(QDialog)
    text = dialog.findChildren(QTextBrowser)[0]
    assert dialog.isVisible()
    link = next(
        part for part in text.toHtml().split("<a href=")[1:] if ">country:india<" in part.replace("</span>", "<")
    )
    with qtbot.waitSignal(window.results.answered):
        text.anchorClicked.emit(QUrl(link.split('"')[1]))
    assert window.results.field.text() == "country:india"
    assert window.results.isVisible()
    assert dialog.isVisible()
    dialog.reject()
    dialog.setParent(None)


def test_completions_are_shown_over_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitActive(window)
    window.results.field.setFocus()
    completions = window.results.completing.list
    QTest.keyClicks(window.results.field, "country:")
    qtbot.waitUntil(completions.isVisible)
    assert completions.parent() is window
    assert window.childAt(completions.geometry().center()) in (completions, completions.view.viewport())
    QTest.keyClick(window.results.field, Qt.Key.Key_Escape)
    assert not completions.isVisible()
    assert window.results.active


def test_a_second_window_is_a_second_program(window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda program, arguments: started.append((program, arguments)))
    window.actions_["new_window"].trigger()
    window.opening.open_first(folder, folder.parent)
    window.actions_["new_window"].trigger()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    window._session.close_library()
    window.actions_["new_window"].trigger()
    assert started == [
        (sys.executable, ["-P", "-m", "briefing", "--library", str(folder)]),
        (sys.executable, ["-P", "-m", "briefing", "--library", str(folder), "--texts", str(folder.parent)]),
        (sys.executable, ["--texts", str(folder.parent)]),
    ]


def test_reading_again_is_asked_of_whoever_indexes(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.opening.reload_requested) as said:
        window.actions_["reload"].trigger()
    assert said.args == [folder, None]
    window._session.close_library()
    with qtbot.assertNotEmitted(window.opening.reload_requested):
        window.actions_["reload"].trigger()


def test_closing_is_asked_of_whoever_has_the_window(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.close_requested):
        window.actions_["close"].trigger()


def test_the_context_column_is_there(window: MainWindow) -> None:
    assert isinstance(window.context, ContextPanel)
    window.actions_["collapse"].trigger()
    assert window.tree.open_nodes() == ()
