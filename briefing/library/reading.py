"""Turn a file of a library into the rows that the catalogue keeps: what a worker process does."""

from __future__ import annotations

import hashlib
import posixpath
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefing.library.evidence import state_without_text
from briefing.library.folder import Obstacle, read_file, read_walked, reason_of
from briefing.records.dates import EdtfDate
from briefing.search.entry import entry_for
from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.records.claims import Claim
    from briefing.records.draft import LibraryInfo, Places
    from briefing.records.problems import Problem
    from briefing.records.record import Record

SIZE_LIMIT = 1024 * 1024
# A clock that counts in whole milliseconds is taken to be one that counts in seconds, as those of FAT and HFS+ do.
_COARSE_NS = 1_000_000
_COARSE_WINDOW_NS = 2_500_000_000
_FINE_WINDOW_NS = 50_000_000
_SORTED_LENGTH = 80
_NUMBER = re.compile(r"\d+")


class Task(NamedTuple):
    """A file to read: `digest` is that of its last version, empty when it is to be read in any case."""

    path: str
    size: int
    mtime_ns: int
    stamp: str
    link: bool
    digest: bytes


class RecordRows(NamedTuple):
    """One record as the catalogue and the index keep it. Lines and columns count from 1; 0 is nowhere."""

    id: str
    kind: str
    title: str
    sort_title: str
    line: int
    column: int
    json: str
    names: tuple[str, ...]
    relations: tuple[tuple[str, str, str, int, int], ...]
    """Field, target, date, line, column."""
    claims: tuple[tuple[str, str, int, int, str, str, int, int], ...]
    """Id, source, first and last paragraph (0: none), quote, state without the source's text; line and column of the
    quote, else of the claim."""
    dates: tuple[tuple[str, str], ...]
    code: tuple[str, int, int] | None
    """The ISO code that only one record should have, line, column."""
    nested: bool
    source: tuple[str, str, int, int, int] | None
    """Of a source: the path of its text, relative to the library, `text_file` as it is written, the number of gists,
    line, column."""
    entry: str


class FileReading(NamedTuple):
    """What reading a file came to: gone, the same as before, or these records and problems."""

    task: Task
    outcome: str
    stamp: str
    digest: bytes = b""
    records: tuple[RecordRows, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_batch(folder: str, tasks: Iterable[Task], info: LibraryInfo) -> list[FileReading]:
    """Read files; whatever is wrong with one becomes a problem.

    All are read, then all are parsed, then all are turned into rows: that is a tenth faster than one after the other,
    for each step finds its code and its tables at hand.
    """
    loaded = [_load(folder, task) for task in tasks]
    changed = [each for each in loaded if isinstance(each, _Loaded)]
    if not changed:
        return [each for each in loaded if isinstance(each, FileReading)]
    # Imported here: where nothing changed nobody pays for YAML.
    from briefing.records.reader import read_text

    parsed = [read_text(each.data, each.task.path, info) for each in changed]
    done = iter(
        [
            FileReading(
                each.task,
                "read",
                each.stamp,
                each.digest,
                tuple(map(rows_for, reading.records, reading.places)),
                reading.problems,
            )
            for each, reading in zip(changed, parsed, strict=True)
        ]
    )
    return [each if isinstance(each, FileReading) else next(done) for each in loaded]


class _Loaded(NamedTuple):
    """The bytes of a file that is not as it was."""

    task: Task
    stamp: str
    digest: bytes
    data: bytes


def _load(folder: str, task: Task) -> _Loaded | FileReading:
    started = time.time_ns()
    try:
        data = (
            read_file(Path(folder), task.path, SIZE_LIMIT + 1)
            if task.link
            else read_walked(folder, task.path, SIZE_LIMIT + 1)
        )
    except FileNotFoundError:
        return FileReading(task, "gone", "")
    except OSError as error:
        return unreadable(task, reason_of(error))
    stamp = lasting_stamp(task, started)
    digest = digest_of(data)
    if digest == task.digest:
        return FileReading(task, "same", stamp)
    return _Loaded(task, stamp, digest, data)


def digest_of(data: bytes) -> bytes:
    """Return what tells the content of a file from another."""
    return hashlib.blake2b(data, digest_size=16).digest()


def lasting_stamp(task: Task, read_at_ns: int) -> str:
    """Return the stamp to keep for a file that was read at that time.

    A file written within the tick of the clock in which it was read may change again without its stamp telling:
    such a stamp is kept so that it equals none, and the file's content is compared the next time.
    """
    window = _FINE_WINDOW_NS if task.mtime_ns % _COARSE_NS else _COARSE_WINDOW_NS
    return f"~{task.stamp}" if abs(read_at_ns - task.mtime_ns) < window else task.stamp


def unreadable(task: Task, reason: str = "", code: str = "unreadable-file") -> FileReading:
    """Return the reading of a file that nothing came of."""
    # Imported here: few libraries have such a file.
    from briefing.library.obstacles import problem_of

    problem = problem_of(Obstacle(task.path, code, reason))
    return FileReading(task, "read", task.stamp, b"?", (), (problem,))


def rows_for(record: Record, places: Places) -> RecordRows:
    """Return a record as the catalogue and the index keep it; `places` says where its values stand."""
    kind = record.kind_info
    name, nowhere = record.id, (0, 0)
    code, text_file = code_of(record), record.text("text_file")
    claims = tuple([_claim_row(claim, places) for claim in record.all_claims()])
    relations = record.relations()
    return RecordRows(
        name,
        record.kind,
        record.title,
        sort_key(record.title),
        *places.get(("id", name), (record.line, 1)),
        record.to_json(),
        names_of(record),
        tuple(
            [
                (each.field, each.target, each.date, *places.get((each.field, each.target), nowhere))
                for each in relations
            ]
        ),
        claims,
        tuple([(field, str(value)) for field, value in record.values.items() if isinstance(value, EdtfDate)]),
        (code, *places.get(("iso", code), nowhere)) if code else None,
        bool(kind.nested_by and record.text(kind.nested_by)),
        (
            text_path(record),
            text_file,
            len(record.texts("gists")),
            *places.get(("text_file", text_file), nowhere),
        )
        if record.kind == "source"
        else None,
        entry_for(record, [claim[5] for claim in claims], relations).fields,
    )


def names_of(record: Record) -> tuple[str, ...]:
    """Return the folded names that a record can be called by."""
    return tuple({fold(name): None for name in (record.id, record.title, *record.aliases)})


def code_of(record: Record) -> str:
    """Return the ISO code that only one record should have, or nothing."""
    return record.text("iso") if record.kind == "country" else ""


def text_path(source: Record) -> str:
    """Return where a source's text lies, relative to the library, or nothing; it may lead out of it."""
    name = source.text("text_file")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source.file), name)) if name else ""


def sort_key(title: str) -> str:
    """Return what titles are sorted by: without case and accents, and numbers by their value."""
    return _NUMBER.sub(lambda number: number[0].zfill(9), fold(title[:_SORTED_LENGTH]))


def _claim_row(claim: Claim, places: Places) -> tuple[str, str, int, int, str, str, int, int]:
    first, last = claim.at or (0, 0)
    state = state_without_text(claim.source, first, claim.quote).value
    place = places.get(("claims.quote", claim.quote)) or (claim.line, claim.column)
    return claim.id, claim.source, first, last, claim.quote, state, *place
