"""Complete a query while it is typed: the names of filters, and the values that a library has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.records.kinds import KINDS, Type, is_kind
from briefing.search.cursor import Typing, typing_at
from briefing.search.filters import DATED, EVIDENCE, FILTERS, MODES, VALUES
from briefing.search.matching import Matcher
from briefing.search.query import Filter
from briefing.search.text import HEAD, begins, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.search.index import SearchIndex
    from briefing.search.ranking import Named, Records

_SHORTEST_NAME = 2
_MOST_RECORDS = 500
_MOST_LINKED = 10_000
"""Of more records than the first number those come first that the library names most, among the second."""
_MOST_VALUES = 1_000
_MOST_YEARS = 12
_YEAR = re.compile(r"(\d{4})-")


class Candidate(NamedTuple):
    """One way to go on. `insert` stands for what is being typed, `label` is what to show for it.

    `kind` is that of a record or, for others, `filter` or `value`. `number` is in how many records it is, for a record
    how many name it; None where that says nothing. `detail` is what else helps to choose.
    """

    insert: str
    label: str
    kind: str
    number: int | None = None
    detail: str = ""


class Completions(NamedTuple):
    """What can stand in a query from `start` to `end`, best first.

    `field` is the filter whose value is being typed, empty while it is a filter's name. `unasked` says whether it is
    worth showing to somebody who has not asked: not where the value is whole, or the name may well be a word.
    """

    start: int = 0
    end: int = 0
    field: str = ""
    candidates: tuple[Candidate, ...] = ()
    unasked: bool = False

    def applied(self, text: str, candidate: Candidate) -> tuple[str, int]:
        """Return the query with a candidate in place, and where the cursor is then: past a value's space."""
        after = text[self.end :]
        insert, past = candidate.insert, 0
        if not insert.endswith(":"):
            if after[:1].isspace():
                past = 1
            elif after[:1] != ")":
                insert += " "
        return text[: self.start] + insert + after, self.start + len(insert) + past


class MostLinked:
    """The ids that most records name, counted once for each generation of an index.

    Counting takes half a second where there are a million records, and all else that completing asks a tenth at most.
    """

    def __init__(self) -> None:
        self._generation = -1
        self._ids: list[str] = []

    def ids(self, index: SearchIndex) -> list[str]:
        """Return them, the most linked first."""
        generation = index.generation
        if generation != self._generation:
            self._ids = [each for each, _ in index.counts(index.all_of([]), "links", _MOST_LINKED)]
            self._generation = generation
        return self._ids


def complete(
    index: SearchIndex, records: Records, linked: MostLinked, text: str, cursor: int, limit: int
) -> Completions:
    """Say how a query can go on where the cursor stands. Raises CacheError where the index cannot be read.

    `linked` is to be the same from one question to the next.
    """
    typing = typing_at(text, cursor)
    if typing is None:
        return Completions()
    if not typing.field:
        return Completions(typing.start, typing.end, "", *_names(index, typing, limit))
    candidates, whole = _Values(index, records, linked, typing.field, limit).of(typing.typed)
    unasked = bool(candidates) and not whole
    return Completions(typing.start, typing.end, typing.field, tuple(candidates), unasked)


def _names(index: SearchIndex, typing: Typing, limit: int) -> tuple[tuple[Candidate, ...], bool]:
    typed = typing.typed.lower()
    found = [
        Candidate(f"{name}:", f"{name}:", "filter", detail=help_)
        for name, help_ in FILTERS.items()
        if name.startswith(typed)
    ]
    # Most beginnings of a filter's name are those of a word, too, and a list would be in the way of its hits.
    unasked = len(typed) >= _SHORTEST_NAME and bool(found) and not _begins_a_word(index, fold(typed))
    return tuple(found[:limit]), unasked


def _begins_a_word(index: SearchIndex, start: str) -> bool:
    # Of a few letters there are so many words that their heads are asked instead.
    return bool(index.words("heads" if len(start) <= HEAD else "all", start, 1))


