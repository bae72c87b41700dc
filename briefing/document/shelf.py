"""What a document asks of a library: a whole one answers, or one that keeps back what the paper may not carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.library.answers import Card, Citation, RelationGroup
    from briefing.records.claims import Evidence
    from briefing.records.draft import LibraryInfo
    from briefing.records.record import Record


class Shelf(Protocol):
    """The part of `library.Library` that documents are made from; each method says there what it does."""

    @property
    def info(self) -> LibraryInfo:
        """What library.yaml says."""

    @property
    def title(self) -> str:
        """The library's title."""

    def card(self, id: str, /) -> Card | None:  # noqa: A002 - the field's own name, here and below
        """Return a record's card."""

    def titles(self, ids: Iterable[str], /) -> Mapping[str, Card]:
        """Return the cards of records by id."""

    def markings(self, ids: Iterable[str], /) -> Mapping[str, str]:
        """Return the markings of records by id; a document asks for those of the records that it names."""

    def mixed(self, ids: Iterable[str], /) -> frozenset[str]:
        """Return those of some records that have a part with a marking of its own."""

    def record(self, id: str, /) -> Record | None:  # noqa: A002
        """Return a record."""

    def relations(self, id: str, /) -> tuple[RelationGroup, ...]:  # noqa: A002
        """Return a record's relations from both ends."""

    def evidence(self, id: str, /) -> Mapping[str, Evidence]:  # noqa: A002
        """Return the evidence states of a record's claims."""

    def citations(self, source_id: str, /) -> list[Citation]:
        """Return the claims that cite a source."""

    def raw_text(self, file: str, /) -> str:
        """Return the text of a file."""
