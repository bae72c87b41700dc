"""Mend a query that found nothing: other beginnings, then one letter more, less, other or swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.search.query import Group, Node, Query, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.search.index import SearchIndex

_SHORTEST = 4
"""Words with fewer letters have too many neighbours."""
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзиклмнопрстуфхцчшщъыьэюя",
)


def as_beginnings(query: Query) -> Query:
    """Return the query with every word taken as a beginning."""
    return _replaced(query, lambda words: Words(words.text, prefix=True))


def respelled(query: Query, index: SearchIndex) -> tuple[Query, dict[str, str]]:
    """Return the query with each word that is nowhere replaced by the nearest one that is, and what was replaced."""
    changes: dict[str, str] = {}

    def mended(words: Words) -> Words:
        tokens = words.term.tokens
        if len(tokens) > 1 or _known(index, tokens[0], words.prefix):
            return words
        near = nearest(index, tokens[0])
        beginning = near if near else nearest_beginning(index, tokens[0])
        if not beginning:
            return words
        changes[words.text] = beginning
        return Words(beginning, prefix=not near)

    return _replaced(query, mended), changes


def nearest(index: SearchIndex, word: str) -> str:
    """Return the most frequent word at one letter's distance; nothing where there is none."""
    if len(word) < _SHORTEST:
        return ""
    best, most = "", 0
    for candidate in _neighbours(word):
        frequency = index.frequency("all", candidate)
        if frequency > most:
            best, most = candidate, frequency
    return best


def nearest_beginning(index: SearchIndex, word: str) -> str:
    """Return a beginning of words at one letter's distance; nothing where there is none.

    The last letter is left alone: without it, or with another, nearly everything is the beginning of something.
    """
    if len(word) <= _SHORTEST:
        return ""
    body, last = word[:-1], word[-1]
    return next((near for each in _neighbours(body) if index.words("all", near := each + last, 1)), "")


def _known(index: SearchIndex, word: str, prefix: bool) -> bool:
    return bool(index.words("all", word, 1)) if prefix else index.frequency("all", word) > 0


def _neighbours(word: str) -> Iterator[str]:
    alphabet = next((letters for letters in _ALPHABETS if any(letter in letters for letter in word)), "")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            for letter in alphabet:
                yield before + letter + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after


def _replaced(query: Query, change: Callable[[Words], Words]) -> Query:
    def walk(node: Node) -> Node:
        match node:
            case Words():
                return change(node)
            case Group(parts, either):
                return Group(tuple(map(walk, parts)), either)
            case _:
                return node

    return Query(walk(query.root) if query.root else None, query.notes)
