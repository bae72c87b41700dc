"""Positions in a text as Qt counts them: in UTF-16 units, where Python counts characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LAST_ONE_UNIT = "\uffff"


def qt_spans(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of characters as spans of UTF-16 units. The spans are sorted and do not overlap."""
    if max(text, default="") <= _LAST_ONE_UNIT:
        return list(spans)
    found = []
    position = units = 0
    for start, end in spans:
        units += qt_length(text[position:start])
        first = units
        units += qt_length(text[start:end])
        position = end
        found.append((first, units))
    return found


def qt_length(text: str) -> int:
    """Return how many UTF-16 units a text has."""
    return len(text) + sum(character > _LAST_ONE_UNIT for character in text)
