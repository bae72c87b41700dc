from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from briefing.errors import LibraryError
from briefing.library import indexer
from briefing.library.library import Library
from tests.library.shelf import Shelf, told

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.library.answers import Progress


def test_the_records_of_a_folder_are_known_after_an_update(shelf: Shelf) -> None:
    shelf.country("india", "iso: IN\naliases: [Bharat]\n")
    shelf.write("deep/er/quad.yml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.open()
    assert not library.ready
    assert library.cards("country") == []
    done = library.update()
    assert library.ready
    assert (done.records, done.read, done.generation) == (2, 2, library.generation)
    record = library.record("quad")
    assert record is not None
    assert (record.title, record.file, record.texts("members")) == ("Quad", "deep/er/quad.yml", ("india",))
    assert library.record("nobody") is None


def test_an_update_of_an_unchanged_folder_reads_nothing(shelf: Shelf) -> None:
    shelf.country("india")
    first = shelf.indexed()
    again = first.update()
    other = shelf.open().update()
    assert again.read == other.read == 0
    assert again.generation == other.generation == first.generation
    assert again.changed == frozenset()


def test_an_unchanged_folder_is_not_even_opened_for_writing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    path = shelf.folder / "india.yaml"
    os.utime(path, ns=(1_600_000_000_123_456_789, 1_600_000_000_123_456_789))
    library = shelf.indexed()

    def refuse(*_: object) -> None:
        raise AssertionError("nothing was to be written")

    monkeypatch.setattr(indexer.Indexer, "_write", refuse)
    assert library.update().read == 0


def test_a_saved_file_is_read_again_and_nothing_else(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.country("japan")
    library = shelf.indexed()
    before = library.generation
    shelf.country("india", title="Bharat")
    done = library.update()
    assert (done.read, set(done.changed), set(done.files)) == (1, {"india"}, {"india.yaml"})
    assert done.generation > before
    card = library.card("india")
    assert card is not None
    assert card.title == "Bharat"


def test_a_file_that_was_only_touched_is_looked_at_and_left_alone(shelf: Shelf) -> None:
    path = shelf.country("india")
    library = shelf.indexed()
    os.utime(path, ns=(1_700_000_000_123_456_789, 1_700_000_000_123_456_789))
    done = library.update()
    assert (done.read, done.changed) == (0, frozenset())


def test_a_change_within_one_tick_of_the_clock_is_seen(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    # A disk that notes neither the time of a change nor anything finer than a second.
    path = shelf.country("india", title="India")
    second = (path.stat().st_mtime_ns // 1_000_000_000) * 1_000_000_000
    monkeypatch.setattr("briefing.library.folder.stamp_of", lambda status: f"{status.st_size}.{second}")
    os.utime(path, ns=(second, second))
    monkeypatch.setattr("time.time_ns", lambda: second + 900_000_000)
    library = shelf.indexed()
    path.write_text(path.read_text(encoding="utf-8").replace("India", "Indie"), encoding="utf-8")
    os.utime(path, ns=(second, second))
    assert library.update().read == 1
    card = library.card("india")
    assert card is not None
    assert card.title == "Indie"


def test_a_new_a_renamed_and_a_deleted_file_are_taken_up(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.country("japan")
    assert library.update().changed == {"japan"}
    (shelf.folder / "japan.yaml").rename(shelf.folder / "nippon.yaml")
    assert library.update().changed == {"japan", "nippon"}
    assert library.card("japan") is None
    assert library.card("nippon") is not None
    shelf.remove("nippon.yaml")
    done = library.update()
    assert (done.removed, set(done.changed), done.records) == (1, {"nippon"}, 1)


def test_a_record_that_moves_to_another_file_stays_itself(shelf: Shelf) -> None:
    shelf.write("a.yaml", "id: india\nkind: country\ntitle: India\n")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.indexed()
    (shelf.folder / "sub").mkdir()
    (shelf.folder / "a.yaml").rename(shelf.folder / "sub" / "b.yaml")
    done = library.update()
    record = library.record("india")
    assert record is not None
    assert record.file == "sub/b.yaml"
    assert done.problems == 0
    assert [card.id for card in library.neighbour_cards("quad", "country")] == ["india"]


def test_several_records_of_one_file_come_and_go_by_themselves(shelf: Shelf) -> None:
    def written(*names: str) -> str:
        return "---\n".join(f"id: {name}\nkind: country\ntitle: {name.title()}\n" for name in names)

    shelf.write("all.yaml", written("india", "japan"))
    library = shelf.indexed()
    assert [card.id for card in library.cards("country")] == ["india", "japan"]
    shelf.write("all.yaml", written("japan", "peru"))
    library.update()
    assert [card.id for card in library.cards("country")] == ["japan", "peru"]


def test_switching_a_branch_is_taken_up_as_one_change(shelf: Shelf) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(shelf.folder), *name, *words], check=True, capture_output=True)

    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    shelf.country("india")
    shelf.country("japan")
    git("init", "-q", "-b", "first")
    git("add", ".")
    git("commit", "-qm", "one")
    library = shelf.indexed()
    git("switch", "-qc", "second")
    shelf.country("india", title="Bharat")
    shelf.remove("japan.yaml")
    shelf.country("peru")
    git("add", "-A")
    git("commit", "-qm", "two")
    library.update()
    assert [card.title for card in library.cards("country")] == ["Bharat", "Peru"]
    git("switch", "-q", "first")
    done = library.update()
    assert done.changed == {"india", "japan", "peru"}
    assert [card.title for card in library.cards("country")] == ["India", "Japan"]


def test_what_library_yaml_says_is_known(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    assert (library.title, library.info.home) == ("library", "")
    shelf.write("library.yaml", "briefing: 1\ntitle: Technology dialogues\nhome: india\n")
    library.update()
    assert (library.title, library.info.home) == ("Technology dialogues", "india")
    assert shelf.open().title == "Technology dialogues"
    shelf.remove("library.yaml")
    library.update()
    assert (library.title, library.info.home) == ("library", "")
    assert library.problems() == []


def test_another_default_marking_reads_everything_again(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.country("japan", "marking: TLP:RED\n")
    shelf.write("library.yaml", "briefing: 1\nmarking: TLP:GREEN\n")
    library = shelf.indexed()
    shelf.write("library.yaml", "briefing: 1\nmarking: TLP:AMBER\n")
    done = library.update()
    assert done.read == 2
    markings = {name: record.marking for name in ("india", "japan") if (record := library.record(name))}
    assert markings == {"india": "TLP:AMBER", "japan": "TLP:RED"}


def test_another_title_of_the_library_reads_no_record_again(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.write("library.yaml", "briefing: 1\ntitle: One\n")
    library = shelf.indexed()
    before = library.generation
    shelf.write("library.yaml", "briefing: 1\ntitle: Two\n")
    assert library.update().read == 0
    assert (library.title, library.generation > before) == ("Two", True)


def test_a_broken_library_yaml_leaves_what_it_said_before(shelf: Shelf) -> None:
    shelf.write("library.yaml", "briefing: 1\ntitle: One\n")
    library = shelf.indexed()
    shelf.write("library.yaml", "briefing: 1\ntitle: [\n")
    library.update()
    assert library.title == "One"
    assert [file for file, *_ in told(library)] == ["library.yaml"]
    shelf.write("library.yaml", "briefing: 1\ntitle: Two\n")
    library.update()
    assert (library.title, library.problems()) == ("Two", [])


def test_a_library_yaml_that_cannot_be_read_is_a_problem(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write("library.yaml", "briefing: 1\ntitle: One\n")

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("briefing.library.library_file.read_file", refuse)
    library = shelf.indexed()
    assert told(library) == [("library.yaml", 0, 0, "unreadable-file")]
    assert library.title == "library"


def test_the_last_good_version_of_a_broken_file_stays(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.indexed()
    shelf.write("india.yaml", "kind: country\ntitle: [India\n")
    done = library.update()
    card = library.card("india")
    assert card is not None
    assert card.stale
    assert library.stale_cards("india.yaml") == library.cards_in("india.yaml") == [card]
    assert "india" in done.changed
    assert {file for file, *_ in told(library)} == {"india.yaml"}
    assert library.update().read == 0
    shelf.country("india", title="Bharat")
    library.update()
    mended = library.card("india")
    assert mended is not None
    assert (mended.title, mended.stale) == ("Bharat", False)
    assert library.problems() == []
    assert library.stale_cards("india.yaml") == []
    assert [each.id for each in library.cards_in("india.yaml")] == ["india"]


def test_a_broken_record_takes_none_of_its_file_down(shelf: Shelf) -> None:
    good = "id: india\nkind: country\ntitle: India\n---\nid: japan\nkind: country\ntitle: Japan\n"
    shelf.write("all.yaml", good)
    library = shelf.indexed()
    shelf.write("all.yaml", good.replace("title: Japan", "titel: Japan").replace("India", "Bharat"))
    library.update()
    assert [(card.title, card.stale) for card in library.cards("country")] == [("Bharat", False), ("Japan", True)]


def test_a_broken_and_then_deleted_file_is_gone(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.write("india.yaml", "kind: country\n")
    library.update()
    assert library.card("india") is not None
    shelf.remove("india.yaml")
    library.update()
    assert (library.card("india"), library.problems(), library.counts().records) == (None, [], 0)


def test_a_stale_record_gives_way_to_a_fresh_one_of_its_id(shelf: Shelf) -> None:
    shelf.write("a.yaml", "id: india\nkind: country\ntitle: Old\n")
    library = shelf.indexed()
    shelf.write("a.yaml", "id: india\nkind: country\n")
    library.update()
    shelf.write("b.yaml", "id: india\nkind: country\ntitle: New\n")
    library.update()
    card = library.card("india")
    assert card is not None
    assert (card.title, card.stale) == ("New", False)
    assert {code for *_, code in told(library)} == {"missing-field"}
    shelf.remove("b.yaml")
    library.update()
    card = library.card("india")
    assert card is not None
    assert (card.title, card.stale) == ("Old", True)


def test_progress_is_told_by_phase(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "_REPORT_SECONDS", 0.0)
    for number in range(40):
        shelf.country(f"c{number}")
    heard: list[Progress] = []
    shelf.open().update(heard.append)
    assert {each.phase for each in heard} == {"walking", "reading", "writing"}
    counted = [each.done for each in heard if each.phase == "reading"]
    assert counted == sorted(counted)
    assert counted[-1] == 40
    assert {each.total for each in heard if each.phase == "reading"} == {40}


def test_progress_is_told_ten_times_a_second_at_most(shelf: Shelf) -> None:
    for number in range(40):
        shelf.country(f"c{number}")
    heard: list[Progress] = []
    done = shelf.open().update(heard.append)
    assert len(heard) <= done.seconds * 10 + 2


def test_a_cancelled_first_index_keeps_what_it_read_and_goes_on_from_there(shelf: Shelf) -> None:
    for number in range(40):
        shelf.country(f"c{number:02}")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [c01, c99]\n")
    library = shelf.open()
    asked = 0

    def after_a_while() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    done = library.update(cancelled=after_a_while)
    assert done.cancelled
    assert 0 < done.records < 41
    assert library.ready
    rest = library.update()
    assert not rest.cancelled
    assert rest.read == 41 - done.read
    assert (rest.records, [code for *_, code in told(library)]) == (41, ["unknown-id"])


def test_an_update_cancelled_before_it_began_forgets_nothing(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.country("japan")
    done = library.update(cancelled=lambda: True)
    assert (done.cancelled, done.records) == (True, 1)
    assert library.card("india") is not None


def test_a_cancelled_change_is_checked_the_next_time(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    for number in range(20):
        shelf.write(f"d{number:02}.yaml", f"kind: dialogue\ntitle: D{number}\nmembers: [nobody]\n")
    asked = 0

    def while_reading() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    assert library.update(cancelled=while_reading).cancelled
    library.update()
    assert len(told(library)) == 20


def test_an_error_in_the_middle_leaves_everything_as_it_was(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    library = shelf.indexed()
    before = library.generation
    shelf.country("japan")
    with monkeypatch.context() as patch:
        patch.setattr("briefing.library.checks.Checks.run", _fail)
        with pytest.raises(RuntimeError):
            library.update()
    assert (library.counts().records, shelf.open().generation) == (1, before)
    assert library.update().records == 2
    assert [hit.id for hit in library.search("japan").hits] == ["japan"]


def _fail(*_: object) -> None:
    raise RuntimeError("the disk fell over")


def test_many_changes_are_committed_in_batches_and_checked_at_the_end(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "MANY", 10)
    monkeypatch.setattr(indexer, "_FIRST_COMMIT_SECONDS", 0.0)
    shelf.country("india")
    library = shelf.indexed()
    before = library.generation
    shelf.remove("india.yaml")
    for number in range(50):
        shelf.write(f"d{number:02}.yaml", f"kind: dialogue\ntitle: D{number}\nmembers: [india]\n")
    shelf.write("moved/x.yaml", "id: d00\nkind: dialogue\ntitle: Twin\n")
    done = library.update()
    assert done.everything
    assert done.generation > before + 2
    codes = [code for *_, code in told(library)]
    assert (codes.count("unknown-id"), codes.count("duplicate-id")) == (50, 2)
    assert library.counts().records == 50
    assert library.search("kind:dialogue").total == 50


def test_a_folder_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no such folder"):
        Library(tmp_path / "nowhere")
    file = tmp_path / "file.yaml"
    file.write_text("kind: country\n", encoding="utf-8")
    with pytest.raises(LibraryError, match="not a folder"):
        Library(file)


def test_a_folder_that_is_unplugged_does_not_empty_the_library(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.folder.rename(shelf.folder.with_name("elsewhere"))
    with pytest.raises(LibraryError, match="no such folder any more"):
        library.update()
    assert library.card("india") is not None
    shelf.folder.with_name("elsewhere").rename(shelf.folder)
    assert library.update().records == 1


def test_nothing_is_written_into_the_library(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.indexed().search("india")
    assert [path.name for path in shelf.folder.iterdir()] == ["india.yaml"]


def test_a_library_on_a_disk_that_cannot_be_written_works(shelf: Shelf, tmp_path: Path) -> None:
    shelf.country("india")
    shelf.write("broken.yaml", "kind: [\n")
    shelf.folder.chmod(0o555)
    try:
        library = shelf.indexed()
        assert library.card("india") is not None
        assert library.raw_text("broken.yaml") == "kind: [\n"
    finally:
        shelf.folder.chmod(0o755)


def test_an_empty_folder_is_a_library_too(shelf: Shelf) -> None:
    library = shelf.indexed()
    assert library.ready
    assert (library.counts().records, library.sections(), library.title) == (0, (), "library")
    before = library.generation
    library.update()
    assert library.generation == before


def test_the_texts_of_two_libraries_of_one_name_do_not_mix(shelf: Shelf, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "library"
    other.mkdir(parents=True)
    shelf.country("india")
    (other / "peru.yaml").write_text("kind: country\ntitle: Peru\n", encoding="utf-8")
    first = shelf.indexed()
    with Library(other) as second:
        second.update()
        assert [card.id for card in second.cards("country")] == ["peru"]
    assert [card.id for card in first.cards("country")] == ["india"]
