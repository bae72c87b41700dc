"""The tree panel: the library on the left, kept in step with what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from briefing.app.session import Address
from briefing.app.tree.saved_rows import SavedRows
from briefing.app.tree.view import TreeView

if TYPE_CHECKING:
    from briefing.app.saved_searches import SavedSearches
    from briefing.app.session import Session
    from briefing.app.settings import Place
    from briefing.app.theme import Theme
    from briefing.app.tree.node import Item, Path
    from briefing.library.library import Library

OPEN_AT_FIRST = 40
"""How many rows the sections may have together that are open when a library is opened for the first time."""

SAVED_AT_FIRST = 8
"""How many saved searches there may be for their section to be open then."""


class TreePanel(QWidget):
    """The tree of the library. `follow` says whether it marks what the reading pane shows."""

    address_requested = Signal(object)
    """The `Address` of a row that was chosen."""

    def __init__(
        self, session: Session, theme: Theme, parent: QWidget | None = None, *, saved: SavedSearches | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.view = TreeView(theme, self)
        self._model = self.view.tree_model
        self.follow = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.chosen.connect(self._chosen)
        session.address_changed.connect(self._address_changed)
        session.content_changed.connect(self._content_changed)
        session.library_changed.connect(self._library_changed)
        self._library_changed(session.library)
        self.saved = SavedRows(self.view, saved, self) if saved is not None else None

    def restore(self, place: Place | None) -> None:
        """Open the tree as it was left; one that is new opens its first sections while they are short."""
        if place is None:
            self._open_first_sections()
            self._address_changed(self._session.address)
            return
        self.view.open(place.open_nodes)
        current = self._model.find(place.current_node)
        # A row in a closed node would open it.
        if current.isValid() and self.view.is_in_view(current):
            self.view.select_quietly(current)
        top = self._model.find(place.top_node)
        if top.isValid():
            self.view.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)

    def open_nodes(self) -> tuple[Path, ...]:
        """Return the ways to the open nodes."""
        return self.view.open_paths()

    def current_node(self) -> Path:
        """Return the way to the current row."""
        return self._model.path(self.view.currentIndex())

    def top_node(self) -> Path:
        """Return the way to the first row in view."""
        return self.view.top_path()

    def show_problems(self) -> None:
        """Open the section of the problems and choose its first file."""
        section = self._model.find(("problems",))
        if section.isValid():
            self._model.fetchMore(section)
            self.view.expand(section)
            self.view.scrollTo(section, QAbstractItemView.ScrollHint.PositionAtTop)
            self.view.setCurrentIndex(self._model.index(0, 0, section))

    def collapse(self) -> None:
        """Close every node."""
        self.view.collapseAll()

    def _library_changed(self, library: Library | None) -> None:
        self._model.show(library)

    def _content_changed(self) -> None:
        if self._model.rowCount() == 0:
            self._model.refresh()
            self._open_first_sections()
        else:
            address, current = self._session.address, self.view.currentIndex()
            elsewhere = address is not None and current.isValid() and not self._shows(current, address)
            self.view.ranges.release_closed()
            self.view.keep_place(self._model.refresh)
            if elsewhere and self.view.currentIndex().isValid():
                # Whoever is on the way through the tree is not called back to what is shown.
                return
        self._address_changed(self._session.address)

    def _chosen(self, item: Item) -> None:
        match item.type:
            case "record":
                self.address_requested.emit(Address("record", item.id))
            case "file":
                self.address_requested.emit(Address("file", item.file))
            case "problem":
                self.address_requested.emit(Address("file", item.file, f"line-{item.line}" if item.line else ""))

    def _address_changed(self, address: Address | None) -> None:
        if not self.follow or address is None or self._shows(self.view.currentIndex(), address):
            return
        self.view.select_quietly(self._row_of(address))

    def _shows(self, index: QModelIndex, address: Address) -> bool:
        item = self._model.item(index)
        if item is None:
            return False
        if address.kind == "record":
            return item.type == "record" and item.id == address.key
        return item.type in ("file", "problem") and item.file == address.key

    def _row_of(self, address: Address) -> QModelIndex:
        """Find the row of an address: one that is in view, else that in its section, which is opened for it."""
        if address.kind == "file":
            return self._model.find(("problems", f"f:{address.key}"))
        loaded = self._model.loaded_records(address.key)
        for index in loaded:
            if self.view.is_in_view(index):
                return index
        found = self._in_section(address.key)
        return found if found.isValid() else (loaded or [QModelIndex()])[0]

    def _in_section(self, record_id: str) -> QModelIndex:
        library = self._session.library
        card = library.card(record_id) if library is not None else None
        if library is None or card is None:
            return QModelIndex()
        return self._model.find((f"s:{card.kind}", *self._way_in_section(library, record_id)))

    def _way_in_section(self, library: Library, record_id: str) -> Path:
        """Return the keys from a record's section down to it, through those that it nests in."""
        way: list[str] = []
        at = record_id
        while at and f"r:{at}" not in way:
            way.append(f"r:{at}")
            record = library.record(at)
            nested_by = record.kind_info.nested_by if record is not None else ""
            at = record.text(nested_by) if record is not None and nested_by else ""
        return tuple(reversed(way))

    def _open_first_sections(self) -> None:
        room = OPEN_AT_FIRST
        first = self._model.index(0, 0)
        held = self._model.item(first)
        begin = int(held is not None and held.type == "saved")
        if held is not None and begin and held.total <= SAVED_AT_FIRST:
            self.view.expand(first)
        for row in range(begin, min(begin + 3, self._model.rowCount())):
            index = self._model.index(row, 0)
            item = self._model.item(index)
            if item is None or item.type != "section" or item.total > room:
                return
            room -= item.total
            self.view.expand(index)
