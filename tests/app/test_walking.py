from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from briefing.app.actions import Actions
from briefing.app.reader.panel import ReaderPanel
from briefing.app.results.panel import ResultsPanel
from briefing.app.session import Address, Changes
from briefing.app.walking import Walking
from tests.app.small_library import index, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme

FILES = {
    "zebra.yaml": "kind: dialogue\ntitle: Zebra\nsummary: One zebra.\nbody: |\n  A zebra.\n",
    "herd.yaml": "kind: dialogue\ntitle: Zebra herd\nsummary: None here.\n",
    "late.yaml": "kind: event\ntitle: A late one\nsummary: A Zebra.\nsee_also: [quiet]\n",
    "quiet.yaml": "kind: country\ntitle: Quiet\nsummary: Nothing.\n",
}


class Window(QWidget):
    """The field, the hits and the page, with the keys of the real window."""

    def __init__(self, session: Session, theme: Theme, settings: Settings, jobs: Jobs) -> None:
        super().__init__()
        self.session = session
        self.reader = ReaderPanel(session, theme, settings, self)
        self.results = ResultsPanel(session, theme, jobs, self)
        self.results.field.setParent(self)
        self.walking = Walking(session, self.reader, self.results, self)
        actions = Actions(self, theme)
        actions.connect_all({"find_next": self.walking.forward, "find_previous": self.walking.back})
        self.reader.setGeometry(300, 40, 600, 400)
        self.results.setGeometry(0, 40, 300, 400)
        self.resize(900, 440)

    @property
    def said(self) -> list[str]:
        """What the bar below the page says."""
        bar = self.reader.findChild(QFrame, "walk-bar")
        shown = bar is not None and bar.isVisible()
        return [label.text() for label in bar.findChildren(QLabel) if label.text()] if shown and bar else []

    @property
    def place(self) -> tuple[str, int]:
        """The record that is shown, and the number of the match in it."""
        assert self.session.address is not None
        return self.session.address.key, self.reader.match[0]

    def press(self, *, back: bool = False) -> tuple[str, int]:
        """Press the key in the field, and say where that leads."""
        shift = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.results.field, Qt.Key.Key_F3, shift)
        return self.place


