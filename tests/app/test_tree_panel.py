from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from briefing.app.session import Address, Changes
from briefing.app.settings import Place
from briefing.app.tree.node import CHUNK
from briefing.app.tree.panel import OPEN_AT_FIRST, TreePanel
from briefing.records.problems import Problem
from briefing.records.record import Record
from tests.app.fake_library import FakeLibrary

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.session import Session
    from briefing.app.theme import Theme
    from briefing.app.tree.node import Path

INDIA = ("s:country", "r:india")


@pytest.fixture
def library(session: Session) -> FakeLibrary:
    made = FakeLibrary()
    for name in ("china", "india", "south-korea"):
        made.add(name, "country")
    made.add("icet", "dialogue", "iCET")
    made.add("telecoms", "technology", "Telecommunications")
    made.add("6g", "technology", "6G", broader="telecoms")
    made.link("india", "icet")
    made.record = lambda id: Record(  # type: ignore[attr-defined]  # noqa: A006
        id, "technology" if id in ("6g", "telecoms") else "country", id, values={"broader": made.above.get(id, "")}
    )
    made.close = lambda: None  # type: ignore[attr-defined]
    made.refresh = lambda: True  # type: ignore[attr-defined]
    session.library = made  # type: ignore[assignment]
    return made


@pytest.fixture
def panel(session: Session, theme: Theme, library: FakeLibrary, qtbot: QtBot) -> TreePanel:
    made = TreePanel(session, theme)
    qtbot.addWidget(made)
    made.address_requested.connect(session.go)
    made.resize(300, 500)
    made.show()
    return made


def row(panel: TreePanel, *path: str) -> QModelIndex:
    index = panel.view.tree_model.find(path)
    assert index.isValid(), path
    return index


def current(panel: TreePanel) -> Path:
    return panel.current_node()


def click(panel: TreePanel, *path: str) -> None:
    rect = panel.view.visualRect(row(panel, *path))
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 40, rect.center().y()))


def press(panel: TreePanel, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(panel.view, key)


def test_a_library_seen_for_the_first_time_opens_its_first_sections(panel: TreePanel) -> None:
    panel.restore(None)
    assert panel.open_nodes() == (("s:country",), ("s:dialogue",), ("s:technology",))


def test_long_sections_are_not_opened_by_themselves(panel: TreePanel, library: FakeLibrary) -> None:
    for number in range(OPEN_AT_FIRST):
        library.add(f"c{number}", "country")
    panel.view.tree_model.refresh()
    panel.restore(None)
    assert panel.open_nodes() == ()


def test_a_click_on_a_record_opens_it(panel: TreePanel, session: Session) -> None:
    panel.restore(None)
    click(panel, *INDIA)
    assert session.address == Address("record", "india")
    assert current(panel) == INDIA


def test_a_click_on_a_section_opens_and_closes_it(panel: TreePanel, session: Session) -> None:
    click(panel, "s:country")
    assert panel.view.isExpanded(row(panel, "s:country"))
    click(panel, "s:country")
    assert not panel.view.isExpanded(row(panel, "s:country"))
    assert session.address is None


def test_a_double_click_opens_a_record_and_its_node(panel: TreePanel, session: Session) -> None:
    panel.restore(None)
    rect = panel.view.visualRect(row(panel, *INDIA))
    place = QPoint(rect.left() + 40, rect.center().y())
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.address == Address("record", "india")
    assert panel.view.isExpanded(row(panel, *INDIA))


def test_a_click_on_the_sign_opens_the_node_and_shows_nothing(panel: TreePanel, session: Session) -> None:
    panel.restore(None)
    rect = panel.view.visualRect(row(panel, *INDIA))
    QTest.mousePress(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() - 8, rect.center().y()))
    assert panel.view.isExpanded(row(panel, *INDIA))


def test_a_right_click_and_a_click_beside_the_rows_do_nothing(panel: TreePanel, session: Session) -> None:
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(60, 5))
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 480))
    assert panel.open_nodes() == ()


def test_the_arrow_keys_open_a_record_once_they_rest(panel: TreePanel, session: Session, qtbot: QtBot) -> None:
    panel.restore(None)
    panel.view.setCurrentIndex(row(panel, "s:country"))
    with qtbot.waitSignal(session.address_changed) as said:
        press(panel, Qt.Key.Key_Down, Qt.Key.Key_Down)
    # It passed over China without opening it.
    assert said.args == [Address("record", "india")]
    assert not session.can_go_back


def test_enter_opens_at_once(panel: TreePanel, session: Session) -> None:
    panel.restore(None)
    panel.view.setCurrentIndex(row(panel, *INDIA))
    press(panel, Qt.Key.Key_Return)
    assert session.address == Address("record", "india")


