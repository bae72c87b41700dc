"""The other records that a document names: their titles, links to them, and how far they may be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Inline, Link, Style, Text
from briefing.document.text import one_line, visible
from briefing.document.wording import ENGLISH, Wording
from briefing.records import markings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document.shelf import Shelf
    from briefing.library.answers import Card
    from briefing.records.record import Record


_BETWEEN = " / "


class Names:
    """Looks up the records that one document names, each once, and remembers which they were.

    `wording` is that of the document, for whoever makes a part of it.
    """

    def __init__(self, library: Shelf, wording: Wording = ENGLISH) -> None:
        self._library = library
        self.wording = wording
        self._cards: dict[str, Card | None] = {}
        self._records: dict[str, Record | None] = {}
        self._named: set[str] = set()
        self._noted: dict[str, None] = {}

    def prepare(self, ids: Iterable[str]) -> None:
        """Look up the titles of several records at once."""
        wanted = [each for each in dict.fromkeys(ids) if each not in self._cards]
        found = self._library.titles(wanted)
        self._cards.update((each, found.get(each)) for each in wanted)

    def title(self, record_id: str) -> str | None:
        """Return a record's title on one line, or None where there is no such record."""
        if record_id not in self._cards:
            self.prepare([record_id])
        card = self._cards[record_id]
        if card is None:
            return None
        self._named.add(record_id)
        return one_line(card.title)

    def record(self, record_id: str) -> Record | None:
        """Return a record, or None where there is none of that id."""
        if record_id not in self._records:
            self._records[record_id] = self._library.record(record_id)
        return self._records[record_id]

    def link(self, record_id: str, words: str = "", *, fragment: str = "", style: Style = "plain") -> Link:
        """Return a link to a record, in its title's words if no others are given."""
        title = self.title(record_id)
        return Link(
            (Text(words or title or record_id, style),),
            visible(f"record:{record_id}#{fragment}" if fragment else f"record:{record_id}"),
            known=title is not None,
        )

    def links(self, ids: Iterable[str]) -> tuple[Inline, ...]:
        """Return links to several records, one after the other."""
        return listed(self.link(each) for each in ids)

    def include(self, other: Names) -> None:
        """Count the records that were named there as named here."""
        self._named |= other._named
        self._records |= other._records
        self._noted |= other._noted

    def note(self, *parts: str) -> None:
        """Count the markings of further parts of other records that the document shows."""
        self._noted.update(dict.fromkeys(parts))

    def highest_marking(self, own: Iterable[str]) -> str:
        """Return the highest of a document's own markings and those of the records that it names."""
        others = self._library.markings(self._named)
        return highest_of((*own, *(others[each] for each in sorted(others)), *self._noted))


def highest_of(parts: Iterable[str]) -> str:
    """Return the highest of some markings.

    No order holds between two schemes, nor with a marking that is not known here: then each scheme's highest, and
    each such marking, is named. Several that were put together here before are taken apart again.
    """
    by_scheme: dict[str, list[str]] = {}
    for each in dict.fromkeys(label for part in parts for label in labels_in(part)):
        by_scheme.setdefault(markings.scheme_of(each) if markings.known(each) else f"?{each}", []).append(each)
    return _BETWEEN.join(
        one_line(each[0] if scheme.startswith("?") else markings.highest(each)) for scheme, each in by_scheme.items()
    )


def labels_in(marking: str) -> tuple[str, ...]:
    """Return the labels of a marking that `highest_of` made."""
    return tuple(filter(None, marking.split(_BETWEEN)))


def listed(links: Iterable[Link], *, mark: str = ", ") -> tuple[Inline, ...]:
    """Return links one after the other, with commas between them, or semicolons where a comma stands in one."""
    links = tuple(links)
    if any("," in words.text for link in links for words in link.words):
        mark = "; "
    parts: list[Inline] = []
    for link in links:
        parts += (Text(mark), link) if parts else (link,)
    return tuple(parts)
