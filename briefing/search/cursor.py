"""What of a query is being typed: the token in which the cursor stands, as the query language reads it."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.search.filters import DATED, MODES, filter_called
from briefing.search.query import LONGEST

_QUOTES = '"“”„«»'
_QUOTE = re.compile(f"[{_QUOTES}]")
_TOKEN = re.compile(rf"[()]|[{_QUOTES}]|[^\s(){_QUOTES}]+")


class Typing(NamedTuple):
    """What is being typed: the value of the filter `field`, or a name where that is empty.

    It stands from `start` to `end` in the query, quotes included; `typed` is as much of it as is before the cursor.
    """

    start: int
    end: int
    field: str
    typed: str


def typing_at(text: str, cursor: int) -> Typing | None:
    """Return what is being typed where the cursor stands; None in a phrase, and past the end of a quoted value.

    Where there is nothing before the cursor, a name can begin.
    """
    if cursor > min(len(text), LONGEST):
        return None
    at = 0
    while (match := _TOKEN.search(text, at)) and match.start() < cursor:
        at = match.end()
        if match[0] in _QUOTES:
            closing = _QUOTE.search(text, at)
            at = closing.end() if closing else len(text)
            if cursor < at or not closing:
                return None
        elif match[0] not in "()":
            name_at, field, value_at = _parted(match[0], match.start())
            quoted = bool(field) and value_at == at and text[at : at + 1] in tuple(_QUOTES)
            if quoted:
                closing = _QUOTE.search(text, at + 1)
                at = closing.end() if closing else len(text)
                if value_at < cursor and (cursor < at or not closing):
                    # An open quote takes in all that follows: what was there before the cursor came is left alone.
                    return Typing(value_at, at if closing else cursor, field, text[value_at + 1 : cursor])
            if cursor <= match.end():
                if field and cursor >= value_at:
                    return Typing(value_at, at, field, text[value_at:cursor])
                return (
                    Typing(name_at, value_at if field else match.end(), "", text[name_at:cursor])
                    if cursor >= name_at
                    else None
                )
    return Typing(cursor, cursor, "", "")


def _parted(chunk: str, start: int) -> tuple[int, str, int]:
    """Return where the name in a chunk begins, the filter that it is, and where that one's value begins.

    The value of `certainly:` is a filter of its own.
    """
    bare = chunk.lstrip("-").lstrip("+")
    name_at = start + len(chunk) - len(bare)
    first, colon, rest = bare.partition(":")
    if not colon or not (field := filter_called(first)):
        return name_at, "", start + len(chunk)
    value_at = name_at + len(first) + 1
    if field in MODES and ":" in rest:
        inner, _, _ = rest.partition(":")
        if filter_called(inner) in DATED:
            return value_at, filter_called(inner), value_at + len(inner) + 1
    return name_at, field, value_at
