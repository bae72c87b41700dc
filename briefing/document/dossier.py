"""A dossier as one document: a cover, numbered records under headings, the sources of all, the names for its index."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document.attachment import record_file
from briefing.document.blocks import (
    Block,
    Book,
    BottomLine,
    ClaimBlock,
    Cover,
    Document,
    Facts,
    Footnote,
    Heading,
    Inline,
    Link,
    ListBlock,
    Opening,
    Paragraph,
    Quotation,
    SourceParagraph,
    Table,
    Text,
)
from briefing.document.claims import reference_details
from briefing.document.compose import as_of, breadcrumb_of, content_of, own_markings, timestamp_of
from briefing.document.facts import date_words, subtitle
from briefing.document.names import Names
from briefing.document.text import muted, one_line
from briefing.document.wording import ENGLISH, Wording
from briefing.records.dossier import Dossier, HeadingEntry, RecordEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document.shelf import Shelf
    from briefing.records.record import Record

_INDEXED = ("country", "dialogue", "organisation", "person", "technology")
_DEEPEST = 6  # of headings: PDF knows no more


def compose_dossier(
    records: Sequence[Record], library: Shelf, dossier: Dossier | None = None, wording: Wording = ENGLISH
) -> Document:
    """Return records as a dossier; headings, and what stands on the cover, are those of `dossier`."""
    binder = Binder([record.id for record in records], library, dossier or Dossier(), wording)
    part = binder.bind(records)
    return replace(
        part,
        blocks=(*part.blocks, *binder.sources()),
        marking=binder.marking,
        book=binder.book(),
        timestamp=timestamp_of(records),
    )


class Binder:
    """Binds records into one book, some after the others, and keeps what only the whole of it tells.

    `ids` are those of all records, in their order.
    """

    def __init__(self, ids: Sequence[str], library: Shelf, dossier: Dossier, wording: Wording = ENGLISH) -> None:
        self._library = library
        self._dossier = dossier
        self._numbers = {each: number for number, each in enumerate(ids, 1)}
        self._headings, self._under = _headings(dossier, self._numbers)
        self._names = Names(library, wording)
        self._wording = wording
        self._own: dict[str, None] = {}
        self._cited: dict[str, list[int]] = {}
        self._named: set[str] = set(ids)
        self._notes = 0

    @property
    def title(self) -> str:
        """The title of the book."""
        return one_line(self._dossier.title) or self._wording.say("Dossier")

    @property
    def marking(self) -> str:
        """The highest marking of what was bound so far."""
        return self._names.highest_marking(self._own)

    def bind(self, records: Iterable[Record]) -> Document:
        """Return the records as a part of the book."""
        records = tuple(records)
        blocks: list[Block] = []
        footnotes: list[Footnote] = []
        for record in records:
            bound, notes = self._bound(record)
            blocks += bound
            footnotes += notes
        return Document(
            title=self.title,
            kind="dossier",
            record_ids=tuple(record.id for record in records),
            breadcrumb=(),
            subtitle=(),
            blocks=tuple(blocks),
            footnotes=tuple(footnotes),
            marking=self.marking,
            language=self._library.info.language or "en",
            timestamp=timestamp_of(records),
            author=one_line(", ".join(self._dossier.from_)) or one_line(self._library.title),
            keywords=tuple(dict.fromkeys(one_line(record.title) for record in records)),
            attachments=tuple(record_file(record, self._library) for record in records),
            wording=self._wording,
        )

    def _bound(self, record: Record) -> tuple[tuple[Block, ...], tuple[Footnote, ...]]:
        names = Names(self._library, self._wording)
        blocks, notes = content_of(record, self._library, names, first_note=self._notes + 1, sources=False)
        self._notes += len(notes)
        for source in dict.fromkeys(note.source_id for note in notes if note.source_id):
            self._cited.setdefault(source, []).append(self._numbers[record.id])
        own = tuple(own_markings(record))
        level = 2 if record.id in self._under else 1
        opening = Opening(
            title=one_line(record.title),
            kind=record.kind,
            record_id=record.id,
            breadcrumb=breadcrumb_of(record, names),
            subtitle=subtitle(record, names.highest_marking(own), self._wording),
            language=record.language or self._library.info.language or "en",
            as_of=as_of(record, self._wording),
            number=self._numbers[record.id],
            heading=self._headings.get(record.id, ""),
            level=level,
        )
        pointing = _Pointing(record.id, self._numbers, level - 1, self._wording)
        blocks = tuple(map(pointing.block, blocks))
        self._named |= pointing.named
        self._names.include(names)
        self._own |= dict.fromkeys(own)
        return (opening, *blocks), notes

    def sources(self) -> tuple[Block, ...]:
        """Return the sources that were cited so far, each with the numbers of the records that cite it."""
        if not self._cited:
            return ()
        self._names.prepare(self._cited)
        items = tuple((Paragraph(self._source(each)),) for each in sorted(self._cited, key=self._sorting))
        return (_back(self._wording.say("Sources")), ListBlock(items))

    def _source(self, source_id: str) -> tuple[Inline, ...]:
        source = self._names.record(source_id)
        numbers = self._cited[source_id]
        own = self._numbers.get(source_id)
        say = self._wording.say
        cited = _runs(numbers)
        said = say("Cited in {numbers}; see {own}.", numbers=cited, own=own) if own else ""
        said = said or say("Cited in {numbers}.", numbers=cited)
        details = reference_details(source, self._wording) if source else (Text("."),)
        return (self._names.link(source_id), *details, muted(f" {said}"))

    def book(self) -> Book:
        """Return what the book has beside its records."""
        cards = self._library.titles(sorted(self._named))
        names = [(card.id, one_line(card.title)) for card in cards.values() if card.kind in _INDEXED]
        return Book(self.cover(), tuple(self._numbers.items()), tuple(sorted(names, key=lambda name: _folded(name[1]))))

    def cover(self) -> Cover:
        """Return the cover."""
        dossier, wording = self._dossier, self._wording
        facts = [
            (wording.say("For"), "; ".join(map(one_line, dossier.for_))),
            (wording.say("From"), "; ".join(map(one_line, dossier.from_))),
            (wording.say("Date"), date_words(dossier.date, wording) if dossier.date else ""),
            (wording.say("Records"), wording.number(len(self._numbers))),
        ]
        given = tuple((label, said) for label, said in facts if said)
        return Cover(self.title, one_line(dossier.subtitle), given, one_line(self._library.title))

    def _sorting(self, record_id: str) -> tuple[str, str]:
        return _folded(self._names.title(record_id) or record_id)


def _headings(dossier: Dossier, numbers: dict[str, int]) -> tuple[dict[str, str], set[str]]:
    """Return the heading that begins with a record, by its id, and the ids of all records under a heading."""
    begins: dict[str, str] = {}
    under: set[str] = set()
    pending, any_heading = "", False
    for entry in dossier.entries:
        if isinstance(entry, HeadingEntry):
            pending, any_heading = one_line(entry.text), True
        elif isinstance(entry, RecordEntry) and entry.id in numbers and entry.id not in under:
            if pending:
                begins[entry.id], pending = pending, ""
            if any_heading:
                under.add(entry.id)
    return begins, under


def _runs(numbers: Iterable[int]) -> str:
    """Return numbers that rise as they are printed: 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _back(title: str) -> Opening:
    return Opening(title, "", "", (), ())


