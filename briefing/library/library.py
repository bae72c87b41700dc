"""A folder of records, catalogued: what everybody else asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.library.answers import (
    Card,
    CheckReport,
    Citation,
    Counts,
    Progress,
    RelatedCard,
    RelationGroup,
    SectionCount,
    TimelineItem,
    Update,
)
from briefing.library.evidence import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from briefing.records.claims import Evidence
    from briefing.records.problems import Problem
    from briefing.records.reader import LibraryInfo
    from briefing.records.record import Record
    from briefing.search.ranking import Hits

__all__ = [
    "Card",
    "CheckReport",
    "Citation",
    "Counts",
    "Library",
    "Progress",
    "RelatedCard",
    "RelationGroup",
    "SectionCount",
    "SourceText",
    "TimelineItem",
    "Update",
]


class Library:
    """A folder of records, with what was catalogued of it.

    One instance belongs to one thread; several on one folder are fine. It is cheap to open and does not index:
    see `update`. The folder is only read. `cache` is where catalogue and index are kept (by default the user's cache
    folder), `texts` a folder with the texts of sources. Raises LibraryError where the folder cannot be used, and
    CacheError where the cache cannot be written.
    """

    def __init__(self, folder: Path, *, cache: Path | None = None, texts: Path | None = None) -> None:
        self.folder = folder
        self.texts = texts
        raise NotImplementedError

    @property
    def info(self) -> LibraryInfo:
        """What library.yaml says, or the defaults."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """The library's title; the folder's name where library.yaml gives none."""
        raise NotImplementedError

    @property
    def generation(self) -> int:
        """A number that rises with every change; 0 when nothing is indexed yet."""
        raise NotImplementedError

    @property
    def ready(self) -> bool:
        """Whether the library has been indexed, be it in part."""
        raise NotImplementedError

    def update(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Update:
        """Bring catalogue and index up to date with the folder."""
        raise NotImplementedError

    def refresh(self) -> bool:
        """Take up what another process or instance committed; True when there was something."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """Return how many records, errors and warnings there are."""
        raise NotImplementedError

    def sections(self) -> tuple[SectionCount, ...]:
        """Return the kinds that have records, in the order of the tree."""
        raise NotImplementedError

    def cards(self, kind: str, offset: int = 0, limit: int = -1) -> list[Card]:
        """Return the records of a kind by title; of kinds that nest only the roots."""
        raise NotImplementedError

    def card_count(self, kind: str) -> int:
        """Return how many rows `cards` has."""
        raise NotImplementedError

    def narrower(self, id: str) -> list[Card]:  # noqa: A002 - the field's own name
        """Return the records that nest directly under a record."""
        raise NotImplementedError

    def card(self, id: str) -> Card | None:  # noqa: A002
        """Return a record's card, or None where there is no such record."""
        raise NotImplementedError

    def titles(self, ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those ids that are known."""
        raise NotImplementedError

    def record(self, id: str) -> Record | None:  # noqa: A002
        """Return a record, or None where there is none of that id."""
        raise NotImplementedError

    def neighbours(self, id: str) -> tuple[SectionCount, ...]:  # noqa: A002
        """Return the kinds of the records related to it in either direction, each record counted once."""
        raise NotImplementedError

    def neighbour_cards(self, id: str, kind: str) -> list[Card]:  # noqa: A002
        """Return the records of a kind that are related to it in either direction, by title."""
        raise NotImplementedError

    def relations(self, id: str) -> tuple[RelationGroup, ...]:  # noqa: A002
        """Return its relations by sort, its own first, then those that other records make to it."""
        raise NotImplementedError

    def evidence(self, id: str) -> dict[str, Evidence]:  # noqa: A002
        """Return the evidence state of each of its claims, by claim id."""
        raise NotImplementedError

    def citations(self, source_id: str) -> list[Citation]:
        """Return the claims that cite a source, in the order of its paragraphs."""
        raise NotImplementedError

    def timeline(self, id: str) -> list[TimelineItem]:  # noqa: A002
        """Return what is dated in the record and in those related to it, oldest first."""
        raise NotImplementedError

    def problems(self, file: str | None = None) -> list[Problem]:
        """Return the problems of a file or of the whole library, in the order of files and lines."""
        raise NotImplementedError

    def problem_files(self) -> list[tuple[str, int, int]]:
        """Return the files that have problems, each with its numbers of errors and warnings."""
        raise NotImplementedError

    def stale_cards(self, file: str) -> list[Card]:
        """Return the last good versions of the records of a file that is broken now."""
        raise NotImplementedError

    def raw_text(self, file: str) -> str:
        """Return the text of a file of the library: at most 1 MiB, what cannot be decoded replaced."""
        raise NotImplementedError

    def source_text(self, source: Record) -> SourceText | None:
        """Return the text of a source, or None where it is not here."""
        raise NotImplementedError

    def search(self, text: str, limit: int = 20) -> Hits:
        """Search the library."""
        raise NotImplementedError

    def check(self, texts: Path | None = None) -> CheckReport:
        """Check everything afresh against that texts folder (by default the library's own), keeping nothing."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of catalogue and index."""
        raise NotImplementedError

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *exc: Any) -> None:
        self.close()
