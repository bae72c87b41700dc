"""What a record is related to, typed and from both ends, and what is dated in its neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.library.answers import Card, RelatedCard, RelationGroup, TimelineItem
from briefing.records.dates import parse_date
from briefing.records.kinds import KINDS, MENTION, kind_named, relation_field

if TYPE_CHECKING:
    from briefing.library.catalogue import Catalogue
    from briefing.library.lookup import Lookup

_MOST_DATES = 2_000
# When somebody looked something up, or until when a record is true, is nothing that happened.
_NO_EVENTS = ("accessed", "as_of")


class Related:
    """Answers from a catalogue about relations."""

    def __init__(self, catalogue: Catalogue, lookup: Lookup) -> None:
        self._catalogue = catalogue
        self._lookup = lookup

    def groups(self, record_id: str, limit: int) -> tuple[RelationGroup, ...]:
        """Return the relations of a record by sort, its own first; `limit` cards of each at most, -1 for all."""
        key = self._lookup.key(record_id)
        if not key:
            return ()
        return (*self._outgoing(key, record_id, limit), *self._incoming(record_id, limit))

    def _outgoing(self, key: int, record_id: str, limit: int) -> list[RelationGroup]:
        gathered: dict[str, dict[str, RelatedCard]] = {}
        rows = self._catalogue.rows(
            "SELECT r.kind, r.field, r.date, t.id, t.kind, t.title, t.stale FROM relations r"
            " JOIN records t ON t.id = r.target AND t.live = 1 WHERE r.source = ? AND r.target <> ?"
            " ORDER BY r.position",
            (key, record_id),
        )
        for kind, field, date, *card in sorted(rows, key=lambda row: _RANKS[row[0], row[1]]):
            _gather(gathered, relation_field(kind, field).label, date, card)
        return [_group(label, cards, len(cards), limit, outgoing=True) for label, cards in gathered.items()]

    def _incoming(self, record_id: str, limit: int) -> list[RelationGroup]:
        counted: dict[tuple[str, str], int] = {
            (kind, field): number
            for kind, field, number in self._catalogue.rows(
                "SELECT kind, field, count(*) FROM relations WHERE target = ? GROUP BY kind, field", (record_id,)
            )
        }
        gathered: dict[str, dict[str, RelatedCard]] = {}
        totals: dict[str, int] = {}
        for kind, field in _SORTS:
            if (kind, field) not in counted:
                continue
            label = relation_field(kind, field).inverse
            totals[label] = totals.get(label, 0) + counted[kind, field]
            for date, *card in self._catalogue.rows(
                "SELECT r.date, t.id, t.kind, t.title, t.stale FROM"
                " (SELECT date, source FROM relations WHERE target = ? AND kind = ? AND field = ?"
                " ORDER BY date LIMIT ?) r"
                " JOIN records t ON t.key = r.source WHERE t.id <> ? ORDER BY r.date = '', r.date, t.sort_title, t.id",
                (record_id, kind, field, limit, record_id),
            ):
                _gather(gathered, label, date, card)
        # Where all were fetched their number is exact: a record that names another twice is one card.
        return [
            _group(
                label,
                cards,
                len(cards) if limit < 0 or totals[label] <= limit else totals[label],
                limit,
                outgoing=False,
            )
            for label, cards in gathered.items()
        ]

    def timeline(self, record_id: str) -> list[TimelineItem]:
        """Return what is dated in a record and in those related to it, oldest first."""
        key = self._lookup.key(record_id)
        found: list[TimelineItem] = []
        for name, text, *card in self._catalogue.rows(
            "WITH near(key) AS (SELECT t.key FROM relations r JOIN records t ON t.id = r.target AND t.live = 1"
            " WHERE r.source = ? UNION SELECT source FROM relations WHERE target = ? UNION SELECT ?)"
            " SELECT d.field, d.date, t.id, t.kind, t.title, t.stale FROM near JOIN dates d ON d.key = near.key"
            " JOIN records t ON t.key = near.key WHERE (t.kind <> 'source' OR t.key = ?) LIMIT ?",
            (key, record_id, key, key, _MOST_DATES),
        ):
            field = kind_named(card[1]).field(name)
            if field is not None and name not in _NO_EVENTS:
                found.append(TimelineItem(parse_date(text), field.label, _card(card)))
        found.sort(key=lambda item: (item.date.sort_key, item.card.title, item.label))
        return found


# Every sort of relation: first what the kinds say of each other, then what every record can say.
_SORTS = (
    *((kind.name, field.name) for kind in KINDS for field in kind.fields if field.is_relation),
    *((kind.name, name) for name in ("see_also", "claims.about", "claims.source", MENTION.name) for kind in KINDS),
)
_RANKS = {sort: rank for rank, sort in enumerate(_SORTS)}


def _gather(gathered: dict[str, dict[str, RelatedCard]], label: str, date: str, card: list[Any]) -> None:
    words = parse_date(date).words() if date else ""
    known = _card(card)
    gathered.setdefault(label, {}).setdefault(known.id, RelatedCard(known, words))


def _card(row: list[Any]) -> Card:
    record_id, kind, title, stale = row
    return Card(record_id, kind, title, bool(stale))


def _group(label: str, cards: dict[str, RelatedCard], total: int, limit: int, *, outgoing: bool) -> RelationGroup:
    shown = tuple(cards.values())
    return RelationGroup(label, shown if limit < 0 else shown[:limit], outgoing, total)
