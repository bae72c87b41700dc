"""Ask the search index of a library, which is mended on the way where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from briefing.errors import CacheError
from briefing.library.answers import Tally
from briefing.library.catalogue import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.library.cache import Cache
    from briefing.library.catalogue import Catalogue
    from briefing.library.lookup import Lookup
    from briefing.search.completion import Completions, MostLinked
    from briefing.search.facets import Facets
    from briefing.search.index import SearchIndex
    from briefing.search.ranking import Hits

T = TypeVar("T")


class Repair(Protocol):
    """Brings the index into step with the catalogue; with `anew` it is not even looked at."""

    def __call__(self, *, anew: bool) -> None:
        """Do it. The caller is the writer."""


class Finding:
    """The index of a library, open for as long as it is asked."""

    def __init__(self, catalogue: Catalogue, cache: Cache, lookup: Lookup, repair: Repair) -> None:
        self._catalogue = catalogue
        self._cache = cache
        self._lookup = lookup
        self._repair = repair
        self._index: SearchIndex | None = None
        self._linked: MostLinked | None = None

    def search(self, text: str, limit: int, *, count: bool) -> Hits:
        """See `Library.search`."""
        # Imported here: only searching pays for them.
        from briefing.search.query import parse
        from briefing.search.ranking import Hits, search

        query = parse(text)
        return self._asked(
            lambda index: search(index, self._lookup, query, limit, count=count), Hits(query, (), 0, query.notes)
        )

    def facets(self, text: str) -> Facets:
        """See `Library.facets`."""
        from briefing.search.facets import Facets, facets
        from briefing.search.query import parse

        query = parse(text)
        return self._asked(lambda index: facets(index, self._lookup, query), Facets(0))

    def tally(self, text: str, most: int) -> Tally:
        """See `Library.tally`."""
        from briefing.search.matching import Matcher
        from briefing.search.query import parse

        query = parse(text)

        def counted(index: SearchIndex) -> Tally:
            found = Matcher(index, self._lookup).all_of(query.conjuncts, "all")
            total = index.count(found)
            keys = index.in_order(found, total) if total <= most else []
            return Tally(total, tuple(sorted(self._lookup.ids(keys))))

        return self._asked(counted, Tally(0)) if query else Tally(0)

    def completions(self, text: str, cursor: int, limit: int) -> Completions:
        """See `Library.completions`."""
        from briefing.search.completion import Completions, MostLinked, complete

        linked = self._linked = self._linked or MostLinked()
        return self._asked(lambda index: complete(index, self._lookup, linked, text, cursor, limit), Completions())

    def _asked(self, ask: Callable[[SearchIndex], T], nothing: T) -> T:
        """Ask the index, after mending it where it is damaged or behind; `nothing` is the answer where none is yet."""
        try:
            index = self._current() or self._mended(anew=False)
            return nothing if index is None else ask(index)
        except DamagedError:
            raise
        except CacheError:
            index = self._mended(anew=True)
            if index is None:
                raise
            return ask(index)

    def _current(self) -> SearchIndex | None:
        """Return the index where it is in step with the catalogue."""
        # Imported here: only searching pays for Tantivy.
        from briefing.search.index import SearchIndex

        generation = int(self._catalogue.meta("generation", 0))
        try:
            if self._index is None:
                self._index = SearchIndex.open(self._cache.index)
            if self._index.generation != generation:
                self._index.reload()
            return self._index if self._index.generation == generation else None
        except CacheError:
            self.close()
            return None

    def _mended(self, *, anew: bool) -> SearchIndex | None:
        """Return the index after mending it.

        While another process writes it is returned as it is, and None where there is none yet.
        """
        from briefing.search.index import SearchIndex

        with self._cache.writing_now() as is_writer:
            if is_writer:
                self.close()
                self._repair(anew=anew)
        try:
            if self._index is None:
                self._index = SearchIndex.open(self._cache.index)
            self._index.reload()
        except CacheError:
            self.close()
            if is_writer:
                raise
        return self._index

    def close(self) -> None:
        """Let go of the index's files."""
        index, self._index = self._index, None
        if index is not None:
            index.close()
