from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.document.blocks import Document, Link, ListBlock, Opening, Paragraph
from briefing.document.dossier import compose_dossier
from briefing.document.plain import to_plain
from briefing.document.words import bare
from briefing.records.dates import parse_date
from briefing.records.dossier import Dossier, HeadingEntry, RecordEntry
from tests.document.fake_library import as_library
from tests.document.sample import ICET, NOTE, RECORDS, SIX_G, TALKS, sample_library

DOSSIER = Dossier(
    title="Talks",
    subtitle="For the visit",
    for_=("Minister", "Secretary"),
    date=parse_date("2024-01"),
    entries=(
        RecordEntry("brief"),
        HeadingEntry("Dialogues"),
        RecordEntry("talks"),
        RecordEntry("icet"),
        HeadingEntry("Nothing under it"),
        HeadingEntry("Technology"),
        RecordEntry("6g"),
    ),
)


@pytest.fixture
def document() -> Document:
    return compose_dossier([NOTE, TALKS, ICET, SIX_G], as_library(sample_library()), DOSSIER)


def openings(document: Document) -> list[Opening]:
    return [block for block in document.blocks if isinstance(block, Opening)]


def test_records_are_numbered_and_stand_under_their_headings(document: Document) -> None:
    assert [(each.number, each.record_id, each.heading, each.level) for each in openings(document)] == [
        (1, "brief", "", 1),
        (2, "talks", "Dialogues", 2),
        (3, "icet", "", 2),
        (4, "6g", "Technology", 2),
        (0, "", "", 1),
    ]


def test_the_cover_says_title_for_whom_and_when(document: Document) -> None:
    assert document.book is not None
    cover = document.book.cover
    assert (cover.title, cover.subtitle, cover.library) == ("Talks", "For the visit", "Technology dialogues")
    assert cover.facts == (("For", "Minister; Secretary"), ("Date", "January 2024"), ("Records", "4"))


def test_a_record_says_once_where_another_of_the_dossier_is(document: Document) -> None:
    text = to_plain(document)
    assert "Technology talks of three (see 2)" in text
    talks = text[text.index("Washington, Seoul") : text.index("Sources")]
    assert talks.count("(see 4)") == 1


def test_sources_are_listed_once_with_the_records_that_cite_them(document: Document) -> None:
    last = document.blocks[-1]
    assert isinstance(last, ListBlock)
    ((paragraph,),) = last.items
    assert isinstance(paragraph, Paragraph)
    assert bare(paragraph.inlines).endswith(" Cited in 1–2.")
    assert [each.title for each in openings(document)].count("Sources") == 1


def test_the_index_has_the_names_of_records_and_of_what_they_name_in_their_order(document: Document) -> None:
    assert document.book is not None
    titles = [title for _, title in document.book.names]
    assert titles == sorted(titles, key=str.casefold)
    assert {"6G", "iCET", "India", "National Security Council", "Technology talks of three"} <= set(titles)
    assert NOTE.title not in titles


def test_the_marking_is_the_highest_of_all_parts(document: Document) -> None:
    assert document.marking == "TLP:AMBER"


def test_without_more_it_is_a_dossier_all_the_same() -> None:
    document = compose_dossier(RECORDS, as_library(sample_library()))
    assert document.title == "Dossier"
    assert [each.number for each in openings(document)] == [*range(1, len(RECORDS) + 1), 0]
    assert all(each.level == 1 for each in openings(document))


def test_no_heading_is_deeper_than_a_pdf_knows() -> None:
    deep = replace(SIX_G, body="\n\n".join(f"{'#' * level} Level {level}" for level in range(1, 7)))
    dossier = Dossier(entries=(HeadingEntry("A"), RecordEntry("6g")))
    document = compose_dossier([deep], as_library(sample_library()), dossier)
    levels = [block.level for block in document.blocks if hasattr(block, "level")]
    assert max(levels) == 6


def test_a_link_to_a_record_that_is_nowhere_stays_one(document: Document) -> None:
    record = replace(SIX_G, body="[[nowhere]] and [[icet]].")
    bound = compose_dossier([record, ICET], as_library(sample_library()))
    links = [each for block in bound.blocks if isinstance(block, Paragraph) for each in block.inlines]
    assert [each.known for each in links if isinstance(each, Link)] == [False, True]