def test_enter_opens_and_closes_a_section(panel: TreePanel) -> None:
    panel.view.setCurrentIndex(row(panel, "s:country"))
    press(panel, Qt.Key.Key_Return)
    assert panel.open_nodes() == (("s:country",),)
    press(panel, Qt.Key.Key_Enter)
    assert panel.open_nodes() == ()


def test_home_end_and_letters_move(panel: TreePanel) -> None:
    panel.restore(None)
    panel.view.setCurrentIndex(row(panel, *INDIA))
    press(panel, Qt.Key.Key_End)
    assert current(panel) == ("s:technology", "r:telecoms")
    press(panel, Qt.Key.Key_Home)
    assert current(panel) == ("s:country",)
    QTest.keyClicks(panel.view, "so")
    assert current(panel) == ("s:country", "r:south-korea")


def test_the_star_opens_one_node_and_not_all_without_end(panel: TreePanel) -> None:
    panel.restore(None)
    panel.view.setCurrentIndex(row(panel, *INDIA))
    QTest.keyClick(panel.view, Qt.Key.Key_Asterisk)
    assert INDIA in panel.open_nodes()
    assert len(panel.open_nodes()) == 4


def test_what_is_read_is_marked_in_the_tree(panel: TreePanel, session: Session) -> None:
    panel.restore(None)
    session.go(Address("record", "south-korea"))
    assert current(panel) == ("s:country", "r:south-korea")


def test_a_row_in_view_is_marked_before_the_one_in_its_section(panel: TreePanel, session: Session) -> None:
    panel.view.open((("s:country",), INDIA, (*INDIA, "g:dialogue")))
    session.go(Address("record", "icet"))
    assert current(panel) == (*INDIA, "g:dialogue", "r:icet")


def test_a_closed_section_is_opened_for_what_is_read(panel: TreePanel, session: Session) -> None:
    session.go(Address("record", "6g"))
    assert current(panel) == ("s:technology", "r:telecoms", "r:6g")
    assert panel.view.is_in_view(panel.view.currentIndex())


def test_a_record_that_is_not_there_marks_nothing(panel: TreePanel, session: Session) -> None:
    session.go(Address("record", "india"))
    session.go(Address("record", "nowhere"))
    assert current(panel) == ()


def test_a_tree_that_is_out_of_sight_stays_as_it_is(panel: TreePanel, session: Session) -> None:
    session.go(Address("record", "india"))
    panel.follow = False
    session.go(Address("record", "icet"))
    assert current(panel) == INDIA


