"""Ranges: a long section in parts, each named by the first letters of its ends, as the pages of a dictionary are.

Where a range begins is kept, so that it stays where it is while records come and go. A range that grew too long is
parted; the others are left alone. The catalogue's triggers mark the range of a record that went.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.library.answers import Card, Range, Start
from briefing.library.reading import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.library.catalogue import Catalogue

LONG = 2_000
"""A section, or a range, of more records is parted."""
SHORTEST, LONGEST = 500, 1_000
"""How many records a new range has: between these, where the fewest letters tell its end from the next one's start."""

_LISTED = "FROM records WHERE live = 1 AND kind = ? AND root = 1"
_FROM = f"{_LISTED} AND (sort_title, id) >= (?, ?)"
_BETWEEN = f"{_FROM} AND (sort_title, id) < (?, ?)"
_IN_ORDER = "ORDER BY sort_title, id"
_MARK_CAME = (
    "UPDATE ranges SET records = -1 WHERE (kind, first, id) = (SELECT r.kind, r.first, r.id"
    " FROM records t JOIN ranges r ON r.kind = t.kind AND (r.first, r.id) <= (t.sort_title, t.id)"
    " WHERE t.key = ? AND t.live = 1 AND t.root = 1 ORDER BY r.first DESC, r.id DESC LIMIT 1)"
)


