"""The page that a record is read on: a text browser that loads nothing by itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser

from briefing.app.offsets import qt_length
from briefing.app.picked import Pick, packed
from briefing.app.wheel import ZoomWheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QResizeEvent, QTextBlock, QWheelEvent
    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)

CHARACTERS_A_LINE = 75
_ROUNDING = 8
_SAMPLE = "the quick brown fox jumps over the lazy dog and reads on"

_READING = (
    Qt.TextInteractionFlag.TextSelectableByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)


class RecordBrowser(QTextBrowser):
    """Shows the HTML of a record in lines of at most about 75 characters.

    Nothing that a record names is ever loaded: no image, no style sheet, no file. `icon` draws the program's own
    icons, which a page names as `icon:<name>`. `margin` is how far the text stands from the edges at least;
    with `centred` it stands in the middle where there is room.
    """

    link_followed = Signal(str)
    """The target of a link that was clicked, or entered from the keyboard."""
    link_hovered = Signal(str)
    """The target under the mouse or the focus; empty: none."""
    zoom_requested = Signal(int)
    """Steps larger or smaller."""
    menu_requested = Signal(object, str)
    """Where on the screen, and the target of the link there or nothing."""
    link_dragged = Signal(str)
    """The user has begun to drag the link with that target."""
    back_requested = Signal()
    forward_requested = Signal()

    def __init__(
        self,
        icon: Callable[[str], QImage | None],
        parent: QWidget | None = None,
        *,
        margin: int = 44,
        centred: bool = True,
    ) -> None:
        # Before Qt's constructor, which asks for resources already.
        self._icon = icon
        self._margin = margin
        self._centred = centred
        super().__init__(parent)
        self._wheel = ZoomWheel()
        self._pressed: tuple[str, QPoint] = ("", QPoint())
        self.pick: Pick | None = None
        """Which record the page is of, for who drags some of its text."""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(_READING)
        # What is dropped on the page is meant for the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.horizontalScrollBar().rangeChanged.connect(self._across_changed)
        self.anchorClicked.connect(lambda url: self.link_followed.emit(target_of(url)))
        self.highlighted.connect(lambda url: self.link_hovered.emit(target_of(url)))

    # ---- what may be loaded

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's names
        """Give out one of the program's own icons, and for everything else something empty."""
        url = QUrl(name)
        if type == QTextDocument.ResourceType.ImageResource.value:
            image = self._icon(url.path()) if url.scheme() == "icon" else None
            if image is None:
                _log.warning("refused to load the image %s", url.toDisplayString()[:200])
                image = _nothing_to_see()
            return image
        _log.warning("refused to load %s", url.toDisplayString()[:200])
        # Not None: where this says nothing, QTextDocument opens the file itself.
        return QByteArray(b"")

    # ---- the page

    def show_html(self, html: str, font: QFont) -> None:
        """Show a page, from its top, set in that font."""
        self.document().setDefaultFont(font)
        self.setHtml(html)
        self._keep_measure()

    def _keep_measure(self) -> None:
        """Leave margins so wide that lines stay short."""
        letters = QFontMetricsF(self.document().defaultFont()).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        width = self.viewport().width()
        spare = width - round(letters * CHARACTERS_A_LINE)
        # A narrow window needs its width for the text.
        least = min(self._margin, max(12, width // 14))
        left = max(least, spare // 2) if self._centred else least
        right = max(least, spare - left)
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        if (shape.leftMargin(), shape.rightMargin()) != (left, right):
            shape.setLeftMargin(left)
            shape.setRightMargin(right)
            shape.setTopMargin(self._margin * 3 // 4)
            shape.setBottomMargin(self._margin * 2 if self._centred else self._margin // 2)
            frame.setFrameFormat(shape)

    def _across_changed(self, least: int, most: int) -> None:
        # Qt rounds the columns of a table up: a table as wide as the text may be some pixels wider, and nobody
        # scrolls for those.
        needed = most - least > _ROUNDING
        policies = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policies.ScrollBarAsNeeded if needed else policies.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The line at the top stays there when the lines break anew.
        at = self.top_position()
        self._keep_measure()
        super().resizeEvent(event)
        if at and event.oldSize().width() != event.size().width():
            self.scroll_to_position(at)

    # ---- places on it

    def blocks(self) -> Iterator[QTextBlock]:
        """Yield the page's paragraphs, those in tables too."""
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def top_position(self) -> int:
        """Return the position of the first character in view; 0 at the top of the page."""
        if self.verticalScrollBar().value() == 0:
            return 0
        # Beside the margin: there no text would be hit.
        return self.cursorForPosition(self.viewport().rect().topLeft() + self._inside()).position()

    def _inside(self) -> QPoint:
        return QPoint(int(self.document().rootFrame().frameFormat().leftMargin()) + 1, 2)

    def scroll_to_position(self, position: int) -> None:
        """Bring the line of that character to the top of the view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top())

    def reveal(self, cursor: QTextCursor) -> None:
        """Scroll so that the cursor stands in view with some lines around it, or not at all if it does already."""
        place = self.cursorRect(cursor)
        height = self.viewport().height()
        if place.top() < 0 or place.bottom() > height:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - height // 3)
        across = self.horizontalScrollBar()
        if place.left() < 0 or place.right() > self.viewport().width():
            across.setValue(across.value() + place.left() - self.viewport().width() // 3)

    def anchored(self, name: str) -> QTextCursor | None:
        """Return the paragraph that has an anchor of that name, selected; None where none has it."""
        for block in self.blocks():
            if name in anchors_of(block):
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + qt_length(block.text()), QTextCursor.MoveMode.KeepAnchor)
                return cursor
        return None

    @property
    def fraction(self) -> float:
        """How far down the page is scrolled, from 0 to 1."""
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll that far down, from 0 to 1."""
        bar = self.verticalScrollBar()
        bar.setValue(round(fraction * bar.maximum()))

    # ---- keyboard and mouse

    @property
    def caret(self) -> bool:
        """Whether the arrow keys move a caret through the text rather than scroll it."""
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard)

    def set_caret(self, on: bool) -> None:
        """Let the arrow keys move a caret, which begins at the first line in view."""
        if on == self.caret:
            return
        if on and not self.textCursor().hasSelection():
            cursor = self.textCursor()
            cursor.setPosition(self.top_position())
            self.setTextCursor(cursor)
        keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(_READING | keyboard if on else _READING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Shift and an arrow say plainly that text is to be selected.
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.set_caret(True)
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = self._wheel.steps(event)
        if steps is None:
            super().wheelEvent(event)
        elif steps:
            self.zoom_requested.emit(steps)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        # Qt tells of a link under the mouse, and not of one that the Tab key came to.
        cursor = self.textCursor()
        self.link_hovered.emit(cursor.charFormat().anchorHref() if moved and cursor.hasSelection() else "")
        return moved

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._pressed = (self.anchorAt(point) if event.button() == Qt.MouseButton.LeftButton else "", point)
        if event.button() not in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        target, start = self._pressed
        if not target or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = ("", start)
            self.link_dragged.emit(target)

    def createMimeDataFromSelection(self) -> QMimeData:
        words = super().createMimeDataFromSelection()
        if self.pick is None:
            return words
        # For a dossier, some words of a record stand for the record. Qt's own data would hide what is added to it.
        data = packed((self.pick,))
        data.setText(words.text())
        data.setHtml(words.html())
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back_requested.emit()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward_requested.emit()
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.cursorRect().bottomLeft()
            target = self.textCursor().charFormat().anchorHref()
        else:
            place = event.pos()
            target = self.anchorAt(place)
        self.menu_requested.emit(self.viewport().mapToGlobal(place), target)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_measure()


def target_of(url: QUrl) -> str:
    """Return a link's target as it stands on the page, in ASCII."""
    return bytes(url.toEncoded().data()).decode("ascii", "replace")


def anchors_of(block: QTextBlock) -> set[str]:
    """Return the names of the anchors in a paragraph."""
    names: set[str] = set()
    run = block.begin()
    while not run.atEnd():
        names.update(run.fragment().charFormat().anchorNames())
        run += 1
    return names


def _nothing_to_see() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image
