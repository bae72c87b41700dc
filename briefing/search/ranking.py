"""Order what was found, and say why each hit is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefing.search.excerpt import best_excerpt, opening
from briefing.search.highlight import mark, matches
from briefing.search.matching import Matcher
from briefing.search.query import Query, Words
from briefing.search.sampling import best
from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.search.highlight import Term
    from briefing.search.index import SearchIndex

Span = tuple[int, int]

_MAIN = ("bottom line", "claim", "text", "role")
_ALIAS = "also known as "
_MINOR = ("iso code", "tag", "identifier", "link")
"""Of what `entry.texts_of` names: what says best what a record is about, and what does not say it at all."""


class Records(Protocol):
    """What searching asks of the catalogue."""

    def ids_named(self, name: str, kind: str = "") -> list[str]:
        """Return ids of records of a kind (or any) whose id, title or alias folds to `text.fold(name)`."""

    def named_by(self, ids: Sequence[str]) -> list[str]:
        """Return the ids that those records name."""

    def broken(self) -> list[int]:
        """Return the keys of records whose file is broken now, or that have an error."""

    def named(self, keys: Sequence[int]) -> list[Named]:
        """Return what records are called; a key that is gone is left out."""

    def passages(self, keys: Sequence[int]) -> dict[int, Passages]:
        """Return what is shown of records, by key; a key that is gone is left out."""

    def endings(self, keys: Sequence[int], term: Term) -> dict[int, set[str]]:
        """Return by key the words that a phrase ends in, whose last one is a beginning; nothing where there are none.

        The records under the keys hold the words before the last. It is a quick look: a word too many may be said.
        """

    def holding(self, keys: Sequence[int], term: Term, *, names: bool) -> list[int]:
        """Return those of some keys in whose records (with `names`, in whose names) a term stands."""


class Named(NamedTuple):
    """A record as far as a choice of it needs."""

    key: int
    id: str
    kind: str
    title: str


class Passages(NamedTuple):
    """A record as far as a hit shows it; `texts` are those of `entry.texts_of`."""

    key: int
    id: str
    kind: str
    title: str
    aliases: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


class Hit(NamedTuple):
    """A record that was found.

    `reason` says for people why it is there: `title`, `id`, `also known as iCET`, `bottom line`, `claim`, `text`,
    `role`, or the filters that it fits. `text` is the sentence to show. Marks are (start, end) in `title`, `text` and
    `reason`: where an alias is the reason, the words are in there.
    """

    key: int
    id: str
    kind: str
    title: str
    title_marks: tuple[Span, ...]
    reason: str
    text: str
    marks: tuple[Span, ...]
    reason_marks: tuple[Span, ...] = ()


class Hits(NamedTuple):
    """What a query found: the first hits, how many there are in all, and what a user should know about the query.

    `total` is None where it was not asked for and there are more hits than these.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int | None
    notes: tuple[str, ...]
    showing: Query | None = None
    """What was searched for instead, because nothing fits the query itself."""


def search(index: SearchIndex, records: Records, query: Query, limit: int = 20, *, count: bool = True) -> Hits:
    """Find records, best first. Raises CacheError where the index cannot be read.

    Where nothing is found, the query is mended step by step; `Hits.showing` is then what was searched for instead,
    and a note says so. Without `count`, the total stays open where there are more hits than the limit.
    """
    matcher = Matcher(index, records)
    hits = _found(index, records, matcher, query, limit)
    showing: Query | None = None
    if query.words and not hits and (limit > 0 or not _fits(index, matcher, query)):
        # Imported here: only a query that finds nothing pays for it.
        from briefing.search.forgiving import mended

        if found := mended(query, index, records, lambda other: _fits(index, matcher, other)):
            showing = found.query
            hits = _found(index, records, matcher, showing, limit, found.reason)
            matcher.notes[:0] = found.notes
    total: int | None = len(hits)
    if len(hits) >= limit:
        total = index.count(matcher.all_of((showing or query).conjuncts, "all")) if count and query.root else None
    return Hits(query, hits, total, (*query.notes, *matcher.notes), showing)


def _fits(index: SearchIndex, matcher: Matcher, query: Query) -> bool:
    return bool(_best(index, matcher, query, 1))


