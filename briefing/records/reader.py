"""YAML text to records and problems, in one pass over the events of PyYAML's C parser.

The tree is composed here and not by PyYAML, for three reasons: its C composer overflows the stack on deep nesting,
its resolver reads `NO` as false and `12:30` as 750, and only the events know the line and the column of everything.
This is the only module that imports yaml.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.records import making
from briefing.records.draft import Draft, LibraryInfo, Places, Source
from briefing.records.forms import SLUG
from briefing.records.kinds import LIBRARY_FIELDS
from briefing.records.nodes import ALIAS, Mapping, Node, Scalar, Sequence
from briefing.records.parts import table_of
from briefing.records.problems import Problem
from briefing.records.suggest import shown
from briefing.records.syntax import Complaint, Fault, control_character, explain, name_of, place_of
from briefing.records.tables import newer_format, read_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.records.record import Record
    from briefing.records.tables import Table

__all__ = ["MAX_BYTES", "LibraryInfo", "Places", "Reading", "read_library_file", "read_text"]

FORMAT = 1
"""The version of the record format that is read here."""

MAX_BYTES = 1 << 20
"""The size of the largest file that is read. Whoever reads files need not read more than one byte beyond it."""

MAX_DEPTH = 32
_MAX_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: the records that can be used, and what is wrong with the others.

    `places` are those of each record, or of `library.yaml`. `info` is for `library.yaml` only.
    """

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    info: LibraryInfo | None = None
    places: tuple[Places, ...] = ()


_NULLS = ("", "~")
_NO_NAMES = frozenset(("", "<<"))
_NO_NAME = ""
"""Stands for the name of a field that cannot be kept."""

_ALIASED = (
    "alias",
    "An alias is used (text that begins with *).",
    "Write the value out, or put quotation marks around it.",
)
_ANCHORED = (
    "anchor",
    "An anchor is used (text that begins with &).",
    "Leave it out, or put quotation marks around it.",
)
_TAGGED = ("tag", "A tag is used (text that begins with !).", "Leave it out, or put quotation marks around it.")
_MERGED = ("merge-key", "A merge key (<<) is used.", "Write the fields out.")
_CONTROL = ("control-character", "The text holds a control character.", "Leave out the escape that stands for it.")
_TOO_DEEP = ("too-deep", f"The file is nested deeper than {MAX_DEPTH} levels.", "Close the brackets, or nest less.")


@dataclass(slots=True)
class _Document:
    """One document of a file: its tree as far as it could be read, and the faults of its syntax."""

    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True

    @property
    def says_something(self) -> bool:
        root = self.root
        return bool(self.faults) or not (root is None or (root.__class__ is Scalar and root.is_null))

    @property
    def line(self) -> int:
        return self.root.line if self.root is not None else self.faults[0].line

    def fault(self, node: Node, code: str, message: str, mend: str) -> None:
        if len(self.faults) < Draft.LIMIT:
            self.faults.append(Fault(node.line, node.column, code, message, mend))

    def forbid(self, tag: str | None, anchor: str | None, node: Node) -> None:
        if tag is not None:
            self.fault(node, *_TAGGED)
        if anchor is not None:
            self.fault(node, *_ANCHORED)

    def name(self, container: Mapping, node: Node) -> str:
        """Return the name of the field that a node makes, or _NO_NAME after a fault."""
        if not isinstance(node, Scalar):
            self.fault(
                node, "name-not-text", "The name of a field is a list or a map.", "Put quotation marks around it."
            )
        elif node.text == "<<":
            self.fault(node, *_MERGED)
        elif first := container.marks.get(node.text):
            message = f"The field {shown(node.text)} stands in line {first.line + 1} already."
            self.fault(node, "duplicate-key", message, "Leave one of them out.")
        elif node.text == "":
            self.fault(node, "name-not-text", "A field has no name.", "Write a name before the colon.")
        elif not (node.is_null and node.text == ALIAS):
            container.marks[node.text] = node.mark
            return node.text
        return _NO_NAME


def read_text(data: bytes, file: str, info: LibraryInfo) -> Reading:
    """Read the records of a file; whatever is wrong with it becomes a problem, and nothing is raised.

    `file` is its path in the library, for the problems and for the id of a record that gives none; `info` has the
    defaults of the library.
    """
    text, documents, fault = _composed(data)
    if fault is not None:
        return Reading(problems=(_file_problem(file, fault),))
    stem = file.rpartition("/")[2].rpartition(".")[0] if len(documents) == 1 else ""
    source = Source(text)
    records: list[Record] = []
    problems: list[Problem] = []
    places: list[Places] = []
    for document in documents:
        draft = Draft(file, info, source)
        record = _read_document(draft, document, stem)
        if record is not None:
            records.append(record)
            places.append(draft.places)
        problems += draft.problems
    return Reading(tuple(records), _sorted(problems, file), None, tuple(places))


