"""What the text renderers say alike: footnotes in words, and inlines without their looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Break, Inline, Link, NoteMark, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document.blocks import Footnote


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


def footnote_words(note: Footnote) -> str:
    """Return a footnote in words, without its number."""
    if not note.source_id:
        return note.words
    parts = [note.source_title]
    if not note.known:
        parts.append(" (not in this library)")
    if note.date:
        parts.append(f" ({note.date})")
    if note.paragraphs:
        parts.append(f", ¶{note.paragraphs.replace('-', '–')}")
    if note.quote:
        parts.append(f": “{note.quote}”")
    parts.append(f" – {note.words}")
    return "".join(parts)
