"""A YAML file of one map that is no record: which format it has, what its fields hold, what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.records.draft import Draft, LibraryInfo, Source
from briefing.records.nodes import Mapping
from briefing.records.reader import read_tree
from briefing.records.tables import newer_format, read_fields

if TYPE_CHECKING:
    from briefing.records.tables import Table


class Form(NamedTuple):
    """What such a file is called and begins with, and what is to be done with one of a newer format."""

    head: str
    """The field that holds the version of the format: the first."""
    version: int
    """The version that is read here."""
    noun: str
    """With its article: `a house style`."""
    second: str
    """A field that most have, as it is written."""
    use: str
    """What one does with it: `Print`."""


class Contents(NamedTuple):
    """What the file holds, with its faults so far; `root` is None where it is no such file, or of a newer format."""

    draft: Draft
    root: Mapping | None
    values: dict[str, Any]
    """Of its fields but the first."""


def read_own_file(data: bytes, file: str, form: Form, table: Table) -> Contents:
    """Read such a file; whatever is wrong with it becomes a problem, and nothing is raised.

    `file` is what it is called in the problems.
    """
    draft = Draft(file, LibraryInfo(), Source(""))
    tree, problem = read_tree(data, file)
    if problem is not None:
        draft.problems.append(problem)
        return Contents(draft, None, {})
    if not isinstance(tree, Mapping):
        mend = f"Write fields: `{form.head}: {form.version}`, `{form.second}`, each on a line of its own."
        code = f"not-{form.noun.replace(' ', '-')}"
        draft.add(1, 1, code, f"This does not describe {form.noun}.", mend)
        return Contents(draft, None, {})
    if newer := newer_format(tree, form.head, form.version):
        called = form.noun.partition(" ")[2]
        message = f"The {called} is of format {newer}, and this program reads format {form.version}."
        draft.error(tree.entries[form.head], "format-version", message, f"{form.use} with a newer version of Briefing.")
        return Contents(draft, None, {})
    values = read_fields(draft, tree, table, form.noun)
    values.pop(form.head, None)
    return Contents(draft, tree, values)
