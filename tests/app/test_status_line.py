from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.app.session import Changes, Reach
from briefing.app.status import line as module
from briefing.app.status.line import StatusLine
from tests.app.small_library import index, small_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.session import Session
    from briefing.app.theme import Theme


@pytest.fixture
def line(session: Session, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> StatusLine:
    monkeypatch.setattr(module, "PATIENCE_MS", 0)
    made = StatusLine(session, theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_library(tmp_path / "library")


def test_without_a_library_it_says_so(line: StatusLine) -> None:
    assert line._library.text() == "No library is open"
    assert not line._problems.isVisible()


def test_it_says_the_library_and_how_much_is_in_it(line: StatusLine, session: Session, folder: Path) -> None:
    session.open_library(folder)
    assert line._library.text() == "Small library  ·  6 records  ·  no problems"
    assert line._library.toolTip() == str(folder)


def test_problems_are_a_button_that_leads_to_them(
    line: StatusLine, session: Session, folder: Path, qtbot: QtBot, theme: Theme
) -> None:
    session.open_library(folder)
    (folder / "bad.yaml").write_text("kind: country\nsumary: x\n")
    index(folder)
    session.index_updated(Changes())
    assert line._problems.isVisible()
    assert line._problems.text() == "2 errors"
    assert line._problems.accessibleName() == "Problems: 2 errors"
    assert line._library.text() == "Small library  ·  6 records"
    theme.choose("dark", "system")
    with qtbot.waitSignal(line.problems_requested):
        line._problems.click()
    (folder / "bad.yaml").unlink()
    index(folder)
    session.index_updated(Changes())
    assert not line._problems.isVisible()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(
    line: StatusLine, session: Session, folder: Path, qtbot: QtBot
) -> None:
    session.open_library(folder)
    line.show_progress("reading", 41, 100)
    qtbot.waitUntil(line._bar.isVisible)
    line.show_progress("reading", 42, 100)
    assert line._library.text() == "Small library  ·  6 records  ·  indexing 42 %, reading"
    assert (line._bar.value(), line._bar.maximum()) == (42, 100)
    with qtbot.waitSignal(line.cancel_requested):
        line._cancel.click()
    line.show_stopped("Indexing was cancelled.")
    assert not line._bar.isVisible()
    assert line._message.text() == "Indexing was cancelled."
    assert line._library.text().endswith("not up to date")
    line.show_progress("reading", 43, 100)
    assert line._message.text() == ""


def test_work_whose_end_is_unknown_says_how_much_it_has_done(line: StatusLine, session: Session, folder: Path) -> None:
    session.open_library(folder)
    line.show_progress("walking", 1200, 0)
    line._lose_patience()
    assert line._library.text().endswith("indexing 1,200, looking at the files")


def test_a_first_index_says_how_much_can_be_searched_so_far(
    line: StatusLine, session: Session, folder: Path, qtbot: QtBot
) -> None:
    session.open_library(folder)
    session.set_reach(Reach(0, 100))
    line.show_progress("reading", 2, 100)
    line._lose_patience()
    assert line._library.text() == "Small library  ·  nothing can be searched yet  ·  indexing 2 %, reading"
    session.set_reach(Reach(6, 100))
    session.index_updated(Changes())
    assert line._bar.isVisible()
    assert line._library.text() == "Small library  ·  6 of 100 records can be searched so far  ·  indexing 2 %, reading"
    line.show_stopped("Indexing was cancelled.")
    assert line._library.text() == "Small library  ·  6 of 100 records can be searched so far  ·  not up to date"
    session.set_reach(None)
    session.index_updated(Changes())
    assert line._library.text() == "Small library  ·  6 records  ·  no problems"


def test_work_that_is_over_at_once_is_not_spoken_of(session: Session, theme: Theme, qtbot: QtBot, folder: Path) -> None:
    line = StatusLine(session, theme)
    qtbot.addWidget(line)
    line.show()
    session.open_library(folder)
    line.show_progress("walking", 0, 0)
    line.show_progress("reading", 1, 2)
    line.show_idle()
    assert not line._patience.isActive()
    assert not line._bar.isVisible()
    assert line._library.text() == "Small library  ·  6 records  ·  no problems"


def test_what_is_said_passes(line: StatusLine, qtbot: QtBot) -> None:
    line._over.setInterval(0)
    line.say("A sentence <b>with</b> marks")
    assert line._message.text() == "A sentence <b>with</b> marks"
    qtbot.waitUntil(lambda: line._message.text() == "")


def test_what_must_stay_comes_back_when_what_passes_is_over(
    line: StatusLine, session: Session, folder: Path, qtbot: QtBot
) -> None:
    session.open_library(folder)
    line._over.setInterval(0)
    line.show_stopped("The disk is full.")
    line.say("India")
    assert line._message.text() == "India"
    qtbot.waitUntil(lambda: line._message.text() == "The disk is full.")
    line.say("")
    assert line._message.text() == "The disk is full."
    session.index_updated(Changes())
    assert line._message.text() == ""