def _folded(text: str) -> tuple[str, str]:
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return bare.casefold(), text


class _Pointing:
    """Says in a record's blocks where the other records of the book are, once each, and gathers the names in them."""

    def __init__(self, own: str, numbers: dict[str, int], deeper: int, wording: Wording) -> None:
        self._said = {own}
        self._numbers = numbers
        self._deeper = deeper
        self._wording = wording
        self.named: set[str] = set()

    def block(self, block: Block) -> Block:
        match block:
            case Heading(level, inlines):
                return Heading(min(level + self._deeper, _DEEPEST), self._inlines(inlines))
            case Paragraph() | ClaimBlock() | BottomLine():
                return replace(block, inlines=self._inlines(block.inlines))
            case ListBlock(items):
                return replace(block, items=tuple(tuple(map(self.block, item)) for item in items))
            case Quotation(blocks):
                return Quotation(tuple(map(self.block, blocks)))
            case Table(head, rows):
                return replace(
                    block,
                    head=tuple(map(self._inlines, head)),
                    rows=tuple(tuple(map(self._inlines, row)) for row in rows),
                )
            case Facts(pairs):
                return Facts(tuple((label, self._inlines(said)) for label, said in pairs))
            case SourceParagraph(number, inlines, citations):
                return SourceParagraph(number, self._inlines(inlines), tuple(map(self._inlines, citations)))
            case _:
                return block

    def _inlines(self, inlines: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple(each for inline in inlines for each in self._inline(inline))

    def _inline(self, inline: Inline) -> tuple[Inline, ...]:
        if not isinstance(inline, Link) or not inline.known or not inline.target.startswith("record:"):
            return (inline,)
        record_id = inline.target.removeprefix("record:").partition("#")[0]
        self.named.add(record_id)
        number = self._numbers.get(record_id)
        if number is None or record_id in self._said:
            return (inline,)
        self._said.add(record_id)
        return (inline, muted(f" {self._wording.say('(see {number})', number=number)}"))
