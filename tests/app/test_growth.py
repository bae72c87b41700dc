from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal

from briefing.app import growth as module
from briefing.app.growth import Growth
from briefing.app.session import Changes, Reach
from briefing.library import indexer as indexer_module
from briefing.library.library import Library
from tests.app.small_library import index, small_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.session import Session


class Child(QObject):
    """An indexing child as far as it is listened to."""

    progress_changed = Signal(str, int, int)
    updated = Signal(object)
    idle = Signal()
    failed = Signal(str)
    stopped = Signal()


@pytest.fixture
def child(qapp: object) -> Child:
    return Child()


def countries(folder: Path, numbers: range, *, in_a_file: int = 1) -> Path:
    """Write that many countries."""
    folder.mkdir(exist_ok=True)
    texts = [f"id: c-{n}\nkind: country\ntitle: Country {n}\n" for n in numbers]
    for start in range(0, len(texts), in_a_file):
        (folder / f"f-{numbers[start]}.yaml").write_text("---\n".join(texts[start : start + in_a_file]))
    return folder


def test_what_a_first_index_has_committed_is_seen_and_said(
    session: Session, child: Child, tmp_path: Path, qtbot: QtBot
) -> None:
    session.open_library(countries(tmp_path / "new", range(5)))
    growth = Growth(session, child)  # type: ignore[arg-type]
    assert session.reach == Reach(0)
    child.progress_changed.emit("walking", 5, 0)
    child.progress_changed.emit("reading", 2, 20)
    assert session.reach == Reach(0, 20)
    with qtbot.assertNotEmitted(session.content_changed):
        growth.look()
    index(tmp_path / "new")
    child.progress_changed.emit("reading", 6, 20)
    with qtbot.waitSignal(session.content_changed) as said:
        growth.look()
    assert (said.args[0].records, said.args[0].everything) == (5, True)
    assert session.reach == Reach(5, 20)
    assert session.reach.words == "5 of 20 records"
    child.updated.emit(Changes())
    assert session.reach is None
    assert not growth._timer.isActive()


def test_it_looks_by_itself_while_the_child_is_at_work(
    session: Session, child: Child, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_MS", 1)
    session.open_library(countries(tmp_path / "new", range(5)))
    Growth(session, child, session)  # type: ignore[arg-type]
    with qtbot.waitSignal(session.content_changed):
        # By another program: the child waits for its turn, and says nothing.
        index(tmp_path / "new")
    assert session.reach == Reach(5)
    assert session.reach.words == "5 records"


def test_files_of_several_records_are_reckoned_with(session: Session, child: Child, tmp_path: Path) -> None:
    session.open_library(countries(tmp_path / "new", range(40), in_a_file=10))
    growth = Growth(session, child)  # type: ignore[arg-type]
    child.progress_changed.emit("reading", 4, 1_234)
    index(tmp_path / "new")
    growth.look()
    assert session.reach == Reach(40, 12_340, about=True)
    assert session.reach.words == "40 of about 12,000 records"


def test_a_first_index_that_was_broken_off_goes_on_from_there(session: Session, child: Child, tmp_path: Path) -> None:
    index(countries(tmp_path / "half", range(30)))
    session.open_library(tmp_path / "half")
    growth = Growth(session, child)  # type: ignore[arg-type]
    assert session.reach is None
    child.progress_changed.emit("reading", 1, 50)
    index(countries(tmp_path / "half", range(30, 50)))
    child.progress_changed.emit("reading", 20, 50)
    growth.look()
    assert session.reach == Reach(50, 80)


def test_reading_everything_again_is_no_first_index(session: Session, child: Child, tmp_path: Path) -> None:
    index(countries(tmp_path / "old", range(30)))
    session.open_library(tmp_path / "old")
    growth = Growth(session, child)  # type: ignore[arg-type]
    child.progress_changed.emit("reading", 25, 30)
    (tmp_path / "old" / "f-1.yaml").write_text("id: c-1\nkind: country\ntitle: Another name\n")
    index(tmp_path / "old")
    growth.look()
    assert session.reach is None
    assert session.changes.records == 30


def test_what_was_cancelled_is_still_only_a_part(session: Session, child: Child, tmp_path: Path) -> None:
    session.open_library(countries(tmp_path / "new", range(5)))
    growth = Growth(session, child)  # type: ignore[arg-type]
    child.progress_changed.emit("reading", 2, 20)
    child.stopped.emit()
    assert session.reach == Reach(0, 20)
    assert not growth._timer.isActive()
    session.open_library(small_library(tmp_path / "other"))
    assert session.reach is None
    growth.look()


def test_a_large_first_index_commits_what_another_library_sees_before_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "_FIRST_COMMIT_SECONDS", 0.0)
    folder = countries(tmp_path / "new", range(200))
    seen: list[tuple[int, int]] = []
    with Library(folder) as writing, Library(folder) as reading:

        def look(_: object) -> None:
            if reading.refresh():
                seen.append((reading.counts().records, len(reading.search("country", 300).hits)))

        monkeypatch.setattr(indexer_module, "_REPORT_SECONDS", 0.0)
        writing.update(look)
    assert len(seen) > 1
    assert all(0 < records <= 200 and found == min(records, 300) for records, found in seen)
