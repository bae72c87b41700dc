from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from briefing.app.context.delegate import ContextDelegate
from briefing.app.context.model import ContextModel, Role
from briefing.app.context.panel import ContextPanel
from briefing.app.context.row import Row
from briefing.app.context.rows import SHOWN_AT_FIRST, rows_of
from briefing.app.session import Address, Session
from briefing.library.library import Library
from tests.app.reading_library import FILES, change, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.theme import Theme

TRILATERAL = Address("record", "trilateral")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path / "small")


@pytest.fixture
def context(qtbot: QtBot, session: Session, theme: Theme, folder: Path) -> ContextPanel:
    session.open_library(folder)
    panel = ContextPanel(session, theme)
    panel.resize(300, 600)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def said(rows: tuple[Row, ...]) -> list[str]:
    """Return the rows as a reader sees them, headings in capitals."""
    return [
        row.text.upper() if row.type == "heading" else " | ".join(filter(None, (row.text, row.detail))) for row in rows
    ]


def number_of(context: ContextPanel, text: str) -> int:
    return next(at for at, row in enumerate(context.model.rows) if row.text == text)


def click(qtbot: QtBot, context: ContextPanel, text: str) -> None:
    index = context.model.index(number_of(context, text))
    context.list.scrollTo(index)
    QTest.mouseClick(context.list.viewport(), Qt.MouseButton.LeftButton, pos=context.list.visualRect(index).center())


def test_relations_dates_and_sources_are_told_from_both_ends(folder: Path) -> None:
    with Library(folder) as library:
        assert said(rows_of(TRILATERAL, library)) == [
            "MEMBERS",
            "India",
            "South Korea",
            "TECHNOLOGY AREAS",
            "Semiconductors",
            "TIMELINE",
            "First meeting | August 2023",
            "Announced | December 2023",
            "Next due | first quarter of 2024",
            "CITES",
            "An article | ¶1–2, 4 · 2 claims",
            "MENTIONS",
            "India",
            "MEETINGS",
            "First meeting | August 2023",
        ]
        india = said(rows_of(Address("record", "india"), library))
        assert india[:3] == [
            "TIMELINE",
            "First meeting | August 2023",
            "Trilateral dialogue | announced, December 2023",
        ]
        assert india[india.index("MEMBER OF") + 1] == "Trilateral dialogue"
        assert "MENTIONED BY" in india


def test_a_source_says_which_claims_cite_it(folder: Path) -> None:
    with Library(folder) as library:
        rows = rows_of(Address("record", "article"), library)
    assert said(rows)[:3] == [
        "CITED BY",
        "A first round is planned for the first quarter of 2024. | ¶1-2 · Trilateral dialogue · not checkable here",
        "China answers slowly. | ¶4 · Trilateral dialogue · paragraph only",
    ]
    assert rows[1].address == Address("record", "trilateral", "claim-first")
    assert "SOURCE OF" not in said(rows)


def test_a_record_that_nothing_names_says_so(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "one", {"one.yaml": "kind: country\ntitle: One\n"})
    with Library(folder) as library:
        assert said(rows_of(Address("record", "one"), library)) == ["Nothing is related to this record."]
        assert rows_of(Address("record", "two"), library) == ()
        assert rows_of(None, library) == ()
    assert rows_of(Address("record", "one"), None) == ()


def test_a_broken_file_offers_its_last_good_versions(context: ContextPanel, session: Session) -> None:
    change(session, "india.yaml", FILES["india.yaml"] + "nonsense: 1\n")
    session.go(Address("file", "india.yaml"))
    assert said(context.model.rows) == ["LAST GOOD VERSION", "India"]
    tip = context.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "India\nThe last good version: its file has faults now."
    change(session, "india.yaml", FILES["india.yaml"])
    assert said(context.model.rows) == ["IN THIS FILE", "India"]


def many(number: int) -> dict[str, str]:
    events = "---\n".join(f"id: e{at}\nkind: event\ntitle: Meeting {at:04}\ncountries: india\n" for at in range(number))
    return {"india.yaml": FILES["india.yaml"], "events.yaml": events}


