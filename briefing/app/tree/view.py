"""The tree on screen: its rows, its keys, and where in it one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QStyle, QTreeView

from briefing.app.picked import drag
from briefing.app.tree.delegate import TreeDelegate, row_height
from briefing.app.tree.model import Index, TreeModel
from briefing.app.tree.open_ranges import OpenRanges
from briefing.app.tree.picking import pick_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from briefing.app.theme import Theme
    from briefing.app.tree.node import Item, Path

PAUSE_MS = 80
"""How long the keys must rest on a row before it opens: held down, they pass over rows without opening each."""

INDENT = 16

SECTIONS = ("section", "range", "group", "problems", "saved")
"""The types of rows that open and close at a click."""


class TreeView(QTreeView):
    """Shows a `TreeModel`; says which row was chosen, by a click or by the keys."""

    chosen = Signal(object)
    """The `Item` of a row that is to be shown."""
    search_chosen = Signal(object)
    """The `Item` of a saved search that is to be opened: not by passing over it, for it takes the tree's place."""
    menu_requested = Signal(object, QPoint)
    """A menu is wanted for that `Item`, at that place of the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = QPersistentModelIndex()
        self._coming = QPersistentModelIndex()
        self._quiet = False
        self._double_clicked = False
        self._typed = ""
        self._typing = QElapsedTimer()
        self._opened_for = QPersistentModelIndex()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._choose_current)
        self._load = QTimer(self)
        self._load.setSingleShot(True)
        self._load.timeout.connect(self._load_more)
        self.tree_model = TreeModel(self)
        self.setModel(self.tree_model)
        self.ranges = OpenRanges(self)
        self.setItemDelegate(TreeDelegate(theme, self))
        self.setAccessibleName("Tree of the library")
        self.setAccessibleDescription("Arrow keys move and open; letters jump to a title")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    # --- where one is -------------------------------------------------------------------------------------------

    def select_quietly(self, index: QModelIndex) -> None:
        """Make a row the current one without choosing it; no index: none is."""
        self._quiet = True
        self._pause.stop()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self._quiet = False

    def keep_place(self, change: Callable[[], None]) -> None:
        """Have the rows in view stay where they are while `change` puts others above them."""
        seen = self._rows_in_view()
        self._quiet = True
        change()
        self._quiet = False
        for index, top in seen:
            if index.isValid() and self.is_in_view(index):
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(index).top() - top)
                return

    def is_in_view(self, index: Index) -> bool:
        """Whether all that holds a row is open."""
        parent = index.parent()
        while parent.isValid():
            if not self.isExpanded(parent):
                return False
            parent = parent.parent()
        return True

    def open_paths(self) -> tuple[Path, ...]:
        """Return the ways to the nodes that are open."""
        found: list[Path] = []

        def look(parent: QModelIndex) -> None:
            for row in range(self.tree_model.rowCount(parent)):
                index = self.tree_model.index(row, 0, parent)
                if self.isExpanded(index):
                    found.append(self.tree_model.path(index))
                    look(index)

        look(QModelIndex())
        return tuple(found)

    def open(self, paths: tuple[Path, ...]) -> None:
        """Open the nodes at the end of these ways, as far as there are any."""
        for path in sorted(paths, key=len):
            index = self.tree_model.find(path)
            if index.isValid():
                self._prepare(index)
                self.expand(index)

    def top_path(self) -> Path:
        """Return the way to the row at the top of the view."""
        return self.tree_model.path(self.indexAt(self.viewport().rect().topLeft()))

    def _prepare(self, index: Index) -> None:
        """Load what is below a row that is about to open: Qt then lays out the rows that come, else all anew."""
        if index.isValid() and not self.isExpanded(index):
            self.tree_model.fetchMore(index)

    def _rows_in_view(self) -> list[tuple[QPersistentModelIndex, int]]:
        """Return the rows in view and where they stand, the current one first."""
        rows: list[tuple[QPersistentModelIndex, int]] = []
        index = self.indexAt(self.viewport().rect().topLeft())
        while index.isValid() and (top := self.visualRect(index).top()) < self.viewport().height():
            rows.insert(0 if index == self.currentIndex() else len(rows), (QPersistentModelIndex(index), top))
            index = self.indexBelow(index)
        return rows

    # --- keys and mouse -----------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        item = self.tree_model.item(current)
        if item is not None and item.type == "more":
            self.tree_model.load_more(current.parent())
        elif item is not None and not self._quiet:
            self._pause.start()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # The rows are drawn across the whole width, which Qt does not know of.
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.state() == QAbstractItemView.State.EditingState:
                # It ended the renaming of a saved search, and is not to open that too.
                event.accept()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._pause.stop()
                index = self.currentIndex()
                item = self.tree_model.item(index)
                if item is not None and item.type in SECTIONS:
                    self._turn(index)
                elif item is not None and item.type == "search":
                    self.search_chosen.emit(item)
                else:
                    self._choose_current()
            case Qt.Key.Key_Asterisk:
                # Qt would open everything below, and below records there is no end.
                self._prepare(self.currentIndex())
                self.expand(self.currentIndex())
            case Qt.Key.Key_Right | Qt.Key.Key_Plus:
                self._prepare(self.currentIndex())
                super().keyPressEvent(event)
            case Qt.Key.Key_Home | Qt.Key.Key_End if self.currentIndex().isValid():
                super().keyPressEvent(event)
                self.scrollTo(self.currentIndex())
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the row that begins so; in a section with ranges that is one of all its records."""
        goes_on = self._typing.isValid() and self._typing.elapsed() < QApplication.keyboardInputInterval()
        self._typed = self._typed + search if goes_on else search
        self._typing.start()
        found = self.tree_model.titled(self.currentIndex(), self._typed)
        if not found.isValid():
            super().keyboardSearch(search)
            return
        around = found.parent()
        if not goes_on or self._opened_for != around:
            if goes_on and self._opened_for.isValid():
                # It was opened for the first letters only.
                self.ranges.pass_by(self._opened_for)
            self._opened_for = QPersistentModelIndex() if self.isExpanded(around) else QPersistentModelIndex(around)
        self.setCurrentIndex(found)
        self.scrollTo(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._on_sign(index := self.indexAt(point), point):
            self._prepare(index)
        super().mousePressEvent(event)
        # It may begin a drag; where it is a click, the release chooses.
        self._pause.stop()

    def startDrag(self, actions: Qt.DropAction) -> None:
        pick = pick_of(self.tree_model.item(self.currentIndex()))
        if pick is not None:
            drag(self, (pick,))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        second, self._double_clicked = self._double_clicked, False
        if event.button() != Qt.MouseButton.LeftButton or second:
            return
        index = self.indexAt(event.position().toPoint())
        item = self.tree_model.item(index)
        if item is None or self._on_sign(index, event.position().toPoint()):
            return
        self._pause.stop()
        if item.type in SECTIONS:
            self._turn(index)
        elif item.type == "search":
            self.search_chosen.emit(item)
        elif index == self.currentIndex():
            self._choose_current()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._double_clicked = True
        index = self.indexAt(event.position().toPoint())
        item = self.tree_model.item(index)
        if item is not None and item.type in ("record", "file"):
            self._turn(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        item = self.tree_model.item(index)
        if item is not None:
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_requested.emit(item, self.viewport().mapToGlobal(place))

    def _on_sign(self, index: QModelIndex, point: QPoint) -> bool:
        """Whether a point is on the sign that opens and closes a row."""
        return self.tree_model.hasChildren(index) and point.x() < self.visualRect(index).left()

    def _turn(self, index: QModelIndex) -> None:
        """Open a row that is closed, or close it."""
        self._prepare(index)
        self.setExpanded(index, not self.isExpanded(index))

    def _hover(self, index: QModelIndex) -> None:
        if QPersistentModelIndex(index) != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            self.viewport().update()

    def _choose_current(self) -> None:
        item: Item | None = self.tree_model.item(self.currentIndex())
        if item is not None and item.type in ("record", "file", "problem"):
            self.chosen.emit(item)

    # --- drawing ------------------------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        current = index == self.currentIndex()
        self._draw_ground(painter, row, current=current, hovered=self._hovered == index)
        item = self.tree_model.item(index)
        if item is not None and item.type == "more":
            # It came into view: load what it stands for, once this drawing is over.
            self._coming = QPersistentModelIndex(index)
            self._load.start()
        cell = QRect(self.visualRect(index))
        cell.setRight(row.right() - 6)
        if self.tree_model.hasChildren(index):
            self._draw_sign(painter, QRect(cell.left() - INDENT, cell.top(), INDENT, cell.height()), index)
        option.rect = cell
        if self.isExpanded(index):
            option.state |= QStyle.StateFlag.State_Open
        self.itemDelegate().paint(painter, option, index)

    def _draw_ground(self, painter: QPainter, row: QRect, *, current: bool, hovered: bool) -> None:
        if not (current or hovered):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(row).adjusted(0, 0.5, -6, -0.5)
        focused = current and self.hasFocus()
        painter.setBrush(self._theme.colour("selection" if current else "hover"))
        painter.setPen(QPen(self._theme.colour("focus"), 1.5) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(ground.adjusted(0.75, 0.75, -0.75, -0.75) if focused else ground, 5, 5)
        painter.restore()

    def _draw_sign(self, painter: QPainter, rect: QRect, index: Index) -> None:
        name = "expanded" if self.isExpanded(index) else "collapsed"
        sign = QRect(0, 0, 16, 16)
        sign.moveCenter(rect.center())
        self._theme.icon(name, "muted").paint(painter, sign)

    def _load_more(self) -> None:
        if self._coming.isValid():
            self.tree_model.load_more(self._coming.parent())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def _theme_changed(self) -> None:
        self.setFont(self._theme.font())
        self.setMinimumHeight(3 * row_height(self._theme))
        self.viewport().update()
