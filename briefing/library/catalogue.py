"""The catalogue: what is known of a library's files and records, in SQLite. The only importer of sqlite3.

Every row of `relations`, `names`, `claims`, `dates`, `codes` and `sources` belongs to a live record. A record is live
when it is the one that its id stands for: of several with one id, only one is. `ranges` has what a long section is
parted in; records = -1 marks one that is to be counted again.
"""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from briefing.errors import CacheError
from briefing.library.cache import FORMAT, not_writable
from briefing.records.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

SQLITE_VERSION = sqlite3.sqlite_version

_APPLICATION = 0x42524647  # "BRFG"
_BUSY_SECONDS = 30.0
_RETRY_SECONDS = 0.02
_CHUNK = 500
_PAGE_BYTES = 8192
_JOURNAL_BYTES = 16 * 1024 * 1024
# Rows of a first index fall all over the trees of a large catalogue: pages that have to make room are written again
# and again.
_WRITER_CACHE_KIB, _LARGE_CACHE_KIB = 64 * 1024, 200 * 1024

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files(
    num INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, digest BLOB NOT NULL,
    link INTEGER NOT NULL);
CREATE INDEX files_links ON files(path) WHERE link = 1;
CREATE TABLE records(
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, sort_title TEXT NOT NULL,
    file INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL,
    stale INTEGER NOT NULL, live INTEGER NOT NULL, root INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX records_id ON records(id, live, kind);
CREATE INDEX records_file ON records(file);
CREATE INDEX records_listing ON records(kind, root, sort_title, id, title, stale) WHERE live = 1;
CREATE TABLE names(name TEXT, key INTEGER, PRIMARY KEY(name, key)) WITHOUT ROWID;
CREATE TABLE relations(
    source INTEGER, position INTEGER, field TEXT NOT NULL, target TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL,
    line INTEGER NOT NULL, column INTEGER NOT NULL, PRIMARY KEY(source, position)) WITHOUT ROWID;
CREATE INDEX relations_target ON relations(target, kind, field, date);
CREATE TABLE claims(
    key INTEGER, position INTEGER, id TEXT NOT NULL, source TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, quote TEXT NOT NULL, state TEXT NOT NULL,
    line INTEGER NOT NULL, column INTEGER NOT NULL, PRIMARY KEY(key, position)) WITHOUT ROWID;
CREATE INDEX claims_source ON claims(source, first) WHERE source <> '';
CREATE TABLE dates(key INTEGER, field TEXT, date TEXT NOT NULL, PRIMARY KEY(key, field)) WITHOUT ROWID;
CREATE TABLE codes(
    code TEXT, key INTEGER, line INTEGER NOT NULL, column INTEGER NOT NULL, PRIMARY KEY(code, key)) WITHOUT ROWID;
CREATE TABLE sources(
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL,
    gists INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL);
CREATE INDEX sources_id ON sources(id);
CREATE INDEX sources_path ON sources(path) WHERE path <> '';
CREATE TABLE texts(id TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE problems(
    origin TEXT NOT NULL, owner, file TEXT NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, code TEXT NOT NULL,
    message TEXT NOT NULL, mend TEXT NOT NULL, severity TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX problems_owner ON problems(origin, owner);
CREATE INDEX problems_file ON problems(file, severity);
CREATE TABLE tally(name TEXT PRIMARY KEY, records INTEGER NOT NULL, roots INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ranges(
    kind TEXT, first TEXT, id TEXT, records INTEGER NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL,
    PRIMARY KEY(kind, first, id)) WITHOUT ROWID;
CREATE INDEX ranges_uncounted ON ranges(kind) WHERE records < 0;
CREATE TABLE waiting(key INTEGER PRIMARY KEY, places TEXT NOT NULL);
CREATE TABLE circles(key INTEGER PRIMARY KEY);
CREATE TABLE pending(key INTEGER PRIMARY KEY);
CREATE TABLE dirty(what TEXT, item, PRIMARY KEY(what, item)) WITHOUT ROWID;
CREATE TRIGGER record_went AFTER DELETE ON records WHEN old.live BEGIN
    UPDATE tally SET records = records - 1, roots = roots - old.root WHERE name = old.kind;
    UPDATE ranges SET records = -1 WHERE (kind, first, id) = (SELECT kind, first, id FROM ranges
        WHERE kind = old.kind AND (first, id) <= (old.sort_title, old.id) ORDER BY first DESC, id DESC LIMIT 1); END;
CREATE TRIGGER record_turned AFTER UPDATE OF live, root ON records BEGIN
    UPDATE tally SET records = records + new.live - old.live,
        roots = roots + new.live * new.root - old.live * old.root WHERE name = new.kind;
    UPDATE ranges SET records = -1 WHERE (kind, first, id) = (SELECT kind, first, id FROM ranges
        WHERE kind = old.kind AND (first, id) <= (old.sort_title, old.id) ORDER BY first DESC, id DESC LIMIT 1); END;
CREATE TRIGGER problem_came AFTER INSERT ON problems BEGIN
    UPDATE tally SET records = records + 1 WHERE name = new.severity; END;
CREATE TRIGGER problem_went AFTER DELETE ON problems BEGIN
    UPDATE tally SET records = records - 1 WHERE name = old.severity; END;
"""


class DamagedError(CacheError):
    """The catalogue is not one of ours, or is broken: it is to be made anew."""


class Catalogue:
    """A connection to a catalogue, which is made where it is missing.

    Raises DamagedError where the file is no catalogue of this format, and CacheError where it cannot be kept.
    `on_damage` is called when damage is met later.
    """

    def __init__(self, path: Path, on_damage: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self._on_damage = on_damage
        try:
            self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise not_writable(path.parent, error) from error
        try:
            self._prepare()
            # Tells whether another program put a new catalogue in this one's place.
            self._inode = path.stat().st_ino
        except sqlite3.Error as error:
            meaning = self._meaning(error)
            self._connection.close()
            raise meaning from error
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        connection = self._connection
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}")
        given_up = time.monotonic() + _BUSY_SECONDS
        while not (version := connection.execute("PRAGMA user_version").fetchone()[0]):
            try:
                self._create()
            except sqlite3.OperationalError as error:
                # Where two begin a catalogue at one moment, SQLite refuses one of them at once.
                if not _is_busy(error) or time.monotonic() > given_up:
                    raise
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                time.sleep(_RETRY_SECONDS)
        if version != FORMAT or connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise DamagedError("The catalogue is of another format", where=str(self.path))

    def _create(self) -> None:
        execute = self._connection.execute
        # Records of a kilobyte or two fill such pages better than smaller ones.
        execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        execute("PRAGMA journal_mode = WAL")
        execute("BEGIN IMMEDIATE")
        # Another process may have been quicker.
        if not execute("PRAGMA user_version").fetchone()[0]:
            if execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise DamagedError("The catalogue is of another program", where=str(self.path))
            for statement in _statements(_SCHEMA):
                execute(statement)
            names = [*(kind.name for kind in KINDS), "error", "warning"]
            self._connection.executemany("INSERT INTO tally VALUES (?, 0, 0)", [(name,) for name in names])
            execute(f"PRAGMA application_id = {_APPLICATION}")
            execute(f"PRAGMA user_version = {FORMAT}")
        execute("COMMIT")

    @property
    def replaced(self) -> bool:
        """Whether another program has put a new catalogue in the place of the one that is open."""
        try:
            return self.path.stat().st_ino != self._inode
        except OSError:
            return True

    def close(self) -> None:
        """Let go of the catalogue."""
        self._connection.close()

    def expect_writing(self, *, many: bool) -> None:
        """Give this connection the memory that a writer is quick with; `many` rows take more."""
        self.run(f"PRAGMA cache_size = -{_LARGE_CACHE_KIB if many else _WRITER_CACHE_KIB}")

    def begin(self) -> None:
        """Begin a transaction: all that is written until `commit` is seen by others in one step, or never."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction and let others see it."""
        self.run("COMMIT")

    def roll_back(self) -> None:
        """Leave out what was written since `begin`, where a transaction is under way."""
        if self._connection.in_transaction:
            self.run("ROLLBACK")

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement that answers nothing."""
        try:
            self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return all rows that a query answers."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the first row that a query answers, or None."""
        try:
            return self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows that a query answers, as they are found."""
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def rows_in(self, sql: str, items: Iterable[Any], *values: Any) -> list[Any]:
        """Return the rows of a query whose `({})` stands for a list of any length; `values` come before the list."""
        found: list[Any] = []
        todo = list(items)
        for start in range(0, len(todo), _CHUNK):
            part = todo[start : start + _CHUNK]
            found += self.rows(sql.format(",".join("?" * len(part))), (*values, *part))
        return found

    def meta(self, name: str, default: Any = None) -> Any:
        """Return a value that `set_meta` kept."""
        row = self.row("SELECT value FROM meta WHERE name = ?", (name,))
        return default if row is None else row[0]

    def set_meta(self, name: str, value: Any) -> None:
        """Keep a number or a text under a name."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _meaning(self, error: sqlite3.Error) -> CacheError:
        name = getattr(error, "sqlite_errorname", "")
        text = str(error)
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ")) or "no such" in text:
            self._on_damage()
            return DamagedError(f"The catalogue is damaged ({text})", where=str(self.path), mend=_REBUILT)
        if _is_busy(error):
            return CacheError(
                "The catalogue is in use by another program", where=str(self.path), mend="Try again in a moment."
            )
        return not_writable(self.path.parent, error)


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


_REBUILT = "It is made anew at the next start."


def _statements(script: str) -> Iterator[str]:
    # executescript would end the transaction that all of this is to happen in.
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
