from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.search.completion import Candidate, Completions

if TYPE_CHECKING:
    from tests.library.shelf import Shelf


def test_a_library_completes_with_what_is_in_it(shelf: Shelf) -> None:
    shelf.country("india", "aliases: [Bharat]\n")
    shelf.country("japan")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india, japan]\n")
    shelf.write("brief.yaml", "kind: note\ntitle: Brief\nabout: [japan]\n")
    library = shelf.indexed()
    found = library.completions("6G country:", 11)
    assert (found.start, found.end, found.field) == (11, 11, "country")
    assert found.candidates == (
        Candidate("japan", "Japan", "country", 2),
        Candidate("india", "India", "country", 1),
    )
    assert library.completions("country:bh", 10).candidates == (Candidate("india", "India", "country", 1, "Bharat"),)
    assert [each.label for each in library.completions("kind:", 5).candidates] == [
        "Countries",
        "Dialogues",
        "Briefing notes",
    ]


def test_what_is_new_is_completed_after_the_next_update(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    assert library.completions("country:ja", 10).candidates == ()
    shelf.country("japan")
    library.update()
    assert [each.insert for each in library.completions("country:ja", 10).candidates] == ["japan"]


def test_before_anything_is_indexed_there_is_nothing_to_complete(shelf: Shelf) -> None:
    shelf.country("india")
    assert shelf.open().completions('"country:', 9) == Completions()
    assert shelf.open().completions("country:", 8).candidates == ()


def test_a_value_that_is_a_beginning_finds_what_begins_so_and_says_it(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.country("indonesia")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\nstatus: planned\ntags: [indo-pacific]\n")
    library = shelf.indexed()

    def found(text: str) -> tuple[set[str], tuple[str, ...]]:
        hits = library.search(text)
        return {hit.id for hit in hits.hits}, hits.notes

    assert found("kind:dia") == ({"quad"}, ("No kind is called “dia”; taken as dialogue.",))
    assert found("country:ind") == (
        {"india", "indonesia", "quad"},
        ("No country is called “ind”; taken as India, Indonesia.",),
    )
    assert found("status:pl") == ({"quad"}, ("No record has the status “pl”; taken as planned.",))
    assert found("tag:indo") == ({"quad"}, ("No record has the tag “indo”; taken as indo pacific.",))
    assert found("id:qu") == ({"quad"}, ("No record has the id “qu”; taken as quad.",))
    assert found("country:xyz") == (set(), ("No country is called “xyz”.",))
    assert found("country:india") == ({"india", "quad"}, ())
