from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.library.evidence import SourceText, mend_of, normal, stands_in, state_of
from briefing.records.claims import Evidence

TEXT = SourceText.parse(
    "India’s “rapid” progress — in\nthe  Indo‑Pacific.\n\nThe words stand here.\r\n \t\r\nAnd in 2024, too.\n"
)


def test_paragraphs_are_parted_by_lines_of_nothing_but_white_space() -> None:
    text = SourceText.parse("\ufeff\n\nOne\nstill one.\n \t \n\n\nTwo.\r\n\r\nThree.\rStill three.\n\n")
    assert text.paragraphs == ("One\nstill one.", "Two.", "Three.\nStill three.")
    assert SourceText.parse(" \n \n").paragraphs == ()


@pytest.mark.parametrize(
    ("gists", "title", "headline", "count"),
    [
        (0, "", "", 3),
        (2, "", "A Headline", 2),
        (3, "", "", 3),
        (1, "", "", 3),
        (0, "A headline!", "A Headline", 2),
        (3, "a headline", "A Headline", 2),
        (0, "Another title", "", 3),
    ],
)
def test_the_headline_is_known_by_the_gists_or_by_the_title(gists: int, title: str, headline: str, count: int) -> None:
    text = SourceText.parse("A Headline\n\nOne.\n\nTwo.", gists=gists, title=title)
    assert (text.headline, len(text.paragraphs)) == (headline, count)


def test_a_text_of_one_paragraph_has_no_headline() -> None:
    assert SourceText.parse("A headline", title="A headline").paragraphs == ("A headline",)


@pytest.mark.parametrize(
    ("quote", "at", "found"),
    [
        ('India\'s "rapid" progress - in the Indo-Pacific', (1, 1), True),
        ("India’s “rapid” progress", (2, 2), False),
        ("words stand", (1, 2), True),
        ("Indo-Pacific. The words", (1, 2), True),
        ("words stand", None, True),
        ("words stand", (3, 3), False),
        ("words stand", (9, 9), False),
        ("WORDS stand", None, False),
        ("ord", None, False),
        ("202", None, False),
        ("2024", (3, 3), True),
        ("  \n ", None, False),
    ],
)
def test_a_quote_stands_in_the_paragraphs_that_are_cited_or_anywhere(
    quote: str, at: tuple[int, int] | None, found: bool
) -> None:
    assert TEXT.has(quote, at) is found


def test_a_quote_may_stand_after_a_word_that_begins_like_it() -> None:
    assert stands_in("art", "start of art")
    assert not stands_in("art", "start of arts")


def test_scripts_without_spaces_need_none_around_a_quote() -> None:
    text = SourceText.parse("한국과 인도는 협력한다.\n\n印度和韩国合作。")
    assert text.has("인도", (1, 1))
    assert text.has("韩国", (2, 2))


def test_a_letter_and_its_accent_are_one_letter_however_they_are_written() -> None:
    assert SourceText.parse("cafe\u0301 society").has("caf\u00e9 society")


@given(st.text(), st.text(), st.text())
def test_every_text_stands_in_itself_with_anything_around_it(before: str, words: str, after: str) -> None:
    quote = normal(words)
    assert stands_in(quote, f"{before} {quote} {after}") is bool(quote)


@given(st.text())
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("source", "at", "quote", "text", "state"),
    [
        ("", None, "", None, Evidence.NO_SOURCE),
        ("", (1, 1), "words", TEXT, Evidence.NO_SOURCE),
        ("a", None, "", None, Evidence.SOURCE_ONLY),
        ("a", None, "", TEXT, Evidence.SOURCE_ONLY),
        ("a", (1, 1), "", TEXT, Evidence.PARAGRAPH_ONLY),
        ("a", (1, 1), "words", None, Evidence.NOT_CHECKABLE),
        ("a", (1, 1), "words stand", TEXT, Evidence.QUOTE_NOT_FOUND),
        ("a", (2, 2), "words stand", TEXT, Evidence.QUOTE_FOUND),
        ("a", None, "words stand", TEXT, Evidence.QUOTE_FOUND),
    ],
)
def test_every_claim_is_in_one_state(
    source: str, at: tuple[int, int] | None, quote: str, text: SourceText | None, state: Evidence
) -> None:
    assert state_of(source, at, quote, text) is state


def test_the_mend_says_where_the_words_do_stand() -> None:
    headed = SourceText.parse("A headline\n\nOne thing.\n\nOne thing.\n\nTwo.", gists=3)
    assert mend_of("One thing", (3, 3), headed) == "The words stand in paragraph 1 and paragraph 2: correct `at`."
    assert mend_of("A headline", (1, 1), headed) == "The words stand in the headline: correct `at`."
    assert mend_of("One thing", (9, 9), headed) == (
        "The source has 3 paragraphs; the words stand in paragraph 1 and paragraph 2."
    )
    assert mend_of("Nothing", (9, 9), headed) == "The source has 3 paragraphs: correct `at`."
    assert mend_of("Nothing", (2, 9), SourceText.parse("One.")) == "The source has 1 paragraph: correct `at`."
    assert "Copy the words" in mend_of("Nothing", None, headed)
