"""Markup is left out of what is searched and shown."""

from __future__ import annotations

import time

import pytest

from briefing.search.markup import plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[[icet]] and [[india|New Delhi]]", "iCET and New Delhi"),
        ("[[south-korea]]", "south korea"),
        ("**bold** _it_ `code` ~~gone~~ snake_case", "bold it code gone snake_case"),
        ('[words](https://example.org/a_(b) "title") ![alt](x.png)', "words alt"),
        (r"\*kept\* a\|b", "*kept* a|b"),
    ],
)
def test_markup_is_left_out(markdown: str, text: str) -> None:
    assert plain(markdown, {"icet": "iCET"}) == text


def test_headings_items_and_rows_stand_by_themselves() -> None:
    markdown = "# Head\n- one\n1. two\n> three\n\n| a | b |\n|---|:-:|\n| c | d |\n```py\nx\n```\n---\nend"
    paragraphs = [line for line in plain(markdown).split("\n\n") if line.strip()]
    assert [" ".join(paragraph.split()) for paragraph in paragraphs] == [
        "Head", "one", "two", "three", "a · b", "c · d", "x", "end"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["[[", "[[a|", "![a](", "[a]((", '[a](x "y', "|", "-|", " ", "_", "a_", "---", "`", "\\"]
)
def test_markup_without_end_is_read_in_good_time(piece: str) -> None:
    started = time.perf_counter()
    plain(piece * 100_000 + "x")
    assert time.perf_counter() - started < 5
