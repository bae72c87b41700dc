"""The entries of a dossier on screen: chosen, moved and taken out by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from briefing.app.dossier.delegate import DossierDelegate
from briefing.app.dossier.model import ROWS
from briefing.app.picked import MIME

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent

    from briefing.app.dossier.model import DossierModel
    from briefing.app.theme import Theme


class DossierView(QListView):
    """Shows a `DossierModel`."""

    open_requested = Signal(int)
    """The record of that row is to be shown, the search be asked, or the heading renamed."""
    remove_requested = Signal()
    move_requested = Signal(int)
    """The chosen rows are to go up (-1) or down (1)."""
    menu_requested = Signal(QPoint)
    """A menu is wanted at that place of the screen."""

    def __init__(self, theme: Theme, model: DossierModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setObjectName("dossier-list")
        self.setAccessibleName("Entries of the dossier")
        self.setAccessibleDescription("Enter opens, Alt with the arrows moves, F2 renames a heading, Delete takes out")
        self.setItemDelegate(DossierDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(lambda index: self.open_requested.emit(index.row()))
        theme.changed.connect(self._theme_changed)

    def chosen(self) -> list[int]:
        """Return the rows that are selected, in their order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def choose(self, first: int, number: int = 1) -> None:
        """Select some rows, and have the first of them be the current one."""
        if not 0 <= first < len(self._rows.rows):
            return
        last = min(first + number, len(self._rows.rows)) - 1
        self.setCurrentIndex(self._rows.index(first))
        rows = QItemSelection(self._rows.index(first), self._rows.index(last))
        self.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        editing = self.state() == QAbstractItemView.State.EditingState
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if editing:
                # It ended the renaming of a heading.
                event.accept()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentIndex().isValid():
                self.open_requested.emit(self.currentIndex().row())
            case Qt.Key.Key_Delete:
                self.remove_requested.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                self.move_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if by_key else event.pos()
        self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        self._take_or_leave(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._take_or_leave(event)

    def dropEvent(self, event: QDropEvent) -> None:
        # Qt drops onto a row where that is hit in its midst; here that is before or behind it.
        index = self.indexAt(event.position().toPoint())
        to = len(self._rows.rows)
        if index.isValid():
            to = index.row() + (event.position().y() > self.visualRect(index).center().y())
        self._take_or_leave(event)
        if event.isAccepted():
            self._rows.dropMimeData(event.mimeData(), event.dropAction(), to, 0, self.rootIndex())
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def _take_or_leave(self, event: QDropEvent) -> None:
        """Move rows of this list, copy what comes from elsewhere, and leave everything else to the window."""
        data = event.mimeData()
        own = data.hasFormat(ROWS) and event.source() is self
        if own or data.hasFormat(MIME):
            event.setDropAction(Qt.DropAction.MoveAction if own else Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
