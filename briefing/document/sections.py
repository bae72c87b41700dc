"""The sections of a briefing note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Block, Inline, Paragraph, Text
from briefing.document.markdown import to_blocks
from briefing.document.text import muted, one_line, plain
from briefing.document.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from briefing.document.claims import Claims
    from briefing.document.names import Names
    from briefing.records.record import Record, Section

_ROLES = {"their-objectives": "Their objectives", "our-response": "Our response", "press-line": "Press line"}


def section_heading(section: Section, record: Record, wording: Wording = ENGLISH, role: str = "") -> tuple[Inline, ...]:
    """Return a section's heading, by default what its role is called, with its marking where it has its own."""
    role = role or wording.say(role_words(section.role))
    heading = plain(section.heading) or plain(role) or (Text(wording.say("Section")),)
    if section.marking and section.marking != record.marking:
        return (*heading, muted(f" ({one_line(section.marking)})"))
    return heading


def role_words(role: str) -> str:
    """Return what a section of a role is called that has no heading of its own."""
    return _ROLES.get(role) or role.replace("-", " ").capitalize()


def section_blocks(section: Section, claims: Claims, names: Names) -> tuple[Block, ...]:
    """Return what stands below a section's heading."""
    blocks: list[Block] = []
    if section.line:
        blocks.append(Paragraph(plain(section.line), label=names.wording.say("Line")))
    if section.if_pressed:
        blocks.append(Paragraph(plain(section.if_pressed), label=names.wording.say("If pressed")))
    blocks += to_blocks(section.body, names.title, level=3)
    blocks += claims.blocks(section.claims)
    return tuple(blocks)
