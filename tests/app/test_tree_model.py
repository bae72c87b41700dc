from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from briefing.app.tree.model import LOCATE_LIMIT, Role, TreeModel
from briefing.app.tree.node import CHUNK
from briefing.records.problems import Problem
from tests.app.fake_library import FakeLibrary

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.add("india", "country", "India")
    made.add("south-korea", "country", "South Korea")
    made.add("icet", "dialogue", "iCET")
    made.add("quad", "dialogue", "Quad")
    made.add("telecoms", "technology", "Telecommunications")
    made.add("6g", "technology", "6G", broader="telecoms")
    made.add("5g", "technology", "5G", broader="telecoms")
    made.link("india", "icet")
    made.link("india", "quad")
    made.link("india", "6g")
    made.link("icet", "6g")
    return made


@pytest.fixture
def model(qapp: QApplication, library: FakeLibrary) -> TreeModel:
    made = TreeModel()
    # Lives as long as the model, and fails the test at the first thing that a model must not do.
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    # It would fetch in the midst of a reset, and then complain of that.
    tester.setUseFetchMore(False)
    made.show(library)  # type: ignore[arg-type]
    return made


def texts(model: TreeModel, parent: QModelIndex | None = None) -> list[str]:
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


def opened(model: TreeModel, *path: str) -> QModelIndex:
    index = model.find(path)
    assert index.isValid(), path
    model.fetchMore(index)
    return index


def test_the_sections_stand_in_the_order_of_the_kinds(model: TreeModel) -> None:
    assert texts(model) == ["Countries", "Dialogues", "Technology areas"]
    assert model.index(0, 0).data(Role.ITEM).total == 2


def test_nothing_below_a_section_is_asked_for_before_it_is_opened(model: TreeModel, library: FakeLibrary) -> None:
    assert [each for each in library.asked if each.startswith("cards dialogue")] == []
    opened(model, "s:dialogue")
    assert [each for each in library.asked if each.startswith("cards dialogue")] != []


def test_a_record_opens_to_its_relations_by_kind(model: TreeModel) -> None:
    india = opened(model, "s:country", "r:india")
    assert texts(model, india) == ["Dialogues", "Technology areas"]
    dialogues = opened(model, "s:country", "r:india", "g:dialogue")
    assert texts(model, dialogues) == ["iCET", "Quad"]
    assert model.index(0, 0, india).data(Role.ITEM).total == 2


def test_a_relation_opens_to_its_own_relations_to_any_depth(model: TreeModel) -> None:
    index = opened(model, "s:country", "r:india", "g:dialogue", "r:icet", "g:country", "r:india", "g:dialogue")
    assert texts(model, index) == ["iCET", "Quad"]


def test_technology_areas_nest_by_what_is_broader(model: TreeModel) -> None:
    section = opened(model, "s:technology")
    assert texts(model, section) == ["Telecommunications"]
    telecoms = opened(model, "s:technology", "r:telecoms")
    assert texts(model, telecoms) == ["5G", "6G"]


def test_what_nests_is_not_shown_again_as_a_relation(model: TreeModel) -> None:
    six = opened(model, "s:technology", "r:telecoms", "r:6g")
    assert texts(model, six) == ["Countries", "Dialogues"]


def test_the_broader_area_is_a_relation_where_it_is_not_above(model: TreeModel) -> None:
    group = opened(model, "s:country", "r:india", "g:technology", "r:6g", "g:technology")
    assert texts(model, group) == ["Telecommunications"]


def test_a_record_without_relations_has_nothing_to_open_once_that_is_known(model: TreeModel) -> None:
    korea = model.find(("s:country", "r:south-korea"))
    assert model.hasChildren(korea)
    model.fetchMore(korea)
    assert not model.hasChildren(korea)


def test_problems_are_nodes_with_their_line(model: TreeModel, library: FakeLibrary) -> None:
    library.faults = [
        Problem("a.yaml", 3, 1, "unknown-field", "There is no field sumary.", "Did you mean summary?"),
        Problem("a.yaml", 0, 0, "unreadable", "It cannot be read.", "Look.", severity="warning"),
    ]
    model.refresh()
    assert texts(model)[-1] == "Problems"
    section = opened(model, "problems")
    assert texts(model, section) == ["a.yaml"]
    file = opened(model, "problems", "f:a.yaml")
    assert texts(model, file) == ["It cannot be read.", "line 3: There is no field sumary."]
    assert not model.hasChildren(model.index(0, 0, file))


def test_the_section_of_the_problems_goes_when_they_are_mended(model: TreeModel, library: FakeLibrary) -> None:
    library.faults = [Problem("a.yaml", 3, 1, "tab", "There is a tab.", "Use spaces.")]
    model.refresh()
    opened(model, "problems", "f:a.yaml")
    library.faults = []
    model.refresh()
    assert texts(model) == ["Countries", "Dialogues", "Technology areas"]


