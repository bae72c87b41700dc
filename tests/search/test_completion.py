"""Completing a query while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.kinds import KINDS
from briefing.records.record import Record
from briefing.search import completion
from briefing.search.completion import Candidate, Completions, MostLinked, complete
from briefing.search.cursor import typing_at
from briefing.search.filters import FILTERS, MODES, canonical_value
from briefing.search.index import SearchIndex
from briefing.search.query import Filter, Group, Node, Not, parse
from tests.search.shelf import RECORDS, Shelf
from tests.search.test_query import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.search.index import Match


def asked(shelf: Shelf, text: str, limit: int = 20) -> Completions:
    return complete(shelf.index, shelf, MostLinked(), text, len(text), limit)


def labels(shelf: Shelf, text: str) -> list[str]:
    return [each.label for each in asked(shelf, text).candidates]


def filters(node: Node | None) -> Iterator[Filter]:
    match node:
        case Filter():
            yield node
        case Not(part):
            yield from filters(part)
        case Group(parts):
            for part in parts:
                yield from filters(part)


def test_countries_are_listed_by_how_many_records_name_them(shelf: Shelf) -> None:
    found = asked(shelf, "country:")
    assert found.field == "country"
    assert found.unasked
    assert [(each.insert, each.label, each.kind, each.number) for each in found.candidates] == [
        ("united-states", "United States", "country", 4),
        ("india", "India", "country", 2),
        ("south-korea", "South Korea", "country", 2),
        ("china", "China", "country", 1),
        ("cote-divoire", "Côte d’Ivoire", "country", 0),
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("country:ind", ["India"]),
        ("country:kor", ["South Korea"]),
        ('country:"south ko', ["South Korea"]),
        ("country:COTE", ["Côte d’Ivoire"]),
        ("country:xyz", []),
        ("country:", ["United States", "India", "South Korea", "China", "Côte d’Ivoire"]),
        ("-country:chi", ["China"]),
        ("person:sul", ["Jake Sullivan"]),
        ("id:next-gen", ["US–South Korea Next Generation Critical and Emerging Technologies Dialogue"]),
        ("kind:dia", ["Dialogues"]),
        ("kind:meet", []),
        ("kind:areas", ["Technology areas"]),
        ("status:", ["active", "planned"]),
        ("status:pl", ["planned"]),
        ("marking:gre", []),
        ("marking:am", ["TLP:AMBER+STRICT"]),
        ("marking:strict", ["TLP:AMBER+STRICT"]),
        ("tag:", ["spectrum"]),
        ("tag:sp", ["spectrum"]),
        ("has:q", ["quote"]),
        ("no:sou", ["source"]),
        ("in:ti", ["title"]),
        ("in:20", ["2024", "2023", "2022"]),
        ("after:2022-", ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", *[f"2022-{month:02}" for month in range(1, 13)]]),
        ("certainly:", ["before:", "after:", "in:"]),
        ("certainly:be", ["before:"]),
        ("certainly:before:202", ["2024", "2023"]),
        ("evidence:not", ["not checkable here"]),
    ],
)
def test_values_are_those_of_the_library(shelf: Shelf, typed: str, found: list[str]) -> None:
    assert labels(shelf, typed) == found


def test_a_number_is_that_of_the_hits(shelf: Shelf) -> None:
    for typed in ("kind:", "status:", "tag:", "has:", "no:", "in:20", "before:", "evidence:", "marking:"):
        for each in asked(shelf, typed).candidates:
            if each.number is not None:
                text, _ = asked(shelf, typed).applied(typed, each)
                assert shelf.search(text).total == each.number, text


def test_an_alias_says_why_its_record_is_there(shelf: Shelf) -> None:
    (found,) = asked(shelf, "country:rok").candidates
    assert (found.insert, found.label, found.detail) == ("south-korea", "South Korea", "ROK")
    (found,) = asked(shelf, "country:भा").candidates
    assert (found.label, found.detail) == ("India", "भारत")


def test_what_begins_as_typed_comes_before_what_is_linked_more(tmp_path: Path) -> None:
    records = [
        Record("new-korea", "country", "New Korea"),
        Record("korea", "country", "Korea"),
        *[Record(f"d-{n}", "dialogue", f"Dialogue {n}", values={"members": ("new-korea",)}) for n in range(3)],
    ]
    shelf = Shelf(tmp_path, records)
    assert labels(shelf, "country:ko") == ["Korea", "New Korea"]
    assert labels(shelf, "country:") == ["New Korea", "Korea"]
    shelf.index.close()


def test_of_very_many_records_those_that_are_linked_most_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "_MOST_RECORDS", 10)
    records = [
        *[Record(f"e-{n}", "event", f"Event {n:03}") for n in range(40)],
        Record("z", "event", "Event of all"),
        Record("note", "note", "Note", values={"about": ("z",)}),
    ]
    shelf = Shelf(tmp_path, records)
    found = asked(shelf, "event:", 5).candidates
    assert (found[0].label, found[0].number) == ("Event of all", 1)
    assert len(found) == 5
    assert asked(shelf, "event:ev", 5).candidates[0].label == "Event of all"
    shelf.index.close()


def test_what_is_linked_most_is_counted_once_for_a_generation(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completion, "_MOST_RECORDS", 2)
    counted: list[str] = []
    counts = SearchIndex.counts

    def noted(self: SearchIndex, match: Match, field: Literal["facets", "links"], limit: int) -> list[tuple[str, int]]:
        counted.append(field)
        return counts(self, match, field, limit)

    monkeypatch.setattr(SearchIndex, "counts", noted)
    linked = MostLinked()
    for text in ("country:", "country:in", "dialogue:"):
        complete(shelf.index, shelf, linked, text, len(text), 20)
    assert counted == ["links"]
    assert linked.ids(shelf.index)[0] == "united-states"


@pytest.mark.parametrize("typed", ["country:india", "country:ROK", "kind:dialogue", "kind:Dialogues", "status:active"])
def test_a_whole_value_offers_nothing_unasked(shelf: Shelf, typed: str) -> None:
    assert not asked(shelf, typed).unasked
    assert asked(shelf, typed).candidates


def test_names_of_filters_are_offered_where_no_word_begins_so(shelf: Shelf) -> None:
    assert labels(shelf, "reli") == ["reliability:"]
    assert asked(shelf, "reli").unasked
    assert labels(shelf, "dia") == ["dialogue:"]
    assert not asked(shelf, "dia").unasked
    assert not asked(shelf, "xyz").unasked
    assert not asked(shelf, "r").unasked
    assert labels(shelf, "") == [f"{name}:" for name in FILTERS][:20]
    assert labels(shelf, "6G -commit") == ["commitment:"]


def test_in_a_phrase_there_is_nothing_to_complete(shelf: Shelf) -> None:
    assert asked(shelf, '"country:in') == Completions()


@pytest.mark.parametrize(
    ("marked", "insert", "applied"),
    [
        ("cou|", "country:", "country:|"),
        ("country:in|", "india", "country:india |"),
        ("country:in| 6G", "india", "country:india |6G"),
        ("(5G OR country:in|)", "india", "(5G OR country:india|)"),
        ("country:in|dia 6G", "india", "country:india |6G"),
        ('country:"ko| 6G', "south-korea", "country:south-korea |6G"),
        ("marking:str|", '"TLP:AMBER+STRICT"', 'marking:"TLP:AMBER+STRICT" |'),
        ("certainly:be|", "before:", "certainly:before:|"),
    ],
)
def test_choosing_replaces_what_is_typed_and_nothing_else(shelf: Shelf, marked: str, insert: str, applied: str) -> None:
    text, cursor = marked.replace("|", ""), marked.index("|")
    found = complete(shelf.index, shelf, MostLinked(), text, cursor, 20)
    candidate = next(each for each in found.candidates if each.insert == insert)
    after, place = found.applied(text, candidate)
    assert f"{after[:place]}|{after[place:]}" == applied


VALUES = st.sampled_from(("", "in", "2023-", "a", "S", '"so', '"so"', "“north", "q", "2", "ti"))
BEGUN = st.builds(lambda name, value: f"{name}:{value}", st.sampled_from((*FILTERS, "certainly:in")), VALUES)
PARTS = st.tuples(TYPED, st.sampled_from(("", " ", " -", "(")), BEGUN | st.sampled_from(("cou", "be", "")), TYPED)


@given(PARTS, st.integers(0, 12))
def test_choosing_any_candidate_gives_a_query_with_that_filter(shelf: Shelf, parts: tuple[str, ...], back: int) -> None:
    text = "".join(parts)
    cursor = max(len(text) - len(parts[-1]) - back, 0)
    found = complete(shelf.index, shelf, MostLinked(), text, cursor, 20)
    for each in found.candidates:
        after, place = found.applied(text, each)
        if found.field in ("", *MODES):
            begun = typing_at(after, place)
            assert begun is not None
            assert begun.field == each.insert.removesuffix(":")
        else:
            value = canonical_value(found.field, each.insert.strip('"'))
            assert any((every.field, every.value) == (found.field, value) for every in filters(parse(after).root))


def test_every_filter_can_be_completed(shelf: Shelf) -> None:
    for name in FILTERS:
        found = asked(shelf, f"{name}:")
        assert found.field == name
        assert all(isinstance(each, Candidate) for each in found.candidates)
    assert len(RECORDS) > len(KINDS)
