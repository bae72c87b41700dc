"""Write what was read into the catalogue and the index, so that the two cannot part unnoticed.

A batch is one transaction of the catalogue, then one commit of the index; both carry the batch's generation. The
transaction lists the keys that it touched (`pending`): whoever finds the index one generation behind, because a
process was killed between the two, brings just those up to date. In any other case of difference the index is made
anew from the records in the catalogue.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from briefing.library.ranges import Ranges
from briefing.library.reading import FileReading, RecordRows, code_of, names_of, rows_for
from briefing.search.entry import Entry, entry_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefing.library.catalogue import Catalogue
    from briefing.library.folder import FileStamp
    from briefing.records.problems import Problem
    from briefing.records.record import Record
    from briefing.search.index import IndexWriter

PlaceRow = tuple[str, str, int, int]
"""Field, value, line, column."""

_REPLAY_CHUNK = 2_000
_TOGETHER = 512
"""In bulk so many records are written together: rows that are sorted fall into fewer pages."""
_INSERT_RECORD = "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_PROBLEM = "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_OWNED = ("relations", "claims", "dates", "sources")


class Ledger:
    """The hand that writes. Use it for one batch after another: `begin`, what happened, `commit`.

    In `bulk` it keeps no list of what has to be checked afterwards, for everything has.
    """

    def __init__(self, catalogue: Catalogue, writer: IndexWriter, *, bulk: bool) -> None:
        self._catalogue = catalogue
        self._writer = writer
        self._bulk = bulk
        self._generation = int(catalogue.meta("generation", 0))
        self._next_key = int(catalogue.meta("next_key", 1))
        self._next_file = int(catalogue.row("SELECT coalesce(max(num), 0) + 1 FROM files")[0])
        self._came: list[tuple[int, RecordRows]] = []
        self._touched: set[int] = set()
        self._removed: list[int] = []
        self._contested: set[str] = set()
        self._kinds_before: dict[str, str] = {}
        self.changed: set[str] = set()

    @property
    def generation(self) -> int:
        """The generation of the last commit."""
        return self._generation

    # A batch

    def begin(self) -> None:
        """Begin a batch."""
        self._catalogue.begin()
        self._catalogue.run("DELETE FROM pending")

    def commit(self) -> None:
        """End the batch: everybody sees it now."""
        self.settle()
        Ranges(self._catalogue).renew(self._touched, everything=self._bulk)
        # The first one is a moment, so that it is higher than any of a catalogue that was here before.
        self._generation = self._generation + 1 if self._generation else time.time_ns() // 1_000_000
        self._catalogue.set_meta("generation", self._generation)
        self._catalogue.set_meta("next_key", self._next_key)
        self._catalogue.run_many("INSERT INTO pending VALUES (?)", [(key,) for key in self._touched])
        self._writer.remove(self._removed)
        self._catalogue.commit()
        self._touched.clear()
        self._removed.clear()
        self._commit_index()

    def _commit_index(self) -> None:
        self._writer.commit(self._generation)
        self._catalogue.set_meta("index", self._generation)

    def abandon(self) -> None:
        """Leave out what was done since `begin`, where a batch is under way. The index's writer is to be closed."""
        self._catalogue.roll_back()

    # What happened

    def put(self, readings: Sequence[FileReading], known: Callable[[str], bool]) -> None:
        """Take in files that were read; `known` says of a path whether the catalogue has it."""
        files: list[tuple[int, str, str, bytes, bool]] = []
        for reading in readings:
            path = reading.task.path
            if reading.outcome == "gone":
                self.drop([path])
            elif reading.outcome == "same":
                self.restamp(reading)
            else:
                if known(path):
                    number = self._known_file(reading)
                    self._settle_old(number, reading)
                    self.replace_problems("read", path, reading.problems)
                else:
                    number = self._next_file
                    self._next_file += 1
                    files.append((number, path, reading.stamp, reading.digest, reading.task.link))
                    self.add_problems("read", path, reading.problems)
                self._came += [(number, rows) for rows in reading.records]
        self._catalogue.run_many("INSERT INTO files VALUES (?, ?, ?, ?, ?)", files)
        if not self._bulk or len(self._came) >= _TOGETHER:
            self._insert()

    def restamp(self, reading: FileReading) -> None:
        """Note that a file has not changed though its stamp has."""
        self._catalogue.run("UPDATE files SET stamp = ? WHERE path = ?", (reading.stamp, reading.task.path))

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files with everything that they held."""
        for path in paths:
            row = self._catalogue.row("SELECT num FROM files WHERE path = ?", (path,))
            if row is None:
                continue
            for old in self._catalogue.rows("SELECT key, id, kind, live, json FROM records WHERE file = ?", row):
                self._forget(*old)
            self._catalogue.run("DELETE FROM files WHERE num = ?", row)
            self.replace_problems("read", path, ())

    def put_library_file(self, stamp: FileStamp | None, kept: str, digest: bytes, problems: Iterable[Problem]) -> None:
        """Note that library.yaml was read, or that there is none any more."""
        self._catalogue.run("DELETE FROM problems WHERE origin = 'library'")
        self.add_problems("library", "", problems)
        if stamp is not None:
            self._catalogue.run(
                "INSERT INTO files VALUES (?, ?, ?, ?, 0)"
                " ON CONFLICT(path) DO UPDATE SET stamp = excluded.stamp, digest = excluded.digest",
                (self._next_file, stamp.path, kept, digest),
            )
            self._next_file += 1

    def replace_problems(self, origin: str, owner: str | int, problems: Iterable[Problem]) -> None:
        """Put problems in the place of those that were found in the same way with the same thing."""
        self._catalogue.run("DELETE FROM problems WHERE origin = ? AND owner = ?", (origin, owner))
        self.add_problems(origin, owner, problems)

    def add_problems(self, origin: str, owner: str | int, problems: Iterable[Problem]) -> None:
        """Add problems to those that are known."""
        rows = [
            (
                origin,
                owner,
                each.file,
                each.line,
                each.column,
                each.code,
                each.message,
                each.mend,
                each.severity,
                each.record,
            )
            for each in problems
        ]
        if rows:
            self._catalogue.run_many(_INSERT_PROBLEM, rows)

    def mark_dirty(self, what: str, items: Iterable[str | int]) -> None:
        """Note what the checks have to look at again; it is kept until they have."""
        if not self._bulk:
            self._catalogue.run_many("INSERT OR IGNORE INTO dirty VALUES (?, ?)", [(what, item) for item in items])

    def index_again(self, keys: Sequence[int]) -> None:
        """Renew what the index holds of records, for the evidence states of their claims have changed."""
        self._touched.update(keys)
        self._writer.remove(keys)
        self._add_from_json(
            self._catalogue.rows_in("SELECT key, json FROM records WHERE live = 1 AND key IN ({})", keys)
        )

    # Repair

    def replay(self, index_generation: int) -> None:
        """Bring an index that is out of step into step: by what the last batch touched, or from the ground up.

        From the ground up, the index is expected to be empty.
        """
        if index_generation == self._generation - 1 and index_generation > 0:
            keys = [key for (key,) in self._catalogue.rows("SELECT key FROM pending")]
            for start in range(0, len(keys), _REPLAY_CHUNK):
                self.index_again(keys[start : start + _REPLAY_CHUNK])
            self._touched.clear()
        else:
            last = 0
            while rows := self._catalogue.rows(
                "SELECT key, json FROM records WHERE live = 1 AND key > ? ORDER BY key LIMIT ?", (last, _REPLAY_CHUNK)
            ):
                self._add_from_json(rows)
                last = rows[-1][0]
        self._commit_index()

    def _add_from_json(self, rows: Sequence[tuple[int, str]]) -> None:
        states: dict[int, list[str]] = {key: [] for key, _ in rows}
        for key, state in self._catalogue.rows_in("SELECT key, state FROM claims WHERE key IN ({})", states):
            states[key].append(state)
        self._writer.add([entry_for(_record(text), states[key]).with_key(key) for key, text in rows])

    # Files and records

    def _known_file(self, reading: FileReading) -> int:
        task = reading.task
        row = self._catalogue.row(
            "UPDATE files SET stamp = ?, digest = ?, link = ? WHERE path = ? RETURNING num",
            (reading.stamp, reading.digest, task.link, task.path),
        )
        return int(row[0])

    def _settle_old(self, number: int, reading: FileReading) -> None:
        """Forget what a file held before, but for good versions of what is broken now."""
        is_broken = any(problem.severity == "error" for problem in reading.problems)
        fresh = {rows.id for rows in reading.records}
        for key, record_id, kind, live, stale, text in self._catalogue.rows(
            "SELECT key, id, kind, live, stale, json FROM records WHERE file = ?", (number,)
        ):
            if not is_broken or record_id in fresh:
                self._forget(key, record_id, kind, live, text)
            elif not stale:
                self._catalogue.run("UPDATE records SET stale = 1 WHERE key = ?", (key,))
                self._note(record_id, kind if live else "")
                self._contested.add(record_id)
                self._drop_checks(key)

    def _insert(self) -> None:
        records, self._came = self._came, []
        if not records:
            return
        ids = [rows.id for _, rows in records]
        taken: dict[str, str] = {}
        for record_id, kind, live in self._catalogue.rows_in(
            "SELECT id, kind, live FROM records WHERE id IN ({})", ids
        ):
            taken[record_id] = kind if live else taken.get(record_id, "")
        lines = []
        alive: list[tuple[int, RecordRows]] = []
        for number, rows in records:
            key = self._next_key
            self._next_key += 1
            live = rows.id not in taken
            if live:
                alive.append((key, rows))
            else:
                self._contested.add(rows.id)
                self._wait(key, _places_in(rows))
            self._note(rows.id, taken.setdefault(rows.id, ""))
            place = (number, rows.line, rows.column)
            lines.append(
                (key, rows.id, rows.kind, rows.title, rows.sort_title, *place, 0, live, not rows.nested, rows.json)
            )
        # Triggers keep the tally when records go or change; for those that come they would take most of the time.
        came = Counter((rows.kind, not rows.nested) for _, rows in alive)
        self._catalogue.run_many(
            "UPDATE tally SET records = records + ?, roots = roots + ? WHERE name = ?",
            [(number, number * at_top, kind) for (kind, at_top), number in came.items()],
        )
        self._catalogue.run_many(_INSERT_RECORD, lines)
        self._enliven(alive)

    def _enliven(self, alive: list[tuple[int, RecordRows]]) -> None:
        """Write what only live records have."""
        many = self._catalogue.run_many
        many(
            "INSERT OR IGNORE INTO names VALUES (?, ?)",
            sorted((name, key) for key, rows in alive for name in rows.names),
        )
        many(
            "INSERT INTO relations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            sorted(
                [
                    (key, position, field, target, date, rows.kind, line, column)
                    for key, rows in alive
                    for position, (field, target, date, line, column) in enumerate(rows.relations)
                ],
                key=itemgetter(3),
            ),
        )
        many(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, position, *claim) for key, rows in alive for position, claim in enumerate(rows.claims)],
        )
        many("INSERT INTO dates VALUES (?, ?, ?)", [(key, *date) for key, rows in alive for date in rows.dates])
        many("INSERT INTO codes VALUES (?, ?, ?, ?)", [(c[0], key, *c[1:]) for key, rows in alive if (c := rows.code)])
        many(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, rows.id, rows.title, *rows.source) for key, rows in alive if rows.source],
        )
        self._touched.update(key for key, _ in alive)
        self._writer.add([Entry(rows.id, rows.entry, key) for key, rows in alive])
        self.mark_dirty("key", [key for key, _ in alive])
        self.mark_dirty("code", [rows.code[0] for _, rows in alive if rows.code])

    def _forget(self, key: int, record_id: str, kind: str, live: int, text: str) -> None:
        self._note(record_id, kind if live else "")
        if live:
            self._retire(key, text)
        self._catalogue.run("DELETE FROM waiting WHERE key = ?", (key,))
        self._catalogue.run("DELETE FROM records WHERE key = ?", (key,))
        self._contested.add(record_id)

    def _retire(self, key: int, text: str) -> None:
        """Take away what only live records have."""
        record = _record(text)
        run = self._catalogue.run
        self._catalogue.run_many("DELETE FROM names WHERE name = ? AND key = ?", [(n, key) for n in names_of(record)])
        if code := code_of(record):
            run("DELETE FROM codes WHERE code = ? AND key = ?", (code, key))
            self.mark_dirty("code", [code])
        for table in _OWNED:
            run(f"DELETE FROM {table} WHERE {'source' if table == 'relations' else 'key'} = ?", (key,))
        self._drop_checks(key)
        self._touched.add(key)
        self._removed.append(key)

    def _drop_checks(self, key: int) -> None:
        self._catalogue.run(
            "DELETE FROM problems WHERE origin IN ('reference', 'evidence', 'text', 'cycle') AND owner = ?", (key,)
        )

    def _note(self, record_id: str, kind: str) -> None:
        """Remember of which kind the live record of an id was before this batch; nothing is none."""
        if not self._bulk:
            self._kinds_before.setdefault(record_id, kind)

    def settle(self) -> None:
        """Decide of each id that changed hands which record it stands for, and note what that changed."""
        self._insert()
        for record_id in self._contested:
            rows = self._catalogue.rows(
                "SELECT t.key, t.kind, t.live, t.json FROM records t JOIN files f ON f.num = t.file WHERE t.id = ?"
                " ORDER BY t.stale, f.link, f.path, t.line, t.key",
                (record_id,),
            )
            for place, (key, _, live, text) in enumerate(rows):
                if place > 0 and live:
                    self._wait(key, self._places_of(key))
                    self._catalogue.run("UPDATE records SET live = 0 WHERE key = ?", (key,))
                    self._retire(key, text)
            if rows and not rows[0][2]:
                self._catalogue.run("UPDATE records SET live = 1 WHERE key = ?", (rows[0][0],))
                self._revive(rows[0][0], rows[0][3])
        self.mark_dirty("contested", self._contested)
        if self._kinds_before:
            alive = "SELECT id, kind FROM records WHERE live = 1 AND id IN ({})"
            now: dict[str, str] = dict(self._catalogue.rows_in(alive, self._kinds_before))
            self.mark_dirty("id", [each for each, kind in self._kinds_before.items() if now.get(each, "") != kind])
            self.changed.update(self._kinds_before)
        self._kinds_before.clear()
        self._contested.clear()

    def _revive(self, key: int, text: str) -> None:
        (kept,) = self._catalogue.row("SELECT places FROM waiting WHERE key = ?", (key,))
        places = {(field, value): (line, column) for field, value, line, column in json.loads(kept)}
        self._catalogue.run("DELETE FROM waiting WHERE key = ?", (key,))
        self._enliven([(key, rows_for(_record(text), places))])

    def _wait(self, key: int, places: list[PlaceRow]) -> None:
        """Keep of a record that is not live what its JSON does not tell: where its values stand."""
        self._catalogue.run("INSERT OR REPLACE INTO waiting VALUES (?, ?)", (key, json.dumps(places)))

    def _places_of(self, key: int) -> list[PlaceRow]:
        rows = self._catalogue.rows
        return [
            *rows("SELECT field, target, line, column FROM relations WHERE source = ?", (key,)),
            *rows("SELECT 'iso', c.code, c.line, c.column FROM codes c WHERE c.key = ?", (key,)),
            *rows("SELECT 'text_file', name, line, column FROM sources WHERE key = ?", (key,)),
        ]


def _places_in(rows: RecordRows) -> list[PlaceRow]:
    places = [(field, target, line, column) for field, target, _, line, column in rows.relations]
    if rows.code:
        places.append(("iso", *rows.code))
    if rows.source:
        _, name, _, line, column = rows.source
        places.append(("text_file", name, line, column))
    return places


def _record(text: str) -> Record:
    # Imported here: a first index has no need of it.
    from briefing.records.record import Record

    return Record.from_json(text)
