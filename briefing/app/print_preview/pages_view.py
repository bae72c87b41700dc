"""The pages of a PDF, one below the other, drawn when they come into view, with marks on the words that were found."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from briefing.app.print_preview.painting import paint_mark, paint_notice, paint_shadow
from briefing.app.wheel import ZoomWheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QImage, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from briefing.app.print_preview.drawing import Drawing, Place
    from briefing.app.theme import Theme
    from briefing.printing.pages import Box

MARGIN = 24
GAP = 20
SMALLEST, LARGEST = 0.1, 6.0
STEP = 1.2
_KEPT_BYTES = 160_000_000


class Fit(Enum):
    """What the zoom follows as the window changes its size."""

    NOTHING = "nothing"
    WIDTH = "width"
    PAGE = "page"


class PagesView(QAbstractScrollArea):
    """Shows pages at a zoom that may follow the window. One page is drawn at a time, off the window's thread."""

    page_changed = Signal(int)
    """The number of the page in view, from 1."""
    zoom_changed = Signal(float)
    """1.0 is the size on paper."""
    first_drawn = Signal()
    """The first page of another PDF is on screen."""
    draw_failed = Signal(int)
    """The number of a page that could not be drawn, from 1."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing: Drawing | None = None
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._before: dict[int, QImage] = {}
        self._asked: tuple[int, float] | None = None
        self._faulty: set[int] = set()
        self._awaited = False
        self._marks: Mapping[int, Sequence[Place]] = {}
        self._mark: Place | None = None
        self._notice = ""
        self._places: list[QRect] = []
        self._extent = QRect()
        self._wheel = ZoomWheel()
        self._page = 0
        self.fit = Fit.PAGE
        self.zoom = 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pages")
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self.viewport().update)

    # ---- what is shown

    def show_drawing(self, drawing: Drawing | None, *, keep_place: bool = False) -> None:
        """Show a PDF from its first page, or from the place in it where the one before was left."""
        place = self._place() if keep_place else (0, 0.0)
        # Until its pages are drawn, what stood there before is better than nothing.
        shown = ((page, self._image(page)) for page in self._in_view()) if keep_place else ()
        self._before = {page: image for page, image in shown if image is not None}
        self._drawing = drawing
        self._notice = ""
        self._images.clear()
        self._faulty.clear()
        self._asked = None
        self._awaited = drawing is not None
        self._page = -1
        self.show_marks({}, None)
        self._lay_out()
        self._go_to_place(*place)
        self._scrolled()

    def show_notice(self, sentence: str) -> None:
        """Say why there are no pages, in their place."""
        self._notice = sentence
        self.setAccessibleDescription(sentence)
        self.viewport().update()

    def _place(self) -> tuple[int, float]:
        """Return the page at the top of the view, and which part of it is above."""
        top = self.verticalScrollBar().value()
        seen = self._in_view()
        if top == 0 or not seen:
            return 0, 0.0
        place = self._places[seen[0]]
        return seen[0], (top - place.top()) / place.height()

    def _go_to_place(self, page: int, share: float) -> None:
        if not self._places or (page, share) == (0, 0.0):
            self.verticalScrollBar().setValue(0)
            return
        place = self._places[min(page, len(self._places) - 1)]
        self.verticalScrollBar().setValue(round(place.top() + share * place.height()))

    @property
    def page(self) -> int:
        """The number of the page in view, from 1; 0 where there is none."""
        return max(self._page, 0)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._drawing) if self._drawing else 0

    def go_to_page(self, number: int) -> None:
        """Bring a page to the top of the view."""
        if self._places:
            place = self._places[min(max(number, 1), self.count) - 1]
            self.verticalScrollBar().setValue(place.top() - min(MARGIN, place.top()) // 2)
            self._scrolled()

    def show_marks(self, marks: Mapping[int, Sequence[Place]], mark: Place | None) -> None:
        """Mark found words, page by page from 0; `mark` is the place that one stands on."""
        self._marks, self._mark = marks, mark
        self.viewport().update()

    def reveal(self, place: Place) -> None:
        """Bring found words into view, where they are not."""
        if place.page >= len(self._places) or not place.boxes:
            return
        paper = self._places[place.page]
        words = self._on_paper(place.boxes[0]).translated(paper.topLeft())
        for bar, start, end, view in (
            (self.verticalScrollBar(), words.top(), words.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), words.left(), words.right(), self.viewport().width()),
        ):
            if start < bar.value() + MARGIN or end > bar.value() + view - MARGIN:
                bar.setValue(round((start + end - view) / 2))
        self._scrolled()

    def _on_paper(self, box: Box) -> QRectF:
        scale = self._pixels_a_point()
        return QRectF(*(each * scale for each in box))

    def set_zoom(self, zoom: float, fit: Fit = Fit.NOTHING) -> None:
        """Show the pages at that zoom, or at the one that a fit asks for; the middle of the view stays in place."""
        self.fit = fit
        self.zoom = min(max(zoom, SMALLEST), LARGEST)
        bar = self.verticalScrollBar()
        middle = bar.value() + self.viewport().height() / 2
        share = middle / self._extent.height() if self._extent.height() else 0.0
        at_top = bar.value() == 0
        self._lay_out()
        bar.setValue(0 if at_top else round(share * self._extent.height() - self.viewport().height() / 2))
        self._scrolled()

    def zoom_by(self, steps: int) -> None:
        """Show the pages larger or smaller by that many steps."""
        self.set_zoom(self.zoom * STEP**steps)

    # ---- where each page is

    def _lay_out(self) -> None:
        """Say where each page is, and how far one can scroll."""
        self._places = []
        view = self.viewport().size()
        if self._drawing and self.count:
            self._follow_fit()
            scale = self._pixels_a_point()
            widest = max(width for width, _ in self._drawing.sizes) * scale
            across = max(view.width(), round(widest) + 2 * MARGIN)
            top = MARGIN
            for width, height in self._drawing.sizes:
                shown = QRect(round((across - width * scale) / 2), top, round(width * scale), round(height * scale))
                self._places.append(shown)
                top = shown.bottom() + 1 + GAP
            self._extent = QRect(0, 0, across, top - GAP + MARGIN)
        else:
            self._extent = QRect()
        for bar, extent, seen in (
            (self.horizontalScrollBar(), self._extent.width(), view.width()),
            (self.verticalScrollBar(), self._extent.height(), view.height()),
        ):
            bar.setRange(0, max(0, extent - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
        self.zoom_changed.emit(self.zoom)
        self.viewport().update()
        self._next.start()

    def _follow_fit(self) -> None:
        if not self._drawing or self.fit is Fit.NOTHING:
            return
        width, height = (max(each) for each in zip(*self._drawing.sizes, strict=True))
        view = self.viewport().size()
        zoom = (view.width() - 2 * MARGIN) / (width * self._pixels_a_point(1.0))
        if self.fit is Fit.PAGE:
            zoom = min(zoom, (view.height() - 2 * MARGIN) / (height * self._pixels_a_point(1.0)))
        self.zoom = min(max(zoom, SMALLEST), LARGEST)

    def _pixels_a_point(self, zoom: float | None = None) -> float:
        return (self.zoom if zoom is None else zoom) * self.logicalDpiY() / 72

    def _in_view(self) -> list[int]:
        """Return the pages in view, the nearest to its top first."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        seen = []
        for at in range(bisect_left(self._places, top, key=QRect.bottom), len(self._places)):
            if self._places[at].top() > bottom:
                break
            seen.append(at)
        return seen

    def _scrolled(self) -> None:
        """Say which page is in view: the one that holds the line a third below the top."""
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = min(bisect_left(self._places, line - GAP, key=QRect.bottom) + 1, self.count)
        if page != self._page:
            self._page = page
            self.setAccessibleDescription(f"Page {page} of {self.count}" if page else "No page yet")
            self.page_changed.emit(page)
        self._next.start()

    # ---- drawing

    def _scale(self) -> float:
        return round(self._pixels_a_point() * self.devicePixelRatioF(), 4)

    def _draw_next(self) -> None:
        """Have one page drawn that is in view, or comes into it next, and is not drawn yet."""
        drawing = self._drawing
        if drawing is None or self._asked is not None or not self.isVisible():
            return
        scale = self._scale()
        seen = self._in_view()
        ahead = [seen[-1] + 1] if seen and seen[-1] + 1 < self.count else []
        wanted = (page for page in seen + ahead if (page, scale) not in self._images and page not in self._faulty)
        page = next(wanted, None)
        if page is not None:
            self._asked = asked = (page, scale)
            drawing.draw(
                page,
                scale,
                lambda image: self._drawn(drawing, asked, image),
                lambda _: self._not_drawn(drawing, asked[0]),
            )

    def _drawn(self, drawing: Drawing, asked: tuple[int, float], image: QImage) -> None:
        if drawing is not self._drawing:
            return
        self._asked = None
        self._images[asked] = image
        self._before.pop(asked[0], None)
        self._forget(set(self._in_view()))
        self.viewport().update()
        if self._awaited:
            self._awaited = False
            # On screen at once: this is what one waits for.
            self.viewport().repaint()
            self.first_drawn.emit()
        self._next.start()

    def _not_drawn(self, drawing: Drawing, page: int) -> None:
        if drawing is self._drawing:
            self._asked = None
            self._faulty.add(page)
            self.draw_failed.emit(page + 1)
            self._next.start()

    def _forget(self, seen: set[int]) -> None:
        """Let go of images that were not looked at for long, once there are too many."""
        held = sum(image.sizeInBytes() for image in self._images.values())
        for key in list(self._images):
            if held <= _KEPT_BYTES:
                return
            if key[0] not in seen:
                held -= self._images.pop(key).sizeInBytes()

    def is_drawn(self, number: int) -> bool:
        """Whether a page, counted from 1, is drawn sharp at this zoom."""
        return (number - 1, self._scale()) in self._images

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("panel"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._notice:
            paint_notice(painter, self.viewport().rect(), self._notice, self._theme)
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for page in self._in_view():
            place = self._places[page].translated(-left, -top)
            paint_shadow(painter, place, self._theme)
            # Paper is white, whatever the theme.
            painter.fillRect(place, Qt.GlobalColor.white)
            self._paint_page(painter, page, place)
            for found in self._marks.get(page, ()):
                boxes = [self._on_paper(box).translated(place.topLeft()) for box in found.boxes]
                paint_mark(painter, boxes, place, stands_on=found == self._mark)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int, paper: QRect) -> None:
        image = self._image(page)
        if image is None:
            return
        if self.is_drawn(page + 1):
            self._images.move_to_end((page, self._scale()))
            image.setDevicePixelRatio(self.devicePixelRatioF())
            size = image.deviceIndependentSize() - QSizeF(paper.size())
            if max(abs(size.width()), abs(size.height())) <= 1:
                # Pixel for pixel: fitted into the last fraction of one it would be blurred.
                painter.drawImage(paper.topLeft(), image)
                return
        painter.drawImage(paper, image)

    def _image(self, page: int) -> QImage | None:
        """Return a page; for a moment as it was drawn for another zoom, or as it was before: better than nothing."""
        sharp = self._images.get((page, self._scale()))
        older = (image for (number, _), image in reversed(self._images.items()) if number == page)
        return sharp or next(older, self._before.get(page))

    # ---- mouse and keyboard

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_zoom(self.zoom, self.fit)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._next.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = self._wheel.steps(event)
        if steps is None:
            super().wheelEvent(event)
        elif steps:
            self.zoom_by(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        key = event.key()
        if key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Backspace):
            back = key == Qt.Key.Key_Backspace or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
        else:
            super().keyPressEvent(event)
