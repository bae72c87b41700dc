"""Count what is found by kind, country, technology area, status, marking, evidence and year.

Every count is the number of records that are found when its condition is added to the query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefing.records.kinds import is_kind, kind_named
from briefing.search.matching import Matcher
from briefing.search.query import Filter, Node, Not, Query
from briefing.search.ranking import Records
from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.search.index import Match, SearchIndex

MOST = 12
"""How many values of a group are listed."""
_FACETS = 1_000
_LINKS = 300
"""How many of the ids named most often are looked through for countries and technology areas."""
_RELATED = ("country", "technology")
_YEAR = "in"


class FacetValue(NamedTuple):
    """A value that hits have: the condition that it adds to a query, its label for people, and how many have it."""

    condition: Filter
    label: str
    number: int


class FacetGroup(NamedTuple):
    """The values of one sort, the most frequent first (years: the latest)."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


class Chosen(NamedTuple):
    """A condition that a query has already, as it stands in the query, with a label for people."""

    part: Node
    label: str


class Facets(NamedTuple):
    """How many records fit a query, what it is narrowed to, and by what else it can be narrowed.

    What the query has already is not among the groups, nor is a group whose every value all hits have.
    """

    total: int
    chosen: tuple[Chosen, ...] = ()
    groups: tuple[FacetGroup, ...] = ()


class Titled(Protocol):
    """As much of a record as its name takes."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def title(self) -> str:
        """Its title."""


class NamedRecords(Records, Protocol):
    """What counting asks of the catalogue."""

    def titles(self, ids: Iterable[str]) -> Mapping[str, Titled]:
        """Return kind and title of those ids that are known."""


def facets(index: SearchIndex, records: NamedRecords, query: Query) -> Facets:
    """Count what fits a query exactly as it stands. Raises CacheError where the index cannot be read."""
    if query.root is None:
        return Facets(0)
    matcher = Matcher(index, records)
    found = matcher.all_of(query.conjuncts, "all")
    total = index.count(found)
    counted: dict[str, list[tuple[str, int]]] = {}
    for facet, number in index.counts(found, "facets", _FACETS) if total else ():
        name, _, value = facet.partition(":")
        counted.setdefault(name, []).append((value, number))
    groups = [
        _group("kind", "Kind", _kinds(counted.get("kind", ()))),
        *_related(index, records, matcher, found, total),
        _group("status", "Status", [FacetValue(Filter("status", v), v, n) for v, n in counted.get("status", ())]),
        _group("marking", "Marking", _markings(counted.get("marking", ()))),
        _group("evidence", "Evidence", _evidence(counted.get("evidence", ()))),
        FacetGroup("year", "Year", _years(counted.get("year", ()))),
    ]
    chosen = tuple(_chosen(records, query))
    return Facets(total, chosen, tuple(_worth_showing(groups, records, chosen, total)))


def _group(name: str, label: str, values: Iterable[FacetValue]) -> FacetGroup:
    return FacetGroup(name, label, tuple(sorted(values, key=lambda value: (-value.number, value.label)))[:MOST])


def _kinds(counted: Iterable[tuple[str, int]]) -> list[FacetValue]:
    return [FacetValue(Filter("kind", kind), kind_named(kind).section, n) for kind, n in counted if is_kind(kind)]


def _markings(counted: Iterable[tuple[str, int]]) -> list[FacetValue]:
    # Imported here, and below: only counting pays for it.
    from briefing.records.markings import all_markings

    labels = {fold(label): label for label in all_markings()}
    found = [(labels.get(folded, folded), number) for folded, number in counted]
    return [FacetValue(Filter("marking", label.removeprefix("TLP:").lower()), label, number) for label, number in found]


def _evidence(counted: Iterable[tuple[str, int]]) -> list[FacetValue]:
    from briefing.records.claims import Evidence

    return [
        FacetValue(Filter("evidence", state.replace("_", "-")), Evidence(state).words, number)
        for state, number in counted
    ]


def _years(counted: Iterable[tuple[str, int]]) -> tuple[FacetValue, ...]:
    latest = sorted(((int(year), number) for year, number in counted), reverse=True)
    return tuple(FacetValue(Filter(_YEAR, f"{year:04}"), str(year), number) for year, number in latest)[:MOST]


def _related(
    index: SearchIndex, records: NamedRecords, matcher: Matcher, found: Match, total: int
) -> Iterator[FacetGroup]:
    """Yield the countries and the technology areas, counted as the language counts them: in either direction."""
    ids = [id_ for id_, _ in index.counts(found, "links", _LINKS)] if total else []
    cards = records.titles(ids)
    for kind in _RELATED:
        candidates = [id_ for id_ in ids if id_ in cards and cards[id_].kind == kind][:MOST]
        values = []
        for id_ in candidates:
            condition = Filter(kind, id_)
            number = index.count(index.all_of([found, matcher.match(condition, "all")]))
            values.append(FacetValue(condition, cards[id_].title, number))
        label = "Country" if kind == "country" else "Technology"
        yield _group(kind, label, values)


def _chosen(records: NamedRecords, query: Query) -> Iterator[Chosen]:
    for part in query.conjuncts:
        condition = part.part if isinstance(part, Not) else part
        if isinstance(condition, Filter):
            label = _label(records, condition)
            yield Chosen(part, f"not {label}" if isinstance(part, Not) else label)


def _label(records: NamedRecords, condition: Filter) -> str:
    """Return how people say a condition."""
    name, value = condition.field, condition.value
    match name:
        case "kind" if is_kind(value):
            return kind_named(value).section
        case "marking":
            from briefing.records.markings import all_markings

            return next((each for each in all_markings() if fold(each).endswith(fold(value))), value)
        case "evidence":
            from briefing.records.claims import Evidence

            return next((each.words for each in Evidence if fold(each.value) == fold(value)), value)
        case "status":
            return value
        case "in" if value != "title" and condition == Filter(_YEAR, value):
            return value
        case _ if is_kind(name):
            return _title(records, records.ids_named(value, name)) or str(condition)
        case _:
            return str(condition)


def _title(records: NamedRecords, ids: Sequence[str]) -> str:
    return next((card.title for card in records.titles(ids[:1]).values()), "")


def _worth_showing(
    groups: Sequence[FacetGroup], records: NamedRecords, chosen: Sequence[Chosen], total: int
) -> Iterator[FacetGroup]:
    """Yield the groups without what is chosen already, and only those of which some value tells hits apart."""
    present = {_meaning(records, each.part) for each in chosen if isinstance(each.part, Filter)}
    for group in groups:
        values = tuple(value for value in group.values if _meaning(records, value.condition) not in present)
        if any(value.number < total for value in values):
            yield group._replace(values=values)


def _meaning(records: NamedRecords, condition: Filter) -> tuple[str, str]:
    name, value = condition.field, condition.value
    if condition != Filter(name, value):
        # It asks for more than its value says.
        return name, str(condition)
    if is_kind(name):
        return name, " ".join(records.ids_named(value, name))
    folded = fold(value)
    return name, folded.removeprefix("tlp ") if name == "marking" else folded
