"""A folder of records, catalogued: what everybody else asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import LibraryError
from briefing.library.answers import (
    Card,
    CheckReport,
    Citation,
    Counts,
    Progress,
    Range,
    RelatedCard,
    RelationGroup,
    SectionCount,
    Start,
    Tally,
    TimelineItem,
    Update,
)
from briefing.library.cache import Cache
from briefing.library.catalogue import Catalogue, DamagedError
from briefing.library.finding import Finding
from briefing.library.folder import OutsideError, read_file
from briefing.library.indexer import Indexer
from briefing.library.library_file import LibraryFile
from briefing.library.lookup import Lookup
from briefing.library.texts import SourceRow, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path
    from typing import Self

    from briefing.library.evidence import SourceText
    from briefing.library.ranges import Ranges
    from briefing.records.claims import Evidence
    from briefing.records.draft import LibraryInfo
    from briefing.records.problems import Problem
    from briefing.records.record import Record
    from briefing.search.completion import Completions
    from briefing.search.facets import Facets
    from briefing.search.ranking import Hits

__all__ = [
    "Card",
    "CheckReport",
    "Citation",
    "Counts",
    "Library",
    "Progress",
    "Range",
    "RelatedCard",
    "RelationGroup",
    "SectionCount",
    "Start",
    "Tally",
    "TimelineItem",
    "Update",
]

_RAW_LIMIT = 1024 * 1024
_UNTIL_REBUILT = "Bring the library up to date again: it is made anew."


class Library:
    """A folder of records, with what was catalogued of it.

    One instance belongs to one thread; several on one folder are fine. It is cheap to open and does not index:
    see `update`. The folder is only read. `cache` is the folder in which catalogue and index get a folder of their
    own (by default the user's cache folder), `texts` a folder with the texts of sources. Raises LibraryError where
    the folder cannot be used, and CacheError where the cache cannot be written.

    What is asked before the first `update` finds an empty library. A catalogue that turns out to be damaged raises
    CacheError; the next `update` makes it anew.
    """

    def __init__(self, folder: Path, *, cache: Path | None = None, texts: Path | None = None) -> None:
        if not folder.is_dir():
            raise LibraryError(
                "This is not a folder" if folder.exists() else "There is no such folder",
                where=str(folder),
                mend="Name a folder that holds YAML records.",
            )
        self.folder = folder.absolute()
        self.texts = texts
        self._cache = Cache(self.folder, cache)
        self._texts = Texts(self.folder, texts)
        try:
            if self._cache.condemned:
                raise DamagedError("The catalogue was found damaged", where=str(self._cache.folder))
            self._connect()
        except DamagedError:
            self._rebuild()

    def _connect(self) -> None:
        self._catalogue = Catalogue(self._cache.catalogue, self._cache.condemn)
        try:
            self._lookup = Lookup(self._catalogue)
            self._file = LibraryFile(self.folder, self._catalogue)
            self._indexer = Indexer(self.folder, self._cache, self._catalogue, self._texts)
            self._finding = Finding(self._catalogue, self._cache, self._lookup, self._indexer.repair_index)
            self._generation = self._stored_generation()
        except BaseException:
            self._catalogue.close()
            raise

    def _rebuild(self) -> None:
        """Throw away what is kept; the next update makes it anew."""
        with self._cache.writing(lambda: False):
            self._cache.clear()
        self._connect()

    def _stored_generation(self) -> int:
        return int(self._catalogue.meta("generation", 0))

    @property
    def info(self) -> LibraryInfo:
        """What library.yaml says, or the defaults."""
        return self._file.info()

    @property
    def title(self) -> str:
        """The library's title; the folder's name where library.yaml gives none."""
        return self.info.title or self.folder.name

    @property
    def generation(self) -> int:
        """A number that rises with every change, as of the last `update` or `refresh`; 0 before the first index."""
        return self._generation

    @property
    def ready(self) -> bool:
        """Whether the library has been indexed, be it in part."""
        return self._generation > 0

    def update(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        paths: Collection[str] | None = None,
    ) -> Update:
        """Bring catalogue and index up to date with the folder.

        Only what changed is read: more than about 64 files in worker processes, fewer in this one, since starting a
        worker takes longer than reading them. With `paths`, only those are looked at, with what lies below them: all
        that may have changed since the last update, relative to the library, or whole for texts elsewhere.
        `progress` is called at most ten times a second, `cancelled` asked between batches. What a cancelled or killed
        update has committed is kept, and the next one goes on from there.
        """
        if self._cache.condemned or self._catalogue.replaced:
            self._renew()
        try:
            done = self._indexer.update(progress, cancelled, paths)
        except DamagedError:
            self._renew(damaged=True)
            done = self._indexer.update(progress, cancelled, paths)
        self._generation = done.generation
        return done

    def _renew(self, *, damaged: bool = False) -> None:
        self._finding.close()
        self._catalogue.close()
        if damaged or self._cache.condemned:
            self._rebuild()
        else:
            self._connect()

    def refresh(self) -> bool:
        """Take up what another process or instance committed; True when there was something."""
        before = self._generation
        if self._catalogue.replaced:
            self._renew()
        self._generation = self._stored_generation()
        return self._generation != before

    @property
    def _ranges(self) -> Ranges:
        # Imported here: a search does without.
        from briefing.library.ranges import Ranges

        return Ranges(self._catalogue)

    # What is in it

    def counts(self) -> Counts:
        """Return how many records, errors and warnings there are."""
        return self._lookup.counts()

    def sections(self) -> tuple[SectionCount, ...]:
        """Return the kinds that have records, in the order of the tree."""
        return self._lookup.sections()

    def cards(self, kind: str, offset: int = 0, limit: int = -1) -> list[Card]:
        """Return the records of a kind by title; of kinds that nest only the roots."""
        return self._lookup.cards(kind, offset, limit)

    def card_count(self, kind: str) -> int:
        """Return how many rows `cards` has."""
        return self._lookup.card_count(kind)

    def ranges(self, kind: str) -> list[Range]:
        """Return what `cards` is parted in where it has very many rows, in order; nothing where it has not."""
        return self._ranges.of(kind)

    def range_cards(self, kind: str, start: Start) -> list[Card]:
        """Return the records of the range that begins there, by title."""
        return self._ranges.cards(kind, start)

    def range_of(self, id: str) -> Start | None:  # noqa: A002
        """Return the start of the range that a record is in, or None where it is in none."""
        return self._ranges.holding(id)

    def titled(self, kind: str, begin: str) -> str | None:
        """Return the id of the first of `cards` whose title begins so, but for case and accents."""
        return self._ranges.titled(kind, begin)

    def narrower(self, id: str) -> list[Card]:  # noqa: A002 - the field's own name, here and below
        """Return the records that nest directly under a record, by title."""
        return self._lookup.narrower(id)

    def card(self, id: str) -> Card | None:  # noqa: A002
        """Return a record's card, or None where there is no such record."""
        return self._lookup.card(id)

    def titles(self, ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those ids that are known."""
        return self._lookup.titles(ids)

    def markings(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the markings in force of those ids that are known, without reading the records."""
        return self._lookup.markings(ids)

    def mixed(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of some records in which a claim or a section has a marking of its own, without reading them."""
        return self._lookup.mixed(ids)

    def record(self, id: str) -> Record | None:  # noqa: A002
        """Return a record, or None where there is none of that id."""
        return self._lookup.record(id)

    def neighbours(self, id: str) -> tuple[SectionCount, ...]:  # noqa: A002
        """Return the kinds of the records related to it in either direction, each record counted once."""
        return self._lookup.neighbours(id)

    def neighbour_cards(self, id: str, kind: str, offset: int = 0, limit: int = -1) -> list[Card]:  # noqa: A002
        """Return the records of a kind that are related to it in either direction, by title."""
        return self._lookup.neighbour_cards(id, kind, offset, limit)

    def relations(self, id: str, limit: int = -1) -> tuple[RelationGroup, ...]:  # noqa: A002
        """Return its relations by sort, its own first, then those that other records make to it.

        Of each sort at most `limit` cards are returned, those with the earliest dates first; -1 is all.
        """
        # Imported here, as below: a search does without.
        from briefing.library.related import Related

        return Related(self._catalogue, self._lookup).groups(id, limit)

    def timeline(self, id: str) -> list[TimelineItem]:  # noqa: A002
        """Return what is dated in the record and in those related to it, oldest first."""
        from briefing.library.related import Related

        return Related(self._catalogue, self._lookup).timeline(id)

    # Where it comes from

    def evidence(self, id: str) -> dict[str, Evidence]:  # noqa: A002
        """Return the evidence state of each of its claims, by claim id, with this library's texts folder."""
        if self._catalogue.meta("texts", "") == self._texts.folder:
            return self._lookup.evidence(id)
        # Another program works with another texts folder on the same catalogue.
        from briefing.library.coverage import Coverage

        return Coverage(self._catalogue, self._texts).of_record(self._lookup.key(id))

    def citations(self, source_id: str, limit: int = -1) -> list[Citation]:
        """Return the claims that cite a source, in the order of its paragraphs."""
        return self._lookup.citations(source_id, limit)

    def source_text(self, source: Record) -> SourceText | None:
        """Return the text of a source, or None where it is not here."""
        # Imported here: nothing else reads records on this way.
        from briefing.library.reading import text_path

        row = SourceRow(0, source.id, source.title, text_path(source), len(source.texts("gists")), 0, 0)
        return self._texts.load(row)[0]

    def check(self, texts: Path | None = None) -> CheckReport:
        """Check every claim afresh with that texts folder (by default the library's own), keeping nothing."""
        from briefing.library.coverage import Coverage

        found = Texts(self.folder, texts) if texts is not None else self._texts
        counted, problems = Coverage(self._catalogue, found).everything()
        others = self._lookup.problems(without=("evidence", "text"))
        return CheckReport(tuple(sorted((*others, *problems))), dict(counted))

    # What is wrong

    def problems(self, file: str | None = None) -> list[Problem]:
        """Return the problems of a file or of the whole library, in the order of files and lines."""
        return self._lookup.problems(file)

    def problem_files(self) -> list[tuple[str, int, int]]:
        """Return the files (and folders) that have problems, each with its numbers of errors and warnings."""
        return self._lookup.problem_files()

    def cards_in(self, file: str) -> list[Card]:
        """Return the records of a file, in its order; of one that is broken now the last good versions."""
        return self._lookup.cards_in(file)

    def stale_cards(self, file: str) -> list[Card]:
        """Return the last good versions of the records of a file that is broken now."""
        return self._lookup.stale_cards(file)

    def raw_text(self, file: str) -> str:
        """Return the text of a file of the library: at most 1 MiB, what cannot be decoded replaced.

        Empty where there is nothing that can be read. Raises LibraryError where the path leads out of the library.
        """
        try:
            return read_file(self.folder, file, _RAW_LIMIT).decode("utf-8-sig", errors="replace")
        except OutsideError as error:
            raise LibraryError(
                "This file is not in the library", where=file, mend="Open a file of the library."
            ) from error
        except (OSError, ValueError):
            return ""

    # Finding

    def search(self, text: str, limit: int = 20, *, count: bool = True) -> Hits:
        """Search the library; before anything is indexed nothing is found.

        Without `count`, the total is left open where there are more hits than the limit: counting all takes longer
        than finding the best. An index that is damaged, or out of step with the catalogue, is mended on the way.
        """
        return self._finding.search(text, limit, count=count)

    def facets(self, text: str) -> Facets:
        """Count what fits a query, and by what it can be narrowed; it is not mended, see `Hits.showing`."""
        return self._finding.facets(text)

    def tally(self, text: str, most: int) -> Tally:
        """Return how many records fit a query, with their ids where there are at most `most`."""
        return self._finding.tally(text, most)

    def completions(self, text: str, cursor: int, limit: int = 50) -> Completions:
        """Say how a query can go on where the cursor stands: names of filters, or values that the library has."""
        return self._finding.completions(text, cursor, limit)

    # Letting go

    def close(self) -> None:
        """Let go of catalogue and index."""
        self._finding.close()
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