class _Values:
    """Finds the values of one filter."""

    def __init__(self, index: SearchIndex, records: Records, linked: MostLinked, field: str, limit: int) -> None:
        self._index = index
        self._records = records
        self._linked = linked
        self._field = field
        self._limit = limit
        self._matcher = Matcher(index, records)

    def of(self, typed: str) -> tuple[list[Candidate], bool]:
        """Return the values that begin as typed, and whether what was typed is one already."""
        field = self._field
        wanted = fold(typed)
        if is_kind(field) or field == "id":
            return self._named(typed), bool(wanted) and bool(
                self._records.ids_named(typed, "" if field == "id" else field)
            )
        if field in DATED:
            found = list(self._dates(typed))
        elif field == "kind":
            found = list(self._kinds(wanted))
        elif field in VALUES:
            found = list(self._known(wanted))
        else:
            found = self._counted(wanted)
        whole = bool(wanted) and any(wanted in (fold(each.label), fold(each.insert)) for each in found)
        return found[: self._limit], whole

    def _kinds(self, wanted: str) -> Iterator[Candidate]:
        for kind in KINDS:
            number = self._index.frequency("facets", f"kind:{kind.name}")
            if number and begins(wanted, kind.name, kind.label, kind.section):
                yield Candidate(kind.name, kind.section, kind.name, number, kind.name)

    def _known(self, wanted: str) -> Iterator[Candidate]:
        for value in VALUES[self._field]:
            words = EVIDENCE.get(value, "") if self._field == "evidence" else ""
            if not begins(wanted, value, words):
                continue
            if self._field in MODES:
                yield Candidate(value, value, "filter", detail=FILTERS[value.removesuffix(":")])
            elif number := self._count(value):
                yield Candidate(value, words or value, "value", number)

    def _counted(self, wanted: str) -> list[Candidate]:
        # A tag is one of very many; of other values there are so few that any word of theirs can be looked for.
        traits = self._field in ("tag", "language")
        start = f"{self._field}:"
        if traits:
            found = self._index.words("traits", start + wanted, self._limit)
        else:
            found = self._index.words("facets", start, _MOST_VALUES)
        spelled = _spellings(self._field)
        counted = []
        for term in found:
            value = term.removeprefix(start)
            if traits or begins(wanted, value):
                shown = spelled.get(value) or value.replace(" ", "-")
                number = self._index.frequency("traits" if traits else "facets", term)
                counted.append(Candidate(self._written(shown), shown, "value", number))
        return counted

    def _dates(self, typed: str) -> Iterator[Candidate]:
        if self._field == "in" and "title".startswith(typed.lower()):
            yield Candidate("title", "title", "value", detail="look in titles and aliases only")
        if within := _YEAR.match(typed):
            parts = [*(f"Q{number}" for number in range(1, 5)), *(f"{month:02}" for month in range(1, 13))]
            dates = [f"{within[1]}-{part}" for part in parts]
        else:
            years = [term.removeprefix("year:") for term in self._index.words("facets", f"year:{typed}", _MOST_VALUES)]
            dates = sorted((year for year in years if len(year) == 4 and year.isdigit()), reverse=True)
        for date in dates if within else dates[:_MOST_YEARS]:
            if date.upper().startswith(typed.upper()) and (number := self._count(date)):
                yield Candidate(date, date, "value", number)

    def _named(self, typed: str) -> list[Candidate]:
        """Return records whose name has the typed words; names that begin with them first, then the most linked."""
        wanted = fold(typed)
        counted = [(each, self._index.frequency("links", each.id)) for each in self._records.named(self._keys(typed))]
        counted.sort(
            key=lambda row: (not fold(row[0].title).startswith(wanted), -row[1], fold(row[0].title), row[0].id)
        )
        del counted[self._limit :]
        known_as = self._known_as(tokens(typed), [each for each, _ in counted])
        return [
            Candidate(self._written(each.id), each.title, each.kind, number, known_as.get(each.key, ""))
            for each, number in counted
        ]

    def _keys(self, typed: str) -> list[int]:
        """Return keys of records that are called so: all of them, or where they are too many, those most linked."""
        index = self._index
        match = self._matcher.called(typed, "" if self._field == "id" else self._field)
        keys = index.in_order(match, _MOST_RECORDS)
        if len(keys) < _MOST_RECORDS:
            return keys
        linked = self._linked.ids(index)
        for start in range(0, len(linked), _MOST_RECORDS):
            among = index.any_term("id", linked[start : start + _MOST_RECORDS])
            keys += [key for _, key in index.best(index.all_of([match, among]), _MOST_RECORDS)]
            if len(keys) >= _MOST_RECORDS + self._limit:
                break
        return list(dict.fromkeys(keys))

    def _known_as(self, words: Sequence[str], found: Iterable[Named]) -> dict[int, str]:
        """Return the alias by which a record was found, by key, where its title does not say it."""

        def says(name: str) -> bool:
            there = tokens(name)
            return all(any(each.startswith(word) for each in there) for word in words)

        unsaid = [each.key for each in found if not says(each.title)]
        passages = self._records.passages(unsaid) if unsaid else {}
        return {key: next(filter(says, each.aliases), each.id) for key, each in passages.items()}

    def _count(self, value: str) -> int:
        return self._index.count(self._matcher.match(Filter(self._field, value), "all"))

    def _written(self, value: str) -> str:
        return str(Filter(self._field, value)).removeprefix(f"{self._field}:")


def _spellings(field: str) -> dict[str, str]:
    """Return the values that are known for a field as they are written, by how they are indexed."""
    if field == "marking":
        from briefing.records.markings import all_markings  # imported here: it reads files

        return {fold(marking): marking for marking in all_markings()}
    return {
        fold(choice): choice
        for kind in KINDS
        for each in kind.fields
        if each.type is Type.CHOICE and each.name == field
        for choice in each.choices
    }
