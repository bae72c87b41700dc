from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.library.answers import Card, Counts, SectionCount

if TYPE_CHECKING:
    from briefing.library.library import Library
    from tests.library.shelf import Shelf


@pytest.fixture
def library(shelf: Shelf) -> Library:
    shelf.country("india", "aliases: [Bharat, भारत]\niso: IN\n")
    shelf.country("japan", "iso: JP\nsee_also: [quad]\n")
    shelf.write(
        "quad.yaml",
        """\
        kind: dialogue
        title: Quad
        members: [india, japan]
        technologies: [chips]
        last_met: 2023-05-20
        claims:
          - text: It met in Hiroshima.
            source: article
            at: 2-3
            quote: met in Hiroshima
            about: [japan]
          - text: It will meet again.
            source: article
        body: See [[india]] and [[india|again]].
        """,
    )
    shelf.write("chips.yaml", "kind: technology\ntitle: 10 Chips\n")
    shelf.write("more-chips.yaml", "kind: technology\ntitle: 9 more chips\n")
    shelf.write(
        "summit.yaml", "kind: event\ntitle: Summit\ndate: 2023-05\ndialogue: quad\ncountries: [india, japan, india]\n"
    )
    shelf.write("round.yaml", "kind: event\ntitle: Round\ndate: 2024-Q1\ncountries: [india]\n")
    shelf.write("article.yaml", "kind: source\ntitle: Article\npublished: 2023-06-01\naccessed: 2024-01-01\n")
    return shelf.indexed()


def test_sections_come_in_the_order_of_the_tree(library: Library) -> None:
    assert library.sections() == (
        SectionCount("country", "Countries", 2),
        SectionCount("dialogue", "Dialogues", 1),
        SectionCount("technology", "Technology areas", 2),
        SectionCount("event", "Meetings and events", 2),
        SectionCount("source", "Sources", 1),
    )
    assert library.counts() == Counts(8, 0, 0)


def test_broken_records_are_found_until_they_are_mended(shelf: Shelf, library: Library) -> None:
    assert library.search("is:broken").hits == ()
    shelf.write("summit.yaml", "kind: event\ntitle: [Summit\n")
    shelf.write("round.yaml", "kind: event\ntitle: Round\ndate: 2024-Q1\ncountries: [nowhere]\n")
    shelf.write("none.yaml", "kind: nothing\n")
    library.update()
    assert [hit.id for hit in library.search("is:broken").hits] == ["round", "summit"]
    assert [hit.id for hit in library.search("summit -is:broken").hits] == []
    shelf.write("summit.yaml", "kind: event\ntitle: Summit\n")
    shelf.write("round.yaml", "kind: event\ntitle: Round\n")
    library.update()
    assert library.search("is:broken").hits == ()


def test_cards_come_by_title_and_in_parts(library: Library) -> None:
    assert [card.title for card in library.cards("technology")] == ["9 more chips", "10 Chips"]
    assert library.cards("event", 1, 1) == [Card("summit", "event", "Summit")]
    assert library.card_count("event") == 2
    assert (library.cards("person"), library.card_count("person"), library.card_count("error")) == ([], 0, 0)


def test_the_markings_of_records_are_known_without_reading_them(shelf: Shelf) -> None:
    shelf.country("india", "marking: TLP:AMBER\n")
    shelf.country("japan")
    library = shelf.indexed()
    assert library.markings(["india", "japan", "nobody", "india"]) == {"india": "TLP:AMBER", "japan": ""}


def test_the_records_in_which_a_part_has_a_marking_of_its_own_are_known(shelf: Shelf) -> None:
    claim = 'claims:\n  - text: \'Said "marking":"TLP:RED"\'\n'
    shelf.country("bare", claim)
    shelf.country("marked", f"marking: TLP:GREEN\n{claim}")
    shelf.country("claim", f"{claim}    marking: TLP:AMBER\n")
    shelf.country("both", f"marking: TLP:GREEN\n{claim}    marking: TLP:AMBER\n")
    note = "kind: note\ntitle: N\nsections:\n  - heading: S\n"
    shelf.write("section.yaml", f"{note}    marking: TLP:RED\n    body: x\n")
    shelf.write("plain.yaml", f"marking: TLP:RED\n{note}    body: x\n")
    library = shelf.indexed()
    everyone = ["bare", "marked", "claim", "both", "section", "plain", "nobody"]
    assert library.mixed(everyone) == {"claim", "both", "section"}


def test_a_citation_has_the_markings_of_the_claim_and_of_its_section(shelf: Shelf) -> None:
    shelf.write("s.yaml", "kind: source\ntitle: S\n")
    claim = "text: Said {}.\n        source: s\n"
    shelf.write(
        "n.yaml",
        "kind: note\ntitle: N\nsections:\n  - heading: H\n    marking: TLP:RED\n    claims:\n"
        f"      - {claim.format('one')}        marking: TLP:AMBER\n      - {claim.format('two')}"
        "  - heading: I\n    claims:\n"
        f"      - {claim.format('three')}",
    )
    assert [each.markings for each in shelf.indexed().citations("s")] == [("TLP:AMBER", "TLP:RED"), ("TLP:RED",), ()]


