"""Turn a query into what the index matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.records.kinds import KINDS, is_kind
from briefing.search.filters import DATED, EVIDENCE
from briefing.search.query import Filter, Group, Node, Not, Words
from briefing.search.sampling import Effort, either, together
from briefing.search.terms import Terms
from briefing.search.text import START, begins, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.search.index import Match, SearchIndex
    from briefing.search.ranking import Records
    from briefing.search.terms import Where


_NAMES_ONLY = Filter("in", "title")
_NAMES = 100
_MEANT = 30
"""How many records a name that is nobody's may stand for, the first by title."""
_SHOWN = 3
_NO_DAY = 10_000_000
"""Later than any."""
_MONTH = 31


class Matcher:
    """Makes matches for one query after another; what a user should know about them gathers in `notes`."""

    def __init__(self, index: SearchIndex, records: Records) -> None:
        self._index = index
        self._records = records
        self._terms = Terms(index, records)
        self._filters: dict[Filter, Match] = {}
        self._sizes: dict[Filter, int] = {}
        self.notes: list[str] = []

    def all_of(self, parts: Sequence[Node], where: Where, part: Match | None = None) -> Match:
        """Match what all parts match, words looked for in one field; `in:title` among them narrows it to names.

        With a part of the index, only what is in that.
        """
        if _NAMES_ONLY in parts:
            where = "title"
        wanted: list[Match] = [] if part is None else [part]
        unwanted: list[Match] = []
        for node in dict.fromkeys(parts):
            if isinstance(node, Not):
                unwanted.append(self.match(node.part, where))
            else:
                wanted.append(self.match(node, where, part))
        return self._index.all_of(wanted, unwanted)

    def with_conditions(self, match: Match, conditions: Sequence[Node]) -> Match:
        """Match what fits that and all of some conditions, which have no say in the rank."""
        if not conditions:
            return match
        return self._index.all_of([match, self._index.only_filtering(self.all_of(conditions, "all"))])

    def names(self, start: str, *, goes_on: bool) -> Match | None:
        """Match records one of whose names begins with those words; without `goes_on` the last word ends there."""
        index = self._index
        if goes_on and len(start) <= START:
            return index.term("starts", start)
        names = index.words("names", start if goes_on else f"{start} ", _NAMES)
        if not goes_on and index.frequency("names", start):
            names.append(start)
        return index.any_term("names", names) if names else None

    def called(self, typed: str, kind: str = "") -> Match:
        """Match records of a kind (or any) whose names have the words, the last as a beginning, or whose id begins so.

        No words match all of the kind.
        """
        index = self._index
        conditions = [index.term("facets", f"kind:{kind}")] if kind else []
        if words := tokens(typed):
            last = len(words) - 1
            named = self.all_of([Words(word, prefix=at == last) for at, word in enumerate(words)], "title")
            ids = index.words("id", typed.lower(), _NAMES)
            conditions.append(index.one_of([named, index.any_term("id", ids)]) if ids else named)
        return index.all_of(conditions)

    def match(self, node: Node, where: Where, part: Match | None = None) -> Match:
        """Match a part of a query; alternatives in a part of the index, where one is given."""
        match node:
            case Words():
                return self._terms.match(node.term, where, part)
            case Filter():
                if node not in self._filters:
                    self._filters[node] = self._index.only_filtering(self._filter(node))
                return self._filters[node]
            case Group(parts, either=True):
                return self._index.one_of([self.match(each, where, part) for each in parts])
            case Group(parts):
                return self.all_of(parts, where, part)
            case Not():  # as one of several alternatives
                return self.all_of((node,), where)

    # How much there is to do

    def effort(self, parts: Sequence[Node]) -> Effort:
        """Return what it takes to match all parts, words looked for anywhere."""
        return together(
            [self._effort(part) for part in dict.fromkeys(parts)] or [Effort(self._index.size, self._index.size)]
        )

    def _effort(self, node: Node) -> Effort:
        match node:
            case Words():
                return self._terms.effort(node.term)
            case Filter():
                return Effort(self._sizes.get(node, self._index.size), self._sizes.get(node, self._index.size))
            case Group(parts, either=True):
                return either([self._effort(part) for part in parts])
            case Group(parts):
                return self.effort(parts)
            case Not(part):
                return Effort(self._effort(part).work, self._index.size)

    def _filter(self, condition: Filter) -> Match:
        index = self._index
        name, value = condition.field, condition.value
        if is_kind(name):
            return self._related(condition)
        if name in DATED:
            return self._dated(condition)
        if name == "kind":
            kinds = [value]
            if not is_kind(value):
                kinds = [kind.name for kind in KINDS if begins(value, kind.name, kind.label, kind.section)]
                self._note_meant(f"No kind is called “{value}”", kinds)
            return self._any_of(condition, "facets", [f"kind:{kind}" for kind in kinds])
        if name == "id":
            ids = [value]
            if not index.frequency("id", value):
                ids = index.words("id", value, _NAMES)
                self._note_meant(f"No record has the id “{value}”", ids)
            return self._any_of(condition, "id", ids)
        if name == "is":
            keys = self._records.broken()
            self._sizes[condition] = len(keys)
            return index.any_key(keys)
        if name == "has":
            return index.term("traits", f"has:{value}")
        if name == "no":
            if value == "source":
                return index.term("traits", "unsourced:claim")
            return index.all_of([], [index.term("traits", f"has:{value}")])
        field = "traits" if name in ("tag", "language") else "facets"
        facets = [f"{name}:{value.replace('-', '_') if name == 'evidence' else fold(value)}"]
        if name == "marking":
            facets.append(f"marking:{fold(f'TLP:{value}')}")
        if not any(index.frequency(field, facet) for facet in facets):
            facets = [longer for facet in facets for longer in index.words(field, facet, _NAMES)]
            meant = [facet.removeprefix(f"{name}:") for facet in facets]
            claim = name == "evidence"
            nothing = f"No claim is “{EVIDENCE[value]}”" if claim else f"No record has the {name} “{value}”"
            self._note_meant(nothing, meant)
        return self._any_of(condition, field, facets)

    def _any_of(self, condition: Filter, field: str, values: Sequence[str]) -> Match:
        self._sizes[condition] = sum(self._index.frequency(field, value) for value in values)
        return self._index.term(field, values[0]) if len(values) == 1 else self._index.any_term(field, values)

    def _related(self, condition: Filter) -> Match:
        kind, name = condition.field, condition.value
        ids = self._records.ids_named(name, kind)
        if not ids:
            found = self._records.named(self._index.in_order(self.called(name, kind), _MEANT))
            self._note_meant(f"No {kind} is called “{name}”", [each.title for each in found])
            ids = [each.id for each in found]
        if not ids:
            return self._index.one_of([])
        named = self._records.named_by(ids)
        self._sizes[condition] = len(named) + sum(self._index.frequency("links", each) for each in ids)
        return self._index.one_of([self._index.any_term("links", ids), self._index.any_term("id", [*ids, *named])])

    def _dated(self, condition: Filter) -> Match:
        index = self._index
        if condition.value == "title":
            return index.all_of([])
        from briefing.records.dates import parse_date  # imported here: only queries with dates pay for it

        date = parse_date(condition.value)
        first = date.lower.toordinal() if date.lower else None
        last = date.upper.toordinal() if date.upper else None
        if condition.field == "before":
            last = first - 1 if first else 0
            return index.bounds("uppers", None, last) if condition.certain else index.days(None, last)
        if condition.field == "after":
            first = last + 1 if last else _NO_DAY
            return index.bounds("lowers", first, None) if condition.certain else index.days(first, None)
        return self._wholly_in(first, last) if condition.certain else self._partly_in(first, last)

    def _partly_in(self, first: int | None, last: int | None) -> Match:
        """Match records one of whose dates has a day between two days."""
        index = self._index
        within = index.days(first, last)
        if first is None or last is None or last - first >= _MONTH:
            return within
        # Of a date its ends and its months are among the days: what is left are dates that reach over both ends.
        around = [f"{lower}:{upper}" for lower, upper in index.spans() if lower < first and last < upper]
        return index.one_of([within, index.any_term("spans", around)]) if around else within

    def _wholly_in(self, first: int | None, last: int | None) -> Match:
        """Match records one of whose dates begins and ends between two days: the same date, not two of them."""
        index = self._index
        if last is None:
            return index.bounds("lowers", first, None)
        if first is None:
            return index.bounds("uppers", None, last)
        within = [f"{lower}:{upper}" for lower, upper in index.spans() if first <= lower and upper <= last]
        return index.any_term("spans", within) if within else index.one_of([])

    def _note_meant(self, sentence: str, meant: Sequence[str]) -> None:
        """Say that a value is nobody's, and which ones were taken in its place because they begin so."""
        shown = ", ".join([*meant[:_SHOWN], *(["…"] if len(meant) > _SHOWN else [])])
        self._note(f"{sentence}; taken as {shown}." if meant else f"{sentence}.")

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)
