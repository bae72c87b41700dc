"""The pages of a PDF, one below the other, drawn when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from briefing.app.wheel import ZoomWheel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from briefing.app.print_preview.drawing import Drawing
    from briefing.app.theme import Theme

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
    """Shows pages at a zoom that may follow the window. One page is drawn a turn of the event loop."""

    page_changed = Signal(int)
    """The number of the page in view, from 1."""
    zoom_changed = Signal(float)
    """1.0 is the size on paper."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing: Drawing | None = None
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
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
        """Show a PDF from its first page, or from the place where the one before was left."""
        place = self.verticalScrollBar().value()
        self._drawing = drawing
        self._images.clear()
        self._page = -1
        self._lay_out()
        self.verticalScrollBar().setValue(place if keep_place else 0)
        self._scrolled()

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
        return [at for at, place in enumerate(self._places) if place.bottom() >= top and place.top() <= bottom]

    def _scrolled(self) -> None:
        """Say which page is in view: the one that holds the line a third below the top."""
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = next((at for at, place in enumerate(self._places, 1) if place.bottom() + GAP >= line), self.count)
        if page != self._page:
            self._page = page
            self.setAccessibleDescription(f"Page {page} of {self.count}" if page else "No page yet")
            self.page_changed.emit(page)
        self._next.start()

    # ---- drawing

    def _scale(self) -> float:
        return round(self._pixels_a_point() * self.devicePixelRatioF(), 4)

    def _draw_next(self) -> None:
        """Draw one page that is in view, or comes into it next, and is not drawn yet."""
        if self._drawing is None or not self.isVisible():
            return
        scale = self._scale()
        seen = self._in_view()
        ahead = [seen[-1] + 1] if seen and seen[-1] + 1 < self.count else []
        for page in seen + ahead:
            if (page, scale) not in self._images:
                self._images[page, scale] = self._drawing.page(page, scale)
                self._forget(set(seen))
                self.viewport().update()
                self._next.start()
                return

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
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        scale = self._scale()
        for page in self._in_view():
            place = self._places[page].translated(-left, -top)
            self._paint_shadow(painter, place)
            # Paper is white, whatever the theme.
            painter.fillRect(place, Qt.GlobalColor.white)
            image = self._images.get((page, scale)) or self._older(page)
            if image is not None:
                painter.drawImage(place, image)
            if (page, scale) in self._images:
                self._images.move_to_end((page, scale))
        painter.end()

    def _older(self, page: int) -> QImage | None:
        """Return the page as it was drawn for another zoom: better than nothing for a moment."""
        return next((image for (number, _), image in reversed(self._images.items()) if number == page), None)

    def _paint_shadow(self, painter: QPainter, place: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(6, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5 if not self._theme.palette.dark else 14))
            painter.drawRoundedRect(QRectF(place).adjusted(-spread, 1 - spread, spread, spread + 2), spread, spread)
        if self._theme.palette.high_contrast:
            painter.setPen(self._theme.colour("line"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

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
