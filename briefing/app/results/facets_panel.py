"""By what the hits can be narrowed, above them: a line for each sort of value, with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.app.asking import Asking
from briefing.app.results.facet_row import FacetRow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from briefing.app.jobs import Jobs
    from briefing.app.results.facet_button import FacetButton
    from briefing.app.session import Session
    from briefing.app.theme import Theme
    from briefing.search.facets import Facets
    from briefing.search.query import Node

LANE = "facets"
PAUSE_MS = 60
"""How long the hits must have been on screen before they are counted: who types on does not wait for it."""


class FacetsPanel(QWidget):
    """Counts what `ask` is told, and shows what it can be narrowed to."""

    counted = Signal(str, object)
    """The text that was asked about, and its `Facets`."""
    failed = Signal()
    """The hits cannot be counted."""
    narrow_requested = Signal(object)
    """A condition that the query is to have."""
    widen_requested = Signal(object)
    """A condition that the query is to lose."""
    leave_requested = Signal()
    """There is nothing here for the keys any more."""

    def __init__(self, session: Session, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asking = Asking(session, jobs, LANE, self)
        self._text = ""
        self._showing = ""
        self._unfolded = True
        self._empty = True
        self._rows: list[FacetRow] = []
        self._lines: list[FacetRow] = []
        self._stop: FacetButton | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 6)
        self._layout.setSpacing(4)
        theme.changed.connect(self.update)
        self.hide()

    def ask(self, text: str, showing: str) -> None:
        """Count the hits of a text; `showing` is the query that they are the hits of, which may be a mended one."""
        self._text, self._showing = text, showing
        self._asking.stop()
        self._pause.start()

    def clear(self) -> None:
        """Show nothing, and want no answer."""
        self._pause.stop()
        self._asking.stop()
        self._lines = []
        self._empty = True
        self._look()

    def unfold(self, unfolded: bool) -> None:
        """Show the lines, or keep them out of the way; the hits are counted all the same."""
        self._unfolded = unfolded
        self._look()

    def _count(self) -> None:
        text, showing = self._text, self._showing
        self._asking.ask(
            lambda library: library.facets(showing),
            lambda facets: self._show(text, facets),
            lambda _: self._fail(),
        )

    def _fail(self) -> None:
        # Whatever is wrong, the search itself has said so.
        self.clear()
        self.failed.emit()

    def _show(self, text: str, facets: Facets) -> None:
        had_focus = self._focused() is not None
        number = bool(facets.chosen) + len(facets.groups)
        while len(self._rows) < number:
            self._add_row()
        self._lines = self._rows[:number]
        for row, group in zip(self._lines[bool(facets.chosen) :], facets.groups, strict=True):
            row.show_group(group)
        if facets.chosen:
            self._lines[0].show_chosen(facets.chosen)
        for row in self._rows:
            row.setVisible(row in self._lines)
        self._empty = number == 0
        self._look()
        self._choose_stop(had_focus)
        self.counted.emit(text, facets)

    def _add_row(self) -> None:
        metrics = QFontMetrics(self._theme.font(0.9))
        row = FacetRow(self._theme, metrics.horizontalAdvance("Technology"), self)
        row.picked.connect(self._picked)
        row.dropped.connect(self.widen_requested)
        row.step_requested.connect(self._step)
        self._rows.append(row)
        self._layout.addWidget(row)

    def _picked(self, part: Node, left_out: bool) -> None:
        # Imported here: the window opens without the query language.
        from briefing.search.query import Not

        self.narrow_requested.emit(Not(part) if left_out else part)

    def _look(self) -> None:
        self.setVisible(self._unfolded and not self._empty)

    # --- the keys -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)

    def _focused(self) -> FacetButton | None:
        return next((button for row in self._lines for button in row.buttons if button.hasFocus()), None)

    def _step(self, button: FacetButton, by: QPoint) -> None:
        lines = [row.buttons for row in self._lines]
        line = next(number for number, buttons in enumerate(lines) if button in buttons)
        at = lines[line].index(button)
        line = min(max(line + by.y(), 0), len(lines) - 1)
        at = min(max(at + by.x(), 0), len(lines[line]) - 1)
        self._stop_at(lines[line][at])
        lines[line][at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_stop(self, had_focus: bool) -> None:
        """Have Tab come to one of the buttons, the one that it came to before where that is still there."""
        buttons = [button for row in self._lines for button in row.buttons]
        if self._stop not in buttons:
            self._stop_at(buttons[0] if buttons else None)
        if had_focus and self._focused() is None:
            if self._stop is not None:
                self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.leave_requested.emit()

    def _stop_at(self, button: FacetButton | None) -> None:
        if self._stop is not None:
            self._stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if button is not None:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stop = button
        self.setFocusProxy(button)  # type: ignore[arg-type]  # None is no proxy, which the stubs do not know
