"""Puts the pages of a PDF on paper, one strip a turn of the event loop, so that it can be watched and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from briefing.printing.pages import rows_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from briefing.app.print_preview.drawing import Drawing

FINE, COARSE = 600, 300
"""Dots an inch: what a printer that can has, and what any other gets."""

_STRIP_PIXELS = 500_000


def printer_for(drawing: Drawing, title: str) -> QPrinter:
    """Return the system's printer, set to the paper of the PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("Briefing")
    printer.setFullPage(True)
    printer.setPageSize(_paper(*drawing.sizes[0]))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setFromTo(1, len(drawing))
    return printer


def _paper(width: float, height: float) -> QPageSize:
    # Always upright: which way round a page is printed, its orientation says.
    size = QSizeF(min(width, height), max(width, height))
    return QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def pages_to_print(printer: QPrinter, count: int) -> list[int]:
    """Return the pages that were asked for, counted from 0, in the order that they are printed in."""
    first, last = 1, count
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage(), printer.toPage() or count
    numbers = list(range(max(first, 1) - 1, min(last, count)))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    if not printer.supportsMultipleCopies() and printer.copyCount() > 1:
        copies = printer.copyCount()
        if printer.collateCopies():
            return numbers * copies
        return [number for number in numbers for _ in range(copies)]
    return numbers


class PaperJob(QObject):
    """Prints a PDF; `ended` comes once, with a sentence where something went wrong.

    A page at a printer's resolution takes a second to draw and to send: in strips, nobody waits for a whole one.
    """

    progress_changed = Signal(int, int)
    """Pages sent, and pages in all."""
    ended = Signal(str)
    """Nothing when all went well, else what did not."""

    def __init__(self, drawing: Drawing, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._printer = printer
        self._pages = pages_to_print(printer, len(drawing))
        self._done = 0
        self._rows = 0
        self._running = False
        self._painter = QPainter()
        self._scale = (FINE if printer.resolution() >= FINE else COARSE) / 72
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)

    def start(self) -> None:
        """Begin to print."""
        self._running = True
        self._turn.start()

    def cancel(self) -> None:
        """Stop after the strip that is being sent; what was sent may still come out of the printer."""
        if self._running:
            self._printer.abort()
            self._end("Printing was stopped.")

    def _next(self) -> None:
        """Have the next strip drawn, on a new sheet where it is the first."""
        if self._done == len(self._pages):
            self._end("")
            return
        number = self._pages[self._done]
        width, height = self._drawing.sizes[number]
        if not self._rows and not self._new_sheet(turned=width > height):
            self._end("The printer does not take the page: is it on, and is there paper?")
            return
        total = rows_of(height, self._scale)
        begin, end = self._rows, min(self._rows + max(1, round(_STRIP_PIXELS / (width * self._scale))), total)
        self._drawing.draw(
            number,
            self._scale,
            lambda image: self._strip_drawn(image, begin, end, total),
            lambda error: self._not_drawn(number, error),
            # One row more: no hairline of white is to show between two strips.
            rows=(begin, min(end + 1, total)),
        )

    def _new_sheet(self, *, turned: bool) -> bool:
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
        )
        return self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)

    def _strip_drawn(self, image: QImage, begin: int, end: int, total: int) -> None:
        if not self._running:
            return
        sheet = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        top, bottom = (round(sheet.height() * row / total) for row in (begin, begin + image.height()))
        self._painter.drawImage(QRect(0, top, sheet.width(), bottom - top), image)
        self._rows = end
        if end == total:
            self._rows = 0
            self._done += 1
            self.progress_changed.emit(self._done, len(self._pages))
        if self._running:
            self._turn.start()

    def _not_drawn(self, number: int, error: Exception) -> None:
        if self._running:
            self._printer.abort()
            self._end(f"Page {number + 1} could not be drawn: {error}")

    def _end(self, sentence: str) -> None:
        self._turn.stop()
        self._running = False
        ended_well = self._painter.end() if self._painter.isActive() else True
        if not sentence and not ended_well:
            sentence = "The printer gave up before the last page."
        self.ended.emit(sentence)
