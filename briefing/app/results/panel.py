"""The results panel: what the search found, in place of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from briefing.app.results.delegate import HitDelegate
from briefing.app.results.field import SearchField
from briefing.app.results.model import HitsModel
from briefing.app.results.searching import Searching
from briefing.app.session import Address
from briefing.app.wording import count, one_line

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.theme import Theme
    from briefing.search.ranking import Hits

HELP = (
    "Try fewer words, or the beginning of one.\n\n"
    "kind:dialogue  country:india  technology:6g  dialogue:quad\n"
    '"next generation"  -china  before:2024  after:2023-08'
)


class ResultsPanel(QWidget):
    """The hits of what stands in `field`, which the window places where it likes."""

    active_changed = Signal(bool)
    """Whether there is a query, so that hits are to be shown in place of the tree."""
    answered = Signal()
    """The hits of what stands in the field are on screen."""

    def __init__(self, session: Session, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._active = False
        self.field = SearchField(theme)
        self.model = HitsModel(self)
        self._searching = Searching(session, jobs, self)
        self._summary = QLabel()
        self._notes = QLabel()
        self._nothing = QLabel()
        self.view = _HitsView(theme)
        self.view.setModel(self.model)
        self._arrange()
        self.field.textChanged.connect(self._text_changed)
        self.field.step_requested.connect(self._step)
        self.field.page_requested.connect(self._page)
        self.field.open_requested.connect(self._open_current)
        self.field.leave_requested.connect(self.leave)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self.model.more_requested.connect(lambda limit: self._searching.search(self.field.text(), limit))
        self._searching.found.connect(self._found)
        self._searching.failed.connect(self._failed)
        session.content_changed.connect(self._content_changed)
        session.library_changed.connect(self.leave)

    @property
    def active(self) -> bool:
        """Whether there is a query."""
        return self._active

    def leave(self) -> None:
        """Give up the search."""
        self.field.clear()
        self._session.set_query("")

    def _arrange(self) -> None:
        self._summary.setObjectName("summary")
        for label in (self._summary, self._notes, self._nothing):
            # What is shown was typed by somebody, or stands in a record: it is text and nothing else.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(14, 2, 12, 2)
            label.setWordWrap(True)
        self._notes.setObjectName("notes")
        self._nothing.setObjectName("nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._nothing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._summary)
        layout.addWidget(self._notes)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._nothing, 1)
        self._notes.hide()
        self._nothing.hide()
        self.setFocusProxy(self.view)

    def _text_changed(self, text: str) -> None:
        active = bool(text.strip())
        if active:
            self._searching.search(text)
        else:
            self._searching.stop()
            self.model.show(None)
        if active != self._active:
            self._active = active
            self._summary.setText("Searching …" if active else "")
            self._notes.hide()
            self._nothing.hide()
            self.view.show()
            self.active_changed.emit(active)

    def _found(self, text: str, hits: Hits) -> None:
        current = self.model.hit(self.view.currentIndex())
        same_query = self._summary.property("query") == text
        self._summary.setProperty("query", text)
        self.model.show(hits)
        self._summary.setText(count(hits.total or 0, "hit"))
        self._notes.setText("\n".join(hits.notes))
        self._notes.setVisible(bool(hits.notes))
        self._nothing.setText(f"No record has “{one_line(text.strip())}”.\n\n{HELP}")
        self._nothing.setVisible(not hits.hits)
        self.view.setVisible(bool(hits.hits))
        # The same query again (more hits, or the library changed): stay on the hit that one is on.
        row = self.model.row_of(current.id) if current is not None and same_query else 0
        self.view.setCurrentIndex(self.model.index(max(row, 0), 0))
        self._say(self._summary.text())
        self.answered.emit()

    def _failed(self, sentence: str) -> None:
        self.model.show(None)
        self._summary.setText("")
        self._nothing.setText(sentence)
        self._nothing.show()
        self.view.hide()
        self.answered.emit()

    def _say(self, text: str) -> None:
        """Have a screen reader say it, for the focus stays in the field."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))

    def _content_changed(self) -> None:
        if self._active:
            self._searching.search(self.field.text())

    def _step(self, by: int) -> None:
        rows = self.model.rowCount()
        if rows:
            row = min(max(self.view.currentIndex().row() + by, 0), rows - 1)
            index = self.model.index(row, 0)
            self.view.setCurrentIndex(index)
            self._say(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
            if row == rows - 1 and by > 0:
                self.model.fetchMore(index.parent())

    def _page(self, by: int) -> None:
        height = max(self.view.visualRect(self.view.currentIndex()).height(), 1)
        self._step(by * max(self.view.viewport().height() // height - 1, 1))

    def _open_current(self) -> None:
        self._open(self.view.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        hit = self.model.hit(index)
        if hit is not None:
            self._session.set_query(self.field.text())
            self._session.go(Address("record", hit.id))


class _HitsView(QListView):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("hits")
        self.setAccessibleName("Hits")
        self.setItemDelegate(HitDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Rows are as high as their texts are at this width.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme.changed.connect(self._theme_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _theme_changed(self) -> None:
        self.viewport().update()
