from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.document.blocks import Break, Inline, Link, Table, Text
from briefing.printing.columns import columns


def table(*rows: tuple[str, ...]) -> Table:
    head, *rest = [tuple((Text(cell),) for cell in row) for row in rows]
    return Table(head, tuple(rest), tuple("left" for _ in head))


def test_a_small_table_is_set_in_the_largest_type_within_the_measure() -> None:
    layout = columns(table(("Country", "Led by"), ("India", "National Security Council")))
    assert layout.size == 10
    assert not layout.wide
    assert layout.whole
    assert layout.widths[0] < layout.widths[1]


def test_a_column_that_needs_little_leaves_the_rest_to_the_others() -> None:
    layout = columns(table(("a", "b", "c"), ("South Korea", "x " * 100, "y " * 100)))
    assert layout.breaks[0] >= len("South Korea")
    assert abs(layout.widths[1] - layout.widths[2]) < 0.1


def test_a_table_of_many_columns_takes_the_margin_and_smaller_type() -> None:
    layout = columns(table(*[("semiconductors",) * 12] * 3))
    assert layout.wide
    assert layout.size == 7


def test_a_table_takes_the_margin_before_its_type_shrinks() -> None:
    layout = columns(table(("semiconductors",) * 5))
    assert layout.wide
    assert layout.size == 10


def test_a_long_table_may_be_parted() -> None:
    assert not columns(table(*[("a", "b")] * 40)).whole
    assert not columns(table(("a", "b"), ("x " * 2000, "y"))).whole


def test_links_count_with_their_words() -> None:
    linked: tuple[Inline, ...] = (Link((Text("semiconductors"),), "record:x"), Break())
    layout = columns(Table(((Text("a"),), (Text("b"),)), ((linked, ()),), ("left", "left")))
    assert layout.widths[0] > layout.widths[1]


@given(st.lists(st.lists(st.text(max_size=60), min_size=6, max_size=6).map(tuple), min_size=1, max_size=5))
def test_any_table_has_a_width_for_each_column(rows: list[tuple[str, ...]]) -> None:
    layout = columns(table(*rows))
    assert len(layout.widths) == len(layout.breaks) == 6
    assert all(width > 0 for width in layout.widths)
    assert all(limit >= 2 for limit in layout.breaks)
