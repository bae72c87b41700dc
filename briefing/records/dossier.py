"""A dossier: a YAML file that says which records make a book, in which order and under which headings.

dossier: 1
title: Technology dialogues
for: [Minister]
date: 2024-01
entries:
  - heading: Talks of three
  - record: trilateral-dialogue
    called: Trilateral technology dialogue   # its title when it was added
  - query: kind:dialogue country:india       # run when the dossier is printed
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.records.fields import Field, Type
from briefing.records.own_file import Form, read_own_file
from briefing.records.parts import table_of
from briefing.records.quoting import quoted
from briefing.records.syntax import without_controls
from briefing.records.tables import Table, maps_in, read_fields
from briefing.records.vocabularies import PRINT_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.records.dates import EdtfDate
    from briefing.records.draft import Draft
    from briefing.records.nodes import Node
    from briefing.records.problems import Problem

FORMAT = 1
"""The version of the dossier's format that is read here."""

_FORM = Form("dossier", FORMAT, "a dossier", "title: …", "Open it")

ENTRY_FIELDS: tuple[Field, ...] = (
    Field("heading", Type.TEXT, "Heading", help="A heading: what follows stands under it."),
    Field("record", Type.REF, "Record", help="The id of a record."),
    Field("called", Type.TEXT, "Called", help="The record's title when it was added, should it go from the library."),
    Field("query", Type.TEXT, "Search", help="A search, run when the dossier is printed."),
)

DOSSIER_FIELDS: tuple[Field, ...] = (
    Field("dossier", Type.NUMBER, "Format", limits=(1, 1), required=True, help="The version of the format: 1."),
    Field("title", Type.TEXT, "Title", help="The title on the cover."),
    Field("subtitle", Type.TEXT, "Subtitle", help="A line below the title."),
    Field("for", Type.TEXTS, "For", help="Who it is for."),
    Field("from", Type.TEXTS, "From", help="Who made it."),
    Field("date", Type.DATE, "Date", help="The date on the cover."),
    Field("marking", Type.MARKING, "Marking", help="The marking that it is printed at."),
    Field("template", Type.CHOICE, "Template", choices=PRINT_TEMPLATES, help="The print template: dossier, if none."),
    Field("paper", Type.CHOICE, "Paper", choices=("a4", "letter"), help="The paper, where nobody asks for another."),
    Field("entries", Type.ENTRIES, "Entries", help="Headings, records and searches, in their order."),
)


class HeadingEntry(NamedTuple):
    """A heading: the entries that follow stand under it."""

    text: str


class RecordEntry(NamedTuple):
    """A record; `called` is its title when it was added, which names it where it is in the library no more."""

    id: str
    called: str = ""


class SearchEntry(NamedTuple):
    """A search: when the dossier is printed, its hits stand in its place."""

    query: str


Entry = HeadingEntry | RecordEntry | SearchEntry


@dataclass(frozen=True, slots=True)
class Dossier:
    """A selection of records as a book. Empty text is nothing said."""

    title: str = ""
    subtitle: str = ""
    for_: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    date: EdtfDate | None = None
    marking: str = ""
    template: str = ""
    paper: str = ""
    entries: tuple[Entry, ...] = ()

    def record_ids(self) -> tuple[str, ...]:
        """Return the ids of the records that are named one by one, each once, in their order."""
        return tuple(dict.fromkeys(entry.id for entry in self.entries if isinstance(entry, RecordEntry)))


class DossierReading(NamedTuple):
    """What came of a dossier's file; where there is an error, `dossier` holds what could be read."""

    dossier: Dossier
    problems: tuple[Problem, ...]

    @property
    def has_error(self) -> bool:
        """Whether the file is not one to work with."""
        return any(each.severity == "error" for each in self.problems)


def read_dossier(data: bytes, file: str, known: Iterable[str] | None = None) -> DossierReading:
    """Read a dossier; whatever is wrong with it becomes a problem, and nothing is raised.

    `file` is what it is called in the problems. Where `known` is given, the ids of a library, a warning names each
    record that is not among them; its entry is kept.
    """
    draft, root, values = read_own_file(data, file, _FORM, _table())
    if root is None:
        return DossierReading(Dossier(), tuple(draft.problems))
    dossier = Dossier(**{_ATTRIBUTES.get(name, name): value for name, value in values.items()})
    if known is not None:
        _check_known(draft, dossier, frozenset(known))
    return DossierReading(dossier, tuple(sorted(draft.problems)))


