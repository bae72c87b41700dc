"""Which house style the print is in: the program's own, or that of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog

from briefing.app.print_preview.options import Option
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from briefing.app.theme import Theme

OWN = "Briefing’s own"
CHOOSE = "Choose a file …"


class HouseOption(Option):
    """A list of the program's own style, the file that was chosen last, and the way to another."""

    path_changed = Signal(str)
    """The file of the house style, or nothing for the program's own."""

    def __init__(self, theme: Theme, path: str) -> None:
        super().__init__(theme, "House style")
        self.path = path
        self._last = path
        self.list = QComboBox()
        self.list.setAccessibleName("House style")
        self.list.setToolTip("Names, colours, font, head and foot of the pages")
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.activated.connect(self._chosen)
        self.column.addWidget(self.list)
        self._fill()

    def ask_file(self) -> str:
        """Ask for the file of a house style; nothing when the user thinks better of it."""
        start = str(Path(self._last).parent) if self._last else str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self, "Choose a house style", start, "House style (*.yaml *.yml)")
        return chosen

    def _chosen(self, row: int) -> None:
        path = self.list.itemData(row)
        if path is None:
            path = self.ask_file() or self.path
        if path != self.path:
            self.path = path
            self._last = path or self._last
            self.path_changed.emit(path)
            self.changed.emit()
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItem(OWN, "")
        if self._last:
            self.list.addItem(one_line(Path(self._last).stem), self._last)
        self.list.addItem(CHOOSE, None)
        self.list.setCurrentIndex(self.list.findData(self.path))
