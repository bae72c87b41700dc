"""The line of tools above: back and forward, the one field, and what is left for the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QMenu

    from briefing.app.actions import Actions

BUTTON = QSize(20, 20)
WIDEST_FIELD = 680


class TopBar(QWidget):
    """Places buttons for some of the actions, the search field, and the menu of everything."""

    def __init__(self, actions: Actions, field: QLineEdit, recent: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        # Else a widget of a class of ours has no ground and border in a style sheet.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 9, 10, 9)
        row.setSpacing(4)
        for name in ("back", "forward"):
            row.addWidget(self._button(name))
        row.addSpacing(8)
        field.setMaximumWidth(WIDEST_FIELD)
        row.addWidget(field, 4)
        row.addStretch(1)
        for name in ("print", "show_dossier", "show_tree", "show_context"):
            row.addWidget(self._button(name))
        self._menu = self._button("menu")
        self._menu.setMenu(actions.menu(self, recent))
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self._menu)

    def show_menu(self) -> None:
        """Open the menu of everything."""
        self._menu.showMenu()

    def _button(self, name: str) -> QToolButton:
        action = self._actions[name]
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(BUTTON)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().removesuffix(" …"))
        return button
