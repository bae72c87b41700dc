"""Bring catalogue and index up to date with a folder."""

from __future__ import annotations

import gc
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from briefing.errors import CacheError, LibraryError
from briefing.library.answers import Phase, Progress, Update
from briefing.library.cache import CancelledError
from briefing.library.folder import LIBRARY_FILE
from briefing.library.library_file import LibraryFile
from briefing.library.lookup import Lookup
from briefing.library.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator
    from pathlib import Path

    from briefing.library.cache import Cache
    from briefing.library.catalogue import Catalogue
    from briefing.library.folder import FileStamp
    from briefing.library.ledger import Ledger
    from briefing.library.reading import FileReading, Task
    from briefing.library.texts import Texts
    from briefing.library.workers import Standby
    from briefing.search.index import IndexWriter

FEW = 64
"""As many changed files as this are looked at before anything is opened for writing."""

MANY = 2_000
"""From so many changed files on, they are committed in several batches, and everything is checked afterwards."""

VERY_MANY = 50_000
"""With more, catalogue and index are given more memory."""

_FIRST_COMMIT_SECONDS = 3.0
_COMMIT_GROWTH = 1.5
_LONGEST_BATCH_SECONDS = 45.0
_REPORT_SECONDS = 0.1


class Indexer:
    """Updates the catalogue and the index of one library."""

    def __init__(self, folder: Path, cache: Cache, catalogue: Catalogue, texts: Texts) -> None:
        self._folder = folder
        self._cache = cache
        self._catalogue = catalogue
        self._texts = texts
        self._library_file = LibraryFile(folder, catalogue)
        self._lookup = Lookup(catalogue)
        self._reported = 0.0
        self._progress: Callable[[Progress], None] | None = None
        self._standby: Standby | None = None

    def update(
        self,
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
        paths: Collection[str] | None = None,
    ) -> Update:
        """Read what changed and write it down; with `paths`, look at nothing else.

        Nothing is locked where nothing changed. Else one process or instance writes, and another that wants to waits,
        and mostly finds nothing left to do. What was committed before a cancellation or a crash is kept.
        """
        started = time.perf_counter()
        self._progress = progress
        asked = _sticky(cancelled) if cancelled else _never
        try:
            found = self._survey(asked, paths)
            if found.is_quiet or asked():
                return self._summary(started, found, cancelled=asked())
            with self._cache.writing(asked):
                if int(self._catalogue.meta("generation", 0)) != found.generation:
                    # Another was here first.
                    found = self._survey(asked, paths)
                if found.is_quiet or asked():
                    return self._summary(started, found, cancelled=asked())
                return self._write(found, started, asked)
        except CancelledError:
            return self._summary(started, found, cancelled=True)
        finally:
            if self._standby is not None:
                self._standby.dismiss()
                self._standby = None

    def repair_index(self, *, anew: bool) -> None:
        """Bring an index that is damaged or out of step into step with the catalogue. The caller is the writer.

        With `anew` it is not even looked at.
        """
        if anew:
            self._cache.clear_index()
        self._catalogue.set_meta("index", -1)
        writer = self._open_writer()
        writer.close()

    def _survey(self, cancelled: Callable[[], bool], paths: Collection[str] | None = None) -> Survey:
        if not self._folder.is_dir():
            raise LibraryError(
                "There is no such folder any more",
                where=str(self._folder),
                mend="Put it back, or open another library.",
            )
        return survey(self._folder, self._catalogue, self._texts, cancelled, self._walked, paths)

    def _walked(self, done: int) -> None:
        self._report("walking", done, 0)
        if done > MANY and self._standby is None and not self._catalogue.meta("generation", 0):
            # Imported here: where nothing changed nobody pays for it.
            from briefing.library.workers import Standby

            # All of this is to be read, and workers take as long to come to life as the walk takes.
            self._standby = Standby()
            self._standby.call_up(str(self._folder))

    # Writing

    def _write(self, found: Survey, started: float, cancelled: Callable[[], bool]) -> Update:
        # Imported here: where nothing changed nobody pays for it.
        from briefing.library.ledger import Ledger

        readings: list[list[FileReading]] | None = None
        if found.has_only_changes and len(found.changed) <= FEW:
            readings = list(self._readings(found))
            if all(reading.outcome == "same" for batch in readings for reading in batch):
                # Touched, or written in the moment in which it was read before: nothing that anybody need be told.
                self._restamp(readings)
                return self._summary(started, found)
        bulk = self._is_bulk(found)
        many = len(found.changed) > VERY_MANY
        self._catalogue.expect_writing(many=many)
        writer = self._open_writer(many=many)
        ledger = Ledger(self._catalogue, writer, bulk=bulk)
        done = Done()
        try:
            ledger.begin()
            if bulk:
                self._catalogue.set_meta("unchecked", 1)
            if found.library_file or found.library_gone:
                self._take_library_file(found, ledger)
            if not bulk:
                self._drop(found, ledger, done)
            with (
                closing(self._readings(found) if readings is None else _again(readings)) as batches,
                _without_collecting(bulk),
            ):
                self._take(batches, len(found.changed), ledger, done, cancelled, bulk=bulk)
            if not done.cancelled:
                if bulk:
                    self._drop(found, ledger, done)
                self._check(found, ledger, bulk=bulk)
            ledger.commit()
        except BaseException:
            ledger.abandon()
            raise
        finally:
            writer.close()
        changed = frozenset() if bulk else frozenset(ledger.changed)
        files = frozenset() if bulk else frozenset(done.files)
        return self._summary(started, found, done=done, changed=changed, files=files, everything=bulk)

    def _take_library_file(self, found: Survey, ledger: Ledger) -> None:
        """Take in library.yaml; where a default changed, everything is to be read again."""
        if self._library_file.take_in(found.library_file, ledger) and found.generation:
            # Kept in the catalogue, so that a crash does not let the files seem up to date.
            self._catalogue.run("UPDATE files SET stamp = '', digest = x'' WHERE path <> ?", (LIBRARY_FILE,))
            again = self._survey(_never)
            found.changed, found.removed = again.changed, again.removed

    def _is_bulk(self, found: Survey) -> bool:
        if found.generation == 0 or self._catalogue.meta("unchecked", 0):
            return True
        number = len(found.changed) + len(found.removed)
        if found.library_file or found.library_gone:
            # Another default in library.yaml has everything read again.
            number = max(number, int(self._catalogue.row("SELECT count(*) FROM files")[0]))
        return number > MANY

    def _readings(self, found: Survey) -> Generator[list[FileReading]]:
        # Imported here: where nothing changed nobody pays for it.
        from briefing.library.workers import read_all

        number = len(found.changed)
        return read_all(str(self._folder), self._tasks(found.changed), number, self._library_file.info(), self._standby)

    def _restamp(self, readings: list[list[FileReading]]) -> None:
        rows = [(reading.stamp, reading.task.path) for batch in readings for reading in batch]
        self._catalogue.begin()
        self._catalogue.run_many("UPDATE files SET stamp = ? WHERE path = ?", rows)
        self._catalogue.commit()

    def _take(
        self,
        batches: Iterable[list[FileReading]],
        number: int,
        ledger: Ledger,
        done: Done,
        cancelled: Callable[[], bool],
        *,
        bulk: bool,
    ) -> None:
        known = self._is_known if ledger.generation else _never_known
        patience, last, seen = _FIRST_COMMIT_SECONDS, time.monotonic(), 0
        for batch in batches:
            ledger.put(batch, known)
            done.take(batch, bulk=bulk)
            self._report("reading", done.seen, number)
            since = time.monotonic() - last
            # Not shortly before the end, which is a commit too.
            if bulk and since > patience and (number - done.seen) * since > patience * (done.seen - seen):
                ledger.commit()
                ledger.begin()
                patience = min(patience * _COMMIT_GROWTH, _LONGEST_BATCH_SECONDS)
                last, seen = time.monotonic(), done.seen
            if cancelled():
                done.cancelled = True
                return

    def _tasks(self, files: list[FileStamp]) -> Iterator[Task]:
        # Imported here: where nothing changed nobody pays for it.
        from briefing.library.reading import Task

        fresh = not self._catalogue.row("SELECT 1 FROM files LIMIT 1")
        # The list becomes shorter as the catalogue grows, for both at their full length are much memory.
        files.reverse()
        while files:
            file = files.pop()
            row = None if fresh else self._catalogue.row("SELECT digest FROM files WHERE path = ?", (file.path,))
            yield Task(*file, row[0] if row else b"")

    def _is_known(self, path: str) -> bool:
        return self._catalogue.row("SELECT 1 FROM files WHERE path = ?", (path,)) is not None

    def _drop(self, found: Survey, ledger: Ledger, done: Done) -> None:
        ledger.drop(found.removed)
        done.removed += len(found.removed)
        done.files.update(found.removed)

    def _check(self, found: Survey, ledger: Ledger, *, bulk: bool) -> None:
        # Imported here: where nothing changed nobody pays for it.
        from briefing.library.checks import Checks
        from briefing.library.coverage import Coverage

        self._report("writing", 0, 0, always=True)
        if found.walk_problems is not None:
            ledger.replace_problems("walk", "", found.walk_problems)
        ledger.settle()
        full = bulk
        Checks(self._catalogue, ledger, full=full).run(self._library_file.home())
        Coverage(self._catalogue, self._texts).update(ledger, full=full, among=found.sources)
        self._catalogue.run("DELETE FROM dirty")
        self._catalogue.set_meta("unchecked", 0)

    def _open_writer(self, *, many: bool = False) -> IndexWriter:
        """Return a writer of an index that is in step with the catalogue, made anew where it must be."""
        # Imported here: where nothing changed nobody pays for Tantivy.
        from briefing.library.ledger import Ledger
        from briefing.search.index import IndexWriter, SearchIndex

        generation = int(self._catalogue.meta("generation", 0))
        try:
            index = SearchIndex.open(self._cache.index)
            has = index.generation
            index.close()
            writer = IndexWriter.create_or_open(self._cache.index, many=many)
        except CacheError:
            self._cache.clear_index()
            # As is the number of a catalogue in which nothing is yet: a first index has nothing to catch up with.
            has = 0
            writer = IndexWriter.create_or_open(self._cache.index, many=many)
        try:
            if has != generation:
                if has != generation - 1:
                    writer.close()
                    self._cache.clear_index()
                    writer = IndexWriter.create_or_open(self._cache.index, many=True)
                Ledger(self._catalogue, writer, bulk=True).replay(has)
        except BaseException:
            writer.close()
            raise
        return writer

    # Telling

    def _report(self, phase: Phase, done: int, total: int, *, always: bool = False) -> None:
        now = time.monotonic()
        if self._progress is not None and (always or now - self._reported >= _REPORT_SECONDS):
            self._reported = now
            self._progress(Progress(phase, done, total))

    def _summary(
        self,
        started: float,
        found: Survey,
        *,
        done: Done | None = None,
        changed: frozenset[str] = frozenset(),
        files: frozenset[str] = frozenset(),
        everything: bool = False,
        cancelled: bool = False,
    ) -> Update:
        counts = self._lookup.counts()
        return Update(
            generation=int(self._catalogue.meta("generation", 0)),
            records=counts.records,
            read=done.read if done else 0,
            removed=done.removed if done else 0,
            problems=counts.errors + counts.warnings,
            seconds=time.perf_counter() - started,
            cancelled=cancelled or (done is not None and done.cancelled),
            changed=changed,
            files=files,
            everything=everything,
        )


class Done:
    """What an update did so far."""

    def __init__(self) -> None:
        self.read = self.removed = self.seen = 0
        self.files: set[str] = set()
        self.cancelled = False

    def take(self, readings: list[FileReading], *, bulk: bool) -> None:
        """Count files that were looked at; in `bulk` nobody asks which they were."""
        self.seen += len(readings)
        self.read += sum(reading.outcome == "read" for reading in readings)
        if not bulk:
            self.files.update(reading.task.path for reading in readings if reading.outcome != "same")


@contextmanager
def _without_collecting(bulk: bool) -> Iterator[None]:
    """Look for garbage in circles seldom: rows that come from the workers are none, and there are very many."""
    before = gc.get_threshold()
    if bulk:
        gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _sticky(cancelled: Callable[[], bool]) -> Callable[[], bool]:
    # Once it said so it stays so: what was walked until then is not the whole folder.
    said = False

    def asked() -> bool:
        nonlocal said
        said = said or cancelled()
        return said

    return asked


def _again(readings: list[list[FileReading]]) -> Generator[list[FileReading]]:
    yield from readings


def _never() -> bool:
    return False


def _never_known(path: str) -> bool:
    return False
