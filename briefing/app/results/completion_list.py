"""The list of completions below the search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout

from briefing.app.results.completion_delegate import CompletionDelegate
from briefing.app.results.completion_model import CompletionModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme
    from briefing.search.completion import Candidate

ROWS = 10
NARROWEST, WIDEST = 240, 620
BELOW = 3
LINE = 1
SPARE = 8
"""The lines at either side, and what rounding may take from a text."""
INSIDE = 5


class CompletionList(QFrame):
    """Shows candidates below a field and over all else in the window. It never takes the focus."""

    chosen = Signal(object)
    """The `Candidate` that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Else the wheel, and a click beside a row, would reach what is below it.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.model = CompletionModel(self)
        self._delegate = CompletionDelegate(theme, self)
        self.view = QListView()
        self.view.setObjectName("completion-rows")
        self.view.setAccessibleName("Completions")
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, INSIDE, 0, INSIDE)
        layout.addWidget(self.view)
        theme.changed.connect(self.view.viewport().update)
        self.hide()

    def show_below(self, field: QWidget, candidates: tuple[Candidate, ...]) -> None:
        """Show candidates, none of them chosen, below a field in the same window."""
        self._delegate.fit(candidates)
        self.model.show(candidates)
        host = self.parentWidget()
        place = field.mapTo(host, QPoint(0, field.height() + BELOW)) if host is not None else QPoint()
        row = self.view.sizeHintForRow(0)
        wanted = max(self.view.sizeHintForIndex(self.model.index(at, 0)).width() for at in range(len(candidates)))
        scroll_bar = self.view.verticalScrollBar().sizeHint().width() if len(candidates) > ROWS else 0
        width = min(max(wanted + scroll_bar + SPARE, NARROWEST), WIDEST)
        height = row * min(len(candidates), ROWS) + 2 * (INSIDE + LINE)
        if host is not None:
            width = min(width, host.width() - place.x() - INSIDE)
            height = min(height, host.height() - place.y() - INSIDE)
        self.setGeometry(place.x(), place.y(), width, height)
        self.view.scrollToTop()
        self.show()
        self.raise_()

    @property
    def current(self) -> Candidate | None:
        """The candidate that is chosen."""
        return self.model.candidate(self.view.currentIndex())

    def step(self, by: int) -> None:
        """Choose the next candidate or the one before; past either end none, and then the other end."""
        rows = self.model.rowCount()
        # One more place than there are rows: that of none.
        row = (self.view.currentIndex().row() + 1 + by) % (rows + 1) - 1
        self.view.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.candidate(index))