def _best(index: SearchIndex, matcher: Matcher, query: Query, limit: int) -> list[tuple[float, int]]:
    parts = query.conjuncts
    return best(index, lambda part: matcher.all_of(parts, "all", part), matcher.effort(parts), limit)


def _found(
    index: SearchIndex, records: Records, matcher: Matcher, query: Query, limit: int, reason: str = ""
) -> tuple[Hit, ...]:
    if query.root is None or limit < 1:
        return ()
    if query.words:
        keys = _ranked(index, records, matcher, query, limit)
    else:
        everything = matcher.all_of(query.conjuncts, "all")
        keys = [(0, 0.0, key) for key in index.in_order(everything, limit)]
    passages = records.passages([key for _, _, key in keys])
    # Equals stand in the order of their titles, so that the order does not hang on the order of indexing.
    rows = sorted(
        (tier, -score, fold(found.title), found.id, found)
        for tier, score, key in keys
        if (found := passages.get(key)) is not None
    )
    explain = _Explainer(query, reason)
    return tuple(explain.hit(row[-1]) for row in rows)


def _ranked(
    index: SearchIndex, records: Records, matcher: Matcher, query: Query, limit: int
) -> list[tuple[int, float, int]]:
    """Return (tier, score, key), at most `limit` of them: whole names, their beginnings, their words, everything.

    A tier is asked only where those before it have not filled the list.
    """
    found: dict[int, tuple[int, float, int]] = {}

    def add(tier: int, hits: Iterable[tuple[float, int]]) -> None:
        for score, key in hits:
            found.setdefault(key, (tier, round(score, 4), key))

    name = fold(_name(query))
    if name:
        # A name that begins with the words of a query has these words; what is left to ask are its conditions.
        conditions = [part for part in query.conjuncts if not isinstance(part, Words)]
        if ids := records.ids_named(name):
            add(0, index.best(matcher.with_conditions(index.any_term("id", ids), conditions), limit))
        if len(found) < limit and (begun := matcher.names(name, goes_on=query.words[-1].prefix)) is not None:
            add(1, index.best(matcher.with_conditions(begun, conditions), limit))
    if len(found) < limit:
        add(2, index.best(matcher.all_of(query.conjuncts, "title"), limit))
    if len(found) < limit:
        add(3, _best(index, matcher, query, limit))
    return sorted(found.values())[:limit]


def _name(query: Query) -> str:
    """Return the words of a query that might be a name: all of them, where they are not alternatives."""
    words = [part for part in query.conjuncts if isinstance(part, Words)]
    return " ".join(part.text for part in words) if len(words) == len(query.words) else ""


class _Explainer:
    """Says why records were found."""

    def __init__(self, query: Query, reason: str) -> None:
        self.highlights = query.highlights
        self.name = fold(_name(query)) if query.words else ""
        self.reason = reason
        self.filters = " ".join(str(part) for part in query.conjuncts)

    def hit(self, found: Passages) -> Hit:
        marks = mark(found.title, self.highlights)
        name, text, text_marks = best_excerpt(found.texts, self.highlights) or ("", "", ())
        reason = self.reason or self._reason(found, name)
        if reason != name and (name in _MINOR or not text):
            # The name says why it is here; so show what it is about.
            text, text_marks = _about(found), ()
        alias = reason.removeprefix(_ALIAS) if reason.startswith(_ALIAS) else ""
        in_alias = tuple((start + len(_ALIAS), end + len(_ALIAS)) for start, end in mark(alias, self.highlights))
        return Hit(found.key, found.id, found.kind, found.title, marks, reason, text, text_marks, in_alias)

    def _reason(self, found: Passages, excerpt: str) -> str:
        if not self.highlights:
            return self.filters
        names = [found.title, *found.aliases]
        covered = [len({number for _, _, number in matches(name, self.highlights)}) for name in names]
        whole = [fold(name) == self.name for name in names]
        best = max(range(len(names)), key=lambda at: (whole[at], covered[at], -at))
        if whole[best] or covered[best] == len(self.highlights.terms) or (covered[best] and not excerpt):
            return f"{_ALIAS}{names[best]}" if best else "title"
        if fold(found.id) == self.name:
            return "id"
        return excerpt or "id"


def _about(found: Passages) -> str:
    texts = [(name, text) for name, text in found.texts if name not in _MINOR]
    main = [text for name, text in texts if name in _MAIN] or [text for _, text in texts]
    return opening(main[0]) if main else ""
