"""The tree as a model: filled on demand, and brought up to date row by row, so that a view keeps its place."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefing.app.tree.node import CHUNK, RANGE_KEY, Children, Item, children, more, range_start, saved_section, spoken
from briefing.app.tree.row import Row, without_ranges
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from briefing.app.tree.node import Path
    from briefing.library.library import Library

Index = QModelIndex | QPersistentModelIndex

LOCATE_LIMIT = 5_000
"""How many rows of a section are loaded to find one in it."""

# Put together here and not where they are asked for: a view asks for those of each row whenever it lays rows out.
_OPENS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_LEAF = _OPENS | Qt.ItemFlag.ItemNeverHasChildren
_NAMED = _LEAF | Qt.ItemFlag.ItemIsEditable


class Role(IntEnum):
    """What a row tells beside its text."""

    ITEM = Qt.ItemDataRole.UserRole
    """The `Item`."""
    PATH = Qt.ItemDataRole.UserRole + 1
    """The way to it, a tuple of texts."""


class TreeModel(QAbstractItemModel):
    """Sections, records, relation groups and problems of the library that `show` was given."""

    rename_requested = Signal(object, str)
    """The `Item` of a saved search was given another name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._saved: tuple[Item, ...] = ()
        self._count = 0
        # Indexes carry a number: `createIndex` would not keep a Python object alive.
        self._nodes: dict[int, Row] = {}
        self._root = self._new(Item("root", "", ""), None)

    def show(self, library: Library | None) -> None:
        """Show another library, or none."""
        self.beginResetModel()
        self._library = library
        self._nodes.clear()
        self._root = self._new(Item("root", "", ""), None)
        if library is not None:
            self._root.children = []
            found = self._ask(library, self._root, CHUNK)
            self._append(self._root, list(found.items))
        self.endResetModel()

    def refresh(self) -> None:
        """Bring every node that was opened up to date with the library; rows that stay keep their indexes."""
        if self._library is not None:
            self._refresh(self._root)

    def show_saved(self, searches: tuple[Item, ...]) -> None:
        """Show saved searches above all else; none: no section for them."""
        if searches == self._saved:
            return
        self._saved = searches
        if self._library is None or self._root.children is None:
            return
        first = self._root.children[0] if self._root.children else None
        held = first if first is not None and first.item.type == "saved" else None
        if held is not None and searches:
            self._replace(held, saved_section(searches))
            if held.children is not None:
                self._load(held, CHUNK)
        elif held is not None:
            self._remove_all_but(self._root, {child.item.key for child in self._root.children[1:]})
        elif searches:
            self._insert(self._root, 0, [saved_section(searches)])
        self._root.total = len(self._root.children)

    def load_more(self, parent: Index) -> None:
        """Load some more of the children of a row, where there are any."""
        node = self._node(parent)
        if node is None or self._library is None or node.children is None or node.loaded >= node.total:
            return
        found = self._ask(self._library, node, CHUNK, node.loaded)
        present = {child.item.key for child in node.children}
        new = [item for item in found.items if item.key not in present]
        node.total = found.total
        if new:
            self._insert(node, node.loaded, new)
        left = node.total - node.loaded
        if new and left > 0:
            self._replace(node.children[-1], more(left))
        else:
            self._remove_all_but(node, {child.item.key for child in node.children[: node.loaded]})
            node.total = node.loaded

    def release(self, index: Index) -> None:
        """Forget what is below a row, until it is opened again."""
        node = self._node(index)
        if node is None or not node.children:
            return
        self.beginRemoveRows(index, 0, len(node.children) - 1)
        for child in node.children:
            self._forget(child)
        # Before anybody is told: that it can be opened again does not change.
        node.children = None
        self.endRemoveRows()

    def titled(self, index: Index, begin: str) -> QModelIndex:
        """Return the first record whose title begins so in the section around a row, where it has ranges."""
        path = self.path(index)
        section = self.find(path[:1])
        node = self._node(section)
        if self._library is None or node is None or not node.has_ranges:
            return QModelIndex()
        found = self._library.titled(node.item.kind, begin)
        return self.find((*path[:1], f"r:{found}")) if found else QModelIndex()

    def item(self, index: Index) -> Item | None:
        """Return what a row shows, or None for no row."""
        node = self._node(index)
        return node.item if node is not None and node is not self._root else None

    def path(self, index: Index) -> Path:
        """Return the way to a row."""
        keys: list[str] = []
        node = self._node(index)
        while node is not None and node is not self._root:
            keys.append(node.item.key)
            node = node.parent
        return tuple(reversed(keys))

    def find(self, path: Path) -> QModelIndex:
        """Return the row at the end of a way, loading what is needed; no index where there is no such row."""
        node = self._root
        for key in without_ranges(path):
            found = self._child(node, key)
            if found is None:
                return QModelIndex()
            node = found
        return self._index(node) if path else QModelIndex()

    def loaded_records(self, record_id: str) -> list[QModelIndex]:
        """Return the rows of a record that are loaded, those nearest to a section first."""
        found = [node for node in self._nodes.values() if node.item.type == "record" and node.item.id == record_id]
        return sorted((self._index(node) for node in found), key=lambda index: len(self.path(index)))

    # --- what Qt asks -------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        # This and the next are asked for each row whenever a view lays rows out: no call too many.
        node = self._nodes.get(parent.internalId()) if parent is not None and parent.isValid() else self._root
        if node is None or not node.children or column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row].number)

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        # QObject.parent(), which shares the name, is not used on a model; PySide's stubs know two overloads.
        node = self._node(index)
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: Index | None = None) -> int:
        node = self._node(parent)
        return len(node.children) if node is not None and node.children else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def hasChildren(self, parent: Index | None = None) -> bool:
        node = self._node(parent)
        if node is None:
            return False
        if node.children is None:
            # Asking the library for each row would make long sections slow: a record nearly always has relations.
            return node is not self._root and node.item.opens
        return bool(node.children)

    def canFetchMore(self, parent: Index) -> bool:
        # Not for the rest of a long section: a view fetches that as soon as it lays its rows out. See `load_more`.
        node = self._node(parent)
        return node is not None and self._library is not None and node.item.opens and node.children is None

    def fetchMore(self, parent: Index) -> None:
        node = self._node(parent)
        if node is not None and self.canFetchMore(parent):
            self._load(node, CHUNK)

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self._nodes.get(index.internalId()) if index.isValid() else None
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        if node.item.opens:
            return _OPENS
        return _NAMED if node.item.type == "search" else _LEAF

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index)
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(item.text)
            case Qt.ItemDataRole.EditRole if item.type == "search":
                return item.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(item)
            case Role.ITEM:
                return item
            case Role.PATH:
                return self.path(index)
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        item = self.item(index)
        if item is None or item.type != "search" or role != Qt.ItemDataRole.EditRole:
            return False
        self.rename_requested.emit(item, str(value))
        return True

    # --- nodes --------------------------------------------------------------------------------------------------

    def _new(self, item: Item, parent: Row | None) -> Row:
        self._count += 1
        node = Row(item, parent, self._count)
        self._nodes[node.number] = node
        return node

    def _node(self, index: Index | None) -> Row | None:
        if index is None or not index.isValid():
            return self._root
        return self._nodes.get(index.internalId())

    def _index(self, node: Row) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.number)

    def _child(self, node: Row, key: str) -> Row | None:
        index = self._index(node)
        self.fetchMore(index)
        if node.has_ranges:
            return self._child_in_range(node, key)
        if key.startswith(RANGE_KEY):
            # The section has become short, or another library's ranges are asked for.
            return node if node.item.type == "section" else None
        while True:
            for child in node.children or ():
                if child.item.key == key:
                    return child
            if node.loaded >= min(node.total, LOCATE_LIMIT):
                return None
            self.load_more(index)

    def _child_in_range(self, section: Row, key: str) -> Row | None:
        """Return a record of a section with ranges; of a range that is no more, the one that has its start in it."""
        assert self._library is not None
        if key.startswith(RANGE_KEY):
            return section.range_holding(range_start(key))
        start = self._library.range_of(key.removeprefix("r:"))
        return self._child(section.range_holding(start), key) if start is not None else None

    def _append(self, parent: Row, items: list[Item]) -> None:
        """Add nodes behind the others, telling nobody: the caller does."""
        assert parent.children is not None
        for item in items:
            node = self._new(item, parent)
            node.row = len(parent.children)
            parent.children.append(node)

    def _ask(self, library: Library, node: Row, limit: int, offset: int = 0) -> Children:
        if node.item.type == "saved":
            return Children(self._saved, len(self._saved))
        found = children(library, node.item, node.ids_around(), limit, offset)
        if node is self._root and self._saved:
            return Children((saved_section(self._saved), *found.items), found.total + 1)
        return found

    def _load(self, node: Row, limit: int) -> None:
        """Have the first `limit` children of a node as the library has them now."""
        if self._library is None:
            return
        found = self._ask(self._library, node, limit)
        wanted = list(found.items)
        if len(wanted) < found.total:
            wanted.append(more(found.total - len(wanted)))
        node.total = found.total
        if node.children is None:
            node.children = []
        self._change(node, wanted)

    def _refresh(self, node: Row) -> None:
        if node.children is None:
            return
        self._load(node, max(node.loaded, CHUNK))
        for child in list(node.children):
            self._refresh(child)

    def _change(self, parent: Row, wanted: list[Item]) -> None:
        """Make the rows of a node those that are wanted: take out, put in and move as few as that needs."""
        assert parent.children is not None
        self._remove_all_but(parent, {item.key for item in wanted})
        present = {child.item.key for child in parent.children}
        row = 0
        while row < len(wanted):
            key = wanted[row].key
            if row < len(parent.children) and parent.children[row].item.key == key:
                self._replace(parent.children[row], wanted[row])
                row += 1
            elif key in present:
                self._move(parent, next(child.row for child in parent.children[row:] if child.item.key == key), row)
            else:
                end = row
                while end < len(wanted) and wanted[end].key not in present:
                    end += 1
                self._insert(parent, row, wanted[row:end])
                row = end

    def _remove_all_but(self, parent: Row, keys: set[str]) -> None:
        assert parent.children is not None
        last = len(parent.children) - 1
        while last >= 0:
            if parent.children[last].item.key in keys:
                last -= 1
                continue
            first = last
            while first > 0 and parent.children[first - 1].item.key not in keys:
                first -= 1
            self.beginRemoveRows(self._index(parent), first, last)
            for child in parent.children[first : last + 1]:
                self._forget(child)
            del parent.children[first : last + 1]
            self._number_rows(parent, first)
            self.endRemoveRows()
            last = first - 1

    def _insert(self, parent: Row, row: int, items: list[Item]) -> None:
        assert parent.children is not None
        self.beginInsertRows(self._index(parent), row, row + len(items) - 1)
        parent.children[row:row] = [self._new(item, parent) for item in items]
        self._number_rows(parent, row)
        self.endInsertRows()

    def _move(self, parent: Row, old: int, new: int) -> None:
        assert parent.children is not None
        index = self._index(parent)
        self.beginMoveRows(index, old, old, index, new)
        parent.children.insert(new, parent.children.pop(old))
        self._number_rows(parent, new)
        self.endMoveRows()

    def _replace(self, node: Row, item: Item) -> None:
        if node.item != item:
            node.item = item
            index = self._index(node)
            self.dataChanged.emit(index, index)

    def _forget(self, node: Row) -> None:
        del self._nodes[node.number]
        for child in node.children or ():
            self._forget(child)

    @staticmethod
    def _number_rows(parent: Row, first: int) -> None:
        assert parent.children is not None
        for row, child in enumerate(parent.children[first:], first):
            child.row = row
