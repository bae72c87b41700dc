from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from briefing.document.commonmark import to_markdown
from briefing.document.html_page import to_page
from briefing.document.plain import to_plain
from briefing.document.templates import TEMPLATES
from briefing.errors import MarkingError, PrintError
from briefing.printing.encode import encode
from briefing.printing.order import Order, document_for
from briefing.printing.typeset import Typesetter
from briefing.records.claims import Claim
from briefing.records.markings import rank
from briefing.records.record import Record, Section
from tests.document.fake_library import FakeLibrary, as_library
from tests.printing.marked_library import LABELS, Maker, above, everything_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from briefing.document.blocks import Document
    from briefing.library.library import Library


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


def texts_of(document: Document) -> list[tuple[str, str]]:
    """Return what a document becomes, whatever it is drawn as."""
    return [("json", encode(document, paper="a4")), ("html", to_page(document)), ("markdown", to_markdown(document))]


def printable(template: str, ids: list[str], library: Library) -> tuple[str, ...]:
    """Return ids that a template can be ordered for: all, else those of the records that it takes."""
    for chosen in (tuple(ids), *((each,) for each in ids)):
        try:
            document_for(Order(chosen, template), library)
        except PrintError:
            continue
        return chosen
    return ()


def test_nothing_above_the_marking_of_a_paper_is_anywhere_in_it(typesetter: Typesetter) -> None:
    printed = dict.fromkeys((template.name for template in TEMPLATES), 0)

    # Nothing is made smaller: a library that fails is small already, and each is printed.
    @settings(max_examples=200, phases=(Phase.generate,))
    @given(st.randoms(use_true_random=False))
    def in_a_library(random: Random) -> None:
        made = Maker(random).library()
        ids = random.sample([record.id for record in made.records], k=random.randint(1, 3))
        asked = random.randrange(len(LABELS))
        left = {template: document for template in printed if (document := left_in(template, ids, asked, made))}
        # Each library is composed for every template, and set in the two that had least, for that takes longest.
        for template in sorted(left, key=lambda each: printed[each])[:2]:
            assert above(asked, everything_in(typesetter.pdf(left[template], template=template))) == []
            printed[template] += 1

    in_a_library()
    assert all(number > 20 for number in printed.values()), " ".join(f"{k}={v}" for k, v in printed.items())


def left_in(template: str, ids: list[str], asked: int, made: FakeLibrary) -> Document | None:
    """Return what is left of some records at a marking, proved to give nothing away; None where nothing is left."""
    library = as_library(made)
    chosen = printable(template, ids, library)
    if not chosen:
        return None
    whole = document_for(Order(chosen, template), library)
    highest = rank(whole.marking)
    assert above(highest, texts_of(whole)) == []
    if asked < highest:
        with pytest.raises(MarkingError):
            document_for(Order(chosen, template, marking=LABELS[asked]), library)
    try:
        document = document_for(Order(chosen, template, marking=LABELS[asked], leave_out_higher=True), library)
    except MarkingError:
        assert all(rank(record.marking) > asked for record in made.records if record.id in chosen)
        return None
    assert document.marking == LABELS[asked]
    assert bool(document.left_out) is (asked < highest)
    assert above(asked, texts_of(document)) == []
    return document


def record(id_: str, marking: str, **more: object) -> Record:
    return Record(id_, "technology", id_.title(), marking=marking, **more)  # type: ignore[arg-type]


def order(*ids: str, marking: str = "TLP:GREEN", leave_out: bool = False) -> Order:
    return Order(ids, marking=marking, leave_out_higher=leave_out)


OPEN = record("open", "TLP:CLEAR", claims=(Claim("Said.", id="said", marking="TLP:AMBER"),), body="[[closed]]")
CLOSED = record("closed", "TLP:RED")


def test_what_stands_in_the_way_is_named_by_title_id_and_claim() -> None:
    with pytest.raises(MarkingError) as caught:
        document_for(order("open"), as_library(FakeLibrary([OPEN, CLOSED])))
    assert str(caught.value).splitlines() == [
        "2 parts stand in the way of printing at TLP:GREEN. Leave them out, or print at TLP:RED.",
        "  claim said (“Said.”) of “Open” (open): TLP:AMBER",
        "  “Closed” (closed): TLP:RED",
    ]


def test_what_is_left_out_is_counted_on_the_paper_and_told() -> None:
    document = document_for(order("open", leave_out=True), as_library(FakeLibrary([OPEN, CLOSED])))
    assert (document.marking, document.left_out) == ("TLP:GREEN", 2)
    assert document.remarks == ("2 parts marked higher than TLP:GREEN are left out.",)
    assert all("2 parts left out" in text for _, text in texts_of(document))
    assert "2 parts left out" in to_plain(document)


