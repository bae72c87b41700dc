from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip

from briefing.app.results.delegate import HitDelegate
from briefing.app.results.excerpt import excerpt
from briefing.app.results.model import MOST, HitsModel, Role, kind_label
from briefing.app.results.panel import ResultsPanel
from briefing.app.session import Address, Changes, Reach
from briefing.errors import CacheError
from briefing.library.library import Library
from briefing.search.query import parse
from briefing.search.ranking import Hit, Hits
from tests.app.small_library import index, small_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.theme import Theme


@pytest.fixture
def panel(session: Session, theme: Theme, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> ResultsPanel:
    session.open_library(small_library(tmp_path / "library"))
    made = ResultsPanel(session, theme, jobs)
    # They are counted when a test says so.
    made.facets._pause.setInterval(3_600_000)
    qtbot.addWidget(made)
    qtbot.addWidget(made.field)
    made.resize(300, 400)
    made.field.show()
    made.show()
    return made


def ask(panel: ResultsPanel, text: str, qtbot: QtBot) -> list[str]:
    with qtbot.waitSignal(panel.answered):
        panel.field.setText(text)
    return titles(panel)


def titles(panel: ResultsPanel) -> list[str]:
    return [str(panel.model.index(row, 0).data()) for row in range(panel.model.rowCount())]


def hit(record_id: str = "icet", **values: object) -> Hit:
    usual: dict[str, object] = {
        "title": "iCET",
        "title_marks": ((0, 4),),
        "reason": "title",
        "text": "Work on semiconductors and 6G.",
        "marks": ((8, 22),),
    }
    return Hit(key=1, id=record_id, kind="dialogue", **{**usual, **values})  # type: ignore[arg-type]


def hits(*found: Hit, total: int = 0, query: str = "icet") -> Hits:
    return Hits(parse(query), found, total or len(found), ())


def test_typing_finds(panel: ResultsPanel, qtbot: QtBot) -> None:
    assert ask(panel, "semicond", qtbot) == ["iCET"]
    found = panel.model.index(0, 0).data(Role.HIT)
    assert [found.text[start:end] for start, end in found.marks] == ["semiconductors"]
    assert panel._summary.text() == "1 hit"


def test_what_is_shown_in_place_of_a_query_can_be_undone(panel: ResultsPanel, qtbot: QtBot) -> None:
    assert ask(panel, "semiconducters", qtbot) == ["iCET"]
    assert panel._notes.text() == "Nothing for “semiconducters”; showing “semiconductors”."
    assert panel.exactly.isVisible()
    with qtbot.waitSignal(panel.answered):
        panel.exactly.click()
    assert panel.field.text() == "+semiconducters*"
    assert titles(panel) == []
    assert not panel.exactly.isVisible()
    assert ask(panel, "semiconductors", qtbot) == ["iCET"]
    assert not panel.exactly.isVisible()


def test_the_first_hit_is_chosen_and_enter_opens_it(panel: ResultsPanel, session: Session, qtbot: QtBot) -> None:
    ask(panel, "icet", qtbot)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert session.address == Address("record", "icet")
    assert session.query == "icet"
    assert panel.field.text() == "icet"


def test_the_arrows_choose_without_leaving_the_field(panel: ResultsPanel, session: Session, qtbot: QtBot) -> None:
    found = ask(panel, "country:india", qtbot)
    assert len(found) > 2
    QTest.keyClick(panel.field, Qt.Key.Key_Up)
    assert panel.view.currentIndex().row() == 0
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Up)
    assert panel.view.currentIndex().row() == 1
    QTest.keyClick(panel.field, Qt.Key.Key_PageDown)
    assert panel.view.currentIndex().row() == len(found) - 1
    QTest.keyClick(panel.field, Qt.Key.Key_PageUp)
    assert panel.view.currentIndex().row() == 0
    assert session.address is None


def test_a_click_opens_a_hit(panel: ResultsPanel, session: Session, qtbot: QtBot) -> None:
    ask(panel, "quad", qtbot)
    place = panel.view.visualRect(panel.model.index(0, 0)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.address == Address("record", "quad")


def test_escape_leaves_the_search_and_its_marks(panel: ResultsPanel, session: Session, qtbot: QtBot) -> None:
    ask(panel, "icet", qtbot)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.active_changed) as said:
        QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert said.args == [False]
    assert (panel.field.text(), session.query, panel.model.rowCount(), panel.active) == ("", "", 0, False)


def test_spaces_alone_are_no_query(panel: ResultsPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.active_changed):
        panel.field.setText("   ")


