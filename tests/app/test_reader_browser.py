from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QImage, QMouseEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.app.reader.browser import CHARACTERS_A_LINE, RecordBrowser

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

IMAGE = QTextDocument.ResourceType.ImageResource.value
SHEET = QTextDocument.ResourceType.StyleSheetResource.value
LOREM = "<p>" + "some words of a long paragraph that has to be broken " * 30 + "</p>"


def our_icon(name: str) -> QImage | None:
    if name != "warning":
        return None
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.red)
    return image


@pytest.fixture
def browser(qtbot: QtBot) -> RecordBrowser:
    made = RecordBrowser(our_icon)
    made.resize(720, 480)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    "address", ["http://example.org/x.png", "https://example.org/x.png", "file:///etc/hostname", "x.png", "ftp://x/y"]
)
@pytest.mark.parametrize("kind", [IMAGE, SHEET])
def test_nothing_is_loaded_and_the_refusal_is_logged(
    browser: RecordBrowser, caplog: pytest.LogCaptureFixture, address: str, kind: int
) -> None:
    with caplog.at_level(logging.WARNING):
        given = browser.loadResource(kind, QUrl(address))
    if kind == IMAGE:
        assert isinstance(given, QImage)
        assert (given.width(), given.height()) == (1, 1)
        assert given.pixelColor(0, 0).alpha() == 0
    else:
        # Something and not nothing: for nothing, QTextDocument opens the file itself.
        assert given is not None
        assert bytes(given.data()) == b""  # type: ignore[attr-defined]
    assert f"refused to load {'the image ' if kind == IMAGE else ''}{address}" in caplog.text


