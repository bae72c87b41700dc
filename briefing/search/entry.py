"""A record as the index takes it: its words cut, its names and dates gathered.

Entries are made where records are read, in worker processes, for cutting words is most of the work.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.search.markup import plain
from briefing.search.pairs import pairs_in
from briefing.search.text import BREAK, either_character, fold, heads, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.records.dates import EdtfDate
    from briefing.records.record import Record, Relation

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


def entry_for(record: Record, states: Iterable[str], relations: Iterable[Relation] | None = None) -> Entry:
    """Make a record's entry; `states` are the evidence states of its claims, `relations` its own, where known."""
    from orjson import dumps  # imported here: only indexing pays for it

    names = [record.title, *record.aliases]
    title = joined(names)
    text = joined([*names, *[text for _, text in texts_of(record)], record.id])
    words = text.split()
    title_words = set(title.split())
    title_words.discard(BREAK)
    folded = [fold(name) for name in names]
    dates = [date for name in _date_fields(record.kind) if (date := record.date(name))]
    fields = {
        "id": record.id,
        # The beginning of the folded title as a number: lists sort by it without asking for the titles.
        "order": int.from_bytes(folded[0].encode()[:7].ljust(7, b"\0")),
        "names": folded,
        "starts": folded,
        "title": title,
        "title_prefix": list(title_words | either_character(title_words)),
        "all": text,
        "heads": " ".join(heads(words)),
        "pairs": pairs_in(words),
        "links": list({relation.target: None for relation in relations or record.relations()}),
        "facets": _facets(record, states, dates),
        "traits": _traits(record, dates),
        **_days(dates),
    }
    if not all(map(str.isascii, folded)):
        # Imported here: names in Latin letters, which most are, do without.
        from briefing.search.transliteration import sounding

        fields["sounds"] = sounding(names)
    return Entry(record.id, dumps(fields)[1:-1].decode())


def texts_of(record: Record, titles: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Return the texts in which a record can be found besides its names, as (what it is, text), best first.

    What it is is a word for people: `bottom line`, `claim`, `quote`, `text`, or a field's label in small letters.
    `titles` say by id what stands for a `[[link]]` without words of its own; the id's words do where there is none.
    """
    found = [("bottom line", record.summary)]
    for claim in record.claims:
        found += [("claim", claim.text), ("quote", claim.quote)]
    for field, label in _text_fields(record.kind):
        if field in record.values:
            found += [(label, text) for text in record.texts(field)]
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
    return tuple([each for each in found if each[1]])


def _facets(record: Record, states: Iterable[str], dates: Sequence[EdtfDate]) -> list[str]:
    """Return what the records found can be told apart by, as `name:value`; also what is counted beside hits."""
    markings = {record.marking}
    markings.update([claim.marking for claim in record.all_claims()], [part.marking for part in record.sections])
    markings.discard("")
    return [
        f"kind:{record.kind}",
        *[f"evidence:{state}" for state in set(states)],
        *[_facet(name, record.text(name)) for name in _choices(record.kind) if name in record.values],
        *[_facet("marking", marking) for marking in markings],
        *{facet: None for date in dates for facet in _reach(date).years},
    ]


def _traits(record: Record, dates: Sequence[EdtfDate]) -> list[str]:
    """Return what else can be asked for, as `name:value`."""
    has = {
        "has:alias": record.aliases,
        "has:body": record.body or any(record.bodies()),
        "has:date": dates,
        "has:link": record.links,
        "has:summary": record.summary,
        "has:tag": record.tags,
    }
    found = [name for name, present in has.items() if present]
    of_claims: set[str] = set()
    for claim in record.all_claims():
        of_claims.update(("has:claim", "has:source" if claim.source else "unsourced:claim"))
        if claim.quote:
            of_claims.add("has:quote")
    found += of_claims
    if record.language:
        found.append(_facet("language", record.language))
    return found + [_facet("tag", tag) for tag in record.tags]


@lru_cache(maxsize=4096)
def _facet(name: str, value: str) -> str:
    return f"{name}:{fold(value)}"


# What a kind's fields are is asked once: finding it out takes longer than looking for their values.


@cache
def _text_fields(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the names of the fields that are found by their texts, each with what it is for people."""
    from briefing.records.kinds import Type, own_fields  # imported here: only indexing and showing a hit pay for it

    fields = own_fields(kind, Type.TEXT, Type.TEXTS, Type.COUNTRY_CODE)
    return tuple((field.name, field.label.lower()) for field in fields)


@cache
def _choices(kind: str) -> tuple[str, ...]:
    from briefing.records.kinds import Type, own_fields

    return tuple(field.name for field in own_fields(kind, Type.CHOICE))


@cache
def _date_fields(kind: str) -> tuple[str, ...]:
    from briefing.records.kinds import Type, own_fields

    return tuple(field.name for field in own_fields(kind, Type.DATE))


class _Reach(NamedTuple):
    """The days, as ordinals, at which a date may fall, and the years."""

    lower: int | None
    upper: int | None
    days: tuple[int, ...]
    years: tuple[str, ...]


@lru_cache(maxsize=4096)
def _reach(date: EdtfDate) -> _Reach:
    """Return first and last day of a date, each month between, and the years, as facets.

    So that "is there a day in this range" is asked of one field, whatever the number of dates. A date without an end
    has its first two decades, and the last day that there is.
    """
    first, last = date.lower, date.upper
    lower = first.toordinal() if first else None
    upper = last.toordinal() if last else None
    days: set[int] = set()
    if first and not last:
        days.add(first.max.toordinal())
        last = first.replace(year=min(first.year + _SPAN_YEARS, first.max.year), day=1)
    elif last and not first:
        days.add(last.min.toordinal())
        first = last.replace(year=max(last.year - _SPAN_YEARS, 1), day=1)
    if not first or not last:
        return _Reach(None, None, (), ())
    days.update((first.toordinal(), last.toordinal()))
    years: Iterable[int] = (first.year, last.year)
    if last.year - first.year <= _SPAN_YEARS:
        following, final = first.year * 12 + first.month, last.year * 12 + last.month - 1
        months = (first.replace(year=at // 12, month=at % 12 + 1, day=1) for at in range(following, final + 1))
        days.update(month.toordinal() for month in months)
        years = range(first.year, last.year + 1)
    return _Reach(lower, upper, tuple(sorted(days)), tuple(f"year:{year}" for year in years))


def _days(dates: Sequence[EdtfDate]) -> dict[str, list[Any]]:
    if not dates:
        return {}
    reaches = [_reach(date) for date in dates]
    return {
        "days": sorted({day for each in reaches for day in each.days}),
        "lowers": [each.lower for each in reaches if each.lower is not None],
        "uppers": [each.upper for each in reaches if each.upper is not None],
        "spans": [f"{each.lower}:{each.upper}" for each in reaches if each.lower and each.upper],
    }
