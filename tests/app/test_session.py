from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.app.session import HISTORY_LIMIT, Address, Changes, Session
from briefing.errors import LibraryError
from briefing.library import library as library_module

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

A, B, C = (Address("record", key) for key in "abc")


class Shelf:
    """A library as far as a session knows one."""

    def __init__(self, folder: Path, *, texts: Path | None = None) -> None:
        if folder.name == "nothing":
            raise LibraryError("It is not a folder", where=str(folder))
        self.folder = folder
        self.texts = texts
        self.closed = False
        self.refreshed = 0

    def refresh(self) -> bool:
        self.refreshed += 1
        return True

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "Library", Shelf)


def test_going_somewhere_is_said_once(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.address_changed) as said:
        session.go(A)
    assert said.args == [A]
    assert session.address == A


def test_back_and_forward_follow_the_way(session: Session) -> None:
    for address in (A, B, C):
        session.go(address)
    session.back()
    session.back()
    assert session.address == A
    assert not session.can_go_back
    session.forward()
    assert session.address == B
    session.go(A)
    assert not session.can_go_forward
    session.back()
    assert session.address == B


def test_there_is_nothing_before_the_first_and_after_the_last(session: Session) -> None:
    session.back()
    session.forward()
    assert session.address is None
    session.go(A)
    session.back()
    session.forward()
    assert session.address == A


def test_a_page_is_found_again_where_it_was_left(session: Session) -> None:
    session.go(A)
    assert session.scroll == -1
    session.remember_scroll(0.4)
    session.go(B)
    assert session.scroll == -1
    session.back()
    assert session.scroll == 0.4
    session.remember_scroll(7)
    assert session.scroll == 1


def test_a_scroll_without_a_page_is_nothing(session: Session) -> None:
    session.remember_scroll(0.4)
    assert session.scroll == -1


def test_going_where_one_is_says_so_again_and_makes_no_history(session: Session, qtbot: QtBot) -> None:
    session.go(A)
    with qtbot.waitSignal(session.address_changed):
        session.go(A)
    assert not session.can_go_back


def test_another_place_on_the_same_page_is_a_step_of_the_way(session: Session) -> None:
    session.go(A)
    session.go(Address("record", "a", "p3"))
    assert session.can_go_back
    assert session.address is not None
    assert session.address.page == A


def test_the_way_is_not_kept_for_ever(session: Session) -> None:
    for number in range(HISTORY_LIMIT + 50):
        session.go(Address("record", str(number)))
    steps = 0
    while session.can_go_back:
        session.back()
        steps += 1
    assert steps == HISTORY_LIMIT - 1


def test_a_query_is_said_when_it_changes(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.query_changed):
        session.set_query("6G")
    with qtbot.assertNotEmitted(session.query_changed):
        session.set_query("6G")


def test_another_library_begins_without_history_and_query(session: Session, tmp_path: Path) -> None:
    session.open_library(tmp_path / "one")
    first = session.library
    session.go(A)
    session.set_query("6G")
    session.open_library(tmp_path / "two", tmp_path)
    assert isinstance(first, Shelf)
    assert first.closed
    assert session.library is not None
    assert session.library.folder == tmp_path / "two"
    assert session.library.texts == tmp_path
    assert (session.address, session.query, session.can_go_back) == (None, "", False)


def test_a_folder_that_is_no_library_leaves_the_open_one_alone(session: Session, tmp_path: Path) -> None:
    session.open_library(tmp_path / "one")
    session.go(A)
    with pytest.raises(LibraryError):
        session.open_library(tmp_path / "nothing")
    assert session.library is not None
    assert session.library.folder == tmp_path / "one"
    assert session.address == A


def test_closing_the_library_is_said(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.open_library(tmp_path / "one")
    with qtbot.waitSignal(session.library_changed) as said:
        session.close_library()
    assert said.args == [None]


def test_an_update_is_seen_before_it_is_said(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.open_library(tmp_path / "one")
    changes = Changes(generation=2, ids=frozenset({"a"}), everything=False)
    with qtbot.waitSignal(session.content_changed) as said:
        session.index_updated(changes)
    assert said.args == [changes]
    assert isinstance(session.library, Shelf)
    assert session.library.refreshed == 1


def test_an_update_of_a_library_that_was_closed_is_nothing(session: Session, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(session.content_changed):
        session.index_updated(Changes())


def test_changes_touch_what_they_name_or_everything() -> None:
    assert Changes(ids=frozenset({"a"}), everything=False).touches("a")
    assert not Changes(ids=frozenset({"a"}), everything=False).touches("b")
    assert Changes().touches("b")
