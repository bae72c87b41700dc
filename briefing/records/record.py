"""A record as a frozen value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.records.claims import Claim
from briefing.records.dates import EdtfDate, parse_date
from briefing.records.kinds import Kind, Type, kind_named, relation_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIKI_LINK = re.compile(r"\[\[([a-z0-9]+(?:-[a-z0-9]+)*)(?:\|([^\]\n]*))?\]\]")
"""A link to a record in a body: group 1 is the id, group 2 the words that stand for it, or None."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A web page that a record points to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a briefing note. Empty text means that a field was not given; `priority` is 5 by default."""

    heading: str = ""
    role: str = ""
    body: str = ""
    claims: tuple[Claim, ...] = ()
    marking: str = ""
    priority: int = 5
    line: str = ""
    if_pressed: str = ""


class Relation(NamedTuple):
    """One record naming another. `field` is a name that `kinds.relation_field` knows."""

    source: str
    field: str
    target: str
    date: str = ""
    """The EDTF date that goes with it, or nothing."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a library.

    `values` holds the fields that have no attribute here, each as its type in `kinds` says: text for TEXT, CHOICE,
    URL, REF and the like, a tuple of texts for the plural types, an int for NUMBER, an `EdtfDate` for DATE.
    `marking` and `language` are the ones in force: the record's own, else the library's.
    `file` is relative to the library; `line` is where the record begins in it, from 1.
    """

    id: str
    kind: str
    title: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    claims: tuple[Claim, ...] = ()
    as_of: EdtfDate | None = None
    marking: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[WebLink, ...] = ()
    sections: tuple[Section, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 1

    @property
    def kind_info(self) -> Kind:
        """The record's kind."""
        return kind_named(self.kind)

    def text(self, name: str) -> str:
        """Return a single text from `values`, empty where it was not given."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list from `values`; one text alone is a list of one."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else (str(value),)

    def date(self, name: str) -> EdtfDate | None:
        """Return a date from `values`, or None where it was not given."""
        value = self.values.get(name)
        return value if isinstance(value, EdtfDate) else None

    def all_claims(self) -> Iterator[Claim]:
        """Yield the record's claims, then those of its sections, in their order on the page."""
        yield from self.claims
        for section in self.sections:
            yield from section.claims

    def bodies(self) -> Iterator[str]:
        """Yield every text that is CommonMark: the body, then those of the sections."""
        if self.body:
            yield self.body
        for section in self.sections:
            if section.body:
                yield section.body

    def relations(self) -> tuple[Relation, ...]:
        """Return every relation that the record makes, each once, in the order of the fields."""
        when = next((str(date) for name in ("date", "due", "published") if (date := self.date(name))), "")
        found: dict[tuple[str, str], str] = {}
        for name in relation_names(self.kind):
            if name in self.values:
                for target in self.texts(name):
                    found.setdefault((name, target), when)
        for claim in self.all_claims():
            as_of = str(claim.as_of) if claim.as_of else when
            if claim.source:
                found.setdefault(("claims.source", claim.source), as_of)
            for target in claim.about:
                found.setdefault(("claims.about", target), as_of)
        for body in self.bodies():
            if "[[" in body:
                for match in WIKI_LINK.finditer(body):
                    found.setdefault(("mentions", match[1]), when)
        return tuple([Relation(self.id, name, target, date) for (name, target), date in found.items()])

    def to_json(self) -> str:
        """Return the record as compact JSON, from which `from_json` makes it again."""
        from orjson import dumps  # imported here: only indexing pays for it

        return dumps(
            {
                "id": self.id,
                "kind": self.kind,
                "title": self.title,
                "aliases": self.aliases,
                "summary": self.summary,
                "body": self.body,
                "claims": [claim.to_dict() for claim in self.claims],
                "as_of": str(self.as_of) if self.as_of else "",
                "marking": self.marking,
                "language": self.language,
                "tags": self.tags,
                "identifiers": dict(self.identifiers),
                "links": [[link.title, link.url] for link in self.links],
                "sections": [_section_to_dict(section) for section in self.sections],
                "values": {
                    name: str(value) if isinstance(value, EdtfDate) else value for name, value in self.values.items()
                },
                "file": self.file,
                "line": self.line,
            }
        ).decode()

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Make the record that `to_json` wrote."""
        data = json.loads(text)
        kind = kind_named(data["kind"])
        values: dict[str, Any] = {}
        for name, value in data["values"].items():
            own = kind.field(name)
            if own is not None and own.type is Type.DATE:
                values[name] = parse_date(value)
            else:
                values[name] = tuple(value) if isinstance(value, list) else value
        return cls(
            id=data["id"],
            kind=data["kind"],
            title=data["title"],
            aliases=tuple(data["aliases"]),
            summary=data["summary"],
            body=data["body"],
            claims=tuple(map(Claim.from_dict, data["claims"])),
            as_of=parse_date(data["as_of"]) if data["as_of"] else None,
            marking=data["marking"],
            language=data["language"],
            tags=tuple(data["tags"]),
            identifiers=data["identifiers"],
            links=tuple(WebLink(title, url) for title, url in data["links"]),
            sections=tuple(map(_section_from_dict, data["sections"])),
            values=values,
            file=data["file"],
            line=data["line"],
        )


def _section_to_dict(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "role": section.role,
        "body": section.body,
        "claims": [claim.to_dict() for claim in section.claims],
        "marking": section.marking,
        "priority": section.priority,
        "line": section.line,
        "if_pressed": section.if_pressed,
    }


def _section_from_dict(data: dict[str, Any]) -> Section:
    return Section(**{**data, "claims": tuple(map(Claim.from_dict, data["claims"]))})
