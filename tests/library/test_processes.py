"""Several processes on one library, and processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.library.shelf import Shelf, told

INDEX = """
import sys
from pathlib import Path
from briefing.library import indexer
from briefing.library.library import Library

def main():
    indexer._FIRST_COMMIT_SECONDS = 0.02
    indexer._REPORT_SECONDS = 0.0
    def tell(progress):
        print(progress.phase, progress.done, flush=True)
    with Library(Path(sys.argv[1])) as library:
        done = library.update(tell)
        print("records", done.records, flush=True)

if __name__ == "__main__":
    main()
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "index.py"
    path.write_text(INDEX, encoding="utf-8")
    return path


def start(script: Path, shelf: Shelf) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(script), str(shelf.folder)], stdout=subprocess.PIPE, text=True)


def hear(process: subprocess.Popen[str], beginning: str) -> bool:
    """Wait until a process says a line that begins so; tells whether it ever did."""
    assert process.stdout is not None
    return any(line.startswith(beginning) for line in process.stdout)


def fill(shelf: Shelf, number: int) -> None:
    for each in range(number):
        (shelf.folder / f"c{each:04}.yaml").write_text(
            f"kind: country\ntitle: Country {each}\nbody: {'word ' * 100}\nsee_also: [c{(each + 1) % number:04}]\n",
            encoding="utf-8",
        )


def kill_when(script: Path, shelf: Shelf, beginning: str) -> bool:
    """Index, and kill that process when it says a line that begins so; tells whether it ever did."""
    with start(script, shelf) as process:
        heard = hear(process, beginning)
        process.kill()
    return heard


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of Unix")
@pytest.mark.parametrize("moment", ["walking", "reading 6", "reading 3", "reading 9", "writing"])
def test_a_killed_first_index_costs_nothing_but_its_time(shelf: Shelf, script: Path, moment: str) -> None:
    fill(shelf, 1_000)
    assert kill_when(script, shelf, moment)
    library = shelf.open()
    done = library.update()
    assert done.records == 1_000
    assert library.problems() == []
    assert library.search("kind:country").total == 1_000
    assert [hit.id for hit in library.search("country 777").hits][:1] == ["c0777"]
    assert len(library.neighbour_cards("c0500", "country")) == 2
    assert library.update().read == 0


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of Unix")
def test_killed_again_and_again_it_comes_to_an_end(shelf: Shelf, script: Path) -> None:
    fill(shelf, 600)
    for moment in ("reading 2", "reading 1", "reading 1"):
        try:
            assert kill_when(script, shelf, moment)
        except AssertionError:
            break
    library = shelf.indexed()
    assert library.counts().records == library.search("kind:country").total == 600
    assert told(library) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed in /proc alone")
def test_workers_do_not_outlive_a_killed_parent(shelf: Shelf, script: Path) -> None:
    fill(shelf, 3_000)
    with start(script, shelf) as process:
        assert hear(process, "reading")
        family = descendants(process.pid)
        assert family
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while (left := [pid for pid in family if runs(pid)]) and time.monotonic() < deadline:
        # Nobody signals the end of a process that is not one's own child.
        time.sleep(0.05)
    assert left == []


def test_two_processes_on_one_library_both_end_well(shelf: Shelf, script: Path) -> None:
    fill(shelf, 400)
    processes = [start(script, shelf) for _ in range(2)]
    for process in processes:
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert out.splitlines()[-1] == "records 400"
    library = shelf.open()
    assert library.update().read == 0
    assert library.search("kind:country").total == 400


def test_a_reader_is_not_kept_waiting_by_a_writer(shelf: Shelf, script: Path) -> None:
    fill(shelf, 1_000)
    library = shelf.open()
    longest = 0.0
    with start(script, shelf) as process:
        assert process.stdout is not None
        for _ in process.stdout:
            began = time.perf_counter()
            library.refresh()
            library.cards("country", 0, 10)
            library.counts()
            longest = max(longest, time.perf_counter() - began)
    assert process.returncode == 0
    assert longest < 2.0
    library.refresh()
    assert library.counts().records == 1_000


def runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descendants(pid: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):  # noqa: PTH208 - names are what is wanted
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:  # noqa: PTH123
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == pid:
                found.append(int(name))
    return found


OPEN = """
import sys, time
from pathlib import Path
from briefing.library.catalogue import Catalogue

print("ready", flush=True)
sys.stdin.readline()
Catalogue(Path(sys.argv[1])).close()
"""


def test_two_processes_may_begin_a_catalogue_at_one_moment(tmp_path: Path) -> None:
    for number in range(5):
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN, str(tmp_path / f"{number}.sqlite")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for process in processes:
            assert hear(process, "ready")
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        for process in processes:
            process.communicate()
            assert process.returncode == 0
