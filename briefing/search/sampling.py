"""Find the best of very many records by looking at a part of them first.

To rank the records that hold two very common words, all of those that do must be looked at: half a million, of a
million. The best of some ten thousand of them are as good to anybody who asked that, and there in a tenth of the
time. So a query is first put to a part of the index, as large as some fixed effort goes; only where that
has too few hits to fill the page, to a larger part, and in the end to the whole. Whatever is rare is always looked for
everywhere, and a hit always fits the query: only which of very many come first may be another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing.search.index import Match, SearchIndex

_LITTLE = 200_000
"""Up to this effort, some two milliseconds, the whole index is looked at."""
_GLANCE = 60_000
_WIDER = 6
_SEEKS = 16
"""A list of records is walked along as the shortest one goes, unless it is so many times longer: then it is skipped."""


Matching: TypeAlias = "Callable[[Match | None], Match]"
"""Makes a match: of what is in a part of the index, or anywhere."""


class Effort(NamedTuple):
    """What a match asks of the index: how many entries of lists are gone through, and how many records fit at most."""

    work: int
    size: int


def together(efforts: Iterable[Effort], weight: int = 1) -> Effort:
    """Return the effort of what must all match; `weight` is for what is done with each record."""
    every = list(efforts)
    size = min(each.size for each in every)
    return Effort(weight * sum(min(each.work, _SEEKS * size) for each in every), size)


def either(efforts: Iterable[Effort]) -> Effort:
    """Return the effort of alternatives."""
    every = list(efforts)
    return Effort(sum(each.work for each in every), sum(each.size for each in every))


def best(index: SearchIndex, match: Matching, effort: Effort, limit: int) -> list[tuple[float, int]]:
    """Return (score, key) of the records that match best, as `SearchIndex.best` does."""
    records = index.size * _GLANCE // max(effort.work, 1)
    while effort.work > _LITTLE and (part := index.part(records)) is not None:
        found = index.best(match(part), limit)
        if len(found) >= limit:
            return found
        records *= _WIDER
    return index.best(match(None), limit)