def test_an_image_of_the_disk_is_not_drawn_even_by_the_document_itself(
    browser: RecordBrowser, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    for source in (str(picture), picture.as_uri()):
        browser.show_html(f'<p><img src="{source}"></p>', browser.font())
        drawn = browser.grab().toImage()
        reds = [
            (x, y)
            for x in range(0, drawn.width(), 7)
            for y in range(0, drawn.height(), 7)
            if drawn.pixelColor(x, y) == Qt.GlobalColor.red
        ]
        assert reds == []
        assert browser.document().size().height() < 300
    assert "refused" in caplog.text


def test_a_style_sheet_of_the_disk_is_not_read(browser: RecordBrowser, tmp_path: Path) -> None:
    sheet = tmp_path / "page.css"
    sheet.write_text("p { color: #ff0000 }")
    browser.show_html(
        f'<html><head><link rel="stylesheet" type="text/css" href="{sheet.as_uri()}"></head><p>words</p></html>',
        browser.font(),
    )
    assert browser.toPlainText() == "words"
    assert "#ff0000" not in browser.toHtml()


def test_our_own_icons_are_drawn(browser: RecordBrowser) -> None:
    given = browser.loadResource(IMAGE, QUrl("icon:warning"))
    assert isinstance(given, QImage)
    assert given.width() == 16
    refused = browser.loadResource(IMAGE, QUrl("icon:unknown"))
    assert isinstance(refused, QImage)
    assert refused.width() == 1


def longest_line(browser: RecordBrowser) -> int:
    lengths = []
    for block in browser.blocks():
        layout = block.layout()
        lengths += [layout.lineAt(number).textLength() for number in range(layout.lineCount())]
    return max(lengths)


@pytest.mark.parametrize("width", [720, 1100, 2400])
def test_lines_stay_short_however_wide_the_window_is(browser: RecordBrowser, width: int) -> None:
    browser.show_html(LOREM, browser.font())
    browser.resize(width, 480)
    QApplication.processEvents()
    assert 55 < longest_line(browser) <= CHARACTERS_A_LINE + 8
    frame = browser.document().rootFrame().frameFormat()
    assert frame.leftMargin() == pytest.approx(frame.rightMargin(), abs=1)


def test_a_narrow_window_keeps_its_width_for_the_text(browser: RecordBrowser) -> None:
    browser.show_html(LOREM, browser.font())
    browser.resize(320, 480)
    QApplication.processEvents()
    assert browser.document().rootFrame().frameFormat().leftMargin() < 30
    assert not browser.horizontalScrollBar().isVisible()


def test_a_larger_font_makes_lines_wider_not_longer(browser: RecordBrowser) -> None:
    browser.resize(2400, 480)
    font = browser.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    browser.show_html(f'<body style="font-size:{font.pointSizeF()}pt">{LOREM}</body>', font)
    assert longest_line(browser) <= CHARACTERS_A_LINE + 8
    frame = browser.document().rootFrame().frameFormat()
    text = browser.viewport().width() - frame.leftMargin() - frame.rightMargin()
    assert text == pytest.approx(QFontMetricsF(font).horizontalAdvance("n") * CHARACTERS_A_LINE, rel=0.25)


def test_the_line_at_the_top_stays_there_when_the_window_changes_its_width(browser: RecordBrowser) -> None:
    browser.show_html("".join(f"<p>{number} {'words ' * 40}</p>" for number in range(60)), browser.font())
    browser.scroll_to_position(browser.document().findBlockByNumber(30).position())
    assert browser.document().findBlock(browser.top_position()).blockNumber() == 30
    for width in (400, 900, 600):
        browser.resize(width, 480)
        QApplication.processEvents()
        assert browser.document().findBlock(browser.top_position()).blockNumber() == 30


def test_a_paragraph_is_found_by_its_anchor(browser: RecordBrowser) -> None:
    browser.show_html('<p>one</p><p><a name="p2"></a>two 🙂 words</p>', browser.font())
    found = browser.anchored("p2")
    assert found is not None
    assert found.selectedText() == "two 🙂 words"
    assert browser.anchored("p3") is None


def test_what_is_in_view_is_not_scrolled_to(browser: RecordBrowser) -> None:
    browser.show_html(LOREM * 6, browser.font())
    bar = browser.verticalScrollBar()
    cursor = browser.textCursor()
    cursor.setPosition(20)
    browser.reveal(cursor)
    assert bar.value() == 0
    cursor.setPosition(browser.document().characterCount() - 5)
    browser.reveal(cursor)
    assert bar.value() > 0
    assert browser.viewport().rect().contains(browser.cursorRect(cursor).center())


def test_a_table_as_wide_as_the_text_brings_no_scroll_bar(browser: RecordBrowser) -> None:
    for columns in range(1, 9):
        row = "".join(f"<td>{'words ' * 9}{number}</td>" for number in range(columns))
        for width in (701, 727, 733):
            browser.resize(width, 480)
            browser.show_html(f'<table width="100%" cellpadding="6"><tr>{row}</tr></table>', browser.font())
            QApplication.processEvents()
            assert not browser.horizontalScrollBar().isVisible()
    browser.show_html(f"<pre>{'x' * 500}</pre>", browser.font())
    QApplication.processEvents()
    assert browser.horizontalScrollBar().isVisible()


def test_what_is_far_to_the_right_is_scrolled_to(browser: RecordBrowser) -> None:
    browser.show_html(f"<pre>{'x' * 500}</pre>", browser.font())
    cursor = browser.textCursor()
    cursor.setPosition(490)
    browser.reveal(cursor)
    assert browser.horizontalScrollBar().value() > 0


def test_tab_goes_from_link_to_link_and_enter_follows(qtbot: QtBot, browser: RecordBrowser) -> None:
    browser.show_html('<p><a href="record:india">India</a> <a href="record:korea#p1">Korea</a></p>', browser.font())
    browser.setFocus()
    browser.activateWindow()
    hovered: list[str] = []
    browser.link_hovered.connect(hovered.append)
    QTest.keyClick(browser, Qt.Key.Key_Tab)
    assert browser.textCursor().selectedText() == "India"
    QTest.keyClick(browser, Qt.Key.Key_Tab)
    with qtbot.waitSignal(browser.link_followed) as followed:
        QTest.keyClick(browser, Qt.Key.Key_Return)
    assert followed.args == ["record:korea#p1"]
    assert hovered[:2] == ["record:india", "record:korea#p1"]


def test_a_click_follows_a_link(qtbot: QtBot, browser: RecordBrowser) -> None:
    browser.show_html('<p><a href="record:india">India</a></p>', browser.font())
    cursor = browser.textCursor()
    cursor.setPosition(2)
    with qtbot.waitSignal(browser.link_followed) as followed:
        QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=browser.cursorRect(cursor).center())
    assert followed.args == ["record:india"]


