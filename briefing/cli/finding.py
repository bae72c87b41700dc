"""From an id that was typed to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.parser import words_of
from briefing.cli.terminal import one_line
from briefing.errors import RecordNotFoundError

if TYPE_CHECKING:
    from briefing.library.library import Library
    from briefing.records.record import Record

ENOUGH = 3


def record_named(library: Library, name: str) -> Record:
    """Return the record of that id; raises RecordNotFoundError, which names the nearest ones."""
    record = library.record(words_of([name]))
    if record is not None:
        return record
    near = _near(library, words_of([name]))
    mend = f"Did you mean {_either(near)}?" if near else "`briefing search` finds ids."
    raise RecordNotFoundError(f"There is no record {one_line(words_of([name]))} in {library.title}", mend=mend)


def _near(library: Library, name: str) -> list[str]:
    """Return ids that are typed almost like it, then those of records that a search for its words finds."""
    # Imported here: only a mistyped id pays for it.
    from difflib import get_close_matches

    ids = [card.id for section in library.sections() for card in library.cards(section.kind, limit=5000)]
    near = get_close_matches(name.lower(), ids, n=ENOUGH)
    found = [hit.id for hit in library.search(name.replace("-", " "), ENOUGH).hits]
    return list(dict.fromkeys([*near, *found]))[:ENOUGH]


def _either(names: list[str]) -> str:
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
