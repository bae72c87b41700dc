"""The way back from what is shown in place of a query to what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from briefing.search.ranking import Hits


class Exactly(QPushButton):
    """Offers, below the notes on a mended query, to search for exactly what was typed."""

    requested = Signal(str)
    """The query that nothing is put in place of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Search for exactly what was typed", parent)
        self._query = ""
        self.setObjectName("exactly")
        self.hide()
        self.clicked.connect(lambda: self.requested.emit(self._query))

    def offer(self, hits: Hits | None) -> None:
        """Show the button where the hits are for a mended query."""
        self._query = str(hits.query.exactly) if hits is not None and hits.showing is not None else ""
        self.setToolTip(self._query)
        self.setVisible(bool(self._query))
