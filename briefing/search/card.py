"""The query language as a card to look things up on, drawn from the table of filters."""

from __future__ import annotations

from typing import NamedTuple

from briefing.records.kinds import KINDS, Type, is_kind
from briefing.search.filters import DATED, FILTERS, MODES

_MOST_CHOICES = 9


class Part(NamedTuple):
    """One thing that can be written: an example of it, and what it finds.

    `choices` are all values that a filter takes, where they are few enough to be read.
    """

    example: str
    meaning: str
    choices: tuple[str, ...] = ()


class Section(NamedTuple):
    """Parts of the language that belong together."""

    title: str
    parts: tuple[Part, ...]


_WORDS = (
    Part("trilateral 6G", "all words, in any order; the last one as a beginning, too"),
    Part('"next generation"', "words that follow each other"),
    Part("semicond*", "a beginning, anywhere"),
    Part("+dialogue", "this very word, and none in its place"),
    Part("technology -china", "without it; also NOT china"),
    Part("5G OR 6G", "either"),
    Part("(5G OR 6G) korea", "brackets say what belongs together"),
    Part("korea in:title", "in titles and other names only"),
)

# What the bundled library has an answer to, so that a new user sees each work.
_EXAMPLES = {
    "kind": "kind:dialogue",
    "id": "id:quad",
    "country": "country:india",
    "dialogue": "dialogue:icet",
    "technology": "technology:semiconductors",
    "organisation": "organisation:NSC",
    "person": 'person:"Park Jin"',
    "event": "event:icet-announcement",
    "commitment": "commitment:icet-cooperation",
    "source": 'source:"The article"',
    "note": "note:trilateral-dialogue-brief",
    "tag": "tag:indo-pacific",
    "marking": "marking:clear",
    "language": "language:en",
    "format": "format:trilateral",
    "status": "status:planned",
    "type": "type:article-newspaper",
    "reliability": "reliability:F",
    "template": "template:one-page-brief",
    "in": "in:2023-Q4",
    "before": "before:2024",
    "after": "after:2023-08",
    "certainly": "certainly:before:2024",
    "possibly": "possibly:in:2024-Q1",
    "evidence": "evidence:not-checkable",
    "has": "has:quote",
    "no": "no:date",
    "is": "is:broken",
}


def card() -> tuple[Section, ...]:
    """Return everything that the language has, each filter once."""
    dates = (*DATED, *MODES)
    claims = ("evidence", "has", "no", "is")
    related = [name for name in FILTERS if name in ("kind", "id") or is_kind(name)]
    values = [name for name in FILTERS if name not in (*dates, *claims, *related)]
    return (
        Section("Words", _WORDS),
        Section("Kinds and relations", _parts(related)),
        Section("Values", _parts(values)),
        Section("Dates", _parts([name for name in dates if name in FILTERS])),
        Section("Evidence and faults", _parts([name for name in claims if name in FILTERS])),
    )


def _parts(names: list[str]) -> tuple[Part, ...]:
    parts = []
    for name in names:
        choices = _choices(name)
        example = _EXAMPLES.get(name) or f"{name}:{choices[0] if choices else '…'}"
        meaning = FILTERS[name]
        parts.append(Part(example, meaning, choices if len(choices) <= _MOST_CHOICES else ()))
    return tuple(parts)


def _choices(name: str) -> tuple[str, ...]:
    """Return the values that a filter takes, if they are fixed and its meaning does not name them already."""
    if name == "kind":
        return tuple(kind.name for kind in KINDS)
    fields = [field for kind in KINDS for field in kind.fields if field.type is Type.CHOICE and field.name == name]
    return tuple(dict.fromkeys(choice for field in fields for choice in field.choices))
