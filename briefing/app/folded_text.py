"""Finds words in a text as a reader means them: whatever their case and accents, and inside longer words too."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What a keyboard has, for what a page has.
_TYPED = {
    **dict.fromkeys(map(ord, "‘’‚"), "'"),
    **dict.fromkeys(map(ord, "“”„«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—"), "-"),
    # What PDFium has for a hyphen that only the end of a line put into a word.
    0xFFFE: "",
}


class FoldedText:
    """A text made ready for being searched again and again, as each letter of what is looked for is typed.

    Letters are compared folded as in the search, quotation marks and dashes whatever their shape, and any run of
    spaces is one space.
    """

    def __init__(self, text: str) -> None:
        self._starts: Sequence[int]
        self._ends: Sequence[int]
        if text.isascii() and "  " not in text and text.isprintable():
            self._text = text.lower()
            self._starts, self._ends = range(len(text)), range(1, len(text) + 1)
        else:
            self._text, self._starts, self._ends = _folded(text)

    def find(self, words: str) -> list[tuple[int, int]]:
        """Return where the words stand, as spans of the text that was given; they do not overlap."""
        wanted = _folded(words)[0].strip()
        found: list[tuple[int, int]] = []
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            after = at + len(wanted)
            start, end = self._starts[at], self._ends[after - 1]
            # Two matches may meet inside one character (the ß of "Straße" is "ss"): it is one place on the page.
            if not found or start >= found[-1][1]:
                found.append((start, end))
            at = self._text.find(wanted, after)
        return found


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """Return the text folded, and for each of its characters where the one that it comes from begins and ends."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster, start, end in _clusters(text):
        folded = _folded_cluster(cluster)
        if folded == " " and pieces and pieces[-1] == " ":
            ends[-1] = end
            continue
        pieces += folded
        starts += [start] * len(folded)
        ends += [end] * len(folded)
    return "".join(pieces), starts, ends


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character with the marks that belong to it, and where it stands."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not unicodedata.combining(text[position]):
            yield text[start:position], start, position
            start = position


@lru_cache(maxsize=8192)
def _folded_cluster(cluster: str) -> str:
    # A no-break space, or a line break that the author asked for, parts words like any other space.
    return " " if cluster.isspace() else fold(cluster.translate(_TYPED))
