"""What the context column says about a record, as plain rows. Imports no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from briefing.app.context.row import Row
from briefing.app.session import Address
from briefing.app.wording import count, one_line
from briefing.records.kinds import relation_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.library.answers import Card, RelationGroup
    from briefing.library.library import Library
    from briefing.records.record import Record

SHOWN_AT_FIRST = 30
"""Rows of a group; a country may have thousands, and the timeline stands below them."""
# A row that stands for two or three others would only take their place.
_ASKED_FOR = SHOWN_AT_FIRST + 4


class _Group(NamedTuple):
    label: str
    rows: list[Row]
    total: int = 0
    """How many there are, where `rows` are only the first."""


def rows_of(address: Address | None, library: Library | None, opened: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return the rows for what is shown; groups whose heading is in `opened` are not cut short."""
    if address is None or library is None:
        return ()
    whole = frozenset(opened)
    if address.kind == "file":
        groups = (
            _Group(label, [_card_row(label, card) for card in library.cards_in(address.key) if card.stale == stale])
            for label, stale in (("Last good version", True), ("In this file", False))
        )
        return tuple(_cut([group for group in groups if group.rows], whole))
    record = library.record(address.key)
    if record is None:
        return ()
    rows = tuple(_cut(_groups(record, library, -1 if whole else _ASKED_FOR), whole))
    return rows or (Row("empty", "Nothing is related to this record.", ""),)


def _groups(record: Record, library: Library, limit: int) -> Iterator[_Group]:
    related = library.relations(record.id, limit)
    citing = relation_field(record.kind, "claims.source")
    if record.kind == "source":
        yield _citations(record, library, limit)
    # What the record says of itself comes first, then what its claims and its text touch upon.
    fields = {field.label for field in record.kind_info.fields if field.is_relation}
    own = [group for group in related if group.outgoing and group.label in fields]
    for group in own:
        yield _relations(group)
    yield _timeline(record, library)
    for group in related:
        if group.outgoing and group.label == citing.label:
            yield _sources(group, record)
        # Who cites a source is said above, claim by claim.
        elif group not in own and (group.outgoing or record.kind != "source" or group.label != citing.inverse):
            yield _relations(group)


def _citations(record: Record, library: Library, limit: int) -> _Group:
    label = "Cited by"
    rows = []
    for citation in library.citations(record.id, limit):
        place = f"¶{citation.paragraphs} · " if citation.paragraphs else ""
        rows.append(
            Row(
                "citation",
                one_line(citation.claim_text),
                label,
                f"{place}{one_line(citation.card.title)} · {citation.state.words}",
                citation.card.kind,
                Address("record", citation.card.id, f"claim-{citation.claim_id}"),
                citation.card.stale,
            )
        )
    return _Group(label, rows)


def _timeline(record: Record, library: Library) -> _Group:
    label = "Timeline"
    rows = []
    for item in library.timeline(record.id):
        own = item.card.id == record.id
        rows.append(
            Row(
                "moment",
                item.label if own else one_line(item.card.title),
                label,
                _when(item.date.words(), "" if own else item.label),
                item.card.kind,
                Address("record", item.card.id),
                item.card.stale,
            )
        )
    return _Group(label, rows)


def _when(date: str, label: str) -> str:
    # That an event has a date goes without saying.
    return date if not label or label == "Date" else f"{label.lower()}, {date}"


def _relations(group: RelationGroup) -> _Group:
    rows = [_card_row(group.label, related.card, related.date) for related in group.cards]
    return _Group(group.label, rows, group.total)


def _sources(group: RelationGroup, record: Record) -> _Group:
    label = "Cites"
    rows = []
    for related in group.cards:
        claims = [claim for claim in record.all_claims() if claim.source == related.card.id]
        cited = sorted({number for claim in claims if claim.at for number in range(claim.at[0], claim.at[1] + 1)})
        number = count(len(claims), "claim")
        rows.append(_card_row(label, related.card, f"¶{_ranges(cited)} · {number}" if cited else number))
    return _Group(label, rows, group.total)


def _ranges(numbers: list[int]) -> str:
    """Return sorted numbers as a reader writes them: `1–3, 5`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _card_row(group: str, card: Card, detail: str = "") -> Row:
    return Row("record", one_line(card.title), group, detail, card.kind, Address("record", card.id), card.stale)


def _cut(groups: Iterable[_Group], opened: frozenset[str]) -> Iterator[Row]:
    """Yield each group under its heading, and one row that brings what is left out of it."""
    for label, rows, total in groups:
        if not rows:
            continue
        yield Row("heading", label, label)
        whole = label in opened or len(rows) < _ASKED_FOR
        shown = rows if whole else rows[:SHOWN_AT_FIRST]
        for number, row in enumerate(shown, 1):
            yield replace(row, first=number == 1, last=number == len(rows)) if row.type == "moment" else row
        if not whole:
            known = max(total, len(rows))
            yield Row("more", f"Show all {known:,}" if known > _ASKED_FOR else "Show all", label)
