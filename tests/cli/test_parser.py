"""What may stand on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.parser import parse, words_of
from briefing.cli.target import Target
from briefing.cli.verbs import VERBS, WINDOW
from briefing.errors import UsageError


@pytest.mark.parametrize(
    "argv",
    [
        ["--library", "notes", "search", "trilateral", "6G"],
        ["--library=notes", "search", "trilateral", "6G"],
        ["search", "--library", "notes", "trilateral", "6G"],
        ["search", "trilateral", "6G", "--library", "notes"],
        ["search", "trilateral", "--library", "notes", "6G"],
    ],
)
def test_the_library_is_named_before_or_after_the_verb(argv: list[str]) -> None:
    arguments = parse(argv)
    assert (arguments.verb, arguments.library, arguments.query) == ("search", Path("notes"), ["trilateral", "6G"])


def test_options_and_words_stand_in_any_order() -> None:
    arguments = parse(["search", "one", "--json", "two", "--limit", "5", "three"])
    assert (arguments.query, arguments.json, arguments.limit) == (["one", "two", "three"], True, 5)


def test_without_a_verb_the_window_opens() -> None:
    assert parse([]).verb == WINDOW
    assert parse(["--library", "search"]).library == Path("search")


def test_a_folder_alone_is_the_library_to_open() -> None:
    arguments = parse(["notes"])
    assert (arguments.verb, arguments.folder) == (WINDOW, Target(Path("notes")))


def test_a_folder_named_like_a_verb_is_opened_by_its_path_or_behind_two_hyphens() -> None:
    assert parse(["./search"]).folder == Target(Path("./search"))
    assert parse(["--", "search"]).folder == Target(Path("search"))


def test_a_query_may_begin_with_a_hyphen_behind_two_hyphens() -> None:
    arguments = parse(["search", "--json", "--", "-china", "--limit"])
    assert (arguments.query, arguments.json) == (["-china", "--limit"], True)


@pytest.mark.parametrize("query", [["6G", "-china"], ["-china"], ["--china=1", "6G"]])
def test_a_query_that_looks_like_an_option_is_refused_with_a_sentence(query: list[str]) -> None:
    with pytest.raises(UsageError, match="behind --") as caught:
        parse(["search", *query])
    assert "There is no option -" in str(caught.value)
    assert "briefing search --help" in str(caught.value)


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5", "100001", "", "9" * 5000])
def test_a_limit_that_makes_no_sense_is_refused(limit: str) -> None:
    with pytest.raises(UsageError, match="whole number"):
        parse(["search", "6G", f"--limit={limit}"])


@pytest.mark.parametrize("size", ["1360", "1360x", "0x0", "1360x860x2", "99999x99999", "-5x100"])
def test_a_size_that_makes_no_sense_is_refused(size: str) -> None:
    with pytest.raises(UsageError, match="1360x860"):
        parse(["screenshot", "window.png", f"--size={size}"])


def test_a_size_is_read() -> None:
    assert parse(["screenshot", "window.png", "--size", "800x600"]).size == (800, 600)


@pytest.mark.parametrize(
    "argv",
    [
        ["search"],
        ["show"],
        ["print", "icet"],
        ["show", "icet", "--format", "pdf"],
        ["schema", "x"],
        ["screenshot", "window.jpg"],
    ],
)
def test_what_is_missing_or_unknown_is_said(argv: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(argv)


def test_an_option_is_not_abbreviated() -> None:
    with pytest.raises(UsageError):
        parse(["search", "6G", "--lim", "5"])


def test_standard_output_is_a_hyphen() -> None:
    assert parse(["print", "icet", "quad", "-o", "-"]).output == "-"


def test_bytes_that_are_no_utf_8_become_the_sign_for_that() -> None:
    assert words_of(["caf\udce9", "6G"]) == "caf\N{REPLACEMENT CHARACTER} 6G"


@given(st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), min_size=1, max_size=5))
def test_whatever_stands_behind_two_hyphens_is_the_query(words: list[str]) -> None:
    assert parse(["search", "--", *words]).query == words


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        parse([verb, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert f"usage: briefing {verb}" in shown
    assert VERBS[verb].capitalize()[:12].lower() in shown.lower()


def test_the_whole_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {verb} " in shown for verb in VERBS)
