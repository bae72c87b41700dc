"""A record as the index takes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.record import Record, Section, WebLink
from briefing.search.entry import entry_for, texts_of
from tests.search.shelf import RECORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

ICET = next(record for record in RECORDS if record.id == "icet")


def fields(record: Record, states: Sequence[str] = ()) -> dict[str, Any]:
    found = json.loads(f"{{{entry_for(record, states).fields}}}")
    assert isinstance(found, dict)
    return found


def test_an_entry_holds_names_words_relations_and_conditions() -> None:
    found = fields(ICET, ["no_source", "not_checkable", "no_source"])
    assert found["id"] == "icet"
    assert " ".join(found["title"].split()) == "initiative on critical and emerging technology | icet"
    assert set(found["title_prefix"]) == set(found["title"].split()) - {"|"}
    assert set(found["heads"].split()) == {word[:3] for word in found["all"].split()} - {"|"}
    assert found["starts"] == found["names"]
    assert found["names"] == ["initiative on critical and emerging technology", "icet"]
    assert found["all"].startswith(found["title"])
    assert "announced by india and the us" in found["all"]
    assert sorted(found["links"]) == ["article", "china", "india", "semiconductors", "united-states"]
    assert sorted(found["facets"]) == [
        "evidence:no_source",
        "evidence:not_checkable",
        "kind:dialogue",
        "marking:tlp amber strict",
        "status:active",
        "year:2022",
    ]
    assert {"has:quote", "unsourced:claim"} <= set(found["traits"])


def test_every_text_of_a_record_is_said_to_be_what_it_is() -> None:
    record = Record(
        "note",
        "note",
        "Note",
        summary="Summary.",
        body="Body.",
        claims=(Claim("Claim.", quote="quoted"),),
        tags=("tag",),
        identifiers={"wikidata": "Q1"},
        links=(WebLink("A page", "https://example.org"),),
        sections=(
            Section("Heading", "question", "Part.", (Claim("Inner."),), line="Line.", if_pressed="Pressed."),
            Section(),
        ),
        values={"action": "Decide", "for": ("A", "B")},
    )
    assert texts_of(record) == (
        ("bottom line", "Summary."),
        ("claim", "Claim."),
        ("quote", "quoted"),
        ("for", "A"),
        ("for", "B"),
        ("what is wanted", "Decide"),
        ("heading", "Heading"),
        ("text", "Part."),
        ("line", "Line."),
        ("if pressed", "Pressed."),
        ("claim", "Inner."),
        ("text", "Body."),
        ("link", "A page"),
        ("tag", "tag"),
        ("identifier", "Q1"),
    )


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ({}, []),
        ({"due": "2023-12-08"}, ["2023-12-08"]),
        ({"due": "2024-Q1"}, ["2024-01-01", "2024-02-01", "2024-03-01", "2024-03-31"]),
        ({"due": "9999-11-15/.."}, ["9999-11-01", "9999-11-15", "9999-12-31"]),
        ({"due": "../0001-02-03"}, ["0001-01-01", "0001-02-01", "0001-02-03"]),
        ({"due": "1900/2000"}, ["1900-01-01", "2000-12-31"]),
    ],
)
def test_the_days_of_a_date_are_its_ends_and_the_months_between(dates: dict[str, str], days: list[str]) -> None:
    record = Record("c", "commitment", "C", values={name: parse_date(text) for name, text in dates.items()})
    expected = [date.lower.toordinal() for day in days if (date := parse_date(day)).lower]
    assert fields(record).get("days", []) == expected


def test_each_date_keeps_its_bounds_and_the_years_that_it_touches() -> None:
    values = {"announced": parse_date("2022"), "next_due": parse_date("2023-11/2024-02")}
    found = fields(Record("d", "dialogue", "D", values=values))
    ordinals = [
        (date.lower.toordinal(), date.upper.toordinal()) for date in values.values() if date.lower and date.upper
    ]
    assert list(zip(found["lowers"], found["uppers"], strict=True)) == ordinals
    assert found["spans"] == [f"{lower}:{upper}" for lower, upper in ordinals]
    assert [facet for facet in found["facets"] if facet.startswith("year:")] == ["year:2022", "year:2023", "year:2024"]


def test_records_sort_by_their_folded_titles() -> None:
    orders = [fields(Record("x", "country", title))["order"] for title in ("???", "Ägypten", "china", "Côte", "한국")]
    assert orders == sorted(orders)
