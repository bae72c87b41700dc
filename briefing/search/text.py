"""Fold and cut text into the tokens that are indexed, searched and highlighted: one function for all three.

- Case and accents do not count (NFKD without combining marks for Latin, Greek, Cyrillic, Hebrew and Arabic), nor do
  ł ø đ ß æ œ þ ı, the Greek final sigma, and full-width forms.
- An apostrophe is part of its word and is not indexed; a possessive ending is dropped: `China’s` is found as `china`.
- Hyphens part words (`US-South` is `us south`); dots between single letters do not (`U.S.` is `us`).
- Scripts written without spaces (Korean too, whose words carry their particles) become overlapping pairs of
  characters, a run of one character one token. Devanagari and its relatives keep their marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BREAK = "|"
"""Stands between texts that do not follow each other, so that no phrase reaches across; never a token itself."""

TITLE_PREFIX = 6
HEAD = 3
START = 6
"""How many letters of a title's word, of any word (see `heads`), and of a whole name can be looked up as a beginning;
of more letters, the vocabulary says which words or names go on like that."""

# Every start of the program compiles these patterns, so they are short: they part text at what is no word in any
# script, and what is left is looked at character by character, once for each word.
APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\uff07"
_PART = (
    "[^\0-/:-@[-`{-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02bb\u02bc"
    "\u2000-\u200b\u200e-\u206f\uff07]++"
)
_ASCII_WORD = re.compile(r"[a-z](?:\.[a-z](?![a-z0-9]))+\.?|[a-z0-9]++(?:'[a-z0-9]++)*+")
_INNER_DOT = re.compile(r"\.[^ \n]")
_SEAM = " \0 "
# Bytes are translated six times as quickly as text.
_PLAIN_TEXT = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
_SEAMED_TEXT = BREAK.encode() + _PLAIN_TEXT[1:]
_CANDIDATE = re.compile(rf"[A-Za-z](?:\.[A-Za-z](?![^\W_]))+\.?|{_PART}(?:[{APOSTROPHES}]{_PART})*+")
_JOINERS = "\u00ad\u200c\u200d"

# Where scripts written without spaces begin and end: every other character begins a stretch of them.
_UNSPACED = (
    "\u0e00\u0f00\u1000\u10a0\u1100\u1200\u1780\u1800\u3005\u3008\u3040\u3190\u31a0\u31c0\u31f0\u3200"
    "\u3400\u4dc0\u4e00\ua000\ua960\ua980\uac00\ud800\uf900\ufb00\uff66\uffdd\U00020000\U00040000"
)

# Of the combining marks, those of scripts whose words are read without them.
_ACCENTS = (
    "\u0300\u0370\u0483\u048a\u0591\u05c8\u0610\u061b\u0640\u0641\u064b\u0660\u0670\u0671\u06d6\u06ee"
    "\u1ab0\u1b00\u1dc0\u1e00\u20d0\u2100\ufe20\ufe30"
)
_head = itemgetter(slice(HEAD))
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)

Piece = tuple[str, int, int]


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return text in the form in which whole titles, ids and aliases are compared."""
    return " ".join(tokens(text)) or text.strip().casefold()


