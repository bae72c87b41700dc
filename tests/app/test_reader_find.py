from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from briefing.app.find_bar import FindBar
from briefing.app.reader.browser import RecordBrowser
from briefing.app.reader.finder import Finder
from briefing.app.reader.page_marks import DRAWN_AT_MOST, PageMarks
from briefing.app.reader.raw_text import RawText

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.theme import Theme

HTML = "<h1>Séoul and Delhi</h1>" + "<p>nothing</p>" * 40 + "<p>From Seoul 🙂 to SEOUL.</p>" + "<p>nothing</p>" * 40


class Page(QWidget):
    """A page with its find bar, as the reading pane has them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.browser = RecordBrowser(lambda name: None, self)
        self.browser.resize(600, 300)
        self.marks = PageMarks(self.browser, theme)
        self.bar = FindBar(theme, self)
        self.bar.hide()
        self.finder = Finder(self.bar, self)
        self.resize(600, 360)

    def show_html(self, html: str) -> None:
        self.browser.show_html(html, self.browser.font())
        self.marks.page_changed()
        self.finder.use(self.browser, self.marks)

    @property
    def current(self) -> str:
        return self.marks.cursor(self.marks.current).selectedText() if self.marks.current else ""

    def button(self, name: str) -> QToolButton:
        found = self.bar.findChild(QToolButton, f"find-{name}")
        assert found is not None
        return found


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> Page:
    made = Page(theme)
    qtbot.addWidget(made)
    made.show()
    made.show_html(HTML)
    return made


def test_typing_marks_every_place_and_counts_them(qtbot: QtBot, page: Page) -> None:
    page.finder.open()
    assert page.bar.isVisible()
    QTest.keyClicks(page.bar.field, "seoul")
    assert page.bar.count.text() == "1 of 3"
    assert page.current == "Séoul"
    assert len(page.browser.extraSelections()) == 4


def test_enter_goes_on_and_shift_enter_back_round_the_end(qtbot: QtBot, page: Page) -> None:
    page.finder.open()
    page.bar.field.setText("seoul")
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    assert (page.bar.count.text(), page.current) == ("2 of 3", "Seoul")
    view = page.browser.viewport().rect()
    assert page.marks.current is not None
    assert view.contains(page.browser.cursorRect(page.marks.cursor(page.marks.current)).center())
    page.button("down").click()
    page.button("down").click()
    assert page.bar.count.text() == "1 of 3"
    QTest.keyClick(page.bar.field, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    assert (page.bar.count.text(), page.current) == ("3 of 3", "SEOUL")
    page.button("up").click()
    assert page.bar.count.text() == "2 of 3"


def test_words_that_are_not_there_are_said_not_to_be_found(page: Page, theme: Theme) -> None:
    page.finder.open()
    page.bar.field.setText("tokyo")
    assert page.bar.count.text() == "Not found"
    assert page.bar.count.palette().color(page.bar.count.foregroundRole()) == theme.colour("error")
    assert page.bar.field.accessibleDescription() == "Not found"
    assert not page.button("down").isEnabled()
    page.finder.step()
    assert page.bar.count.text() == "Not found"
    page.bar.field.clear()
    assert page.bar.count.text() == ""


def test_escape_closes_the_bar_and_selects_what_was_found(qtbot: QtBot, page: Page) -> None:
    page.finder.open()
    page.bar.field.setText("to seoul")
    QTest.keyClick(page.bar.field, Qt.Key.Key_Escape)
    assert not page.bar.isVisible()
    assert page.browser.textCursor().selectedText() == "to SEOUL"
    assert page.browser.extraSelections() == []
    page.finder.open()
    assert page.bar.field.text() == "to SEOUL"
    page.button("close").click()
    assert not page.finder.is_open


def test_a_selection_over_paragraphs_is_not_looked_for(page: Page) -> None:
    page.browser.selectAll()
    page.finder.open()
    assert page.bar.field.text() == ""


def test_another_key_is_the_field_s_own(qtbot: QtBot, page: Page) -> None:
    page.finder.open()
    QTest.keyClick(page.bar, Qt.Key.Key_A)
    assert page.bar.isVisible()


def test_the_next_place_is_looked_for_from_what_is_in_view(page: Page) -> None:
    page.browser.verticalScrollBar().setValue(page.browser.verticalScrollBar().maximum() // 3)
    page.finder.open()
    page.bar.field.setText("seoul")
    assert page.bar.count.text() == "2 of 3"


def test_the_bar_looks_again_on_a_new_page_without_moving_it(page: Page) -> None:
    page.finder.open()
    page.bar.field.setText("seoul")
    page.show_html("<p>Seoul</p>")
    assert page.bar.count.text() == "1 found"
    page.finder.step()
    assert page.bar.count.text() == "1 of 1"


def test_backwards_begins_with_the_last_place_before_the_view(page: Page) -> None:
    page.marks.mark_query(lambda text: [(0, 4)] if text.startswith("From") else [])
    assert [page.marks.cursor(span).selectedText() for span in page.marks.query] == ["From"]
    assert page.finder.walk(False, around=True)
    assert page.current == "From"
    page.marks.find("delhi")
    assert page.marks.step(page.marks.found, 0, forward=False) == 1


def test_many_places_are_all_counted_and_not_all_drawn(page: Page) -> None:
    page.show_html("<p>" + "x y " * (DRAWN_AT_MOST + 500) + "</p>")
    page.marks.find("x")
    assert len(page.marks.found) == DRAWN_AT_MOST + 500
    assert len(page.browser.extraSelections()) == DRAWN_AT_MOST
    page.marks.step(page.marks.found, 0, forward=False)
    page.marks.step(page.marks.found, 0, forward=False)
    drawn = {each.cursor.selectionStart() for each in page.browser.extraSelections()}
    assert {page.marks.found[-1][0], page.marks.found[-2][0]} <= drawn
    assert page.marks.found[0][0] not in drawn


def test_the_raw_text_of_a_file_is_searched_as_well(qtbot: QtBot, page: Page, theme: Theme) -> None:
    text = RawText(theme, page)
    text.show_text("title: Séoul\nbody: none\n", {}, 1.0)
    marks = PageMarks(text, theme)
    marks.page_changed()
    page.finder.open()
    page.bar.field.setText("seoul")
    page.finder.use(text, marks)
    assert page.browser.extraSelections() == []
    page.finder.step()
    assert page.bar.count.text() == "1 of 1"
    assert len(text.extraSelections()) == 2
    page.finder.close()
    assert text.textCursor().selectedText() == "Séoul"


def test_without_a_page_nothing_is_found(qtbot: QtBot, theme: Theme) -> None:
    bar = FindBar(theme)
    qtbot.addWidget(bar)
    bar.hide()
    finder = Finder(bar, bar)
    finder.open()
    assert not finder.is_open
    finder.step()
    finder.close()
    bar.show()
    bar.field.setText("words")
    assert bar.count.text() == ""


def test_the_icons_follow_the_theme(page: Page, theme: Theme) -> None:
    page.finder.open()
    before = page.button("close").icon().cacheKey()
    theme.choose("dark", "system")
    assert page.button("close").icon().cacheKey() != before
