"""Find the words of a query in a text: what is marked in titles, sentences and opened records."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.search.text import APOSTROPHES, Piece, fold, is_unspaced, spans, tokens

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
    simple = (text if text.isascii() else text.translate(_plain_letters())).lower()
    if simple.isascii() and not _is_special(simple):
        return _in_simple_text(simple, highlights)
    return _in_any_text(text, highlights)


# Most texts are plain English. There a pattern finds the same as cutting every word would, several times faster.
_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, "\u2018\u2019"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d«»"), '"'),
    **dict.fromkeys(map(ord, "\u2013\u2014"), "-"),
    **dict.fromkeys(map(ord, "\u2026\u00a0·"), " "),
}


@cache
def _plain_letters() -> dict[int, str]:
    # Of the letters with accents those that fold to one, so that every place in a text stays where it is.
    folded = {code: fold(chr(code)) for code in range(0xC0, 0x250) if chr(code).isalpha()}
    return {**_TYPOGRAPHY, **{code: letter for code, letter in folded.items() if len(letter) == 1}}


# An apostrophe inside a word that is no possessive, and initials with dots. What is rare stands first, and what
# comes before it is looked at last: that is how a pattern is quickly looked for.
_APOSTROPHE = re.compile("'(?<=[a-z0-9]')(?!s(?![a-z0-9']))[a-z0-9]")
_INITIALS = re.compile(r"\.(?<=[a-z]\.)[a-z](?![a-z0-9])")


def _is_special(text: str) -> bool:
    return bool(("'" in text and _APOSTROPHE.search(text)) or _INITIALS.search(text))


def _in_simple_text(text: str, highlights: Highlights) -> list[tuple[int, int, int]]:
    found = [
        (*match.span(), number)
        for number, first, pattern in _patterns(highlights)
        if first in text
        for match in pattern.finditer(text)
    ]
    return sorted(found) if len(highlights.terms) > 1 else found


@lru_cache(maxsize=32)
def _patterns(highlights: Highlights) -> tuple[tuple[int, str, re.Pattern[str]], ...]:
    # Those of terms with letters of simple texts only, each with its number and its first word.
    return tuple(
        (
            number,
            first := term.tokens[0],
            re.compile(
                f"{first}(?<![a-z0-9]{first})(?<![a-z0-9]'{first})"
                + "".join(f"(?:'s(?![a-z0-9]))?[^a-z0-9]+{token}" for token in term.tokens[1:])
                + ("[a-z0-9]*" if term.prefix else "(?![a-z0-9])")
            ),
        )
        for number, term in enumerate(highlights.terms)
        if all(map(str.isascii, term.tokens))
    )


def endings(record: str, term: Term) -> set[str]:
    """Return the words in which a phrase ends in a record, as JSON, that is known to hold the words before the last.

    It is a quick look: a word too many may be among them.
    """
    *before, last = term.tokens
    if all(map(str.isascii, term.tokens)):
        simple = record.lower()
        begun, whole = _loosely(term)
        if found := whole.findall(simple):
            return {word for each in set(found) for word in tokens(each)[:1] if word.startswith(last)}
        if begun.search(simple):
            return set()
    # With accents, apostrophes or dots in the words before.
    number = len(before)
    return {
        word
        for text in map(tokens, _QUOTE.split(record.replace("\\n", " ").replace("\\t", " ")))
        for at, word in enumerate(text[number:])
        if word.startswith(last) and text[at : at + number] == before
    }


_QUOTE = re.compile(r'(?<!\\)"')


@lru_cache(maxsize=32)
def _loosely(term: Term) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # The words before the last, and all of them with what the last goes on to; not across a quotation mark that is
    # no part of a text.
    *before, last = map(re.escape, term.tokens)
    between = rf"(?:[{APOSTROPHES}]s)?" + r'(?:\\.|[^a-z0-9"\\])+'
    begun = between.join(before)
    return re.compile(begun), re.compile(rf"{begun}{between}({last}[^\s\"]{{0,{_LONGEST}}})")


_LONGEST = 80
"""Of what is no space so much is taken for a word."""


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
