from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from briefing.app.session import Address, Changes
from briefing.app.settings import Place
from briefing.app.tree import open_ranges
from briefing.app.tree.delegate import _fitted
from briefing.app.tree.panel import TreePanel
from tests.app.fake_library import FakeLibrary

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.session import Session
    from briefing.app.theme import Theme

LETTERS = "ABCDEFGHIJ"
RANGES = ("from:\n", "from:c\n", "from:e\n", "from:g\n", "from:i\n")


@pytest.fixture
def library(session: Session) -> FakeLibrary:
    made = FakeLibrary()
    made.add("india", "country")
    made.add("zoo", "person")
    for letter in LETTERS:
        for number in range(10):
            made.add(f"{letter.lower()}{number}", "event", f"{letter}{number}")
    made.starts["event"] = ["", "c", "e", "g", "i"]
    made.link("india", "c5")
    made.record = lambda id: None  # type: ignore[attr-defined]  # noqa: A006
    made.close = lambda: None  # type: ignore[attr-defined]
    made.refresh = lambda: True  # type: ignore[attr-defined]
    session.library = made  # type: ignore[assignment]
    return made


@pytest.fixture
def panel(session: Session, theme: Theme, library: FakeLibrary, qtbot: QtBot) -> TreePanel:
    made = TreePanel(session, theme)
    # It fetches whatever there is when it is made.
    made.view.tree_model.show(None)
    tester = QAbstractItemModelTester(
        made.view.tree_model, QAbstractItemModelTester.FailureReportingMode.Fatal, made.view.tree_model
    )
    tester.setUseFetchMore(False)
    made.view.tree_model.show(library)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.address_requested.connect(session.go)
    made.resize(300, 500)
    made.show()
    return made


def row(panel: TreePanel, *path: str) -> QModelIndex:
    index = panel.view.tree_model.find(path)
    assert index.isValid(), path
    return index


def below(panel: TreePanel, index: QModelIndex) -> list[str]:
    model = panel.view.tree_model
    return [str(model.index(at, 0, index).data()) for at in range(model.rowCount(index))]


def open_section(panel: TreePanel) -> QModelIndex:
    section = row(panel, "s:event")
    panel.view.setCurrentIndex(section)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    return section


def test_a_long_section_opens_to_ranges_and_these_to_their_records(panel: TreePanel, library: FakeLibrary) -> None:
    section = open_section(panel)
    assert below(panel, section) == ["A0 – B9", "C0 – D9", "E0 – F9", "G0 – H9", "I0 – J9"]
    assert not [each for each in library.asked if each.startswith("cards in")]
    part = panel.view.tree_model.index(1, 0, section)
    panel.view.setCurrentIndex(part)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert below(panel, part) == [f"{letter}{number}" for letter in "CD" for number in range(10)]
    assert part.data(Qt.ItemDataRole.AccessibleTextRole) == "C0 to D9, 20 records"


def test_a_range_opens_and_closes_at_a_click_and_at_enter(panel: TreePanel, session: Session) -> None:
    part = panel.view.tree_model.index(1, 0, open_section(panel))
    rect = panel.view.visualRect(part)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 40, rect.center().y()))
    assert panel.view.isExpanded(part)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert not panel.view.isExpanded(part)
    QTest.mousePress(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() - 8, rect.center().y()))
    assert panel.view.isExpanded(part)
    assert session.address is None


def test_the_keys_go_through_an_open_range_into_the_next(panel: TreePanel) -> None:
    section = open_section(panel)
    panel.view.expand(panel.view.tree_model.index(0, 0, section))
    panel.view.setCurrentIndex(row(panel, "s:event", "r:b9"))
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert panel.current_node() == ("s:event", RANGES[1])
    QTest.keyClick(panel.view, Qt.Key.Key_Up)
    assert panel.current_node() == ("s:event", RANGES[0], "r:b9")
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.current_node() == ("s:event", RANGES[0])


def test_what_is_read_is_marked_in_the_range_that_holds_it(panel: TreePanel, session: Session) -> None:
    session.go(Address("record", "f3"))
    assert panel.current_node() == ("s:event", RANGES[2], "r:f3")
    assert panel.view.is_in_view(panel.view.currentIndex())
    assert panel.open_nodes() == (("s:event",), ("s:event", RANGES[2]))


def test_the_tree_is_restored_as_it_was_left(panel: TreePanel, session: Session) -> None:
    session.go(Address("record", "f3"))
    place = Place(open_nodes=panel.open_nodes(), current_node=panel.current_node(), top_node=panel.top_node())
    panel.collapse()
    panel.restore(place)
    assert panel.open_nodes() == place.open_nodes
    assert panel.current_node() == place.current_node


def test_a_way_through_a_range_of_another_day_leads_to_the_record(panel: TreePanel, library: FakeLibrary) -> None:
    assert row(panel, "s:event", "from:b\n", "r:f3").data() == "F3"
    assert row(panel, "s:event", "from:ef\n").data() == "E0 – F9"
    assert row(panel, "s:event", "r:f3").parent().data() == "E0 – F9"
    assert not panel.view.tree_model.find(("s:event", "r:nothing")).isValid()
    assert row(panel, "s:country", "from:b\n") == row(panel, "s:country")
    assert row(panel, "s:country", "from:b\n", "r:india").data() == "India"
    assert not panel.view.tree_model.find(("s:country", "r:india", "from:b\n")).isValid()