def begins(start: str, *names: str) -> bool:
    """Whether one of the names, or what follows a space in one, begins with a text, but for case and accents."""
    wanted = f" {fold(start)}"
    return any(wanted in f" {fold(name)}" for name in names)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text, in order: what is indexed and what is searched for."""
    if text.isascii():
        if _is_plain(text):
            return _translated(text, _PLAIN_TEXT).split()
        return [w if w.isalnum() else _plain(w) for w in _ASCII_WORD.findall(text.lower())]
    found: list[str] = []
    for word in _CANDIDATE.findall(text):
        if word.isascii() and word.isalnum():
            found.append(word.lower())
        else:
            found.extend([piece[0] for piece in _pieces(word)])
    return found


def joined(texts: Sequence[str]) -> str:
    """Return the tokens of several texts in one string, spaces between them, and `BREAK` between texts."""
    whole = _SEAM.join(texts)
    if whole.isascii() and _is_plain(whole):
        return _translated(whole, _SEAMED_TEXT)
    # Where a few names are in other letters, most lines are not.
    return f" {BREAK} ".join([" ".join(map(_joined_line, text.split("\n"))) for text in texts])


def _joined_line(line: str) -> str:
    return _translated(line, _PLAIN_TEXT) if line.isascii() and _is_plain(line) else " ".join(tokens(line))


def _translated(text: str, table: bytes) -> str:
    return text.encode().translate(table).decode()


def _is_plain(text: str) -> bool:
    # No apostrophes and no initials: words are what stands between all else. It is half the time of indexing.
    return "'" not in text and _INNER_DOT.search(text) is None


def spans(text: str) -> Iterator[Piece]:
    """Yield (token, start, end) for each of `tokens(text)`, with its place in the text; pairs overlap."""
    for match in _CANDIDATE.finditer(text):
        word = match[0]
        start = match.start()
        if word.isascii() and word.isalnum():
            yield word.lower(), start, match.end()
        else:
            for token, first, last in _pieces(word):
                yield token, start + first, start + last


def is_unspaced(token: str) -> bool:
    """Whether a token is of a script that is indexed by pairs of characters."""
    return bisect_right(_UNSPACED, token[0]) % 2 == 1


def heads(words: Iterable[str]) -> set[str]:
    """Return the first letters of words, `HEAD` of them; of pairs of characters also either character.

    `BREAK` is no word.
    """
    found = set(map(_head, words))
    found.discard(BREAK)
    if not "".join(found).isascii():
        found |= either_character(found)
    return found


def either_character(words: Iterable[str]) -> set[str]:
    """Return the characters of words that are pairs of them, for a pair can be looked up by either."""
    return {character for word in words if not word.isascii() and is_unspaced(word) for character in word}


def _plain(word: str) -> str:
    # An ASCII word, lower-case, with apostrophes or the dots of initials in it.
    return word.removesuffix("'s").replace("'", "").replace(".", "")


@lru_cache(maxsize=65_536)
def _pieces(candidate: str) -> tuple[Piece, ...]:
    # The tokens of one match of _CANDIDATE, with offsets into it.
    if candidate.isascii():
        if "." in candidate:
            return ((_plain(candidate.lower()), 0, len(candidate)),)
        word = candidate.lower()
        return tuple((_plain(m[0]), m.start(), m.end() - 2 * m[0].endswith("'s")) for m in _ASCII_WORD.finditer(word))
    lowest, highest = min(candidate), max(candidate)
    if (lowest >= "\uac00" and highest <= "\ud7a3") or (lowest >= "\u4e00" and highest <= "\u9fff"):
        return tuple(_pairs([(character, at, at + 1) for at, character in enumerate(candidate)]))
    return tuple(piece for start, end in _words(candidate) for piece in _parted(candidate[start:end], start))


def _words(candidate: str) -> Iterator[tuple[int, int]]:
    # Letters and digits with the marks on them; apostrophes where they stand between letters.
    start = -1
    for at, character in enumerate(candidate):
        if character.isalnum() and character not in APOSTROPHES:
            start = at if start < 0 else start
        elif start >= 0 and not (
            _is_mark(character) or (character in APOSTROPHES and candidate[at + 1 : at + 2].isalnum())
        ):
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(candidate)


def _parted(word: str, offset: int) -> Iterator[Piece]:
    # A word as one token, or where it is of several scripts, or of one without spaces, as several.
    if len(word) > 2 and word[-1] in "sS" and word[-2] in APOSTROPHES:
        word = word[:-2]
    if max(word) < _UNSPACED[0]:
        if token := _folded(word):
            yield token, offset, offset + len(word)
        return
    for unspaced, group in groupby(_clusters(word), lambda cluster: is_unspaced(word[cluster[0]])):
        run = list(group)
        if unspaced:
            characters = [(token, offset + a, offset + b) for a, b in run if (token := _folded(word[a:b]))]
            yield from _pairs(characters)
        elif token := _folded(word[run[0][0] : run[-1][1]]):
            yield token, offset + run[0][0], offset + run[-1][1]


def _clusters(word: str) -> Iterator[tuple[int, int]]:
    # Characters with the marks on them, and Korean letters with those that they make a syllable with.
    start = 0
    for at in range(1, len(word)):
        character = word[at]
        syllable = "\u1160" <= character <= "\u11ff" and "\u1100" <= word[at - 1] <= "\u11a7"
        if not (syllable or _is_mark(character) or character in "\uff9e\uff9f"):
            yield start, at
            start = at
    yield start, len(word)


def _pairs(characters: list[Piece]) -> list[Piece]:
    if len(characters) < 2:
        return characters
    return [(first + second, start, end) for (first, start, _), (second, _, end) in pairwise(characters)]


def _is_mark(character: str) -> bool:
    import unicodedata  # imported here: a query in plain English need not load its tables

    return character in _JOINERS or unicodedata.category(character)[0] == "M"


def _folded(word: str) -> str:
    from unicodedata import normalize

    decomposed = normalize("NFKD", normalize("NFKD", word).casefold()).translate(LETTERS)
    bare = "".join(c for c in decomposed if bisect_right(_ACCENTS, c) % 2 == 0)
    return "".join(c for c in normalize("NFC", bare) if (c.isalnum() and c not in APOSTROPHES) or _is_kept_mark(c))


def _is_kept_mark(character: str) -> bool:
    return not character.isascii() and character not in _JOINERS and _is_mark(character)
