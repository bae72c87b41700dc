from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Facts, Inline, Link, Text
from briefing.document.facts import choice_words, facts, subtitle, web_link
from briefing.document.names import Names
from briefing.document.text import SEPARATOR
from briefing.document.words import bare
from briefing.records.dates import parse_date
from briefing.records.record import Record, WebLink
from tests.document.fake_library import FakeLibrary, as_library

if TYPE_CHECKING:
    from collections.abc import Iterable


def line(inlines: Iterable[Inline]) -> str:
    """Return a line of facts with single spaces."""
    return bare(inlines).replace(SEPARATOR, " · ")


def shown(record: Record, *others: Record, leave_out: frozenset[str] = frozenset()) -> dict[str, str]:
    table = facts(record, Names(as_library(FakeLibrary([record, *others]))), leave_out)
    return {label: bare(inlines) for label, inlines in table.pairs} if isinstance(table, Facts) else {}


def test_a_record_that_says_nothing_has_no_table() -> None:
    assert facts(Record("a", "country", "A"), Names(as_library(FakeLibrary([])))) is None


def test_every_type_of_field_is_shown_as_words() -> None:
    dialogue = Record(
        "a",
        "dialogue",
        "A",
        values={
            "members": ("b",),
            "format": "bilateral",
            "level": "track-1.5",
            "status": "active",
            "launched": parse_date("2023-08"),
            "next_due": parse_date("2024"),
            "led_by": ("b", "nowhere"),
        },
    )
    assert shown(dialogue, Record("b", "organisation", "B, the body"), leave_out=frozenset({"members"})) == {
        "Level": "track 1.5",
        "Launched": "August 2023",
        "Next due": "2024",
        "Led by": "B, the body; nowhere",
    }


def test_a_source_shows_its_grades_in_words() -> None:
    source = Record(
        "s",
        "source",
        "S",
        values={
            "author": ("A", "B"),
            "url": "https://x.org",
            "reliability": "C",
            "credibility": 3,
            "state": "corrected",
            "text_file": "s.txt",
        },
    )
    assert shown(source) == {
        "Author": "A, B",
        "Address": "https://x.org",
        "Reliability": "C – fairly reliable",
        "Credibility": "3 – possibly true",
        "State": "corrected",
    }


def test_what_every_record_may_have_is_shown_too() -> None:
    record = Record(
        "a",
        "country",
        "A",
        aliases=("B", "C"),
        tags=("x", "y"),
        identifiers={"wikidata": "Q1", "gnd": "2"},
        links=(WebLink("One", "https://x.org"), WebLink("Two", "https://y.org")),
        values={"iso": "NO", "region": "North"},
    )
    assert shown(record) == {
        "Also known as": "B, C",
        "ISO code": "NO",
        "Tags": "x, y",
        "Identifiers": "wikidata Q1, gnd 2",
        "Links": "One, Two",
    }
    assert line(subtitle(record, "")) == "Country · North"


def test_the_line_under_the_title_says_what_is_most_worth_knowing() -> None:
    meeting = Record("a", "event", "A", values={"date": parse_date("2023-12-08"), "place": "Seoul"})
    assert line(subtitle(meeting, "TLP:RED")) == "Meeting or event · 8 December 2023 · Seoul · TLP:RED"
    commitment = Record("a", "commitment", "A", values={"due": parse_date("2024-Q1"), "status": "open"})
    assert line(subtitle(commitment, "")) == "Commitment · due the first quarter of 2024 · open"
    source = Record(
        "a", "source", "A", values={"type": "legal_case", "publisher": "P", "published": parse_date("2022")}
    )
    assert line(subtitle(source, "")) == "Source · legal case · P · published 2022"
    planned = Record("a", "dialogue", "A", values={"status": "planned"})
    assert line(subtitle(planned, "")) == "Dialogue · planned"
    assert subtitle(Record("a", "person", "A"), "") == (Text("Person"),)


def test_a_date_that_the_line_tells_is_not_told_again() -> None:
    planned = Record("a", "dialogue", "A", values={"status": "planned", "next_due": parse_date("2024")})
    assert line(subtitle(planned, "")) == "Dialogue · planned for 2024"
    assert shown(planned) == {}


def test_choices_are_said_as_a_reader_says_them() -> None:
    assert choice_words("article-newspaper") == "newspaper article"
    assert choice_words("personal_communication") == "personal communication"


def test_an_address_that_may_not_be_followed_is_text() -> None:
    assert web_link("x", "https://x.org") == Link((Text("x"),), "https://x.org")
    assert web_link("", "https://x.org") == Link((Text("https://x.org"),), "https://x.org")
    assert web_link("x", "javascript:alert(1)") == Text("x (javascript:alert(1))")
    assert web_link("ftp://x", "ftp://x") == Text("ftp://x")