_ATTRIBUTES = {"for": "for_", "from": "from_"}  # words that Python keeps for itself


def _check_known(draft: Draft, dossier: Dossier, known: frozenset[str]) -> None:
    called = {entry.id: entry.called for entry in dossier.entries if isinstance(entry, RecordEntry)}
    for (_, value), (line, column) in draft.places.items():
        if value not in known:
            message = f"{gone(RecordEntry(value, called.get(value, '')))}."
            mend = "Take the entry out, or open the library that has the record."
            draft.add(line, column, "unknown-record", message, mend, "warning")


def gone(entry: RecordEntry) -> str:
    """Return the sentence, without its full stop, that names a record that the library does not have."""
    name = f"“{entry.called}” ({entry.id})" if entry.called else f"`{entry.id}`"
    return f"The record {name} is not in the library"


def _read_entries(draft: Draft, field: Field, node: Node) -> tuple[Entry, ...]:
    return tuple(_entries(draft, field, node))


def _entries(draft: Draft, field: Field, node: Node) -> Iterator[Entry]:
    for item in maps_in(draft, field, node, "record: …"):
        problems = len(draft.problems)
        values = read_fields(draft, item, _entry_table(), "an entry")
        said = [name for name in ("heading", "record", "query") if name in values]
        if len(said) > 1:
            message = f"An entry is one thing, and this is {len(said)}: {' and '.join(said)}."
            draft.error(item, "two-in-one-entry", message, "Make each an entry of its own, with a hyphen before it.")
        elif said == ["record"]:
            yield RecordEntry(values["record"], values.get("called", ""))
        elif "called" in values:
            message = "`called` belongs to an entry with a record."
            draft.error(item.key("called"), "called-without-record", message, "Add `record:`, or leave it out.")
        elif said:
            yield HeadingEntry(values["heading"]) if said == ["heading"] else SearchEntry(values["query"])
        elif len(draft.problems) == problems:
            mend = "Write `heading:`, `record:` or `query:` in it, or leave it out."
            draft.error(item, "empty-entry", "The entry has nothing in it.", mend)


def dossier_text(dossier: Dossier) -> str:
    """Return the dossier as a YAML file: the same text for the same dossier."""
    lines = [f"dossier: {FORMAT}"]
    for field in DOSSIER_FIELDS[1:-1]:
        value = getattr(dossier, _ATTRIBUTES.get(field.name, field.name))
        if isinstance(value, tuple):
            texts = [written for each in value if (written := _written(each))]
            lines += [f"{field.name}: [{', '.join(texts)}]"] if texts else []
        elif written := _written(str(value or "")):
            lines.append(f"{field.name}: {written}")
    entries = [line for entry in dossier.entries for line in _entry_lines(entry)]
    return "\n".join([*lines, *(["entries:", *entries] if entries else []), ""])


def _entry_lines(entry: Entry) -> Iterator[str]:
    match entry:
        case HeadingEntry(text):
            name, first, called = "heading", _written(text), ""
        case SearchEntry(query):
            name, first, called = "query", _written(query), ""
        case RecordEntry(record_id, title):
            name, first, called = "record", _written(record_id), _written(title)
    if first:
        yield f"  - {name}: {first}"
        if called:
            yield f"    called: {called}"


def _written(text: str) -> str:
    """Return a text as it is written, on one line; nothing where there is nothing in it."""
    line = " ".join(without_controls(text).split())
    return quoted(line) if line else ""


@cache
def _table() -> Table:
    table = table_of(field for field in DOSSIER_FIELDS if field.type is not Type.ENTRIES)
    return Table({**table.fields, "entries": (DOSSIER_FIELDS[-1], _read_entries)}, table.required)


@cache
def _entry_table() -> Table:
    return table_of(ENTRY_FIELDS)
