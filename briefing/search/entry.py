"""A record as the index takes it: its words cut, its names and dates gathered.

Entries are made where records are read, in worker processes, for cutting words is most of the work.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from briefing.search.markup import plain
from briefing.search.text import ALL_PREFIX, BREAK, START, TITLE_PREFIX, beginnings, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefing.records.dates import EdtfDate
    from briefing.records.kinds import Field
    from briefing.records.record import Record

# One encoder for all: json.dumps would make one each time.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SPAN_YEARS = 20
"""For how many years the months of a date are listed."""


class Entry(NamedTuple):
    """What goes into the index for one record. Made by `entry_for`, cheap to send between processes.

    `key` is the catalogue's number for the record, 1 or more, known only when the catalogue has it.
    """

    id: str
    fields: str
    """The fields of the index other than `key`, as the inside of a JSON object."""
    key: int = 0

    def with_key(self, key: int) -> Entry:
        """Return the entry under that key."""
        return Entry(self.id, self.fields, key)


def entry_for(record: Record) -> Entry:
    """Make a record's entry."""
    names = [record.title, *record.aliases]
    title = [tokens(name) for name in names]
    others = [tokens(text) for _, text in texts_of(record)]
    others.append(tokens(record.id))
    fields = {
        "id": record.id,
        "kind": record.kind,
        "order": _order(record.title),
        "title": _joined(title),
        "title_prefix": " ".join(beginnings({token for each in title for token in each}, TITLE_PREFIX)),
        "starts": sorted({start[:size] for start in map(fold, names) for size in range(1, min(len(start), START) + 1)}),
        "all": _joined([*title, *others]),
        "all_prefix": " ".join(beginnings({token for each in (*title, *others) for token in each}, ALL_PREFIX)),
        "links": sorted({relation.target for relation in record.relations()}),
        "facets": sorted(_facets(record)),
        "days": sorted(_days(record)),
    }
    return Entry(record.id, _compact(fields)[1:-1])


def texts_of(record: Record, titles: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Return the texts in which a record can be found besides its names, as (what it is, text), best first.

    What it is is a word for people: `bottom line`, `claim`, `quote`, `text`, or a field's label in small letters.
    `titles` say by id what stands for a `[[link]]` without words of its own; the id's words do where there is none.
    """
    from briefing.records.kinds import Type, own_fields  # imported here: only indexing and showing a hit pay for it

    found = [("bottom line", record.summary)]
    for claim in record.claims:
        found += [("claim", claim.text), ("quote", claim.quote)]
    for field in own_fields(record.kind, Type.TEXT, Type.TEXTS, Type.COUNTRY_CODE):
        if field.name in record.values:
            found += [(field.label.lower(), text) for text in record.texts(field.name)]
    for section in record.sections:
        found += [
            ("heading", section.heading),
            ("text", plain(section.body, titles)),
            ("line", section.line),
            ("if pressed", section.if_pressed),
        ]
        for claim in section.claims:
            found += [("claim", claim.text), ("quote", claim.quote)]
    found.append(("text", plain(record.body, titles)))
    found += [("link", link.title) for link in record.links]
    found += [("tag", tag) for tag in record.tags]
    found += [("identifier", value) for value in record.identifiers.values()]
    return tuple((name, text) for name, text in found if text)


def _joined(texts: Iterable[list[str]]) -> str:
    return f" {BREAK} ".join(" ".join(each) for each in texts if each)


def _order(title: str) -> int:
    # The beginning of the folded title as a number: lists sort by it without asking for the titles.
    return int.from_bytes(fold(title).encode()[:7].ljust(7, b"\0"))


def _choice_fields(record: Record) -> tuple[Field, ...]:
    from briefing.records.kinds import Type, own_fields

    return own_fields(record.kind, Type.CHOICE)


def _facets(record: Record) -> set[str]:
    claims = list(record.all_claims())
    has = {
        "alias": record.aliases,
        "body": any(record.bodies()),
        "claim": claims,
        "date": any(_own_dates(record)),
        "link": record.links,
        "quote": any(claim.quote for claim in claims),
        "source": any(claim.source for claim in claims),
        "summary": record.summary,
        "tag": record.tags,
    }
    found = {f"has:{name}" for name, present in has.items() if present}
    found.update(f"{field.name}:{fold(record.text(field.name))}" for field in _choice_fields(record))
    found.update(f"tag:{fold(tag)}" for tag in record.tags)
    if any(not claim.source for claim in claims):
        found.add("unsourced:claim")
    for marking in {record.marking, *(claim.marking for claim in claims), *(part.marking for part in record.sections)}:
        found.add(f"marking:{fold(marking)}")
    if record.language:
        found.add(f"language:{fold(record.language)}")
    return {facet for facet in found if not facet.endswith(":")}


def _own_dates(record: Record) -> Iterator[EdtfDate]:
    from briefing.records.kinds import Type, own_fields

    for field in own_fields(record.kind, Type.DATE):
        if date := record.date(field.name):
            yield date


def _days(record: Record) -> set[int]:
    """Return days, as ordinals, at which the record's own dates may fall: first, last, and each month between.

    So that "is there a day in this range" is asked of one field, whatever the number of dates. A date without an end
    has its first two decades, and the last day that there is.
    """
    found: set[int] = set()
    for date in _own_dates(record):
        first, last = date.lower, date.upper
        if first and not last:
            found.add(first.max.toordinal())
            last = first.replace(year=min(first.year + _SPAN_YEARS, first.max.year), day=1)
        elif last and not first:
            found.add(last.min.toordinal())
            first = last.replace(year=max(last.year - _SPAN_YEARS, 1), day=1)
        if not first or not last:
            continue
        found.update((first.toordinal(), last.toordinal()))
        following, final = first.year * 12 + first.month, last.year * 12 + last.month - 1
        if final - following <= _SPAN_YEARS * 12:
            months = (first.replace(year=at // 12, month=at % 12 + 1, day=1) for at in range(following, final + 1))
            found.update(month.toordinal() for month in months)
    return found