def test_a_change_in_a_range_shows_in_it_and_in_its_number(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    session.go(Address("record", "f3"))
    part = panel.view.currentIndex().parent()
    library.add("f30", "event", "F30")
    del library.cards_by_id["f9"]
    del library.cards_by_id["e0"]
    session.index_updated(Changes())
    part = panel.view.currentIndex().parent()
    assert "F30" in below(panel, part)
    assert part.data() == "E1 – F8"
    assert part.data(Qt.ItemDataRole.AccessibleTextRole) == "E1 to F8, 19 records"
    assert panel.current_node() == ("s:event", RANGES[2], "r:f3")


def test_the_row_stays_marked_when_its_range_is_parted(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    session.go(Address("record", "f3"))
    library.starts["event"] = ["", "c", "e", "f", "g", "i"]
    session.index_updated(Changes())
    assert panel.current_node() == ("s:event", "from:f\n", "r:f3")
    assert panel.view.is_in_view(panel.view.currentIndex())


def test_a_section_that_becomes_short_shows_its_records_again(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    session.go(Address("record", "f3"))
    library.starts.clear()
    session.index_updated(Changes())
    assert panel.current_node() == ("s:event", "r:f3")
    assert panel.view.tree_model.rowCount(row(panel, "s:event")) == 100
    library.starts["event"] = ["", "f"]
    session.index_updated(Changes())
    assert panel.current_node() == ("s:event", "from:f\n", "r:f3")


def test_few_ranges_stay_open_and_the_rows_in_view_stand_still(
    panel: TreePanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_ranges, "OPEN_ROWS", 45)
    section = open_section(panel)
    panel.resize(300, 250)
    parts = [panel.view.tree_model.index(at, 0, section) for at in range(5)]
    for part in parts[:2]:
        panel.view.expand(part)
    panel.view.setCurrentIndex(parts[2])
    panel.view.scrollTo(parts[2], panel.view.ScrollHint.PositionAtTop)
    seen = panel.view.visualRect(parts[2]).top()
    with qtbot.waitSignal(panel.view.collapsed):
        QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert [panel.view.isExpanded(part) for part in parts] == [False, True, True, False, False]
    assert panel.view.visualRect(parts[2]).top() == seen
    # Opened again, it is the last one to close.
    panel.view.collapse(parts[1])
    panel.view.expand(parts[1])
    with qtbot.waitSignal(panel.view.collapsed):
        panel.view.expand(parts[4])
    assert [panel.view.isExpanded(part) for part in parts] == [False, True, False, False, True]


def test_one_range_stays_open_however_long_it_is(
    panel: TreePanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_ranges, "OPEN_ROWS", 5)
    section = open_section(panel)
    parts = [panel.view.tree_model.index(at, 0, section) for at in range(2)]
    panel.view.expand(parts[0])
    with qtbot.waitSignal(panel.view.collapsed):
        panel.view.expand(parts[1])
    assert [panel.view.isExpanded(part) for part in parts] == [False, True]


def test_the_range_is_marked_when_the_marked_row_closes_with_it(panel: TreePanel, session: Session) -> None:
    session.go(Address("record", "f3"))
    panel.view.collapse(panel.view.currentIndex().parent())
    assert panel.current_node() == ("s:event", RANGES[2])
    assert session.address == Address("record", "f3")


def test_a_closed_range_is_not_asked_for_with_every_change(
    panel: TreePanel, session: Session, library: FakeLibrary
) -> None:
    section = open_section(panel)
    part = panel.view.tree_model.index(1, 0, section)
    panel.view.expand(part)
    panel.view.collapse(part)
    session.index_updated(Changes())
    assert panel.view.tree_model.rowCount(part) == 0
    library.add("c55", "event", "C55")
    QTest.keyClick(panel.view, Qt.Key.Key_Home)
    panel.view.setCurrentIndex(part)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert "C55" in below(panel, part)


def test_letters_jump_to_a_title_in_a_closed_range(
    panel: TreePanel, session: Session, library: FakeLibrary, qtbot: QtBot
) -> None:
    library.starts["event"] = ["", "c", "c5", "e"]
    session.index_updated(Changes())
    open_section(panel)
    with qtbot.waitSignal(panel.view.collapsed):
        QTest.keyClick(panel.view, Qt.Key.Key_C)
        assert panel.current_node() == ("s:event", RANGES[1], "r:c0")
        QTest.keyClick(panel.view, Qt.Key.Key_7)
        assert panel.current_node() == ("s:event", "from:c5\n", "r:c7")
    # What was opened on the way is closed.
    assert panel.open_nodes() == (("s:event",), ("s:event", "from:c5\n"))


def test_letters_that_no_title_begins_with_leave_the_row(panel: TreePanel) -> None:
    open_section(panel)
    QTest.keyClicks(panel.view, "qq")
    assert panel.current_node() == ("s:event",)


def test_a_long_name_of_a_range_is_cut_at_both_ends(panel: TreePanel, session: Session, library: FakeLibrary) -> None:
    section = open_section(panel)
    item = panel.view.tree_model.item(panel.view.tree_model.index(0, 0, section))
    assert item is not None
    assert item.range is not None
    metrics = panel.view.fontMetrics()
    assert _fitted(item, metrics, 300) == "A0 – B9"
    begin, end = "The working group on minerals", "The working group on telecommunications"
    long = replace(item, text=f"{begin} – {end}", range=item.range._replace(begins=begin, ends=end))
    text = _fitted(long, metrics, 200)
    assert metrics.horizontalAdvance(text) <= 200
    first, last = text.split(" – ")
    assert (first[:3], first[-3:]) == ("The", "als")
    assert (last[:3], last[-3:]) == ("The", "ons")
