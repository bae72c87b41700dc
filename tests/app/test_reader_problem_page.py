from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip

from briefing.app.reader.problem_page import LINKED_AT_MOST, SHOWN_AT_MOST, ProblemPage, counted
from briefing.app.reader.raw_text import LONGEST_LINE, RawText
from briefing.library.answers import Card
from briefing.records.problems import Problem

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.theme import Theme

TEXT = "kind: country\ntitle: India\nsumary: x\niso: ZZ\n"
PROBLEMS = [
    Problem("a.yaml", 3, 1, "unknown-field", "There is no field “sumary”.", "Did you mean `summary`?"),
    Problem("a.yaml", 4, 6, "bad-code", "ZZ is <no> country.", "Write a code.", "warning"),
    Problem("a.yaml", 0, 0, "odd", "The whole file is odd.", "Look at it."),
]


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> ProblemPage:
    made = ProblemPage(theme)
    made.resize(700, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_fault_says_where_it_is_and_how_to_mend_it(page: ProblemPage) -> None:
    page.show_file("a.yaml", PROBLEMS, [], TEXT, 1.0)
    said = page.faults.toPlainText()
    assert "Line 3, column 1" in said
    assert "Error. There is no field “sumary”." in said
    assert "Did you mean summary?" in said
    assert "Warning. ZZ is <no> country." in said
    assert "The whole file is odd." in said
    assert page._counts.text() == "2 errors and 1 warning"


def test_a_fault_leads_to_its_line(page: ProblemPage) -> None:
    page.show_file("a.yaml", PROBLEMS, [], TEXT, 1.0)
    assert page.text.current_line() == 3
    page.faults.link_followed.emit("line:4:6")
    assert page.text.current_line() == 4
    assert page.text.textCursor().positionInBlock() == 5
    page.faults.link_followed.emit("line:400:600")
    assert page.text.current_line() == 5


def test_the_editor_is_asked_for_at_the_line_of_the_caret(qtbot: QtBot, page: ProblemPage) -> None:
    page.show_file("a.yaml", PROBLEMS, [], TEXT, 1.0)
    button = page.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(page.editor_requested) as asked:
        button.click()
    assert asked.args == ["a.yaml", 3, 1]


def test_the_last_good_version_is_a_link(qtbot: QtBot, page: ProblemPage) -> None:
    page.show_file("a.yaml", PROBLEMS, [Card("india", "country", "In<b>dia", stale=True)], TEXT, 1.0)
    assert "The last good version is still here to be read: In<b>dia." in page.faults.toPlainText()
    with qtbot.waitSignal(page.record_requested) as asked:
        page.faults.link_followed.emit("record:india")
    assert asked.args == ["india"]


def test_a_file_that_was_mended_says_so_and_leads_to_what_is_in_it(page: ProblemPage) -> None:
    cards = [Card(f"r-{number}", "country", f"Land {number}") for number in range(LINKED_AT_MOST + 2)]
    page.show_file("a.yaml", PROBLEMS, cards[:1], TEXT, 1.0)
    faulty = page._sign.pixmap().toImage()
    assert "In this file: Land 0." in page.faults.toPlainText()
    page.show_file("a.yaml", [], cards, TEXT, 1.0)
    said = page.faults.toPlainText()
    assert said.startswith("Nothing is wrong with this file.")
    assert f"Land {LINKED_AT_MOST - 1} and 2 more." in said
    assert page._sign.pixmap().toImage() != faulty


def test_the_same_faults_again_leave_the_place_alone(page: ProblemPage) -> None:
    page.show_file("a.yaml", PROBLEMS, [], TEXT, 1.0)
    page.text.go_to_line(1)
    page.show_file("a.yaml", PROBLEMS, [], TEXT, 1.0)
    assert page.text.current_line() == 1
    page.show_file("a.yaml", PROBLEMS[:1], [], TEXT, 1.0)
    assert page.text.current_line() == 1
    page.show_file("b.yaml", PROBLEMS[:1], [], TEXT, 1.0)
    assert page.text.current_line() == 3


def test_thousands_of_faults_are_counted_and_the_first_shown(page: ProblemPage) -> None:
    many = [Problem("a.yaml", line, 1, "odd", f"Odd {line}.", "Mend it.") for line in range(1, 2001)]
    page.show_file("a.yaml", many, [], "x\n" * 2000, 1.0)
    assert f"Odd {SHOWN_AT_MOST}." in page.faults.toPlainText()
    assert f"Odd {SHOWN_AT_MOST + 1}." not in page.faults.toPlainText()
    assert "And 1,500 more." in page.faults.toPlainText()


@pytest.mark.parametrize(
    ("severities", "words"),
    [((), "No faults"), (("error",), "1 error"), (("warning", "warning"), "2 warnings")],
)
def test_faults_are_counted_in_words(severities: tuple[str, ...], words: str) -> None:
    problems = [Problem("a", 1, 1, "c", "m", "n", severity) for severity in severities]  # type: ignore[arg-type]
    assert counted(problems) == words


def test_a_huge_line_is_cut_where_all_can_see_it(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.show_text("short\n" + "[" * 200_000, {}, 1.0)
    second = text.document().findBlockByNumber(1).text()
    assert second.startswith("[" * LONGEST_LINE + " … (198,000 more characters")
    assert len(second) < LONGEST_LINE + 60


def test_what_would_turn_a_line_around_is_written_out(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.show_text("title: \u202eevil\x00", {}, 1.0)
    assert text.toPlainText() == "title: ⟦U+202E⟧evil⟦U+0000⟧"


def test_a_large_file_is_shown_at_once(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.show_text("line\n" * 200_000, {150_000: "Odd."}, 1.0)
    text.go_to_line(150_000)
    assert text.blockCount() == 200_001
    assert text.current_line() == 150_000


def red_at(text: RawText, line: int) -> bool:
    """Whether the bar beside a line is drawn in the colour of faults."""
    block = text.document().findBlockByNumber(line - 1)
    top = text.blockBoundingGeometry(block).translated(text.contentOffset()).top()
    image = text.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(2 * ratio), round((top + 4) * ratio)) == text._theme.colour("error")


def test_lines_with_faults_are_marked(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.resize(400, 200)
    text.show_text(TEXT, {3: "There is no such field."}, 1.0)
    text.show()
    assert text.faulty_lines == [3]
    assert red_at(text, 3)
    assert not red_at(text, 2)


def test_every_line_number_stands_as_high_as_its_line(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.resize(400, 200)
    text.show_text("a\nb\n", {}, 1.0)
    text.show()
    assert len({place.height() for _, place in text._in_view(200)}) == 1


def test_the_tip_of_a_line_is_its_fault(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.resize(400, 200)
    text.show_text(TEXT, {1: "There is no such field."}, 1.0)
    text.show()
    at = text.viewport().mapTo(text, QPoint(5, 14))
    QApplication.sendEvent(text, QHelpEvent(QEvent.Type.ToolTip, at, text.mapToGlobal(at)))
    assert QToolTip.text() == "There is no such field."
    QToolTip.hideText()


def test_the_line_numbers_follow_the_text(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.resize(400, 200)
    text.show_text("x\n" * 3000, {1: "Odd."}, 1.0)
    text.show()
    assert text._gutter.sizeHint().width() == text._gutter.width() == text.gutter_width()
    assert red_at(text, 1)
    text.verticalScrollBar().setValue(500)
    QApplication.processEvents()
    image = text.grab().toImage()
    assert image.pixelColor(2, 10) != theme.colour("error")


def test_a_place_in_the_text_is_brought_into_view(qtbot: QtBot, theme: Theme) -> None:
    text = RawText(theme)
    qtbot.addWidget(text)
    text.resize(400, 200)
    text.show_text("x\n" * 3000, {}, 1.0)
    text.show()
    assert text.top_position() == 0
    text.reveal(text.document().find("x", 4000))
    assert text.top_position() > 0
    assert text.viewport().rect().contains(text.cursorRect().center())
