"""Libraries in which every text says how it is marked, so that a paper can be asked what it gives away.

A word such as `k3q017z` stands in a text of the third rank of its scheme, and in no other text. Ids are such words too.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf

from briefing.document.attachment import as_yaml
from briefing.printing import pages
from briefing.records.claims import Claim, Evidence
from briefing.records.dates import parse_date
from briefing.records.kinds import KINDS, SECTION_ROLES, Type, kind_named
from briefing.records.markings import schemes
from briefing.records.record import Record, Section, WebLink
from tests.document.fake_library import FakeLibrary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

LABELS = tuple(marking.label for marking in schemes()[0].markings)
_WORD = re.compile(r"k(\d)q\d{3}z")
# Where a line ends inside a word, or a reader of the PDF thinks so.
_BREAKS = re.compile(r"[\s\u00ad\u200b\ufffe\x02-]+")


def ranks_in(text: str) -> dict[int, str]:
    """Return the ranks of the texts that words in a text come from, each with one of those words."""
    return {int(match[1]): match[0] for match in _WORD.finditer(_BREAKS.sub("", text))}


def everything_in(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text that can be got out of a PDF, with the place where it stands."""
    yield "text", pages.text(pdf)
    for entry in pages.outline(pdf):
        yield "outline", entry.title
    for name, value in pages.metadata(pdf).items():
        yield f"metadata {name}", value
    for name, data in pages.attachments(pdf).items():
        yield f"attachment {name}", f"{name} {data.decode()}"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for each in document.objects:
            yield "object", " ".join(_strings(each))


def _strings(item: Any) -> Iterator[str]:
    if isinstance(item, pikepdf.Stream):
        data = item.read_bytes()
        yield data.decode("latin-1")
        yield data.decode("utf-16-be", "ignore")
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for name, value in item.items():
            yield name
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(item, pikepdf.String | pikepdf.Name):
        yield str(item)


class Maker:
    """Makes up a library: a handful of records that name each other wherever they can."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._words = 0

    def library(self) -> FakeLibrary:
        """Return a library."""
        kinds = [
            "note",
            "source",
            "country",
            *self._random.choices([kind.name for kind in KINDS], k=self._random.randint(1, 4)),
        ]
        begun = [(kind, self._rank(6)) for kind in kinds]
        self._others = [(self.word(rank), kind, rank) for kind, rank in begun]
        records = [self._record(*each) for each in self._others]
        states = {claim.id: self._random.choice(list(Evidence)) for record in records for claim in record.all_claims()}
        files = {record.file: self._file(record) for record in records}
        library = FakeLibrary(records, states, files)
        library.stale = {record.id for record in records if self._random.random() < 0.1}
        return library

    def word(self, rank: int) -> str:
        """Return a word that stands for a text of that rank."""
        self._words += 1
        return f"k{rank}q{self._words:03}z"

    def _rank(self, plain: int = 3) -> int:
        """Return a rank, the least being so many times as likely as each of the others."""
        return max(0, self._random.randint(1 - plain, len(LABELS) - 1))

    def _some(self, most: int, *kinds: str) -> tuple[str, ...]:
        ids = [each for each, kind, _ in self._others if not kinds or kind in kinds]
        return tuple(dict.fromkeys(self._random.choices(ids, k=self._random.randint(0, most)))) if ids else ()

    def _record(self, record_id: str, kind: str, rank: int) -> Record:
        values: dict[str, Any] = {}
        for field in (*kind_named(kind).fields, *kind_named(kind).all_fields):
            match field.type:
                case Type.REF:
                    if chosen := self._some(1, *field.kinds):
                        values[field.name] = chosen[0]
                case Type.REFS:
                    values[field.name] = self._some(3, *field.kinds)
                case Type.TEXTS if field.name != "aliases":
                    values[field.name] = (self.word(rank), self.word(rank))
                case Type.TEXT if field.name not in ("title", "summary"):
                    values[field.name] = self.word(rank)
                case Type.URL:
                    values[field.name] = f"https://example.org/{self.word(rank)}"
                case Type.CHOICE:
                    values[field.name] = self._random.choice(field.choices)
                case Type.DATE if field.name != "as_of":
                    values[field.name] = parse_date(self._random.choice(["2023", "2024-03", "2024-03-08"]))
        sections = tuple(self._section(rank) for _ in range(self._random.randint(1, 3))) if kind == "note" else ()
        return Record(
            record_id,
            kind,
            self.word(rank),
            aliases=(self.word(rank),),
            summary=self.word(rank),
            body=self._body(rank) if self._random.random() < 0.8 else "",
            claims=tuple(self._claim(rank) for _ in range(self._random.randint(0, 3))),
            as_of=parse_date("2024"),
            marking=LABELS[rank],
            tags=(self.word(rank),),
            identifiers={"wikidata": self.word(rank)},
            links=(WebLink(self.word(rank), f"https://example.org/{self.word(rank)}"),),
            sections=sections,
            values=values,
            file=f"{record_id}.yaml",
        )

    def _claim(self, least: int) -> Claim:
        rank = self._rank()
        high = max(least, rank)
        return Claim(
            f"It is said that {self.word(high)}.",
            id=self.word(high) if self._random.random() < 0.7 else "",
            source="".join(self._some(1, "source")),
            at=self._random.choice([None, (1, 1), (1, 2)]),
            quote=self._random.choice(["", self.word(high)]),
            about=self._some(2),
            marking=LABELS[rank] if rank else "",
        )

    def _section(self, least: int) -> Section:
        rank = self._rank()
        high = max(least, rank)
        return Section(
            self.word(high),
            self._random.choice([*SECTION_ROLES, *["question"] * 6, ""]),
            self._body(high),
            tuple(self._claim(high) for _ in range(self._random.randint(0, 2))),
            LABELS[rank] if rank else "",
            line=self.word(high),
            if_pressed=self.word(high),
        )

    def _body(self, rank: int) -> str:
        lines = [f"Words {self.word(rank)}.", ""]
        for each in self._some(3):
            lines += [self._random.choice([f"See [[{each}]].", f"On [[{each}|{self.word(rank)}]]."]), ""]
        lines += [f"| {self.word(rank)} | b |", "|---|---|", f"| c | {self.word(rank)} |"]
        for each in self._some(3):
            lines.append(self._random.choice([f"| [[{each}]] | d |", f"| e | [[{each}\\|{self.word(rank)}]] |"]))
        return "\n".join((*lines, "", *(f"> - `[[{each}]]`" for each in self._some(2)), ""))

    def _file(self, record: Record) -> str:
        highest = max(ranks_in(str(replace(record, values={}, body="", sections=(), claims=()))))
        return f"# {self.word(highest)}\n{as_yaml(record)}"


def above(rank: int, texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what is above a rank in some texts, with the places where it stands."""
    return [(place, word) for place, text in texts for found, word in ranks_in(text).items() if found > rank]