def test_a_section_is_named_by_its_heading_or_its_place_and_a_claim_by_its_source() -> None:
    parts = (Section("Inside", marking="TLP:RED"), Section(body="x", marking="TLP:AMBER"))
    note = Record("note", "note", "Note", marking="TLP:CLEAR", sections=parts, claims=(Claim("x", "c", "leak"),))
    leak = Record("leak", "source", "Leak", marking="TLP:AMBER")
    with pytest.raises(MarkingError) as caught:
        document_for(order("note"), as_library(FakeLibrary([note, leak])))
    assert caught.value.parts == (
        "section “Inside” of “Note” (note): TLP:RED",
        "section 2 of “Note” (note): TLP:AMBER",
        "claim c (“x”), by its source, of “Note” (note): TLP:AMBER",
        "“Leak” (leak): TLP:AMBER",
    )


def test_a_long_list_of_what_stands_in_the_way_ends_with_a_number() -> None:
    claims = tuple(Claim("x", id=f"c{number}", marking="TLP:RED") for number in range(60))
    with pytest.raises(MarkingError) as caught:
        document_for(order("a"), as_library(FakeLibrary([record("a", "TLP:CLEAR", claims=claims)])))
    assert len(caught.value.parts) == 60
    assert str(caught.value).splitlines()[-1] == "  and 20 more"


def test_a_record_that_is_higher_is_left_out_among_others_and_refused_alone() -> None:
    library = as_library(FakeLibrary([record("a", "TLP:CLEAR"), CLOSED]))
    document = document_for(order("closed", "a", leave_out=True), library)
    assert (document.record_ids, document.left_out) == (("a",), 1)
    with pytest.raises(MarkingError, match=r"^The record is marked higher than TLP:GREEN.* Print at TLP:RED\."):
        document_for(order("closed", leave_out=True), library)


def test_a_paper_may_be_marked_higher_than_it_must() -> None:
    library = as_library(FakeLibrary([record("a", "TLP:CLEAR")]))
    document = document_for(order("a", marking="TLP:AMBER+STRICT"), library)
    assert (document.marking, document.left_out, document.remarks) == ("TLP:AMBER+STRICT", 0, ())


def test_no_marking_of_one_scheme_is_above_those_of_another() -> None:
    library = as_library(FakeLibrary([record("a", "TLP:CLEAR"), record("b", "HOUSE:ONE")]))
    with pytest.raises(MarkingError) as caught:
        document_for(order("a", "b", marking="TLP:RED"), library)
    assert str(caught.value).startswith("1 part stands in the way of printing at TLP:RED. Leave it out.\n")
    assert document_for(Order(("a", "b")), library).marking == "TLP:CLEAR / HOUSE:ONE"


def test_a_marking_that_is_not_known_is_answered_with_the_nearest() -> None:
    library = as_library(FakeLibrary([record("a", "TLP:CLEAR")]))
    for typed, meant in (("TLP:WHITE", "TLP:CLEAR"), ("tlp: green", "TLP:GREEN"), ("TLP:AMBR", "TLP:AMBER")):
        with pytest.raises(PrintError) as caught:
            document_for(order("a", marking=typed), library)
        assert str(caught.value) == f"“{typed}” is not a marking. Did you mean `{meant}`?"
    with pytest.raises(PrintError, match=r"Use `TLP:CLEAR`, .* or `TLP:RED`\.$"):
        document_for(order("a", marking="42"), library)


def test_a_paper_is_marked_as_the_claims_that_cite_a_source_on_it_and_as_what_its_attachment_names() -> None:
    source = Record("s", "source", "S", marking="TLP:CLEAR")
    citing = record("a", "TLP:CLEAR", claims=(Claim("Said.", source="s", marking="TLP:AMBER"),))
    about = record("b", "TLP:CLEAR", claims=(Claim("Said.", about=("closed",)),))
    library = as_library(FakeLibrary([source, citing, about, CLOSED]))
    assert document_for(Order(("s",)), library).marking == "TLP:AMBER"
    assert document_for(Order(("b",)), library).marking == "TLP:RED"


def test_a_paper_is_marked_as_the_claim_by_which_another_record_is_related() -> None:
    telling = Record("n", "note", "N", marking="TLP:CLEAR", claims=(Claim("x", about=("a",), marking="TLP:RED"),))
    library = as_library(FakeLibrary([record("a", "TLP:CLEAR"), telling]))
    assert document_for(Order(("a",)), library).marking == "TLP:RED"
    document = document_for(order("a", leave_out=True), library)
    assert (document.left_out, document.blocks) == (1, ())


def test_the_least_of_the_parts_that_relate_a_record_is_enough_to_name_it() -> None:
    inside = Section("Inside", marking="TLP:GREEN", claims=(Claim("z", about=("a",), marking="TLP:AMBER"),))
    claims = (Claim("x", about=("a",), marking="TLP:RED"), Claim("y", about=("n",), marking="TLP:AMBER+STRICT"))
    telling = Record("n", "note", "N", marking="TLP:CLEAR", claims=claims, sections=(inside,))
    library = as_library(FakeLibrary([record("a", "TLP:CLEAR"), telling]))
    assert document_for(Order(("a",)), library).marking == "TLP:AMBER"
    assert document_for(order("a", marking="TLP:AMBER"), library).left_out == 0
    with pytest.raises(MarkingError) as caught:
        document_for(order("a"), library)
    assert [part.split(" (")[0] for part in caught.value.parts] == [f"claim {inside.claims[0].id}"]