def test_a_long_group_is_cut_short_until_it_is_opened(
    qtbot: QtBot, session: Session, theme: Theme, tmp_path: Path
) -> None:
    session.open_library(write_library(tmp_path / "many", many(3000)))
    panel = ContextPanel(session, theme)
    panel.resize(300, 600)
    qtbot.addWidget(panel)
    panel.show()
    session.go(Address("record", "india"))
    rows = panel.model.rows
    assert len(rows) == SHOWN_AT_FIRST + 2
    assert rows[-1].text == "Show all 3,000"
    panel.list.setCurrentIndex(panel.model.index(len(rows) - 1))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(panel.model.rows) == 3001
    assert panel.list.currentIndex().row() == SHOWN_AT_FIRST + 1
    assert panel.list.verticalScrollBar().maximum() > 3000
    session.go(Address("record", "e7"))
    session.back()
    assert len(panel.model.rows) == SHOWN_AT_FIRST + 2


def test_a_few_rows_too_many_are_not_hidden(tmp_path: Path) -> None:
    with Library(write_library(tmp_path / "few", many(SHOWN_AT_FIRST + 3))) as library:
        rows = rows_of(Address("record", "india"), library)
    assert len(rows) == SHOWN_AT_FIRST + 4
    assert rows[-1].type == "record"


def test_a_cut_timeline_goes_on_below_its_last_row(tmp_path: Path) -> None:
    files = many(60)
    files["events.yaml"] = files["events.yaml"].replace("countries:", "date: 2023\ncountries:")
    with Library(write_library(tmp_path / "few", files)) as library:
        rows = rows_of(Address("record", "india"), library)
        opened = rows_of(Address("record", "india"), library, ["Timeline"])
    moments = [row for row in rows if row.type == "moment"]
    assert (moments[0].first, moments[-1].last, len(moments)) == (True, False, SHOWN_AT_FIRST)
    assert [row for row in opened if row.type == "moment"][-1].last
    assert "Show all 60" in said(rows)


def test_a_click_leads_to_the_record(qtbot: QtBot, context: ContextPanel, session: Session) -> None:
    session.go(TRILATERAL)
    click(qtbot, context, "South Korea")
    assert session.address == Address("record", "korea")
    session.go(Address("record", "article"))
    click(qtbot, context, "China answers slowly.")
    assert session.address == Address("record", "trilateral", "claim-second")


def test_the_keyboard_goes_through_rows_and_past_headings(
    qtbot: QtBot, context: ContextPanel, session: Session
) -> None:
    session.go(TRILATERAL)
    context.setFocus()
    context.list.setCurrentIndex(context.model.index(1))
    for expected in ("South Korea", "Semiconductors"):
        QTest.keyClick(context.list, Qt.Key.Key_Down)
        assert context.list.currentIndex().data() == expected
    QTest.keyClick(context.list, Qt.Key.Key_Space)
    assert session.address == Address("record", "chips")


def test_enter_on_nothing_does_nothing(qtbot: QtBot, context: ContextPanel, session: Session) -> None:
    session.go(TRILATERAL)
    QTest.keyClick(context.list, Qt.Key.Key_Return)
    assert session.address == TRILATERAL


def test_a_saved_file_shows_at_once_and_keeps_the_row(context: ContextPanel, session: Session) -> None:
    session.go(TRILATERAL)
    context.list.setCurrentIndex(context.model.index(number_of(context, "Semiconductors")))
    change(session, "japan.yaml", "kind: country\ntitle: Japan\n")
    assert context.list.currentIndex().data() == "Semiconductors"
    change(session, "trilateral.yaml", FILES["trilateral.yaml"].replace("[india, korea]", "[india, japan, korea]"))
    assert "Japan" in said(context.model.rows)
    assert context.list.currentIndex().data() == "Semiconductors"


def test_a_place_in_the_same_record_changes_nothing(qtbot: QtBot, context: ContextPanel, session: Session) -> None:
    session.go(TRILATERAL)
    with qtbot.assertNotEmitted(context.model.modelReset):
        session.go(Address("record", "trilateral", "fn-1"))
    session.close_library()
    assert context.model.rows == ()


