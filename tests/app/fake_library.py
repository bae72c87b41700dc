"""A library made in memory, for what only needs to be asked."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.library.library import Card, Counts, Range, SectionCount, Start
from briefing.records.kinds import KINDS, kind_named

if TYPE_CHECKING:
    from briefing.records.problems import Problem


class FakeLibrary:
    """Answers what the tree asks. Change `cards_by_id`, `links`, `broader` and `faults` as a test needs."""

    def __init__(self) -> None:
        self.folder = Path("/library")
        self.cards_by_id: dict[str, Card] = {}
        self.links: dict[str, set[str]] = defaultdict(set)
        self.above: dict[str, str] = {}
        self.faults: list[Problem] = []
        self.asked: list[str] = []
        self.starts: dict[str, list[str]] = {}
        """By kind the titles at which ranges begin."""

    def add(self, record_id: str, kind: str, title: str = "", *, stale: bool = False, broader: str = "") -> None:
        """Add a record, or put it in place of the one of that id."""
        self.cards_by_id[record_id] = Card(record_id, kind, title or record_id.title(), stale)
        if broader:
            self.above[record_id] = broader
            self.link(record_id, broader)

    def link(self, one: str, other: str) -> None:
        """Relate two records."""
        self.links[one].add(other)
        self.links[other].add(one)

    def sections(self) -> tuple[SectionCount, ...]:
        found = []
        for kind in KINDS:
            number = sum(card.kind == kind.name for card in self.cards_by_id.values())
            if number:
                found.append(SectionCount(kind.name, kind.section, number))
        return tuple(found)

    def cards(self, kind: str, offset: int = 0, limit: int = -1) -> list[Card]:
        self.asked.append(f"cards {kind} {offset} {limit}")
        found = self._roots(kind)
        return found[offset:] if limit < 0 else found[offset : offset + limit]

    def card_count(self, kind: str) -> int:
        return len(self._roots(kind))

    def ranges(self, kind: str) -> list[Range]:
        starts = [Start(each.casefold(), "") for each in self.starts.get(kind, ())]
        parts = [(start, self._range_cards(kind, start)) for start in starts]
        return [
            Range(kind, start, cards[0].title[:2], cards[-1].title[:2], len(cards)) for start, cards in parts if cards
        ]

    def range_cards(self, kind: str, start: Start) -> list[Card]:
        self.asked.append(f"cards in {kind} {start.title}")
        return self._range_cards(kind, start)

    def range_of(self, record_id: str) -> Start | None:
        card = self.cards_by_id.get(record_id)
        starts = [each.casefold() for each in self.starts.get(card.kind, ())] if card else []
        held = [each for each in starts if card and each <= card.title.casefold()]
        return Start(held[-1], "") if held else None

    def titled(self, kind: str, begin: str) -> str | None:
        found = [card.id for card in self._roots(kind) if card.title.casefold().startswith(begin.casefold())]
        return found[0] if found else None

    def card(self, record_id: str) -> Card | None:
        return self.cards_by_id.get(record_id)

    def narrower(self, record_id: str) -> list[Card]:
        return self._sorted({each for each, above in self.above.items() if above == record_id})

    def neighbours(self, record_id: str) -> tuple[SectionCount, ...]:
        kinds = [self.cards_by_id[each].kind for each in self.links[record_id]]
        return tuple(
            SectionCount(kind.name, kind.section, kinds.count(kind.name)) for kind in KINDS if kind.name in kinds
        )

    def neighbour_cards(self, record_id: str, kind: str) -> list[Card]:
        return self._sorted({each for each in self.links[record_id] if self.cards_by_id[each].kind == kind})

    def counts(self) -> Counts:
        errors = sum(problem.severity == "error" for problem in self.faults)
        return Counts(len(self.cards_by_id), errors, len(self.faults) - errors)

    def problem_files(self) -> list[tuple[str, int, int]]:
        files = sorted({problem.file for problem in self.faults})
        return [(file, self._count(file, "error"), self._count(file, "warning")) for file in files]

    def problems(self, file: str | None = None) -> list[Problem]:
        return sorted(problem for problem in self.faults if file in (None, problem.file))

    def _range_cards(self, kind: str, start: Start) -> list[Card]:
        return [card for card in self._roots(kind) if self.range_of(card.id) == start]

    def _count(self, file: str, severity: str) -> int:
        return sum(problem.file == file and problem.severity == severity for problem in self.faults)

    def _roots(self, kind: str) -> list[Card]:
        nested = bool(kind_named(kind).nested_by)
        return self._sorted(
            {
                card.id
                for card in self.cards_by_id.values()
                if card.kind == kind and not (nested and self.above.get(card.id) in self.cards_by_id)
            }
        )

    def _sorted(self, ids: set[str]) -> list[Card]:
        return sorted((self.cards_by_id[each] for each in ids), key=lambda card: (card.title.casefold(), card.id))
