"""Turn a query into what the index matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.records.kinds import is_kind
from briefing.search.query import Filter, Group, Node, Not, Words
from briefing.search.text import ALL_PREFIX, START, TITLE_PREFIX, fold, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from briefing.search.highlight import Term
    from briefing.search.index import Match, SearchIndex
    from briefing.search.ranking import Records

    Where = Literal["title", "all"]


_NAMES_ONLY = Filter("in", "title")
_LONGEST_BEGINNING = {"title": TITLE_PREFIX, "all": ALL_PREFIX}
_MOST_WORDS = 1_000
"""How many words a beginning may stand for, the most frequent ones."""
_RANKED_WORDS = 16
"""Up to this number each of them ranks by itself."""
_PHRASES = 50
_NAMES = 100


class Matcher:
    """Makes matches for one query after another; what a user should know about them gathers in `notes`."""

    def __init__(self, index: SearchIndex, records: Records) -> None:
        self._index = index
        self._records = records
        self._filters: dict[Filter, Match] = {}
        self.notes: list[str] = []

    def all_of(self, parts: Sequence[Node], where: Where) -> Match:
        """Match what all parts match, words looked for in one field; `in:title` among them narrows it to names."""
        if _NAMES_ONLY in parts:
            where = "title"
        wanted: list[Match] = []
        unwanted: list[Match] = []
        for part in parts:
            if isinstance(part, Not):
                unwanted.append(self.match(part.part, where))
            else:
                wanted.append(self.match(part, where))
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

    def match(self, node: Node, where: Where) -> Match:
        """Match a part of a query."""
        match node:
            case Words():
                return self._words(node.term, where)
            case Filter():
                if node not in self._filters:
                    self._filters[node] = self._index.only_filtering(self._filter(node))
                return self._filters[node]
            case Group(parts, either=True):
                return self._index.one_of([self.match(part, where) for part in parts])
            case Group(parts):
                return self.all_of(parts, where)
            case Not():  # as one of several alternatives
                return self.all_of((node,), where)

    def _words(self, term: Term, where: Where) -> Match:
        index = self._index
        *before, last = term.tokens
        single = len(last) == 1 and is_unspaced(last)
        if not before:
            if single:
                return index.term(f"{where}_prefix", last)
            if term.prefix:
                return index.one_of([index.term(where, last), self._beginning(last, where)])
            return index.term(where, last)
        if not term.prefix:
            return index.phrase(where, term.tokens)
        endings = dict.fromkeys([last, *index.words(where, last, _PHRASES)])
        return index.one_of([index.phrase(where, (*before, ending)) for ending in endings])

    def _beginning(self, prefix: str, where: Where) -> Match:
        index = self._index
        if len(prefix) <= _LONGEST_BEGINNING[where]:
            return index.term(f"{where}_prefix", prefix)
        words = index.words(where, prefix, _MOST_WORDS)
        if len(words) > _RANKED_WORDS:
            return index.any_term(where, words)
        return index.one_of([index.term(where, word) for word in words])

    def _filter(self, condition: Filter) -> Match:
        index = self._index
        name, value = condition.field, condition.value
        if is_kind(name):
            return self._related(name, value)
        if name in ("in", "before", "after"):
            return self._dated(name, value)
        if name == "kind":
            if not is_kind(value):
                self._note(f"No kind is called “{value}”.")
            return index.term("facets", f"kind:{value}")
        if name == "id":
            if not index.frequency("id", value):
                self._note(f"No record has the id “{value}”.")
            return index.term("id", value)
        if name == "has":
            return index.term("traits", f"has:{value}")
        if name == "no":
            if value == "source":
                return index.term("traits", "unsourced:claim")
            return index.all_of([], [index.term("traits", f"has:{value}")])
        field = "traits" if name in ("tag", "language") else "facets"
        facets = [f"{name}:{fold(value)}"]
        if name == "marking":
            facets.append(f"marking:{fold(f'TLP:{value}')}")
        if not any(index.frequency(field, facet) for facet in facets):
            self._note(f"No record has the {name} “{value}”.")
        return index.any_term(field, facets)

    def _related(self, kind: str, name: str) -> Match:
        ids = self._records.ids_named(name, kind)
        if not ids:
            self._note(f"No {kind} is called “{name}”.")
            return self._index.one_of([])
        named = self._records.named_by(ids)
        return self._index.one_of([self._index.any_term("links", ids), self._index.any_term("id", [*ids, *named])])

    def _dated(self, name: str, value: str) -> Match:
        if value == "title":
            return self._index.all_of([])
        from briefing.records.dates import parse_date  # imported here: only queries with dates pay for it

        date = parse_date(value)
        first = date.lower.toordinal() if date.lower else None
        last = date.upper.toordinal() if date.upper else None
        if name == "before":
            return self._index.days(None, first - 1) if first else self._index.one_of([])
        if name == "after":
            return self._index.days(last + 1, None) if last else self._index.one_of([])
        return self._index.days(first, last)

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)
