"""Quotes against the text of their sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source, in paragraphs.

    `headline` is the paragraph above the one that is number 1, or nothing.
    """

    paragraphs: tuple[str, ...]
    headline: str = ""
