from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefing.document.blocks import Attachment, Document, Paragraph, Text
from briefing.errors import PrintError
from briefing.printing.comparison import compare
from briefing.printing.order import Order, document_for
from briefing.printing.typeset import Typesetter
from briefing.records.claims import Claim
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import ARTICLE, ICET, NOTE, TALKS, sample_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.records.record import Record


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


def shelf(*changed: Record, without: str = "") -> FakeLibrary:
    """Return the sample with some records changed, written anew where they are printed, and one gone."""
    library = sample_library()
    library.files.clear()
    by_id = {record.id: record for record in changed}
    records = [by_id.get(record.id, record) for record in library.records if record.id != without]
    # As the reader makes them: every record has a language.
    library.records = [replace(record, language=record.language or "en") for record in records]
    return library


@pytest.fixture(scope="module")
def paper(typesetter: Typesetter) -> bytes:
    """The talks, the note and iCET, as they were."""
    return typesetter.pdf(document_for(Order(("talks", "brief", "icet")), as_library(shelf())))


def told(pdf: bytes, library: FakeLibrary) -> list[tuple[str, str, str]]:
    """Return what has changed, without its sentences."""
    return sorted((change.record, change.claim, change.code) for change in compare(pdf, as_library(library)).changes)


def test_nothing_has_changed_at_once(paper: bytes) -> None:
    found = compare(paper, as_library(shelf()))
    assert sorted(found.printed) == ["brief", "icet", "talks"]
    assert found.changes == ()


def test_a_record_that_is_gone_and_a_field_that_changed_are_told(paper: bytes) -> None:
    changed = replace(TALKS, title="Talks of four", summary="")
    assert told(paper, shelf(changed, without="icet")) == [("icet", "", "record-gone"), ("talks", "", "record-changed")]
    changes = compare(paper, as_library(shelf(changed))).changes
    assert [change.message for change in changes] == ["Changed since: `title`, `summary`."]


def test_claims_that_changed_went_and_came_are_told(paper: bytes) -> None:
    meet, six_g, level = TALKS.claims
    new = Claim("Something else altogether.", source="article")
    changed = replace(TALKS, claims=(replace(meet, quote="Talks are"), level, new))
    assert told(paper, shelf(changed)) == sorted(
        [("talks", "meet", "claim-changed"), ("talks", "six-g", "claim-gone"), ("talks", new.id, "claim-new")]
    )
    assert six_g.id == "six-g"


def test_a_claim_without_an_id_of_its_own_is_known_by_its_words(typesetter: Typesetter) -> None:
    before = Claim("A first round is planned for the first quarter of 2024.", source="article", at=(1, 1))
    after = Claim("A first round is planned for the second quarter of 2024.", source="article", at=(1, 1))
    assert before.id != after.id
    pdf = typesetter.pdf(document_for(Order(("icet",)), as_library(shelf(replace(ICET, claims=(before,))))))
    changes = compare(pdf, as_library(shelf(replace(ICET, claims=(after,))))).changes
    assert [(change.claim, change.code) for change in changes] == [(before.id, "claim-changed")]
    assert changes[0].message == f"It said “{before.text}” and says “{after.text}” now."


def test_a_section_that_changed_is_told(paper: bytes) -> None:
    sections = tuple(replace(part, body=part.body.replace("Something", "Nothing")) for part in NOTE.sections)
    assert told(paper, shelf(replace(NOTE, sections=sections))) == [("brief", "", "section-changed")]


@pytest.mark.parametrize("state", ["corrected", "retracted"])
def test_a_source_that_its_publisher_corrected_or_retracted_is_told(paper: bytes, state: str) -> None:
    source = replace(ARTICLE, values={**ARTICLE.values, "state": state})
    assert told(paper, shelf(source)) == [("article", "", f"source-{state}")]


def test_a_source_that_is_gone_is_told(paper: bytes) -> None:
    assert ("article", "", "source-gone") in told(paper, shelf(without="article"))


def test_a_claim_marked_higher_than_the_paper_is_not_new(typesetter: Typesetter) -> None:
    secret = Claim("Not for this paper.", id="secret", marking="TLP:RED")
    pdf = typesetter.pdf(document_for(Order(("icet",)), as_library(shelf())))
    assert told(pdf, shelf(replace(ICET, claims=(secret,)))) == []
    public = replace(secret, marking="")
    assert told(pdf, shelf(replace(ICET, claims=(public,)))) == [("icet", "secret", "claim-new")]


def bare(*attached: Attachment) -> Document:
    """Return a document that says nothing, with files attached."""
    return Document("A", "note", ("a",), (), (), (Paragraph((Text("Text."),)),), attachments=attached)


def test_a_paper_without_records_is_refused(typesetter: Typesetter) -> None:
    with pytest.raises(PrintError, match="No records are attached to this PDF"):
        compare(typesetter.pdf(bare()), as_library(shelf()))


def test_an_attachment_that_is_no_record_any_more_is_told(typesetter: Typesetter) -> None:
    pdf = typesetter.pdf(bare(Attachment("icet.yaml", b"kind: [", "A record"), Attachment("a.csv", b"1,2", "Data")))
    assert told(pdf, shelf()) == [("icet", "", "unreadable")]


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(PrintError, match="not a PDF that can be read"):
        compare(b"kind: note", as_library(shelf()))
