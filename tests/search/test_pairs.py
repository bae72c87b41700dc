"""Pairs of very common words."""

from __future__ import annotations

from briefing.search.pairs import pairs_in, pairs_of
from briefing.search.text import BREAK


def test_only_words_that_are_both_common_and_side_by_side_make_a_pair() -> None:
    words = ["out", "of", "the", "room", "and", BREAK, "of", "chips"]
    assert pairs_in(words) == "out_of of_the"


def test_a_phrase_needs_the_pairs_that_are_in_it() -> None:
    assert pairs_of(("end", "of", "the", "war")) == ["of_the"]
    assert pairs_of(("critical", "technology")) == []