def read_tree(data: bytes, file: str) -> tuple[Node | None, Problem | None]:
    """Read a file that is no record as a tree of nodes, strictly as records are; or say what is wrong with it first.

    Nothing is raised. A file without content is no tree.
    """
    _, documents, fault = _composed(data)
    faults = [fault] if fault is not None else [each for document in documents for each in document.faults]
    if faults:
        return None, _file_problem(file, faults[0])
    return (documents[0].root if documents else None), None


def _read_document(draft: Draft, document: _Document, stem: str) -> Record | None:
    root = document.root
    draft.id = making.id_of(root if isinstance(root, Mapping) else None, stem)
    for fault in document.faults:
        draft.has_error = True
        draft.add(*fault)
    if isinstance(root, Mapping):
        return making.make_record(draft, root, stem, complete=document.complete)
    if root is not None and document.complete:
        _not_a_record(draft, root)
    return None


def _not_a_record(draft: Draft, root: Node) -> None:
    if isinstance(root, Sequence):
        mend = "Write the fields without hyphens before them; part several records by a line of `---`."
        draft.error(root, "not-a-record", "This is a list, not a record.", mend)
    elif isinstance(root, Scalar):
        mend = "Write fields such as `kind: country`, each on a line of its own, with a blank behind the colon."
        draft.error(root, "not-a-record", f"{shown(root.text)} is not a record.", mend)


def read_library_file(data: bytes, file: str, folder_name: str) -> Reading:
    """Read `library.yaml`; what it does not say, or says wrongly, is as in a library without one.

    `folder_name` is the title by default.
    """
    defaults = LibraryInfo(title=folder_name)
    text, documents, fault = _composed(data)
    if fault is not None:
        return Reading(problems=(_file_problem(file, fault),), info=defaults)
    draft = Draft(file, defaults, Source(text))
    if not documents:
        draft.add(1, 1, "missing-field", "The library needs the field `briefing`.", f"Add `briefing: {FORMAT}`.")
        return Reading(problems=tuple(draft.problems), info=defaults)
    info = defaults
    first = documents[0]
    if isinstance(first.root, Mapping):
        if newer := newer_format(first.root, "briefing", FORMAT):
            message = f"The library is of format {newer}, and this program reads format {FORMAT}."
            mend = "Open it with a newer version of Briefing."
            draft.error(first.root.entries["briefing"], "format-version", message, mend)
        else:
            info = _library_info(draft, first, defaults)
    elif first.root is not None and first.complete:
        mend = f"Write fields: `briefing: {FORMAT}`, `title: …`, each on a line of its own."
        draft.error(first.root, "not-a-library", "This does not describe a library.", mend)
    for document in documents:
        for fault in document.faults:
            draft.add(*fault)
    if len(documents) > 1:
        mend = "Put records into files of their own."
        draft.add(documents[1].line, 1, "not-a-library", "`library.yaml` holds more than one document.", mend)
    return Reading((), _sorted(draft.problems, file), info, (draft.places,))


def _library_info(draft: Draft, document: _Document, defaults: LibraryInfo) -> LibraryInfo:
    assert isinstance(document.root, Mapping)
    values = read_fields(draft, document.root, _library_table(), "a library", complete=document.complete)
    return LibraryInfo(
        title=values.get("title", defaults.title),
        summary=values.get("summary", defaults.summary),
        marking=values.get("marking", defaults.marking),
        language=values.get("language", defaults.language),
        home=values.get("home", defaults.home),
        yardstick=values.get("yardstick", defaults.yardstick),
    )


@cache
def _library_table() -> Table:
    return table_of(LIBRARY_FIELDS)


def _sorted(problems: list[Problem], file: str) -> tuple[Problem, ...]:
    if len(problems) > 1:
        problems.sort()
    if len(problems) > _MAX_PROBLEMS:
        last = problems[_MAX_PROBLEMS - 1]
        message = f"The file has {len(problems) - _MAX_PROBLEMS} more problems."
        more = Problem(file, last.line, last.column, "more-problems", message, "Mend those above first.")
        return (*problems[:_MAX_PROBLEMS], more)
    return tuple(problems)


def _file_problem(file: str, fault: Fault) -> Problem:
    stem = file.rpartition("/")[2].rpartition(".")[0]
    return Problem(file, *fault, record=stem if SLUG.fullmatch(stem) else "")


