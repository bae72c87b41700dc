"""What goes into which part of each print template but `record`, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.dealings import Dealings
from briefing.document.members import members
from briefing.document.parts import LEAVES_FIRST, Parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from briefing.document.blocks import Block, Footnote
    from briefing.document.names import Names
    from briefing.document.shelf import Shelf
    from briefing.records.record import Record

    Made = tuple[tuple[Block, ...], tuple[Footnote, ...]]

_FOR_BRIEF = ("for", "from", "through", "date", "contact")
_DEALT_WITH = ("country", "dialogue")


def one_page_brief(record: Record, library: Shelf, names: Names, *, first_note: int) -> Made:
    """Make bottom line, what is wanted, key messages, background, sources."""
    say = names.wording.say
    parts = Parts(record, library, names, first_note)
    parts.add_bottom_line()
    parts.add_action()
    parts.add_introduction()
    parts.add_sections(("key-messages",))
    parts.add_claims(say("Claims") if record.sections else say("Key messages"), "key-messages", priority=2)
    parts.add_other_sections(("key-messages", "background"))
    parts.add_sections(("background",))
    table, in_table = members(record, library, names)
    parts.add("members", say("Members"), table[1:], 4)
    if not record.sections:
        parts.add_body(say("Background"))
    if record.kind == "note":
        parts.add_fields(_FOR_BRIEF, "particulars", LEAVES_FIRST)
    else:
        parts.add_facts(in_table, LEAVES_FIRST)
    parts.add_sources()
    return parts.made()


def information_memo(record: Record, library: Shelf, names: Names, *, first_note: int) -> Made:
    """Make the head, bottom line, what is wanted, recommendation, background; every paragraph is marked."""
    say = names.wording.say
    parts = Parts(record, library, names, first_note)
    parts.add_fields(_FOR_BRIEF, "head")
    parts.add_bottom_line()
    parts.add_action()
    parts.add_introduction()
    parts.add_sections(("recommendation",))
    parts.add_claims(say("Claims"))
    _add_rest(parts, record, names, ("recommendation", "background"))
    parts.add_sources()
    parts.mark_portions()
    return parts.made()


def visit_brief(record: Record, library: Shelf, names: Names, *, first_note: int) -> Made:
    """Make our objectives, points, their objectives, our response, last contact, open commitments, background."""
    say = names.wording.say
    parts = Parts(record, library, names, first_note)
    parts.add_fields(_FOR_BRIEF, "particulars")
    parts.add_bottom_line()
    parts.add_action()
    parts.add_introduction()
    parts.add_sections(("objectives",), say("Our objectives"))
    parts.add_sections(("points",), say("Points to make"))
    parts.add_sections(("their-objectives",))
    parts.add_sections(("our-response",))
    about = _dealt_with(record, names)
    dealings = Dealings(about, library, names)
    parts.add("last-contact", say("Last contact"), dealings.last_contact(_day(record)))
    parts.add("commitments", say("Open commitments"), dealings.open_commitments())
    parts.add_claims(say("Claims"))
    _add_rest(parts, record, names, ("objectives", "points", "their-objectives", "our-response", "background"))
    parts.add_sources()
    return parts.made()


def question_and_answer(record: Record, library: Shelf, names: Names, *, first_note: int) -> Made:
    """Make questions, each with the line, what to say if pressed, and the source."""
    say = names.wording.say
    parts = Parts(record, library, names, first_note)
    parts.add_bottom_line()
    parts.add_action()
    parts.add_introduction()
    parts.add_questions()
    parts.add_claims(say("Claims"))
    _add_rest(parts, record, names, ("question", "background"))
    parts.add_fields(_FOR_BRIEF, "particulars")
    parts.add_sources()
    return parts.made()


def country_page(record: Record, library: Shelf, names: Names, *, first_note: int) -> Made:
    """Make the country, its dialogues, technology areas, meetings, open commitments; what is reported of it."""
    say = names.wording.say
    parts = Parts(record, library, names, first_note)
    dealings = Dealings((record.id,), library, names)
    parts.add_bottom_line()
    parts.add_facts(priority=7)
    parts.add("dialogues", say("Dialogues"), dealings.dialogues(), 1)
    parts.add("technologies", say("Technology areas"), dealings.technologies(), 3)
    parts.add("meetings", say("Meetings"), dealings.meetings(), 4)
    parts.add("commitments", say("Open commitments"), dealings.open_commitments(), 2)
    parts.add_claims(say("What is reported"))
    parts.add_body(say("Background"), priority=6)
    parts.add_sources()
    return parts.made()


def has_questions(record: Record) -> bool:
    """Whether a note has questions to answer."""
    return any(section.role == "question" for section in record.sections)


def _add_rest(parts: Parts, record: Record, names: Names, placed: Sequence[str]) -> None:
    """Add the sections that have no place of their own, then the background."""
    parts.add_other_sections(placed)
    parts.add_sections(("background",))
    if not record.sections:
        parts.add_body(names.wording.say("Background"))


def _dealt_with(record: Record, names: Names) -> list[str]:
    """Return the countries and dialogues that a note is about."""
    return [each for each in record.texts("about") if (about := names.record(each)) and about.kind in _DEALT_WITH]


def _day(record: Record) -> date | None:
    """Return the day that a note looks back from: its own, never that of the print."""
    for day in (record.date("date"), record.as_of):
        if day is not None and day.upper is not None:
            return day.upper
    return None
