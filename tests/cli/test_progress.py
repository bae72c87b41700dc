"""Saying how far long work has come."""

from __future__ import annotations

import io

import pytest

from briefing.cli.progress import ProgressLine, in_words
from briefing.library.answers import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["file", "terminal"])
def test_the_first_second_passes_in_silence(stream: io.StringIO) -> None:
    clock = Clock()
    line = ProgressLine(stream, clock)
    clock.now = 0.9
    line(Progress("reading", 10, 100))
    line.close()
    assert stream.getvalue() == ""


def test_a_terminal_has_one_line_that_changes_and_goes() -> None:
    stream, clock = Terminal(), Clock()
    line = ProgressLine(stream, clock)
    for clock.now, done in ((1.0, 10), (1.05, 15), (1.2, 20)):
        line(Progress("reading", done, 100))
    line.close()
    assert stream.getvalue() == (
        "\r\x1b[KReading records: 10 of 100 (10 %)\r\x1b[KReading records: 20 of 100 (20 %)\r\x1b[K"
    )


def test_elsewhere_there_is_a_line_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    line = ProgressLine(stream, clock)
    for tenth in range(120):
        clock.now = tenth / 10
        line(Progress("writing", tenth, 120))
    line.close()
    assert len(stream.getvalue().splitlines()) == 3
    assert "\x1b" not in stream.getvalue()


def test_progress_is_said_in_words() -> None:
    assert in_words(Progress("reading", 1200, 4800)) == "Reading records: 1,200 of 4,800 (25 %)"
    assert in_words(Progress("walking", 1200, 0)) == "Looking through the folder: 1,200"
    assert in_words(Progress("walking", 0, 0)) == "Looking through the folder ..."
