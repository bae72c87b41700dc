"""The saved searches in the tree: their rows, and what can be done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from briefing.app.tree.node import saved_search

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex

    from briefing.app.saved_searches import Key, SavedSearches
    from briefing.app.tree.node import Item
    from briefing.app.tree.view import TreeView

_KEYS = {"rename": "F2", "remove": "Del", "up": "Alt+Up", "down": "Alt+Down"}


class SavedRows(QObject):
    """Keeps the rows of saved searches in step with them; says which is to be opened, and what files are wanted."""

    search_requested = Signal(object)
    """The `Key` of a saved search that is to be opened."""
    remove_requested = Signal(object)
    """The `Key` of one that is to be deleted: whoever hears it asks first."""
    export_requested = Signal(object)
    """The `Key` of one that is to be written to a file; None: all."""
    dossier_requested = Signal(object)
    """The `Item` of one that is to be put into the dossier."""
    import_requested = Signal()
    """A file of saved searches is to be read."""

    def __init__(self, view: TreeView, saved: SavedSearches, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._saved = saved
        self._model = view.tree_model
        self._shown = len(saved.rows)
        saved.changed.connect(self._show)
        view.search_chosen.connect(lambda item: self.search_requested.emit(_key(item)))
        view.menu_requested.connect(self._open_menu)
        # Once the editor is closed: its row goes, and another one comes.
        self._model.rename_requested.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        self._actions = {
            "rename": self._action("Rename", self._edit),
            "remove": self._action("Delete …", lambda item: self.remove_requested.emit(_key(item))),
            "up": self._action("Move up", lambda item: self._move(item, -1)),
            "down": self._action("Move down", lambda item: self._move(item, 1)),
        }
        for name, keys in _KEYS.items():
            action = self._actions[name]
            action.setShortcut(QKeySequence(keys))
            # Only where the tree has the focus: elsewhere the keys have other meanings.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            view.addAction(action)
        self._show()

    def _action(self, text: str, slot: Callable[[Item], object]) -> QAction:
        def run() -> None:
            item = self._model.item(self._view.currentIndex())
            if item is not None and item.type == "search":
                slot(item)

        action = QAction(text, self)
        action.triggered.connect(run)
        return action

    def _show(self) -> None:
        rows = self._saved.rows
        self._view.keep_place(lambda: self._model.show_saved(tuple(map(saved_search, rows))))
        if len(rows) == 1 and not self._shown:
            # The first one that is saved is to be seen.
            self._view.expand(self._model.find(("saved",)))
        self._shown = len(rows)

    def _edit(self, item: Item) -> None:
        self._view.edit(self._index(_key(item)))

    def _rename(self, item: Item, name: str) -> None:
        self._saved.rename(_key(item), name)
        row = self._saved.named(name)
        if row is not None:
            self._view.select_quietly(self._index(row.key))

    def _move(self, item: Item, by: int) -> None:
        self._saved.move(_key(item), by)
        self._view.select_quietly(self._index(_key(item)))

    def _index(self, key: Key) -> QModelIndex:
        folder, name = key
        return self._model.find(("saved", f"q:{folder}:{name}"))

    def _open_menu(self, item: Item, place: QPoint) -> None:
        if item.type not in ("saved", "search"):
            return
        menu = QMenu(self._view)
        if item.type == "search":
            key = _key(item)
            self._view.select_quietly(self._index(key))
            menu.addAction("Open").triggered.connect(lambda: self.search_requested.emit(key))
            menu.addAction(self._actions["rename"])
            every = menu.addAction("In every library")
            every.setCheckable(True)
            every.setChecked(not key[0])
            every.triggered.connect(lambda checked: self._saved.spread(key, everywhere=checked))
            menu.addSeparator()
            menu.addAction(self._actions["up"])
            menu.addAction(self._actions["down"])
            menu.addSeparator()
            menu.addAction("Add to dossier").triggered.connect(lambda: self.dossier_requested.emit(item))
            menu.addAction("Export this one …").triggered.connect(lambda: self.export_requested.emit(key))
        menu.addAction("Export all …").triggered.connect(lambda: self.export_requested.emit(None))
        menu.addAction("Import …").triggered.connect(self.import_requested)
        if item.type == "search":
            menu.addSeparator()
            menu.addAction(self._actions["remove"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)


def _key(item: Item) -> Key:
    return item.file, item.id
