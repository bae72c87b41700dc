from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from briefing.app.saved_file import Shared
from briefing.app.saved_searches import KEPT, Row, SavedSearches, _fresh
from briefing.app.session import Changes
from briefing.app.settings import Look, SavedSearch, Settings
from briefing.app.tree.model import TreeModel
from briefing.app.tree.node import saved_search
from briefing.library.library import Tally
from tests.app.small_library import index, small_library, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_library(tmp_path / "library")


@pytest.fixture
def saved(session: Session, settings: Settings, jobs: Jobs, folder: Path) -> SavedSearches:
    session.open_library(folder)
    return SavedSearches(session, settings, jobs)


def counted(saved: SavedSearches, qtbot: QtBot) -> dict[str, tuple[int, int]]:
    """What each search finds, and how much of it is new, once it was counted."""
    qtbot.waitUntil(lambda: all(row.total >= 0 for row in saved.rows))
    return {row.name: (row.total, row.fresh) for row in saved.rows}


def change(session: Session, folder: Path, files: dict[str, str]) -> None:
    write_library(folder, files)
    index(folder)
    session.index_updated(Changes())


def test_a_saved_search_is_counted_and_nothing_of_it_is_new(saved: SavedSearches, qtbot: QtBot) -> None:
    saved.save("  Talks ", "kind:dialogue", everywhere=False)
    saved.save("Nothing", "xyzzyqq", everywhere=True)
    assert counted(saved, qtbot) == {"Talks": (2, 0), "Nothing": (0, 0)}


def test_what_came_since_the_last_look_is_new_until_one_looks(
    saved: SavedSearches, session: Session, settings: Settings, folder: Path, qtbot: QtBot
) -> None:
    saved.save("Talks", "kind:dialogue", everywhere=False)
    qtbot.waitUntil(lambda: bool(settings.saved[0].looks))
    change(session, folder, {"dialogues/third.yaml": "kind: dialogue\ntitle: Third\n"})
    qtbot.waitUntil(lambda: saved.rows[0].fresh == 1)
    assert saved.rows[0].total == 3
    (folder / "dialogues" / "quad.yaml").unlink()
    change(session, folder, {"dialogues/fourth.yaml": "kind: dialogue\ntitle: Fourth\n"})
    qtbot.waitUntil(lambda: saved.rows[0].fresh == 2)
    assert saved.rows[0].total == 3, "one is gone, two are new"
    saved.look(saved.rows[0].key)
    assert saved.rows[0].fresh == 0
    look = Settings.load(settings.path).saved[0].looks[str(folder)]
    assert set(look.ids) == {"icet", "third", "fourth"}


@pytest.mark.parametrize(
    ("look", "tally", "fresh"),
    [
        (Look(2, ("a", "b")), Tally(2, ("b", "c")), 1),
        (Look(2, ("a", "b")), Tally(1, ("a",)), 0),
        (Look(0, ()), Tally(1, ("a",)), 1),
        (Look(900, ()), Tally(903, ()), 3),
        (Look(900, ()), Tally(890, ()), 0),
        (Look(2, ("a", "b")), Tally(900, ()), 898),
    ],
)
def test_new_is_told_by_ids_and_of_very_many_by_the_number(look: Look, tally: Tally, fresh: int) -> None:
    assert _fresh(look, tally) == fresh


def test_of_very_many_hits_only_the_number_is_kept(
    saved: SavedSearches, session: Session, settings: Settings, folder: Path, qtbot: QtBot
) -> None:
    records = "\n---\n".join(f"id: e-{n}\nkind: event\ntitle: Meeting {n}\n" for n in range(KEPT + 1))
    change(session, folder, {"events.yaml": records})
    saved.save("Meetings", "kind:event", everywhere=False)
    qtbot.waitUntil(lambda: bool(settings.saved[0].looks))
    assert settings.saved[0].looks == {str(folder): Look(KEPT + 1, ())}


