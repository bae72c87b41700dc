"""What countries and dialogues have going on with each other: dialogues, meetings, commitments, technology areas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from briefing.document.blocks import Block, Inline, Paragraph, Table, Text
from briefing.document.facts import choice_words, date_words
from briefing.document.text import muted, plain
from briefing.records.kinds import kind_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefing.document.names import Names
    from briefing.document.shelf import Shelf
    from briefing.records.record import Record

_MOST_ROWS = 60
_MOST_LOOKED_AT = 400  # of one relation; a library may know 100,000 meetings of a country
_NOTHING: tuple[Inline, ...] = (Text("—"),)

Column = tuple[str, "Callable[[Record], tuple[Inline, ...]]"]


class Dealings:
    """What some countries and dialogues have going on, by the relations that the library knows."""

    def __init__(self, ids: Sequence[str], library: Shelf, names: Names) -> None:
        self._names = names
        self._ids = ids
        self._groups = [group for each in ids for group in library.relations(each) if not group.outgoing]

    def dialogues(self) -> tuple[Block, ...]:
        """Return a table of the dialogues that they take part in."""
        say = self._names.wording.say
        columns: list[Column] = [
            (say("Dialogue"), self._link),
            (say("With"), self._others),
            (say("Level"), lambda record: self._choice(record, "level")),
            (say("Status"), lambda record: self._choice(record, "status")),
            (say("Last met"), lambda record: self._date(record, "last_met")),
            (say("Next due"), lambda record: self._date(record, "next_due")),
        ]
        return self._table(self._sorted_dialogues(), columns)

    def technologies(self) -> tuple[Block, ...]:
        """Return a table of the technology areas that they take up, and where: in which dialogues, else by what."""
        where: dict[str, list[str]] = {}
        for dialogue in self._sorted_dialogues():
            for each in dialogue.texts("technologies"):
                where.setdefault(each, []).append(dialogue.id)
        in_dialogues = set(where)
        for record in (*self._meetings(), *self._commitments()):
            for each in record.texts("technologies"):
                if each not in in_dialogues:
                    where.setdefault(each, []).append(record.id)
        names = self._names
        names.prepare((*where, *(each for found in where.values() for each in found)))
        rows = [((names.link(each),), names.links(dict.fromkeys(found))) for each, found in where.items()]
        return self._drawn((names.wording.say("Technology area"), names.wording.say("Taken up in")), rows)

    def meetings(self) -> tuple[Block, ...]:
        """Return a table of their meetings, the latest first."""
        say = self._names.wording.say
        dated = sorted(self._meetings(), key=_when, reverse=True)
        columns: list[Column] = [
            (say("Date"), lambda record: self._date(record, "date")),
            (say("Meeting"), self._link),
            (say("Place"), lambda record: plain(record.text("place"))),
        ]
        return self._table(dated, columns)

    def last_contact(self, day: date | None) -> tuple[Block, ...]:
        """Return the last meeting that was over by that day, or when a dialogue last met if that was later."""
        if day is None:
            return ()
        of_dialogues = [record for each in self._ids if (record := self._names.record(each))]
        dated = [
            (record.date(name), record)
            for name, found in (("last_met", of_dialogues), ("date", self._meetings()))
            for record in found
        ]
        over = [
            (met.upper, met.lower or date.min, met, record)
            for met, record in dated
            if met and met.upper and met.upper <= day
        ]
        if not over:
            return ()
        # Of two of the same days the meeting says more than the dialogue that met.
        *_, met, record = max(over, key=lambda each: (*each[:2], each[3].kind == "event"))
        parts = [date_words(met, self._names.wording), *([record.text("place")] if record.text("place") else [])]
        said: tuple[Inline, ...] = (self._names.link(record.id, style="strong"), *plain(f", {', '.join(parts)}."))
        summary = plain(record.summary) if record.kind == "event" else ()
        return (Paragraph(said), *((Paragraph(summary),) if summary else ()))

    def open_commitments(self) -> tuple[Block, ...]:
        """Return a table of the commitments that are open: who, what, and when it is due."""
        say = self._names.wording.say
        columns: list[Column] = [
            (say("Who"), lambda record: self._names.links(record.texts("made_by"))),
            (say("What"), self._link),
            (say("Due"), lambda record: self._date(record, "due")),
        ]
        still_open = [record for record in self._commitments() if record.text("status") == "open"]
        return self._table(sorted(still_open, key=lambda record: (_due(record), record.title, record.id)), columns)

    def _sorted_dialogues(self) -> list[Record]:
        return sorted(self._related("dialogue", "members"), key=lambda record: (record.title, record.id))

    def _meetings(self) -> list[Record]:
        return self._related("event", "countries", "dialogue")

    def _commitments(self) -> list[Record]:
        return self._related("commitment", "made_by", "dialogue")

    def _related(self, kind: str, *fields: str) -> list[Record]:
        """Return the records of a kind that name one of the countries and dialogues in one of those fields."""
        labels = {field.inverse for field in kind_named(kind).fields if field.name in fields}
        found: dict[str, None] = {}
        for group in self._groups:
            if group.label in labels:
                # The earliest dates come first.
                found.update((each.card.id, None) for each in group.cards[-_MOST_LOOKED_AT:] if each.card.kind == kind)
        return [record for each in found if (record := self._names.record(each))]

    def _link(self, record: Record) -> tuple[Inline, ...]:
        return (self._names.link(record.id),)

    def _others(self, dialogue: Record) -> tuple[Inline, ...]:
        return self._names.links(each for each in dialogue.texts("members") if each not in self._ids)

    def _choice(self, record: Record, name: str) -> tuple[Inline, ...]:
        return plain(choice_words(record.text(name), self._names.wording))

    def _date(self, record: Record, name: str) -> tuple[Inline, ...]:
        value = record.date(name)
        return (Text(date_words(value, self._names.wording)),) if value else ()

    def _table(self, records: Sequence[Record], columns: Sequence[Column]) -> tuple[Block, ...]:
        """Return a table of records, without the columns in which none has anything."""
        shown = [tuple(cell(record) for _, cell in columns) for record in records[:_MOST_ROWS]]
        kept = [index for index in range(len(columns)) if any(row[index] for row in shown)]
        rows = [tuple(row[index] for index in kept) for row in shown]
        return self._drawn([columns[index][0] for index in kept], rows, len(records) - len(shown))

    def _drawn(
        self, head: Iterable[str], rows: Sequence[tuple[tuple[Inline, ...], ...]], more: int = 0
    ) -> tuple[Block, ...]:
        if not rows:
            return ()
        labels = tuple((Text(each),) for each in head)
        filled = tuple(tuple(cell or _NOTHING for cell in row) for row in rows)
        table = Table(labels, filled, tuple("left" for _ in labels))
        if not more:
            return (table,)
        words = self._names.wording.count("And {number} more.", "And {number} more.", more)
        return (table, Paragraph((muted(words),)))


def _when(record: Record) -> tuple[date, date, str]:
    when = record.date("date")
    return (when.upper or date.min, when.lower or date.min, record.id) if when else (date.min, date.min, record.id)


def _due(record: Record) -> date:
    due = record.date("due")
    return (due.upper or date.max) if due else date.max
