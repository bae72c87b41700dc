"""Keeps a reader's place while the page under it is made anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock

    from briefing.app.reader.browser import RecordBrowser


@dataclass(frozen=True, slots=True)
class _Spot:
    """A position in a paragraph, which is known again by its text, else by its number."""

    text: str
    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Place:
    """The first line in view, how far it is scrolled past, and what was selected."""

    top: _Spot
    pixels: int
    at_top: bool
    across: int
    anchor: _Spot
    caret: _Spot
    selected: str


def place_on(browser: RecordBrowser) -> Place:
    """Return where the reader is on the page."""
    top = QTextCursor(browser.document())
    top.setPosition(browser.top_position())
    cursor = browser.textCursor()
    return Place(
        _spot(browser, top.position()),
        browser.cursorRect(top).top(),
        browser.verticalScrollBar().value() == 0,
        browser.horizontalScrollBar().value(),
        _spot(browser, cursor.anchor()),
        _spot(browser, cursor.position()),
        cursor.selectedText(),
    )


def return_to(browser: RecordBrowser, place: Place) -> None:
    """Bring the reader back there, as far as it still exists."""
    blocks: dict[str, list[QTextBlock]] = {}
    for block in browser.blocks():
        blocks.setdefault(block.text(), []).append(block)
    cursor = QTextCursor(browser.document())
    cursor.setPosition(_position(browser, blocks, place.anchor))
    cursor.setPosition(_position(browser, blocks, place.caret), QTextCursor.MoveMode.KeepAnchor)
    if cursor.selectedText() != place.selected:
        cursor.clearSelection()
    browser.setTextCursor(cursor)
    # Setting the cursor scrolls to it: the view comes last.
    if place.at_top:
        browser.verticalScrollBar().setValue(0)
    else:
        browser.scroll_to_position(_position(browser, blocks, place.top))
        bar = browser.verticalScrollBar()
        bar.setValue(bar.value() - place.pixels)
    browser.horizontalScrollBar().setValue(place.across)


def _spot(browser: RecordBrowser, position: int) -> _Spot:
    block = browser.document().findBlock(position)
    return _Spot(block.text(), block.blockNumber(), position - block.position())


def _position(browser: RecordBrowser, blocks: dict[str, list[QTextBlock]], spot: _Spot) -> int:
    same = blocks.get(spot.text)
    if same:
        block = min(same, key=lambda each: abs(each.blockNumber() - spot.number))
    else:
        document = browser.document()
        block = document.findBlockByNumber(min(spot.number, document.blockCount() - 1))
    return block.position() + min(spot.offset, block.length() - 1)
