"""What the window consists of: places the panels, and connects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefing.app.actions import Actions
from briefing.app.context.panel import ContextPanel
from briefing.app.dossier_desk import DossierDesk
from briefing.app.frame import COLUMNS
from briefing.app.opening import dropped_library
from briefing.app.printing import Printing
from briefing.app.results.panel import ResultsPanel
from briefing.app.saved_exchange import SavedExchange
from briefing.app.saved_searches import SavedSearches
from briefing.app.status.line import StatusLine
from briefing.app.top_bar import TopBar
from briefing.app.tree.panel import TreePanel
from briefing.app.walking import Walking
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from briefing.app.indexing import Indexing
    from briefing.app.jobs import Jobs
    from briefing.app.notify import Notify
    from briefing.app.opening import Opening
    from briefing.app.reader.panel import ReaderPanel
    from briefing.app.session import Address, Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme


class MainWindow(QWidget):
    """Tree or hits on the left, the record in the middle, its context on the right; one field above, one line below."""

    title_changed = Signal(str)
    """What is to stand in the window's title."""
    close_requested = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        settings: Settings,
        *,
        jobs: Jobs,
        notify: Notify,
        opening: Opening,
        reader: ReaderPanel,
        indexing: Indexing | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._session, self._theme, self._settings, self._jobs = session, theme, settings, jobs
        self._indexing = indexing
        self.notify, self.opening, self.reader = notify, opening, reader
        self.actions_ = Actions(self, theme)
        self.saved = SavedSearches(session, settings, jobs, self)
        self._exchange = SavedExchange(self.saved, notify, self)
        self.tree = TreePanel(session, theme, saved=self.saved)
        self.results = ResultsPanel(session, theme, jobs, saved=self.saved)
        self.context = ContextPanel(session, theme)
        self.status = StatusLine(session, theme)
        self._walking = Walking(session, reader, self.results, self)
        self.printing = Printing(session, theme, jobs, settings, self)
        self.desk = DossierDesk(session, theme, settings, jobs, self.actions_, notify, window=self)
        self._place()
        self._connect()
        self._restore()

    def begin(self) -> None:
        """Show the tree as it was left, and bring the index up to date, now that all else is on screen."""
        self.opening.look_after(self.tree)
        self.saved.recount()
        self._show_title()
        self._address_changed(self._session.address)
        self._history_changed()
        self.actions_.draw_icons()
        self.results.field.setFocus()
        self.opening.say_first_words()
        if self._settings.set_aside:
            self.notify.say(f"The settings could not be read, and begin anew. They are in {self._settings.set_aside}.")

    # --- placing ------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        self._recent = QMenu("Open recent", self)
        self._top = TopBar(self.actions_, self.results.field, self._recent)
        self._left = QStackedWidget()
        self._left.setObjectName("left")
        self._left.addWidget(self.tree)
        self._left.addWidget(self.results)
        self.results.completing.show_in(self)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setHandleWidth(1)
        self._columns.setChildrenCollapsible(False)
        for column, width in ((self._left, 180), (self.reader, 320), (self.desk.below(self.context), 180)):
            column.setMinimumWidth(width)
            self._columns.addWidget(column)
        for index, stretch in enumerate((0, 1, 0)):
            self._columns.setStretchFactor(index, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self.status)

    # --- connecting ---------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        session, reader, results, status = self._session, self.reader, self.results, self.status
        self.tree.address_requested.connect(session.go)
        results.active_changed.connect(self._search_changed)
        self._exchange.serve(self.tree, results)
        self.desk.serve(self.tree, results, reader, self.printing, status)
        results.field.leave_requested.connect(self.tree.setFocus)
        reader.status_changed.connect(status.say)
        reader.problem_raised.connect(self.notify.warn)
        reader.zoom_changed.connect(lambda _: self._save())
        reader.print_requested.connect(self.printing.show)
        self.printing.said.connect(status.say)
        self.printing.settings_changed.connect(self._save)
        self.actions_["print"].hovered.connect(self.printing.get_ready)
        self.context.status_changed.connect(status.say)
        self.notify.said.connect(status.say)
        self._jobs.failed.connect(self.notify.failed)
        status.problems_requested.connect(self._show_problems)
        session.library_changed.connect(self._show_title)
        # A library says its title only when it has been read, and a new one when its file was saved.
        session.content_changed.connect(self._show_title)
        session.history_changed.connect(self._history_changed)
        session.address_changed.connect(self._address_changed)
        self._recent.aboutToShow.connect(lambda: self.opening.fill_recent(self._recent))
        if self._indexing is not None:
            self.opening.library_opened.connect(self._indexing.start)
            self.opening.reload_requested.connect(self._indexing.start)
            self._indexing.progress_changed.connect(status.show_progress)
            self._indexing.updated.connect(session.index_updated)
            self._indexing.idle.connect(status.show_idle)
            self._indexing.failed.connect(status.show_stopped)
            self._indexing.stopped.connect(lambda: status.show_stopped("Indexing was cancelled; F5 goes on with it."))
            status.cancel_requested.connect(self._indexing.cancel)
        self.actions_.connect_all(
            {
                "open": self.opening.ask,
                "new_window": self.opening.new_window,
                "texts": self.opening.ask_texts,
                "reload": self.opening.reload,
                "print": lambda: self.printing.show(session.address),
                "close": self.close_requested.emit,
                "back": session.back,
                "forward": session.forward,
                "home": self.opening.home,
                "search": self._search,
                "save_search": results.save,
                "export_searches": self._exchange.export,
                "import_searches": self._exchange.read,
                "problems": self._show_problems,
                "next_pane": lambda: self._next_pane(1),
                "previous_pane": lambda: self._next_pane(-1),
                "find": reader.open_find,
                "find_next": self._walking.forward,
                "find_previous": self._walking.back,
                "caret": reader.toggle_caret,
                "reference": reader.copy_reference,
                "edit": reader.open_in_editor,
                "zoom_in": reader.zoom_in,
                "zoom_out": reader.zoom_out,
                "zoom_reset": reader.zoom_reset,
                "show_tree": self._show_columns,
                "show_context": self._show_columns,
                "show_facets": self._show_columns,
                "collapse": self.tree.collapse,
                **{f"theme_{scheme}": self._choose_theme for scheme in ("system", "light", "dark")},
                "contrast": self._choose_theme,
                "language": self._show_language,
                "keys": self._show_keys,
                "about": self._show_about,
                "menu": self._top.show_menu,
            }
        )

    def _search(self) -> None:
        self.results.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.results.field.selectAll()

    def _search_changed(self, active: bool) -> None:
        self.tree.follow = not active
        self._left.setCurrentWidget(self.results if active else self.tree)
        self.actions_["save_search"].setEnabled(active)
        if active:
            self.actions_["show_tree"].setChecked(True)
            self._left.show()

    def _show_problems(self) -> None:
        self.results.leave()
        self.tree.setFocus()
        self.tree.show_problems()

    def _next_pane(self, step: int) -> None:
        left = self.results if self.results.active else self.tree
        around = (self.results.field, self.results.facets, left, self.reader, self.context, self.desk.panel)
        panes = [pane for pane in around if pane is not None and pane.isVisible()]
        focused = self.focusWidget()
        at = next((i for i, pane in enumerate(panes) if focused and (focused is pane or pane.isAncestorOf(focused))), 0)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_language(self) -> None:
        # Imported here and below: it is seldom asked for.
        from briefing.app.help import show_search_dialog

        show_search_dialog(self, self.results.field.setText)

    def _show_keys(self) -> None:
        from briefing.app.help import keys_dialog

        keys_dialog(self).open()

    def _show_about(self) -> None:
        from briefing.app.help import about_dialog

        about_dialog(self).open()

    def _show_title(self) -> None:
        library = self._session.library
        self.title_changed.emit(f"{one_line(library.title)} — Briefing" if library is not None else "Briefing")

    def _history_changed(self) -> None:
        self.actions_["back"].setEnabled(self._session.can_go_back)
        self.actions_["forward"].setEnabled(self._session.can_go_forward)

    def _address_changed(self, address: Address | None) -> None:
        self.actions_["print"].setEnabled(address is not None and address.kind == "record")
        self.actions_["edit"].setEnabled(address is not None)

    # --- what is remembered -------------------------------------------------------------------------------------

    def _restore(self) -> None:
        settings, actions = self._settings, self.actions_
        self._columns.setSizes(list(settings.columns if len(settings.columns) == len(COLUMNS) else COLUMNS))
        actions["show_tree"].setChecked(settings.tree_shown)
        actions["show_context"].setChecked(settings.context_shown)
        actions["show_dossier"].setChecked(settings.dossier_shown)
        actions["save_search"].setEnabled(False)
        actions["show_facets"].setChecked(settings.facets_shown)
        self.results.fold_with(actions["show_facets"])
        actions[f"theme_{settings.theme}"].setChecked(True)
        actions["contrast"].setChecked(settings.contrast == "high")
        self._show_columns()

    def _show_columns(self) -> None:
        self._settings.tree_shown = self.actions_["show_tree"].isChecked()
        self._settings.facets_shown = self.actions_["show_facets"].isChecked()
        self._settings.context_shown = self.actions_["show_context"].isChecked()
        self._left.setVisible(self._settings.tree_shown)
        self.desk.show()

    def _choose_theme(self) -> None:
        schemes = ("system", "light", "dark")
        self._settings.theme = next(each for each in schemes if self.actions_[f"theme_{each}"].isChecked())
        self._settings.contrast = "high" if self.actions_["contrast"].isChecked() else "system"
        self._theme.choose(self._settings.theme, self._settings.contrast)
        self._save()

    def _save(self) -> None:
        try:
            self._settings.save()
        except OSError as error:
            self.notify.say(f"The settings cannot be saved: {error.strerror or error}")

    def remember(self) -> None:
        """Keep how the window is, for the next start."""
        self.opening.remember()
        self.desk.remember()
        self._settings.columns = tuple(self._columns.sizes())
        self._save()

    # --- what Qt asks -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_library(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = dropped_library(event.mimeData())
        if folder is not None:
            event.acceptProposedAction()
            self.opening.open(folder)
