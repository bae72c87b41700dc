"""What the text renderers say alike: footnotes in words, and inlines without their looks."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from briefing.document.blocks import Break, Inline, Link, NoteMark, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document.blocks import Document, Footnote
    from briefing.document.wording import Wording


def bare(inlines: Iterable[Inline]) -> str:
    """Return the characters of inlines; a footnote's mark is left out, a line break is a line feed."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text):
                parts.append(text)
            case Link(words):
                parts += [each.text for each in words]
            case Break():
                parts.append("\n")
            case NoteMark():
                pass
    return "".join(parts)


def words_in(document: Document) -> str:
    """Return all words of a document, one text a line, in no order that a reader would know."""
    found: list[str] = []
    waiting: list[Any] = [document]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, tuple):
            if each and all(isinstance(part, Text | Link | NoteMark | Break) for part in each):
                found.append(bare(each))
            else:
                waiting += each
        elif is_dataclass(each):
            waiting += (getattr(each, part.name) for part in fields(each))
    return "\n".join(found)


def left_out_words(document: Document) -> str:
    """Return how many parts were left out of a document for its marking, as a reader is told; nothing where none."""
    number = document.left_out
    return document.wording.count("{number} part left out", "{number} parts left out", number) if number else ""


def footnote_words(note: Footnote, wording: Wording) -> str:
    """Return a footnote in words, without its number."""
    if not note.source_id:
        return note.words
    parts = [note.source_title]
    if not note.known:
        parts.append(f" {wording.say('(not in this library)')}")
    if note.date:
        parts.append(f" ({note.date})")
    if note.paragraphs:
        parts.append(f", ¶{note.paragraphs.replace('-', '–')}")
    if note.quote:
        parts.append(wording.say(": “{quote}”", quote=note.quote))
    parts.append(f" – {note.words}")
    return "".join(parts)
