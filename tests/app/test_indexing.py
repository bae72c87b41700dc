from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from briefing.app.indexing import Indexing
from briefing.app.session import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

UPDATED = '{"event":"updated","generation":7,"records":41,"errors":1,"warnings":2,"changed":["a","b"],"all":false}'
WAIT = "sys.stdin.read()"
"""What a child does that stays until its parent is gone."""


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[str], Indexing]]:
    """Return what starts a child that runs some Python, in place of the real one."""
    made: list[Indexing] = []

    def start(code: str) -> Indexing:
        # The program gets --library and the folder after its own arguments; -c leaves them to sys.argv.
        indexing = Indexing(command=(sys.executable, "-S", "-c", f"import sys, os, time\n{code}"))
        made.append(indexing)
        return indexing

    yield start
    for each in made:
        each.stop()


def says(*lines: str) -> str:
    return "\n".join(f"print({line!r}, flush=True)" for line in lines)


def test_the_child_is_told_the_folder(start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path) -> None:
    code = 'import json; print(json.dumps({"event": "error", "message": repr(sys.argv[1:])}), flush=True)'
    indexing = start(f"{code}\n{WAIT}")
    with qtbot.waitSignal(indexing.failed) as said:
        indexing.start(tmp_path)
    assert said.args == [repr(["--library", str(tmp_path)])]
    assert indexing.running


def test_the_child_checks_against_the_texts_that_the_window_does(
    start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path
) -> None:
    code = 'import json; print(json.dumps({"event": "error", "message": repr(sys.argv[3:])}), flush=True)'
    indexing = start(f"{code}\n{WAIT}")
    with qtbot.waitSignal(indexing.failed) as said:
        indexing.start(tmp_path, tmp_path / "texts")
    assert said.args == [repr(["--texts", str(tmp_path / "texts")])]


def test_an_update_is_said_with_what_changed(start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path) -> None:
    indexing = start(f"{says(UPDATED)}\n{WAIT}")
    with qtbot.waitSignal(indexing.updated) as said:
        indexing.start(tmp_path)
    assert said.args == [Changes(7, 41, 1, 2, frozenset({"a", "b"}), everything=False)]


@pytest.mark.parametrize("tail", ['"changed":["a"],"all":true}', '"all":false}', '"errors":"x"}'])
def test_an_update_that_does_not_say_what_changed_changed_everything(
    start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path, tail: str
) -> None:
    line = '{"event":"updated","generation":8,"records":2,' + tail
    indexing = start(f"{says(line)}\n{WAIT}")
    with qtbot.waitSignal(indexing.updated) as said:
        indexing.start(tmp_path)
    assert said.args == [Changes(8, 2)]


def test_progress_and_rest_are_said(start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path) -> None:
    lines = ('{"event":"progress","phase":"reading","done":12,"total":100}', '{"event":"idle"}')
    indexing = start(f"{says(*lines)}\n{WAIT}")
    with qtbot.waitSignals([indexing.progress_changed, indexing.idle]):
        indexing.start(tmp_path)


def test_what_is_no_event_is_passed_over(start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path) -> None:
    lines = ("Hello", "[1]", "{", "{}", '{"event":"updated"}', UPDATED)
    indexing = start(f"{says(*lines)}\n{WAIT}")
    with qtbot.waitSignal(indexing.updated) as said:
        indexing.start(tmp_path)
    assert said.args[0].generation == 7


def test_a_line_that_comes_in_pieces_is_put_together(
    start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path
) -> None:
    half = len(UPDATED) // 2
    code = (
        f"os.write(1, {UPDATED[:half]!r}.encode())\ntime.sleep(0.05)\nos.write(1, {UPDATED[half:]!r}.encode() + b'\\n')"
    )
    indexing = start(f"{code}\n{WAIT}")
    with qtbot.waitSignal(indexing.updated) as said:
        indexing.start(tmp_path)
    assert said.args[0].records == 41


def test_a_child_that_dies_is_started_once_more(start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    code = f"p = {str(flag)!r}\nif not os.path.exists(p): open(p, 'w'); sys.exit(3)\n{says(UPDATED)}\n{WAIT}"
    indexing = start(code)
    with qtbot.waitSignal(indexing.updated), qtbot.assertNotEmitted(indexing.failed):
        indexing.start(tmp_path)


def test_a_child_that_dies_again_is_left_at_that(
    start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path
) -> None:
    indexing = start("sys.stderr.write('No space left\\n'); sys.exit(3)")
    with qtbot.waitSignal(indexing.failed) as said:
        indexing.start(tmp_path)
    assert said.args == ["The index is no longer kept up to date (No space left). F5 tries again."]
    assert not indexing.running


def test_a_program_that_does_not_start_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    indexing = Indexing(command=(str(tmp_path / "nothing"),))
    with qtbot.waitSignal(indexing.failed) as said:
        indexing.start(tmp_path)
    assert "does not start" in said.args[0]
    assert not indexing.running


def test_cancelling_ends_the_child_and_says_so(start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path) -> None:
    indexing = start(f"{says(UPDATED)}\n{WAIT}")
    with qtbot.waitSignal(indexing.updated):
        indexing.start(tmp_path)
    with qtbot.waitSignal(indexing.stopped), qtbot.assertNotEmitted(indexing.failed):
        indexing.cancel()
    assert not indexing.running
    with qtbot.assertNotEmitted(indexing.stopped):
        indexing.cancel()


def test_a_child_that_does_not_listen_is_killed(
    start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.app.indexing.ENDING_MS", 50)
    indexing = start(f"{says(UPDATED)}\nimport signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)")
    with qtbot.waitSignal(indexing.updated):
        indexing.start(tmp_path)
    indexing.stop()
    assert not indexing.running


def test_another_library_ends_the_child_of_the_first(
    start: Callable[[str], Indexing], qtbot: QtBot, tmp_path: Path
) -> None:
    indexing = start(f"{says(UPDATED)}\n{WAIT}")
    with qtbot.waitSignal(indexing.updated):
        indexing.start(tmp_path)
    with qtbot.waitSignal(indexing.updated), qtbot.assertNotEmitted(indexing.stopped):
        indexing.start(tmp_path / "other")


def test_the_real_child_indexes_and_follows_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "india.yaml").write_text("kind: country\ntitle: India\n", encoding="utf-8")
    indexing = Indexing()
    try:
        with qtbot.waitSignal(indexing.updated, timeout=20_000) as first:
            indexing.start(tmp_path)
        assert first.args[0].records == 1
        with qtbot.waitSignal(indexing.updated, timeout=20_000) as second:
            (tmp_path / "china.yaml").write_text("kind: country\ntitle: China\n", encoding="utf-8")
        assert second.args[0].records == 2
        assert second.args[0].touches("china")
    finally:
        indexing.stop()
