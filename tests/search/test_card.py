"""The card of the query language."""

from __future__ import annotations

from briefing.library.library import Library
from briefing.resources import bundled_library
from briefing.search.card import card
from briefing.search.filters import FILTERS
from briefing.search.query import parse


def test_every_filter_is_on_the_card_once() -> None:
    examples = [part.example for section in card()[1:] for part in section.parts]
    assert sorted(example.partition(":")[0] for example in examples) == sorted(FILTERS)


def test_every_example_is_read_without_a_note() -> None:
    for section in card():
        for part in section.parts:
            assert parse(part.example).notes == (), part.example
            assert part.meaning


def test_the_examples_find_something_in_the_bundled_library() -> None:
    with Library(bundled_library()) as library:
        library.update()
        nothing = [
            part.example for section in card() for part in section.parts if not library.search(part.example).hits
        ]
    # Its dialogues have no level and its source no state, and nothing in it is broken.
    assert nothing == ["level:leader", "state:current", "is:broken"]
