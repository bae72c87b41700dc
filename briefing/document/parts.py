"""The parts that print templates are made of, for one record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document.blocks import (
    Block,
    BottomLine,
    ClaimBlock,
    Facts,
    Footnote,
    Inline,
    ListBlock,
    Paragraph,
    Part,
    Quotation,
    Table,
    Text,
)
from briefing.document.claims import Claims
from briefing.document.facts import date_words, facts
from briefing.document.markdown import starts_with_heading, to_blocks
from briefing.document.sections import section_blocks, section_heading
from briefing.document.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from briefing.document.names import Names
    from briefing.document.shelf import Shelf
    from briefing.records.record import Record, Section

LEAVES_FIRST = 9
"""The priority of what a page can spare: the list of sources, for the footnotes name them, and fields of a record."""

_USUAL = 5  # the priority of a section that states none


class Parts:
    """Makes the parts of one record, in the order of the page: its footnotes are numbered as the claims are made."""

    def __init__(self, record: Record, library: Shelf, names: Names, first_note: int) -> None:
        self._record = record
        self._names = names
        self._claims = Claims(record, library.evidence(record.id), names, first_note)
        self._parts: list[Part] = []

    def made(self) -> tuple[tuple[Block, ...], tuple[Footnote, ...]]:
        """Return the parts, without those that have nothing to say, and the footnotes that go with them."""
        return tuple(part for part in self._parts if part.heading or part.blocks), self._claims.footnotes

    def add(self, role: str, heading: str, blocks: Iterable[Block], priority: int = 0) -> None:
        """Add a part; without blocks there is none."""
        if blocks := tuple(blocks):
            self._parts.append(Part(role, plain(heading), blocks, priority))

    def add_bottom_line(self) -> None:
        """Add the summary."""
        self.add("bottom-line", "", (BottomLine(plain(self._record.summary)),) if self._record.summary else ())

    def add_action(self) -> None:
        """Add what is wanted of the reader, and by when."""
        wording = self._names.wording
        said: list[Inline] = list(plain(self._record.text("action")))
        if date := self._record.date("critical_date"):
            said += (
                Text(" " * bool(said)),
                Text(wording.say("By {date}.", date=date_words(date, wording, article=True)), "strong"),
            )
        self.add("action", wording.say("What is wanted"), (Paragraph(tuple(said)),) if said else ())

    def add_fields(self, names: Iterable[str], role: str, priority: int = 0) -> None:
        """Add some of the record's own fields, under their labels."""
        pairs = []
        for name in names:
            field = self._record.kind_info.field(name)
            date = self._record.date(name)
            words = date_words(date, self._names.wording) if date else ", ".join(self._record.texts(name))
            if field is not None and words:
                pairs.append((self._names.wording.say(field.label), plain(words)))
        self.add(role, "", (Facts(tuple(pairs)),) if pairs else (), priority)

    def add_facts(self, leave_out: frozenset[str] = frozenset(), priority: int = 0) -> None:
        """Add the table of the record's own fields."""
        own = facts(self._record, self._names, leave_out=leave_out)
        self.add("facts", "", (own,) if own else (), priority)

    def add_claims(self, heading: str, role: str = "claims", priority: int = _USUAL) -> None:
        """Add the record's own claims, those of its sections not among them."""
        self.add(role, heading, self._claims.blocks(self._record.claims), priority)

    def add_introduction(self) -> None:
        """Add the record's text where it stands before sections."""
        if self._record.sections:
            self.add("introduction", "", to_blocks(self._record.body, self._names.title, level=2), 2)

    def add_body(self, heading: str, priority: int = _USUAL) -> None:
        """Add the record's text, below a heading unless it begins with one of its own."""
        body = self._record.body
        if starts_with_heading(body):
            self.add("background", "", to_blocks(body, self._names.title, level=2), priority)
        else:
            self.add("background", heading, to_blocks(body, self._names.title, level=3), priority)

    def add_sections(self, roles: Collection[str], called: str = "") -> None:
        """Add the sections of those roles in their order; `called` is what one without a heading is called."""
        for section in self._record.sections:
            if section.role in roles:
                self._add_section(section, called)

    def add_questions(self) -> None:
        """Add the sections that are questions, numbered."""
        questions = [section for section in self._record.sections if section.role == "question"]
        for number, section in enumerate(questions, 1):
            self._add_section(section, "", number=f"{number}. ")

    def add_other_sections(self, roles: Collection[str]) -> None:
        """Add the sections of all other roles than those, and those that have none."""
        for section in self._record.sections:
            if section.role not in roles:
                self._add_section(section, "")

    def add_sources(self) -> None:
        """Add the list of the sources that the claims made so far cite."""
        self.add("sources", self._names.wording.say("Sources"), self._claims.sources()[1:], LEAVES_FIRST)

    def mark_portions(self) -> None:
        """Mark every paragraph made so far with how far it may be shared, be it as far as the record or not."""
        marking = one_line(self._record.marking)
        self._parts = [
            part if part.role in ("head", "sources") else replace(part, blocks=_portioned(part.blocks, marking))
            for part in self._parts
        ]

    def _add_section(self, section: Section, called: str, number: str = "") -> None:
        heading = (
            *((Text(number),) if number else ()),
            *section_heading(section, self._record, self._names.wording, called),
        )
        blocks = section_blocks(section, self._claims, self._names)
        if section.marking and section.marking != self._record.marking:
            blocks = _portioned(blocks, one_line(section.marking))
        self._parts.append(Part(section.role or "section", heading, blocks, section.priority))


def _portioned(blocks: Iterable[Block], marking: str) -> tuple[Block, ...]:
    """Return blocks in which every paragraph has a portion mark: its own, else that marking."""
    return tuple(_marked(block, marking) for block in blocks) if marking else tuple(blocks)


def _marked(block: Block, marking: str) -> Block:
    match block:
        case ListBlock(items):
            return replace(block, items=tuple(_portioned(item, marking) for item in items))
        case Quotation(blocks):
            return Quotation(_portioned(blocks, marking))
        case Table(caption=caption):
            return replace(block, caption=f"({marking}) {caption}".strip())
        case Paragraph() | BottomLine() | ClaimBlock():
            return replace(block, marking=block.marking or marking)
        case _:
            return block
