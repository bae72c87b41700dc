"""SQLite's FTS5 with bm25 on the text of a made-up library: what searching it is compared with."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from figures import Spread, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from search_classes import Typed

TABLE = "CREATE VIRTUAL TABLE records USING fts5(id, title, body, tokenize = 'unicode61 remove_diacritics 2')"
QUERY = """SELECT id, title, snippet(records, 2, '<b>', '</b>', '…', 24) FROM records
WHERE records MATCH ? ORDER BY rank LIMIT 20"""
SECONDS_A_CLASS = 60.0
"""A class in which FTS5 is slow is cut to as many queries as it answers in this time, and at least five."""
FEWEST = 5


class Answers(NamedTuple):
    """How long FTS5 took to be built, and to answer each class that it has words for."""

    building_seconds: float
    classes: dict[str, Spread]


def texts(library: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each record's id, title, and all that stands below the title."""
    for folder in sorted(path for path in library.iterdir() if path.is_dir()):
        for path in folder.iterdir():
            _, title, body = path.read_text(encoding="utf-8").split("\n", 2)
            yield path.stem, json.loads(title.removeprefix("title: ")), body


def fts5(library: Path, file: Path, classes: Mapping[str, Sequence[Typed]]) -> Answers:
    """Build the table, unless it is there, and time the queries."""
    took = file.with_suffix(".seconds")
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA cache_size = -200000")
        if not took.exists():
            say("Building SQLite's FTS5")
            begin = time.perf_counter()
            database.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; DROP TABLE IF EXISTS records; {TABLE}"
            )
            with database:
                database.executemany("INSERT INTO records VALUES (?, ?, ?)", texts(library))
                database.execute("INSERT INTO records (records) VALUES ('optimize')")
            took.write_text(str(time.perf_counter() - begin), encoding="utf-8")
        found = {}
        for name, queries in classes.items():
            if matches := [typed.fts5 for typed in queries if typed.fts5]:
                say(f"SQLite's FTS5: {name}")
                found[name] = _timed(database, matches)
    return Answers(float(took.read_text(encoding="utf-8")), found)


def _timed(database: sqlite3.Connection, matches: Sequence[str]) -> Spread:
    times: list[float] = []
    for match in matches:
        begin = time.perf_counter()
        database.execute(QUERY, (match,)).fetchall()
        times.append(time.perf_counter() - begin)
        if sum(times) > SECONDS_A_CLASS and len(times) >= FEWEST:
            break
    return Spread.of(times)