@pytest.mark.parametrize(
    ("button", "signal"), [("BackButton", "back_requested"), ("ForwardButton", "forward_requested")]
)
def test_the_mouse_goes_back_and_forward(qtbot: QtBot, browser: RecordBrowser, button: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(browser, signal)):
        QTest.mouseClick(browser.viewport(), getattr(Qt.MouseButton, button))


def test_shift_and_an_arrow_select_text(qtbot: QtBot, browser: RecordBrowser) -> None:
    browser.show_html("<p>words to select</p>", browser.font())
    browser.setFocus()
    assert not browser.caret
    for _ in range(5):
        QTest.keyClick(browser, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert browser.caret
    assert browser.textCursor().selectedText() == "words"


def test_the_caret_begins_at_the_first_line_in_view(browser: RecordBrowser) -> None:
    browser.show_html("".join(f"<p>{number}</p>" for number in range(99)), browser.font())
    browser.scroll_to_position(browser.document().findBlockByNumber(40).position())
    browser.set_caret(True)
    assert browser.textCursor().block().text() == "40"
    browser.set_caret(True)
    browser.set_caret(False)
    assert not browser.caret


def test_arrows_scroll_without_the_caret(qtbot: QtBot, browser: RecordBrowser) -> None:
    browser.show_html(LOREM * 6, browser.font())
    browser.setFocus()
    QTest.keyClick(browser, Qt.Key.Key_Down)
    assert browser.verticalScrollBar().value() > 0
    QTest.keyClick(browser, Qt.Key.Key_End)
    assert browser.fraction == 1.0
    QTest.keyClick(browser, Qt.Key.Key_Home)
    assert browser.fraction == 0.0


def test_the_menu_is_asked_for_at_the_mouse_and_at_the_caret(qtbot: QtBot, browser: RecordBrowser) -> None:
    browser.show_html('<p><a href="record:india">India</a> and words</p>', browser.font())
    cursor = browser.textCursor()
    cursor.setPosition(2)
    browser.setTextCursor(cursor)
    place = browser.cursorRect(cursor).center()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        with qtbot.waitSignal(browser.menu_requested) as asked:
            browser.contextMenuEvent(QContextMenuEvent(reason, place, browser.viewport().mapToGlobal(place)))
        assert asked.args[1] == "record:india"


def test_what_is_dropped_on_the_page_goes_to_the_window(browser: RecordBrowser) -> None:
    assert not browser.acceptDrops()
    assert not browser.viewport().acceptDrops()


def test_the_margins_follow_the_widget_s_font(browser: RecordBrowser) -> None:
    browser.resize(2400, 480)
    browser.show_html(LOREM, browser.font())
    QApplication.sendEvent(browser, QEvent(QEvent.Type.FontChange))
    assert longest_line(browser) <= CHARACTERS_A_LINE + 8


def test_moving_the_mouse_over_a_link_says_where_it_leads(qtbot: QtBot, browser: RecordBrowser) -> None:
    browser.show_html('<p><a href="record:india">India</a></p>', browser.font())
    cursor = browser.textCursor()
    cursor.setPosition(2)
    place = QPointF(browser.cursorRect(cursor).center())
    with qtbot.waitSignal(browser.link_hovered) as hovered:
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            browser.viewport().mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(browser.viewport(), event)
    assert hovered.args == ["record:india"]
    assert browser.anchorAt(QPoint(1, 1)) == ""