def test_searches_survive_and_belong_to_their_library_or_to_all(
    saved: SavedSearches, session: Session, settings: Settings, jobs: Jobs, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    saved.save("Here", "india", everywhere=False)
    saved.save("Everywhere", "kind:country", everywhere=True)
    assert counted(saved, qtbot) == {"Here": (1, 0), "Everywhere": (2, 0)}
    other = write_library(tmp_path / "other", {"kiel.yaml": "kind: country\ntitle: Kiel\n"})
    index(other)
    session.open_library(other)
    assert counted(saved, qtbot) == {"Everywhere": (1, 0)}
    again = SavedSearches(session, Settings.load(settings.path), jobs)
    assert [row.name for row in again.rows] == ["Everywhere"]
    session.open_library(folder)
    assert [row.name for row in again.rows] == ["Here", "Everywhere"]
    session.close_library()
    assert again.rows == ()


def test_one_of_the_same_name_is_replaced_at_its_place(saved: SavedSearches, qtbot: QtBot) -> None:
    saved.save("A", "india", everywhere=False)
    saved.save("B", "quad", everywhere=False)
    saved.save("A", "kind:country ", everywhere=True)
    assert [(row.name, row.query, row.everywhere) for row in saved.rows] == [
        ("A", "kind:country ", True),
        ("B", "quad", False),
    ]
    assert counted(saved, qtbot)["A"] == (2, 0)


def test_searches_are_renamed_moved_spread_and_removed(saved: SavedSearches, qtbot: QtBot) -> None:
    for name in ("A", "B", "C"):
        saved.save(name, f"in:title {name}", everywhere=False)
    counted(saved, qtbot)
    a, b, c = (row.key for row in saved.rows)
    saved.rename(a, "  New\nname ")
    saved.rename(b, "C")
    saved.rename(b, "  ")
    assert [row.name for row in saved.rows] == ["New name", "B", "C"]
    assert saved.rows[0].total >= 0, "its count goes with it"
    saved.move(c, -1)
    saved.move(c, -1)
    saved.move(c, -1)
    saved.move(b, 1)
    assert [row.name for row in saved.rows] == ["C", "New name", "B"]
    saved.spread(b, everywhere=True)
    assert [row.everywhere for row in saved.rows] == [False, False, True]
    saved.remove(("", "B"))
    saved.remove(c)
    assert [row.name for row in saved.rows] == ["New name"]


def test_two_windows_do_not_undo_each_others_searches(
    saved: SavedSearches, session: Session, settings: Settings, jobs: Jobs, qtbot: QtBot
) -> None:
    other = SavedSearches(session, Settings.load(settings.path), jobs)
    saved.save("One", "india", everywhere=False)
    other.save("Two", "quad", everywhere=False)
    saved.rename(saved.rows[0].key, "First")
    assert [row.name for row in saved.rows] == ["First", "Two"]
    other.remove(("nowhere", "gone"))
    assert [each.name for each in Settings.load(settings.path).saved] == ["First", "Two"]


def test_shared_searches_are_added_where_they_are_not_there_already(saved: SavedSearches) -> None:
    saved.save("A", "india", everywhere=False)
    assert saved.take([Shared("A", "india"), Shared("A", "quad"), Shared("B", "6g", everywhere=True)]) == 2
    assert [(row.name, row.query, row.everywhere) for row in saved.rows] == [
        ("A", "india", False),
        ("A (2)", "quad", False),
        ("B", "6g", True),
    ]
    assert saved.take([Shared("A", "quad")]) == 0


def test_settings_that_cannot_be_written_are_said(saved: SavedSearches, settings: Settings, qtbot: QtBot) -> None:
    settings.path = settings.path / "below-a-file" / "settings.json"
    settings.path.parent.parent.write_text("{}")
    with qtbot.waitSignal(saved.failed) as said:
        saved.save("A", "india", everywhere=False)
    assert "cannot be kept" in said.args[0]


def test_searches_survive_an_upgrade_and_what_is_wrong_in_them_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    good = {"name": "A", "query": "india", "library": "", "looks": {"/l": {"total": 1, "ids": ["x"]}, "/m": 5}}
    bad: list[object] = [5, {"name": "", "query": "x"}, {"name": "B"}, {"name": "C", "query": ["x"]}]
    data = {"version": 1, "saved": [good, *bad], "of_tomorrow": {"kept": True}}
    path.write_text(json.dumps(data))
    settings = Settings.load(path)
    assert settings.saved == (SavedSearch("A", "india", "", {"/l": Look(1, ("x",))}),)
    settings.zoom = 2
    settings.save()
    assert json.loads(path.read_text())["of_tomorrow"] == {"kept": True}
    assert Settings.load(path).saved == settings.saved
    path.write_text(json.dumps({"version": 1, "theme": "dark"}))
    assert Settings.load(path).saved == ()
    path.write_text(json.dumps({"saved": "text"}))
    assert Settings.load(path).saved == ()


def test_without_saved_searches_nothing_is_counted(saved: SavedSearches, jobs: Jobs) -> None:
    saved.recount()
    assert saved._asking is None


def test_the_tree_shows_them_above_all_else_and_keeps_step(session: Session, folder: Path) -> None:
    session.open_library(folder)
    model = TreeModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def show(*rows: Row) -> list[str]:
        model.show_saved(tuple(map(saved_search, rows)))
        section = model.index(0, 0)
        model.fetchMore(section)
        return [str(model.index(row, 0, section).data()) for row in range(model.rowCount(section))]

    a, b = Row(("", "A"), "A", "x"), Row(("/l", "B"), "B", "y", 1_200, 3)
    show(a)
    model.show(session.library)
    sections = model.rowCount()
    assert show(a, b) == ["A", "B"]
    assert model.index(0, 0).data() == "Saved searches"
    assert show(b, a) == ["B", "A"]
    model.refresh()
    assert model.rowCount() == sections
    assert show(a) == ["A"]
    model.show_saved(())
    assert model.rowCount() == sections - 1
    assert model.index(0, 0).data() == "Countries"
    model.refresh()
    show(b)
    model.refresh()
    assert model.rowCount() == sections
