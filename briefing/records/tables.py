"""From a map of nodes to the values of its fields: which are known, which are missing, what each says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.records.fields import Field, Type
from briefing.records.kinds import KINDS
from briefing.records.nodes import Mapping, Node, Scalar, Sequence, is_alias, is_blank
from briefing.records.suggest import listed, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.records.draft import Draft
    from briefing.records.values import Convert

_FEW = 12
"""No more fields than these are listed in a message."""


@dataclass(frozen=True, slots=True)
class Table:
    """The fields that a map may have, by name, each with the function that reads it; and those that it must have."""

    fields: dict[str, tuple[Field, Convert]]
    required: tuple[Field, ...]


def read_fields(draft: Draft, mapping: Mapping, table: Table, noun: str, *, complete: bool = True) -> dict[str, Any]:
    """Return the values that the fields of a map hold, and say in the draft what is wrong with them.

    What is not given is not in the result. `noun` is what the map describes, with its article; where the map is
    not `complete` (the rest of it could not be read), nothing is said to be missing.
    """
    values: dict[str, Any] = {}
    fields = table.fields
    for name, node in mapping.entries.items():
        entry = fields.get(name)
        if entry is None:
            _unknown_field(draft, mapping.key(name), table, noun)
            continue
        if node.__class__ is Scalar and node.is_null:
            draft.has_error |= is_alias(node)
            continue
        value = entry[1](draft, entry[0], node)
        if value:
            values[name] = value
    if complete:
        for field in table.required:
            given = mapping.entries.get(field.name)
            if field.name not in values and is_blank(given) and not is_alias(given):
                _missing_field(draft, mapping, field, noun)
    return values


def newer_format(root: Mapping, name: str, known: int) -> int:
    """Return the version that the field of that name asks for where it is above the known one, else 0."""
    node = root.entries.get(name)
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > known else 0


def _unknown_field(draft: Draft, key: Scalar, table: Table, noun: str) -> None:
    if draft.is_full:
        return
    name = key.text
    meant = nearest(name, table.fields)
    owners = [kind.name for kind in KINDS if any(field.name == name for field in kind.fields)]
    if meant:
        mend = f"Did you mean `{meant}`?"
    elif owners and "kind" in table.fields:
        mend = f"It is a field of {listed(owners)}: check `kind`, or leave it out."
    elif len(table.fields) <= _FEW:
        mend = f"Leave it out; the fields are {', '.join(table.fields)}."
    else:
        mend = "Leave it out, or put what it says into `body`."
    draft.error(key, "unknown-field", f"{noun.capitalize()} has no field {shown(name)}.", mend)


def _missing_field(draft: Draft, mapping: Mapping, field: Field, noun: str) -> None:
    if field.type is Type.KIND:
        mend = f"Add `kind:` with one of {listed([kind.name for kind in KINDS])}."
    else:
        mend = f"Add `{field.name}:`. {field.help}"
    draft.error(mapping, "missing-field", f"{noun.capitalize()} needs the field `{field.name}`.", mend)


def maps_in(draft: Draft, field: Field, node: Node, example: str) -> Iterator[Mapping]:
    """Yield the maps of a list of maps; one map alone is a list of one."""
    items = node.items if isinstance(node, Sequence) else [node]
    for item in items:
        if isinstance(item, Mapping):
            yield item
        elif not is_blank(item):
            message = f"An entry of `{field.name}` is a map of fields, not a {_shape(item)}."
            draft.error(item, "wrong-shape", message, f"Write it as `- {example}`.")


def _shape(node: Node) -> str:
    return "text" if isinstance(node, Scalar) else "list"
