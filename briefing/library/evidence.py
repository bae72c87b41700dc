"""Quotes against the texts of their sources."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from briefing.records.claims import Evidence
from briefing.search.text import fold

_PARTED = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SPACE = re.compile(r"\s+")
# What typists, word processors and web pages put for one another.
_VARIANTS = {
    **dict.fromkeys("‘’‚‛′‵´`ʼʹ＇", "'"),
    **dict.fromkeys("“”„‟″‶«»〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": "...",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_TRANSLATION = str.maketrans(_VARIANTS)
# Below this, scripts part their words by spaces: a quote begins and ends where words do.
_SPACED_SCRIPTS = 0x0590


@dataclass(frozen=True)
class SourceText:
    """The text of a source, in paragraphs; the first of `paragraphs` is number 1.

    `headline` is the paragraph above that, number 0, or nothing. `origin` is the file that it was read from.
    """

    paragraphs: tuple[str, ...]
    headline: str = ""
    origin: str = ""

    @classmethod
    def parse(cls, text: str, *, title: str = "", gists: int = 0, origin: str = "") -> SourceText:
        """Cut a text into paragraphs, which blank lines part.

        The first is the headline where there is exactly one more of them than `gists`, or where it is the source's
        `title`.
        """
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip()
        paragraphs = tuple(part.strip() for part in _PARTED.split(lines)) if lines else ()
        is_headed = len(paragraphs) > 1 and (
            (gists > 0 and len(paragraphs) == gists + 1) or (title != "" and fold(paragraphs[0]) == fold(title))
        )
        if is_headed:
            return cls(paragraphs[1:], paragraphs[0], origin)
        return cls(paragraphs, "", origin)

    @cached_property
    def _normal(self) -> tuple[str, ...]:
        return tuple(map(normal, self.paragraphs))

    @cached_property
    def _whole(self) -> str:
        return " ".join((normal(self.headline), *self._normal))

    def has(self, quote: str, at: tuple[int, int] | None = None) -> bool:
        """Whether the words stand in those paragraphs, first to last, or anywhere where none are given."""
        words = normal(quote)
        if at is None:
            return stands_in(words, self._whole)
        first, last = at
        return stands_in(words, " ".join(self._normal[first - 1 : last]))

    def where(self, quote: str) -> tuple[int, ...]:
        """Return the numbers of the paragraphs in which the words stand; 0 is the headline."""
        words = normal(quote)
        found = [number for number, text in enumerate(self._normal, 1) if stands_in(words, text)]
        if self.headline and stands_in(words, normal(self.headline)):
            found.insert(0, 0)
        return tuple(found)


def normal(text: str) -> str:
    """Return text so that white space and the shapes of quotation marks, dashes and apostrophes make no difference."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text.translate(_TRANSLATION))).strip()


def stands_in(words: str, text: str) -> bool:
    """Whether words, both being `normal`, stand in a text, beginning and ending where words do."""
    if not words:
        return False
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_joined(text[start - 1 : start], words[0]) or _joined(words[-1], text[end : end + 1])):
            return True
        start = text.find(words, start + 1)
    return False


def _joined(left: str, right: str) -> bool:
    return all(each.isalnum() and ord(each) < _SPACED_SCRIPTS for each in (left, right) if each) and bool(
        left and right
    )


def state_without_text(source: str, first: int, quote: str) -> Evidence:
    """Return the evidence state of a claim whose source's text is not here; `first` is its paragraph, 0 for none."""
    if not source:
        return Evidence.NO_SOURCE
    if quote:
        return Evidence.NOT_CHECKABLE
    return Evidence.PARAGRAPH_ONLY if first else Evidence.SOURCE_ONLY


def state_of(source: str, at: tuple[int, int] | None, quote: str, text: SourceText | None) -> Evidence:
    """Return the evidence state of a claim that cites a source and paragraphs of it."""
    if text is None or not source or not quote:
        return state_without_text(source, at[0] if at else 0, quote)
    return Evidence.QUOTE_FOUND if text.has(quote, at) else Evidence.QUOTE_NOT_FOUND


def mend_of(quote: str, at: tuple[int, int] | None, text: SourceText) -> str:
    """Return what to do about a quote that was not found."""
    elsewhere = text.where(quote)
    count = len(text.paragraphs)
    if at is not None and at[1] > count:
        advice = f"The source has {count} paragraph{'' if count == 1 else 's'}"
        return f"{advice}; the words stand in {_numbers(elsewhere)}." if elsewhere else f"{advice}: correct `at`."
    if elsewhere:
        return f"The words stand in {_numbers(elsewhere)}: correct `at`."
    return "Copy the words exactly as the source has them, or correct `source`."


def _numbers(numbers: tuple[int, ...]) -> str:
    words = ["the headline" if number == 0 else f"paragraph {number}" for number in numbers[:3]]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
