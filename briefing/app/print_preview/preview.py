"""The print preview: the pages as they will be, with what can be chosen for them, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from briefing.app.find_bar import FindBar
from briefing.app.print_preview import drawing as drawings
from briefing.app.print_preview.composing import Composing, Setter, new_typesetter
from briefing.app.print_preview.finding import Finding
from briefing.app.print_preview.house_option import HouseOption
from briefing.app.print_preview.marking_option import MarkingOption
from briefing.app.print_preview.options import OptionsPanel
from briefing.app.print_preview.pages_view import Fit, PagesView
from briefing.app.print_preview.paper import PaperJob, printer_for
from briefing.app.print_preview.sharing import Sharing
from briefing.app.print_preview.status_bar import StatusBar
from briefing.app.print_preview.thumbnails import Thumbnails
from briefing.app.print_preview.tools import PreviewTools
from briefing.app.wording import count, one_line
from briefing.document.templates import suiting
from briefing.errors import BriefingError
from briefing.printing.order import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent
    from PySide6.QtPrintSupport import QPrinter

    from briefing.app.jobs import Jobs
    from briefing.app.print_preview.drawing import Drawing
    from briefing.app.session import Address, Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.document.blocks import Document
    from briefing.document.templates import Template
    from briefing.printing.typeset import Printed

SIZE = (1160, 860)


class PrintPreview(QDialog):
    """Shows the PDF of an order. Escape stops what runs, and closes the preview when nothing does."""

    status_changed = Signal(str)
    """A sentence for the window's status line."""
    settings_changed = Signal()
    """The user chose something that is to be remembered; it is in the settings."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        typesetter: Callable[[], Setter] = new_typesetter,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("print-preview")
        self._session = session
        self._jobs = jobs
        self._settings = settings
        self._order: Order | None = None
        self._name = self._title = ""
        self._drawing: Drawing | None = None
        self._printing: PaperJob | None = None
        self.composing = Composing(session, jobs, self, typesetter)
        self.sharing = Sharing(jobs, self)
        self.finding = Finding(self)
        self.tools = PreviewTools(theme)
        self.thumbnails = Thumbnails(theme)
        self.pages = PagesView(theme)
        self.find_bar = FindBar(theme, where="these pages")
        self.house = HouseOption(theme, settings.print_house)
        self.marking = MarkingOption(theme)
        self.options = OptionsPanel(theme, settings.paper, self.marking, self.house)
        self.status = StatusBar(theme)
        self._place()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(*SIZE)
        self._connect()
        self._connect_options()

    def _place(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.find_bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.thumbnails)
        row.addLayout(middle, 1)
        row.addWidget(self.options)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.find_bar.hide()
        self._panes: tuple[QWidget, ...] = (self.thumbnails, self.pages, self.options)

    def _connect(self) -> None:
        tools, pages, sharing, finding = self.tools, self.pages, self.sharing, self.finding
        self.composing.composed.connect(self._show_composed)
        self.composing.refused.connect(lambda error: self.marking.show_refused(error.what, error.parts))
        self.composing.made.connect(self._open_pdf)
        self.composing.failed.connect(self._say_failure)
        tools.page_requested.connect(pages.go_to_page)
        tools.zoom_requested.connect(pages.zoom_by)
        tools.fit_requested.connect(lambda fit: pages.set_zoom(pages.zoom if fit is Fit.NOTHING else 1.0, fit))
        tools.whole_size_requested.connect(lambda: pages.set_zoom(1.0))
        tools.save_requested.connect(sharing.save)
        tools.copy_requested.connect(lambda: sharing.copy(pages.page))
        tools.drag_requested.connect(lambda: sharing.drag(self.thumbnails.image(pages.page)))
        tools.open_requested.connect(sharing.open_outside)
        tools.print_requested.connect(self.print_on_paper)
        tools.find_requested.connect(self._open_find)
        pages.page_changed.connect(self._show_page)
        pages.zoom_changed.connect(lambda zoom: tools.show_zoom(zoom, pages.fit))
        pages.draw_failed.connect(lambda page: self.status.fail(f"Page {page:,} cannot be drawn."))
        self.thumbnails.page_requested.connect(pages.go_to_page)
        sharing.working.connect(lambda sentence: self.status.work(sentence, can_cancel=False))
        sharing.done.connect(self._say_done)
        sharing.failed.connect(self.status.fail)
        self.find_bar.words_changed.connect(lambda words: finding.find(words, pages.page))
        self.find_bar.step_requested.connect(finding.step)
        self.find_bar.close_requested.connect(self._close_find)
        finding.found_changed.connect(self._show_found)
        finding.stands_changed.connect(pages.reveal)
        self.status.cancel_requested.connect(self.cancel)
        for key, act in (
            ("F3", lambda: self._step(True)),
            ("Shift+F3", lambda: self._step(False)),
            ("F6", lambda: self._next_pane(1)),
            ("Shift+F6", lambda: self._next_pane(-1)),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _connect_options(self) -> None:
        tools, settings = self.tools, self._settings
        self.options.changed.connect(self._changed)
        self.house.path_changed.connect(lambda path: self._remember("print_house", path))
        for button, side, name in (
            (tools.thumbnails, self.thumbnails, "print_thumbnails_shown"),
            (tools.options, self.options, "print_options_shown"),
        ):
            shown = bool(getattr(settings, name))
            button.setChecked(shown)
            side.setVisible(shown)
            button.toggled.connect(side.setVisible)
            button.toggled.connect(lambda on, name=name: self._remember(name, on))

    def _remember(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self.settings_changed.emit()

    # ---- making it

    def get_ready(self) -> None:
        """Have all ready that the first page would have to wait for."""
        self.composing.get_ready()
        drawings.get_ready(self._jobs)

    def open_for(self, address: Address) -> None:
        """Show the preview of a record."""
        library = self._session.library
        record = library.record(address.key) if library is not None and address.kind == "record" else None
        if record is None:
            self.open_order(Order(()), address.key, ())
        else:
            self.open_order(Order((record.id,)), record.id, suiting(record))

    def open_order(self, order: Order, name: str, templates: Sequence[Template]) -> None:
        """Show the preview of an order; `name` is that of its file, `templates` are those to choose from."""
        self._order, self._name, self._title = order, name, ""
        self._show_drawing(None)
        self.setWindowTitle("Print preview")
        self.marking.reset()
        if templates:
            self.options.offer(templates)
        drawings.get_ready(self._jobs)
        self.show()
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        if order.ids:
            self._begin()
        else:
            self._say_failure("Only a record can be printed, and this one is not in the library any more.")

    def _begin(self) -> None:
        if self._order is None or self._session.library is None or not self.isVisible():
            return
        several = f" of {count(len(self._order.ids), 'record')}" if len(self._order.ids) > 1 else ""
        self.status.work(f"Setting the pages{several}…")
        self.tools.set_ready(False)
        self.composing.begin(self.options.order(self._order), self.house.path)

    def _changed(self) -> None:
        """Make it anew, as it is wanted now."""
        if self._settings.paper != self.options.paper.paper:
            self._remember("paper", self.options.paper.paper)
        self.options.show_pages(0)
        self._begin()

    def _show_composed(self, document: Document) -> None:
        self._title = document.title
        self.marking.show_composed(document.marking, document.left_out)
        self.setWindowTitle(f"{one_line(document.title)} – print preview")

    def _open_pdf(self, printed: Printed) -> None:
        order = self._order

        def opened(drawing: Drawing) -> None:
            # Meanwhile something else may be wanted.
            if order is self._order and self.isVisible() and not self.composing.busy:
                self._show_pdf(printed, drawing)
            else:
                drawing.close()

        drawings.open_drawing(self._jobs, printed.pdf, opened, lambda error: self._say_failure(_said(error)))

    def _show_pdf(self, printed: Printed, drawing: Drawing) -> None:
        kind = "PDF/A-3a and PDF/UA-1" if printed.archival else "PDF"
        about = f"{count(len(drawing), 'page')} · {_size(len(printed.pdf))} · {kind}"
        self.status.rest(" · ".join([about, *printed.notes]))
        self._show_drawing(drawing, keep_place=self._drawing is not None)
        self.options.show_pages(len(drawing), printed.report)

    def _show_drawing(self, drawing: Drawing | None, *, keep_place: bool = False) -> None:
        before, self._drawing = self._drawing, drawing
        self.pages.show_drawing(drawing, keep_place=keep_place)
        self.thumbnails.show_drawing(drawing)
        self.sharing.use(drawing, self._name)
        self.finding.use(drawing, self.pages.page)
        self.options.show_pages(len(drawing) if drawing else 0)
        self.tools.set_ready(drawing is not None)
        self._show_page(self.pages.page)
        if before is not None:
            before.close()

    def _show_page(self, page: int) -> None:
        self.tools.show_page(page, self.pages.count)
        self.thumbnails.show_page(page)

    def _say_failure(self, sentence: str) -> None:
        """Say why there are no pages; earlier ones would be others than those that are asked for."""
        self._show_drawing(None)
        self.pages.show_notice(sentence)
        self.status.fail(sentence)

    def _say_done(self, sentence: str) -> None:
        self.status.rest(sentence)
        self.status_changed.emit(sentence)

    # ---- finding

    def _open_find(self) -> None:
        self.find_bar.open()
        self.finding.find(self.find_bar.field.text(), self.pages.page)

    def _close_find(self) -> None:
        self.find_bar.hide()
        self.finding.find("", 1)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, forward: bool) -> None:
        if self.find_bar.isHidden():
            self._open_find()
        else:
            self.finding.step(forward)

    def _show_found(self) -> None:
        finding = self.finding
        self.pages.show_marks(finding.pages, finding.current)
        self.find_bar.show_count(finding.number, finding.total, still=finding.running)

    # ---- on paper

    def print_on_paper(self) -> None:
        """Ask for a printer, and print."""
        if self._drawing is None or self._printing is not None:
            return
        printer = printer_for(self._drawing, self._title)
        if self.ask_printer(printer):
            self.print_with(printer)

    def ask_printer(self, printer: QPrinter) -> bool:
        """Ask which printer to use, and how."""
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages.count)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, False)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return bool(accepted)

    def print_with(self, printer: QPrinter) -> None:
        """Print the pages that the printer is set to."""
        if self._drawing is None:
            return
        self._printing = PaperJob(self._drawing, printer, self)
        self._printing.progress_changed.connect(
            lambda done, total: self.status.work(f"Printing page {done:,} of {total:,}…", done, total)
        )
        self._printing.ended.connect(self._printed)
        self.tools.set_ready(False)
        self.options.setEnabled(False)
        self.status.work("Printing…")
        self._printing.start()

    def _printed(self, sentence: str) -> None:
        if self._printing is not None:
            self._printing.deleteLater()
            self._printing = None
        self.tools.set_ready(self._drawing is not None)
        self.options.setEnabled(True)
        if sentence:
            self.status.fail(sentence)
        else:
            self.status.rest("Sent to the printer")
            self.status_changed.emit(f"{self._title}: sent to the printer")

    # ---- keys, and stopping it

    def cancel(self) -> bool:
        """Stop what runs; False where nothing does."""
        if self._printing is not None:
            self._printing.cancel()
        elif self.composing.busy:
            self.composing.cancel()
            self._say_failure("Setting the pages was stopped.")
        else:
            return False
        return True

    def _next_pane(self, step: int) -> None:
        panes = [pane for pane in self._panes if pane.isVisible()]
        focused = self.focusWidget()
        at = next((i for i, pane in enumerate(panes) if focused and (focused is pane or pane.isAncestorOf(focused))), 0)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter in the field of the page's number is meant for the field, and for no button.
            event.accept()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        if self.cancel():
            return
        if self.find_bar.isHidden():
            super().reject()
        else:
            self._close_find()

    def done(self, result: int) -> None:
        self._let_go()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        """Stop everything, and give back the memory that pages hold; the child process stays for a while."""
        if self._printing is not None:
            self._printing.cancel()
        self.composing.cancel()
        self._close_find()
        self._show_drawing(None)


def _said(error: Exception) -> str:
    return f"{error.what}." if isinstance(error, BriefingError) else f"The pages cannot be shown: {error}"


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, number // 1000):,} KB"
