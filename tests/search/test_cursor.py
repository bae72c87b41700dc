"""What is being typed where the cursor stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.cursor import Typing, typing_at
from briefing.search.query import LONGEST
from tests.search.test_query import TYPED


def at(marked: str) -> Typing | None:
    """Ask about the place of the bar."""
    return typing_at(marked.replace("|", ""), marked.index("|"))


@pytest.mark.parametrize(
    ("marked", "replaced", "field", "typed"),
    [
        ("|", "", "", ""),
        ("6G |", "", "", ""),
        ("6G cou|", "cou", "", "cou"),
        ("6G cou|nt 5G", "count", "", "cou"),
        ("-cou|", "cou", "", "cou"),
        ("(cou|)", "cou", "", "cou"),
        ("country:|", "", "country", ""),
        ("country:in|", "in", "country", "in"),
        ("country:in|dia 6G", "india", "country", "in"),
        ("-country:in|", "in", "country", "in"),
        ("(a OR country:in|)", "in", "country", "in"),
        ("Country:in|", "in", "country", "in"),
        ("organization:us|", "us", "organisation", "us"),
        ("cou|ntry:india", "country:", "", "cou"),
        ('country:"South Ko|', '"South Ko', "country", "South Ko"),
        ('country:"South Ko| 6G', '"South Ko', "country", "South Ko"),
        ('country:"Sou|th Korea" 6G', '"South Korea"', "country", "Sou"),
        ("country:“Sou|th Korea” 6G", "“South Korea”", "country", "Sou"),
        ('country:|"South Korea"', '"South Korea"', "country", ""),
        ("certainly:|", "", "certainly", ""),
        ("certainly:bef|", "bef", "certainly", "bef"),
        ("certainly:before:20|", "20", "before", "20"),
        ("certainly:bef|ore:2024", "before:", "", "bef"),
        ('"next generation" cou|', "cou", "", "cou"),
        ('country:"South Korea" cou|', "cou", "", "cou"),
        ("marking:TLP:GR|", "TLP:GR", "marking", "TLP:GR"),
        ("colour:r|ed", "colour:red", "", "colour:r"),
    ],
)
def test_what_is_typed_is_what_the_language_reads_there(marked: str, replaced: str, field: str, typed: str) -> None:
    typing = at(marked)
    assert typing is not None
    assert marked.replace("|", "")[typing.start : typing.end] == replaced
    assert (typing.field, typing.typed) == (field, typed)


@pytest.mark.parametrize("marked", ['"next ge|', '"next ge|n"', "“a” “b|", "-|-x", '6G "country:in|'])
def test_in_a_phrase_nothing_is_completed(marked: str) -> None:
    assert at(marked) is None


def test_beyond_what_is_read_nothing_is_completed() -> None:
    assert typing_at("a " * LONGEST, 2 * LONGEST) is None
    assert typing_at("a", 2) is None


@given(TYPED, st.integers(0, 200))
def test_what_is_typed_lies_around_the_cursor(text: str, cursor: int) -> None:
    typing = typing_at(text, min(cursor, len(text)))
    if typing is not None:
        assert 0 <= typing.start <= min(cursor, len(text)) <= typing.end <= len(text)
        assert typing.typed in text[typing.start : typing.end]
