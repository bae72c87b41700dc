"""What picks come to in a library: the entries of a dossier. Imports no Qt, and is called off the window's thread."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from briefing.library.answers import Start
from briefing.records.dossier import Entry, RecordEntry, SearchEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.app.picked import Pick
    from briefing.library.library import Card, Library

MOST = 2_000
"""How many entries are added at once; a dossier prints so many."""


class Gathered(NamedTuple):
    """Entries for a dossier; `cut` says that there were more than `MOST`."""

    entries: tuple[Entry, ...]
    cut: bool = False


def gathered(library: Library, picks: Sequence[Pick]) -> Gathered:
    """Return what picks come to, in their order and each once."""
    found = dict.fromkeys(islice((entry for pick in picks for entry in _entries(library, pick)), MOST + 1))
    return Gathered(tuple(found)[:MOST], len(found) > MOST)


def _entries(library: Library, pick: Pick) -> Iterator[Entry]:
    match pick.what:
        case "record":
            card = library.card(pick.id)
            # Dragged from the window of another library, it is kept by its name.
            yield RecordEntry(pick.id, card.title if card is not None else pick.text)
        case "query":
            yield SearchEntry(pick.query.strip())
        case "hits":
            for hit in library.search(pick.query, MOST + 1).hits:
                yield RecordEntry(hit.id, hit.title)
        case "below":
            card = library.card(pick.id)
            yield from _with_narrower(library, [card] if card is not None else [], set())
        case "section":
            yield from _with_narrower(library, library.cards(pick.kind, 0, MOST + 1), set())
        case "range":
            yield from _named(library.range_cards(pick.kind, Start(pick.begins, pick.first)))
        case "group":
            yield from _named(library.neighbour_cards(pick.id, pick.kind, 0, MOST + 1))


def _named(cards: Iterable[Card]) -> Iterator[Entry]:
    return (RecordEntry(card.id, card.title) for card in cards)


def _with_narrower(library: Library, cards: Iterable[Card], seen: set[str]) -> Iterator[Entry]:
    """Yield records, each before those that nest below it."""
    from briefing.records.kinds import is_kind, kind_named

    waiting = list(cards)[::-1]
    while waiting:
        card = waiting.pop()
        if card.id in seen:
            continue
        seen.add(card.id)
        yield RecordEntry(card.id, card.title)
        if is_kind(card.kind) and kind_named(card.kind).nested_by:
            waiting += library.narrower(card.id)[::-1]
