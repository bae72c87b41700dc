from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from briefing.app.notify import Notify
from briefing.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture
def notify(qtbot: QtBot) -> Notify:
    window = QWidget()
    qtbot.addWidget(window)
    made = Notify(window)
    made.setProperty("window", window)
    return made


def answer(does: Callable[[QMessageBox], None]) -> list[QMessageBox]:
    """Do something with the box that comes next; return it, in a list that is filled then."""
    seen: list[QMessageBox] = []

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        does(box)

    QTimer.singleShot(0, act)
    return seen


def press(text: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(each for each in box.buttons() if each.text().replace("&", "") == text).click()


def test_what_is_said_is_one_line(notify: Notify, qtbot: QtBot) -> None:
    with qtbot.waitSignal(notify.said) as said:
        notify.say("Two\nlines")
    assert said.args == ["Two lines"]


def test_a_fault_is_said_in_its_own_words(notify: Notify, qtbot: QtBot) -> None:
    with qtbot.waitSignal(notify.said) as said:
        notify.failed(LibraryError("It is not a folder", where="/x", mend="Name a folder."))
    assert said.args == ["/x: It is not a folder. Name a folder."]
    with qtbot.waitSignal(notify.said) as said:
        notify.failed(ValueError())
    assert said.args == ["That did not work: ValueError"]


def test_a_warning_shows_text_as_text(notify: Notify) -> None:
    texts: list[str] = []

    def read(box: QMessageBox) -> None:
        assert box.textFormat() == Qt.TextFormat.PlainText
        texts.extend((box.text(), box.informativeText()))
        box.accept()

    answer(read)
    notify.warn("<b>It</b> is broken.", "Mend it.")
    assert texts == ["<b>It</b> is broken.", "Mend it."]


@pytest.mark.parametrize(("button", "does_it"), [("Open", True), ("Cancel", False)])
def test_a_question_is_answered_by_its_buttons(notify: Notify, button: str, does_it: bool) -> None:
    answer(press(button))
    assert notify.ask("Open it?", "https://example.org", "Open") is does_it


def test_closing_a_question_is_no(notify: Notify) -> None:
    answer(lambda box: box.reject())
    assert not notify.ask("Open it?", "https://example.org", "Open")
