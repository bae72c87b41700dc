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
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Combining marks, joiners and the soft hyphen, which stand inside a word though Python's \w does not know them.
# Ranges were joined over letters and unassigned code points, which does no harm here.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b"
    "\u0898-\u08e1\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a51\u0a70-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7"
    "\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0ce3\u0d00-\u0d4d\u0d57\u0d62\u0d63\u0d81-\u0d83\u0dca-\u0ddf\u0df2\u0df3"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc\u0fc6"
    "\u102b-\u103e\u1056-\u108f\u109a-\u109d\u135d-\u135f\u17b4-\u17d3\u17dd\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\uff9e\uff9f"
)
_APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\uff07"
# Where scripts written without spaces begin and end: every other character begins a stretch of them. A table and not a
# pattern, for compiling a pattern with ranges of this size costs some milliseconds at every start.
_UNSPACED = (
    "\u0e00\u0f00\u1000\u10a0\u1100\u1200\u1780\u1800\u3005\u3008\u3040\u3190\u31a0\u31c0\u31f0\u3200"
    "\u3400\u4dc0\u4e00\ua000\ua960\ua980\uac00\ud800\uf900\ufb00\uff66\uffdd\U00020000\U00040000"
)

_INITIALS = r"[A-Za-z](?:\.[A-Za-z](?![^\W_]))+\.?"
_RUN = rf"[^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+"
_WORD = re.compile(rf"{_INITIALS}|{_RUN}(?:[{_APOSTROPHES}]{_RUN})*+")
_ASCII_WORD = re.compile(r"[a-z](?:\.[a-z](?![a-z0-9]))+\.?|[a-z0-9]++(?:'[a-z0-9]++)*+")
_STRIPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    f"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f{_APOSTROPHES}]+"
)
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)

_CLUSTER = re.compile(rf"[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.[{_MARKS}]*", re.DOTALL)

Piece = tuple[str, int, int]


def fold(text: str) -> str:
    """Return text in the form in which whole titles, ids and aliases are compared."""
    return " ".join(tokens(text)) or text.strip().casefold()


def tokens(text: str) -> list[str]:
    """Return the tokens of a text, in order: what is indexed and what is searched for."""
    if text.isascii():
        return [w if w.isalnum() else _plain(w) for w in _ASCII_WORD.findall(text.lower())]
    found: list[str] = []
    for word in _WORD.findall(text):
        if word.isascii() and word.isalnum():
            found.append(word.lower())
        else:
            found.extend([piece[0] for piece in _pieces(word)])
    return found


def spans(text: str) -> Iterator[Piece]:
    """Yield (token, start, end) for each of `tokens(text)`, with its place in the text; pairs overlap."""
    for match in _WORD.finditer(text):
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


def _plain(word: str) -> str:
    # An ASCII word, lower-case, with apostrophes or the dots of initials in it.
    return word.removesuffix("'s").replace("'", "").replace(".", "")


@lru_cache(maxsize=65_536)
def _pieces(word: str) -> tuple[Piece, ...]:
    # The tokens of one match of _WORD, with offsets into it.
    if word.isascii():
        return ((_plain(word.lower()), 0, len(word)),)
    if len(word) > 2 and word[-1] in "sS" and word[-2] in _APOSTROPHES:
        word = word[:-2]
    lowest, highest = min(word), max(word)
    if (lowest >= "\uac00" and highest <= "\ud7a3") or (lowest >= "\u3400" and highest <= "\u9fff"):
        return tuple(_pairs([(character, at, at + 1) for at, character in enumerate(word)]))
    if highest < _UNSPACED[0]:
        token = _folded(word)
        return ((token, 0, len(word)),) if token else ()
    found: list[Piece] = []
    clusters = [(cluster[0], cluster.start(), cluster.end()) for cluster in _CLUSTER.finditer(word)]
    for unspaced, group in groupby(clusters, lambda cluster: is_unspaced(cluster[0])):
        run = list(group)
        if unspaced:
            found.extend(_pairs([(token, start, end) for text, start, end in run if (token := _folded(text))]))
        elif token := _folded(word[run[0][1] : run[-1][2]]):
            found.append((token, run[0][1], run[-1][2]))
    return tuple(found)


def _pairs(characters: list[Piece]) -> list[Piece]:
    if len(characters) == 1:
        return characters
    return [(first + second, start, end) for (first, start, _), (second, _, end) in pairwise(characters)]


def _folded(word: str) -> str:
    normal = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_LETTERS)
    composed = unicodedata.normalize("NFC", _STRIPPED.sub("", normal))
    return "".join(c for c in composed if c.isalnum() or unicodedata.category(c)[0] == "M")
