"""What stands in the way of a paper's marking: the parts of a document that are marked higher."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from briefing.document.clearance import PASSING
from briefing.document.clearing import Ceiling, named_in, within
from briefing.document.names import highest_of, labels_in
from briefing.document.text import one_line, shortened
from briefing.document.words import words_in
from briefing.records import markings
from briefing.records.kinds import relation_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.document.blocks import Document
    from briefing.document.shelf import Shelf
    from briefing.library.answers import Card, Citation, RelationGroup
    from briefing.records.claims import Claim, Evidence
    from briefing.records.draft import LibraryInfo
    from briefing.records.record import Record, Section

_LONGEST_TITLE = 80
_LONGEST_CLAIM = 60


class Part(NamedTuple):
    """A part of a document that has a marking: a record, a claim of one, or a section of one.

    `what` says which part of the record it is, and is empty where it is the record itself.
    """

    marking: str
    record_id: str
    title: str
    what: str = ""

    @property
    def words(self) -> str:
        """The part and its marking on one line."""
        record = f"“{shortened(self.title, _LONGEST_TITLE)}” ({self.record_id})"
        return f"{f'{self.what} of {record}' if self.what else record}: {one_line(self.marking)}"


class WatchedShelf:
    """A `Shelf` that answers as its library does, and knows afterwards what was asked of it."""

    def __init__(self, library: Shelf) -> None:
        self.library = library
        self.named: set[str] = set()
        """The records that the document names."""
        self.cited: dict[str, list[Citation]] = {}
        """The claims that cite a source."""
        self.related: dict[str, tuple[RelationGroup, ...]] = {}
        """The relations of a record."""
        self.opened: dict[str, Record] = {}
        """The records of which a part may be shown."""

    def forget(self) -> None:
        """Begin anew with what was asked for."""
        for asked in (self.named, self.cited, self.related, self.opened):
            asked.clear()

    @property
    def info(self) -> LibraryInfo:
        """What library.yaml says."""
        return self.library.info

    @property
    def title(self) -> str:
        """The library's title."""
        return self.library.title

    def card(self, id: str) -> Card | None:  # noqa: A002 - the field's own name, here and below
        """Return a record's card."""
        return self.library.card(id)

    def titles(self, ids: Iterable[str]) -> Mapping[str, Card]:
        """Return the cards of records by id."""
        return self.library.titles(ids)

    def markings(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the markings of records by id."""
        ids = tuple(ids)
        self.named.update(ids)
        return self.library.markings(ids)

    def mixed(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of some records that have a part with a marking of its own."""
        return self.library.mixed(ids)

    def record(self, id: str) -> Record | None:  # noqa: A002
        """Return a record."""
        record = self.library.record(id)
        if record is not None:
            self.opened[id] = record
        return record

    def relations(self, id: str) -> tuple[RelationGroup, ...]:  # noqa: A002
        """Return a record's relations from both ends."""
        self.related[id] = self.library.relations(id)
        return self.related[id]

    def evidence(self, id: str) -> Mapping[str, Evidence]:  # noqa: A002
        """Return the evidence states of a record's claims."""
        return self.library.evidence(id)

    def citations(self, source_id: str) -> list[Citation]:
        """Return the claims that cite a source."""
        self.cited[source_id] = self.library.citations(source_id)
        return self.cited[source_id]

    def raw_text(self, file: str) -> str:
        """Return the text of a file."""
        return self.library.raw_text(file)


def standing_in_the_way(
    ceiling: Ceiling, records: Sequence[Record], document: Document, watched: WatchedShelf
) -> tuple[Part, ...]:
    """Return the parts of a document that are above a ceiling, each once.

    `records` are those that were printed, `watched` the library that the document was made from.
    """
    return tuple(dict.fromkeys(_Search(ceiling, records, document, watched).parts()))


class _Search:
    """Looks for parts above a ceiling, first in the records that were printed, then in all others."""

    def __init__(self, ceiling: Ceiling, records: Sequence[Record], document: Document, watched: WatchedShelf) -> None:
        self._ceiling = ceiling
        self._records = {record.id: record for record in records}
        self._document = document
        self._watched = watched
        self._library = watched.library
        self._shown = ""

    def parts(self) -> Iterator[Part]:
        named = self._watched.named.union(*map(named_in, self._records.values()))
        marked = self._library.markings(sorted(named))
        hidden = {each for each, marking in marked.items() if not self._ceiling.admits(marking)}
        for record in self._records.values():
            if self._ceiling.admits(record.marking):
                yield from self._parts_of(record)
                yield from self._sourced(record, hidden, marked)
            else:
                yield record_part(record)
        cards = self._library.titles(hidden)
        for each in sorted(hidden - self._records.keys()):
            if each in cards:
                yield Part(marked[each], each, cards[each].title)
        yield from self._citing()
        yield from self._relating()
        yield from self._of_others()

    def _parts_of(self, record: Record) -> Iterator[Part]:
        """Yield the sections and the claims that are marked higher; a claim goes with its section."""
        for claim in record.claims:
            if not self._ceiling.admits(claim.marking):
                yield Part(claim.marking, record.id, record.title, claim_words(claim.id, claim.text))
        for number, section in enumerate(record.sections, 1):
            if not self._ceiling.admits(section.marking):
                highest = highest_of((section.marking, *(claim.marking for claim in section.claims)))
                yield Part(highest, record.id, record.title, section_words(section, number))
                continue
            for claim in section.claims:
                if not self._ceiling.admits(claim.marking):
                    yield Part(claim.marking, record.id, record.title, claim_words(claim.id, claim.text))

    def _sourced(self, record: Record, hidden: set[str], marked: Mapping[str, str]) -> Iterator[Part]:
        """Yield the claims that rest on a source that is marked higher."""
        for claim in within(record, self._ceiling).all_claims():
            if claim.source in hidden:
                yield Part(
                    marked[claim.source],
                    record.id,
                    record.title,
                    f"{claim_words(claim.id, claim.text)}, by its source,",
                )

    def _citing(self) -> Iterator[Part]:
        for citations in self._watched.cited.values():
            for citation in citations:
                above = [each for each in citation.markings if not self._ceiling.admits(each)]
                # Only so many citations are shown, and the records that make those are named.
                if above and citation.card.id in self._watched.named:
                    yield Part(
                        highest_of(above),
                        citation.card.id,
                        citation.card.title,
                        claim_words(citation.claim_id, citation.claim_text),
                    )

    def _relating(self) -> Iterator[Part]:
        """Yield the claims and sections of other records by which those are related to the ones that were printed."""
        for record_id in self._records:
            for group in self._watched.related.get(record_id, ()):
                if group.outgoing or group.label not in PASSING:
                    continue
                ids = [related.card.id for related in group.cards if related.card.id in self._watched.named]
                for each in sorted(self._library.mixed(ids)):
                    yield from self._by_a_part(each, record_id, group.label)

    def _by_a_part(self, record_id: str, target: str, label: str) -> Iterator[Part]:
        """Yield the least of the parts by which a record is related, where nothing within the ceiling relates it."""
        record = self._library.record(record_id)
        if record is None or not self._ceiling.admits(record.marking):
            return
        relating = [piece.part for piece in _pieces(record) if _relates(piece.alone, target, label)]
        if relating and not _relates(within(record, self._ceiling), target, label):
            yield min(relating, key=_height)

    def _of_others(self) -> Iterator[Part]:
        """Yield parts of records that were not printed themselves, where their words are in the document."""
        for record in self._watched.opened.values():
            if record.id in self._records or not self._ceiling.admits(record.marking):
                continue
            for piece in _pieces(record):
                if any(text and one_line(text) in self._words for text in piece.texts) and not all(
                    map(self._ceiling.admits, labels_in(piece.part.marking))
                ):
                    yield piece.part

    @property
    def _words(self) -> str:
        self._shown = self._shown or words_in(self._document)
        return self._shown


class _Piece(NamedTuple):
    """The smallest part of a record that can be marked by itself, the record with no other part, and its texts."""

    part: Part
    alone: Record
    texts: tuple[str, ...]


def _pieces(record: Record) -> Iterator[_Piece]:
    """Yield a record's claims and sections; a claim of a section is marked as its section or higher."""
    bare = replace(record, body="", claims=(), sections=(), values={})

    def of_claim(claim: Claim, marking: str) -> _Piece:
        part = Part(marking, record.id, record.title, claim_words(claim.id, claim.text))
        return _Piece(part, replace(bare, claims=(claim,)), (claim.text,))

    for claim in record.claims:
        yield of_claim(claim, claim.marking)
    for number, section in enumerate(record.sections, 1):
        part = Part(section.marking, record.id, record.title, section_words(section, number))
        texts = (section.heading, section.line, section.if_pressed, *section.body.split("\n"))
        yield _Piece(part, replace(bare, sections=(replace(section, claims=()),)), texts)
        for claim in section.claims:
            yield of_claim(claim, highest_of((section.marking, claim.marking)))


def _relates(record: Record, target: str, label: str) -> bool:
    """Whether a record is related to another, which calls the relation by that label."""
    return any(
        relation.target == target and relation_field(record.kind, relation.field).inverse == label
        for relation in record.relations()
    )


def _height(part: Part) -> tuple[bool, int]:
    """Return how high a part is marked; what has no order comes last."""
    known = markings.known(part.marking)
    return not known, markings.rank(part.marking) if known else 0


def record_part(record: Record) -> Part:
    """Return the record itself as a part."""
    return Part(record.marking, record.id, record.title)


def claim_words(claim_id: str, text: str) -> str:
    """Return what a claim is called among the parts of its record: an id alone says little when it was derived."""
    return f"claim {claim_id} (“{shortened(text, _LONGEST_CLAIM)}”)"


def section_words(section: Section, number: int) -> str:
    """Return what a section is called among the parts of its record; `number` is its place, from 1."""
    if section.heading:
        return f"section “{shortened(section.heading, _LONGEST_TITLE)}”"
    return f"section {number}"
