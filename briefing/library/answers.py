"""What a library answers with: frozen values, free to cross threads.

Named tuples, for every search pays for making these classes, and a data class takes seven times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from briefing.records.claims import Evidence
    from briefing.records.dates import EdtfDate
    from briefing.records.problems import Problem

Phase = Literal["walking", "reading", "writing"]


class Card(NamedTuple):
    """As much of a record as a row of a list shows.

    `stale` says that its file is broken now, and that this is the last good version.
    """

    id: str
    kind: str
    title: str
    stale: bool = False


class Start(NamedTuple):
    """Where a range begins in the order of a section: at what titles are sorted by, and among equal ones at an id."""

    title: str
    id: str


class Range(NamedTuple):
    """A part of a long section, up to the start of the next one; `begins` and `ends` name it."""

    kind: str
    start: Start
    begins: str
    ends: str
    records: int


class Tally(NamedTuple):
    """How many records fit a query; their ids only where they are not too many."""

    total: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionCount:
    """A kind with the name of its section and the number of records in it.

    No named tuple, for those have a method `count`.
    """

    kind: str
    label: str
    count: int


class RelatedCard(NamedTuple):
    """A record at the other end of a relation; `date` is the relation's in words, or nothing."""

    card: Card
    date: str = ""


class RelationGroup(NamedTuple):
    """The relations of one sort that a record has: `outgoing` where the record itself names the others.

    `total` is how many there are, where only the first were asked for.
    """

    label: str
    cards: tuple[RelatedCard, ...]
    outgoing: bool
    total: int = 0


class Counts(NamedTuple):
    """How much there is in a library."""

    records: int = 0
    errors: int = 0
    warnings: int = 0


class Progress(NamedTuple):
    """How far an update has come; `total` is 0 while it is unknown."""

    phase: Phase
    done: int
    total: int


class Update(NamedTuple):
    """What an update did.

    `records` and `problems` are the numbers that the library has now; `read` and `removed` count files.
    `changed` holds the ids of the records that came, went or changed, `files` the paths of the files that did.
    Where `everything` is set (a first index, or very many changes) both are empty, and everything may have changed.
    """

    generation: int
    records: int
    read: int = 0
    removed: int = 0
    problems: int = 0
    seconds: float = 0.0
    cancelled: bool = False
    changed: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    everything: bool = False


class Citation(NamedTuple):
    """A claim that cites a source; `card` is the record that makes it, `state` how far its quote can be traced.

    `markings` are the claim's own and its section's, where they have one.
    """

    card: Card
    claim_id: str
    claim_text: str
    paragraphs: str
    quote: str
    state: Evidence
    markings: tuple[str, ...] = ()


class TimelineItem(NamedTuple):
    """Something dated: `label` says what, such as "Last met", and `card` whose date it is."""

    date: EdtfDate
    label: str
    card: Card


class CheckReport(NamedTuple):
    """Every problem of a library, and how many claims are in each evidence state."""

    problems: tuple[Problem, ...]
    evidence: dict[Evidence, int]
