from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import pikepdf
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.app.print_preview import pages_view
from briefing.app.print_preview.drawing import Drawing, open_drawing
from briefing.app.print_preview.pages_view import LARGEST, SMALLEST, Fit, PagesView
from briefing.app.print_preview.paper import PaperJob, pages_to_print, printer_for
from briefing.errors import PrintError
from tests.app.fake_typesetter import blank_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.theme import Theme

A4 = (595.0, 842.0)
WIDE = (842.0, 595.0)


class CountingDrawing(Drawing):
    """Remembers which pages were drawn."""

    drawn: list[int]

    def draw(self, page: int, *arguments: Any, **options: Any) -> None:
        self.drawn.append(page)
        super().draw(page, *arguments, **options)


@pytest.fixture
def opened(qtbot: QtBot, jobs: Jobs) -> Callable[[bytes], CountingDrawing]:
    """Open a PDF as the preview does, and count what is drawn of it."""

    def opened(pdf: bytes) -> CountingDrawing:
        made: list[Drawing] = []
        open_drawing(jobs, pdf, made.append, lambda error: pytest.fail(str(error)))
        qtbot.waitUntil(lambda: bool(made))
        made[0].__class__ = CountingDrawing
        drawing = cast("CountingDrawing", made[0])
        drawing.drawn = []
        return drawing

    return opened


Opened = Callable[[bytes], CountingDrawing]


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PagesView:
    made = PagesView(theme)
    made.resize(700, 500)
    qtbot.addWidget(made)
    made.show()
    return made


def test_only_the_pages_near_the_view_are_drawn(opened: Opened, qtbot: QtBot, view: PagesView) -> None:
    drawing = opened(blank_pdf(*[A4] * 40))
    view.show_drawing(drawing)
    qtbot.waitUntil(lambda: view.is_drawn(2))
    assert max(drawing.drawn) <= 2
    view.go_to_page(20)
    assert view.page == 20
    qtbot.waitUntil(lambda: view.is_drawn(20))
    assert max(drawing.drawn) <= 21
    assert 10 not in drawing.drawn


def test_a_page_is_drawn_at_the_resolution_of_the_screen(opened: Opened, qtbot: QtBot, view: PagesView) -> None:
    drawing = opened(blank_pdf(A4))
    view.show_drawing(drawing)
    qtbot.waitUntil(lambda: view.is_drawn(1))
    image = next(iter(view._images.values()))
    shown = view._places[0].size() * view.devicePixelRatioF()
    assert abs(image.width() - shown.width()) <= 2


def test_pages_are_white_on_a_neutral_ground_in_every_theme(
    opened: Opened, qtbot: QtBot, view: PagesView, theme: Theme
) -> None:
    view.show_drawing(opened(blank_pdf(A4)))
    for scheme, contrast in (("dark", "system"), ("light", "high"), ("light", "system")):
        theme.choose(scheme, contrast)
        image = view.grab().toImage()
        ratio = image.devicePixelRatio()
        assert image.pixelColor(view._places[0].center() * ratio) == Qt.GlobalColor.white
        assert image.pixelColor(QPoint(2, 2) * ratio) == theme.colour("panel")


def test_a_fit_follows_the_window(opened: Opened, qtbot: QtBot, view: PagesView) -> None:
    view.show_drawing(opened(blank_pdf(A4, WIDE)))
    view.set_zoom(1.0, Fit.WIDTH)
    wide = view.zoom
    assert view._places[1].width() == pytest.approx(view.viewport().width() - 2 * pages_view.MARGIN, abs=2)
    view.resize(1400, 500)
    assert view.zoom > 1.5 * wide
    view.set_zoom(1.0, Fit.PAGE)
    assert view._places[0].height() <= view.viewport().height()
    assert view.horizontalScrollBar().maximum() == 0


def test_zoom_stays_within_bounds_and_keeps_the_middle(opened: Opened, view: PagesView) -> None:
    view.show_drawing(opened(blank_pdf(*[A4] * 10)))
    view.set_zoom(1.0)
    view.go_to_page(5)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 100)
    view.zoom_by(2)
    assert view.page == 5
    view.set_zoom(100)
    assert view.zoom == LARGEST
    view.set_zoom(0)
    assert view.zoom == SMALLEST


def test_keys_scroll(opened: Opened, qtbot: QtBot, view: PagesView) -> None:
    view.show_drawing(opened(blank_pdf(*[A4] * 4)))
    view.set_zoom(1.0)
    bar = view.verticalScrollBar()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert (bar.value(), view.page) == (bar.maximum(), 4)
    QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == bar.maximum() - bar.pageStep()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert bar.value() == bar.maximum()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() > 0


