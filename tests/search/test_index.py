"""The index: what is committed is found, and what cannot be read is said to be."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from briefing.errors import CacheError
from briefing.search import index as index_module
from briefing.search.entry import Entry
from briefing.search.index import FORMAT, IndexWriter, SearchIndex

if TYPE_CHECKING:
    from pathlib import Path


def entry(key: int, words: str, order: int = 0) -> Entry:
    return Entry(f"r{key}", f'"id":"r{key}","facets":["kind:event"],"all":"{words}","order":{order}').with_key(key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cache" / "index"
    with IndexWriter.create_or_open(folder) as writer:
        writer.add([entry(1, "alpha beta", 3), entry(2, "alpha gamma delta", 2), entry(3, "beta alpha", 1)])
        writer.commit(7)
    return folder


def found(index: SearchIndex, word: str) -> list[int]:
    return sorted(key for _, key in index.best(index.term("all", word), 10))


def test_what_is_committed_is_found_with_its_generation(folder: Path) -> None:
    index = SearchIndex.open(folder)
    assert index.generation == 7
    assert found(index, "alpha") == [1, 2, 3]
    assert index.in_order(index.all_of([]), 10) == [3, 2, 1]
    assert index.in_order(index.all_of([]), 2) == [3, 2]
    assert index.in_order(index.all_of([]), 0) == []
    assert index.count(index.all_of([])) == 3
    assert index.words("all", "", 2) == ["alpha", "beta"]
    assert index.frequency("all", "gamma") == 1
    assert index.frequencies("all", ["gamma", "alpha", "omega"]) == {"gamma": 1, "alpha": 3}
    index.close()


def test_matches_are_put_together(folder: Path) -> None:
    index = SearchIndex.open(folder)
    alpha, beta = index.term("all", "alpha"), index.term("all", "beta")
    assert index.count(index.phrase("all", ["alpha", "beta"])) == 1
    assert index.count(index.phrase("all", ["beta"])) == 2
    assert index.count(index.all_of([alpha, beta])) == 2
    assert index.count(index.all_of([alpha], [beta])) == 1
    assert index.count(index.all_of([], [beta])) == 1
    assert index.count(index.one_of([beta, index.term("all", "gamma")])) == 3
    assert index.count(index.one_of([])) == 0
    assert index.count(index.any_term("id", ["r1", "r3"])) == 2
    assert len(index.best(alpha, 0)) == 1
    assert index.best(index.only_filtering(alpha), 1)[0][0] == 0


@pytest.mark.parametrize("few", [0, 500])
def test_any_of_many_values_are_matched_as_any_of_a_few(
    folder: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(index_module, "_FEW_VALUES", few)
    index = SearchIndex.open(folder)
    for match in (index.any_term("all", ["gamma", "delta", "beta"]), index.any_key([1, 2, 3, 9])):
        assert sorted(index.best(match, 10)) == [(1.0, 1), (1.0, 2), (1.0, 3)]
    assert not index.best(index.any_key([]), 10)


def test_a_reader_sees_a_commit_when_it_reloads(folder: Path) -> None:
    index = SearchIndex.open(folder)
    with IndexWriter.create_or_open(folder) as writer:
        writer.remove([1, 2])
        writer.add([entry(2, "epsilon")])
        writer.commit(8)
        assert (index.generation, found(index, "alpha")) == (7, [1, 2, 3])
        index.reload()
        assert (index.generation, found(index, "alpha"), found(index, "epsilon")) == (8, [3], [2])


def test_what_is_not_committed_is_not_kept(folder: Path) -> None:
    writer = IndexWriter.create_or_open(folder)
    writer.remove([1])
    writer.add([entry(4, "zeta")])
    writer.close()
    writer.close()
    index = SearchIndex.open(folder)
    assert (index.generation, found(index, "alpha"), found(index, "zeta")) == (7, [1, 2, 3], [])
    with pytest.raises(ValueError, match="closed"):
        writer.commit(8)


def test_an_index_without_a_commit_has_generation_nought(tmp_path: Path) -> None:
    IndexWriter.create_or_open(tmp_path / "new").close()
    assert SearchIndex.open(tmp_path / "new").generation == 0


def test_a_second_writer_is_told_of_the_first(folder: Path) -> None:
    with IndexWriter.create_or_open(folder), pytest.raises(CacheError, match="Another window") as caught:
        IndexWriter.create_or_open(folder)
    assert caught.value.where == str(folder)
    IndexWriter.create_or_open(folder).close()


def test_entries_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(entry(5, "x"))) == entry(5, "x")


_KILLED = """
import sys
from pathlib import Path
from briefing.search.entry import Entry
from briefing.search.index import IndexWriter
writer = IndexWriter.create_or_open(Path(sys.argv[1]))
writer.remove([1])
writer.add(Entry(f"x{key}", f'"id":"x{key}","all":"zeta"', key) for key in range(10, 5_000))
print("written", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_writer_that_is_killed_leaves_the_last_commit_and_no_lock(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "written\n"
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    index = SearchIndex.open(folder)
    assert (index.generation, found(index, "alpha"), found(index, "zeta")) == (7, [1, 2, 3], [])
    with IndexWriter.create_or_open(folder) as writer:
        writer.add([entry(4, "zeta")])
        writer.commit(8)
    index.reload()
    assert (index.generation, found(index, "zeta")) == (8, [4])


def test_a_folder_without_an_index_is_none(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="no search index"):
        SearchIndex.open(tmp_path)
    with pytest.raises(CacheError, match="no search index"):
        SearchIndex.open(tmp_path / "missing")


@pytest.mark.parametrize("stamp", [f"{FORMAT + 1}\n", f"{FORMAT - 1}\n"])
def test_an_index_of_another_format_is_not_opened(folder: Path, stamp: str) -> None:
    (folder / "briefing-index").write_text(stamp, encoding="utf-8")
    with pytest.raises(CacheError, match="of format"):
        SearchIndex.open(folder)
    with pytest.raises(CacheError, match="of format"):
        IndexWriter.create_or_open(folder)


@pytest.mark.parametrize("stamp", [b"", b"\xff", b'{"format": 1}'])
def test_a_foreign_index_is_not_opened(folder: Path, stamp: bytes) -> None:
    (folder / "briefing-index").write_bytes(stamp)
    with pytest.raises(CacheError, match="cannot be read"):
        SearchIndex.open(folder)


def test_an_index_whose_files_are_cut_short_is_said_to_be_damaged(folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    for file in sorted(path for path in folder.iterdir() if path.suffix != ".lock" and path.stem != "briefing-index"):
        for size in (0, file.stat().st_size // 2):
            shutil.rmtree(damaged, ignore_errors=True)
            shutil.copytree(folder, damaged)
            os.truncate(damaged / file.name, size)
            with pytest.raises(CacheError) as caught:
                SearchIndex.open(damaged)
            assert "rebuilt" in caught.value.mend


class PanicException(BaseException):
    """What a panic in Rust arrives as."""


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (PanicException("index out of bounds"), "damaged"),
        (OSError("No space left on device"), "No space left on device"),
    ],
)
def test_a_fault_of_the_engine_is_an_error_that_can_be_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    index = SearchIndex.open(folder)
    monkeypatch.setattr(index, "_searcher", SimpleNamespace(search=fail))
    with pytest.raises(CacheError, match=sentence):
        index.count(index.all_of([]))


def test_a_user_who_stops_a_search_is_not_told_of_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    index = SearchIndex.open(folder)
    monkeypatch.setattr(index, "_searcher", SimpleNamespace(search=stop))
    with pytest.raises(KeyboardInterrupt):
        index.best(index.all_of([]), 1)
