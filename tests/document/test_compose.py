from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.blocks import (
    BottomLine,
    Break,
    ClaimBlock,
    CodeBlock,
    Document,
    Facts,
    Heading,
    Link,
    ListBlock,
    Opening,
    Paragraph,
    SourceParagraph,
    Table,
    Text,
)
from briefing.document.compose import compose, compose_file, compose_several
from briefing.document.text import visible
from briefing.document.words import bare
from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.kinds import KINDS
from briefing.records.problems import Problem
from briefing.records.record import Record, Section, WebLink
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import NOTE, TALKS, sample_library
from tests.document.test_facts import line
from tests.document.test_markdown import texts


def composed(record: Record, *others: Record) -> Document:
    return compose(record, as_library(FakeLibrary([record, *others])))


def sample(record_id: str) -> Document:
    library = sample_library()
    record = library.record(record_id)
    assert record is not None
    return compose(record, as_library(library))


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, bare(block.inlines)) for block in document.blocks if isinstance(block, Heading)]


def related(document: Document) -> dict[str, str]:
    index = document.blocks.index(Heading(2, (Text("Related"),)))
    facts = document.blocks[index + 1]
    assert isinstance(facts, Facts)
    return {label: bare(inlines) for label, inlines in facts.pairs}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_record_of_any_kind_with_a_title_alone_is_a_document(kind: str) -> None:
    document = composed(Record("a", kind, "A"))
    assert document.title == "A"
    assert document.kind == kind
    assert document.blocks == ()
    assert document.footnotes == ()
    assert document.marking == ""


def test_a_dialogue_has_its_parts_in_order() -> None:
    document = sample("talks")
    assert [type(block).__name__ for block in document.blocks][:3] == ["BottomLine", "Facts", "Heading"]
    assert headings(document) == [
        (2, "Claims"),
        (2, "Background"),
        (3, "What is open"),
        (2, "Members"),
        (2, "Related"),
        (2, "Sources"),
    ]
    assert document.breadcrumb == ("Dialogues", "Trilateral")
    assert line(document.subtitle) == (
        "Dialogue · trilateral · planned for the first quarter of 2024 · as of December 2023 · TLP:GREEN"
    )
    assert document.as_of == "December 2023"
    assert document.timestamp == "2023-12-01"
    assert document.author == "Technology dialogues"
    assert document.keywords == ("Dialogue", "The talks", "indo-pacific", "6G")
    assert document.language == "en"


def test_the_bottom_line_is_one_paragraph() -> None:
    document = composed(Record("a", "country", "A", summary="One\n two"))
    assert document.blocks == (BottomLine((Text("One two"),)),)


def test_a_body_that_begins_with_a_heading_needs_none_of_ours() -> None:
    assert headings(composed(Record("a", "country", "A", body="# History\n\n### Early\n"))) == [
        (2, "History"),
        (3, "Early"),
    ]


def test_a_note_begins_with_its_body_and_keeps_its_sections_in_order() -> None:
    document = sample("brief")
    assert isinstance(document.blocks[0], BottomLine)
    assert document.blocks[1] == Paragraph((Text("Read this first."),))
    assert headings(document) == [
        (2, "Key messages"),
        (2, "Will China mind? (TLP:AMBER)"),
        (2, "Their objectives"),
        (3, "Trade"),
        (2, "Section"),
        (2, "Sources"),
    ]
    assert Paragraph((Text("Ask China."),), label="Line") in document.blocks
    assert Paragraph((Text("We do not know."),), label="If pressed") in document.blocks
    assert document.author == "Desk"
    assert document.language == "en-GB"


def test_a_document_has_the_highest_marking_of_its_parts() -> None:
    record = Record("a", "country", "A", marking="TLP:CLEAR")
    claim = Claim("x", marking="TLP:GREEN")
    assert composed(record).marking == "TLP:CLEAR"
    assert composed(replace(record, claims=(claim,))).marking == "TLP:GREEN"
    section = Section(marking="TLP:AMBER", claims=(Claim("y", marking="TLP:RED"),))
    assert composed(replace(record, kind="note", sections=(section,))).marking == "TLP:RED"
    assert sample("brief").marking == "TLP:AMBER"


def test_naming_a_record_that_is_marked_higher_raises_the_marking() -> None:
    secret = Record("b", "dialogue", "B", marking="TLP:RED", values={"members": ("a",)})
    assert composed(Record("a", "country", "A", marking="TLP:CLEAR"), secret).marking == "TLP:RED"
    body = Record("a", "country", "A", marking="TLP:CLEAR", body="See [[b|this]].")
    assert composed(body, replace(secret, values={})).marking == "TLP:RED"