@pytest.fixture
def window(session: Session, theme: Theme, settings: Settings, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> Window:
    write_library(tmp_path / "library", FILES)
    index(tmp_path / "library")
    session.open_library(tmp_path / "library")
    made = Window(session, theme, settings, jobs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.results.field.setFocus()
    return made


def ask(window: Window, text: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.results.answered):
        window.results.field.setText(text)


def test_f3_in_the_field_walks_through_every_match_of_every_hit_and_round(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    way = [window.press() for _ in range(6)]
    assert way == [("zebra", 1), ("zebra", 2), ("zebra", 3), ("herd", 1), ("late", 1), ("zebra", 1)]
    assert window.said == ["Match 1 of 3  ·  hit 1 of 3", "Came round to the first hit"]
    assert window.results.view.currentIndex().row() == 0
    assert window.results.field.hasFocus()
    assert window.press() == ("zebra", 2)
    assert window.said == ["Match 2 of 3  ·  hit 1 of 3"]


def test_shift_f3_walks_the_same_way_back(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    way = [window.press(back=True) for _ in range(5)]
    assert way == [("zebra", 3), ("zebra", 2), ("zebra", 1), ("late", 1), ("herd", 1)]
    assert window.said == ["Match 1 of 1  ·  hit 2 of 3"]
    window.results.open_row(0)
    assert window.press(back=True) == ("late", 1)
    assert window.said[1:] == ["Came round to the last hit"]


def test_a_hit_that_was_opened_with_enter_is_walked_on_from(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    QTest.keyClick(window.results.field, Qt.Key.Key_Return)
    assert window.said == ["Match 1 of 3  ·  hit 1 of 3"]
    assert window.press() == ("zebra", 2)


def test_a_hit_that_was_chosen_and_not_opened_is_opened_first(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    window.press()
    QTest.keyClick(window.results.field, Qt.Key.Key_Down)
    QTest.keyClick(window.results.field, Qt.Key.Key_Down)
    assert window.press() == ("late", 1)
    assert window.press() == ("zebra", 1)


def test_the_key_before_the_hits_are_there_opens_the_first_when_they_come(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.address_changed):
        window.results.field.setText("herd")
        QTest.keyClick(window.results.field, Qt.Key.Key_F3)
        assert window.session.address is None
    assert window.place == ("herd", 1)


def test_another_query_begins_anew(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    window.press()
    ask(window, "herd", qtbot)
    assert window.said == ["Match 1 of 3"]
    assert window.press() == ("herd", 1)
    assert window.said == ["Match 1 of 1  ·  hit 1 of 1"]


def test_one_hit_alone_is_walked_round(window: Window, qtbot: QtBot) -> None:
    ask(window, "herd", qtbot)
    assert [window.press(), window.press()] == [("herd", 1), ("herd", 1)]
    assert window.said == ["Match 1 of 1  ·  hit 1 of 1", "Came round to the first match"]
    window.press(back=True)
    assert window.said[1] == "Came round to the last match"


def test_filters_alone_mark_nothing_and_lead_from_hit_to_hit(window: Window, qtbot: QtBot) -> None:
    ask(window, "kind:dialogue", qtbot)
    assert [window.press()[0] for _ in range(3)] == ["zebra", "herd", "zebra"]
    assert window.said == ["Hit 1 of 2", "Came round to the first hit"]
    ask(window, "kind:country", qtbot)
    window.press()
    window.press()
    assert window.said == ["Hit 1 of 1", "There is no other hit"]


def test_a_link_that_was_followed_from_a_hit_leads_back_to_the_walk(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    window.results.open_row(2)
    window.session.go(Address("record", "quiet"))
    assert window.said == []
    assert window.press(back=True) == ("herd", 1)


def test_the_walk_goes_on_to_hits_that_are_not_loaded_yet(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    many = "\n---\n".join(f"id: m-{n}\nkind: event\ntitle: Stripes {n:02}\n" for n in range(45))
    (tmp_path / "library" / "many.yaml").write_text(many)
    index(tmp_path / "library")
    ask(window, "stripes", qtbot)
    assert window.results.model.rowCount() == 20
    window.results.open_row(0)
    assert window.press(back=True) == ("m-0", 1)
    assert window.said[1:] == ["This is the first hit"]
    window.results.open_row(19)
    assert window.said == ["Match 1 of 1  ·  hit 20 of 20 or more"]
    with qtbot.waitSignal(window.results.answered):
        window.press()
    assert window.place == ("m-20", 1)
    assert window.said == ["Match 1 of 1  ·  hit 21 of 40 or more"]
    window.results.show_total("stripes", 45)
    assert window.said == ["Match 1 of 1  ·  hit 21 of 45"]
    with qtbot.waitSignal(window.results.answered):
        window.results.load_more()
    window.results.open_row(0)
    assert window.press(back=True) == ("m-44", 1)
    assert window.said == ["Match 1 of 1  ·  hit 45 of 45", "Came round to the last hit"]


def test_who_walks_past_the_hits_that_are_listed_is_told_so(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.app.results.model.MOST", 3)
    ask(window, "zebra", qtbot)
    window.results.show_total("zebra", 900)
    window.results.open_row(2)
    assert window.press() == ("zebra", 1)
    assert window.said == ["Match 1 of 3  ·  hit 1 of 900", "Came round to the first hit of the 3 that are listed"]


def test_a_hit_that_makes_room_for_better_ones_is_walked_to_its_end(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    ask(window, "zebra", qtbot)
    window.press()
    window.press()
    better = "\n---\n".join(f"id: z-{n:02}\nkind: event\ntitle: Zebra\n" for n in range(19))
    (tmp_path / "library" / "better.yaml").write_text(better)
    (tmp_path / "library" / "zebra.yaml").write_text(FILES["zebra.yaml"].replace("title: Zebra", "title: Later zebra"))
    index(tmp_path / "library")
    with qtbot.waitSignal(window.results.answered):
        window.session.index_updated(Changes())
    assert window.place == ("zebra", 2)
    assert window.press() == ("zebra", 3)
    assert window.press()[0] != "zebra"


def test_with_the_find_bar_open_the_keys_are_for_what_it_finds(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    window.press()
    window.reader.open_find()
    window.reader.find_bar.field.setText("one")
    window.press()
    assert window.place[0] == "zebra"
    assert window.reader.page.marks.current in window.reader.page.marks.found
    assert window.reader.find_bar.count.text() == "1 of 1"
    assert window.said == []
    window.reader.finder.close()
    assert window.said == ["3 matches  ·  hit 1 of 3"]
    assert window.press() == ("zebra", 1)


def test_where_nothing_is_searched_for_the_keys_open_the_find_bar(window: Window, qtbot: QtBot) -> None:
    window.session.go(Address("record", "quiet"))
    window.press()
    assert window.reader.finder.is_open


def test_nothing_found_leaves_everything_where_it_is(window: Window, qtbot: QtBot) -> None:
    window.session.go(Address("record", "quiet"))
    ask(window, "xyzzyqq", qtbot)
    assert window.press() == ("quiet", 0)
    assert not window.reader.finder.is_open


def test_leaving_the_search_takes_the_bar_away(window: Window, qtbot: QtBot) -> None:
    ask(window, "zebra", qtbot)
    window.press()
    assert window.said
    QTest.keyClick(window.results.field, Qt.Key.Key_Escape)
    assert window.said == []
