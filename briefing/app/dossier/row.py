"""A row of the dossier, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.app.wording import count, one_line
from briefing.records.dossier import Dossier, Entry, HeadingEntry, RecordEntry, SearchEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.library.library import Card, Library


class Row(NamedTuple):
    """What a row shows. `detail` is the muted word at its end; `id` is that of a record."""

    type: Literal["heading", "record", "search"]
    text: str
    kind: str = ""
    id: str = ""
    detail: str = ""
    gone: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        name = {"heading": "Heading: ", "search": "Search: "}.get(self.type, "")
        return ", ".join(filter(None, (f"{name}{self.text}", self.kind, self.detail)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the library says of a dossier's entries; of what was not asked yet, nothing."""

    asked: frozenset[str] = frozenset()
    cards: Mapping[str, Card] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)


def facts_of(dossier: Dossier, library: Library, *, whole: bool = True) -> Facts:
    """Ask a library for the records of a dossier, and how many each search finds. Called off the window's thread.

    `whole` says that all of it has been read: else what it does not have may still come.
    """
    ids = dossier.record_ids()
    queries = {entry.query for entry in dossier.entries if isinstance(entry, SearchEntry)}
    totals = {query: library.tally(query, 0).total for query in queries}
    return Facts(frozenset(ids if whole else ()), library.titles(ids), totals)


def row_of(entry: Entry, facts: Facts) -> Row:
    """Return the row of an entry."""
    match entry:
        case HeadingEntry(text):
            return Row("heading", one_line(text))
        case SearchEntry(query):
            hits = count(facts.totals[query], "hit") if query in facts.totals else ""
            return Row("search", one_line(query), detail=hits)
        case RecordEntry(record_id, called):
            card = facts.cards.get(record_id)
            if card is not None:
                return Row("record", one_line(card.title), card.kind, record_id)
            gone = record_id in facts.asked
            detail = "not in this library" if gone else ""
            return Row("record", one_line(called or record_id), "", record_id, detail, gone)
