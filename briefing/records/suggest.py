"""The known word that is nearest to an unknown one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_NEAR = 70.0
"""How alike two words must be, of 100, for one to be offered in place of the other."""


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word that is most like the one given, or nothing where none is like it."""
    folded = {each.lower(): each for each in known}
    exact = folded.get(word.lower().strip())
    if exact is not None:
        return exact
    # imported here: only a library with a fault pays for it
    from rapidfuzz import fuzz, process

    found = process.extractOne(word[:100].lower(), list(folded), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return folded[found[0]] if found else ""


def did_you_mean(word: str, known: Collection[str], otherwise: str) -> str:
    """Return the question `Did you mean ...?`, or another sentence where no known word is near."""
    found = nearest(word, known)
    return f"Did you mean `{found}`?" if found else otherwise


def listed(words: Collection[str]) -> str:
    """Return the words as a list in a sentence: `a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def slugged(text: str) -> str:
    """Return the slug that is nearest to a text, or nothing where none of it can stand in one."""
    plain = unicodedata.normalize("NFKD", text[:100]).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


def shown(text: str) -> str:
    """Return a text from a file as it is quoted in a message: on one line, and not too long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 60 else f"“{line[:59]}…”"
