"""What saved searches need to ask a user: which file, whether to replace it, whether to delete one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from briefing.app.wording import count, one_line
from briefing.errors import SavedFileError

if TYPE_CHECKING:
    from briefing.app.notify import Notify
    from briefing.app.results.panel import ResultsPanel
    from briefing.app.saved_searches import Key, SavedSearches
    from briefing.app.tree.panel import TreePanel

ENDINGS = (".yaml", ".yml")
_FILTER = "Saved searches (*.yaml *.yml)"


class SavedExchange(QObject):
    """Writes saved searches to files, reads them back, and deletes them, each after asking."""

    def __init__(self, saved: SavedSearches, notify: Notify, window: QWidget) -> None:
        super().__init__(window)
        self._saved = saved
        self._notify = notify
        saved.failed.connect(notify.say)

    @property
    def _window(self) -> QWidget:
        # Asked for and not kept: the window keeps this one, and what keeps each other is let go of late.
        window = self.parent()
        assert isinstance(window, QWidget)
        return window

    def serve(self, tree: TreePanel, results: ResultsPanel) -> None:
        """Do what the tree's rows of saved searches ask for, and open them in the field."""
        rows = tree.saved
        if rows is None:
            return

        def show(key: Key) -> None:
            row = self._saved.row(key)
            if row is not None:
                self._saved.look(key)
                results.show_query(row.query)

        rows.search_requested.connect(show)
        rows.remove_requested.connect(self.remove)
        rows.export_requested.connect(self.export)
        rows.import_requested.connect(self.read)

    def export(self, key: Key | None = None) -> None:
        """Write one saved search, or all of this library, to a file that the user chooses."""
        # Imported here: it is seldom asked for.
        from briefing.app.saved_file import Shared, write_searches

        rows = [row for row in self._saved.rows if key is None or row.key == key]
        if not rows:
            self._notify.say("There are no saved searches here. Search for something, then save it with Ctrl+D.")
            return
        chosen = _chosen_target(self._window, "saved-searches.yaml")
        if not chosen:
            return
        path = Path(chosen) if chosen.lower().endswith(ENDINGS) else Path(f"{chosen}.yaml")
        if path.exists() and not self._notify.ask(
            f"Replace “{one_line(path.name)}”?", "There is a file of that name already.", "Replace"
        ):
            return
        try:
            write_searches(path, (Shared(row.name, row.query, row.everywhere) for row in rows))
        except SavedFileError as error:
            self._notify.warn("The searches were not exported.", str(error))
        else:
            self._notify.say(f"{count(len(rows), 'search', 'searches')} written to {path}")

    def read(self) -> None:
        """Read saved searches from a file that the user chooses."""
        from briefing.app.saved_file import read_searches

        chosen = _chosen_source(self._window)
        if not chosen:
            return
        try:
            shared = read_searches(Path(chosen))
        except SavedFileError as error:
            self._notify.warn("The searches were not imported.", str(error))
            return
        new = self._saved.take(shared)
        there = f"; {len(shared) - new:,} were there already" if new < len(shared) else ""
        self._notify.say(f"{count(new, 'search', 'searches')} imported{there}")

    def remove(self, key: Key) -> None:
        """Delete a saved search, after asking."""
        row = self._saved.row(key)
        if row is not None and self._notify.ask(f"Delete “{one_line(row.name)}”?", one_line(row.query), "Delete"):
            self._saved.remove(key)


def _chosen_target(window: QWidget, name: str) -> str:
    """Let the user name a file to write; nothing where none was named."""
    # Imported here, and below: it would keep what was read last from the screen.
    from PySide6.QtWidgets import QFileDialog

    # Whether to replace a file is asked when its ending is there.
    option = QFileDialog.Option.DontConfirmOverwrite
    return QFileDialog.getSaveFileName(window, "Export saved searches", name, _FILTER, "", option)[0]


def _chosen_source(window: QWidget) -> str:
    """Let the user choose a file to read; nothing where none was chosen."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getOpenFileName(window, "Import saved searches", "", _FILTER)[0]
