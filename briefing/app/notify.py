"""The only door to the user's attention: a line of status, and the few boxes that wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from briefing.app.wording import one_line
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QWidget


class Notify(QObject):
    """Tells the user something. `window` is where boxes belong."""

    said = Signal(str)
    """A sentence for the status line."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def say(self, sentence: str) -> None:
        """Say something in the status line, where it bothers nobody."""
        self.said.emit(one_line(sentence))

    def failed(self, error: Exception) -> None:
        """Say in the status line that something did not work: in its own words, where it has any."""
        self.say(
            str(error)
            if isinstance(error, BriefingError)
            else f"That did not work: {str(error) or type(error).__name__}"
        )

    def warn(self, what: str, more: str = "") -> None:
        """Say something that the user has to know before anything else."""
        box = self._box(what, more)
        box.setIcon(box.Icon.Warning)
        _show(box)

    def ask(self, question: str, more: str, yes: str) -> bool:
        """Ask whether to do something; `yes` is what the button that does it says."""
        box = self._box(question, more)
        box.setIcon(box.Icon.Question)
        box.setStandardButtons(box.StandardButton.Cancel)
        does_it = box.addButton(yes, box.ButtonRole.AcceptRole)
        box.setDefaultButton(box.StandardButton.Cancel)
        _show(box)
        return box.clickedButton() is does_it

    def _box(self, what: str, more: str) -> QMessageBox:
        # Imported here: it would keep what was read last from the screen.
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle("Briefing")
        # Texts of records may stand in it: they are text and nothing else.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(what)
        box.setInformativeText(more)
        return box


def _show(box: QMessageBox) -> None:
    """Show a box until it is answered; it can still be asked how, and goes when the events go on."""
    box.exec()
    box.deleteLater()
