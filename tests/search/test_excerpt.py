"""The sentence that a hit shows."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.search.excerpt import LENGTH, best_excerpt, opening
from briefing.search.query import parse

LONG = "word " * 60


def shown(query: str, *texts: str) -> tuple[str, list[str]]:
    found = best_excerpt([(str(number), text) for number, text in enumerate(texts)], parse(query).highlights)
    assert found is not None
    _, text, marks = found
    return text, [text[start:end] for start, end in marks]


def test_the_sentence_with_most_of_the_words_is_shown() -> None:
    text = "India came first. Then Korea and India met. Korea left."
    assert shown("india korea ", text) == ("Then Korea and India met.", ["Korea", "India"])


def test_of_equal_sentences_the_first_is_shown() -> None:
    assert shown("india ", "About India here.", "India again.")[0] == "About India here."


def test_the_text_that_it_comes_from_is_said() -> None:
    found = best_excerpt([("claim", "Nothing."), ("role", "An adviser")], parse("adviser ").highlights)
    assert found == ("role", "An adviser", ((3, 10),))


def test_where_no_word_stands_there_is_no_sentence() -> None:
    assert best_excerpt([("claim", "Nothing.")], parse("india ").highlights) is None


def test_a_long_sentence_is_cut_at_words_around_what_was_found() -> None:
    text, marks = shown("india ", LONG + "India " + LONG)
    assert marks == ["India"]
    assert text.startswith("…word ")
    assert text.endswith(" word…")
    assert len(text) <= LENGTH + 2


def test_a_long_sentence_whose_words_stand_first_is_shown_from_its_start() -> None:
    text, _ = shown("india ", "So " + "then " * 5 + "India " + LONG)
    assert text.startswith("So then")


def test_the_window_shows_as_many_words_as_it_can() -> None:
    _, marks = shown("india korea ", "India " + LONG + "Korea and India met " + LONG)
    assert marks == ["Korea", "India"]


def test_a_long_run_without_spaces_is_cut_all_the_same() -> None:
    text, marks = shown("인공 ", "한" * 300 + "인공" + "국" * 300)
    assert marks == ["인공"]
    assert len(text) <= LENGTH + 2


def test_lines_of_a_paragraph_are_one_sentence_and_paragraphs_are_not() -> None:
    assert shown("india ", "About\nIndia\nagain\n\nand more")[0] == "About India again"


def test_a_phrase_across_sentences_is_shown_whole() -> None:
    assert shown('"first india"', "Korea first. India next. More.") == ("Korea first. India", ["first. India"])


def test_the_opening_is_the_first_sentence() -> None:
    assert opening("One is here. Two is not.") == "One is here."
    assert opening("") == ""
    assert opening(LONG).endswith("word…")


_PIECES = ("india", "한국", "x" * 50, ". ", "。", "\n\n", " ", "’", "é", "-")


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_marks_in_a_sentence_are_what_was_looked_for(text: str) -> None:
    found = best_excerpt([("text", text)], parse("india* 국 ").highlights)
    if found is None:
        assert "국" not in text
    else:
        _, sentence, marks = found
        assert marks
        assert all(re.search("india|국", sentence[start:end]) for start, end in marks)
