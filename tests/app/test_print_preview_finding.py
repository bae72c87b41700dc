from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from briefing.app.print_preview import painting
from tests.app.fake_typesetter import FakeTypesetter, open_it, text_pdf

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.print_preview.preview import PrintPreview

PAGES = ("The talks begin in Séoul.", "Nothing here.", "Talks end.\nThen come other talks.")


@pytest.fixture
def shown(qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter) -> PrintPreview:
    typesetter.pdf = text_pdf(*PAGES)
    open_it(qtbot, preview)
    preview.activateWindow()
    return preview


def find(qtbot: QtBot, preview: PrintPreview, words: str) -> None:
    QTest.keyClick(preview.pages, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    preview.find_bar.field.setText(words)
    qtbot.waitUntil(lambda: not preview.finding.running)


def test_words_are_found_whatever_their_case_and_accents(qtbot: QtBot, shown: PrintPreview) -> None:
    find(qtbot, shown, "talks")
    assert shown.find_bar.count.text() == "1 of 3"
    assert {page: len(places) for page, places in shown.finding.pages.items()} == {0: 1, 2: 2}
    find(qtbot, shown, "seoul")
    assert shown.find_bar.count.text() == "1 of 1"
    find(qtbot, shown, "tokyo")
    assert shown.find_bar.count.text() == "Not found"
    find(qtbot, shown, "")
    assert shown.find_bar.count.text() == ""


def test_keys_go_from_one_place_to_the_next_and_round(qtbot: QtBot, shown: PrintPreview) -> None:
    shown.pages.set_zoom(1.0)
    find(qtbot, shown, "talks")
    said = []
    for key, keys in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier),
    ):
        QTest.keyClick(shown.find_bar.field, key, keys)
        said.append((shown.find_bar.count.text(), shown.pages.page))
    assert said == [("2 of 3", 3), ("3 of 3", 3), ("1 of 3", 1), ("3 of 3", 3)]


def test_the_first_place_is_the_next_one_from_the_page_in_view(qtbot: QtBot, shown: PrintPreview) -> None:
    shown.pages.set_zoom(1.0)
    shown.pages.go_to_page(2)
    find(qtbot, shown, "talks")
    assert shown.find_bar.count.text() == "2 of 3"
    assert shown.pages.page == 3


def test_found_words_are_marked_on_the_paper(qtbot: QtBot, shown: PrintPreview) -> None:
    shown.pages.set_zoom(1.0)
    qtbot.waitUntil(lambda: shown.pages.is_drawn(1))
    find(qtbot, shown, "begin")
    box = shown.pages._on_paper(shown.finding.pages[0][0].boxes[0]).toRect()
    scrolled = QPoint(shown.pages.horizontalScrollBar().value(), shown.pages.verticalScrollBar().value())
    box.translate(shown.pages._places[0].topLeft() - scrolled)

    def colours() -> set[str]:
        image = shown.pages.viewport().grab().toImage()
        return {image.pixelColor(x, box.top() + 1).name() for x in range(box.left(), box.right())}

    assert painting.STANDS_ON.name() in colours()
    shown.find_bar.close_requested.emit()
    assert shown.find_bar.isHidden()
    assert shown.pages.hasFocus()
    assert painting.STANDS_ON.name() not in colours()


def test_escape_closes_the_find_bar_before_the_preview(qtbot: QtBot, shown: PrintPreview) -> None:
    find(qtbot, shown, "talks")
    shown.pages.setFocus()
    QTest.keyClick(shown.pages, Qt.Key.Key_Escape)
    assert shown.find_bar.isHidden()
    assert shown.isVisible()
    QTest.keyClick(shown.pages, Qt.Key.Key_F3)
    assert shown.find_bar.isVisible()


def test_new_pages_are_searched_for_the_same_words(
    qtbot: QtBot, shown: PrintPreview, typesetter: FakeTypesetter
) -> None:
    find(qtbot, shown, "talks")
    typesetter.pdf = text_pdf("No talks and no talks.")
    with qtbot.waitSignal(shown.pages.first_drawn):
        shown.options.paper.letter.click()
    qtbot.waitUntil(lambda: not shown.finding.running)
    assert shown.find_bar.count.text() == "1 of 2"
