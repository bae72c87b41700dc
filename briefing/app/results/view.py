"""The hits on screen: as high as their texts, and still where they were when others come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from briefing.app.picked import Pick, drag
from briefing.app.results.delegate import HitDelegate
from briefing.app.row_menu import place_of_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QResizeEvent

    from briefing.app.results.model import HitsModel
    from briefing.app.theme import Theme


class HitsView(QListView):
    """Shows a `HitsModel`."""

    menu_requested = Signal(QPoint)
    """A menu is wanted for the chosen hit, at that place of the screen."""

    def __init__(self, theme: Theme, model: HitsModel) -> None:
        super().__init__()
        self._hits = model
        self.setModel(model)
        self.setObjectName("hits")
        self.setAccessibleName("Hits")
        self.setItemDelegate(HitDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Rows are as high as their texts are at this width.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme.changed.connect(self.viewport().update)

    @property
    def pick(self) -> Pick | None:
        """The chosen hit, as it is put into a dossier."""
        hit = self._hits.hit(self.currentIndex())
        return Pick("record", hit.title, id=hit.id) if hit is not None else None

    def startDrag(self, actions: Qt.DropAction) -> None:
        if self.pick is not None:
            drag(self, (self.pick,))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = place_of_menu(self, event)
        if place is not None:
            self.menu_requested.emit(place)

    def choose(self, row: int) -> None:
        """Make a row the current one, and have it in view."""
        self.setCurrentIndex(self._hits.index(row, 0))

    def keep_place(self, change: Callable[[], None]) -> None:
        """Have the hit that is chosen, and those in view, stay what and where they are while `change` brings others.

        At the top of the list the view stays at the top, so that a better hit is seen, unless that would take the
        chosen one out of view. A chosen hit that is gone gives way to the nearest above it.
        """
        chosen = self._ids_from_current()
        seen = self._in_view()
        bar = self.verticalScrollBar()
        at_top = bar.value() == 0
        change()
        row = next((row for each in chosen if (row := self._hits.row_of(each)) >= 0), 0)
        # The selection's own model does not scroll to what is chosen.
        self.selectionModel().setCurrentIndex(
            self._hits.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.doItemsLayout()
        if at_top:
            bar.setValue(0)
            if self.viewport().rect().contains(self.visualRect(self.currentIndex())):
                return
        for each, top in seen:
            if (row := self._hits.row_of(each)) >= 0:
                bar.setValue(bar.value() + self.visualRect(self._hits.index(row, 0)).top() - top)
                return

    def _ids_from_current(self) -> list[str]:
        """Return the ids of the chosen hit and of those above it, upwards."""
        rows = range(self.currentIndex().row(), -1, -1)
        return [hit.id for row in rows if (hit := self._hits.hit(self._hits.index(row, 0)))]

    def _in_view(self) -> list[tuple[str, int]]:
        """Return the ids of the hits in view and where they stand, the chosen one first."""
        found: list[tuple[str, int]] = []
        index = self.indexAt(self.viewport().rect().topLeft())
        while (hit := self._hits.hit(index)) and (place := self.visualRect(index)).top() < self.viewport().height():
            entry = (hit.id, place.top())
            if index == self.currentIndex():
                found.insert(0, entry)
            else:
                found.append(entry)
            index = self._hits.index(index.row() + 1, 0)
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
