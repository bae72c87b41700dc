"""Find the words of a query in a text: what is marked in titles, sentences and opened records."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from briefing.search.text import LETTERS, Piece, is_unspaced, spans

Span = tuple[int, int]


class Term(NamedTuple):
    """Words that follow each other; with `prefix`, the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


class Highlights(NamedTuple):
    """What is to be marked. Nothing in it marks nothing."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


def mark(text: str, highlights: Highlights) -> tuple[Span, ...]:
    """Return what is to be marked in a text as (start, end), in order; spans neither overlap nor touch."""
    return merged([(start, end) for start, end, _ in matches(text, highlights)])


def merged(found: list[Span]) -> tuple[Span, ...]:
    """Return sorted spans with those that overlap or touch made one."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def matches(text: str, highlights: Highlights) -> list[tuple[int, int, int]]:
    """Return (start, end, number of the term) for every place where a term stands, in order of their starts."""
    if not highlights or not text:
        return []
    simple = (text if text.isascii() else text.translate(_TYPOGRAPHY)).lower()
    if simple.isascii() and not _SPECIAL.search(simple):
        return _in_simple_text(simple, highlights)
    return _in_any_text(text, highlights)


# Most texts are plain English. There a pattern finds the same as cutting every word would, several times faster.
_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, "\u2018\u2019"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d«»"), '"'),
    **dict.fromkeys(map(ord, "\u2013\u2014"), "-"),
    **dict.fromkeys(map(ord, "\u2026\u00a0·"), " "),
}
# An apostrophe inside a word that is no possessive, and initials with dots.
_SPECIAL = re.compile(r"[a-z0-9]'(?!s(?![a-z0-9']))[a-z0-9]|[a-z]\.[a-z](?![a-z0-9])")


def _in_simple_text(text: str, highlights: Highlights) -> list[tuple[int, int, int]]:
    return sorted(
        (*match.span(), number)
        for number, pattern in enumerate(_patterns(highlights))
        if pattern is not None
        for match in pattern.finditer(text)
    )


@lru_cache(maxsize=32)
def _patterns(highlights: Highlights) -> tuple[re.Pattern[str] | None, ...]:
    # None where a term has letters that no simple text has.
    return tuple(
        re.compile(
            "(?<![a-z0-9])(?<![a-z0-9]')"
            + "(?:'s(?![a-z0-9]))?[^a-z0-9]+".join(term.tokens)
            + ("[a-z0-9]*" if term.prefix else "(?![a-z0-9])")
        )
        if all(map(str.isascii, term.tokens))
        else None
        for term in highlights.terms
    )


def may_hold(text: str, term: Term) -> bool:
    """Whether a term can stand in a text at all. It is a quick look, at texts of many of which most do not hold it."""
    if not all(map(str.isascii, term.tokens)):
        return True
    simple = text.lower() if text.isascii() else _without_marks(text)
    if _loosely(term).search(simple):
        return True
    return bool(("'" in simple or _DOT_INSIDE.search(simple)) and _SPECIAL.search(simple))


_DOT_INSIDE = re.compile(r"\.[a-z](?![a-z0-9])")
_PLAIN = [(chr(code), plain) for code, plain in ({**LETTERS, ord("ß"): "ss", ord("’"): "'", ord("‘"): "'"}).items()]
_MARKS = re.compile("[\u0300-\u036f]+")


def _without_marks(text: str) -> str:
    from unicodedata import normalize  # imported here: few searches come here

    bare = _MARKS.sub("", normalize("NFKD", text.lower()))
    for letter, plain in _PLAIN:
        # Looking for a letter takes a twentieth of the time of looking each letter up.
        if letter in bare:
            bare = bare.replace(letter, plain)
    return bare.encode("ascii", "replace").decode()


@lru_cache(maxsize=32)
def _loosely(term: Term) -> re.Pattern[str]:
    # It begins with letters, which is what patterns are quickly looked for by.
    return re.compile("(?:'s)?[^a-z0-9]+".join(map(re.escape, term.tokens)))


def _in_any_text(text: str, highlights: Highlights) -> list[tuple[int, int, int]]:
    words, beginnings, phrases = _lookup(highlights)
    pieces = list(spans(text))
    found: list[tuple[int, int, int]] = []
    prefixes = tuple(beginnings)
    for at, (token, start, end) in enumerate(pieces):
        if (number := words.get(token)) is not None:
            found.append((start, end, number))
        if token.startswith(prefixes):
            # A single character stands for itself in a script of pairs, a beginning for the whole word elsewhere.
            single = is_unspaced(token) and end - start == len(token)
            stop = start + 1 if single else end
            found += [(start, stop, number) for prefix, number in beginnings.items() if token.startswith(prefix)]
        elif len(token) == 2 and token[1] in beginnings and is_unspaced(token):
            # With marks of their own on the two, one cannot be told from the other.
            found.append((end - 1 if end - start == 2 else start, end, beginnings[token[1]]))
        for number, term in phrases.get(token, ()):
            if _stands_at(pieces, at, term):
                found.append((start, pieces[at + len(term.tokens) - 1][2], number))
    return found


def _stands_at(pieces: list[Piece], at: int, term: Term) -> bool:
    following = [piece[0] for piece in pieces[at : at + len(term.tokens)]]
    if len(following) < len(term.tokens) or tuple(following[:-1]) != term.tokens[:-1]:
        return False
    return following[-1].startswith(term.tokens[-1]) if term.prefix else following[-1] == term.tokens[-1]


_Lookup = tuple[dict[str, int], dict[str, int], dict[str, list[tuple[int, Term]]]]


@lru_cache(maxsize=32)
def _lookup(highlights: Highlights) -> _Lookup:
    words: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    phrases: dict[str, list[tuple[int, Term]]] = {}
    for number, term in enumerate(highlights.terms):
        first = term.tokens[0]
        if len(term.tokens) > 1:
            phrases.setdefault(first, []).append((number, term))
        elif term.prefix or (len(first) == 1 and is_unspaced(first)):
            beginnings.setdefault(first, number)
        else:
            words.setdefault(first, number)
    return words, beginnings, phrases
