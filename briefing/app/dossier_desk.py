"""The dossier's place in the window: what is added to it from where, its panel, its files, its pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from briefing.app.asking import Asking
from briefing.app.picked import Pick
from briefing.app.session import Address
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint

    from briefing.app.actions import Actions
    from briefing.app.context.panel import ContextPanel
    from briefing.app.dossier.files import DossierFiles
    from briefing.app.dossier.open_dossier import OpenDossier
    from briefing.app.dossier.panel import DossierPanel
    from briefing.app.jobs import Jobs
    from briefing.app.notify import Notify
    from briefing.app.printing import Printing
    from briefing.app.reader.panel import ReaderPanel
    from briefing.app.results.panel import ResultsPanel
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.status.line import StatusLine
    from briefing.app.theme import Theme
    from briefing.app.tree.node import Item
    from briefing.app.tree.panel import TreePanel
    from briefing.printing.dossier_file import Resolved

MANY = 300
"""So many records are set as one document without asking."""
NOTHING_CHOSEN = "Open a record, or choose one in the tree or among the hits, to add it to the dossier."
_SHARES = (3, 2)


class DossierDesk(QObject):
    """Puts what is picked anywhere in the window into the dossier. All of it is made when it is first wanted."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        settings: Settings,
        jobs: Jobs,
        actions: Actions,
        notify: Notify,
        *,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._theme, self._settings, self._jobs = session, theme, settings, jobs
        self._actions, self._notify = actions, notify
        self.column = QSplitter(Qt.Orientation.Vertical)
        self.column.setHandleWidth(1)
        self.column.setChildrenCollapsible(False)
        self.panel: DossierPanel | None = None
        self._dossier: OpenDossier | None = None
        self._files: DossierFiles | None = None
        self._facts = Asking(session, jobs, "dossier", self)
        self._gathering = Asking(session, jobs, "dossier adding", self)
        self._printed = Asking(session, jobs, "dossier printing", self)
        # Where several are added before the library has answered, none is lost.
        self._pending: list[tuple[tuple[Pick, ...], int]] = []
        session.library_changed.connect(lambda: self._pending.clear())

    # --- what it serves -----------------------------------------------------------------------------------------

    def below(self, context: ContextPanel) -> QSplitter:
        """Return the right column of the window: the context, and the dossier below it."""
        self._context = context
        self.column.addWidget(context)
        return self.column

    def serve(
        self, tree: TreePanel, results: ResultsPanel, reader: ReaderPanel, printing: Printing, status: StatusLine
    ) -> None:
        """Add what is picked in these, do what the actions of the dossier say, and tell the status line."""
        self._tree, self._results, self._reader = tree, results, reader
        self._printing, self._status = printing, status
        reader.picked.connect(self.add)
        self._context.picked.connect(self.add)
        tree.view.menu_requested.connect(self._show_tree_menu)
        results.view.menu_requested.connect(self._show_hit_menu)
        results.answered.connect(self._enable)
        results.total_changed.connect(self._enable)
        results.active_changed.connect(self._enable)
        if tree.saved is not None:
            tree.saved.dossier_requested.connect(lambda item: self.add((Pick("query", item.text, query=item.query),)))
        self._actions.connect_all(
            {
                "dossier_add": self.add_chosen,
                "dossier_add_hits": lambda: self.add((self._all_hits(),)),
                "dossier_add_search": lambda: self.add((self._search(),)),
                "dossier_heading": self._add_heading,
                "dossier_cover": lambda: self._opened().when_ready(self._edit_cover),
                "dossier_new": self._begin_anew,
                "dossier_open": lambda: self._made_files().open(),
                "dossier_save": lambda: self._opened().when_ready(self._made_files().save),
                "dossier_print": lambda: self._opened().when_ready(self.print),
                "show_dossier": self.show,
            }
        )
        self._enable()

    def show(self) -> None:
        """Show the panel or hide it, as its action says, and the column while there is something in it."""
        shown = self._actions["show_dossier"].isChecked()
        if shown:
            self._made_panel().show()
        elif self.panel is not None:
            self.panel.hide()
        self._settings.dossier_shown = shown
        self._context.setVisible(self._settings.context_shown)
        self.column.setVisible(shown or self._settings.context_shown)

    def remember(self) -> None:
        """Keep what is being typed: the window closes."""
        if self.panel is not None:
            self.panel.finish_typing()

    # --- adding -------------------------------------------------------------------------------------------------

    def add_chosen(self) -> None:
        """Add the row or hit that is chosen where the focus is, else the record that is shown."""
        pick = self._chosen() or self._reader.pick
        if pick is None:
            self._notify.say(NOTHING_CHOSEN)
        else:
            self.add((pick,))

    def add(self, picks: Sequence[Pick], at: int = -1) -> None:
        """Add what picks come to, before a row or at the end, once the library has said what that is."""
        from briefing.app.dossier.gathering import Gathered, gathered

        if self._session.library is None:
            return
        dossier = self._opened()
        self._pending.append((tuple(picks), at))
        asked = tuple(self._pending)

        def done(found: list[Gathered]) -> None:
            del self._pending[: len(asked)]
            for each, (_, place) in zip(found, asked, strict=True):
                dossier.when_ready(lambda each=each, place=place: self._take_in(each, place))  # type: ignore[misc]

        self._gathering.ask(lambda library: [gathered(library, each) for each, _ in asked], done, self._not_added)

    def _take_in(self, found: object, at: int) -> None:
        dossier = self._opened()
        first = not dossier.dossier.entries
        dossier.add(found, at)  # type: ignore[arg-type]
        if first and dossier.dossier.entries and not self._actions["show_dossier"].isChecked():
            # What was begun is to be seen; who hides it then has it hidden.
            self._actions["show_dossier"].trigger()

    def _not_added(self, error: Exception) -> None:
        self._pending.clear()
        self._notify.failed(error)

    def _chosen(self) -> Pick | None:
        from briefing.app.tree.picking import pick_of

        if self._tree.view.hasFocus():
            return pick_of(self._tree.view.tree_model.item(self._tree.view.currentIndex()))
        if self._context.list.hasFocus():
            return self._context.pick
        if self._results.active and (self._results.view.hasFocus() or self._results.field.hasFocus()):
            return self._results.view.pick
        return None

    def _all_hits(self) -> Pick:
        return Pick("hits", self._results.marked, query=self._results.marked)

    def _search(self) -> Pick:
        return Pick("query", self._results.marked, query=self._results.marked)

    def _hits_words(self) -> str:
        from briefing.app.dossier.gathering import MOST

        total = self._results.model.total
        if total is None or total <= 1:
            return "Add all hits"
        return f"Add these {total:,} hits" if total <= MOST else f"Add the first {MOST:,} of {total:,} hits"

    def _enable(self) -> None:
        hits = self._results.active and self._results.model.rowCount() > 0
        self._actions["dossier_add_hits"].setEnabled(hits)
        self._actions["dossier_add_hits"].setText(self._hits_words() if hits else "Add all hits")
        self._actions["dossier_add_search"].setEnabled(hits)

    # --- menus --------------------------------------------------------------------------------------------------

    def _show_tree_menu(self, item: Item, place: QPoint) -> None:
        from briefing.app.tree.picking import pick_of, subtree_of

        pick, below = pick_of(item), subtree_of(item)
        if pick is None or item.type == "search":
            return
        menu = QMenu(self._tree)
        if item.type == "record":
            address = Address("record", item.id)
            menu.addAction("Open").triggered.connect(lambda: self._session.go(address))
        what = "Add to dossier" if item.type == "record" else f"Add all {item.total:,} to dossier"
        menu.addAction(what).triggered.connect(lambda: self.add((pick,)))
        if below is not None:
            menu.addAction("Add with what is below it").triggered.connect(lambda: self.add((below,)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _show_hit_menu(self, place: QPoint) -> None:
        pick = self._results.view.pick
        if pick is None:
            return
        row = self._results.view.currentIndex().row()
        menu = QMenu(self._results)
        menu.addAction("Open").triggered.connect(lambda: self._results.open_row(row))
        menu.addSeparator()
        menu.addAction("Add to dossier").triggered.connect(lambda: self.add((pick,)))
        menu.addAction(self._actions["dossier_add_hits"])
        menu.addAction(self._actions["dossier_add_search"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    # --- the dossier and its panel ------------------------------------------------------------------------------

    def _opened(self) -> OpenDossier:
        if self._dossier is None:
            # Imported here, and below: the window does not wait for what it may never show.
            from briefing.app.dossier.open_dossier import OpenDossier

            folder = self._settings.folder
            kept = folder / "dossiers" if folder is not None else None
            self._dossier = OpenDossier(self._session, self._jobs, kept, self)
            self._dossier.said.connect(self._say)
            self._dossier.failed.connect(self._notify.say)
        return self._dossier

    def _made_panel(self) -> DossierPanel:
        if self.panel is None:
            from briefing.app.dossier.panel import DossierPanel

            dossier, actions = self._opened(), self._actions
            names = ("dossier_cover", "dossier_open", "dossier_save", "dossier_new")
            self.panel = DossierPanel(
                dossier,
                self._theme,
                [actions[name] for name in names],
                print_action=actions["dossier_print"],
                close_action=actions["show_dossier"],
                add_key=actions["dossier_add"].shortcut().toString(),
            )
            self.panel.picks_dropped.connect(self.add)
            self.panel.record_requested.connect(lambda key: self._session.go(Address("record", key)))
            self.panel.query_requested.connect(lambda query: self._results.show_query(query))
            dossier.changed.connect(self._look_up)
            self._session.content_changed.connect(self._look_up)
            self._session.reach_changed.connect(self._look_up)
            self.column.addWidget(self.panel)
            for at, share in enumerate(_SHARES):
                self.column.setStretchFactor(at, share)
            height = self.column.height()
            self.column.setSizes([height * share // sum(_SHARES) for share in _SHARES])
            self._look_up()
        return self.panel

    def _look_up(self) -> None:
        """Ask the library for what is shown of the entries."""
        from briefing.app.dossier.row import facts_of

        panel, dossier = self.panel, self._opened().dossier
        library = self._session.library
        if panel is not None and dossier.entries and library is not None and library.ready:
            whole = self._session.reach is None
            self._facts.ask(lambda library: facts_of(dossier, library, whole=whole), panel.model.set_facts)

    def _made_files(self) -> DossierFiles:
        if self._files is None:
            from briefing.app.dossier.files import DossierFiles

            window = self.parent()
            assert isinstance(window, QWidget)
            self._files = DossierFiles(self._opened(), self._notify, window)
        return self._files

    def _add_heading(self) -> None:
        if not self._actions["show_dossier"].isChecked():
            self._actions["show_dossier"].trigger()
        self._opened().when_ready(self._made_panel().add_heading)

    def _edit_cover(self) -> None:
        from briefing.app.dossier.cover import CoverDialog

        window = self.parent()
        assert isinstance(window, QWidget)
        if self.panel is not None:
            self.panel.finish_typing()
        dialog = CoverDialog(self._opened().dossier, self._theme, window)
        dialog.chosen.connect(self._opened().set_cover)
        dialog.open()

    def _begin_anew(self) -> None:
        from briefing.records.dossier import Dossier

        self._opened().take(Dossier(), "A new dossier is begun.")

    def _say(self, sentence: str, undone: bool) -> None:
        if undone:
            self._status.offer(one_line(sentence), "Undo", self._opened().undo)
        else:
            self._notify.say(sentence)

    # --- its pages ----------------------------------------------------------------------------------------------

    def print(self) -> None:
        """Show the dossier's pages: its searches are run now, and what is not in the library is left out."""
        from briefing.printing.dossier_file import resolve

        dossier = self._opened().dossier
        if not dossier.entries:
            self._notify.say("The dossier is empty: add records to it first.")
            return
        self._printed.ask(lambda library: resolve(dossier, library), self._show_pages, self._notify.failed)

    def _show_pages(self, resolved: Resolved) -> None:
        from briefing.app.dossier.files import file_name
        from briefing.printing.order import Order

        dossier, ids = resolved.dossier, resolved.dossier.record_ids()
        if not ids:
            self._notify.say("No record of the dossier is in this library: there is nothing to print.")
            return
        if len(ids) > MANY and not self._notify.ask(
            f"Set the pages of {len(ids):,} records as one document?",
            "That takes long and much memory. Saved as a file, `briefing print --dossier FILE` sets it in volumes.",
            "Set the pages",
        ):
            return
        if not dossier.title:
            library = self._session.library
            dossier = replace(dossier, title=one_line(library.title) if library is not None else "")
        name = file_name(dossier.title)
        self._printing.show_order(Order(ids, template="dossier", dossier=dossier), name, "dossier")
        if resolved.notes:
            more = f" ({len(resolved.notes) - 1:,} more)" if len(resolved.notes) > 1 else ""
            self._notify.say(f"{resolved.notes[0]}{more}")
