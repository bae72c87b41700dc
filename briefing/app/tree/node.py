"""What the rows of the tree are, and how their children are asked of the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.app.wording import count, one_line
from briefing.records.kinds import is_kind, kind_named

if TYPE_CHECKING:
    from briefing.app.saved_searches import Row
    from briefing.library.library import Card, Library, Range, Start

NodeType = Literal[
    "root", "section", "range", "group", "record", "problems", "file", "problem", "more", "saved", "search"
]
Path = tuple[str, ...]
"""The way to a node: the keys of the nodes from its section down to itself."""

CHUNK = 500
RANGE_KEY = "from:"


@dataclass(frozen=True, slots=True)
class Item:
    """What a row shows. `key` tells it from its siblings; `total` is the number behind its label, or -1.

    `kind` is that of the record or of the records below. For a record and a group `id` is the record's id, for a file
    and a problem `file` is the file; for a saved search `id` and `file` are its key. `opens` is False where it is known
    that nothing is below. `fresh` is how many of the hits of a saved search (or of all) are new. `range` is the part
    of a long section that a row of type range stands for, `query` is that of a saved search.
    """

    type: NodeType
    key: str
    text: str
    kind: str = ""
    id: str = ""
    file: str = ""
    line: int = 0
    total: int = -1
    stale: bool = False
    severity: str = ""
    fresh: int = 0
    opens: bool = True
    query: str = ""
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Children:
    """Some children of a node; `total` is how many there are in all."""

    items: tuple[Item, ...]
    total: int


def children(library: Library, parent: Item, around: Path, limit: int, offset: int = 0) -> Children:
    """Ask the library for up to `limit` children of a node; `around` are the ids of the records that hold it.

    Only a section and a group, which can be long, look at `offset`.
    """
    match parent.type:
        case "root":
            return _all([*_sections(library), *_problems_section(library)])
        case "section" if ranges := library.ranges(parent.kind):
            return _all([_range(each) for each in ranges])
        case "range" if parent.range is not None:
            return _all([_record(card) for card in library.range_cards(parent.kind, parent.range.start)])
        case "section":
            items = [_record(card) for card in library.cards(parent.kind, offset, limit)]
            total = offset + len(items) if len(items) < limit else library.card_count(parent.kind)
            return Children(tuple(items), total)
        case "record":
            return _all(_below_record(library, parent, around))
        case "group":
            apart = _shown_elsewhere(library, parent.id, parent.kind, around)
            cards = [card for card in library.neighbour_cards(parent.id, parent.kind) if card.id not in apart]
            return Children(tuple(_record(card) for card in cards[offset : offset + limit]), len(cards))
        case "problems":
            return _all([_file(*each) for each in library.problem_files()])
        case "file":
            return _all(_problems(library, parent.file))
        case _:
            return Children((), 0)


def saved_section(searches: tuple[Item, ...]) -> Item:
    """Return the row that holds the saved searches."""
    fresh = sum(each.fresh for each in searches)
    return Item("saved", "saved", "Saved searches", total=len(searches), fresh=fresh)


def saved_search(row: Row) -> Item:
    """Return the row of a saved search."""
    folder, name = row.key
    key = f"q:{folder}:{name}"
    return Item(
        "search", key, name, id=name, file=folder, total=row.total, fresh=row.fresh, opens=False, query=row.query
    )


def _all(items: list[Item]) -> Children:
    return Children(tuple(items), len(items))


def _sections(library: Library) -> list[Item]:
    return [
        Item("section", f"s:{each.kind}", each.label, kind=each.kind, total=each.count) for each in library.sections()
    ]


def _problems_section(library: Library) -> list[Item]:
    counts = library.counts()
    if not counts.errors + counts.warnings:
        return []
    severity = "error" if counts.errors else "warning"
    return [Item("problems", "problems", "Problems", total=counts.errors + counts.warnings, severity=severity)]


def _range(part: Range) -> Item:
    is_one = part.begins.casefold() == part.ends.casefold()
    text = part.begins if is_one else f"{part.begins} \N{EN DASH} {part.ends}"
    return Item("range", range_key(part.start), text, kind=part.kind, total=part.records, range=part)


def range_key(start: Start) -> str:
    """Return the key of the row of a range."""
    return f"{RANGE_KEY}{start.title}\n{start.id}"


def range_start(key: str) -> tuple[str, str]:
    """Return where the range of a key begins."""
    title, _, record_id = key.removeprefix(RANGE_KEY).partition("\n")
    return title, record_id


def _record(card: Card) -> Item:
    return Item("record", f"r:{card.id}", card.title, kind=card.kind, id=card.id, stale=card.stale)


def _below_record(library: Library, parent: Item, around: Path) -> list[Item]:
    """Return the records that nest under it, then its relations by kind."""
    narrower = [card for card in _narrower(library, parent) if card.id not in around]
    groups = []
    for section in library.neighbours(parent.id):
        total = section.count
        if _nests(section.kind):
            apart = _shown_elsewhere(library, parent.id, section.kind, around)
            total = sum(card.id not in apart for card in library.neighbour_cards(parent.id, section.kind))
        if total:
            key = f"g:{section.kind}"
            groups.append(Item("group", key, section.label, kind=section.kind, id=parent.id, total=total))
    return [*(_record(card) for card in narrower), *groups]


def _narrower(library: Library, parent: Item) -> list[Card]:
    return library.narrower(parent.id) if _nests(parent.kind) else []


def _shown_elsewhere(library: Library, id: str, kind: str, around: Path) -> frozenset[str]:  # noqa: A002
    """Return the ids that are left out of a group, for they stand right above it or right beside it."""
    if not _nests(kind):
        return frozenset()
    beside = frozenset(card.id for card in library.narrower(id))
    above = around[around.index(id) - 1 : around.index(id)] if id in around and around.index(id) else ()
    return beside | frozenset(above)


def _nests(kind: str) -> bool:
    return is_kind(kind) and bool(kind_named(kind).nested_by)


def _file(file: str, errors: int, warnings: int) -> Item:
    severity = "error" if errors else "warning"
    return Item("file", f"f:{file}", file, file=file, total=errors + warnings, severity=severity)


def _problems(library: Library, file: str) -> list[Item]:
    seen: dict[str, int] = {}
    items = []
    for problem in library.problems(file):
        # The line is no part of the key: a line added above a problem moves it, and it stays the same problem.
        name = f"p:{problem.code}:{problem.message}"
        seen[name] = seen.get(name, 0) + 1
        place = f"line {problem.line}: " if problem.line else ""
        items.append(
            Item(
                "problem",
                f"{name}:{seen[name]}",
                f"{place}{problem.message}",
                file=file,
                line=problem.line,
                severity=problem.severity,
                opens=False,
            )
        )
    return items


def more(left: int) -> Item:
    """Return the row that stands for the children that are not loaded yet."""
    return Item("more", "more", f"{count(left, 'more record')} …", opens=False)


def spoken(item: Item) -> str:
    """Return what a screen reader says of a row: the text, and what the eye takes from shape, colour and number."""
    parts = [one_line(item.text)]
    match item.type:
        case "record":
            parts.append(item.kind)
            if item.stale:
                parts.append("last good version, its file has faults")
        case "range" if item.range is not None:
            parts[0] = one_line(f"{item.range.begins} to {item.range.ends}")
            parts.append(count(item.total, "record"))
        case "section" | "group":
            parts.append(count(item.total, "record"))
        case "problems" | "file":
            parts.append(count(item.total, "problem"))
        case "problem":
            parts.append(item.severity)
        case "saved":
            parts.append(count(item.total, "search", "searches"))
        case "search" if item.total >= 0:
            parts.append(count(item.total, "hit"))
    if item.fresh:
        parts.append(f"{item.fresh:,} new")
    return ", ".join(parts)
