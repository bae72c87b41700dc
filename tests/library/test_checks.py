from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.library import suggestions
from tests.library.shelf import Shelf, only, told

if TYPE_CHECKING:
    from briefing.library.library import Library


def codes(library: Library) -> list[str]:
    return [code for *_, code in told(library)]


def nested(shelf: Shelf, name: str, broader: str = "") -> None:
    shelf.write(
        f"{name}.yaml", f"kind: technology\ntitle: {name.upper()}\n" + (f"broader: {broader}\n" if broader else "")
    )


def ids(library: Library) -> list[str]:
    return [card.id for card in library.cards("technology")]


def test_a_record_that_comes_mends_the_references_to_it(shelf: Shelf) -> None:
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.indexed()
    assert codes(library) == ["unknown-id"]
    shelf.country("india")
    done = library.update()
    assert library.problems() == []
    assert done.changed == {"india", "quad"}


def test_a_record_that_goes_breaks_the_references_to_it(shelf: Shelf) -> None:
    shelf.country("india")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.indexed()
    shelf.remove("india.yaml")
    library.update()
    assert told(library) == [("quad.yaml", 3, 11, "unknown-id")]


def test_a_record_of_another_kind_in_an_ids_place_is_noticed_from_afar(shelf: Shelf) -> None:
    shelf.country("quantum")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [quantum]\n")
    library = shelf.indexed()
    assert library.problems() == []
    shelf.write("quantum.yaml", "kind: technology\ntitle: Quantum\n")
    library.update()
    problem = only(library)
    assert (problem.file, problem.line, problem.column, problem.code) == ("quad.yaml", 3, 11, "wrong-kind")
    assert problem.message == "`quantum` is a technology area, and `members` names a country or an organisation."


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("see_also: [nobody]\n", 3, 12),
        ("claims:\n  - text: T\n    source: nobody\n", 5, 13),
        ("claims:\n  - text: T\n    about: [nobody]\n", 5, 13),
        ("body: |\n  One line.\n  See [[nobody|them]].\n", 5, 7),
    ],
)
def test_every_way_of_naming_a_record_is_checked(shelf: Shelf, text: str, line: int, column: int) -> None:
    shelf.country("india", text)
    assert told(shelf.indexed()) == [("india.yaml", line, column, "unknown-id")]


def test_a_source_that_is_no_source_is_named(shelf: Shelf) -> None:
    shelf.country("japan")
    shelf.country("india", "claims:\n  - text: T\n    source: japan\n")
    assert only(shelf.indexed()).message == "`japan` is a country, and `source` names a source."


def test_an_alias_in_an_ids_place_is_what_was_meant(shelf: Shelf) -> None:
    shelf.write("korea.yaml", "kind: country\nid: south-korea\ntitle: South Korea\naliases: [ROK]\n")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [rok]\n")
    assert only(shelf.indexed()).mend == "Did you mean `south-korea`?"


def test_only_what_a_field_may_name_is_offered(shelf: Shelf) -> None:
    shelf.write("indus.yaml", "kind: technology\ntitle: Indus\naliases: [Indu]\n")
    shelf.country("india")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [indu]\n")
    assert only(shelf.indexed()).mend == "Did you mean `india`?"


def test_where_nothing_is_near_nothing_is_offered(shelf: Shelf) -> None:
    shelf.country("india", "see_also: [zzzz-qqqq]\n")
    assert only(shelf.indexed()).mend == "Correct it, or add a record with that id."


def test_of_very_many_ids_those_near_in_the_alphabet_are_compared(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "_FEW", 2)
    monkeypatch.setattr(suggestions, "_BESIDE", 1)
    shelf.country("iceland")
    shelf.country("india")
    shelf.country("iran")
    # Before `indib` in the alphabet stands `india`, after it `iran`; `india` is out of reach of `ahndia`.
    shelf.country("japan", "see_also: [indib, ahndia]\n")
    library = shelf.indexed()
    mends = {problem.message: problem.mend for problem in library.problems()}
    assert mends["No record has the id `indib`."] == "Did you mean `india`?"
    assert mends["No record has the id `ahndia`."] == "Correct it, or add a record with that id."


def test_hints_end_where_they_would_take_too_long(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "_MOST_COMPARISONS", 3)
    shelf.country("india")
    shelf.country("japan", "see_also: [inda, indi, indai]\n")
    mends = [problem.mend for problem in shelf.indexed().problems()]
    assert mends.count("Did you mean `india`?") == 1


def test_a_problem_of_a_reference_goes_with_its_file(shelf: Shelf) -> None:
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.indexed()
    shelf.remove("quad.yaml")
    library.update()
    assert library.problems() == []


def test_a_broken_file_shows_its_own_problems_alone(shelf: Shelf) -> None:
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers: [india]\n")
    library = shelf.indexed()
    shelf.write("quad.yaml", "kind: dialogue\nmembers: [india]\n")
    library.update()
    assert codes(library) == ["missing-field"]


def test_an_id_used_twice_is_free_again_when_one_of_them_goes(shelf: Shelf) -> None:
    shelf.write("a.yaml", "id: twin\nkind: country\ntitle: First\naliases: [Uno]\niso: IN\n")
    shelf.write("b.yaml", "id: twin\nkind: dialogue\ntitle: Second\nmembers: [twin]\n")
    library = shelf.indexed()
    assert codes(library) == ["duplicate-id", "duplicate-id"]
    assert library.counts().records == 1
    shelf.remove("a.yaml")
    done = library.update()
    card = library.card("twin")
    assert card is not None
    assert (card.kind, card.title, set(done.changed)) == ("dialogue", "Second", {"twin"})
    assert [hit.title for hit in library.search("second").hits] == ["Second"]
    assert library.search("uno").hits == ()
    # It names itself, and is no country.
    assert told(library) == [("b.yaml", 4, 11, "wrong-kind")]


