"""A library in memory, for tests of searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.record import Record, Section
from briefing.search.entry import entry_for, texts_of
from briefing.search.highlight import Highlights, Term, endings, mark
from briefing.search.index import IndexWriter, SearchIndex
from briefing.search.query import parse
from briefing.search.ranking import Hits, Named, Passages, search
from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Shelf:
    """Records with their index; answers what the catalogue answers."""

    def __init__(self, folder: Path, records: Sequence[Record]) -> None:
        self.records = dict(enumerate(records, 1))
        with IndexWriter.create_or_open(folder) as writer:
            writer.add(entry_for(record, _states(record)).with_key(key) for key, record in self.records.items())
            writer.commit(1)
        self.index = SearchIndex.open(folder)

    def ids_named(self, name: str, kind: str = "") -> list[str]:
        return [
            record.id
            for record in self.records.values()
            if kind in ("", record.kind) and fold(name) in map(fold, (record.id, record.title, *record.aliases))
        ]

    def named_by(self, ids: Sequence[str]) -> list[str]:
        return [
            relation.target for record in self.records.values() if record.id in ids for relation in record.relations()
        ]

    def broken(self) -> list[int]:
        return [key for key, record in self.records.items() if record.id in FAULTY]

    def named(self, keys: Sequence[int]) -> list[Named]:
        found = [(key, self.records[key]) for key in keys if key in self.records]
        return [Named(key, record.id, record.kind, record.title) for key, record in found]

    def passages(self, keys: Sequence[int]) -> dict[int, Passages]:
        return {
            key: Passages(key, record.id, record.kind, record.title, record.aliases, texts_of(record))
            for key in keys
            if (record := self.records.get(key))
        }

    def endings(self, keys: Sequence[int], term: Term) -> dict[int, set[str]]:
        found = {key: endings(self.records[key].to_json(), term) for key in keys if key in self.records}
        return {key: words for key, words in found.items() if words}

    def holding(self, keys: Sequence[int], term: Term, *, names: bool) -> list[int]:
        marked = Highlights((term,))
        return [
            key
            for key, found in self.passages(keys).items()
            if any(mark(each, marked) for each in (found.title, *found.aliases))
            or (not names and any(mark(each, marked) for each in (found.id, *(text for _, text in found.texts))))
        ]

    def search(self, text: str, limit: int = 20) -> Hits:
        return search(self.index, self, parse(text), limit)

    def ids(self, text: str, limit: int = 20) -> list[str]:
        return [hit.id for hit in self.search(text, limit).hits]

    def first(self, text: str) -> str:
        return next(iter(self.ids(text)), "")


def _states(record: Record) -> list[str]:
    return ["not_checkable" if claim.source else "no_source" for claim in record.all_claims()]


FAULTY = ("icet", "6g")
"""What the catalogue says is broken."""

RECORDS = (
    Record("india", "country", "India", aliases=("भारत", "Republic of India"), marking="TLP:CLEAR"),
    Record(
        "south-korea",
        "country",
        "South Korea",
        aliases=("Republic of Korea", "ROK", "대한민국"),
        summary="A middle power with large chip makers.",
        marking="TLP:CLEAR",
        values={"iso": "KR", "region": "East Asia"},
    ),
    Record("united-states", "country", "United States", aliases=("US", "USA"), values={"iso": "US"}),
    Record("china", "country", "China", aliases=("中华人民共和国",), values={"iso": "CN"}),
    Record("cote-divoire", "country", "Côte d’Ivoire", values={"iso": "CI"}),
    Record("telecommunications", "technology", "Telecommunications"),
    Record("6g", "technology", "6G", values={"broader": "telecommunications"}, tags=("spectrum",)),
    Record("semiconductors", "technology", "Semiconductors", aliases=("chips", "반도체")),
    Record(
        "icet",
        "dialogue",
        "Initiative on Critical and Emerging Technology",
        aliases=("iCET",),
        summary="India and the United States work on defence technology. It began with two leaders. "
        "Their advisers lead it.",
        body="Grew into a wider talk about [[semiconductors|chips]] and **jet engines**.",
        claims=(
            Claim("The two announced it in 2022.", source="article", at=(5, 5), quote="announced by India and the US"),
            Claim("It may go on.", about=("china",)),
        ),
        marking="TLP:AMBER+STRICT",
        values={
            "members": ("india", "united-states"),
            "status": "active",
            "announced": parse_date("2022"),
            "technologies": ("semiconductors",),
        },
    ),
    Record(
        "trilateral",
        "dialogue",
        "India–South Korea–US technology dialogue",
        summary="Three governments plan a first round in the first quarter of 2024, in answer to China’s progress.",
        values={
            "members": ("india", "south-korea", "united-states"),
            "status": "planned",
            "next_due": parse_date("2024-Q1"),
            "grew_out_of": ("next-generation",),
        },
    ),
    Record(
        "next-generation",
        "dialogue",
        "US–South Korea Next Generation Critical and Emerging Technologies Dialogue",
        values={"members": ("south-korea", "united-states"), "launched": parse_date("2023-12-08"), "status": "active"},
    ),
    Record(
        "sullivan",
        "person",
        "Jake Sullivan",
        values={"role": "National Security Adviser", "country": "united-states"},
    ),
    Record(
        "brief",
        "note",
        "Who else is in the room",
        sections=(
            Section("Background", "background", "The **Quad** and iCET are older. 6G came late.", marking="TLP:RED"),
        ),
        values={"about": ("icet",), "date": parse_date("2023-12~"), "for": ("Desk officer",)},
    ),
    Record("article", "source", "India, South Korea and US to launch technology dialogue in early 2024"),
)