def test_markings_that_no_order_holds_between_are_all_named() -> None:
    record = Record(
        "a", "country", "A", marking="HOUSE:X", claims=(Claim("x", marking="TLP:GREEN"), Claim("y", marking="TLP:RED"))
    )
    assert composed(record).marking == "HOUSE:X / TLP:RED"


def test_relations_of_other_records_are_told_once_the_telling_ones_first() -> None:
    shown = related(sample("talks"))
    assert shown == {"Meetings": "First round", "Briefing notes": "What to say about the talks"}
    assert related(sample("6g")) == {"Discussed in": "Technology talks of three"}
    assert related(sample("india"))["Member of"] == "iCET; Technology talks of three"


def test_what_only_mentions_a_record_is_told_where_nothing_else_is() -> None:
    here = Record("a", "country", "A")
    there = Record("b", "country", "B", body="[[a]]", claims=(Claim("x", about=("a",)),))
    assert related(composed(here, there)) == {"Claims about it in": "B"}


def test_a_long_list_of_relations_says_how_much_it_leaves_out() -> None:
    others = [Record(f"d{number}", "dialogue", f"D{number}", values={"members": ("a",)}) for number in range(1042)]
    shown = related(composed(Record("a", "country", "A"), *others))
    assert shown["Member of"].endswith("D39 and 1,002 more")


def test_a_technology_is_filed_below_its_broader_ones() -> None:
    assert sample("6g").breadcrumb == ("Technology areas", "Telecommunications")
    broken = Record("a", "technology", "A", values={"broader": "nowhere"})
    assert composed(broken).breadcrumb == ("Technology areas",)
    one = Record("a", "technology", "A", values={"broader": "b"})
    two = Record("b", "technology", "B", values={"broader": "a"})
    assert composed(one, two).breadcrumb == ("Technology areas", "B")


def test_a_meeting_is_filed_below_its_dialogue_and_an_organisation_below_its_country() -> None:
    assert sample("first-round").breadcrumb == ("Meetings and events", "Technology talks of three")
    assert sample("council").breadcrumb == ("Organisations", "United States")
    assert composed(Record("a", "event", "A", values={"dialogue": "nowhere"})).breadcrumb == ("Meetings and events",)


def test_a_source_shows_its_paragraphs_and_who_cites_them() -> None:
    document = sample("article")
    paragraphs = [block for block in document.blocks if isinstance(block, SourceParagraph)]
    assert [block.number for block in paragraphs] == [1, 2, 3]
    assert [bare(each) for each in paragraphs[0].citations] == [
        "Technology talks of three: India and South Korea are to meet early in 2024. (quote found)",
        "What to say about the talks: The talks are planned. (not checkable here)",
    ]
    assert [bare(each) for each in paragraphs[1].citations] == [
        "Technology talks of three: The talks are likely to touch on 6G. (paragraph only, ¶2–3)"
    ]
    assert paragraphs[2].citations == ()
    assert "Related" not in dict(headings(document)).values()


def test_a_source_without_gists_shows_the_paragraphs_that_are_cited() -> None:
    source = Record("s", "source", "S")
    citing = Record("a", "country", "A", claims=(Claim("x", source="s", at=(7, 7)), Claim("y", source="s")))
    document = composed(source, citing)
    assert [block.number for block in document.blocks if isinstance(block, SourceParagraph)] == [7]
    assert headings(document) == [(2, "Paragraphs"), (2, "Cited as a whole")]


def test_a_source_that_is_cited_very_often_says_how_much_it_leaves_out() -> None:
    claims = tuple(Claim(f"claim {number}", source="s", at=(1, 1)) for number in range(1500))
    document = composed(Record("s", "source", "S"), Record("a", "country", "A", claims=claims))
    assert document.blocks[-1] == Paragraph((Text("1,100 more claims cite this source.", "muted"),))


def test_several_records_make_one_document_with_footnotes_throughout() -> None:
    library = sample_library()
    document = compose_several([TALKS, NOTE], as_library(library))
    openings = [block for block in document.blocks if isinstance(block, Opening)]
    assert [opening.title for opening in openings] == [TALKS.title, NOTE.title]
    assert [opening.as_of for opening in openings] == ["December 2023", "January 2024"]
    assert [opening.language for opening in openings] == ["en", "en-GB"]
    assert document.title == "Technology talks of three and 1 other record"
    assert [note.number for note in document.footnotes] == [1, 2, 3, 4]
    assert document.record_ids == ("talks", "brief")
    assert document.marking == "TLP:AMBER"
    assert document.as_of == ""
    assert document.timestamp == "2024-01-01"
    assert [attachment.name for attachment in document.attachments] == ["talks.yaml", "brief.yaml"]


