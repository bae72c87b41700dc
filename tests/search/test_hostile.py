"""Queries that mean no good are answered like any other: by little work, and without an error."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from briefing.cli import main
from briefing.library.library import Library
from briefing.resources import bundled_library
from briefing.search.highlight import mark
from briefing.search.query import Filter, Group, Not, Words, parse
from tests.search.hostile import LINES, LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.search.query import Node

QUERIES = (*LINES, *LONG.values())
MOST_ATOMS, DEEPEST = 64, 64


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(bundled_library(), cache=tmp_path_factory.mktemp("hostile")) as library:
        library.update()
        yield library


def _atoms(node: Node | None, depth: int = 0) -> list[Words | Filter]:
    """Return the words and filters of a query; it fails where it is nested too deeply."""
    assert depth <= DEEPEST
    match node:
        case None:
            return []
        case Words() | Filter():
            return [node]
        case Not(part):
            return _atoms(part, depth + 1)
        case Group(parts):
            return [atom for part in parts for atom in _atoms(part, depth + 1)]


def test_there_are_hostile_queries_of_every_sort() -> None:
    assert len(LINES) >= 400
    assert all(len(query) >= 2_000 for query in LONG.values())
    assert max(map(len, LONG.values())) >= 100_000
    assert {"\0", "\ud800", "((((", "NOT NOT", ":::"} <= set(LINES)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query[:40]))
def test_a_hostile_query_is_read_and_its_canonical_form_is_that_query(query: str) -> None:
    read = parse(query)
    assert parse(str(read)) == read
    str(read).encode()
    atoms = _atoms(read.root)
    assert len(atoms) <= MOST_ATOMS
    assert sum(len(each.text if isinstance(each, Words) else each.value) for each in atoms) <= 2_000
    assert all(0 <= start < end <= len(query) for start, end in mark(query, read.highlights))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query[:40]))
def test_a_hostile_query_is_answered(library: Library, query: str) -> None:
    hits = library.search(query, 3)
    assert len(hits.hits) <= 3
    assert hits.total is not None
    for hit in hits.hits:
        for text, marks in ((hit.title, hit.title_marks), (hit.text, hit.marks)):
            assert all(0 <= start < end <= len(text) for start, end in marks)
    if hits.showing is None and hits.hits and parse(query):
        # What is shown as the query finds the same.
        assert library.search(str(hits.query), 3).hits == hits.hits


def _can_be_an_argument(query: str) -> bool:
    try:
        return bool(os.fsencode(query))
    except UnicodeEncodeError:
        return False


def test_the_command_line_answers_hostile_queries(capsys: pytest.CaptureFixture[str]) -> None:
    for query in filter(_can_be_an_argument, QUERIES):
        assert main(["search", "--limit", "1", "--", query]) in (0, 1)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert not set(map(chr, range(32))) & set(out + err) - {"\n"}