def test_the_first_of_two_files_keeps_an_id_whichever_came_first(shelf: Shelf) -> None:
    shelf.write("b.yaml", "id: twin\nkind: country\ntitle: B\n")
    library = shelf.indexed()
    shelf.write("a.yaml", "id: twin\nkind: country\ntitle: A\n")
    library.update()
    card = library.card("twin")
    assert card is not None
    assert card.title == "A"
    assert [hit.title for hit in library.search("twin").hits] == ["A"]
    shelf.write("a.yaml", "id: other\nkind: country\ntitle: A\n")
    library.update()
    card = library.card("twin")
    assert card is not None
    assert card.title == "B"
    assert library.problems() == []


def test_an_id_twice_in_one_file_is_told_at_both_places(shelf: Shelf) -> None:
    shelf.write("all.yaml", "id: twin\nkind: country\ntitle: A\n---\nid: twin\nkind: country\ntitle: B\n")
    library = shelf.indexed()
    assert told(library) == [("all.yaml", 1, 5, "duplicate-id"), ("all.yaml", 5, 5, "duplicate-id")]
    assert "`all.yaml`, line 5" in library.problems()[0].message


def test_an_iso_code_used_twice_is_a_warning_at_both(shelf: Shelf) -> None:
    shelf.country("india", "iso: IN\n")
    shelf.country("bharat", "iso: IN\n")
    library = shelf.indexed()
    assert told(library) == [("bharat.yaml", 3, 6, "duplicate-code"), ("india.yaml", 3, 6, "duplicate-code")]
    assert {problem.severity for problem in library.problems()} == {"warning"}
    assert library.counts().warnings == 2
    shelf.country("bharat", "iso: JP\n")
    library.update()
    assert library.problems() == []


def test_a_home_that_is_no_record_is_told_and_mended(shelf: Shelf) -> None:
    shelf.write("library.yaml", "briefing: 1\nhome: inda\n")
    shelf.country("india")
    library = shelf.indexed()
    problem = only(library)
    assert (problem.file, problem.line, problem.column, problem.code) == ("library.yaml", 2, 7, "unknown-id")
    assert problem.mend == "Did you mean `india`?"
    shelf.country("inda")
    library.update()
    assert library.problems() == []


def test_areas_nest_under_broader_ones(shelf: Shelf) -> None:
    nested(shelf, "telecoms")
    nested(shelf, "fiveg", "telecoms")
    nested(shelf, "chips")
    library = shelf.indexed()
    assert ids(library) == ["chips", "telecoms"]
    assert library.card_count("technology") == 2
    assert [card.id for card in library.narrower("telecoms")] == ["fiveg"]
    assert [section.count for section in library.sections()] == [3]


def test_an_area_whose_broader_one_is_not_there_stands_at_the_top(shelf: Shelf) -> None:
    nested(shelf, "fiveg", "telecoms")
    library = shelf.indexed()
    assert ids(library) == ["fiveg"]
    nested(shelf, "telecoms")
    library.update()
    assert ids(library) == ["telecoms"]
    shelf.remove("telecoms.yaml")
    library.update()
    assert ids(library) == ["fiveg"]
    assert library.card_count("technology") == 1


def test_a_circle_of_areas_is_told_of_each_and_hides_none(shelf: Shelf) -> None:
    nested(shelf, "a", "b")
    nested(shelf, "b", "c")
    nested(shelf, "c", "a")
    nested(shelf, "leaf", "a")
    library = shelf.indexed()
    assert told(library) == [("a.yaml", 3, 10, "circle"), ("b.yaml", 3, 10, "circle"), ("c.yaml", 3, 10, "circle")]
    assert "a > b > c > a" in library.problems()[0].message
    assert ids(library) == ["a", "b", "c"]
    assert [card.id for card in library.narrower("a")] == ["leaf"]


def test_a_circle_that_closes_and_opens_is_followed(shelf: Shelf) -> None:
    nested(shelf, "a")
    nested(shelf, "b", "a")
    nested(shelf, "c", "b")
    library = shelf.indexed()
    nested(shelf, "a", "c")
    library.update()
    assert codes(library) == ["circle"] * 3
    assert ids(library) == ["a", "b", "c"]
    nested(shelf, "b")
    library.update()
    assert library.problems() == []
    assert ids(library) == ["b"]
    assert [card.id for card in library.narrower("b")] == ["c"]
    assert [card.id for card in library.narrower("c")] == ["a"]


def test_an_area_that_is_its_own_broader_one_is_a_circle_of_one(shelf: Shelf) -> None:
    nested(shelf, "a", "a")
    library = shelf.indexed()
    assert codes(library) == ["circle"]
    assert ids(library) == ["a"]
    assert library.narrower("a") == []


def test_a_long_circle_is_told_in_short(shelf: Shelf) -> None:
    for number in range(9):
        nested(shelf, f"t{number}", f"t{(number + 1) % 9}")
    assert "t0 > t1 > t2 > … > t8 > t0" in shelf.indexed().problems()[0].message


def test_a_broken_file_says_nothing_of_its_old_circle(shelf: Shelf) -> None:
    nested(shelf, "a", "b")
    nested(shelf, "b", "a")
    library = shelf.indexed()
    shelf.write("a.yaml", "kind: technology\n")
    library.update()
    assert sorted(codes(library)) == ["circle", "missing-field"]
    assert ids(library) == ["a", "b"]


def test_an_area_of_another_kind_is_no_broader_one(shelf: Shelf) -> None:
    shelf.country("india")
    nested(shelf, "chips", "india")
    library = shelf.indexed()
    assert codes(library) == ["wrong-kind"]
    assert ids(library) == ["chips"]
