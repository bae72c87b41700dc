"""The dossier that is being put together, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from briefing.app.dossier.gathering import MOST, Gathered, gathered
from briefing.app.dossier.kept import kept_file
from briefing.app.dossier.model import DossierModel
from briefing.app.dossier.open_dossier import OpenDossier
from briefing.app.dossier.row import facts_of
from briefing.app.picked import MIME, Pick, packed, picks_in
from briefing.library.library import Library
from briefing.records.dossier import Dossier, Entry, HeadingEntry, RecordEntry, SearchEntry
from tests.app.small_library import FILES, index, small_library, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session

QUAD, ICET, INDIA = (RecordEntry(*pair) for pair in (("quad", "Quad"), ("icet", "iCET"), ("india", "India")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_library(tmp_path / "library")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "dossiers"


@pytest.fixture
def dossier(session: Session, jobs: Jobs, folder: Path, kept: Path) -> OpenDossier:
    session.open_library(folder)
    made = OpenDossier(session, jobs, kept, session)
    made.add(Gathered((QUAD, ICET, INDIA)))
    return made


def said_by(dossier: OpenDossier) -> list[str]:
    said: list[str] = []
    dossier.said.connect(lambda sentence, _: said.append(sentence))
    dossier.failed.connect(said.append)
    return said


def named(dossier: OpenDossier) -> list[str]:
    """The entries by what they say."""
    return [entry[0] for entry in dossier.dossier.entries]


def test_what_is_there_already_is_said_and_not_added_twice(dossier: OpenDossier) -> None:
    said = said_by(dossier)
    dossier.add(Gathered((ICET,)))
    dossier.add(Gathered((QUAD, RecordEntry("6g", "6G"))), 1)
    dossier.add(Gathered((SearchEntry("kind:dialogue"),)))
    dossier.add(Gathered((SearchEntry("kind:dialogue"),)))
    dossier.add(Gathered(()))
    assert said == [
        "“iCET” is in the dossier already.",
        "“6G” added to the dossier; 1 was there already.",
        "“kind:dialogue” added to the dossier.",
        "“kind:dialogue” is in the dossier already.",
        "There is nothing to add.",
    ]
    assert named(dossier) == ["quad", "6g", "icet", "india", "kind:dialogue"]


def test_entries_are_moved_together_and_a_move_to_where_they_are_changes_nothing(dossier: OpenDossier) -> None:
    assert dossier.move([0], 3) == 2
    assert named(dossier) == ["icet", "india", "quad"]
    assert dossier.move([0, 2], 1) == 0
    assert named(dossier) == ["icet", "quad", "india"]
    assert dossier.move([1], 2) == 1
    assert dossier.move([0], -1) == dossier.move([2], 4) == -1
    assert named(dossier) == ["icet", "quad", "india"]


def test_every_change_can_be_undone_until_there_is_none_left(dossier: OpenDossier) -> None:
    dossier.add_heading(0)
    dossier.rename(0, "  Talks \n of three ")
    dossier.rename(0, " ")
    dossier.rename(1, "A record has its own name")
    dossier.set_title("Seoul")
    dossier.remove([0, 1])
    assert dossier.dossier == Dossier("Seoul", entries=(ICET, INDIA))
    dossier.undo()
    assert dossier.dossier.entries[:2] == (HeadingEntry("Talks of three"), QUAD)
    for _ in range(4):
        dossier.undo()
    assert dossier.dossier == Dossier()
    assert not dossier.can_undo
    dossier.undo()
    assert dossier.dossier == Dossier()


def test_a_dossier_is_kept_for_its_library_and_no_other(
    dossier: OpenDossier, session: Session, jobs: Jobs, folder: Path, kept: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dossier.set_title("Seoul")
    before = dossier.dossier
    session.open_library(small_library(tmp_path / "other"))
    assert (dossier.ready, dossier.dossier) == (True, Dossier())
    session.open_library(folder)
    qtbot.waitUntil(lambda: dossier.ready)
    assert dossier.dossier == before
    again = OpenDossier(session, jobs, kept, session)
    qtbot.waitUntil(lambda: again.ready)
    assert again.dossier == before
    assert [file.parent for file in kept.iterdir()] == [kept]


def test_what_waits_for_the_file_to_be_read_is_done_then(
    dossier: OpenDossier, session: Session, jobs: Jobs, kept: Path, qtbot: QtBot
) -> None:
    again = OpenDossier(session, jobs, kept, session)
    assert not again.ready
    again.remove([0])
    again.when_ready(lambda: again.add(Gathered((RecordEntry("6g", "6G"),))))
    qtbot.waitUntil(lambda: again.ready)
    assert named(again) == ["quad", "icet", "india", "6g"]


def test_a_damaged_file_is_set_aside_and_told(
    dossier: OpenDossier, session: Session, jobs: Jobs, folder: Path, kept: Path, qtbot: QtBot
) -> None:
    file = kept_file(kept, folder)
    file.write_text("dossier: 1\nentries: [\n", encoding="utf-8")
    again = OpenDossier(session, jobs, kept, session)
    said = said_by(again)
    qtbot.waitUntil(lambda: again.ready)
    aside = file.with_suffix(".damaged.yaml")
    assert aside.read_text(encoding="utf-8") == "dossier: 1\nentries: [\n"
    assert len(said) == 1
    assert said[0].startswith("The dossier could not be read, and begins anew: ")
    assert f"It is in {aside}:" in said[0]
    again.add(Gathered((QUAD,)))
    assert aside.exists()


def test_two_windows_do_not_undo_each_others_changes(
    dossier: OpenDossier, session: Session, jobs: Jobs, kept: Path, qtbot: QtBot
) -> None:
    other = OpenDossier(session, jobs, kept, session)
    qtbot.waitUntil(lambda: other.ready)
    other.remove([0])
    said = said_by(dossier)
    dossier.remove([0])
    assert said == ["Another window has changed this dossier; this is how it is now."]
    assert named(dossier) == ["icet", "india"]
    other.add(Gathered((RecordEntry("6g", "6G"),)))
    dossier.add(Gathered((QUAD,)))
    assert named(dossier) == ["icet", "india", "6g", "quad"]


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost_on_screen(
    session: Session, jobs: Jobs, folder: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", encoding="utf-8")
    session.open_library(folder)
    made = OpenDossier(session, jobs, blocked, session)
    said = said_by(made)
    made.add(Gathered((QUAD,)))
    assert said[0].startswith("The dossier cannot be kept: ")
    assert said[0].endswith("Save it to a file of your own.")
    assert named(made) == ["quad"]


def test_the_model_keeps_its_promises_to_qt_through_every_change(dossier: OpenDossier, folder: Path) -> None:
    model = DossierModel(dossier)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    removed: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _, first, last: removed.append((first, last)))
    dossier.add_heading(1)
    assert model.setData(model.index(1), "Between two")
    assert not model.setData(model.index(0), "Not a heading")
    dossier.add(Gathered((RecordEntry("gone", "A record that was"), SearchEntry("kind:dialogue"))))
    with Library(folder) as library:
        model.set_facts(facts_of(dossier.dossier, library))
    assert [str(model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)) for row in range(6)] == [
        "Quad, dialogue",
        "Heading: Between two",
        "iCET, dialogue",
        "India, country",
        "A record that was, not in this library",
        "Search: kind:dialogue, 2 hits",
    ]
    removed.clear()
    dossier.remove([2])
    assert removed == [(2, 2)], "the other rows stay"
    assert model.dropMimeData(model.mimeData([model.index(0)]), Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    dossier.undo()
    dossier.take(Dossier(), "New")
    assert model.rowCount() == 0


def test_a_drop_of_picks_is_passed_on_and_anything_else_is_refused(dossier: OpenDossier) -> None:
    model = DossierModel(dossier)
    dropped: list[object] = []
    model.picks_dropped.connect(lambda picks, row: dropped.append((picks, row)))
    pick = Pick("record", "iCET", id="icet")
    assert model.dropMimeData(packed([pick]), Qt.DropAction.CopyAction, 1, 0, QModelIndex())
    assert dropped == [((pick,), 1)]
    text = QMimeData()
    text.setText("icet")
    assert not model.dropMimeData(text, Qt.DropAction.CopyAction, 1, 0, QModelIndex())


@pytest.mark.parametrize("raw", [b"", b"[", b"{}", b"[1]", b'[{"what": "all"}]', b'[{"what": "record", "id": 1}]'])
def test_what_another_program_drags_is_no_pick(raw: bytes) -> None:
    data = QMimeData()
    data.setData(MIME, raw)
    assert picks_in(data) == ()


def test_picks_survive_being_dragged() -> None:
    picks = (Pick("record", "iCET", id="icet"), Pick("range", "a – b", kind="country", begins="A", first="a"))
    assert picks_in(packed(picks)) == picks
    assert packed(picks).text() == "iCET\na – b"


@pytest.mark.parametrize(
    ("pick", "entries"),
    [
        (Pick("record", id="icet"), (ICET,)),
        (Pick("record", "From elsewhere", id="other"), (RecordEntry("other", "From elsewhere"),)),
        (Pick("below", id="telecoms"), (RecordEntry("telecoms", "Telecommunications"), RecordEntry("6g", "6G"))),
        (Pick("below", id="other"), ()),
        (Pick("section", kind="technology"), (RecordEntry("telecoms", "Telecommunications"), RecordEntry("6g", "6G"))),
        (Pick("group", id="india", kind="dialogue"), (ICET, QUAD)),
        (Pick("hits", query="kind:country india"), (INDIA,)),
        (Pick("query", query="kind:country "), (SearchEntry("kind:country"),)),
    ],
)
def test_picks_come_to_entries(folder: Path, pick: Pick, entries: tuple[Entry, ...]) -> None:
    with Library(folder) as library:
        assert gathered(library, [pick, pick]) == Gathered(entries)


def test_no_more_is_added_at_once_than_a_dossier_prints(tmp_path: Path) -> None:
    records = "\n---\n".join(f"id: c{each}\nkind: country\ntitle: Country {each}" for each in range(MOST + 3))
    folder = write_library(tmp_path / "large", {"library.yaml": FILES["library.yaml"], "all.yaml": records})
    index(folder)
    with Library(folder) as library:
        start = library.ranges("country")[0].start
        found = gathered(library, [Pick("range", kind="country", begins=start.title, first=start.id)])
        assert found.entries
        assert not found.cut
        found = gathered(library, [Pick("section", kind="country")])
    assert (len(found.entries), found.cut) == (MOST, True)
