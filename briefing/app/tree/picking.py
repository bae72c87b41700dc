"""What a row of the tree comes to when it is put into a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.app.picked import Pick
from briefing.app.tree.node import range_start
from briefing.records.kinds import is_kind, kind_named

if TYPE_CHECKING:
    from briefing.app.tree.node import Item


def pick_of(item: Item | None) -> Pick | None:
    """Return what a row picks: a record, or all records of a section, range or group, or a search; else None."""
    if item is None:
        return None
    match item.type:
        case "record":
            return Pick("record", item.text, id=item.id)
        case "section":
            return Pick("section", item.text, kind=item.kind)
        case "group":
            return Pick("group", item.text, id=item.id, kind=item.kind)
        case "range":
            begins, first = range_start(item.key)
            return Pick("range", item.text, kind=item.kind, begins=begins, first=first)
        case "search":
            return Pick("query", item.text, query=item.query)
        case _:
            return None


def subtree_of(item: Item | None) -> Pick | None:
    """Return what picks a record together with all that nests below it; None where records of its kind do not nest."""
    if item is None or item.type != "record" or not is_kind(item.kind) or not kind_named(item.kind).nested_by:
        return None
    return Pick("below", item.text, id=item.id)