def test_the_row_under_the_mouse_is_said(qtbot: QtBot, context: ContextPanel, session: Session) -> None:
    session.go(TRILATERAL)
    with qtbot.waitSignal(context.status_changed) as status:
        context.list.entered.emit(context.model.index(number_of(context, "First meeting")))
    assert status.args == ["First meeting – August 2023"]
    with qtbot.waitSignal(context.status_changed) as status:
        context.list.entered.emit(context.model.index(number_of(context, "India")))
    assert status.args == ["India"]
    with qtbot.waitSignal(context.status_changed) as status:
        context.list.viewportEntered.emit()
    assert status.args == [""]


def test_the_model_is_sound(qtbot: QtBot, session: Session, theme: Theme, folder: Path) -> None:
    model = ContextModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows = [
        Row("heading", "Members", "Members"),
        Row("record", "India", "Members", "2023", "country", Address("record", "india"), stale=True),
        Row("more", "Show all 40", "Members"),
    ]
    assert model.set_rows(rows)
    assert not model.set_rows(rows)
    spoken = [model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(3)]
    assert spoken == ["Members", "Members: India, 2023, last good version", "Show all 40: Members"]
    assert model.index(0).flags() == Qt.ItemFlag.NoItemFlags
    assert model.index(2).flags() & Qt.ItemFlag.ItemIsEnabled
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.index(1).data(Role.ROW) == rows[1]
    assert model.index(1).data(Qt.ItemDataRole.FontRole) is None
    assert model.index(9).data() is None
    assert model.rowCount(model.index(0)) == 0
    del tester


def height(delegate: ContextDelegate, text: str, width: int, detail: str = "") -> int:
    model = ContextModel()
    model.set_rows([Row("record", text, "Members", detail, "country", Address("record", "x"))])
    option = QStyleOptionViewItem()
    option.rect.setWidth(width)
    return delegate.sizeHint(option, model.index(0)).height()


def test_a_long_title_takes_at_most_three_lines(qtbot: QtBot, theme: Theme) -> None:
    delegate = ContextDelegate(theme)
    one = height(delegate, "India", 300)
    three = height(delegate, "word " * 2000, 300)
    assert one < height(delegate, "word " * 12, 300) < three
    assert three == height(delegate, "x" * 10_000, 300) == height(delegate, "🙂" * 5000, 300)
    assert three < 3.2 * one
    assert height(delegate, "India", 300, "2023") > one
    assert height(delegate, "", 300) == one


def test_every_sort_of_row_is_drawn(qtbot: QtBot, context: ContextPanel, session: Session, theme: Theme) -> None:
    session.go(TRILATERAL)
    context.list.setFocus()
    context.list.setCurrentIndex(context.model.index(1))
    images = [context.grab().toImage()]
    theme.choose("dark", "high")
    images.append(context.grab().toImage())
    QApplication.sendEvent(context, QEvent(QEvent.Type.FontChange))
    context.resize(200, 600)
    images.append(context.grab().toImage())
    context.model.set_rows([Row("empty", "Nothing", "")])
    images.append(context.grab().toImage())
    context.model.set_rows([Row("more", "Show all", "Members")])
    images.append(context.grab().toImage())
    assert all(image != other for at, image in enumerate(images) for other in images[:at])


def test_the_words_that_are_searched_for_are_marked_in_it(
    qtbot: QtBot, context: ContextPanel, session: Session, theme: Theme
) -> None:
    session.go(TRILATERAL)
    assert "India" in said(context.model.rows)

    def marked(query: str) -> set[int]:
        """Return the rows on which something is marked."""
        session.set_query(query)
        image = context.list.grab().toImage()
        places = [context.list.visualRect(context.model.index(row)) for row in range(len(context.model.rows))]
        return {
            row
            for row, place in enumerate(places)
            if any(image.pixelColor(x, place.center().y()) == theme.colour("match") for x in range(place.width()))
        }

    assert marked("") == set()
    assert marked("india") == {row for row, each in enumerate(context.model.rows) if "India" in each.text}
    assert marked("kind:country") == set()


def test_an_index_of_no_row_is_not_drawn(qtbot: QtBot, theme: Theme) -> None:
    delegate = ContextDelegate(theme)
    model = ContextModel()
    assert delegate.sizeHint(QStyleOptionViewItem(), model.index(0)).height() == 0
    pixmap = QPixmap(10, 10)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    delegate.paint(painter, QStyleOptionViewItem(), model.index(0))
    painter.end()
    assert pixmap.toImage().pixelColor(QPoint(5, 5)) == Qt.GlobalColor.white
