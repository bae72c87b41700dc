from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from briefing.app.results.panel import ResultsPanel
from briefing.app.session import Changes
from briefing.errors import CacheError
from briefing.library.library import Library
from tests.app.small_library import FILES, index, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.results.facet_button import FacetButton
    from briefing.app.session import Session
    from briefing.app.theme import Theme
    from briefing.search.facets import Facets

MORE = {
    **{
        f"dialogues/d{n}.yaml": f"kind: dialogue\ntitle: Talk {n}\nstatus: {'planned' if n % 3 else 'active'}\n"
        f"members: [{'india' if n % 2 else 'south-korea'}]\nlaunched: {2010 + n}\nsummary: A word on chips.\n"
        for n in range(12)
    },
    "notes/long.yaml": "kind: note\ntitle: A note on chips\n",
}


@pytest.fixture
def panel(session: Session, theme: Theme, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> ResultsPanel:
    write_library(tmp_path / "library", {**FILES, **MORE})
    index(tmp_path / "library")
    session.open_library(tmp_path / "library")
    made = ResultsPanel(session, theme, jobs)
    qtbot.addWidget(made)
    qtbot.addWidget(made.field)
    made.resize(320, 600)
    made.field.show()
    made.show()
    return made


def ask(panel: ResultsPanel, text: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.settled):
        panel.field.setText(text)


def lines(panel: ResultsPanel) -> dict[str, list[str]]:
    """What is to be read in each line: its label, and the names of its buttons."""
    return {row._label.text(): [b.accessibleName() for b in row.buttons] for row in panel.facets._lines}


def button(panel: ResultsPanel, name: str) -> FacetButton:
    return next(b for row in panel.facets._lines for b in row.buttons if b.accessibleName() == name)


def click(panel: ResultsPanel, name: str, qtbot: QtBot, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(panel.settled):
        QTest.mouseClick(button(panel, name), Qt.MouseButton.LeftButton, held)


def test_the_hits_are_counted_by_what_they_are(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "chips", qtbot)
    assert panel._summary.text() == "13 hits"
    assert lines(panel)["Kind"] == ["Dialogues, 12 hits", "Briefing notes, 1 hit"]
    assert lines(panel)["Status"] == ["planned, 8 hits", "active, 4 hits"]
    assert lines(panel)["Country"] == ["India, 6 hits", "South Korea, 6 hits"]
    assert panel.facets.isVisible()


def test_a_click_narrows_the_text_and_the_focus_stays_where_one_types(panel: ResultsPanel, qtbot: QtBot) -> None:
    panel.field.setFocus()
    ask(panel, "chip", qtbot)
    click(panel, "planned, 8 hits", qtbot)
    assert panel.field.text() == "chip* status:planned"
    assert panel._summary.text() == "8 hits"
    assert lines(panel)["Only"] == ["planned, chosen"]
    assert "Status" not in lines(panel)
    assert panel.field.hasFocus() or not panel.field.isActiveWindow()
    click(panel, "planned, chosen", qtbot)
    assert panel.field.text() == "chip*"
    assert panel._summary.text() == "13 hits"


def test_with_shift_all_but_these_are_left(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "chips ", qtbot)
    click(panel, "Dialogues, 12 hits", qtbot, shift=True)
    assert panel.field.text() == "chips -kind:dialogue"
    assert panel._summary.text() == "1 hit"
    assert lines(panel) == {"Only": ["not Dialogues, chosen"]}


def test_what_there_is_no_room_for_stands_in_a_menu(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "chips", qtbot)
    *shown, rest = lines(panel)["Year"]
    assert shown[0] == "2021, 1 hit"
    assert rest == f"Year: {12 - len(shown)} more"
    QTest.mouseClick(button(panel, rest), Qt.MouseButton.LeftButton)
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()][-1] == "2010\t1"
    with qtbot.waitSignal(panel.settled):
        menu.actions()[-1].trigger()
    menu.close()
    assert panel.field.text() == "chips* in:2010"
    panel.resize(1_400, 600)
    ask(panel, "chips", qtbot)
    assert len(lines(panel)["Year"]) == 12


def test_the_keys_reach_every_value_and_choose_it(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "chips", qtbot)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.facets.setFocus(Qt.FocusReason.TabFocusReason)
    first = panel.facets._focused()
    assert first is not None
    assert first.accessibleName() == "Dialogues, 12 hits"
    for key, name in (
        (Qt.Key.Key_Right, "Briefing notes, 1 hit"),
        (Qt.Key.Key_Right, "Briefing notes, 1 hit"),
        (Qt.Key.Key_Down, "South Korea, 6 hits"),
        (Qt.Key.Key_Left, "India, 6 hits"),
    ):
        focused = panel.facets._focused()
        assert focused is not None
        QTest.keyClick(focused, key)
        now = panel.facets._focused()
        assert now is not None
        assert now.accessibleName() == name
    stops = [b for row in panel.facets._lines for b in row.buttons if b.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert stops == [panel.facets._focused()], "Tab comes to one of them"
    with qtbot.waitSignal(panel.settled):
        QTest.keyClick(stops[0], Qt.Key.Key_Space)
    assert panel.field.text() == "chips* country:india"
    again = panel.facets._focused()
    assert again is not None, "the focus stays among the values"
    with qtbot.waitSignal(panel.facets.leave_requested):
        QTest.keyClick(again, Qt.Key.Key_Escape)


def test_of_a_mended_query_what_is_shown_is_counted(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "chisp kind:dialogue", qtbot)
    assert panel._notes.isVisible()
    assert panel._summary.text() == "12 hits"
    click(panel, "active, 4 hits", qtbot)
    assert panel.field.text() == "chisp kind:dialogue status:active"
    assert panel._summary.text() == "4 hits"


def test_hits_come_before_they_are_counted_and_counting_holds_nothing_up(
    panel: ResultsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = threading.Event(), threading.Event()
    asked: list[str] = []
    count = Library.facets

    def slow(self: Library, text: str) -> Facets:
        assert threading.current_thread() is not threading.main_thread()
        asked.append(text)
        if len(asked) == 1:
            begun.set()
            go_on.wait(10)
        return count(self, text)

    monkeypatch.setattr(Library, "facets", slow)
    with qtbot.waitSignal(panel.answered):
        panel.field.setText("chips")
    assert panel.model.rowCount() == 13
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(panel.answered):
        panel.field.setText("chips kind:note")
    assert panel.model.rowCount() == 1
    with qtbot.waitSignal(panel.settled):
        go_on.set()
    assert asked == ["chips", "chips kind:note"]
    assert list(lines(panel)) == ["Only"]


def test_a_total_that_is_not_counted_yet_is_said_as_what_is_known(
    panel: ResultsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    records = "\n---\n".join(f"id: e-{n}\nkind: event\ntitle: Meeting {n:03}\n" for n in range(130))
    write_library(tmp_path / "library", {"events.yaml": records})
    index(tmp_path / "library")
    said: list[str] = []
    panel.answered.connect(lambda: said.append(panel._summary.text()))
    with qtbot.waitSignals([panel.answered, panel.total_changed], order="strict"):
        panel.field.setText("meeting")
    assert said == ["20 or more hits"]
    assert panel._summary.text() == "130 hits"


def test_leaving_the_search_takes_its_values_along(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "chips", qtbot)
    panel.leave()
    assert lines(panel) == {}
    assert not panel.facets.isVisible()


def test_a_change_of_the_library_counts_again(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    ask(panel, "chips", qtbot)
    write_library(tmp_path / "library", {"notes/new.yaml": "kind: note\ntitle: More on chips\n"})
    index(tmp_path / "library")
    with qtbot.waitSignal(panel.settled):
        session.index_updated(Changes())
    assert lines(panel)["Kind"] == ["Dialogues, 12 hits", "Briefing notes, 2 hits"]


def test_where_counting_fails_the_hits_stay(panel: ResultsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Facets:
        raise CacheError("The index cannot be read")

    monkeypatch.setattr(Library, "facets", fail)
    ask(panel, "chips", qtbot)
    assert panel.model.rowCount() == 13
    assert not panel.facets.isVisible()
