from __future__ import annotations

import pytest

from briefing.document.blocks import ClaimBlock, Footnote, Heading, Link, ListBlock, NoteMark, Paragraph, Text
from briefing.document.claims import Claims, link_names, qualifiers
from briefing.document.names import Names
from briefing.document.words import bare
from briefing.records.claims import Claim, Evidence
from briefing.records.dates import parse_date
from briefing.records.record import Record
from tests.document.fake_library import FakeLibrary, as_library

SOURCE = Record(
    "s",
    "source",
    "A long report on many things",
    aliases=("The report", "A report"),
    values={
        "published": parse_date("2023"),
        "publisher": "Daily",
        "state": "retracted",
        "accessed": parse_date("2024-01-02"),
    },
)
INDIA = Record("india", "country", "India", aliases=("Republic of India", "I"))
KOREA = Record("korea", "country", "South Korea")
TALKS = Record("talks", "dialogue", "US–South Korea talks")


def names(*records: Record) -> Names:
    return Names(as_library(FakeLibrary(list(records))))


def made(*claims: Claim, **evidence: Evidence) -> Claims:
    record = Record("a", "note", "A", claims=claims, marking="TLP:CLEAR")
    maker = Claims(record, evidence, names(SOURCE, record))
    maker.blocks(claims)
    return maker


def test_a_claim_has_a_footnote_of_its_own() -> None:
    claim = Claim("It rains.", "c", source="s", at=(3, 4), quote="rain", as_of=parse_date("2023-12"), basis="fact")
    record = Record("a", "note", "A", claims=(claim, claim), marking="TLP:CLEAR")
    maker = Claims(record, {"c": Evidence.QUOTE_FOUND}, names(SOURCE), first_note=5)
    first, second = maker.blocks(record.claims)
    assert first == ClaimBlock((Text("It rains."), NoteMark(5)), "c", "fact")
    assert isinstance(second, ClaimBlock)
    assert second.inlines[-1] == NoteMark(6)
    assert maker.footnotes[0] == Footnote(
        number=5,
        source_id="s",
        source_title="A long report on many things",
        known=True,
        paragraphs="3-4",
        quote="rain",
        date="2023; as of December 2023",
        state="quote_found",
        words="quote found",
    )


def test_a_source_is_cited_by_its_title_first_and_then_by_its_shortest_name() -> None:
    notes = made(Claim("a", source="s"), Claim("b", source="s"), Claim("c", source="s")).footnotes
    assert [note.source_title for note in notes] == ["A long report on many things", "A report", "A report"]


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        (Claim("x"), "no_source"),
        (Claim("x", source="s"), "source_only"),
        (Claim("x", source="s", at=(1, 1)), "paragraph_only"),
        (Claim("x", source="s", at=(1, 1), quote="q"), "not_checkable"),
    ],
)
def test_a_claim_that_was_not_looked_at_says_as_much_as_can_be_told(claim: Claim, state: str) -> None:
    assert made(claim).footnotes[0].state == state


def test_a_source_that_is_not_there_is_named_by_its_id() -> None:
    maker = made(Claim("x", source="nowhere"))
    assert maker.footnotes[0].source_title == "nowhere"
    assert not maker.footnotes[0].known
    heading, listed = maker.sources()
    assert heading == Heading(2, (Text("Sources"),))
    assert isinstance(listed, ListBlock)
    ((paragraph,),) = listed.items
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (Link((Text("nowhere"),), "record:nowhere", known=False),)


def test_each_source_is_listed_once_with_what_a_reader_must_know() -> None:
    _, listed = made(Claim("x", source="s"), Claim("y", source="s"), Claim("z")).sources()
    assert isinstance(listed, ListBlock)
    ((paragraph,),) = listed.items
    assert isinstance(paragraph, Paragraph)
    assert bare(paragraph.inlines) == (
        "A long report on many things. Daily, published 2023, read 2 January 2024, retracted."
    )


def test_claims_without_sources_list_none() -> None:
    assert made(Claim("x")).sources() == ()


def test_qualifiers_are_words() -> None:
    claim = Claim("x", basis="assessment", likelihood="likely", confidence="moderate")
    assert qualifiers(claim) == "assessment, likely, moderate confidence"
    assert qualifiers(Claim("x")) == ""


def test_a_claim_marked_otherwise_than_its_record_says_so() -> None:
    record = Record("a", "note", "A", marking="TLP:CLEAR")
    claims = (Claim("x", marking="TLP:GREEN"), Claim("y", marking="TLP:CLEAR"), Claim("z"))
    blocks = Claims(record, {}, names()).blocks(claims)
    assert [block.marking for block in blocks if isinstance(block, ClaimBlock)] == ["TLP:GREEN", "", ""]


def linked(text: str, *ids: str) -> list[tuple[str, str]]:
    found = link_names(text, ids, names(INDIA, KOREA, TALKS))
    assert bare(found) == text
    return [(bare((each,)), each.target) for each in found if isinstance(each, Link)]


def test_the_first_exact_name_of_a_record_leads_to_it() -> None:
    assert linked("India’s plan, and India again", "india") == [("India", "record:india")]
    assert linked("The Republic of India plans", "india") == [("Republic of India", "record:india")]


def test_a_name_is_found_with_a_small_first_letter() -> None:
    assert linked("The republic of India plans", "india") == [("republic of India", "record:india")]


@pytest.mark.parametrize("text", ["Indian plans", "INDIA", "India-wide", "Indo–India", "I think", "Indias"])
def test_what_is_not_exactly_a_name_is_left_alone(text: str) -> None:
    assert linked(text, "india") == []


def test_of_names_that_overlap_the_longest_wins() -> None:
    text = "US–South Korea talks with South Korea"
    assert linked(text, "korea", "talks") == [("US–South Korea talks", "record:talks"), ("South Korea", "record:korea")]
    assert linked("US–South Korea talks", "korea", "talks") == [("US–South Korea talks", "record:talks")]


def test_a_record_that_is_not_there_makes_no_link() -> None:
    assert linked("India", "nowhere") == []
    assert link_names("", ("india",), names(INDIA)) == ()
