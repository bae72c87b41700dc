"""What is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.highlight import Highlights, Term, endings, mark, matches, merged
from briefing.search.query import parse


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in mark(text, parse(query).highlights)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("india ", "India and India’s Indian", ["India", "India"]),
        ("ind", "India and an Indian in", ["India", "Indian"]),
        ("india obrien ", "India's O'Brien and O’Brien's", ["India", "O'Brien", "O’Brien"]),
        ("cote divoire ", "In Côte d’Ivoire.", ["Côte", "d’Ivoire"]),
        ('"next generation"', "The Next–Generation talks; next, a generation", ["Next–Generation"]),
        ('"next gen', "next general", ["next general"]),
        ("us-south ", "South US, US–South", ["US–South"]),
        ("-china india ", "China and India", ["India"]),
        ("a OR (b -c) ", "a b c", ["a", "b"]),
        ("kind:note india ", "a note on India", ["India"]),
        ("공지 ", "인공지능", ["공지"]),
        ("인공지능 ", "인공지능의 인공", ["인공지능"]),
        ("국 ", "한국과 국가", ["국", "국"]),
        ("भारत ", "भारत और", ["भारत"]),
        ("u.s. ", "the U.S. and us", ["U.S.", "us"]),
        ("x ", "", []),
    ],
)
def test_words_are_marked_as_they_were_found(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text) == expected


def test_a_query_without_words_marks_nothing() -> None:
    assert mark("India", Highlights()) == ()
    assert not Highlights()
    assert mark("India", parse("kind:country").highlights) == ()


def test_marks_that_overlap_or_touch_are_one() -> None:
    assert merged([(4, 6), (0, 2), (1, 3), (6, 8)]) == ((0, 3), (4, 8))


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (
            ("next", "gen"),
            "The next generation; next\\n*genes*, next general’s, nextgen",
            {"generation", "genes", "general"},
        ),
        (("obrien", "a"), "O’Brien asked; OBrien, and", {"and"}),
        (("obrien", "a"), "O’Brien asked", {"asked"}),
        (("cote", "d"), "Côte d’Ivoire", {"divoire"}),
        (("next", "b"), 'next","body":"bodies', set()),
        (("한국", "기"), "한국 기술", {"기술"}),
    ],
)
def test_what_a_phrase_ends_in_is_read_quickly(words: tuple[str, ...], text: str, expected: set[str]) -> None:
    assert endings(f'{{"body":"{text}"}}', Term(words, prefix=True)) == expected


_PIECES = ("india", "In", "국", "한국", "인공지능", "é", "’s", " ", "-", "U.S.", "भा", "ガ", "\u0301")
SNIPPETS = st.lists(st.sampled_from(_PIECES))


@given(st.text() | SNIPPETS.map("".join), st.text() | SNIPPETS.map(" ".join))
def test_marks_are_inside_the_text_in_order_and_apart(query: str, text: str) -> None:
    spans = mark(text, parse(query).highlights)
    ends = [-1, *(end for _, end in spans)]
    assert all(last < start < end <= len(text) for last, (start, end) in zip(ends, spans, strict=False))


@given(SNIPPETS.map("".join))
def test_a_text_searched_for_by_itself_is_marked(text: str) -> None:
    query = parse(f'"{text}"')
    assert bool(mark(text, query.highlights)) == bool(query)


_ENGLISH = (
    "china",
    "chína",
    "É",
    "'s",
    "’s",
    "'",
    " ",
    "-",
    ".",
    "us",
    "u.s.",
    "o'brien",
    "India",
    "“",
    "…",
    "s",
    "pace",
    "_",
    "6g",
)
ENGLISH = st.lists(st.sampled_from(_ENGLISH))
_QUERIES = ("china", "china pace ", '"china pace"', '"us ind', "s ", "obrien ", "u.s. ", "in", "6g-us ", "한국 in")


@given(st.sampled_from(_QUERIES), ENGLISH.map("".join) | ENGLISH.map(" ".join))
def test_plain_english_is_marked_as_any_other_text(query: str, text: str) -> None:
    highlights = parse(query).highlights
    assert mark(text, highlights) == tuple(
        (start, end) for start, end in mark(f"{text} 中", highlights) if start < len(text)
    )
    assert {number for _, _, number in matches(text, highlights)} == {
        number for _, _, number in matches(f"{text} 中", highlights)
    }
