"""What is counted beside hits is what one gets by choosing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_maker import make_library

from briefing.library.library import Library
from briefing.resources import bundled_library
from briefing.search.facets import MOST
from briefing.search.narrowing import with_condition
from briefing.search.query import Filter, Not

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = [
    "security",
    "the",
    "of",
    "technology dialogue",
    "quant",
    "semicond",
    '"supply chain"',
    "-government",
    "minister*",
]
FILTERS = [
    "kind:event",
    "in:2023",
    "after:2020",
    "status:planned",
    "no:source",
    "-kind:note",
    "in:title",
    "kind:dialogue",
]
QUERIES = st.builds(
    lambda filters, words: " ".join([*filters, *words]),
    st.lists(st.sampled_from(FILTERS), max_size=2),
    st.lists(st.sampled_from(WORDS), max_size=2),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("made")
    make_library(folder / "library", 1_500)
    with Library(folder / "library", cache=folder / "cache") as library:
        library.update()
        yield library


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(bundled_library(), cache=tmp_path_factory.mktemp("cache")) as library:
        library.update()
        yield library


def check_counts(library: Library, query: str) -> int:
    """Compare every count with the hits of the query that it stands for; return how many were compared."""
    found = library.facets(query)
    assert found.total == library.search(query, 1).total
    compared = 0
    for group in found.groups:
        assert 0 < len(group.values) <= MOST
        for value in group.values:
            assert value.number == library.search(with_condition(query, value.condition), 1).total, (query, value)
            compared += 1
    return compared


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_each_count_in_a_made_library_is_the_number_of_hits_one_gets_by_choosing_it(made: Library, query: str) -> None:
    if made.search(query, 1).showing is None:
        check_counts(made, query)


@pytest.mark.parametrize(
    "query",
    [
        "trilateral",
        "korea",
        "the",
        "tech",
        "china OR india",
        "country:india",
        "-country:china",
        "kind:note",
        "in:2023",
        "evidence:not-checkable",
        "marking:clear",
        "technology:semiconductors india",
    ],
)
def test_each_count_in_the_bundled_library_is_the_number_of_hits_one_gets_by_choosing_it(
    bundled: Library, query: str
) -> None:
    assert check_counts(bundled, query) > 0


def test_every_sort_of_facet_is_there(made: Library, bundled: Library) -> None:
    assert [group.name for group in made.facets("the").groups][:4] == ["kind", "country", "technology", "status"]
    assert {group.name for group in bundled.facets("the").groups} >= {"kind", "country", "technology", "status", "year"}


def test_what_the_query_has_is_said_as_people_say_it_and_no_longer_offered(bundled: Library) -> None:
    found = bundled.facets(
        "india kind:dialogue -status:planned country:ROK marking:clear evidence:not-checkable in:title"
    )
    assert [each.label for each in found.chosen] == [
        "Dialogues",
        "not planned",
        "South Korea",
        "TLP:CLEAR",
        "not checkable here",
        "in:title",
    ]
    assert found.chosen[1].part == Not(Filter("status", "planned"))
    offered = {str(value.condition) for group in found.groups for value in group.values}
    assert not offered & {"kind:dialogue", "country:south-korea", "marking:clear"}


def test_what_finds_nothing_has_nothing_to_narrow(bundled: Library) -> None:
    assert bundled.facets("xyzzyqq").groups == ()
    assert bundled.facets("") == (0, (), ())
    assert bundled.facets("xyzzyqq").total == 0


def test_a_group_that_tells_no_hits_apart_is_left_out(bundled: Library) -> None:
    assert "kind" not in {group.name for group in bundled.facets("kind:source").groups}
    for query in ("the", "kind:country", "trilateral"):
        found = bundled.facets(query)
        assert all(any(value.number < found.total for value in group.values) for group in found.groups)


def test_a_tally_names_what_fits_where_that_is_not_too_many(bundled: Library) -> None:
    few = bundled.tally("country:india kind:dialogue", 100)
    assert few.total == len(few.ids) > 2
    assert set(few.ids) == {hit.id for hit in bundled.search("country:india kind:dialogue", 100).hits}
    assert bundled.tally("country:india kind:dialogue", 2) == (few.total, ())
    assert bundled.tally("", 2) == (0, ())
    assert bundled.tally("xyzzyqq", 2) == (0, ())
