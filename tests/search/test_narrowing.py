from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.narrowing import narrowed, widened, with_condition, without_conditions
from briefing.search.query import Filter, Not, Query, parse

PLANNED = Filter("status", "planned")
CONDITIONS = st.sampled_from(
    [
        PLANNED,
        Filter("kind", "note"),
        Filter("country", "south-korea"),
        Filter("in", "2023"),
        Not(Filter("kind", "event")),
    ]
)
QUERIES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["chips", "OR", '"next gen"', "-china", "(", ")", "kind:note", "in:2023", '"', "6G ", "quant*"])
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", "status:planned"),
        ("trilateral ", "trilateral status:planned"),
        ("trilat", "trilat* status:planned"),
        ('"next generation"', '"next generation" status:planned'),
        ("Country:Korea  NOT  china", "Country:Korea  NOT  china status:planned"),
        ("chips OR 6G", "(chips OR 6G*) status:planned"),
        ('"next gen', '"next gen"* status:planned'),
        ("-status:planned 6G", "6G* status:planned"),
    ],
)
def test_a_condition_is_added_to_the_text_that_was_typed(typed: str, shown: str) -> None:
    assert with_condition(typed, PLANNED) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("status:planned", ""),
        ("trilat* status:planned", "trilat*"),
        ("trilateral status:planned", "trilateral "),
        ("status:planned Country:Korea trilat", "Country:Korea trilat"),
        ("Status:planned trilat", "trilat*"),
        ("(chips OR 6G) status:planned", "(chips OR 6G)"),
    ],
)
def test_a_condition_is_taken_out_of_the_text(text: str, shown: str) -> None:
    assert without_conditions(text, PLANNED) == shown


@given(QUERIES, CONDITIONS)
def test_whatever_was_typed_the_text_says_the_query_with_its_condition(text: str, part: Filter | Not) -> None:
    assert parse(with_condition(text, part)) == narrowed(parse(text), part)


@given(QUERIES, CONDITIONS)
def test_what_was_added_can_be_taken_out_again(text: str, part: Filter | Not) -> None:
    before = widened(parse(text), part, part.part if isinstance(part, Not) else Not(part))
    assert parse(without_conditions(with_condition(text, part), part)) == before


def test_a_query_without_its_last_condition_is_empty() -> None:
    assert widened(parse("status:planned"), PLANNED) == Query()
