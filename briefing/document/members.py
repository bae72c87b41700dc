"""Who takes part in a dialogue, and what its members already share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from briefing.document.blocks import Block, Heading, Inline, Table, Text
from briefing.records.kinds import Field, kind_named

if TYPE_CHECKING:
    from briefing.document.names import Names
    from briefing.document.shelf import Shelf
    from briefing.records.record import Record

_NOTHING: tuple[Inline, ...] = (Text("—"),)
_MOST_MEMBERS = 40  # above it, what each shares with the others is no longer read, and costs a look-up each


def members(record: Record, library: Shelf, names: Names) -> tuple[tuple[Block, ...], frozenset[str]]:
    """Return the table of a dialogue's members, and the names of the fields that it shows.

    Nothing for other kinds, and for a dialogue without members or with a crowd of them.
    """
    ids = record.texts("members")
    if record.kind != "dialogue" or not 1 <= len(ids) <= _MOST_MEMBERS:
        return (), frozenset()
    names.prepare(ids)
    leaders = {each: _leaders(each, record, names) for each in ids}
    shared = _shared_dialogues(record, library)
    countries = all((other := names.record(each)) is None or other.kind == "country" for each in ids)
    say = names.wording.say
    head = [say("Country") if countries else say("Member")]
    columns: list[list[tuple[Inline, ...]]] = [[(names.link(each),) for each in ids]]
    if any(leaders.values()):
        head.append(say("Led by"))
        columns.append([names.links(leaders[each]) or _NOTHING for each in ids])
    if any(shared.values()):
        head.append(say("Already linked through"))
        columns.append([names.links(shared[each]) or _NOTHING for each in ids])
    table = Table(
        head=tuple((Text(each),) for each in head),
        rows=tuple(zip(*columns, strict=True)),
        align=tuple("left" for _ in head),
    )
    shown = {"members"}
    if set(record.texts("led_by")) == {leader for some in leaders.values() for leader in some}:
        shown.add("led_by")
    return (Heading(2, (Text(say("Members")),)), table), frozenset(shown)


def _leaders(member: str, record: Record, names: Names) -> list[str]:
    """Return those who lead the dialogue for a member: the member itself, or those who serve it."""
    found = []
    for each in record.texts("led_by"):
        leader = names.record(each)
        if each == member or (leader is not None and leader.text("country") == member):
            found.append(each)
    return found


def _shared_dialogues(record: Record, library: Shelf) -> dict[str, list[str]]:
    """Return for each member the other dialogues in which it meets another member."""
    of_member: dict[str, list[str]] = {}
    for member in record.texts("members"):
        groups = library.relations(member)
        of_member[member] = [
            related.card.id
            for group in groups
            if not group.outgoing and group.label == _MEMBERS.inverse
            for related in group.cards
            if related.card.kind == "dialogue" and related.card.id != record.id
        ]
    met = Counter(dialogue for dialogues in of_member.values() for dialogue in dialogues)
    return {member: [each for each in dialogues if met[each] > 1] for member, dialogues in of_member.items()}


def _members_field() -> Field:
    field = kind_named("dialogue").field("members")
    assert field is not None
    return field


_MEMBERS = _members_field()
