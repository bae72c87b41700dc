"""The results panel: what the search found, in place of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from briefing.app.results.completing import Completing
from briefing.app.results.exactly import Exactly
from briefing.app.results.facets_panel import FacetsPanel
from briefing.app.results.field import SearchField
from briefing.app.results.model import HitsModel
from briefing.app.results.saving import Saving
from briefing.app.results.searching import PAGE, Searching
from briefing.app.results.view import HitsView
from briefing.app.session import Address
from briefing.app.wording import count, one_line

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QAction

    from briefing.app.jobs import Jobs
    from briefing.app.saved_searches import SavedSearches
    from briefing.app.session import Reach, Session
    from briefing.app.theme import Theme
    from briefing.search.facets import Facets
    from briefing.search.query import Node
    from briefing.search.ranking import Hits

HELP = (
    "Try fewer words, or the beginning of one.\n\n"
    "kind:dialogue  country:india  technology:6g  dialogue:quad\n"
    '"next generation"  -china  before:2024  after:2023-08'
)

SEARCHING = "Searching …"
UNFINISHED = "Type on, or choose from the list."
PATIENCE_MS = 250
"""How long hits may be those of what stood in the field before, until it is said that others are looked for."""


class ResultsPanel(QWidget):
    """The hits of what stands in `field`, which the window places where it likes."""

    active_changed = Signal(bool)
    """Whether there is a query, so that hits are to be shown in place of the tree."""
    answered = Signal()
    """The hits of what stands in the field are on screen, or more of them, or it is said why there are none."""
    total_changed = Signal()
    """It has come out how many hits there are."""
    settled = Signal()
    """So is by what they can be narrowed; nothing more is coming."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        jobs: Jobs,
        parent: QWidget | None = None,
        *,
        saved: SavedSearches | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._active = False
        # The text whose hits are on screen, and what of it was searched for; nothing while they are looked for.
        self._shown = self._marked = ""
        self._opened = ""
        self._open_when_found = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self.field = SearchField(theme)
        self.model = HitsModel(self)
        self._searching = Searching(session, jobs, self)
        self.facets = FacetsPanel(session, theme, jobs)
        self.completing = Completing(self.field, session, theme, jobs, self)
        self._said: tuple[str, ...] = ()
        self._nothing_said = ""
        self._summary = QLabel()
        self._fold = QToolButton()
        self._notes = QLabel()
        self.exactly = Exactly()
        self._nothing = QLabel()
        self.saving = Saving(self.field, saved, theme, self) if saved is not None else None
        self.view = HitsView(theme, self.model)
        self._arrange()
        self.field.textChanged.connect(self._text_changed)
        self.field.step_requested.connect(self._step)
        self.field.page_requested.connect(self._page)
        self.field.open_requested.connect(self._open_current)
        self.field.leave_requested.connect(self.leave)
        self.exactly.requested.connect(self.show_query)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self.model.more_requested.connect(self._more)
        self._patience.timeout.connect(lambda: self._summary.setText(SEARCHING))
        self._searching.found.connect(self._found)
        self._searching.failed.connect(self._failed)
        self.completing.settled.connect(self._show_notes)
        self.facets.counted.connect(self._facets_counted)
        self.facets.failed.connect(self.settled)
        self.facets.narrow_requested.connect(self._narrow)
        self.facets.widen_requested.connect(self._widen)
        self.facets.leave_requested.connect(self.field.setFocus)
        session.content_changed.connect(self._content_changed)
        session.library_changed.connect(self.leave)
        session.reach_changed.connect(self._say_nothing)

    @property
    def active(self) -> bool:
        """Whether there is a query."""
        return self._active

    @property
    def waiting(self) -> bool:
        """Whether the hits of what stands in the field have yet to come."""
        return self._active and self._shown != self.field.text()

    @property
    def marked(self) -> str:
        """The query to be marked in the hits: the one searched for, which may be a mended one; empty: no hits."""
        return self._marked

    @property
    def opened(self) -> bool:
        """Whether the hit that is chosen is the one that was opened last."""
        current = self.model.hit(self.view.currentIndex())
        return current is not None and current.id == self._opened

    def show_total(self, text: str, total: int) -> None:
        """Say how many hits a text has in all, where its hits are still those on screen."""
        if text == self._shown:
            self.model.set_total(total)
            self._summary.setText(_how_many(self.model, self._session.reach))
            self.total_changed.emit()

    def open_row(self, row: int) -> None:
        """Choose a hit, and open it."""
        self.view.choose(row)
        self._open(self.view.currentIndex())

    def leave(self) -> None:
        """Give up the search."""
        self.field.clear()
        self._session.set_query("")

    def load_more(self) -> None:
        """Have more hits come, where there are any; `answered` says when."""
        self.model.fetchMore(self.view.rootIndex())

    def show_query(self, query: str) -> None:
        """Put a query into the field, as if it had been typed."""
        self.field.setText(query)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ask for the name under which the search is to be kept."""
        if self.saving is not None:
            self.saving.ask()

    def fold_with(self, action: QAction) -> None:
        """Have a checkable action fold what narrows the hits, and a button above them show it."""
        self._fold.setDefaultAction(action)
        self._fold.setAccessibleName(action.text())
        action.toggled.connect(self.facets.unfold)
        self.facets.unfold(action.isChecked())

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
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 6, 0)
        above.addWidget(self._summary, 1)
        above.addWidget(self._fold)
        self._fold.setObjectName("fold")
        self._fold.setAutoRaise(True)
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout.addLayout(above)
        layout.addWidget(self._notes)
        layout.addWidget(self.exactly, 0, Qt.AlignmentFlag.AlignLeft)
        if self.saving is not None:
            layout.addWidget(self.saving.bar)
        layout.addWidget(self.facets)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._nothing, 1)
        self._notes.hide()
        self._nothing.hide()
        self.setFocusProxy(self.view)

    def _text_changed(self, text: str) -> None:
        active = bool(text.strip())
        self._open_when_found = False
        if active:
            self._patience.start()
            self._searching.search(text)
        else:
            self._patience.stop()
            self._searching.stop()
            self.facets.clear()
            self._forget()
        if active != self._active:
            self._active = active
            self._summary.setText(SEARCHING if active else "")
            self._said = ()
            self._notes.hide()
            self.exactly.hide()
            self._nothing.hide()
            self.view.show()
            self.active_changed.emit(active)

    def _forget(self) -> None:
        self._shown = self._marked = self._opened = ""
        self.model.show(None)

    def _found(self, text: str, hits: Hits) -> None:
        self._patience.stop()
        if text == self._shown:
            # The same query again (more hits, or the library changed): whoever reads on is not disturbed.
            opened = self.opened
            self.view.keep_place(lambda: self.model.show(hits))
            current = self.model.hit(self.view.currentIndex())
            if opened and current is not None:
                # Should the opened hit have made room for better ones, one goes on from its neighbour.
                self._opened = current.id
        else:
            self._opened = ""
            self.model.show(hits)
            self.view.choose(0)
        self._shown, self._marked = text, str(hits.showing) if hits.showing is not None else text
        self._said, self._nothing_said = hits.notes, _nothing_for(text, self._session.reach)
        self._show_notes()
        self.exactly.offer(hits)
        self._nothing.setVisible(not hits.hits)
        self.view.setVisible(bool(hits.hits))
        before = self._summary.text()
        self._summary.setText(_how_many(self.model, self._session.reach))
        if self._summary.text() != before:
            self._say(self._summary.text())
        self.facets.ask(text, self._marked)
        self.answered.emit()
        if self._open_when_found:
            self._open_when_found = False
            self._open_current()

    def _facets_counted(self, text: str, facets: Facets) -> None:
        before = self._summary.text()
        self.show_total(text, facets.total)
        if self._summary.text() != before:
            self._say(self._summary.text())
        self.settled.emit()

    def _narrow(self, part: Node) -> None:
        # Imported here, and below: the window opens without the query language.
        from briefing.search.narrowing import with_condition

        self._replace_text(with_condition(self.field.text(), part))

    def _widen(self, part: Node) -> None:
        from briefing.search.narrowing import without_conditions

        self._replace_text(without_conditions(self.field.text(), part))

    def _replace_text(self, text: str) -> None:
        # A field that cut it off would ask something else.
        if len(text) <= self.field.maxLength():
            self.field.setText(text)

    def _show_notes(self) -> None:
        """Show what is said of the query, but for what may be wrong as soon as a value is typed to its end."""
        self._nothing.setText(UNFINISHED if self.completing.unfinished else self._nothing_said)
        notes = [note for note in self._said if not self.completing.concerns(note)]
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _failed(self, sentence: str) -> None:
        self.facets.clear()
        self._patience.stop()
        self._forget()
        self._shown = self.field.text()
        self.exactly.hide()
        self._summary.setText("")
        self._said, self._nothing_said = (), sentence
        self._show_notes()
        self._nothing.setText(sentence)
        self._nothing.show()
        self.view.hide()
        self.answered.emit()
        self.settled.emit()

    def _say_nothing(self) -> None:
        """Say that nothing was found, and whether that is for good."""
        if self._marked:
            self._nothing_said = _nothing_for(self._shown, self._session.reach)
            self._show_notes()

    def _say(self, text: str) -> None:
        """Have a screen reader say it, for the focus stays in the field."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))

    def _more(self, limit: int) -> None:
        if not self.waiting:
            self._searching.search(self._shown, limit)

    def _content_changed(self) -> None:
        if self._active:
            self.model.set_total(None)
            self._searching.search(self.field.text(), max(PAGE, self.model.rowCount()))

    def _step(self, by: int) -> None:
        rows = self.model.rowCount()
        if rows:
            row = min(max(self.view.currentIndex().row() + by, 0), rows - 1)
            index = self.model.index(row, 0)
            self.view.choose(row)
            self._say(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
            if row == rows - 1 and by > 0:
                self.model.fetchMore(index.parent())

    def _page(self, by: int) -> None:
        height = max(self.view.visualRect(self.view.currentIndex()).height(), 1)
        self._step(by * max(self.view.viewport().height() // height - 1, 1))

    def _open_current(self) -> None:
        if self.waiting:
            # What is chosen is a hit of what stood in the field before.
            self._open_when_found = True
        else:
            self._open(self.view.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        hit = self.model.hit(index)
        if hit is not None:
            self._opened = hit.id
            self._session.set_query(self._marked)
            self._session.go(Address("record", hit.id))


def _how_many(model: HitsModel, reach: Reach | None) -> str:
    """Return how many hits there are, as far as that is known."""
    loaded = model.rowCount()
    if not loaded and reach is not None:
        return "No hits yet"
    return count(model.total, "hit") if model.total is not None else f"{loaded:,} or more hits"


def _nothing_for(text: str, reach: Reach | None) -> str:
    words = one_line(text.strip())
    if reach is None:
        return f"No record has “{words}”.\n\n{HELP}"
    if not reach.records:
        return "Nothing can be searched yet: this library is being read for the first time.\n\nHits come by themselves."
    return f"None of the {reach.words} so far has “{words}”.\n\nMore hits come by themselves as the rest is read."
