from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from briefing.app.results.completing import MOST, Completing
from briefing.app.results.completion_model import CompletionModel, Role
from briefing.app.results.panel import ResultsPanel
from briefing.errors import CacheError
from briefing.library.library import Library
from briefing.search.completion import Candidate
from tests.app.small_library import small_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.theme import Theme


class Window(QWidget):
    """A window with the field, another field to go to, and the hits."""

    def __init__(self, session: Session, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self.results = ResultsPanel(session, theme, jobs)
        self.field = self.results.field
        self.other = QLineEdit()
        layout = QVBoxLayout(self)
        for each in (self.field, self.other, self.results):
            layout.addWidget(each)
        self.completing: Completing = self.results.completing
        self.completing.show_in(self)


@pytest.fixture
def window(session: Session, theme: Theme, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> Window:
    session.open_library(small_library(tmp_path / "library"))
    made = Window(session, theme, jobs)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    made.field.setFocus()
    return made


def shown(window: Window) -> list[str]:
    model = window.completing.list.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_(window: Window, text: str, qtbot: QtBot) -> None:
    """Type, and wait for the list."""
    QTest.keyClicks(window.field, text)
    qtbot.waitUntil(lambda: window.completing.is_open and window.completing._text == window.field.text())


def settle(window: Window, text: str, qtbot: QtBot) -> None:
    """Type something for which there is to be no list, and wait for its hits."""
    with qtbot.waitSignal(window.results.answered):
        QTest.keyClicks(window.field, text)
    qtbot.waitUntil(lambda: window.completing._typing is None)


def press(window: Window, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.field, key)


def test_a_filter_lists_its_values_with_their_numbers(window: Window, qtbot: QtBot) -> None:
    type_(window, "country:", qtbot)
    assert shown(window) == ["India", "South Korea"]
    first = window.completing.list.model.index(0, 0)
    assert first.data(Role.CANDIDATE) == Candidate("india", "India", "country", 2)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "India, 2 records"
    assert window.completing.list.view.accessibleName() == "Completions"
    assert window.field.hasFocus()


def test_enter_takes_the_chosen_row_and_typing_goes_on(window: Window, qtbot: QtBot) -> None:
    type_(window, "6G country:", qtbot)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.field.text() == "6G country:south-korea "
    assert not window.completing.is_open
    QTest.keyClicks(window.field, "x")
    assert window.field.text() == "6G country:south-korea x"
    assert window.field.isUndoAvailable()


def test_tab_takes_the_chosen_row_and_else_leaves_the_field(window: Window, qtbot: QtBot) -> None:
    type_(window, "kind:d", qtbot)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert window.field.text() == "kind:dialogue "
    assert window.field.hasFocus()
    type_(window, "kind:", qtbot)
    press(window, Qt.Key.Key_Tab)
    assert window.other.hasFocus()
    assert not window.completing.is_open


def test_enter_without_a_chosen_row_opens_the_hit(window: Window, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.results.answered):
        QTest.keyClicks(window.field, "quad ")
    with qtbot.waitSignal(window.results.answered):
        type_(window, "kind:d", qtbot)
    press(window, Qt.Key.Key_Return)
    assert session.address is not None
    assert session.address.key == "quad"
    assert not window.completing.is_open


def test_up_and_down_go_round_by_way_of_no_row(window: Window, qtbot: QtBot) -> None:
    type_(window, "country:", qtbot)
    completions = window.completing.list
    rows = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(window, key)
        rows.append(completions.view.currentIndex().row())
    assert rows == [1, 0, -1, 0, 1]


def test_escape_takes_the_list_away_first_and_it_stays_away(window: Window, qtbot: QtBot) -> None:
    type_(window, "country:", qtbot)
    press(window, Qt.Key.Key_Escape)
    assert not window.completing.is_open
    assert window.field.text() == "country:"
    settle(window, "s", qtbot)
    assert not window.completing.is_open
    settle(window, " ", qtbot)
    type_(window, "country:", qtbot)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert window.field.text() == ""


def test_without_a_list_the_arrows_walk_the_hits(window: Window, qtbot: QtBot) -> None:
    settle(window, "country:india", qtbot)
    assert not window.completing.is_open
    press(window, Qt.Key.Key_Down)
    assert window.results.view.currentIndex().row() == 1


def test_words_are_typed_without_a_list(window: Window, qtbot: QtBot) -> None:
    for word in ("te", "so", "works in", '"country:'):
        settle(window, word, qtbot)
        assert not window.completing.is_open
        window.field.clear()


def test_a_name_that_begins_no_word_is_completed_by_itself(window: Window, qtbot: QtBot) -> None:
    type_(window, "reli", qtbot)
    assert shown(window) == ["reliability:"]
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.field.text() == "reliability:"


def test_after_a_name_its_values_follow(window: Window, qtbot: QtBot) -> None:
    type_(window, "certainl", qtbot)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: shown(window) == ["before:", "after:", "in:"] and window.completing.is_open)
    assert window.field.text() == "certainly:"


def test_ctrl_space_shows_every_filter_and_chooses_the_first(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window.field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.completing.is_open)
    assert shown(window)[:2] == ["kind:", "id:"]
    assert len(shown(window)) < MOST
    press(window, Qt.Key.Key_Return)
    assert window.field.text() == "kind:"


def test_ctrl_space_brings_back_what_escape_took_away(window: Window, qtbot: QtBot) -> None:
    type_(window, "country:", qtbot)
    press(window, Qt.Key.Key_Escape)
    QTest.keyClick(window.field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.completing.is_open)
    assert shown(window) == ["India", "South Korea"]


def test_a_click_takes_a_row_and_the_field_keeps_the_focus(window: Window, qtbot: QtBot) -> None:
    type_(window, "country:", qtbot)
    view = window.completing.list.view
    place = view.visualRect(window.completing.list.model.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.field.text() == "country:south-korea "
    assert window.field.hasFocus()
    assert not window.completing.is_open


def test_moving_the_cursor_in_a_value_completes_what_is_before_it(window: Window, qtbot: QtBot) -> None:
    type_(window, "country:so", qtbot)
    assert shown(window) == ["South Korea"]
    press(window, Qt.Key.Key_Left, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: shown(window) == ["India", "South Korea"])
    press(window, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: not window.completing.is_open)


def test_what_is_amid_a_query_is_completed_and_the_rest_stays(window: Window, qtbot: QtBot) -> None:
    window.field.setText("\U0001f1ee ")
    type_(window, "country:sou kind:", qtbot)
    for _ in "kind: ":
        press(window, Qt.Key.Key_Left)
    QTest.keyClick(window.field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.completing.is_open and shown(window) == ["South Korea"])
    press(window, Qt.Key.Key_Return)
    assert window.field.text() == "\U0001f1ee country:south-korea kind:"
    QTest.keyClicks(window.field, "x")
    assert window.field.text() == "\U0001f1ee country:south-korea xkind:"


def test_a_value_that_is_still_being_typed_alarms_nobody(window: Window, qtbot: QtBot) -> None:
    notes = window.results._notes
    with qtbot.waitSignal(window.results.answered):
        type_(window, "kind:dia", qtbot)
    qtbot.waitUntil(lambda: window.results._summary.text() == "2 hits")
    assert window.completing.is_open
    assert not notes.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert notes.text() == "No kind is called “dia”; taken as dialogue."
    assert notes.isVisible()


def test_that_nothing_is_found_is_said_when_the_value_is_whole(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.results.answered):
        type_(window, "xyzzyqq kind:dia", qtbot)
    nothing = window.results._nothing
    qtbot.waitUntil(lambda: nothing.isVisible() and nothing.text() == "Type on, or choose from the list.")
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: nothing.text().startswith("No record has “xyzzyqq kind:dialogue”"))


def test_what_is_wrong_elsewhere_is_said_all_the_same(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.results.answered):
        QTest.keyClicks(window.field, "colour:red ")
    type_(window, "kind:dia", qtbot)
    qtbot.waitUntil(lambda: "colour:" in window.results._notes.text())
    assert "dia" not in window.results._notes.text()


def test_a_value_that_nothing_has_is_said_at_once(window: Window, qtbot: QtBot) -> None:
    settle(window, "country:xyz", qtbot)
    assert window.results._notes.text() == "No country is called “xyz”."


@pytest.mark.parametrize("end", ["text", "focus", "library", "size", "place"])
def test_the_list_goes_with_what_it_stands_for(window: Window, session: Session, qtbot: QtBot, end: str) -> None:
    type_(window, "country:", qtbot)
    match end:
        case "text":
            window.field.setText("country:")
            window.field.setText("kind:")
        case "focus":
            window.other.setFocus()
        case "library":
            session.close_library()
        case "size":
            window.resize(600, 500)
        case "place":
            window.field.move(QPoint(5, 50))
    assert not window.completing.is_open


def test_an_answer_that_fails_is_none(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise CacheError("The index cannot be read")

    monkeypatch.setattr(Library, "completions", fail)
    with qtbot.waitSignal(window.completing.settled):
        QTest.keyClicks(window.field, "country:")
    assert not window.completing.is_open


def test_the_list_is_drawn_whatever_is_in_it(window: Window, theme: Theme, qtbot: QtBot) -> None:
    type_(window, "country:", qtbot)
    completions = window.completing.list
    candidates = (
        Candidate("a", "A name that is much too long for any line " * 9, "dialogue", 1_234_567, "also known as B"),
        Candidate("b", "भारत \U0001f1ee\U0001f1f3 대한민국", "country", 0),
        Candidate("c", "c:", "filter", None, "a filter"),
        *[Candidate(f"v{n}", f"v{n}", "value", n) for n in range(30)],
    )
    completions.show_below(window.field, candidates)
    press(window, Qt.Key.Key_Down)
    light = completions.grab().toImage()
    assert completions.geometry().right() < window.width()
    assert completions.geometry().bottom() < window.height()
    QTest.mouseMove(completions.view.viewport(), QPoint(30, 40))
    theme.choose("dark", "high")
    assert completions.grab().toImage() != light


def test_the_model_is_one_that_views_can_trust(qapp: QApplication) -> None:
    model = CompletionModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show((Candidate("a", "A\nB", "value", 1, "so"), Candidate("b", "B", "value")))
    assert model.rowCount() == 2
    assert model.index(0, 0).data() == "A B"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "A B, so, 1 record"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "B"
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.rowCount(model.index(0, 0)) == 0
    model.show(())
    assert model.candidate(model.index(0, 0)) is None