def test_several_records_of_one_day_have_it_in_common() -> None:
    first = Record("a", "country", "A", as_of=parse_date("2023"))
    records = [first, replace(first, id="b"), replace(first, id="c")]
    document = compose_several(records, as_library(FakeLibrary(records)))
    assert document.as_of == "2023"
    assert document.title == "A and 2 other records"


def test_one_record_of_several_is_a_document_of_its_own() -> None:
    library = as_library(sample_library())
    assert compose_several([TALKS], library) == compose(TALKS, library)


def test_a_date_that_is_open_gives_no_timestamp() -> None:
    document = composed(Record("a", "country", "A", as_of=parse_date("../2023")))
    assert document.timestamp == ""
    assert document.as_of == "until 2023"


def faulty_library(text: str, *faults: Problem) -> FakeLibrary:
    stale = Record("good", "country", "Good", file="a/b.yaml")
    return FakeLibrary([stale], files={"a/b.yaml": text}, faults=list(faults), stale={"good"})


def test_a_file_with_faults_shows_them_its_last_good_version_and_its_text() -> None:
    library = faulty_library(
        "id: x\nsumary: \u202ey\n",
        Problem("a/b.yaml", 2, 1, "unknown-field", "There is no field “sumary”.", "Did you mean “summary”?"),
        Problem("a/b.yaml", 0, 0, "odd", "It is odd.", "", "warning"),
    )
    document = compose_file("a/b.yaml", as_library(library))
    assert document.title == "a/b.yaml"
    assert line(document.subtitle) == "File · 1 error · 1 warning"
    assert document.record_ids == ()
    faults = document.blocks[1]
    assert isinstance(faults, ListBlock)
    (first,), (second,) = faults.items
    assert isinstance(first, Paragraph)
    assert Break() in first.inlines
    assert bare(first.inlines) == (
        "Line 2, column 1: There is no field “sumary”. (error, unknown-field)\nDid you mean “summary”?"
    )
    assert isinstance(second, Paragraph)
    assert bare(second.inlines) == "The whole file: It is odd. (warning, odd)"
    assert ListBlock(((Paragraph((Link((Text("Good"),), "record:good"),)),),)) in document.blocks
    assert document.blocks[-1] == CodeBlock("id: x\nsumary: ⟦U+202E⟧y", first_line=1, marked=(2,))


def test_a_file_without_anything_is_a_document_all_the_same() -> None:
    library = FakeLibrary([])
    assert compose_file("gone.yaml", as_library(library)).blocks == ()


def test_a_very_long_file_is_cut_and_says_so() -> None:
    library = FakeLibrary([], files={"a.yaml": "x\n" * 5000, "b.yaml": "y" * 500_000})
    for name in library.files:
        *_, code, last = compose_file(name, as_library(library)).blocks
        assert isinstance(code, CodeBlock)
        assert len(code.text) <= 200_000
        assert code.text.count("\n") < 2_000
        assert last == Paragraph((Text("The rest of the file is left out here.", "muted"),))


_HOSTILE = st.sampled_from(
    ["\u202eabc", "\x00", "<script>alert(1)</script>", '#read("/etc/passwd")', "$x$", "*b*", "[[b]]", "x" * 200, "a\nb"]
)
_TEXT = _HOSTILE | st.text(max_size=20)


@given(st.lists(_TEXT, min_size=12, max_size=12))
def test_no_text_of_a_record_hides_anything_in_its_document(some: list[str]) -> None:
    claim = Claim(some[0], id=some[1], source="b", quote=some[2], about=("b",), marking=some[3], basis=some[4])
    record = Record(
        "a",
        "note",
        some[5],
        aliases=(some[6],),
        summary=some[7],
        body=some[8],
        claims=(claim,),
        marking="TLP:CLEAR",
        tags=(some[9],),
        identifiers={some[10]: some[11]},
        links=(WebLink(some[0], some[1]),),
        sections=(Section(some[2], some[3], some[4], (claim,), some[5], line=some[6], if_pressed=some[7]),),
        values={"for": (some[8],), "from": (some[9],), "action": some[10], "contact": some[11]},
    )
    source = Record("b", "source", some[9], aliases=(some[10],), values={"publisher": some[11], "gists": tuple(some)})
    library = as_library(FakeLibrary([record, source]))
    for document in (compose(record, library), compose(source, library), compose_several([record, source], library)):
        assert all(each == visible(each) for each in texts(replace(document, attachments=())))


def test_a_members_table_and_claims_are_blocks_of_their_own() -> None:
    document = sample("talks")
    assert sum(isinstance(block, Table) for block in document.blocks) == 2
    assert sum(isinstance(block, ClaimBlock) for block in document.blocks) == 3
