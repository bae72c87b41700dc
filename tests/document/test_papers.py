from __future__ import annotations

import pytest

from briefing.document.blocks import BottomLine, ClaimBlock, Document, ListBlock, Paragraph, Part, Table
from briefing.document.plain import to_plain
from briefing.document.templates import TEMPLATES, suiting
from briefing.document.words import bare
from briefing.errors import PrintError
from briefing.printing.order import Order, document_for
from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.house import House
from briefing.records.kinds import KINDS
from briefing.records.kinds import TEMPLATES as NAMES
from briefing.records.record import Record, Section
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import RECORDS
from tests.golden.comparing import check_golden

CLAIM = Claim("The talks are planned.", id="planned", source="article", at=(1, 1), quote="Talks", basis="reported")
VISIT = Record(
    "visit",
    "note",
    "Visit to New Delhi",
    summary="Ask for a date.",
    body="Read before the flight.",
    as_of=parse_date("2024-01"),
    marking="TLP:GREEN",
    values={
        "for": ("Minister",),
        "from": ("Desk",),
        "date": parse_date("2024-01-15"),
        "about": ("india", "talks", "6g"),
        "action": "To ask.",
        "critical_date": parse_date("2024-Q1"),
        "template": "visit-brief",
    },
    sections=(
        Section("How it began", "background", "In Seoul.", (CLAIM,), priority=7),
        Section(role="points", body="- A date\n- A place\n"),
        Section(role="our-response", body="| We | They |\n|---|---|\n| ask | answer |"),
        Section("Odd one", body="> Quoted.", marking="TLP:CLEAR"),
        Section(role="their-objectives", body="More trade."),
        Section(role="objectives", body="A date."),
        Section("Will it last?", "question", line="Yes.", if_pressed="We hope so.", claims=(CLAIM,)),
        Section(role="recommendation", body="Go."),
        Section(role="key-messages", claims=(CLAIM,)),
    ),
)
DEALINGS = (
    Record(
        "zero",
        "event",
        "Round zero",
        summary="It went well.",
        values={"date": parse_date("2023-08"), "dialogue": "talks", "place": "Seoul"},
    ),
    Record("older", "event", "An older one", values={"date": parse_date("2022"), "countries": ("india",)}),
    Record(
        "promise",
        "commitment",
        "Name a lead",
        values={"made_by": ("india",), "status": "open", "due": parse_date("2024-02")},
    ),
    Record(
        "offer",
        "commitment",
        "Offer a place",
        values={"dialogue": "talks", "status": "open", "technologies": ("telecoms",)},
    ),
    Record("kept", "commitment", "Kept", values={"made_by": ("india",), "status": "delivered"}),
)
LIBRARY = as_library(FakeLibrary([*RECORDS, VISIT, *DEALINGS]))


def made(template: str, *ids: str) -> Document:
    return document_for(Order(ids, template), LIBRARY)


def parts(document: Document) -> list[Part]:
    return [block for block in document.blocks if isinstance(block, Part)]


@pytest.mark.parametrize(
    ("template", "record"),
    [
        ("one-page-brief", "visit"),
        ("information-memo", "visit"),
        ("visit-brief", "visit"),
        ("question-and-answer", "visit"),
        ("country-page", "india"),
    ],
)
def test_each_template_has_its_parts_in_order(template: str, record: str) -> None:
    check_golden(to_plain(made(template, record)), f"{template}.txt")


def test_the_templates_of_notes_are_those_that_a_note_may_name() -> None:
    assert {template.name for template in TEMPLATES} >= set(NAMES)


def test_no_template_loses_a_section_or_a_claim() -> None:
    for template in suiting(VISIT):
        text = to_plain(made(template.name, "visit"))
        for said in (
            "In Seoul.",
            "A place",
            "answer",
            "Quoted.",
            "More trade.",
            "Yes.",
            "We hope so.",
            "Go.",
            "Read before",
        ):
            assert said in text, template.name
        assert text.count("The talks are planned. [") == 3, template.name


def test_last_contact_is_the_last_meeting_that_was_over_on_the_day_of_the_note() -> None:
    (last,) = [part for part in parts(made("visit-brief", "visit")) if part.role == "last-contact"]
    said = [bare(block.inlines) for block in last.blocks if isinstance(block, Paragraph)]
    assert said == ["Round zero, August 2023, Seoul.", "It went well."]


def test_a_note_without_a_date_names_no_last_contact() -> None:
    undated = Record("undated", "note", "Undated", values={"about": ("talks",)})
    library = as_library(FakeLibrary([*RECORDS, undated, *DEALINGS]))
    document = document_for(Order(("undated",), "visit-brief"), library)
    assert "last-contact" not in [part.role for part in parts(document)]


def test_every_paragraph_of_a_memo_has_a_portion_mark() -> None:
    document = made("information-memo", "visit")
    for part in parts(document):
        for block in () if part.role in ("head", "sources") else part.blocks:
            match block:
                case Paragraph() | BottomLine() | ClaimBlock():
                    assert block.marking in ("TLP:GREEN", "TLP:CLEAR")
                case ListBlock(items):
                    assert all(isinstance(each, Paragraph) and each.marking for item in items for each in item)
                case Table():
                    assert block.caption == "(TLP:GREEN)"


def test_a_country_page_names_what_a_country_has_going_on() -> None:
    document = made("country-page", "india")
    tables = {part.role: part.blocks[0] for part in parts(document) if isinstance(part.blocks[0], Table)}
    assert set(tables) == {"dialogues", "technologies", "meetings", "commitments"}
    shown = [[bare(cell) for cell in row] for row in tables["dialogues"].rows]
    assert shown == [
        ["Technology talks of three", "South Korea, United States", "adviser", "planned", "first quarter of 2024"],
        ["iCET", "United States", "—", "active", "—"],
    ]
    assert "Kept" not in to_plain(document)


def test_a_dialogue_prints_on_one_page_with_its_claims_as_key_messages() -> None:
    document = made("one-page-brief", "talks")
    roles = [part.role for part in parts(document)]
    assert roles == ["bottom-line", "key-messages", "members", "background", "facts", "sources"]
    assert document.breadcrumb == ("One-page brief",)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_record_with_a_title_alone_prints_in_each_template_that_suits_it(kind: str) -> None:
    library = as_library(FakeLibrary([Record("a", kind, "A")]))
    for template in suiting(Record("a", kind, "A")):
        assert document_for(Order(("a",), template.name), library).blocks == ()


def test_a_template_that_can_do_nothing_with_a_record_says_which_can() -> None:
    with pytest.raises(PrintError) as error:
        made("country-page", "india", "talks")
    assert str(error.value) == (
        "talks: “Technology talks of three” cannot be printed as country-page, which takes a country. "
        "Print it as record or one-page-brief."
    )
    with pytest.raises(PrintError, match="no print template"):
        made("poster", "india")


def test_an_order_without_a_template_prints_records_in_their_own() -> None:
    assert made("", "visit").template == "visit-brief"
    assert made("", "india").template == "record"
    assert made("", "visit", "india").template == "record"
    assert Order(("visit",)).template == "record"


def test_the_words_of_likelihood_are_a_part_that_leaves_first() -> None:
    house = House(yardstick="icd203")
    document = document_for(Order(("talks",), "one-page-brief", house=house), LIBRARY)
    last = document.blocks[-1]
    assert isinstance(last, Part)
    assert (last.role, last.priority) == ("yardstick", 9)
