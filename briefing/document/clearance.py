"""A library under a ceiling: it answers as if what a paper may not carry were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.clearing import Ceiling, named_in, within, without
from briefing.library.answers import RelatedCard, RelationGroup
from briefing.records.dates import parse_date
from briefing.records.kinds import CLAIM_FIELDS, MENTION, relation_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document.shelf import Shelf
    from briefing.library.answers import Card, Citation
    from briefing.records.claims import Evidence
    from briefing.records.draft import LibraryInfo
    from briefing.records.record import Record

PASSING = frozenset(field.inverse for field in (MENTION, *CLAIM_FIELDS) if field.is_relation)
"""The relations that a claim or a section makes, as the record that they lead to calls them."""


class ClearedShelf:
    """A `Shelf` without records above a ceiling, without claims and sections above it, and without what leads there.

    It gives no file as its author typed it, for that may hold anything: what is attached is written anew.
    """

    def __init__(self, library: Shelf, ceiling: Ceiling) -> None:
        self._library = library
        self._ceiling = ceiling
        self._records: dict[str, Record | None] = {}

    @property
    def info(self) -> LibraryInfo:
        """What library.yaml says."""
        return self._library.info

    @property
    def title(self) -> str:
        """The library's title."""
        return self._library.title

    def card(self, id: str) -> Card | None:  # noqa: A002 - the field's own name, here and below
        """Return a record's card."""
        return self.titles((id,)).get(id)

    def titles(self, ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of records by id."""
        found = self._library.titles(ids)
        return {each: found[each] for each in self.markings(found)}

    def markings(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the markings of records by id."""
        found = self._library.markings(ids)
        return {each: marking for each, marking in found.items() if self._ceiling.admits(marking)}

    def mixed(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of some records that have a part with a marking of its own."""
        return self._library.mixed(self.markings(ids))

    def record(self, id: str) -> Record | None:  # noqa: A002
        """Return a record."""
        if id not in self._records:
            record = self._library.record(id)
            self._records[id] = None if record is None else self._cleared(record)
        return self._records[id]

    def relations(self, id: str) -> tuple[RelationGroup, ...]:  # noqa: A002
        """Return a record's relations from both ends."""
        record = self.record(id)
        if record is None:
            return ()
        groups = self._library.relations(id)
        admitted = self.markings({related.card.id for group in groups for related in group.cards})
        own = _dates(record)
        found = []
        for group in groups:
            cards = [related for related in group.cards if related.card.id in admitted]
            if group.outgoing:
                cards = [
                    RelatedCard(related.card, own[group.label, related.card.id])
                    for related in cards
                    if (group.label, related.card.id) in own
                ]
            elif group.label in PASSING:
                cards = self._passing(cards, group.label, id)
            if cards:
                found.append(RelationGroup(group.label, tuple(cards), group.outgoing, len(cards)))
        return tuple(found)

    def evidence(self, id: str) -> dict[str, Evidence]:  # noqa: A002
        """Return the evidence states of a record's claims."""
        record, whole = self.record(id), self._library.record(id)
        if record is None or whole is None:
            return {}
        states = self._library.evidence(id)
        # By what a state rests on, for a claim that names fewer records than it did may have another id.
        known = {(claim.source, claim.at, claim.quote): states.get(claim.id) for claim in whole.all_claims()}
        found = {claim.id: known[claim.source, claim.at, claim.quote] for claim in record.all_claims()}
        return {claim: state for claim, state in found.items() if state}

    def citations(self, source_id: str) -> list[Citation]:
        """Return the claims that cite a source."""
        if not self.markings((source_id,)):
            return []
        found = self._library.citations(source_id)
        admitted = self.markings({citation.card.id for citation in found})
        return [
            citation
            for citation in found
            if citation.card.id in admitted and all(map(self._ceiling.admits, citation.markings))
        ]

    def raw_text(self, file: str) -> str:
        """Return nothing."""
        return ""

    def _cleared(self, record: Record) -> Record | None:
        if not self._ceiling.admits(record.marking):
            return None
        # What only a claim above the ceiling names is gone with it.
        rest = within(record, self._ceiling)
        named = self._library.markings(named_in(rest))
        return without(rest, {each for each, marking in named.items() if not self._ceiling.admits(marking)})

    def _passing(self, cards: list[RelatedCard], label: str, target: str) -> list[RelatedCard]:
        """Leave out those that are related only by a claim or a section above the ceiling."""
        mixed = self._library.mixed(related.card.id for related in cards)
        found = []
        for related in cards:
            if related.card.id not in mixed:
                found.append(related)
                continue
            record = self._library.record(related.card.id)
            dates = _dates(within(record, self._ceiling), inverse=True) if record else {}
            if (label, target) in dates:
                found.append(RelatedCard(related.card, dates[label, target]))
        return found


def _dates(record: Record, *, inverse: bool = False) -> dict[tuple[str, str], str]:
    """Return the relations that a record makes, by the label and the other's id, each with its date in words."""
    found: dict[tuple[str, str], str] = {}
    for relation in record.relations():
        field = relation_field(record.kind, relation.field)
        words = parse_date(relation.date).words() if relation.date else ""
        found.setdefault((field.inverse if inverse else field.label, relation.target), words)
    return found
