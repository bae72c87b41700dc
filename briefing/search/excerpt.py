"""Choose the sentence that shows why a record was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.search.highlight import Span, matches, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.search.highlight import Highlights

LENGTH = 160
"""About how many characters of a sentence are shown."""

_LEAD = 40
# It begins with one character of a few, which is what patterns are quickly looked for by.
_SENTENCE_END = re.compile(r"[.!?…。！？\n](?:(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？])|(?<=\n)\s*\n\s*)")

Excerpt = tuple[str, str, tuple[Span, ...]]
"""What the text is, the sentence (cut, with … where it is), and what to mark in it."""


def best_excerpt(texts: Iterable[tuple[str, str]], highlights: Highlights) -> Excerpt | None:
    """Return the sentence with the most of the query's terms, of several the first; None where there is none."""
    most = 0
    best: tuple[str, str, Span, list[Span]] | None = None
    for name, text in texts:
        found = matches(text, highlights)
        if len({number for _, _, number in found}) <= most:
            continue
        at = 0
        for first, last in _sentences(text):
            begun = at
            while at < len(found) and found[at][0] < last:
                at += 1
            distinct = len({number for _, _, number in found[begun:at]})
            if distinct > most:
                most = distinct
                best = (name, text, (first, last), [(start, end) for start, end, _ in found[begun:at]])
            if at == len(found):
                break
        if most == len(highlights.terms):
            break
    if best is None:
        return None
    name, text, sentence, marks = best
    return (name, *_cut(text, sentence, merged(marks)))


def opening(text: str) -> str:
    """Return a text's first sentence, cut like an excerpt."""
    return _cut(text, next(_sentences(text), (0, 0)), ())[0]


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.end()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def _cut(text: str, sentence: Span, marks: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    first, last = sentence
    first += len(text[first:last]) - len(text[first:last].lstrip())
    last -= len(text[first:last]) - len(text[first:last].rstrip())
    # A mark may reach over the sentence's end (a phrase, a quotation mark); the sentence then goes on as far.
    last = max([last, *(end for _, end in marks)])
    start, end = first, last
    if last - first > LENGTH:
        start = _window(first, last, marks)
        end = min(start + LENGTH, last)
        start, end = _at_words(text, start, end, first, last)
    lead = "…" if start > first else ""
    trail = "…" if end < last else ""
    # One character for one, so that marks stay where they are.
    shown = re.sub(r"\s", " ", text[start:end])
    shift = len(lead) - start
    return lead + shown + trail, tuple(
        (max(a, start) + shift, min(b, end) + shift) for a, b in marks if max(a, start) < min(b, end)
    )


def _window(first: int, last: int, marks: tuple[Span, ...]) -> int:
    # Where to begin so that most marks are seen: at the sentence's start, else a little before one of them.
    starts = [first, *(max(first, min(anchor - _LEAD, last - LENGTH)) for anchor, _ in marks)]
    return max(starts, key=lambda start: sum(1 for a, b in marks if start <= a and b <= start + LENGTH))


def _at_words(text: str, start: int, end: int, first: int, last: int) -> Span:
    # Move both ends inwards to the next space, where one is near.
    if start > first:
        space = re.compile(r"\s+").search(text, start - 1, min(start + _LEAD // 2, end))
        start = space.end() if space else start
    if end < last and not text[end].isspace():
        space_at = max(text.rfind(" ", end - _LEAD // 2, end), text.rfind("\n", end - _LEAD // 2, end))
        end = space_at if space_at > start else end
    return start, len(text[:end].rstrip())
