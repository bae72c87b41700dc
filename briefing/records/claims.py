"""Claims: statements that each say where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from briefing.records.dates import EdtfDate, parse_date


class Evidence(Enum):
    """How far a claim can be traced; computed, never typed by hand. Nothing here says that a claim is true."""

    QUOTE_FOUND = "quote_found"
    QUOTE_NOT_FOUND = "quote_not_found"
    NOT_CHECKABLE = "not_checkable"
    PARAGRAPH_ONLY = "paragraph_only"
    SOURCE_ONLY = "source_only"
    NO_SOURCE = "no_source"

    @property
    def words(self) -> str:
        """The state as a reader sees it."""
        return _WORDS[self]


_WORDS = {
    Evidence.QUOTE_FOUND: "quote found",
    Evidence.QUOTE_NOT_FOUND: "quote not found",
    Evidence.NOT_CHECKABLE: "not checkable here",
    Evidence.PARAGRAPH_ONLY: "paragraph only",
    Evidence.SOURCE_ONLY: "source only",
    Evidence.NO_SOURCE: "no source",
}


_CONTENT = ("about", "as_of", "at", "basis", "confidence", "likelihood", "marking", "quote", "source", "text")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement. Empty text means that a field was not given.

    `at` is the cited paragraphs as first and last number, counted from 1, or None. `id` is the one that was given,
    else one derived from the content, so that it stays when other claims are added or moved. `line` and `column`
    are where it stands in its file; they are no part of its identity.
    """

    text: str
    id: str = ""
    source: str = ""
    at: tuple[int, int] | None = None
    quote: str = ""
    basis: str = ""
    likelihood: str = ""
    confidence: str = ""
    about: tuple[str, ...] = ()
    as_of: EdtfDate | None = None
    marking: str = ""
    line: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", f"c-{_digest(self._content())[:12]}")

    def _content(self) -> dict[str, Any]:
        content = {name: value for name in _CONTENT if (value := getattr(self, name))}
        if self.as_of:
            content["as_of"] = str(self.as_of)
        return content

    @property
    def hash(self) -> str:
        """The SHA-256 of the claim's canonical JSON (its id and its content), in hexadecimal."""
        return _digest({"id": self.id, **self._content()})

    @property
    def paragraphs(self) -> str:
        """The cited paragraphs as they are typed: `3`, `3-4`, or nothing."""
        if self.at is None:
            return ""
        first, last = self.at
        return str(first) if first == last else f"{first}-{last}"

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as plain values, from which `from_dict` makes it again."""
        return {"id": self.id, **self._content(), "line": self.line, "column": self.column}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Claim:
        """Make the claim that `to_dict` wrote."""
        values = dict(data)
        if "at" in values:
            values["at"] = (values["at"][0], values["at"][1])
        if "about" in values:
            values["about"] = tuple(values["about"])
        if "as_of" in values:
            values["as_of"] = parse_date(values["as_of"])
        return cls(**values)


def _digest(content: dict[str, Any]) -> str:
    # Imported here: claims that were read before have their ids, and these take their time to load.
    import hashlib

    import orjson

    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
