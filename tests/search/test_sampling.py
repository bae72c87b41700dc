"""The best of very many, found in a part of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.records.record import Record
from briefing.search import index as index_module
from briefing.search import sampling, terms
from briefing.search.entry import entry_for
from briefing.search.index import IndexWriter, SearchIndex
from briefing.search.matching import Matcher
from briefing.search.query import parse
from briefing.search.sampling import Effort, best, either, together
from tests.search.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.search.highlight import Term

NUMBER = 400


class NoRecords:
    """A catalogue without a record that a filter could name."""

    def ids_named(self, name: str, kind: str = "") -> list[str]:
        return []

    def named_by(self, ids: Sequence[str]) -> list[str]:
        return []

    def endings(self, keys: Sequence[int], term: Term) -> dict[int, set[str]]:
        return {}

    def holding(self, keys: Sequence[int], term: Term, *, names: bool) -> list[int]:
        raise AssertionError("the phrases of these tests are in more records than are read")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchIndex:
    monkeypatch.setattr(index_module, "_BLOCK", 16)
    monkeypatch.setattr(sampling, "_LITTLE", 50)
    monkeypatch.setattr(sampling, "_GLANCE", 40)
    monkeypatch.setattr(terms, "_FEW", 50)
    records = [
        Record(
            f"r{key}", "event", f"Meeting {key}", body=f"as of the day {'rare ' * (key == NUMBER)}word{key % 7} export"
        )
        for key in range(1, NUMBER + 1)
    ]
    with IndexWriter.create_or_open(tmp_path / "index") as writer:
        writer.add([entry_for(record, []).with_key(key) for key, record in enumerate(records, 1)])
        writer.commit(1)
    return SearchIndex.open(tmp_path / "index")


def asked(index: SearchIndex, monkeypatch: pytest.MonkeyPatch, text: str, limit: int = 10) -> tuple[list[int], int]:
    """Return the keys found, and how many times the index was asked."""
    parts = parse(text).conjuncts
    matcher = Matcher(index, NoRecords())  # type: ignore[arg-type]  # nothing is shown
    asks = 0
    real = index.best

    def counted(match: index_module.Match, limit: int) -> list[tuple[float, int]]:
        nonlocal asks
        asks += 1
        return real(match, limit)

    monkeypatch.setattr(index, "best", counted)
    found = best(index, lambda part: matcher.all_of(parts, "all", part), matcher.effort(parts), limit)
    return [key for _, key in found], asks


def test_of_what_is_in_every_record_a_part_is_enough(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, asks = asked(index, monkeypatch, '"export"')
    assert len(keys) == 10
    assert asks == 1
    assert len({key // 16 for key in keys}) <= 4


@pytest.mark.parametrize(
    "text", ["rare ", '"rare word1"', "export rare ", '"as of the day rare"', "export -word2 rare "]
)
def test_what_is_rare_is_found_wherever_it_is(index: SearchIndex, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert asked(index, monkeypatch, text)[0] == [NUMBER]


@pytest.mark.parametrize(
    "text", ["export ", "exp", '"as of the"', '"of the d', "export OR rare ", "export kind:event "]
)
def test_a_larger_part_is_looked_at_until_the_page_is_full(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    keys, asks = asked(index, monkeypatch, text, limit=NUMBER)
    assert len(keys) == len(set(keys)) == NUMBER
    assert asks > 1


@pytest.mark.parametrize("few", [1, 2, 400])
@pytest.mark.parametrize(
    ("query", "found"), [('"sea lane m', "lane-7"), ('"the sea la', "lane-7"), ('"lane mar', "lane-7")]
)
def test_how_a_phrase_goes_on_is_read_where_no_frequent_word_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, query: str, found: str
) -> None:
    monkeypatch.setattr(terms, "_FEW", few)
    monkeypatch.setattr(terms, "_ENDINGS", 2)
    monkeypatch.setattr(terms, "_NARROWING", 0)
    others = [Record(f"word-{at}", "note", f"Note {at}", body=f"maps make many marks mainly {at}") for at in range(9)]
    lanes = [Record(f"lane-{at}", "note", f"Paper {at}", body=f"The sea lane of {at}") for at in range(7)]
    shelf = Shelf(tmp_path, [*others, *lanes, Record("lane-7", "note", "Paper", body="Of the sea lane’s *marshals*.")])
    assert found in shelf.ids(query)


def test_efforts_are_put_together() -> None:
    rare, common = Effort(10, 10), Effort(1_000, 1_000)
    assert together([rare, common]) == Effort(10 + 160, 10)
    assert either([rare, common]) == Effort(1_010, 1_010)