def test_a_broken_file_is_marked_and_opened_at_its_line(
    panel: TreePanel, session: Session, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.faults = [Problem("a.yaml", 3, 1, "tab", "There is a tab.", "Use spaces.")]
    session.index_updated(Changes())
    with qtbot.waitSignal(session.address_changed):
        panel.show_problems()
    assert session.address == Address("file", "a.yaml")
    panel.view.expand(row(panel, "problems", "f:a.yaml"))
    panel.view.setCurrentIndex(panel.view.tree_model.index(0, 0, row(panel, "problems", "f:a.yaml")))
    press(panel, Qt.Key.Key_Return)
    assert session.address == Address("file", "a.yaml", "line-3")
    session.go(Address("file", "a.yaml"))
    assert current(panel)[:2] == ("problems", "f:a.yaml")


def test_without_problems_there_is_nothing_to_show(panel: TreePanel) -> None:
    before = current(panel)
    panel.show_problems()
    assert current(panel) == before


def test_selection_scroll_and_open_nodes_outlive_a_change(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    for number in range(60):
        library.add(f"m{number:02}", "country", f"Mu {number:02}")
    session.index_updated(Changes())
    panel.view.expand(row(panel, "s:country"))
    panel.view.expand(row(panel, "s:dialogue"))
    session.go(Address("record", "m30"))
    panel.view.scrollTo(row(panel, "s:country", "r:m20"), panel.view.ScrollHint.PositionAtTop)
    seen = panel.view.visualRect(row(panel, "s:country", "r:m20")).top()
    for number in range(20):
        library.add(f"a{number:02}", "country", f"A {number:02}")
    del library.cards_by_id["china"]
    session.index_updated(Changes())
    assert panel.view.visualRect(row(panel, "s:country", "r:m20")).top() == seen
    assert current(panel) == ("s:country", "r:m30")
    assert panel.open_nodes() == (("s:country",), ("s:dialogue",))
    assert session.address == Address("record", "m30")


def test_who_is_on_the_way_through_the_tree_is_not_called_back_by_a_change(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    session.go(Address("record", "india"))
    panel.view.setFocus()
    press(panel, Qt.Key.Key_End)
    assert current(panel) == ("s:technology",)
    library.add("kim", "person")
    for number in range(5):
        library.add(f"o{number}", "organisation")
    session.index_updated(Changes())
    assert current(panel) == ("s:technology",)
    assert session.address == Address("record", "india")


def test_the_chosen_row_stays_where_it_is_while_sections_come_above_it(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    for number in range(60):
        library.add(f"m{number:02}", "country", f"Mu {number:02}")
    session.index_updated(Changes())
    panel.view.expand(row(panel, "s:country"))
    panel.view.scrollToBottom()
    session.go(Address("record", "6g"))
    seen = panel.view.visualRect(panel.view.currentIndex()).top()
    assert current(panel)[0] == "s:technology"
    assert 0 < seen < panel.view.viewport().height()
    for number in range(9):
        library.add(f"zz{number}", "country", f"Zz {number}")
    session.index_updated(Changes())
    assert current(panel)[0] == "s:technology"
    assert panel.view.visualRect(panel.view.currentIndex()).top() == seen


def test_the_row_of_what_is_read_going_away_opens_no_other(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    panel.restore(None)
    session.go(Address("record", "china"))
    del library.cards_by_id["china"]
    session.index_updated(Changes())
    assert current(panel) == ()
    assert session.address == Address("record", "china")


def test_the_first_index_opens_the_first_sections(session: Session, theme: Theme, qtbot: QtBot) -> None:
    library = FakeLibrary()
    library.close = lambda: None  # type: ignore[attr-defined]
    library.refresh = lambda: True  # type: ignore[attr-defined]
    session.library = library  # type: ignore[assignment]
    panel = TreePanel(session, theme)
    qtbot.addWidget(panel)
    library.add("india", "country")
    session.index_updated(Changes())
    assert panel.open_nodes() == (("s:country",),)


def test_the_tree_comes_back_as_it_was_left(panel: TreePanel, session: Session, library: FakeLibrary) -> None:
    for number in range(60):
        library.add(f"m{number:02}", "country", f"Mu {number:02}")
    session.index_updated(Changes())
    place = Place(
        open_nodes=(("s:country",), INDIA, (*INDIA, "g:dialogue"), ("s:gone",)),
        top_node=("s:country", "r:m20"),
        current_node=("s:country", "r:m25"),
    )
    panel.restore(place)
    assert panel.open_nodes() == place.open_nodes[:3]
    assert panel.top_node() == place.top_node
    assert panel.current_node() == place.current_node
    panel.collapse()
    assert panel.open_nodes() == ()


def test_what_is_left_of_a_long_section_loads_as_it_comes_into_view(
    panel: TreePanel, session: Session, library: FakeLibrary, qtbot: QtBot
) -> None:
    for number in range(CHUNK + 100):
        library.add(f"e{number}", "event", f"Event {number:04}")
    session.index_updated(Changes())
    section = row(panel, "s:event")
    panel.view.expand(section)
    model = panel.view.tree_model
    assert model.rowCount(section) == CHUNK + 1
    panel.view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount(row(panel, "s:event")) == CHUNK + 100)


def test_going_down_to_the_rest_of_a_long_section_loads_it(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    for number in range(CHUNK + 100):
        library.add(f"e{number}", "event", f"Event {number:04}")
    session.index_updated(Changes())
    section = row(panel, "s:event")
    panel.view.expand(section)
    panel.hide()
    panel.view.setCurrentIndex(panel.view.tree_model.index(CHUNK, 0, section))
    assert panel.view.tree_model.rowCount(section) == CHUNK + 100


def test_a_row_says_in_a_tip_what_does_not_fit(panel: TreePanel, library: FakeLibrary, qtbot: QtBot) -> None:
    library.add("long", "country", "A very long title " * 12)
    library.add("stale", "country", "Stale", stale=True)
    panel.view.tree_model.refresh()
    panel.restore(None)
    delegate = panel.view.itemDelegate()

    def tip(*path: str) -> str:
        option = QStyleOptionViewItem()
        option.rect = panel.view.visualRect(row(panel, *path))
        event = QHelpEvent(QHelpEvent.Type.ToolTip, option.rect.center(), panel.mapToGlobal(option.rect.center()))
        shown = delegate.helpEvent(event, panel.view, option, row(panel, *path))
        return QToolTip.text() if shown else ""

    assert tip("s:country", "r:long").startswith("A very long title")
    assert "faults" in tip("s:country", "r:stale")
    assert tip(*INDIA) == ""
    option = QStyleOptionViewItem()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(), QPoint())
    assert not delegate.helpEvent(event, panel.view, option, QModelIndex())


def test_the_row_under_the_mouse_and_the_theme_are_drawn(panel: TreePanel, theme: Theme, qtbot: QtBot) -> None:
    panel.restore(None)
    before = panel.grab().toImage()
    QTest.mouseMove(panel.view.viewport(), panel.view.visualRect(row(panel, *INDIA)).center())
    hovered = panel.grab().toImage()
    assert hovered != before
    theme.choose("dark", "system")
    assert panel.grab().toImage() != hovered
