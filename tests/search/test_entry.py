"""A record as the index takes it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.record import Record, Section, WebLink
from briefing.search.entry import entry_for, texts_of
from tests.search.shelf import RECORDS

ICET = next(record for record in RECORDS if record.id == "icet")


def fields(record: Record) -> dict[str, Any]:
    found = json.loads(f"{{{entry_for(record).fields}}}")
    assert isinstance(found, dict)
    return found


def test_an_entry_holds_names_words_relations_and_conditions() -> None:
    found = fields(ICET)
    assert found["id"] == "icet"
    assert found["title"] == "initiative on critical and emerging technology | icet"
    assert {"i", "ic", "ice", "icet", "in", "initiati"} <= set(found["title_prefix"].split())
    assert {"i", "initiative on cr", "icet"} <= set(found["starts"])
    assert found["all"].startswith(found["title"])
    assert "announced by india and the us" in found["all"]
    assert found["links"] == ["article", "china", "india", "semiconductors", "united-states"]
    assert {"status:active", "marking:tlp amber strict", "has:quote", "unsourced:claim"} <= set(found["facets"])


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
    assert fields(record)["days"] == expected


def test_records_sort_by_their_folded_titles() -> None:
    orders = [fields(Record("x", "country", title))["order"] for title in ("???", "Ägypten", "china", "Côte", "한국")]
    assert orders == sorted(orders)