def _composed(data: bytes) -> tuple[str, list[_Document], Fault | None]:
    """Return the text of a file and its documents, or what is wrong with the whole of it."""
    text, fault = _decoded(data)
    if fault is not None:
        return text, [], fault
    try:
        return text, list(_documents(text)), None
    except _TooDeep as stopped:
        # Before that place our own limit is passed.
        return text, list(_documents(text[: stopped.offset])), None
    except _Unreadable:
        offset = max(0, control_character(text))
        message = f"The file holds {name_of(text[offset])}."
        return text, [], Fault(*place_of(text, offset), "control-character", message, "Remove it.")


def _decoded(data: bytes) -> tuple[str, Fault | None]:
    """Return the text of a file, or what is wrong with the whole of it."""
    if len(data) > MAX_BYTES:
        return "", Fault(1, 1, "too-large", "The file is larger than 1 MiB.", "Split it into several files.")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode()
        message = f"The file is not UTF-8: the byte 0x{data[error.start]:02X} cannot stand here."
        is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        mend = "Save it as UTF-8; it seems to be UTF-16." if is_utf_16 else "Save it as UTF-8."
        return "", Fault(*place_of(good, len(good)), "not-utf-8", message, mend)
    # Lines and columns are to be those of an editor: a byte order mark has no column, each kind of line end begins
    # one line, and the other line breaks of Unicode begin none.
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")
    return text, None


class _TooDeep(Exception):  # noqa: N818 - never leaves this module
    """The parser's own limit is passed. It reads ahead, so nothing may have come of the file so far."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    """The file holds a character that no YAML may hold."""


def _documents(text: str) -> Iterator[_Document]:
    """Compose the documents of a file that say something, one by one.

    The tree is built without recursion. What comes before the first fault that stops the parser is yielded.
    """
    # imported here: only reading YAML pays for it
    import yaml
    from yaml._yaml import CParser

    scalar, mapping_start, sequence_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    before: _Document | None = None
    document = _Document()
    # The containers around the present one, each with the name under which the present one goes into it.
    stack: list[tuple[Sequence | Mapping | None, str | None]] = []
    container: Sequence | Mapping | None = None
    key: str | None = None
    node: Node
    try:
        # Any: the stubs say that an event may lack its place, its value or itself, which those of a parser never do.
        next_event: Callable[[], Any] = CParser(text).get_event
        while True:
            event = next_event()
            kind = event.__class__
            if kind is scalar:
                value, style, tag, anchor = event.value, event.style, event.tag, event.anchor
                is_bare = not style and tag is None and anchor is None
                if key is None and is_bare and isinstance(container, Mapping):
                    # A name, as nearly all are.
                    marks = container.marks
                    if value not in marks and value not in _NO_NAMES:
                        key = value
                        marks[value] = event.start_mark
                        continue
                node = Scalar(value, event.start_mark, value in _NULLS and not style)
                if tag is not None or anchor is not None:
                    document.forbid(tag, anchor, node)
                if style == '"' and not value.isprintable() and control_character(value) >= 0:
                    document.fault(node, *_CONTROL)
            elif kind is mapping_start or kind is sequence_start:
                node = (Mapping if kind is mapping_start else Sequence)(event.start_mark)
                if event.tag is not None or event.anchor is not None:
                    document.forbid(event.tag, event.anchor, node)
                stack.append((container, key))
                if len(stack) > MAX_DEPTH:
                    document.fault(node, *_TOO_DEEP)
                    break
                container, key = node, None
                continue
            elif kind in ends:
                assert container is not None
                node = container
                container, key = stack.pop()
            elif kind is yaml.AliasEvent:
                node = Scalar(ALIAS, event.start_mark, True)
                document.fault(node, *_ALIASED)
            elif kind is yaml.DocumentEndEvent:
                if document.says_something:
                    yield document
                    before = document
                document = _Document()
                continue
            elif kind is yaml.StreamEndEvent:
                return
            else:
                continue

            if container is None:
                document.root = node
            elif isinstance(container, Sequence):
                container.items.append(node)
            elif key is None:
                key = document.name(container, node)
            else:
                if key != _NO_NAME:
                    container.entries[key] = node
                key = None
    except yaml.reader.ReaderError as error:
        raise _Unreadable from error
    except yaml.MarkedYAMLError as error:
        if error.problem_mark and "nesting depth" in (error.problem or ""):
            raise _TooDeep(error.problem_mark.index) from error
        fault = explain(Complaint.of(error), text)
        if "<document start>" in (error.problem or "") and before is not None:
            # What stops the parser is the line with which the document that it took for finished goes on.
            before.complete = False
            before.faults.append(fault)
            return
        document.faults.append(fault)
    document.complete = False
    if document.root is None:
        document.root = stack[1][0] if len(stack) > 1 else container
    yield document
