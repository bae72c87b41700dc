"""A dossier as a file of the user's: which one is asked for, and what is said where it cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from briefing.app.whole_file import write_whole
from briefing.app.wording import count, one_line
from briefing.errors import PrintError

if TYPE_CHECKING:
    from briefing.app.dossier.open_dossier import OpenDossier
    from briefing.app.notify import Notify

ENDINGS = (".yaml", ".yml")
LONGEST_NAME = 60
_FILTER = "Dossiers (*.yaml *.yml)"


class DossierFiles(QObject):
    """Writes the dossier to a file and reads one, each after asking which."""

    def __init__(self, dossier: OpenDossier, notify: Notify, window: QWidget) -> None:
        super().__init__(window)
        self._dossier = dossier
        self._notify = notify
        # Never the working folder, which may be a library.
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    @property
    def _window(self) -> QWidget:
        # Asked for and not kept: the window keeps this one, and what keeps each other is let go of late.
        window = self.parent()
        assert isinstance(window, QWidget)
        return window

    def save(self) -> None:
        """Write the dossier to a file that the user names."""
        from briefing.records.dossier import dossier_text

        dossier = self._dossier.dossier
        chosen = _chosen_target(self._window, str(Path(self._folder, f"{file_name(dossier.title)}.yaml")))
        if not chosen:
            return
        path = Path(chosen) if chosen.lower().endswith(ENDINGS) else Path(f"{chosen}.yaml")
        if path.exists() and not self._notify.ask(
            f"Replace “{one_line(path.name)}”?", "There is a file of that name already.", "Replace"
        ):
            return
        try:
            write_whole(path, dossier_text(dossier).encode("utf-8", "replace"))
        except OSError as error:
            reason = error.strerror or "it cannot be written"
            self._notify.warn("The dossier was not saved.", f"{path}: {reason}. Choose another folder or name.")
            return
        self._folder = str(path.parent)
        self._notify.say(f"Dossier saved as {path}")

    def open(self) -> None:
        """Have the dossier of a file that the user chooses in place of this one, which undoing brings back."""
        # Imported here: it is seldom asked for.
        from briefing.printing.dossier_file import dossier_in

        chosen = _chosen_source(self._window, self._folder)
        if not chosen:
            return
        try:
            dossier, faults = dossier_in(Path(chosen))
        except PrintError as error:
            self._notify.warn("The dossier was not opened.", str(error))
            return
        if dossier is None:
            more = f"\n\nThere are {len(faults) - 1:,} more faults in it." if len(faults) > 1 else ""
            self._notify.warn("The dossier was not opened.", f"{faults[0]}{more}")
            return
        self._folder = str(Path(chosen).parent)
        number = count(len(dossier.record_ids()), "record")
        self._dossier.take(dossier, f"Dossier opened: {number}, from {one_line(Path(chosen).name)}.")


def file_name(title: str) -> str:
    """Return what a dossier's file is called, without the ending: its title in letters that every system takes."""
    plain = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    return "-".join(plain.split())[:LONGEST_NAME].strip("-") or "dossier"


def _chosen_target(window: QWidget, name: str) -> str:
    """Let the user name a file to write; nothing where none was named."""
    # Imported here, and below: it would keep what was read last from the screen.
    from PySide6.QtWidgets import QFileDialog

    # Whether to replace a file is asked when its ending is there.
    option = QFileDialog.Option.DontConfirmOverwrite
    return QFileDialog.getSaveFileName(window, "Save the dossier", name, _FILTER, "", option)[0]


def _chosen_source(window: QWidget, folder: str) -> str:
    """Let the user choose a file to read; nothing where none was chosen."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getOpenFileName(window, "Open a dossier", folder, _FILTER)[0]
