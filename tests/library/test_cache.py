from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
import pytest

from briefing.errors import CacheError
from briefing.library import cache as cache_module
from briefing.library.cache import Cache, CancelledError, cache_base
from briefing.library.catalogue import Catalogue, DamagedError
from briefing.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.library.shelf import Shelf


def home(cache: Path) -> Path:
    """Return the folder of the one library in a cache."""
    (folder,) = cache.iterdir()
    return folder


def test_the_cache_is_where_the_variable_says(shelf: Shelf, cache: Path) -> None:
    shelf.indexed()
    assert {"catalogue.sqlite", "index"} <= {path.name for path in home(cache).iterdir()}


@pytest.mark.parametrize("chosen", ["", "/somewhere/else"])
def test_without_the_variable_the_cache_is_where_the_systems_programs_keep_theirs(
    monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.delenv("BRIEFING_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", chosen)
    expected = platformdirs.user_cache_path("briefing", appauthor=False)
    assert cache_base() == expected
    monkeypatch.setattr(sys, "platform", "another")
    assert cache_base() == expected


def test_a_cache_may_be_named_for_one_library(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    with Library(shelf.folder, cache=tmp_path / "own") as library:
        library.update()
    assert (tmp_path / "own").is_dir()
    assert not cache.exists()


def test_one_library_has_one_cache_by_whatever_path_it_is_opened(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    shelf.country("india")
    shelf.indexed()
    (tmp_path / "link").symlink_to(shelf.folder, target_is_directory=True)
    with Library(tmp_path / "link" / ".." / "library") as library:
        assert library.card("india") is not None
    assert len(list(cache.iterdir())) == 1


def test_a_cache_of_another_format_is_not_looked_at(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    shelf.indexed()
    monkeypatch.setattr(cache_module, "FORMAT", 99)
    assert not shelf.open().ready


def test_a_cache_that_cannot_be_made_says_so_with_a_mend(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_CACHE", str(shelf.country("india")))
    with pytest.raises(CacheError, match="cache folder cannot be written") as caught:
        shelf.open()
    assert "BRIEFING_CACHE" in caught.value.mend
    assert caught.value.where


def test_a_full_disk_says_so_and_costs_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.country("japan")

    def full(self: Catalogue, sql: str, rows: object) -> None:
        raise self._meaning(sqlite3.OperationalError("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "run_many", full)
        with pytest.raises(CacheError, match="disk is full"):
            library.update()
    assert library.counts().records == 1
    assert library.update().records == 2


def test_a_catalogue_in_use_for_too_long_says_so(shelf: Shelf, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.catalogue._BUSY_SECONDS", 0.01)
    library = shelf.indexed()
    shelf.country("india")
    other = sqlite3.connect(home(cache) / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CacheError, match="in use by another program"):
        library.update()
    other.close()
    assert library.update().records == 1


def spoil_whole(folder: Path) -> None:
    (folder / "catalogue.sqlite").write_bytes(b"this is no database at all, and long enough to be read as one" * 100)
    (folder / "catalogue.sqlite-wal").unlink(missing_ok=True)


def spoil_cut(folder: Path) -> None:
    path = folder / "catalogue.sqlite"
    path.write_bytes(path.read_bytes()[:6000])
    (folder / "catalogue.sqlite-wal").unlink(missing_ok=True)


def spoil_format(folder: Path) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite") as other:
        other.execute("PRAGMA user_version = 77")
    other.close()


def spoil_foreign(folder: Path) -> None:
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with sqlite3.connect(folder / "catalogue.sqlite") as other:
        other.execute("CREATE TABLE records(something)")
    other.close()


def spoil_tables(folder: Path) -> None:
    with sqlite3.connect(folder / "catalogue.sqlite") as other:
        other.execute("DROP TABLE meta")
    other.close()


def spoil_flag(folder: Path) -> None:
    (folder / "damaged").touch()


@pytest.mark.parametrize("spoil", [spoil_whole, spoil_cut, spoil_format, spoil_foreign, spoil_tables, spoil_flag])
def test_a_damaged_catalogue_is_made_anew_without_a_word(
    shelf: Shelf, cache: Path, spoil: Callable[[Path], None]
) -> None:
    for number in range(30):
        shelf.country(f"c{number}", "summary: " + "word " * 50)
    shelf.indexed().search("c3")
    shelf.close()
    spoil(home(cache))
    library = shelf.open()
    assert library.update().records == 30
    assert [hit.id for hit in library.search("c17").hits] == ["c17"]
    assert not (home(cache) / "damaged").exists()


def test_damage_that_is_met_on_the_way_is_mended_by_the_next_update(
    shelf: Shelf, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.country("india")
    library = shelf.indexed()
    with sqlite3.connect(home(cache) / "catalogue.sqlite") as other:
        other.execute("DROP TABLE relations")
    other.close()
    with pytest.raises(CacheError, match="damaged") as caught:
        library.relations("india")
    assert "made anew" in caught.value.mend
    assert library.update().records == 1
    assert library.relations("india") == ()


def test_damage_that_an_update_meets_is_mended_by_itself(shelf: Shelf, cache: Path) -> None:
    shelf.country("india")
    library = shelf.indexed()
    with sqlite3.connect(home(cache) / "catalogue.sqlite") as other:
        other.execute("DROP TABLE files")
    other.close()
    assert library.update().records == 1
    assert library.card("india") is not None


def test_a_catalogue_that_another_program_made_anew_is_taken_up(shelf: Shelf, cache: Path) -> None:
    shelf.country("india")
    library = shelf.indexed()
    spoil_flag(home(cache))
    other = shelf.open()
    shelf.country("japan")
    other.update()
    assert library.refresh()
    assert library.counts().records == 2
    assert not library.refresh()
    spoil_flag(home(cache))
    shelf.indexed()
    assert library.update().read == 0
    assert [hit.id for hit in library.search("japan").hits] == ["japan"]


def test_refresh_takes_up_what_another_instance_committed(shelf: Shelf) -> None:
    shelf.country("india")
    reader, writer = shelf.open(), shelf.open()
    assert not reader.ready
    writer.update()
    assert reader.refresh()
    assert reader.ready
    assert reader.card("india") is not None
    assert not reader.refresh()


def test_a_writer_waits_for_another_until_it_is_called_off(shelf: Shelf) -> None:
    mine, other = Cache(shelf.folder), Cache(shelf.folder)
    asked = 0

    def patient() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    with mine.writing(lambda: False):
        with pytest.raises(CancelledError), other.writing(patient):
            raise AssertionError("two write at once")
        with other.writing_now() as is_writer:
            assert not is_writer
    assert asked == 3
    with other.writing_now() as is_writer:
        assert is_writer


def test_an_update_that_waits_in_vain_is_a_cancelled_one(shelf: Shelf) -> None:
    library = shelf.open()
    shelf.country("india")
    asked = 0

    def after_the_walk() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with Cache(shelf.folder).writing(lambda: False):
        done = library.update(cancelled=after_the_walk)
    assert (done.cancelled, done.records) == (True, 0)
    assert library.update().records == 1


def test_an_update_that_waited_finds_nothing_left_to_do(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    first, second = shelf.open(), shelf.open()
    survey = second._indexer._survey

    def late(*asked: Any) -> object:
        found = survey(*asked)
        first.update()
        monkeypatch.setattr(second._indexer, "_survey", survey)
        return found

    monkeypatch.setattr(second._indexer, "_survey", late)
    done = second.update()
    assert (done.read, done.records, done.generation) == (0, 1, first.generation)


def test_a_lock_file_that_cannot_be_made_says_so(shelf: Shelf, cache: Path) -> None:
    shelf.country("india")
    library = shelf.open()
    (home(cache) / "writer.lock").mkdir()
    with pytest.raises(CacheError, match="cannot be written"):
        library.update()


def test_a_mark_or_a_sweep_that_fails_says_so(shelf: Shelf, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Cache(shelf.folder)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    for act in (mine.condemn, mine.clear, mine.clear_index):
        with pytest.raises(CacheError, match="Permission denied"):
            act()


def test_a_catalogue_on_an_impossible_path_says_so(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="cannot be written"):
        Catalogue(tmp_path / "no" / "such" / "folder.sqlite")
    with pytest.raises(CacheError):
        Catalogue(tmp_path)


def test_a_catalogue_closes_itself_when_it_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE x(y)")
    other.close()
    with pytest.raises(DamagedError, match="another program"):
        Catalogue(path)


def spoil_index_gone(index: Path) -> None:
    for path in index.iterdir():
        path.unlink()
    index.rmdir()


def spoil_index_file(index: Path) -> None:
    spoil_index_gone(index)
    index.write_text("not a folder", encoding="utf-8")


def spoil_index_cut(index: Path) -> None:
    for path in index.iterdir():
        if path.suffix not in (".lock", ".json"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_index_stamp(index: Path) -> None:
    (index / "briefing-index.json").write_text('{"format": 99}', encoding="utf-8")


def spoil_index_meta(index: Path) -> None:
    (index / "meta.json").write_text("{", encoding="utf-8")


SPOILS = [spoil_index_gone, spoil_index_file, spoil_index_cut, spoil_index_stamp, spoil_index_meta]


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_index_is_made_anew_from_the_catalogue_when_it_is_searched(
    shelf: Shelf, cache: Path, spoil: Callable[[Path], None]
) -> None:
    shelf.country("india")
    shelf.country("japan")
    library = shelf.indexed()
    assert [hit.id for hit in library.search("india").hits] == ["india"]
    shelf.close()
    spoil(home(cache) / "index")
    again = shelf.open()
    assert again.update().read == 0
    assert [hit.id for hit in again.search("india").hits] == ["india"]
    assert again.search("kind:country").total == 2


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_index_is_made_anew_by_an_update_that_writes(
    shelf: Shelf, cache: Path, spoil: Callable[[Path], None]
) -> None:
    shelf.country("india")
    shelf.indexed()
    shelf.close()
    spoil(home(cache) / "index")
    shelf.country("japan")
    library = shelf.open()
    assert library.update().read == 1
    assert library.search("kind:country").total == 2


def test_an_index_of_another_state_of_the_library_is_made_anew(shelf: Shelf, cache: Path, tmp_path: Path) -> None:
    import shutil

    shelf.country("india")
    library = shelf.indexed()
    shutil.copytree(home(cache) / "index", tmp_path / "old")
    for name in ("japan", "peru", "chile"):
        shelf.country(name)
        library.update()
    shelf.close()
    shutil.rmtree(home(cache) / "index")
    shutil.copytree(tmp_path / "old", home(cache) / "index")
    assert shelf.open().search("kind:country").total == 4


def test_an_index_is_searched_as_it_is_while_another_process_writes(shelf: Shelf, cache: Path) -> None:
    shelf.country("india")
    library = shelf.indexed()
    with sqlite3.connect(home(cache) / "catalogue.sqlite") as other:
        other.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
    other.close()
    with Cache(shelf.folder).writing(lambda: False):
        assert [hit.id for hit in library.search("india").hits] == ["india"]
    assert [hit.id for hit in library.search("india").hits] == ["india"]


def test_a_crash_between_catalogue_and_index_is_made_good(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    shelf.country("japan")
    library = shelf.indexed()
    shelf.country("india", title="Bharat")
    shelf.remove("japan.yaml")
    shelf.country("peru")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("briefing.library.ledger.Ledger._commit_index", die)
        with pytest.raises(KeyboardInterrupt):
            library.update()
    other = shelf.open()
    assert other.update().read == 0
    assert {hit.title for hit in other.search("kind:country").hits} == {"Bharat", "Peru"}
    assert other.search("japan").hits == ()


def test_a_catalogue_that_stays_locked_while_it_is_begun_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.library.catalogue._BUSY_SECONDS", 0.05)
    path = tmp_path / "c.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CacheError, match="in use by another program"):
        Catalogue(path)
    other.close()
    Catalogue(path).close()


def test_before_anything_is_indexed_nothing_is_found(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.open()
    assert library.search("india").hits == ()
    with Cache(shelf.folder).writing(lambda: False):
        Cache(shelf.folder).clear_index()
        other = shelf.open()
        assert other.search("india").total == 0


def test_damage_that_a_search_meets_is_mended_and_the_search_goes_on(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.search import ranking

    shelf.country("india")
    library = shelf.indexed()
    real = ranking.search
    failures = [CacheError("The search index is damaged")]

    def failing(*given: Any, **options: Any) -> ranking.Hits:
        if failures:
            raise failures.pop()
        return real(*given, **options)

    monkeypatch.setattr(ranking, "search", failing)
    assert [hit.id for hit in library.search("india").hits] == ["india"]
    failures.append(CacheError("The search index is damaged"))
    library.close()
    again = shelf.open()
    with Cache(shelf.folder).writing(lambda: False):
        # Another writes at this moment: what is there is searched once more.
        assert [hit.id for hit in again.search("india").hits] == ["india"]
        failures.append(CacheError("The search index is damaged"))
        Cache(shelf.folder).clear_index()
        other = shelf.open()
        assert other.search("india").total == 0


def test_a_damaged_catalogue_is_not_taken_for_a_damaged_index(shelf: Shelf, cache: Path) -> None:
    shelf.country("india")
    library = shelf.indexed()
    with sqlite3.connect(home(cache) / "catalogue.sqlite") as other:
        other.execute("ALTER TABLE records RENAME TO old")
    other.close()
    with pytest.raises(DamagedError):
        library.search("india")
