from __future__ import annotations

import time
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.blocks import (
    Block,
    Break,
    CodeBlock,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Quotation,
    Rule,
    Table,
    Text,
)
from briefing.document.markdown import starts_with_heading, to_blocks
from briefing.document.text import visible


def title_of(record_id: str) -> str | None:
    return {"india": "India", "icet": "iCET"}.get(record_id)


def blocks(text: str, level: int = 2) -> tuple[Block, ...]:
    return to_blocks(text, title_of, level=level)


def inlines(text: str) -> tuple[object, ...]:
    (block,) = blocks(text)
    assert isinstance(block, Paragraph)
    return block.inlines


def texts(value: object) -> list[str]:
    """Return every text in a block, at any depth."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts(each)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    return []


def test_a_paragraph_has_runs_of_one_style_each() -> None:
    assert inlines("a **b** *c* `d`") == (
        Text("a "),
        Text("b", "strong"),
        Text(" "),
        Text("c", "emphasis"),
        Text(" "),
        Text("d", "code"),
    )


def test_a_line_ends_where_the_author_says_so() -> None:
    assert inlines("a\\\nb\nc") == (Text("a"), Break(), Text("b c"))


def test_a_break_in_the_words_of_a_link_is_a_space() -> None:
    assert inlines("[a\\\nb](https://x.org)") == (Link((Text("a b"),), "https://x.org"),)


def test_a_record_is_linked_by_its_title_or_by_other_words() -> None:
    assert inlines("[[india]] and [[icet|the *initiative*]]") == (
        Link((Text("India"),), "record:india"),
        Text(" and "),
        Link((Text("the *initiative*"),), "record:icet"),
    )


def test_a_link_to_a_record_that_is_not_there_says_so() -> None:
    assert inlines("[[nowhere]]") == (Link((Text("nowhere"),), "record:nowhere", known=False),)


@pytest.mark.parametrize("text", ["`[[india]]`", "``[[india]]``"])
def test_a_record_is_not_linked_in_code(text: str) -> None:
    assert inlines(text) == (Text("[[india]]", "code"),)
    assert blocks("    [[india]]") == (CodeBlock("[[india]]"),)


@pytest.mark.parametrize("text", ["[[India]]", "[[]]", "[[a b]]", "[india]", "[[india"])
def test_what_only_looks_like_a_link_to_a_record_is_text(text: str) -> None:
    assert inlines(text) == (Text(text),)


def test_a_record_is_not_linked_inside_another_link() -> None:
    assert inlines("[a [[india]] b](https://x.org)") == (
        Text("[a "),
        Link((Text("India"),), "record:india"),
        Text(" b](https://x.org)"),
    )


def test_a_link_to_a_record_stands_in_a_table_with_its_bar_escaped() -> None:
    (table,) = blocks("|a|\n|-|\n|[[india\\|Bharat]]|")
    assert isinstance(table, Table)
    assert table.rows == (((Link((Text("Bharat"),), "record:india"),),),)


@pytest.mark.parametrize("address", ["https://x.org/a?b=c", "http://x.org", "mailto:a@x.org"])
def test_the_web_and_mailboxes_are_linked(address: str) -> None:
    assert inlines(f"[x]({address})") == (Link((Text("x"),), address),)


def test_an_address_in_angle_brackets_is_a_link() -> None:
    assert inlines("<https://x.org>") == (Link((Text("https://x.org"),), "https://x.org"),)
    assert inlines("<a@x.org>") == (Link((Text("a@x.org"),), "mailto:a@x.org"),)


def test_a_link_without_words_shows_its_address() -> None:
    assert inlines("[](https://x.org)") == (Link((Text("https://x.org"),), "https://x.org"),)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "file:///etc/passwd", "data:text/html,a", "record:india", "../x"],
)
def test_other_addresses_are_text_behind_their_words(address: str) -> None:
    assert inlines(f"[*x*]({address})") == (Text("x", "emphasis"), Text(f" ({address})"))
    assert inlines(f"[x][1]\n\n[1]: {address}") == (Text("x"), Text(f" ({address})"))


def test_an_address_that_stands_alone_is_text_once() -> None:
    assert inlines("<ftp://x.org>") == (Text("ftp://x.org"),)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=http://x.org/a.png>", "<!-- a -->", "a <b>b</b>"]
)
def test_html_is_shown_as_it_was_typed(text: str) -> None:
    assert inlines(text) == (Text(text),)


def test_a_picture_is_its_description() -> None:
    assert inlines("![a *map* of\nAsia](http://x.org/a.png)") == (Text("[picture: a map of Asia]", "muted"),)
    assert inlines("![](file:///etc/hostname)") == (Text("[picture]", "muted"),)


def test_no_level_of_heading_is_skipped_below_the_documents_own() -> None:
    found = blocks("# a\n### b\n###### c\n## d\n# e", level=3)
    assert [block.level for block in found if isinstance(block, Heading)] == [3, 4, 5, 4, 3]


def test_headings_go_no_deeper_than_six() -> None:
    found = blocks("# a\n## b\n### c\n#### d", level=4)
    assert [block.level for block in found if isinstance(block, Heading)] == [4, 5, 6, 6]


def test_a_heading_that_begins_deep_is_at_the_documents_level() -> None:
    (heading,) = blocks("##### a")
    assert heading == Heading(2, (Text("a"),))


def test_lists_nest_and_keep_their_first_number() -> None:
    (listed,) = blocks("3. a\n   - b\n4. c")
    inner = ListBlock(((Paragraph((Text("b"),)),),))
    assert listed == ListBlock(((Paragraph((Text("a"),)), inner), (Paragraph((Text("c"),)),)), ordered=True, start=3)


def test_a_list_deeper_than_six_goes_on_at_the_sixth() -> None:
    def depth(block: Block) -> int:
        inner = [each for item in block.items for each in item] if isinstance(block, ListBlock) else []
        return isinstance(block, ListBlock) + max(map(depth, inner), default=0)

    (listed,) = blocks("- " * 12 + "deep")
    assert depth(listed) == 6
    assert "deep" in texts(listed)


def test_a_quotation_deeper_than_eight_goes_on_at_the_eighth() -> None:
    (block,) = blocks("> " * 100 + "deep")
    depth = 0
    while isinstance(block, Quotation):
        depth += 1
        (block,) = block.blocks
    assert depth == 8
    assert block == Paragraph((Text("deep"),))


@pytest.mark.parametrize("mark", [">", "> ", "- ", "1. "])
def test_what_is_nested_too_deeply_to_be_understood_is_shown_as_it_was_typed(mark: str) -> None:
    text = mark * 3000 + "deep"
    assert blocks(text) == (CodeBlock(text),)


def test_tables_know_the_sides_of_their_columns() -> None:
    (table,) = blocks("|a|b|c|\n|-|:-:|-:|\n|1|2|\n")
    assert isinstance(table, Table)
    assert table.align == ("left", "center", "right")
    assert table.rows == (((Text("1"),), (Text("2"),), ()),)


def test_code_and_rules_are_blocks() -> None:
    assert blocks("```yaml\na: 1\n\nb\n```\n\n***") == (CodeBlock("a: 1\n\nb"), Rule())


def test_a_character_that_is_typed_as_a_reference_is_made_visible_too() -> None:
    assert inlines("a&#x202E;b&#0;") == (Text("a⟦U+202E⟧b\ufffd"),)


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks(" \n\n") == ()
    assert blocks("> \n") == ()
    assert not starts_with_heading("")


def test_a_text_may_begin_with_a_heading() -> None:
    assert starts_with_heading("# a\nb")
    assert starts_with_heading("a\n---")
    assert not starts_with_heading("a\n\n# b")


@pytest.mark.parametrize("text", ["[" * 300_000, "![" * 2000, "[[a" * 5000, "a\n" * 40_000, "*_" * 10_000])
def test_a_hostile_text_takes_no_more_time_than_it_is_long(text: str) -> None:
    begun = time.process_time()
    blocks(text)
    assert time.process_time() - begun < 10


_MARKUP = (
    "[[india]] [[ ]] | > - 1. # * ** ` ```\n <b> ![ ]( ) https://x.org javascript: &#x202e; \\ |a|b|\n|-|-|\n ---\n a"
)
_PIECES = st.sampled_from([*_MARKUP.split(" "), "\n", "\n\n", "    ", " ", "\u202e", "\x00"])


@given(st.lists(_PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_becomes_blocks_that_hide_nothing_and_lead_nowhere_else(text: str) -> None:
    found = blocks(text)
    assert all(each == visible(each) for each in texts(found))
    assert all(link.target.lower().startswith(("https:", "http:", "mailto:", "record:")) for link in _links(found))


def _links(value: object) -> list[Link]:
    if isinstance(value, Link):
        return [value]
    if isinstance(value, tuple):
        return [link for each in value for link in _links(each)]
    if is_dataclass(value):
        return [link for field in fields(value) for link in _links(getattr(value, field.name))]
    return []
