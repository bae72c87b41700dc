from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.library import workers
from briefing.library.folder import walk
from briefing.library.reading import FileReading, Task
from briefing.library.workers import batches, read_all
from briefing.records.draft import LibraryInfo

if TYPE_CHECKING:
    from tests.library.shelf import Shelf

INFO = LibraryInfo()


def tasks(folder: Path) -> list[Task]:
    return [Task(*file, b"") for file in walk(folder)[0]]


def many(shelf: Shelf, number: int = 300) -> list[Task]:
    for each in range(number):
        shelf.country(f"c{each:03}")
    return tasks(shelf.folder)


def task(path: str, size: int = 10) -> Task:
    return Task(path, size, 0, "", False, b"")


def test_batches_are_balanced_by_bytes() -> None:
    sizes = [[each.size for each in batch] for batch in batches([task("a", 200_000), *[task("b", 100_000)] * 5], 64)]
    assert sizes == [[200_000, 100_000], [100_000, 100_000, 100_000], [100_000]]
    assert [len(batch) for batch in batches([task("a")] * 10, 4)] == [4, 4, 2]
    assert list(batches([], 4)) == []


def test_batches_of_very_long_paths_fit_into_a_pipe() -> None:
    longest = max(sum(len(each.path) for each in batch) for batch in batches([task("x" * 4_000)] * 64, 64))
    assert longest < 32 * 1024


