"""The dossier panel: below the context column, once there is something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from briefing.app.bar_button import BarButton
from briefing.app.dossier.model import DossierModel
from briefing.app.dossier.view import DossierView
from briefing.app.line_edit import LineEdit
from briefing.app.picked import MIME, picks_in
from briefing.app.wording import count

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent

    from briefing.app.dossier.open_dossier import OpenDossier
    from briefing.app.theme import Theme

HINT = "Drag records here from the tree, the hits or the page, or add them with {key}."
LONGEST_TITLE = 300


class DossierPanel(QWidget):
    """Lists what an `OpenDossier` binds. `actions` are those of its menu, in their order; None is a line."""

    record_requested = Signal(str)
    """The record of that id is to be shown."""
    query_requested = Signal(str)
    """That search is to be asked."""
    picks_dropped = Signal(object, int)
    """Picks were dropped before that row; -1: at the end."""

    def __init__(
        self,
        dossier: OpenDossier,
        theme: Theme,
        actions: list[QAction | None],
        *,
        print_action: QAction,
        close_action: QAction,
        add_key: str,
    ) -> None:
        super().__init__()
        self.setObjectName("dossier")
        # Else a widget of a class of ours has no ground in a style sheet.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Dossier")
        self.setAcceptDrops(True)
        self._dossier, self._theme, self._actions = dossier, theme, actions
        self.model = DossierModel(dossier, self)
        self.view = DossierView(theme, self.model)
        self.title = LineEdit()
        self._number = QLabel()
        self._hint = QLabel(HINT.format(key=add_key))
        self._stack = QStackedWidget()
        self._tools = [
            self._button("heading", "Add a heading", self.add_heading),
            self._button("print", print_action.toolTip(), print_action.trigger),
            self._menu_button(),
            self._button("close", "Hide the dossier", close_action.trigger),
        ]
        self._arrange()
        self._connect()
        self._show()

    def _button(self, icon: str, tip: str, act: object) -> BarButton:
        button = BarButton(self._theme, icon, tip)
        button.clicked.connect(act)
        return button

    def _menu_button(self) -> BarButton:
        button = BarButton(self._theme, "menu", "Open, save or begin a dossier")
        menu = QMenu(button)
        for action in self._actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _arrange(self) -> None:
        self.title.setObjectName("dossier-title")
        self.title.setAccessibleName("Title of the dossier")
        self.title.setPlaceholderText("Untitled dossier")
        self.title.setMaxLength(LONGEST_TITLE)
        self._number.setObjectName("summary")
        self._hint.setObjectName("nothing")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(17, 6, 14, 6)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        below = QHBoxLayout()
        below.setContentsMargins(17, 0, 6, 0)
        below.setSpacing(0)
        below.addWidget(self._number, 1)
        for button in self._tools:
            below.addWidget(button)
        above = QHBoxLayout()
        above.setContentsMargins(9, 0, 10, 0)
        above.addWidget(self.title)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self._dossier.changed.connect(self._show)
        self.title.editingFinished.connect(self.finish_typing)
        self.title.returnPressed.connect(self.view.setFocus)
        self.view.open_requested.connect(self._open)
        self.view.remove_requested.connect(self.remove)
        self.view.move_requested.connect(self.move_chosen)
        self.view.menu_requested.connect(self._show_menu)
        self.model.picks_dropped.connect(self.picks_dropped)
        self.model.rows_moved.connect(self.view.choose)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self._dossier.undo)
        self._theme.changed.connect(self._dress)
        self._dress()

    # --- what can be done ---------------------------------------------------------------------------------------

    def add_heading(self) -> None:
        """Put a heading before the current entry, or at the end, and have it named."""
        at = self.view.currentIndex().row() if self.view.selectedIndexes() else -1
        row = self._dossier.add_heading(at)
        if row >= 0:
            self.view.choose(row)
            self.view.setFocus()
            self.view.edit(self.model.index(row))

    def finish_typing(self) -> None:
        """Take the title as it stands in its field."""
        self._dossier.set_title(self.title.text())

    def remove(self) -> None:
        """Take the chosen entries out; the one that follows is chosen then."""
        rows = self.view.chosen()
        if rows:
            self._dossier.remove(rows)
            self.view.choose(min(rows[0], len(self.model.rows) - 1))

    def move_chosen(self, by: int) -> None:
        """Move the chosen entries up or down by one."""
        rows = self.view.chosen()
        if not rows:
            return
        first = self._dossier.move(rows, rows[0] - 1 if by < 0 else rows[-1] + 2)
        if first >= 0:
            self.view.choose(first, len(rows))

    def _open(self, row: int) -> None:
        shown = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        if shown is None:
            return
        if shown.type == "heading":
            self.view.edit(self.model.index(row))
        elif shown.type == "search":
            self.query_requested.emit(self._dossier.dossier.entries[row].query)  # type: ignore[union-attr]
        elif not shown.gone:
            self.record_requested.emit(shown.id)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        rows = self.view.chosen()
        if len(rows) == 1:
            name = "Rename\tF2" if self.model.rows[rows[0]].type == "heading" else "Open"
            menu.addAction(name).triggered.connect(lambda: self._open(rows[0]))
        if rows:
            menu.addAction("Move up\tAlt+Up").triggered.connect(lambda: self.move_chosen(-1))
            menu.addAction("Move down\tAlt+Down").triggered.connect(lambda: self.move_chosen(1))
            menu.addSeparator()
        menu.addAction("Add a heading" if not rows else "Add a heading above").triggered.connect(self.add_heading)
        if self._dossier.can_undo:
            menu.addAction("Undo\tCtrl+Z").triggered.connect(self._dossier.undo)
        if rows:
            menu.addSeparator()
            menu.addAction("Take out\tDel").triggered.connect(self.remove)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    # --- how it looks -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        dossier = self._dossier.dossier
        if self.title.text() != dossier.title:
            self.title.setText(dossier.title)
            self.title.setCursorPosition(0)
            self.title.setToolTip(dossier.title)
        searches = sum(row.type == "search" for row in self.model.rows)
        records = count(self._dossier.records, "record")
        self._number.setText(f"{records}, {count(searches, 'search', 'searches')}" if searches else records)
        self._stack.setCurrentWidget(self.view if dossier.entries else self._hint)

    def _dress(self) -> None:
        self.title.setFont(self._theme.font(1.05, bold=True))
        self._number.setFont(self._theme.font(0.92))

    # --- dropping beside the entries ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        picks = picks_in(event.mimeData())
        if picks:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.picks_dropped.emit(picks, -1)
