from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from briefing.app.find_bar import FindBar
from briefing.app.line_edit import LineEdit
from briefing.app.results.field import SearchField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.theme import Theme

CTRL, NOTHING = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "claimed"),
    [
        (Qt.Key.Key_E, CTRL, False),  # open in editor, or the end of the line
        (Qt.Key.Key_K, CTRL, False),  # search, or delete to the end
        (Qt.Key.Key_D, CTRL, False),  # save the search, or delete
        (Qt.Key.Key_C, CTRL, True),
        (Qt.Key.Key_Slash, NOTHING, True),
    ],
)
def test_the_window_s_own_keys_are_left_to_it_and_those_for_typing_are_not(
    qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, claimed: bool
) -> None:
    line = LineEdit()
    qtbot.addWidget(line)
    # Qt asks whoever has the focus first; an event that is accepted never becomes a shortcut.
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, "/" if modifiers == NOTHING else "")
    asked.accept()
    QCoreApplication.sendEvent(line, asked)
    assert asked.isAccepted() == claimed


def test_every_line_of_the_window_is_one(qtbot: QtBot, theme: Theme) -> None:
    bar, search = FindBar(theme), SearchField(theme)
    qtbot.addWidget(bar)
    qtbot.addWidget(search)
    assert all(isinstance(each, LineEdit) for each in (search, *bar.findChildren(QLineEdit)))
