"""Order what was found, and say why each hit is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.search.index import SearchIndex
    from briefing.search.query import Query

Span = tuple[int, int]


class Records(Protocol):
    """What searching asks of the catalogue."""

    def ids_named(self, name: str, kind: str = "") -> list[str]:
        """Return ids of records of a kind (or any) whose id, title or alias folds to `text.fold(name)`."""

    def named_by(self, ids: Sequence[str]) -> list[str]:
        """Return the ids that those records name."""

    def passages(self, keys: Sequence[int]) -> dict[int, Passages]:
        """Return what is shown of records, by key; a key that is gone is left out."""


@dataclass(frozen=True, slots=True)
class Passages:
    """A record as far as a hit shows it; `texts` are those of `entry.texts_of`."""

    key: int
    id: str
    kind: str
    title: str
    aliases: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    `reason` says for people why it is there: `title`, `id`, `also known as iCET`, `bottom line`, `claim`, `text`,
    `role`, or the filters that it fits. `text` is the sentence to show. Marks are (start, end) in `title` and `text`.
    """

    key: int
    id: str
    kind: str
    title: str
    title_marks: tuple[Span, ...]
    reason: str
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What a query found: the first hits, how many there are in all, and what a user should know about the query."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    notes: tuple[str, ...]


def search(index: SearchIndex, records: Records, query: Query, limit: int = 20) -> Hits:
    """Find records, best first. Raises CacheError where the index cannot be read."""
    return Hits(query, (), 0, query.notes)