def test_the_wheel_zooms_with_ctrl(opened: Opened, view: PagesView) -> None:
    view.show_drawing(opened(blank_pdf(*[A4] * 4)))
    view.set_zoom(1.0)

    def turn(angle: int, keys: Qt.KeyboardModifier) -> None:
        at = QPointF(100, 100)
        QApplication.sendEvent(
            view.viewport(),
            QWheelEvent(
                at, at, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False
            ),
        )

    turn(60, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 1.0
    turn(60, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.2)
    turn(-120, Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0


def test_a_screen_reader_hears_the_page(opened: Opened, qtbot: QtBot, view: PagesView) -> None:
    view.show_drawing(opened(blank_pdf(A4, A4)))
    view.set_zoom(1.0)
    with qtbot.waitSignal(view.page_changed):
        view.go_to_page(2)
    assert view.accessibleDescription() == "Page 2 of 2"
    view.show_drawing(None)
    assert (view.page, view.count) == (0, 0)
    assert view.accessibleDescription() == "No page yet"
    view.go_to_page(3)


def test_images_that_were_not_looked_at_for_long_are_let_go(
    opened: Opened, qtbot: QtBot, view: PagesView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_view, "_KEPT_BYTES", 5_000_000)
    view.show_drawing(opened(blank_pdf(*[A4] * 12)))
    view.set_zoom(1.0)
    for page in range(1, 13):
        view.go_to_page(page)
        qtbot.waitUntil(lambda page=page: view.is_drawn(page))  # type: ignore[misc]
        view.grab()
    assert sum(image.sizeInBytes() for image in view._images.values()) < 20_000_000
    assert view.is_drawn(12)


def test_an_older_image_stands_in_while_the_new_one_is_drawn(opened: Opened, qtbot: QtBot, view: PagesView) -> None:
    view.show_drawing(opened(blank_pdf(A4)))
    qtbot.waitUntil(lambda: view.is_drawn(1))
    view.set_zoom(2.0)
    assert not view.is_drawn(1)
    assert view._image(0) is not None
    view.grab()


# ---- paper


def printer_to(path: Path, drawing: Drawing) -> QPrinter:
    printer = printer_for(drawing, "Title")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(300)
    return printer


def test_wide_pages_are_printed_the_wide_way(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    drawing = opened(blank_pdf(A4, WIDE, A4))
    job = PaperJob(drawing, printer_to(tmp_path / "out.pdf", drawing))
    progress: list[tuple[int, int]] = []
    job.progress_changed.connect(lambda done, total: progress.append((done, total)))
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert ended.args == [""]
    assert progress == [(1, 3), (2, 3), (3, 3)]
    sizes = [tuple(round(float(x)) for x in page.mediabox[2:]) for page in pikepdf.open(tmp_path / "out.pdf").pages]
    assert sizes == [(595, 842), (842, 595), (595, 842)]


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")
def test_a_printer_that_takes_nothing_is_named_as_the_reason(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    drawing = opened(blank_pdf(A4))
    job = PaperJob(drawing, printer_to(tmp_path / "no" / "such" / "folder.pdf", drawing))
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert "printer" in ended.args[0]
    job.cancel()


def test_a_page_that_cannot_be_drawn_stops_the_printing(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = opened(blank_pdf(A4))

    def fail(page: int, scale: float, rows: object) -> QImage:
        raise PrintError("This is not a PDF that can be read")

    monkeypatch.setattr(drawing, "_drawn", fail)
    job = PaperJob(drawing, printer_to(tmp_path / "out.pdf", drawing))
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert ended.args == ["Page 1 could not be drawn: This is not a PDF that can be read."]


def test_the_pages_that_were_asked_for_are_printed_in_the_order_asked_for(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = opened(blank_pdf(*[A4] * 5))
    printer = printer_to(tmp_path / "out.pdf", drawing)
    assert pages_to_print(printer, 5) == [0, 1, 2, 3, 4]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert pages_to_print(printer, 5) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_to_print(printer, 5) == [2, 1]
    printer.setPageOrder(QPrinter.PageOrder.FirstPageFirst)
    printer.setCopyCount(2)
    monkeypatch.setattr(printer, "supportsMultipleCopies", lambda: False)
    printer.setCollateCopies(True)
    assert pages_to_print(printer, 5) == [1, 2, 1, 2]
    printer.setCollateCopies(False)
    assert pages_to_print(printer, 5) == [1, 1, 2, 2]
    printer.setFromTo(4, 99)
    assert pages_to_print(printer, 5) == [3, 3, 4, 4]


def test_a_printer_is_set_to_the_paper_of_the_pdf(opened: Opened, qtbot: QtBot) -> None:
    letter = printer_for(opened(blank_pdf((792.0, 612.0))), "Title")
    assert letter.pageLayout().pageSize().name().startswith("Letter")
    assert letter.docName() == "Title"
    assert letter.fullPage()
    assert QSize(letter.fromPage(), letter.toPage()) == QSize(1, 1)