def test_a_row_that_stays_keeps_its_index_while_others_come_and_go(model: TreeModel, library: FakeLibrary) -> None:
    opened(model, "s:country")
    korea = QPersistentModelIndex(model.find(("s:country", "r:south-korea")))
    library.add("china", "country", "China")
    del library.cards_by_id["india"]
    library.links.clear()
    model.refresh()
    assert texts(model, model.find(("s:country",))) == ["China", "South Korea"]
    assert korea.isValid()
    assert korea.row() == 1
    assert model.path(korea) == ("s:country", "r:south-korea")


def test_a_row_whose_title_changes_moves_and_keeps_what_is_open_below_it(
    model: TreeModel, library: FakeLibrary
) -> None:
    opened(model, "s:country", "r:india", "g:dialogue")
    india = QPersistentModelIndex(model.find(("s:country", "r:india")))
    quad = QPersistentModelIndex(model.find(("s:country", "r:india", "g:dialogue", "r:quad")))
    library.add("india", "country", "The Republic of India")
    model.refresh()
    assert texts(model, model.find(("s:country",))) == ["South Korea", "The Republic of India"]
    assert india.row() == 1
    assert quad.isValid()
    assert quad.data() == "Quad"


def test_the_number_beside_a_section_follows_the_library(model: TreeModel, library: FakeLibrary) -> None:
    library.add("china", "country", "China")
    model.refresh()
    assert model.index(0, 0).data(Role.ITEM).total == 3
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Countries, 3 records"


def test_a_long_section_is_loaded_in_pieces(model: TreeModel, library: FakeLibrary) -> None:
    for number in range(1203):
        library.add(f"e-{number}", "event", f"Event {number:05}")
    model.refresh()
    section = model.find(("s:event",))
    model.fetchMore(section)
    assert model.rowCount(section) == CHUNK + 1
    assert texts(model, section)[-1] == "703 more records …"
    assert not model.canFetchMore(section)
    model.load_more(section)
    assert texts(model, section)[CHUNK] == f"Event {CHUNK:05}"
    model.load_more(section)
    model.load_more(section)
    assert model.rowCount(section) == 1203


def test_a_long_section_stays_as_far_loaded_as_it_was(model: TreeModel, library: FakeLibrary) -> None:
    for number in range(1203):
        library.add(f"e-{number}", "event", f"Event {number:05}")
    model.refresh()
    section = opened(model, "s:event")
    model.load_more(section)
    library.add("e-new", "event", "Event 00000 bis")
    model.refresh()
    assert model.rowCount(section) == 2 * CHUNK + 1
    assert texts(model, section)[:2] == ["Event 00000", "Event 00000 bis"]
    assert texts(model, section)[-1] == "204 more records …"


def test_a_row_far_down_is_found_but_not_at_any_price(model: TreeModel, library: FakeLibrary) -> None:
    for number in range(LOCATE_LIMIT + 1000):
        library.add(f"e-{number}", "event", f"Event {number:05}")
    model.refresh()
    assert model.find(("s:event", "r:e-900")).row() == 900
    assert not model.find(("s:event", f"r:e-{LOCATE_LIMIT + 600}")).isValid()
    assert not model.find(("s:country", "r:nowhere")).isValid()
    assert not model.find(()).isValid()


def test_every_row_of_a_record_that_is_loaded_is_known(model: TreeModel) -> None:
    opened(model, "s:dialogue")
    opened(model, "s:country", "r:india", "g:dialogue")
    paths = [model.path(index) for index in model.loaded_records("icet")]
    assert paths == [("s:dialogue", "r:icet"), ("s:country", "r:india", "g:dialogue", "r:icet")]


def test_a_stale_record_says_so_to_a_screen_reader(model: TreeModel, library: FakeLibrary) -> None:
    library.add("india", "country", "India", stale=True)
    opened(model, "s:country")
    model.refresh()
    spoken = model.find(("s:country", "r:india")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "India, country, last good version, its file has faults"


def test_a_title_can_neither_tear_its_row_nor_turn_it_round(model: TreeModel, library: FakeLibrary) -> None:
    library.add("india", "country", "In\ndia\u202e!" + "x" * 10_000)
    model.refresh()
    text = texts(model, opened(model, "s:country"))[0]
    assert text.startswith("In dia\N{REPLACEMENT CHARACTER}!")
    assert len(text) == 400


def test_without_a_library_there_is_nothing(model: TreeModel) -> None:
    model.show(None)
    assert model.rowCount() == 0
    model.refresh()
    assert not model.hasChildren()


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 30)), max_size=12, unique_by=lambda e: e[0]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_changes_the_rows_are_those_of_the_library(
    model: TreeModel, library: FakeLibrary, wanted: list[tuple[str, int]]
) -> None:
    library.cards_by_id.clear()
    library.links.clear()
    library.above.clear()
    library.add("always", "country", "Always 15")
    for letter, number in wanted:
        library.add(letter, "country", f"Always {number:02}")
    model.refresh()
    section = opened(model, "s:country")
    assert texts(model, section) == [card.title for card in library.cards("country")]