class Ranges:
    """The ranges that a catalogue keeps. A section that is not long has none."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    # What is asked

    def of(self, kind: str) -> list[Range]:
        """Return the ranges of a kind's section that hold records, in order."""
        rows = self._catalogue.rows(
            "SELECT first, id, begins, ends, records FROM ranges WHERE kind = ? AND records > 0 ORDER BY first, id",
            (kind,),
        )
        return [Range(kind, Start(*row[:2]), *row[2:]) for row in rows]

    def cards(self, kind: str, start: Start) -> list[Card]:
        """Return the records of the range that begins there, by title."""
        rows = self._rows("SELECT id, kind, title, stale", kind, start, self._next(kind, start), _IN_ORDER)
        return [Card(row[0], row[1], row[2], bool(row[3])) for row in rows]

    def holding(self, record_id: str) -> Start | None:
        """Return the start of the range that a record at the top of its section is in, or None where there is none."""
        row = self._catalogue.row(
            "SELECT kind, sort_title, id FROM records WHERE id = ? AND live = 1 AND root = 1", (record_id,)
        )
        if row is None:
            return None
        found = self._catalogue.row(
            "SELECT first, id FROM ranges WHERE kind = ? AND (first, id) <= (?, ?)"
            " ORDER BY first DESC, id DESC LIMIT 1",
            row,
        )
        return Start(*found) if found else None

    def titled(self, kind: str, begin: str) -> str | None:
        """Return the id of the first record at the top of a kind's section whose title begins so."""
        key = sort_key(begin)
        row = self._catalogue.row(f"SELECT sort_title, id {_FROM} {_IN_ORDER} LIMIT 1", (kind, key, ""))
        return row[1] if key and row and row[0].startswith(key) else None

    # Keeping them

    def renew(self, touched: Iterable[int], *, everything: bool) -> None:
        """Bring them up to date: `touched` are the keys of the records that came, where not `everything` may have."""
        run = self._catalogue.run
        for kind, roots in self._catalogue.rows("SELECT name, roots FROM tally"):
            pieces = self._catalogue.row("SELECT count(*) FROM ranges WHERE kind = ?", (kind,))[0]
            if pieces and (roots <= LONG // 2 or pieces * SHORTEST > 2 * roots):
                run("DELETE FROM ranges WHERE kind = ?", (kind,))
                pieces = 0
            if roots > LONG and not pieces:
                run("INSERT INTO ranges VALUES (?, '', '', -1, '', '')", (kind,))
        if everything:
            run("UPDATE ranges SET records = -1")
        else:
            self._catalogue.run_many(_MARK_CAME, [(key,) for key in touched])
        for kind, *start in self._catalogue.rows("SELECT kind, first, id FROM ranges WHERE records < 0"):
            self._count(kind, Start(*start))

    def _count(self, kind: str, start: Start) -> None:
        """Count the records of a range again, and part it where they are too many."""
        end = self._next(kind, start)
        number = self._number(kind, start, end)
        if number <= LONG:
            self._catalogue.run(
                "UPDATE ranges SET records = ? WHERE kind = ? AND first = ? AND id = ?", (number, kind, *start)
            )
            return
        starts, begins, sizes = [start], [self._begin(kind, start)], []
        while number > LONGEST + SHORTEST:
            low, high = (self._at(kind, starts[-1], place) for place in (SHORTEST - 1, LONGEST))
            cut, name = _cut(low, high)
            sizes.append(self._number(kind, starts[-1], cut))
            number -= sizes[-1]
            starts.append(cut)
            begins.append(name)
        sizes.append(number)
        ends = [
            self._end(kind, begin, first, last)
            for begin, (first, last) in zip(begins, pairwise([*starts, end]), strict=True)
        ]
        self._catalogue.run_many(
            "INSERT OR REPLACE INTO ranges VALUES (?, ?, ?, ?, ?, ?)",
            [(kind, *row[0], *row[1:]) for row in zip(starts, sizes, begins, ends, strict=True)],
        )

    def _begin(self, kind: str, start: Start) -> str:
        """Return what names the start of a range that is parted: what did before, or its first letter."""
        (kept,) = self._catalogue.row(
            "SELECT begins FROM ranges WHERE kind = ? AND first = ? AND id = ?", (kind, *start)
        )
        return kept or _shown(next(_beginnings(self._at(kind, start, 0).title)))

    def _end(self, kind: str, begin: str, start: Start | None, end: Start | None) -> str:
        """Return the first letters of a range's last record that tell it from the start of the next one."""
        assert start is not None
        first, following = sort_key(begin), end.title if end is not None else ""
        (row,) = self._rows("SELECT title", kind, start, end, "ORDER BY sort_title DESC, id DESC LIMIT 1")
        for name in _beginnings(row[0]):
            key = sort_key(name)
            # "Exp - Ez" and not "Exp - E", be there no other after it that begins with E.
            if not following.startswith(key) and (key == first or not first.startswith(key)):
                return _shown(name)
        return _shown(row[0])

    def _at(self, kind: str, start: Start, place: int) -> _Titled:
        """Return the record that stands so many places behind the first one of a range."""
        return _Titled(
            *self._rows("SELECT sort_title, id, title", kind, start, None, f"{_IN_ORDER} LIMIT 1 OFFSET {place}")[0]
        )

    def _number(self, kind: str, start: Start, end: Start | None) -> int:
        return int(self._rows("SELECT count(*)", kind, start, end)[0][0])

    def _next(self, kind: str, start: Start) -> Start | None:
        row = self._catalogue.row(
            "SELECT first, id FROM ranges WHERE kind = ? AND (first, id) > (?, ?) ORDER BY first, id LIMIT 1",
            (kind, *start),
        )
        return Start(*row) if row else None

    def _rows(self, select: str, kind: str, start: Start, end: Start | None, order: str = "") -> list[tuple[str, ...]]:
        if end is None:
            return self._catalogue.rows(f"{select} {_FROM} {order}", (kind, *start))
        return self._catalogue.rows(f"{select} {_BETWEEN} {order}", (kind, *start, *end))


class _Titled(NamedTuple):
    sort_title: str
    id: str
    title: str


def _cut(low: _Titled, high: _Titled) -> tuple[Start, str]:
    """Return the shortest start that parts two records, and its name: letters that only the second begins with."""
    for name in _beginnings(high.title):
        if low.sort_title < (key := sort_key(name)) <= high.sort_title:
            return Start(key, ""), _shown(name)
    return Start(high.sort_title, high.id), _shown(high.title)


def _beginnings(title: str) -> Iterator[str]:
    """Yield what a title begins with, letter by letter, from its first letter on.

    A letter is what a reader takes for one: a syllable of Korean or Hindi with all its signs, and a whole number.
    """
    has_letter = False
    for at, character in enumerate(title):
        has_letter = has_letter or character.isalnum()
        if has_letter and not _goes_on(character, title[at + 1 : at + 2]):
            yield title[: at + 1]
    if not has_letter:
        yield title


def _goes_on(character: str, following: str) -> bool:
    """Whether two characters are parts of one letter; nothing follows the last one."""
    return bool(following) and (
        unicodedata.category(following)[0] == "M"
        or following in _JOINERS
        or character in _JOINERS
        # A virama ties two consonants together.
        or unicodedata.combining(character) == _VIRAMA
        or (character.isdecimal() and following.isdecimal())
        # The vowel and the last consonant of a Korean syllable that is written in its parts.
        or "\u1160" <= following <= "\u11ff"
    )


_JOINERS = "\u200c\u200d"
_VIRAMA = 9


def _shown(name: str) -> str:
    """Return letters as the name of a range has them: without signs before them, and with a capital."""
    at = next((at for at, character in enumerate(name) if character.isalnum()), 0)
    return name[at : at + 1].upper() + name[at + 1 :].rstrip()
