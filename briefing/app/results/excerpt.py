"""The part of a text that a hit shows, and its marks as Qt counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.app.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]

LEAD = 40
"""How many characters may stand before the first mark."""


def excerpt(text: str, marks: Sequence[Span], lead: int = LEAD) -> tuple[str, tuple[Span, ...]]:
    """Return the text from a word shortly before its first mark on, as one line, with the marks that are in it."""
    first = marks[0][0] if marks else 0
    start = 0
    if first > lead:
        space = text.find(" ", first - lead, first)
        start = space + 1 if space >= 0 else first - lead
    before = "… " if start else ""
    shown = one_line(before + text[start:])
    shift = len(before) - start
    inside = [(begin + shift, min(end + shift, len(shown))) for begin, end in marks if begin >= start]
    return shown, tuple((begin, end) for begin, end in inside if begin < end)
