"""Puts the pages of a PDF on paper, one a turn of the event loop, so that it can be watched and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.app.print_preview.drawing import Drawing

FINE, COARSE = 600, 300
"""Dots an inch: what a printer that can has, and what any other gets."""


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
    """Prints a PDF; `ended` comes once, with a sentence where something went wrong."""

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
        self._running = False
        self._painter = QPainter()
        self._scale = (FINE if printer.resolution() >= FINE else COARSE) / 72
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)

    def start(self) -> None:
        """Begin to print."""
        self._running = True
        self._turn.start()

    def cancel(self) -> None:
        """Stop after the page that is being sent; what was sent may still come out of the printer."""
        if self._running:
            self._printer.abort()
            self._end("Printing was stopped.")

    def _next(self) -> None:
        if self._done == len(self._pages):
            self._end("")
            return
        number = self._pages[self._done]
        width, height = self._drawing.sizes[number]
        turned = width > height
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
        )
        began = self._painter.isActive()
        if not (self._printer.newPage() if began else self._painter.begin(self._printer)):
            self._end("The printer does not take the page: is it on, and is there paper?")
            return
        try:
            image = self._drawing.page(number, self._scale)
        except (BriefingError, MemoryError) as error:
            self._printer.abort()
            self._end(f"Page {number + 1} could not be drawn: {error}")
            return
        sheet = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), image)
        self._done += 1
        self.progress_changed.emit(self._done, len(self._pages))

    def _end(self, sentence: str) -> None:
        self._turn.stop()
        self._running = False
        ended_well = self._painter.end() if self._painter.isActive() else True
        if not sentence and not ended_well:
            sentence = "The printer gave up before the last page."
        self.ended.emit(sentence)
