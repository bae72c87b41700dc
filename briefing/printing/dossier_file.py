"""A dossier from its file, and what it comes to in a library: searches run, records looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from briefing.printing.user_file import bytes_of, sentences_of
from briefing.records.dossier import Dossier, Entry, RecordEntry, SearchEntry, gone, read_dossier

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.library.library import Library

MOST_HITS = 2_000
"""So many hits of a search become records of a dossier."""


def dossier_in(path: Path) -> tuple[Dossier | None, tuple[str, ...]]:
    """Return the dossier that a file describes, and what is wrong with it, a sentence each.

    The dossier is None where there is an error in it. Raises PrintError where the file cannot be read.
    """
    found = read_dossier(bytes_of(path, "The dossier"), path.name)
    return (None if found.has_error else found.dossier), sentences_of(path, found.problems)


class Resolved(NamedTuple):
    """A dossier with records in place of its searches, each record once; and what there is to say of it."""

    dossier: Dossier
    notes: tuple[str, ...]


def resolve(dossier: Dossier, library: Library) -> Resolved:
    """Run the searches of a dossier, and leave out what the library does not have, each named in a sentence."""
    entries: list[Entry] = []
    notes: list[str] = []
    taken: set[str] = set()
    known = library.titles(dossier.record_ids())
    for entry in dossier.entries:
        if isinstance(entry, SearchEntry):
            hits = library.search(entry.query, MOST_HITS)
            notes += hits.notes
            if not hits.hits:
                notes.append(f"The search “{entry.query}” finds nothing.")
            if hits.total is not None and hits.total > len(hits.hits):
                notes.append(f"Of {hits.total:,} hits of “{entry.query}” the first {len(hits.hits):,} are printed.")
            found = [RecordEntry(hit.id, hit.title) for hit in hits.hits]
        elif isinstance(entry, RecordEntry):
            found = [entry] if entry.id in known else []
            notes += [] if found else [f"{gone(entry)}, and is left out."]
        else:
            entries.append(entry)
            continue
        entries += [each for each in found if each.id not in taken]
        taken.update(each.id for each in found)
    return Resolved(replace(dossier, entries=tuple(entries)), tuple(notes))
