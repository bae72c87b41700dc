"""Write names of any script in Latin letters, and tell whether two spellings of a name sound alike.

Names of records that are in another script are indexed by their sound, so that `hanguk` or `Bharat` leads to them.
Korean is romanized as South Korea does, Chinese by pinyin, the rest letter by letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "|"
"""Between the sound of a name and the name."""
_LONGEST = 80
_MOST_WORDS = 8
_SHORTEST = 3

# A syllable's last consonant is written as it is heard: 한국 is hanguk.
_FINALS = re.compile(r"(?<=[aeiou])[gdb](?=[A-Z]|\b)")
_HEARD = {"g": "k", "d": "t", "b": "p"}
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
# What one writer spells so and another so; the unwritten vowel of Indian scripts is an a, and so no a counts.
_ALIKE = (
    ("ck", "k"), ("sh", "s"), ("zh", "j"), ("ph", "f"), ("ee", "i"), ("oo", "u"), ("eo", "o"), ("eu", "u"),
    *((f"{letter}h", letter) for letter in "bdgjkt"),
    ("ch", "j"), ("c", "j"), ("q", "k"), ("k", "g"), ("t", "d"), ("p", "b"), ("z", "j"), ("w", "v"), ("y", "i"),
)  # fmt: skip
_NASAL = re.compile("m(?=[cdgjnst])")
_DOUBLED = re.compile(r"(.)\1+")


def latin(text: str) -> str:
    """Return a text in Latin letters without accents, in small letters, words apart by spaces."""
    # Imported here: a library in Latin letters does without.
    from anyascii import anyascii

    plain = anyascii(text)
    if _HANGUL.search(text):
        plain = _FINALS.sub(lambda final: _HEARD[final[0]], plain)
    return fold(plain) if any(map(str.isalnum, plain)) else ""


def sound(text: str) -> str:
    """Return what two spellings of a name have in common: `Bharat` is `भारत`. Nothing where that is too little."""
    heard = latin(text).replace(" ", "")
    for written, alike in _ALIKE:
        heard = heard.replace(written, alike)
    heard = _NASAL.sub("n", heard)
    heard = _DOUBLED.sub(r"\1", heard[:1] + heard[1:].replace("a", ""))
    return heard if len(heard) >= _SHORTEST else ""


def is_spelled_like(typed: str, name: str) -> bool:
    """Whether a name, or its beginning, is in Latin letters nearly what was typed: one letter in three may differ.

    `part` sounds like `भारत`, and is not meant.
    """
    # Imported here: it is asked where nothing was found.
    from rapidfuzz.distance import OSA

    one, other = (latin(text).replace(" ", "") for text in (typed, name))
    if len(other) - len(one) > len(one) // 3:
        other = other[: len(one)]
    most = max(len(one), len(other)) // 3
    return OSA.distance(one, other, score_cutoff=most) <= most


def sounding(names: Iterable[str]) -> list[str]:
    """Return what finds names in other scripts by their sound: for each, and each of its words, `sound|name`."""
    found: dict[str, None] = {}
    for name in names:
        words = name.split()
        for each in (" ".join(words), *words[:_MOST_WORDS]):
            if len(each) <= _LONGEST and not fold(each).isascii() and (heard := sound(each)):
                found[f"{heard}{SEPARATOR}{each}"] = None
    return list(found)
