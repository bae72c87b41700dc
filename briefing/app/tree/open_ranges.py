"""The open ranges of the tree: few at a time, for Qt lays out every open row, seen or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPersistentModelIndex, QTimer

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from briefing.app.tree.model import Index
    from briefing.app.tree.view import TreeView

OPEN_ROWS = 3_000
"""As many rows may open ranges have together; beyond that those that were opened first close."""


class OpenRanges(QObject):
    """Closes the ranges of a tree that were opened first, with the rows in view standing still."""

    def __init__(self, view: TreeView) -> None:
        super().__init__(view)
        self._view = view
        self._model = view.tree_model
        self._loaded: list[QPersistentModelIndex] = []
        self._passed: list[QPersistentModelIndex] = []
        # Not in the step that opens one, which loads rows and lays them out.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._close_some)
        view.expanded.connect(self._opened)
        view.collapsed.connect(self._closed)

    def pass_by(self, index: QPersistentModelIndex) -> None:
        """Close a range that was opened on the way to another one."""
        self._passed.append(index)
        self._later.start()

    def release_closed(self) -> None:
        """Forget what closed ranges hold: it need not be brought up to date with the library."""
        for index in self._loaded:
            if index.isValid() and not self._view.isExpanded(index):
                self._model.release(index)
        self._loaded = self._open()

    def _open(self) -> list[QPersistentModelIndex]:
        return [each for each in self._loaded if each.isValid() and self._view.isExpanded(each)]

    def _opened(self, index: QModelIndex) -> None:
        if self._is_range(index):
            self._loaded = [*(each for each in self._loaded if each != index), QPersistentModelIndex(index)]
            self._later.start()

    def _closed(self, index: QModelIndex) -> None:
        path = self._model.path(index)
        if self._is_range(index) and self._model.path(self._view.currentIndex())[: len(path)] == path:
            # Else the keys would go on from a row that nobody sees.
            self._view.select_quietly(index)

    def _close_some(self) -> None:
        ranges = self._open()
        rows = sum(map(self._model.rowCount, ranges))
        closing = [each for each in self._passed if each.isValid()]
        for each in ranges[:-1]:
            if rows > OPEN_ROWS:
                rows -= self._model.rowCount(each)
                closing.append(each)
        self._passed.clear()

        def close() -> None:
            for each in closing:
                self._view.collapse(each)

        if closing:
            self._view.keep_place(close)

    def _is_range(self, index: Index) -> bool:
        item = self._model.item(index)
        return item is not None and item.type == "range"
