"""The query language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.claims import Evidence
from briefing.records.kinds import KINDS
from briefing.search.filters import DATED, EVIDENCE, MODES, VALUES
from briefing.search.query import FILTERS, LONGEST, Filter, Group, Not, Query, Words, parse

_SYNTAX = (
    "OR",
    "AND",
    "NOT",
    "-",
    "--",
    "(",
    ")",
    '"',
    "“",
    "»",
    "*",
    " ",
    ":",
    "in:",
    "has:",
    "foo:",
    "country:",
    "Kind:",
    "+",
    "-+",
    "certainly:",
    "possibly:",
    "is:",
    "evidence:",
)
_WORDS = (
    "india",
    "6G",
    "kind:meetings",
    "before:",
    "2024-Q1",
    "title",
    "no:quote",
    "한국",
    "é",
    "\0",
    "marking:TLP:RED",
    "…",
    "broken",
    "quote-found",
    "+6G",
    "before:2024",
)
PIECES = st.sampled_from((*_SYNTAX, *_WORDS))
TYPED = st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES).map(" ".join)


def words(*texts: str) -> tuple[Words, ...]:
    return tuple(Words(text) for text in texts)


@given(TYPED)
def test_the_canonical_form_of_a_query_is_that_query(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query


@given(TYPED)
def test_every_query_has_something_to_mark_for_each_wanted_word(text: str) -> None:
    assert all(term.tokens for term in parse(text).highlights.terms)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("", ""),
        ("   ", ""),
        ("trilateral 6G", "trilateral 6G*"),
        ("tri ", '"tri"'),
        ("tri* x ", 'tri* "x"'),
        ('"next generation"', '"next generation"'),
        ('"next gen', '"next gen"*'),
        ('"next gen ', '"next gen"'),
        ('"next gen"*', '"next gen"*'),
        ("“next generation” x ", '"next generation" "x"'),
        ("a OR b c ", 'a OR b "c"'),
        ("a (b OR c)", "a (b OR c)"),
        ("(a OR (b OR c)) ", 'a OR b OR "c"'),
        ("((a) b) c ", 'a b "c"'),
        ("-china x ", '-china "x"'),
        ("NOT china AND x ", '-china "x"'),
        ("NOT -china x ", '-china "x"'),
        ("-(a b) x ", '-(a b) "x"'),
        ("-(-a) b ", 'a "b"'),
        ('-"a b" c ', '-"a b" "c"'),
        ("india - korea ", 'india "korea"'),
        ("-chi", "-chi"),
        ("-chi*", "-chi*"),
        ("a OR", '"a"'),
        ("OR a ", '"a"'),
        ("(a b", "a b*"),
        ("a) b ", 'a "b"'),
        ("NOT", '"NOT"'),
        ("country:india", "country:india"),
        ('Country:"South Korea" x ', 'country:"South Korea" "x"'),
        ("-kind:Meetings", "-kind:event"),
        ("kind:dialogues", "kind:dialogue"),
        ("kind:technologies", "kind:technology"),
        ('kind:"briefing note"', "kind:note"),
        ("kind:wizard", "kind:wizard"),
        ("organization:quad", "organisation:quad"),
        ("marking:TLP:AMBER+STRICT", 'marking:"TLP:AMBER+STRICT"'),
        ("before:2024-33", "before:2024-Q1"),
        ("in:TITLE", "in:title"),
        ("has:Quote no:source", "has:quote no:source"),
        ("TLP:AMBER ", '"TLP:AMBER"'),
        ("https://example.org/x ", '"https://example.org/x"'),
        ("???", ""),
        ("a ??? b ", 'a "b"'),
        ("+semi", "+semi"),
        ("+semi*", "+semi*"),
        ("+semi x ", '+semi "x"'),
        ('x +"next gen"', 'x +"next gen"'),
        ('+"next gen', '+"next gen"'),
        ("-+a x ", '-+a "x"'),
        ("+OR x ", '+"OR" "x"'),
        ("+(a b) ", 'a "b"'),
        ("a + b ", 'a "b"'),
        ("+ -a b ", '-a "b"'),
        ("+kind:dialogue", "kind:dialogue"),
        ("C++ x ", 'C++ "x"'),
        ("certainly:before:2024", "certainly:before:2024"),
        ("Certainly:In:2024-33", "certainly:in:2024-Q1"),
        ('certainly:after:"2023~" x ', 'certainly:after:"2023~" "x"'),
        ("-certainly:before:2024", "-certainly:before:2024"),
        ("possibly:before:2024", "before:2024"),
        ("certainly:in:title x ", 'in:title "x"'),
        ("certainly:before:2024 before:2024", "certainly:before:2024 before:2024"),
        ("is:Broken", "is:broken"),
        ('evidence:"no source"', "evidence:no-source"),
        ("evidence:quote_found", "evidence:quote-found"),
        ('evidence:"Not checkable here"', "evidence:not-checkable"),
    ],
)
def test_a_query_is_read_as_its_author_meant_it(typed: str, canonical: str) -> None:
    assert str(parse(typed)) == canonical


def test_words_side_by_side_bind_closer_than_or() -> None:
    assert parse("a b OR c ").root == Group((Group(words("a", "b")), Words("c")), either=True)


def test_a_query_is_a_value_with_its_parts() -> None:
    query = parse('"next generation" -china country:india 6g')
    assert query.root == Group(
        (Words("next generation"), Not(Words("china")), Filter("country", "india"), Words("6g", prefix=True))
    )
    assert [each.text for each in query.words] == ["next generation", "6g"]
    assert len(query.conjuncts) == 4
    assert query
    assert hash(query) == hash(parse(str(query)))
    assert query != parse("6g")
    assert query != "6g"


def test_an_empty_query_has_nothing_in_it() -> None:
    query = parse(" ")
    assert query == Query()
    assert not query
    assert not query.conjuncts
    assert not query.words
    assert not query.notes


@pytest.mark.parametrize(
    ("typed", "canonical", "note"),
    [
        ("foo:bar x ", 'foo bar "x"', "“foo:” is not a filter; it was searched for as a word."),
        ("cuntry:india x ", 'cuntry india "x"', "as a word. Did you mean country:?"),
        ("x country:", '"x"', "“country:” needs a value."),
        ('x -country:"', '"x"', "“country:” needs a value."),
        ("country:", "country*", "searched for as a word"),
        ("country: x ", 'country "x"', "“country:” needs a value"),
        ('country:"" x ', 'country "x"', "“country:” needs a value"),
        ("before:soon x ", 'before soon "x"', "“before:soon” was searched for as words"),
        ("has:money x ", 'has money "x"', "has: takes alias"),
        ("-has:money x ", '-money "x"', "has: takes alias"),
        ("certainly:x y ", 'certainly x "y"', "certainly: stands before before:, after: or in:, and a date"),
        ("certainly: y ", 'certainly "y"', "“certainly:” needs a value"),
        ("possibly:kind:event y ", 'possibly "kind:event" "y"', "possibly: stands before"),
        ("certainly:in:soon y ", 'in soon "y"', "“in:soon” was searched for as words"),
        ("is:lost y ", 'is lost "y"', "is: takes broken"),
        ("evidence:true y ", 'evidence true "y"', "evidence: takes quote-found"),
        ("+foo:bar x ", '+foo +bar "x"', "“foo:” is not a filter"),
        ("???", "", "There is no word in it"),
        ("(" * 30 + "a b" + ")" * 30, 'a "b"', "depth of 20"),
        ("x" * 3_000, "", "very long"),
        ("x " * LONGEST, " ".join("x" * 63) + ' "x"', "very long"),
    ],
)
def test_what_cannot_be_read_is_searched_for_as_words_and_said(typed: str, canonical: str, note: str) -> None:
    query = parse(typed)
    assert str(query) == canonical
    assert any(note in each for each in query.notes), query.notes


@pytest.mark.parametrize("typed", ["india 6G", "https://example.org 12:30", "TLP:AMBER", "a - b", "“x”"])
def test_an_ordinary_query_comes_without_notes(typed: str) -> None:
    assert parse(typed).notes == ()


@pytest.mark.parametrize("piece", ["(", ")", '"', "-", "a", "(a -", "NOT ", "“a” OR ", "\0"])
def test_a_hostile_query_is_read_all_the_same(piece: str) -> None:
    query = parse(piece * 50_000)
    assert parse(str(query)) == query


def test_every_kind_is_a_filter_and_every_filter_says_what_it_asks_for() -> None:
    assert {kind.name for kind in KINDS} <= set(FILTERS)
    assert all(FILTERS.values())


@pytest.mark.parametrize("name", [name for name in VALUES if name not in MODES])
def test_every_value_of_the_table_is_one(name: str) -> None:
    for value in VALUES[name]:
        assert parse(f"{name}:{value}") == Query(Filter(name, value))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", DATED)
def test_both_modes_stand_before_every_filter_that_takes_a_date(mode: str, name: str) -> None:
    assert f"{name}:" in VALUES[mode]
    assert parse(f"{mode}:{name}:2024") == Query(Filter(name, "2024", certain=mode == "certainly"))


def test_evidence_is_asked_for_by_every_state_in_the_words_of_readers() -> None:
    for state in Evidence:
        assert parse(f'evidence:"{state.words}"') == parse(f"evidence:{state.value}")
    assert [parse(f"evidence:{state.value}").root for state in Evidence] == [Filter("evidence", e) for e in EVIDENCE]
    assert list(EVIDENCE.values()) == [state.words for state in Evidence]


def test_a_query_as_it_was_typed_and_no_other_has_every_wanted_word_exact() -> None:
    assert str(parse('a "b c" -d (e OR f) kind:event g').exactly) == '+a +"b c" -d (+e OR +f) kind:event +g*'
    assert not parse("").exactly