def test_a_card_is_known_by_its_id_alone(library: Library) -> None:
    assert library.card("quad") == Card("quad", "dialogue", "Quad")
    assert library.card("Quad") is None
    assert library.titles(["quad", "nobody", "india", "quad"]) == {
        "quad": Card("quad", "dialogue", "Quad"),
        "india": Card("india", "country", "India"),
    }


def test_neighbours_count_each_record_once(library: Library) -> None:
    assert library.neighbours("quad") == (
        SectionCount("country", "Countries", 2),
        SectionCount("technology", "Technology areas", 1),
        SectionCount("event", "Meetings and events", 1),
        SectionCount("source", "Sources", 1),
    )
    assert [card.id for card in library.neighbour_cards("india", "event")] == ["round", "summit"]
    assert [card.id for card in library.neighbour_cards("india", "event", 1, 1)] == ["summit"]
    assert library.neighbours("nobody") == ()


def test_relations_are_told_from_both_ends_by_name(library: Library) -> None:
    def groups(record_id: str) -> list[tuple[str, bool, list[str]]]:
        return [
            (group.label, group.outgoing, [each.card.id for each in group.cards])
            for group in library.relations(record_id)
        ]

    assert groups("quad") == [
        ("Members", True, ["india", "japan"]),
        ("Technology areas", True, ["chips"]),
        ("About", True, ["japan"]),
        ("Source", True, ["article"]),
        ("Mentions", True, ["india"]),
        ("Meetings", False, ["summit"]),
        ("Referred to by", False, ["japan"]),
    ]
    assert groups("india") == [
        ("Member of", False, ["quad"]),
        ("Meetings", False, ["summit", "round"]),
        ("Mentioned by", False, ["quad"]),
    ]
    assert groups("nobody") == []


def test_a_relation_has_the_date_of_the_record_that_makes_it(library: Library) -> None:
    meetings = next(group for group in library.relations("india") if group.label == "Meetings")
    assert [(each.card.id, each.date) for each in meetings.cards] == [
        ("summit", "May 2023"),
        ("round", "first quarter of 2024"),
    ]


def test_of_many_relations_the_first_are_told_with_their_number(library: Library) -> None:
    meetings = next(group for group in library.relations("india", limit=1) if group.label == "Meetings")
    assert ([each.card.id for each in meetings.cards], meetings.total) == (["summit"], 2)
    whole = next(group for group in library.relations("india") if group.label == "Meetings")
    assert whole.total == len(whole.cards) == 2


def test_the_timeline_is_of_the_record_and_its_neighbours_oldest_first(library: Library) -> None:
    assert [(item.date.words(), item.label, item.card.id) for item in library.timeline("quad")] == [
        ("May 2023", "Date", "summit"),
        ("20 May 2023", "Last met", "quad"),
    ]
    assert [(item.label, item.card.id) for item in library.timeline("article")] == [
        ("Last met", "quad"),
        ("Published", "article"),
    ]
    assert library.timeline("nobody") == []


def test_what_cites_a_source_comes_by_paragraph(library: Library) -> None:
    found = library.citations("article")
    assert [(each.card.id, each.claim_text, each.paragraphs, each.quote, each.state.value) for each in found] == [
        ("quad", "It will meet again.", "", "", "source_only"),
        ("quad", "It met in Hiroshima.", "2-3", "met in Hiroshima", "not_checkable"),
    ]
    assert len(library.citations("article", limit=1)) == 1


def test_a_record_is_found_by_any_of_its_names_whatever_their_case_and_accents(library: Library) -> None:
    lookup = library._lookup
    assert lookup.ids_named("BHARAT") == lookup.ids_named("भारत") == lookup.ids_named("india") == ["india"]
    assert lookup.ids_named("india", "country") == ["india"]
    assert lookup.ids_named("india", "dialogue") == []
    assert lookup.named_by(["quad"]) == ["india", "japan", "chips", "article"]
    assert lookup.passages([9_999]) == {}


def test_a_search_finds_and_says_why(library: Library) -> None:
    hits = library.search("bharat").hits
    assert [(hit.id, hit.kind, hit.title) for hit in hits] == [("india", "country", "India")]
    assert "Bharat" in hits[0].reason
    assert [hit.id for hit in library.search("hiroshima").hits] == ["quad"]
    assert {hit.id for hit in library.search("kind:event country:bharat").hits} == {"summit", "round"}
    assert library.search("nothing-like-it").hits == ()


def test_a_search_finds_what_was_changed_since_the_last_one(shelf: Shelf, library: Library) -> None:
    other = shelf.open()
    assert other.search("xylophone").hits == ()
    shelf.country("india", "summary: xylophone\n")
    library.update()
    assert [hit.id for hit in other.search("xylophone").hits] == ["india"]
    assert [hit.id for hit in library.search("xylophone").hits] == ["india"]
    assert library.search("bharat").hits == ()
