"""The context column: what the shown record is related to, from both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QMenu, QVBoxLayout, QWidget

from briefing.app.context.delegate import ContextDelegate
from briefing.app.context.model import ContextModel
from briefing.app.marking import marker
from briefing.app.picked import Pick, drag
from briefing.app.row_menu import place_of_menu

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent

    from briefing.app.context.model import Index
    from briefing.app.context.row import Row
    from briefing.app.session import Address, Changes, Session
    from briefing.app.theme import Theme


class ContextPanel(QWidget):
    """Lists relations, dates and citations; each row leads to its record, by mouse or keyboard."""

    status_changed = Signal(str)
    """What the row under the mouse leads to, in words."""
    picked = Signal(object)
    """A tuple of `Pick`: they are to be put into the dossier."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("context")
        self._session = session
        self._opened: set[str] = set()
        self._page: Address | None = None
        self.model = ContextModel(self)
        self._delegate = ContextDelegate(theme, self)
        self.list = _List()
        self.list.setObjectName("context-list")
        self.list.setAccessibleName("Related records")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(self._open)
        self.list.enter_pressed.connect(self._open)
        self.list.entered.connect(self._hovered)
        self.list.menu_requested.connect(self._show_menu)
        self.list.drag_begun.connect(self._drag)
        self.list.viewportEntered.connect(lambda: self.status_changed.emit(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        session.address_changed.connect(self._address_changed)
        session.content_changed.connect(self._content_changed)
        session.library_changed.connect(self._library_changed)
        session.query_changed.connect(self._query_changed)
        theme.changed.connect(self._theme_changed)
        self._address_changed(session.address)

    def _address_changed(self, address: Address | None) -> None:
        page = address.page if address else None
        if page == self._page:
            return
        self._page = page
        self._opened.clear()
        self._fill()
        self.list.scrollToTop()

    def _library_changed(self, library: object) -> None:
        self._page = None
        self._address_changed(self._session.address)
        self._fill()

    def _query_changed(self, query: str) -> None:
        self._delegate.mark = marker(query)
        self.list.viewport().update()

    def _content_changed(self, changes: Changes) -> None:
        self._fill()

    def _fill(self) -> None:
        """Show what is related now, with the view and the current row where they were."""
        # Imported here: the window is painted before the packages that know of records are loaded.
        from briefing.app.context.rows import rows_of

        current = self.model.row_at(self.list.currentIndex())
        scroll = self.list.verticalScrollBar().value()
        if not self.model.set_rows(rows_of(self._page, self._session.library, self._opened)):
            return
        if current in self.model.rows:
            self.list.setCurrentIndex(self.model.index(self.model.rows.index(current)))
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(scroll)
        about = self.model.rows[0].text if len(self.model.rows) == 1 else ""
        self.list.setAccessibleDescription(about)

    def _open(self, index: Index) -> None:
        row = self.model.row_at(index)
        if row is None:
            return
        if row.type == "more":
            number = index.row()
            self._opened.add(row.group)
            self._fill()
            self.list.setCurrentIndex(self.model.index(number))
        elif row.address is not None:
            self._session.go(row.address)

    @property
    def pick(self) -> Pick | None:
        """The record of the current row, as it is put into a dossier."""
        row = self.model.row_at(self.list.currentIndex())
        if row is None or row.address is None or row.address.kind != "record":
            return None
        return Pick("record", row.text, id=row.address.key)

    def _drag(self) -> None:
        if self.pick is not None:
            drag(self.list, (self.pick,))

    def _show_menu(self, place: QPoint) -> None:
        pick = self.pick
        if pick is None:
            return
        index = self.list.currentIndex()
        menu = QMenu(self)
        menu.addAction("Open").triggered.connect(lambda: self._open(index))
        menu.addAction("Add to dossier").triggered.connect(lambda: self.picked.emit((pick,)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _hovered(self, index: Index) -> None:
        row = self.model.row_at(index)
        self.status_changed.emit(_words(row) if row else "")

    def _theme_changed(self) -> None:
        self.list.scheduleDelayedItemsLayout()
        self.list.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._delegate.look_again()
            self._theme_changed()


def _words(row: Row) -> str:
    return row.text if row.address is None or not row.detail else f"{row.text} – {row.detail}"


class _List(QListView):
    """A list view whose rows are entered with one click, Enter or the space bar."""

    enter_pressed = Signal(object)
    drag_begun = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)

    def startDrag(self, actions: Qt.DropAction) -> None:
        self.drag_begun.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = place_of_menu(self, event)
        if place is not None:
            self.menu_requested.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.enter_pressed.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