def test_nothing_found_says_so_and_what_to_do(panel: ResultsPanel, qtbot: QtBot) -> None:
    assert ask(panel, "<b>xyzzyqq</b>", qtbot) == []
    assert "No record has “<b>xyzzyqq</b>”" in panel._nothing.text()
    assert panel._nothing.textFormat() == Qt.TextFormat.PlainText
    assert not panel.view.isVisible()
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert ask(panel, "icet", qtbot) == ["iCET"]
    assert panel.view.isVisible()


def test_what_could_not_be_read_of_a_query_is_said(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "colour:red india", qtbot)
    assert panel._notes.text() != ""
    assert panel._notes.isVisible()
    ask(panel, "india", qtbot)
    assert not panel._notes.isVisible()


def test_a_change_of_the_library_searches_again_and_stays_on_its_hit(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    ask(panel, "country:india", qtbot)
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    here = panel.view.currentIndex().data(Role.HIT).id
    (tmp_path / "library" / "a.yaml").write_text("kind: dialogue\ntitle: Aardvark dialogue\nmembers: [india]\n")
    index(tmp_path / "library")
    with qtbot.waitSignal(panel.answered):
        session.index_updated(Changes())
    assert "Aardvark dialogue" in titles(panel)
    assert panel.view.currentIndex().data(Role.HIT).id == here


def test_a_change_of_the_library_without_a_query_asks_nothing(
    panel: ResultsPanel, session: Session, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(panel.answered):
        session.index_updated(Changes())


def test_another_library_is_searched_as_soon_as_it_is_open(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    ask(panel, "quad", qtbot)
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "kiel.yaml").write_text("kind: country\ntitle: Kiel\n")
    index(folder)
    session.open_library(folder)
    assert panel.field.text() == ""
    assert ask(panel, "kiel", qtbot) == ["Kiel"]
    session.close_library()
    panel.field.setText("kiel")
    assert titles(panel) == []


def test_a_search_that_fails_says_why(panel: ResultsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Hits:
        raise CacheError("The index cannot be read", mend="F5 makes it anew.")

    monkeypatch.setattr(Library, "search", fail)
    ask(panel, "icet", qtbot)
    assert panel._nothing.text() == "The index cannot be read. F5 makes it anew."


def test_typing_never_waits_and_the_latest_query_wins(
    panel: ResultsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    go_on, begun = threading.Event(), threading.Event()
    search = Library.search

    def slow(self: Library, text: str, limit: int = 20, *, count: bool = True) -> Hits:
        assert threading.current_thread() is not threading.main_thread()
        asked.append(text)
        if len(asked) == 1:
            begun.set()
            go_on.wait(10)
        return search(self, text, limit, count=count)

    monkeypatch.setattr(Library, "search", slow)
    QTest.keyClicks(panel.field, "q")
    assert begun.wait(10)
    QTest.keyClicks(panel.field, "uad")
    with qtbot.waitSignal(panel.answered):
        go_on.set()
    assert asked == ["q", "quad"]
    assert titles(panel)[0] == "Quad"


def test_more_hits_come_as_one_reaches_the_last(panel: ResultsPanel, qtbot: QtBot, tmp_path: Path) -> None:
    records = "\n---\n".join(f"id: e-{n}\nkind: event\ntitle: Meeting {n:03}\n" for n in range(130))
    (tmp_path / "library" / "events.yaml").write_text(records)
    index(tmp_path / "library")
    assert len(ask(panel, "meeting", qtbot)) == 20
    assert panel._summary.text() == "20 or more hits"
    panel.view.choose(18)
    with qtbot.waitSignal(panel.answered):
        QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.model.rowCount() == 40
    assert panel.view.currentIndex().row() == 19
    assert panel._summary.text() == "40 or more hits"
    panel.show_total("other", 7)
    with qtbot.waitSignal(panel.total_changed):
        panel.show_total("meeting", 130)
    assert panel._summary.text() == "130 hits"
    with qtbot.waitSignal(panel.answered):
        panel.load_more()
    assert (panel.model.rowCount(), panel._summary.text()) == (80, "130 hits")


def test_a_search_that_takes_long_says_that_it_is_at_work(
    panel: ResultsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(panel, "icet", qtbot)
    go_on = threading.Event()
    search = Library.search

    def slow(self: Library, text: str, limit: int = 20, *, count: bool = True) -> Hits:
        go_on.wait(10)
        return search(self, text, limit, count=count)

    monkeypatch.setattr(Library, "search", slow)
    panel._patience.setInterval(0)
    panel.field.setText("quad")
    qtbot.waitUntil(lambda: panel._summary.text() == "Searching …")
    assert titles(panel) == ["iCET"]
    with qtbot.waitSignal(panel.answered):
        go_on.set()
    assert panel._summary.text() == "1 hit"


def test_how_many_there_are_is_open_again_when_the_library_changed(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    ask(panel, "meeting", qtbot)
    assert panel._summary.text() == "0 hits"
    meetings(tmp_path / "library", range(100, 130))
    with qtbot.waitSignal(panel.answered):
        session.index_updated(Changes())
    assert panel._summary.text() == "20 or more hits"
    assert panel.view.isVisible()
    assert panel.view.currentIndex().row() == 0


def test_enter_before_the_hits_are_there_opens_the_first_of_those_that_come(
    panel: ResultsPanel, session: Session, qtbot: QtBot
) -> None:
    ask(panel, "icet", qtbot)
    QTest.keyClick(panel.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.address_changed):
        QTest.keyClicks(panel.field, "quad")
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
        assert session.address is None
    assert session.address == Address("record", "quad")


def test_typing_on_takes_an_early_enter_back(panel: ResultsPanel, session: Session, qtbot: QtBot) -> None:
    QTest.keyClicks(panel.field, "qua")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.answered):
        QTest.keyClicks(panel.field, "d")
    assert (titles(panel)[0], session.address) == ("Quad", None)


def test_the_words_that_were_searched_for_are_those_that_are_marked(
    panel: ResultsPanel, session: Session, qtbot: QtBot
) -> None:
    assert ask(panel, "semicondutcors", qtbot) == ["iCET"]
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert [term.tokens for term in parse(session.query).highlights.terms] == [("semiconductors",)]
    assert panel.field.text() == "semicondutcors"


def meetings(folder: Path, numbers: range) -> None:
    """Write that many meetings, and index them."""
    texts = (f"id: e-{n}\nkind: event\ntitle: Meeting {n:03}\nsummary: A meeting.\n" for n in numbers)
    (folder / "events.yaml").write_text("\n---\n".join(texts))
    index(folder)


def place_of(panel: ResultsPanel, record_id: str) -> int:
    """How far below the top of the view a hit stands."""
    return panel.view.visualRect(panel.model.index(panel.model.row_of(record_id), 0)).top()


def test_hits_that_come_while_one_reads_move_neither_the_chosen_one_nor_the_view(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    meetings(tmp_path / "library", range(100, 140))
    ask(panel, "kind:event", qtbot)
    with qtbot.waitSignal(panel.answered):
        panel.load_more()
    assert panel.model.rowCount() == 40
    panel.view.choose(30)
    panel.view.scrollTo(panel.model.index(30, 0), panel.view.ScrollHint.PositionAtCenter)
    before = {each: place_of(panel, each) for each in ("e-129", "e-130", "e-131")}
    assert panel.view.verticalScrollBar().value() > 0
    meetings(tmp_path / "library", range(95, 140))
    with qtbot.waitSignal(panel.answered):
        session.index_updated(Changes())
    assert titles(panel)[0] == "Meeting 095"
    assert panel.model.rowCount() == 40
    assert panel.view.currentIndex().data(Role.HIT).id == "e-130"
    assert {each: place_of(panel, each) for each in before} == before


def test_at_the_top_a_better_hit_is_seen_and_the_chosen_one_stays_chosen(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    meetings(tmp_path / "library", range(100, 140))
    ask(panel, "kind:event", qtbot)
    meetings(tmp_path / "library", range(99, 140))
    with qtbot.waitSignal(panel.answered):
        session.index_updated(Changes())
    assert panel.view.verticalScrollBar().value() == 0
    assert place_of(panel, "e-99") == 0
    assert panel.view.currentIndex().data(Role.HIT).id == "e-100"
    meetings(tmp_path / "library", range(80, 140))
    here = place_of(panel, "e-100")
    with qtbot.waitSignal(panel.answered):
        session.index_updated(Changes())
    assert panel.model.row_of("e-100") < 0 or place_of(panel, "e-100") == here


def test_a_chosen_hit_that_is_gone_gives_way_to_the_one_above_it(
    panel: ResultsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    meetings(tmp_path / "library", range(100, 110))
    ask(panel, "kind:event", qtbot)
    panel.view.choose(9)
    meetings(tmp_path / "library", range(100, 105))
    with qtbot.waitSignal(panel.answered):
        session.index_updated(Changes())
    assert panel.view.currentIndex().data(Role.HIT).id == "e-104"


def test_while_a_library_is_read_for_the_first_time_nothing_found_is_not_for_good(
    panel: ResultsPanel, session: Session, qtbot: QtBot
) -> None:
    session.set_reach(Reach(0, 900))
    ask(panel, "xyzzyqq", qtbot)
    assert panel._nothing.text().startswith("Nothing can be searched yet")
    assert panel._summary.text() == "No hits yet"
    session.set_reach(Reach(6, 900))
    assert panel._nothing.text().startswith("None of the 6 of 900 records so far has “xyzzyqq”.")
    session.set_reach(None)
    assert panel._nothing.text().startswith("No record has “xyzzyqq”.")


def test_the_field_can_be_cleared_with_the_mouse(panel: ResultsPanel, theme: Theme, qtbot: QtBot) -> None:
    assert not panel.field._clear.isVisible()
    ask(panel, "icet", qtbot)
    panel.field._clear.trigger()
    assert panel.field.text() == ""
    theme.choose("dark", "system")
    assert not panel.field._clear.icon().isNull()


def test_a_hit_is_drawn_whatever_is_in_it(panel: ResultsPanel, theme: Theme, qtbot: QtBot) -> None:
    ask(panel, "icet", qtbot)
    panel.model.show(
        hits(
            hit(title="A title that is much too long for its line " * 9, title_marks=((2, 7),)),
            hit("2", text=""),
            hit("3", title="भारत \U0001f1ee\U0001f1f3 대한민국", text="반도체 " * 40, marks=((100, 103),)),
            hit("4", title="x" * 10_000, text="y" * 10_000, marks=((9_000, 9_010),)),
            hit("5", title="", text="In\u202ed\nia", marks=()),
            hit("6", reason="also known as " + "iCET " * 40, reason_marks=((14, 18), (180, 190))),
        )
    )
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    light = panel.grab().toImage()
    heights = [panel.view.visualRect(panel.model.index(row, 0)).height() for row in range(5)]
    assert heights[0] > heights[1] > 0
    assert heights[3] < 200
    QTest.mouseMove(panel.view.viewport(), panel.view.visualRect(panel.model.index(1, 0)).center())
    theme.choose("light", "high")
    assert panel.grab().toImage() != light


def test_the_words_are_marked_in_the_alias_that_a_hit_is_there_for(panel: ResultsPanel, qtbot: QtBot) -> None:
    ask(panel, "icet", qtbot)

    def drawn(*marks: tuple[int, int]) -> QImage:
        panel.model.show(hits(hit(reason="also known as iCET", reason_marks=marks)))
        return panel.view.viewport().grab().toImage()

    assert drawn((14, 18)) != drawn()


def test_a_hit_tells_its_whole_title_in_a_tip(panel: ResultsPanel, theme: Theme, qtbot: QtBot) -> None:
    panel.model.show(hits(hit(title="A long\ntitle")))
    delegate = HitDelegate(theme)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(), panel.mapToGlobal(QPoint(5, 5)))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 40)
    assert delegate.helpEvent(event, panel.view, option, panel.model.index(0, 0))
    assert QToolTip.text() == "A long title"
    assert not delegate.helpEvent(event, panel.view, option, QModelIndex())
    assert delegate.sizeHint(option, QModelIndex()).isEmpty()


def test_the_model_keeps_its_rows_where_the_hits_go_on(qapp: QApplication) -> None:
    model = HitsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    asked: list[int] = []
    model.more_requested.connect(asked.append)
    model.show(hits(hit("a"), hit("b"), total=4))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked[-1] == 4
    model.show(hits(hit("a"), hit("b"), hit("c"), hit("d")))
    assert model.rowCount() == 4
    assert model.row_of("c") == 2
    assert model.row_of("z") == -1
    model.show(hits(hit("a"), hit("b"), hit("c"), hit("d")))
    assert resets == []
    model.show(None)
    assert resets == [True]
    assert model.rowCount(model.index(0, 0)) == 0
    assert not model.canFetchMore(QModelIndex())


def test_a_hit_says_everything_to_a_screen_reader(qapp: QApplication) -> None:
    model = HitsModel()
    model.show(hits(hit()))
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "iCET, Dialogue, title, Work on semiconductors and 6G."
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert kind_label("dossier") == "dossier"
    assert MOST >= 500


@given(st.text(max_size=300), st.lists(st.integers(0, 299), max_size=8))
def test_an_excerpt_has_its_marks_where_the_text_had_them(text: str, places: list[int]) -> None:
    cuts = sorted({place for place in places if place <= len(text)})
    marks = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end]
    shown, inside = excerpt(text, marks)
    assert len(inside) == len(marks)
    for (start, end), (first, last) in zip(marks, inside, strict=True):
        assert len(shown[first:last]) == end - start
        assert shown[first:last] == excerpt(text[start:end], ())[0]
    if inside:
        assert inside[0][0] <= 42


def test_an_excerpt_begins_with_a_whole_word() -> None:
    text = "word " * 30 + "here it is"
    shown, marks = excerpt(text, [(150, 154)])
    assert shown.startswith("… word word")
    assert shown[slice(*marks[0])] == "here"
    assert excerpt("x" * 100 + "here", [(100, 104)])[0].startswith("… xxx")
