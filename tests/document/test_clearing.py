from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.document.clearance import ClearedShelf
from briefing.document.clearing import Ceiling, without, without_links
from briefing.records.claims import Claim, Evidence
from briefing.records.record import Record, Section
from tests.document.fake_library import FakeLibrary, as_library

if TYPE_CHECKING:
    from briefing.library.library import Library

GREEN = Ceiling(("TLP:GREEN",))
SECRET = Record("secret", "dialogue", "Secret talks", marking="TLP:RED", values={"members": ("india",)})
INDIA = Record("india", "country", "India", marking="TLP:CLEAR", values={})
LEAK = Record("leak", "source", "A leak", marking="TLP:AMBER")
PRESS = Record("press", "source", "The press", marking="TLP:CLEAR")


@pytest.mark.parametrize(
    ("marking", "admitted"),
    [
        ("", True),
        ("TLP:CLEAR", True),
        ("TLP:GREEN", True),
        ("TLP:AMBER", False),
        ("TLP:RED", False),
        ("HOUSE:ONE", False),
    ],
)
def test_a_ceiling_admits_what_is_not_higher_and_is_of_its_scheme(marking: str, admitted: bool) -> None:
    assert GREEN.admits(marking) is admitted


def test_of_an_unknown_scheme_a_ceiling_admits_the_very_label_alone() -> None:
    both = Ceiling(("HOUSE:ONE", "TLP:CLEAR"))
    assert both.admits("HOUSE:ONE")
    assert not both.admits("HOUSE:TWO")
    assert not both.admits("TLP:GREEN")


@pytest.mark.parametrize(
    ("text", "cleared"),
    [
        ("See [[secret]] now.", "See […] now."),
        ("On [[secret|these talks]] now.", "On these talks now."),
        ("On [[secret|*these*]].", r"On \*these\*."),
        ("See [[india]] and [[secret-2]].", "See [[india]] and [[secret-2]]."),
        ("`[[secret]]`", "`[…]`"),
        ("[[india|a [[secret]]", "[[india|a […]"),
        ("| a | b |\n|---|---|\n| c | d |\n| [[secret]] | e |\n", "| a | b |\n|---|---|\n| c | d |\n"),
        ("| a | b |\r\n|---|---|\r\n| [[secret\\|x]] | e |\r\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("> | [[secret]] |\n> |---|\n> | [[secret|x]] |", "> | […] |\n> |---|"),
        ("[[secret|[[secret]]]]", r"\[…]"),
        ("[[secret|a [[b]]", r"a \[\[b"),
    ],
)
def test_a_text_is_cleared_of_links_and_of_rows_that_lead_to_a_record(text: str, cleared: str) -> None:
    assert without_links(text, {"secret"}) == cleared


def test_a_claim_that_names_one_record_less_has_an_id_that_does_not_give_it_away() -> None:
    claim = Claim("They meet.", about=("secret", "india"))
    record = Record("note", "note", "Note", claims=(claim, Claim("Named.", id="named", about=("secret",))))
    cleared = without(record, {"secret"})
    assert [each.id for each in cleared.claims] == [Claim("They meet.", about=("india",)).id, "named"]
    assert cleared.claims[1].about == ()


def shelf_of(*records: Record) -> Library:
    return as_library(FakeLibrary([*records, SECRET, INDIA, LEAK, PRESS]))


def test_a_record_is_as_if_what_is_marked_higher_were_not_there() -> None:
    note = Record(
        "note",
        "note",
        "Note",
        marking="TLP:CLEAR",
        claims=(
            Claim("Open.", id="open", source="press", about=("secret",)),
            Claim("Kept.", id="kept", marking="TLP:AMBER"),
            Claim("Leaked.", id="leaked", source="leak"),
        ),
        sections=(Section("Inside", marking="TLP:RED"), Section("Outside", claims=(Claim("x", marking="TLP:RED"),))),
        values={"about": ("secret", "india")},
    )
    shelf = ClearedShelf(shelf_of(note), GREEN)
    cleared = shelf.record("note")
    assert cleared is not None
    assert [(claim.id, claim.about) for claim in cleared.claims] == [("open", ())]
    assert [(section.heading, section.claims) for section in cleared.sections] == [("Outside", ())]
    assert cleared.values["about"] == ("india",)


def test_a_record_that_is_higher_itself_is_not_there() -> None:
    shelf = ClearedShelf(shelf_of(), GREEN)
    assert shelf.record("secret") is None
    assert shelf.card("secret") is None
    assert shelf.titles(["secret", "india"]).keys() == {"india"}
    assert shelf.markings(["secret", "india"]) == {"india": "TLP:CLEAR"}
    assert shelf.relations("secret") == ()
    assert shelf.evidence("secret") == {}
    assert shelf.citations("leak") == []
    assert shelf.relations("india") == ()


def test_a_record_is_not_related_by_a_claim_or_a_section_that_is_higher() -> None:
    by_claim = Record(
        "one", "note", "One", marking="TLP:CLEAR", claims=(Claim("x", about=("india",), marking="TLP:RED"),)
    )
    by_section = Record(
        "two", "note", "Two", marking="TLP:CLEAR", sections=(Section("S", body="[[india]]", marking="TLP:RED"),)
    )
    openly = Record(
        "three",
        "note",
        "Three",
        marking="TLP:CLEAR",
        claims=(Claim("x", about=("india",)), Claim("y", marking="TLP:RED")),
    )
    shelf = ClearedShelf(shelf_of(by_claim, by_section, openly), GREEN)
    assert [(group.label, [each.card.id for each in group.cards]) for group in shelf.relations("india")] == [
        ("Claims about it in", ["three"])
    ]
    (group,) = shelf.relations("three")
    assert (group.outgoing, group.total, [each.card.id for each in group.cards]) == (True, 1, ["india"])
    assert shelf.relations("one") == ()


def test_a_source_is_cited_by_what_may_be_on_the_paper() -> None:
    citing = Record(
        "one",
        "note",
        "One",
        marking="TLP:CLEAR",
        claims=(
            Claim("Open.", id="open", source="press"),
            Claim("Kept.", id="kept", source="press", marking="TLP:RED"),
        ),
        sections=(Section("S", marking="TLP:AMBER", claims=(Claim("In it.", id="in-it", source="press"),)),),
    )
    higher = Record("two", "note", "Two", marking="TLP:RED", claims=(Claim("Never.", source="press"),))
    shelf = ClearedShelf(shelf_of(citing, higher), GREEN)
    assert [citation.claim_id for citation in shelf.citations("press")] == ["open"]


def test_a_claim_keeps_its_evidence_state_when_its_id_changes() -> None:
    claim = Claim("They meet.", source="press", quote="meet", about=("secret",))
    note = Record("note", "note", "Note", marking="TLP:CLEAR", claims=(claim,))
    fake = FakeLibrary([note, SECRET, PRESS], states={claim.id: Evidence.QUOTE_FOUND})
    shelf = ClearedShelf(as_library(fake), GREEN)
    cleared = shelf.record("note")
    assert cleared is not None
    assert cleared.claims[0].id != claim.id
    assert shelf.evidence("note") == {cleared.claims[0].id: Evidence.QUOTE_FOUND}
