"""Marks the words of a query, the same ones in every part of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextLayout

from briefing.app.offsets import qt_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing.app.theme import Theme


def marker(query: str) -> Callable[[str], Iterable[tuple[int, int]]] | None:
    """Return what finds a query's words in a text; None where the query has none."""
    if not query.strip():
        return None
    # Imported here: nothing is searched for when the window opens.
    from briefing.search.highlight import mark
    from briefing.search.query import parse

    highlights = parse(query).highlights
    return lambda text: mark(text, highlights)


def match_format(theme: Theme) -> QTextCharFormat:
    """Return how a match is drawn."""
    drawn = QTextCharFormat()
    drawn.setBackground(theme.colour("match"))
    drawn.setForeground(theme.colour("ink"))
    return drawn


def match_ranges(text: str, spans: Iterable[tuple[int, int]], theme: Theme) -> list[QTextLayout.FormatRange]:
    """Return what draws matches in the layout of a text; the spans are of characters."""
    ranges = []
    for start, end in qt_spans(text, spans):
        each = QTextLayout.FormatRange()
        each.start, each.length, each.format = start, end - start, match_format(theme)
        ranges.append(each)
    return ranges
