"""`briefing index --watch`, as a window and as a user runs it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.index import MOST_IDS, Events, Sentences
from briefing.errors import CacheError
from briefing.library.answers import Counts, Progress, Update

ROOT = Path(__file__).resolve().parent.parent.parent


class Watching:
    """`briefing index --watch` as a process, and what it says."""

    def __init__(self, library: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "briefing", "index", "--watch", *options, "--library", library],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate(timeout=30)[1]
        return line

    def event(self, name: str) -> dict[str, Any]:
        """Return the next event of that name."""
        while True:
            event: dict[str, Any] = json.loads(self.line())
            if event["event"] == name:
                return event


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "korea.yaml").write_text("kind: country\ntitle: South Korea\n", encoding="utf-8")
    return folder


def test_it_says_what_changed_and_ends_with_its_parent(library: Path) -> None:
    watching = Watching(library, "--events")
    first = watching.event("updated")
    assert (first["records"], first["errors"], first["warnings"]) == (1, 0, 0)
    (library / "india.yaml").write_text("kind: country\ntitle: India\n", encoding="utf-8")
    second = watching.event("updated")
    assert (second["records"], second["changed"], second["all"]) == (2, ["india"], False)
    assert second["generation"] > first["generation"]
    # Its standard input ends, as it does when the window is gone.
    rest, errors = watching.process.communicate(timeout=30)
    assert (watching.process.returncode, rest, errors) == (0, "", "")


def test_a_change_a_folder_that_moves_and_one_that_goes_are_taken_up_as_they_come(library: Path) -> None:
    (library / "asia").mkdir()
    (library / "asia" / "india.yaml").write_text("kind: country\ntitle: India\n", encoding="utf-8")
    watching = Watching(library, "--events")
    assert watching.event("updated")["records"] == 2
    # It has begun to listen when it has looked once more.
    watching.event("idle")
    (library / "korea.yaml").write_text("kind: country\ntitle: Korea\n", encoding="utf-8")
    event = watching.event("updated")
    assert (event["changed"], event["files"]) == (["korea"], ["korea.yaml"])
    (library / "asia").rename(library / "east")
    event = watching.event("updated")
    assert (event["changed"], event["files"]) == (["india"], ["asia/india.yaml", "east/india.yaml"])
    (library / "east" / "india.yaml").unlink()
    (library / "east").rmdir()
    event = watching.event("updated")
    assert (event["records"], event["changed"]) == (1, ["india"])
    watching.process.communicate(timeout=30)
    assert watching.process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_well_when_it_is_asked_to(library: Path, number: signal.Signals) -> None:
    watching = Watching(library)
    assert watching.line().startswith("1 record, ")
    watching.process.send_signal(number)
    _, errors = watching.process.communicate(timeout=30)
    assert (watching.process.returncode, errors) == (0, "")


def test_events_without_watch_make_no_sense(capsys: pytest.CaptureFixture[str]) -> None:
    from briefing.cli import main

    assert main(["index", "--events"]) == 2
    assert "--watch" in capsys.readouterr().err


class Counting:
    def counts(self) -> Counts:
        return Counts(7, 2, 1)


def test_events_are_lines_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    events = Events()
    events.progress(Progress("reading", 12, 100))
    events.updated(
        Update(7, 7, changed=frozenset({"b", "a"}), files=frozenset({"a.yaml"}), seconds=0.12345), Counting()
    )
    events.failed(CacheError("The disk is full", mend="Free some space."))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        {"event": "progress", "phase": "reading", "done": 12, "total": 100},
        {
            "event": "updated",
            "generation": 7,
            "records": 7,
            "errors": 2,
            "warnings": 1,
            "changed": ["a", "b"],
            "files": ["a.yaml"],
            "all": False,
            "seconds": 0.123,
        },
        {"event": "error", "message": "The disk is full. Free some space."},
    ]


def test_very_many_changes_are_said_as_all(capsys: pytest.CaptureFixture[str]) -> None:
    ids = frozenset(f"record-{number}" for number in range(MOST_IDS + 1))
    Events().updated(Update(7, len(ids), changed=ids), Counting())
    event = json.loads(capsys.readouterr().out)
    assert (event["all"], event["changed"]) == (True, [])


def test_what_another_program_took_up_is_said_as_all(capsys: pytest.CaptureFixture[str]) -> None:
    events = Events()
    events.updated(Update(7, 3), Counting())
    events.updated(Update(8, 3), Counting())
    assert [json.loads(line)["all"] for line in capsys.readouterr().out.splitlines()] == [False, True]


def test_a_fault_of_the_machine_is_said_and_the_next_change_is_taken_up(capsys: pytest.CaptureFixture[str]) -> None:
    sentences = Sentences()
    sentences.progress(Progress("reading", 1, 2))
    sentences.failed(CacheError("The disk is full", mend="Free some space."))
    sentences.updated(Update(7, 7, read=2, seconds=0.04), Counting())
    shown = capsys.readouterr()
    assert shown.err == "The disk is full. Free some space.\n"
    assert shown.out == "7 records, 2 errors, 1 warning; 2 files read, 0 gone, in 0.0 s\n"
