from __future__ import annotations

from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.record import Record, Relation, Section, WebLink
from tests.records.record_texts import record_in

NOTE = Record(
    id="brief",
    kind="note",
    title="Brief",
    aliases=("B",),
    body="See [[quad]] and [[icet|iCET]], [[quad]].",
    claims=(Claim("a", source="article", about=("india",), as_of=parse_date("2023")),),
    as_of=parse_date("2023-12"),
    identifiers={"house": "1"},
    links=(WebLink("a", "https://example.org"),),
    sections=(Section("h", body="[[korea]]", claims=(Claim("b", source="article", about=("india",)),), priority=2),),
    values={"about": ("india", "korea"), "date": parse_date("2024-Q1"), "for": ("Minister",), "action": "Sign"},
    file="notes/brief.yaml",
    line=3,
)


def test_a_record_makes_each_relation_once_with_its_date() -> None:
    assert NOTE.relations() == (
        Relation("brief", "about", "india", "2024-Q1"),
        Relation("brief", "about", "korea", "2024-Q1"),
        Relation("brief", "claims.source", "article", "2023"),
        Relation("brief", "claims.about", "india", "2023"),
        Relation("brief", "mentions", "quad", "2024-Q1"),
        Relation("brief", "mentions", "icet", "2024-Q1"),
        Relation("brief", "mentions", "korea", "2024-Q1"),
    )


def test_a_relation_without_a_date_has_none() -> None:
    record = record_in("kind: dialogue\ntitle: x\nmembers: india\n", "quad.yaml")
    assert record.relations() == (Relation("quad", "members", "india"),)


def test_a_value_is_asked_for_as_a_text_a_list_or_a_date() -> None:
    assert NOTE.text("action") == "Sign"
    assert NOTE.text("date") == "2024-Q1"
    assert NOTE.text("contact") == ""
    assert NOTE.texts("for") == ("Minister",)
    assert NOTE.texts("action") == ("Sign",)
    assert NOTE.texts("from") == ()
    assert NOTE.date("date") == parse_date("2024-Q1")
    assert NOTE.date("action") is None
    assert NOTE.date("critical_date") is None


def test_the_claims_and_bodies_of_sections_count_as_the_records() -> None:
    assert [claim.text for claim in NOTE.all_claims()] == ["a", "b"]
    assert list(NOTE.bodies()) == [NOTE.body, "[[korea]]"]


def test_a_note_survives_the_way_through_json() -> None:
    assert Record.from_json(NOTE.to_json()) == NOTE


def test_a_number_survives_the_way_through_json() -> None:
    source = record_in("kind: source\ntitle: x\ncredibility: 2\nauthor: [A, B]\n")
    again = Record.from_json(source.to_json())
    assert again == source
    assert again.values == {"credibility": 2, "author": ("A", "B")}


def test_a_record_knows_its_kind() -> None:
    assert NOTE.kind_info.label == "Briefing note"
