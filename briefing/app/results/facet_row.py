"""A line of values that narrow the hits: as many as there is room for, the others in a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from briefing.app.results.facet_button import FacetButton
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from briefing.app.theme import Theme
    from briefing.search.facets import Chosen, FacetGroup
    from briefing.search.query import Node

LEFT, RIGHT = 14, 12
GAP = 4
BESIDE = 10
LEAST = 60
"""The least room in which a value is still shown, be it cut."""


class FacetRow(QWidget):
    """Shows the values of a group, or what the query is narrowed to."""

    picked = Signal(object, bool)
    """A condition was chosen; True: its hits are to be left out."""
    dropped = Signal(object)
    """A condition of the query is to go."""
    step_requested = Signal(object, QPoint)
    """From that button the focus is to go so many to the right and down."""

    def __init__(self, theme: Theme, label_width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_width = label_width
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setObjectName("summary")
        self._label.setFont(theme.font(0.9))
        self._buttons: list[FacetButton] = []
        self._parts: list[Node] = []
        self._entries: list[tuple[str, int]] = []
        self._used = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown = 0
        self._chosen = False
        self._more = FacetButton(theme, self)
        self._more.picked.connect(lambda _: self._open_menu())
        self._more.step_requested.connect(lambda by: self.step_requested.emit(self._more, by))

    def show_group(self, group: FacetGroup) -> None:
        """Show the values of a group."""
        self._chosen = False
        self._show(group.label, [value.condition for value in group.values])
        self._entries = [(value.label, value.number) for value in group.values]
        for button, (label, number) in zip(self._buttons, self._entries, strict=False):
            button.show_value(label, number)
        self._lay_out()

    def show_chosen(self, chosen: tuple[Chosen, ...]) -> None:
        """Show what the query is narrowed to."""
        self._chosen = True
        self._show("Only", [each.part for each in chosen])
        self._entries = [(each.label, -1) for each in chosen]
        for button, (label, _) in zip(self._buttons, self._entries, strict=False):
            button.show_chosen(label)
        # How many lines it takes has changed.
        self.updateGeometry()
        self._lay_out()

    @property
    def buttons(self) -> list[FacetButton]:
        """The buttons that are to be seen, from left to right."""
        more = [self._more] if self._shown < self._used else []
        return [*self._buttons[: self._shown], *more]

    def _show(self, label: str, parts: list[Node]) -> None:
        self._label.setText(label)
        self._parts = parts
        self._used = len(parts)
        while len(self._buttons) < self._used:
            at = len(self._buttons)
            button = FacetButton(self._theme, self)
            button.picked.connect(lambda left_out, at=at: self._pick(at, left_out))
            button.step_requested.connect(lambda by, button=button: self.step_requested.emit(button, by))
            self._buttons.append(button)

    def _pick(self, at: int, left_out: bool) -> None:
        if self._chosen:
            self.dropped.emit(self._parts[at])
        else:
            self.picked.emit(self._parts[at], left_out)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for at, (label, number) in enumerate(self._entries):
            # What stands behind a tab is set flush right.
            shown = one_line(label).replace("&", "&&")
            action = menu.addAction(f"{shown}\t{number:,}" if number >= 0 else shown)
            action.triggered.connect(lambda _=False, at=at: self._pick(at, left_out=False))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # --- placing ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, self._line_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line_height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else self._line_height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @property
    def _line_height(self) -> int:
        return self._more.sizeHint().height()

    def _places(self, width: int) -> list[QRect]:
        """Return where the first values go: on one line, but for what the query is narrowed to, which is all shown."""
        height, begin, end = self._line_height, LEFT + self._label_width + BESIDE, width - RIGHT
        self._more.show_rest(0, "")
        more = self._more.sizeHint().width() + GAP
        x, y = begin, 0
        places: list[QRect] = []
        for at, button in enumerate(self._buttons[: self._used]):
            wanted = button.sizeHint().width()
            if self._chosen:
                if x > begin and x + wanted > end:
                    x, y = begin, y + height + GAP
                room = end - x
            else:
                room = end - x - (0 if at == self._used - 1 else more)
                if at and wanted > room and room < LEAST:
                    break
            places.append(QRect(x, y, min(wanted, max(room, LEAST)), height))
            x = places[-1].right() + 1 + GAP
        return places

    def _lay_out(self) -> None:
        places = self._places(self.width())
        self._shown = len(places)
        self._label.setGeometry(LEFT, 0, self._label_width, self._line_height)
        for at, button in enumerate(self._buttons):
            button.setVisible(at < self._shown)
            if at < self._shown:
                button.setGeometry(places[at])
        left = self._used - self._shown
        self._more.setVisible(left > 0)
        if left:
            self._more.show_rest(left, self._label.text())
            self._more.setGeometry(QRect(places[-1].topRight() + QPoint(1 + GAP, 0), self._more.sizeHint()))
