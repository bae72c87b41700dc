"""Writing for people."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.terminal import BOLD, Pen, clean, has_colour, one_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(st.text())
def test_no_text_commands_a_terminal(text: str) -> None:
    shown = clean(text)
    assert not any(ord(letter) < 0x20 and letter not in "\t\n" for letter in shown)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert not any(letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for letter in shown)


def test_control_characters_are_shown_as_what_they_are() -> None:
    assert clean("a\x1b[31mb\u202ec\x07") == "a␛[31mb[U+202E]c␇"
    assert one_line("a\n  b\tc ") == "a b c"


def test_there_is_no_colour_but_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert has_colour(Terminal())
    assert not has_colour(io.StringIO())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_users_can_refuse_colour(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert not has_colour(Terminal())


def test_marks_are_set_on_the_words_that_they_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    pen = Pen(Terminal())
    assert pen.mark("The planned round\x1b", [(4, 11)]) == "The \x1b[1;33mplanned\x1b[0m round␛"
    assert pen.mark("6G", [(0, 2)], BOLD) == "\x1b[1;33m6G\x1b[0m"
    assert Pen(io.StringIO()).mark("The planned round", [(4, 11)], BOLD) == "The planned round"