def test_few_files_are_read_without_starting_a_process(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_Crew", None)
    todo = many(shelf, 20)
    readings = [reading for batch in read_all(str(shelf.folder), todo, len(todo), INFO) for reading in batch]
    assert [reading.task for reading in readings] == todo
    assert {reading.records[0].id for reading in readings} == {f"c{each:03}" for each in range(20)}


def test_many_files_are_read_in_worker_processes(shelf: Shelf) -> None:
    todo = many(shelf)
    readings = [reading for batch in read_all(str(shelf.folder), todo, len(todo), INFO) for reading in batch]
    assert sorted(reading.records[0].id for reading in readings) == [f"c{each:03}" for each in range(300)]
    assert {reading.outcome for reading in readings} == {"read"}


def children() -> set[int]:
    """Return the processes that this one started and that run."""
    found = set()
    for name in os.listdir("/proc"):  # noqa: PTH208 - names are what is wanted
        try:
            with open(f"/proc/{name}/stat") as file:  # noqa: PTH123
                parts = file.read().rpartition(")")[2].split()
        except (OSError, NotADirectoryError):
            continue
        if name.isdigit() and int(parts[1]) == os.getpid() and parts[0] != "Z":
            with open(f"/proc/{name}/cmdline", "rb") as file:  # noqa: PTH123
                if b"spawn_main" in file.read():
                    found.add(int(name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed in /proc alone")


@needs_proc
def test_workers_end_when_nobody_wants_more_of_them(shelf: Shelf) -> None:
    todo = many(shelf, 1_000)
    reading = read_all(str(shelf.folder), todo, len(todo), INFO)
    next(reading)
    assert children()
    reading.close()
    assert not children()


@needs_proc
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(shelf: Shelf) -> None:
    todo = many(shelf, 1_000)
    reading = read_all(str(shelf.folder), todo, len(todo), INFO)
    found = list(next(reading))
    os.kill(children().pop(), signal.SIGKILL)
    for batch in reading:
        found += batch
    assert sorted(each.task.path for each in found) == [each.path for each in todo]
    assert {each.outcome for each in found} == {"read"}
    assert not any(each.problems for each in found)


class FakeConnection:
    """The near end of the pipe to a worker that is no process."""

    def __init__(self, deadly: set[str]) -> None:
        self.deadly = deadly
        self.waiting: list[list[Task]] = []
        self.dead = False

    def send(self, batch: list[Task]) -> None:
        if self.dead:
            raise BrokenPipeError
        self.waiting.append(batch)

    def recv(self) -> list[FileReading]:
        batch = self.waiting.pop(0)
        self.dead = self.dead or any(each.path in self.deadly for each in batch)
        if self.dead:
            raise EOFError
        return [FileReading(each, "read", "") for each in batch]


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Put workers that die on certain files in the place of processes."""
    paths: set[str] = set()

    class FakeWorker(workers._Worker):
        def __init__(self, folder: str) -> None:
            self.connection = FakeConnection(paths)  # type: ignore[assignment]  # as far as it is used
            self.sent = deque()
            self.deadline = 0.0

        def tell(self, info: LibraryInfo) -> None:
            pass

        def end(self) -> None:
            pass

    monkeypatch.setattr(workers, "_Worker", FakeWorker)
    monkeypatch.setattr("multiprocessing.connection.wait", lambda connections, timeout: connections[:1])
    return paths


def read_from(todo: list[Task]) -> dict[str, list[str]]:
    found = [each for batch in read_all("nowhere", todo, len(todo), INFO) for each in batch]
    assert len(found) == len(todo)
    return {each.task.path: [problem.code for problem in each.problems] for each in found}


def test_a_file_that_workers_die_on_is_a_problem_of_that_file_alone(deadly: set[str]) -> None:
    todo = [task(f"c{each:03}") for each in range(300)]
    deadly.update(("c007", "c150", "c299"))
    found = read_from(todo)
    assert {path for path, codes in found.items() if codes == ["reader-stopped"]} == deadly
    assert sum(not codes for codes in found.values()) == 297


def test_where_no_worker_comes_to_life_files_are_read_without_one(deadly: set[str], shelf: Shelf) -> None:
    todo = many(shelf, 100)
    deadly.update(each.path for each in todo)
    found = [each for batch in read_all(str(shelf.folder), todo, len(todo), INFO) for each in batch]
    assert sorted(each.task.path for each in found) == [each.path for each in todo]
    assert not any(each.problems for each in found)


def test_a_worker_that_does_not_answer_is_given_up(deadly: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    todo = [task(f"c{each:03}") for each in range(100)]
    monkeypatch.setattr(workers, "_HOPELESS", 10_000)
    stuck = {"c003"}

    def wait(connections: list[FakeConnection], timeout: float) -> list[FakeConnection]:
        return [each for each in connections if not any(one.path in stuck for one in each.waiting[0])]

    monkeypatch.setattr("multiprocessing.connection.wait", wait)
    monkeypatch.setattr(workers, "_PATIENCE_SECONDS", 0.2)
    assert [path for path, codes in read_from(todo).items() if codes] == ["c003"]


def test_a_worker_serves_until_its_pipe_ends(shelf: Shelf) -> None:
    todo = many(shelf, 3)
    near, far = get_context("spawn").Pipe()
    before = signal.getsignal(signal.SIGINT)
    near.send(INFO)
    near.send(todo)
    near.send([])
    # What is not read yet can still be read when the other end is closed; then comes the end.
    kept = os.dup(near.fileno())
    try:
        near.close()
        os.close(kept)
        workers._serve(far, str(shelf.folder))
    finally:
        signal.signal(signal.SIGINT, before)
        far.close()


def test_workers_called_up_early_are_those_that_read(shelf: Shelf) -> None:
    todo = many(shelf, 200)
    standby = workers.Standby()
    standby.call_up(str(shelf.folder))
    waiting = {worker._process.pid for worker in standby._workers}
    reading = read_all(str(shelf.folder), todo, len(todo), INFO, standby)
    first = next(reading)
    assert {child.pid for child in multiprocessing.active_children()} == waiting
    assert len(first) + sum(len(batch) for batch in reading) == 200
    standby.dismiss()
    assert not multiprocessing.active_children()


def test_workers_that_nobody_took_are_ended(shelf: Shelf) -> None:
    standby = workers.Standby()
    standby.call_up(str(shelf.folder))
    standby.dismiss()
    assert not multiprocessing.active_children()


def test_without_affinity_all_processors_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert workers._cpus() == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers._cpus() == 1
