"""A library that holds what it is given: no folder, no catalogue, no index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from briefing.library.answers import Card, Citation, RelatedCard, RelationGroup
from briefing.records.claims import Evidence
from briefing.records.dates import parse_date
from briefing.records.kinds import relation_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.library.library import Library
    from briefing.records.problems import Problem
    from briefing.records.record import Record


@dataclass
class Info:
    """As much of library.yaml as a document asks for."""

    title: str = "Technology dialogues"
    language: str = "en"
    marking: str = "TLP:CLEAR"
    yardstick: str = "icd203"


@dataclass
class FakeLibrary:
    """What `compose` asks of a library, answered from a list of records."""

    records: list[Record]
    states: dict[str, Evidence] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    stale: set[str] = field(default_factory=set)
    info: Info = field(default_factory=Info)

    @property
    def title(self) -> str:
        return self.info.title

    def mixed(self, ids: Iterable[str]) -> frozenset[str]:
        wanted = set(ids)
        return frozenset(each.id for each in self.records if each.id in wanted and any(part_markings(each)))

    def record(self, id: str) -> Record | None:  # noqa: A002 - as the library has it
        return next((record for record in self.records if record.id == id), None)

    def card(self, id: str) -> Card | None:  # noqa: A002
        record = self.record(id)
        return Card(record.id, record.kind, record.title, record.id in self.stale) if record else None

    def titles(self, ids: Iterable[str]) -> dict[str, Card]:
        return {each: card for each in ids if (card := self.card(each))}

    def markings(self, ids: Iterable[str]) -> dict[str, str]:
        return {each: record.marking for each in ids if (record := self.record(each))}

    def evidence(self, id: str) -> dict[str, Evidence]:  # noqa: A002
        record = self.record(id)
        assert record is not None
        return {claim.id: self.states[claim.id] for claim in record.all_claims() if claim.id in self.states}

    def relations(self, id: str) -> tuple[RelationGroup, ...]:  # noqa: A002
        groups: dict[tuple[bool, str], list[RelatedCard]] = {}
        for record in self.records:
            for relation in record.relations():
                kind_field = relation_field(record.kind, relation.field)
                if relation.source == id and (card := self.card(relation.target)):
                    key = (True, kind_field.label)
                elif relation.target == id and (card := self.card(relation.source)):
                    key = (False, kind_field.inverse)
                else:
                    continue
                date = parse_date(relation.date).words() if relation.date else ""
                groups.setdefault(key, []).append(RelatedCard(card, date))
        ordered = sorted(groups.items(), key=lambda item: not item[0][0])
        return tuple(RelationGroup(label, tuple(cards), outgoing) for (outgoing, label), cards in ordered)

    def citations(self, source_id: str) -> list[Citation]:
        found = []
        for record in self.records:
            in_sections = [(claim, section.marking) for section in record.sections for claim in section.claims]
            for claim, section in (*((claim, "") for claim in record.claims), *in_sections):
                if claim.source == source_id:
                    state = self.states.get(claim.id, Evidence.NOT_CHECKABLE)
                    card = Card(record.id, record.kind, record.title)
                    markings = tuple(filter(None, (claim.marking, section)))
                    found.append(Citation(card, claim.id, claim.text, claim.paragraphs, claim.quote, state, markings))
        return sorted(found, key=lambda citation: citation.paragraphs)

    def problems(self, file: str | None = None) -> list[Problem]:
        return [problem for problem in self.faults if file in (None, problem.file)]

    def stale_cards(self, file: str) -> list[Card]:
        return [
            card for record in self.records if record.file == file and (card := self.card(record.id)) and card.stale
        ]

    def raw_text(self, file: str) -> str:
        return self.files.get(file, "")


def part_markings(record: Record) -> Iterator[str]:
    """Yield the markings that claims and sections have of their own."""
    yield from (claim.marking for claim in record.all_claims())
    yield from (section.marking for section in record.sections)


def as_library(fake: FakeLibrary) -> Library:
    """Return the fake as what it stands for."""
    return cast("Library", fake)
