"""A typesetter whose pages are blank, PDFs to be looked at, and what tests of the print preview do again and again."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import pikepdf

from briefing.app.session import Address
from briefing.errors import PrintCancelledError
from briefing.printing.typeset import Printed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton
    from pytestqt.qtbot import QtBot

    from briefing.app.print_preview.preview import PrintPreview
    from briefing.document.blocks import Document
    from briefing.printing.order import Paper
    from briefing.records.house import House

TRILATERAL = Address("record", "trilateral")
SIZES = {"a4": (595.0, 842.0), "letter": (612.0, 792.0)}


def blank_pdf(*sizes: tuple[float, float]) -> bytes:
    pdf = pikepdf.new()
    for size in sizes:
        pdf.add_blank_page(page_size=size)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def text_pdf(*texts: str) -> bytes:
    """Make a PDF with a page for each text, one line of type for each of its lines."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for text in texts:
        page = pdf.add_blank_page(page_size=SIZES["a4"])
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        stream = f"BT /F 12 Tf 16 TL 72 700 Td {lines} ET".encode("cp1252")
        page.obj.Contents = pdf.make_stream(stream)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


class FakeTypesetter:
    """Sets any document as three blank pages, or as `pdf`; with `waits` it does so only when it is let."""

    def __init__(self) -> None:
        self.waits = False
        self.pdf = b""
        self.error: Exception | None = None
        self.asked: list[tuple[str, str]] = []
        self.houses: list[str] = []
        self.cancelled = 0
        self.closed = 0
        self.warmed = 0
        self.readied = 0
        self.notes: tuple[str, ...] = ()
        self.began = threading.Event()
        self.go_on = threading.Event()
        self._stopped = False

    def warm(self) -> None:
        self.warmed += 1

    def get_ready(self) -> None:
        self.readied += 1

    def printed(
        self, document: Document, *, paper: Paper = "a4", template: str = "record", house: House | None = None
    ) -> Printed:
        self.asked.append((document.title, paper))
        self.houses.append(house.name if house else "")
        self.began.set()
        if self.waits:
            assert self.go_on.wait(10)
            if self._stopped:
                self._stopped = False
                self.go_on.clear()
                raise PrintCancelledError("The print was stopped")
        if self.error is not None:
            raise self.error
        return Printed(self.pdf or blank_pdf(*[SIZES[paper]] * 3), archival=not self.notes, notes=self.notes)

    def cancel(self) -> None:
        self.cancelled += 1
        self._stopped = True
        self.go_on.set()

    def close(self) -> None:
        self.closed += 1


def open_it(qtbot: QtBot, preview: PrintPreview) -> None:
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.open_for(TRILATERAL)


def change(qtbot: QtBot, preview: PrintPreview, button: QAbstractButton) -> None:
    """Click an option, and wait for the pages that it makes."""
    with qtbot.waitSignal(preview.pages.first_drawn):
        button.click()


def said(preview: PrintPreview) -> str:
    return preview.status.sentence.text()
