"""The print preview: the pages as they will be, to be saved as a PDF or put on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from briefing.app.print_preview.composing import Composing, Setter, new_typesetter
from briefing.app.print_preview.drawing import Drawing
from briefing.app.print_preview.pages_view import Fit, PagesView
from briefing.app.print_preview.paper import PaperJob, printer_for
from briefing.app.print_preview.saving import save_pdf
from briefing.app.print_preview.tools import PreviewTools, StatusBar
from briefing.app.wording import count, one_line
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent
    from PySide6.QtPrintSupport import QPrinter

    from briefing.app.jobs import Jobs
    from briefing.app.session import Address, Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.printing.typeset import Printed

SAVING = "save-pdf"


class PrintPreview(QDialog):
    """Shows the PDF of a record. Escape stops what runs, and closes the preview when nothing does."""

    status_changed = Signal(str)
    """A sentence for the window's status line."""
    paper_changed = Signal(str)
    """a4 or letter, as the user chose it."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        jobs: Jobs,
        parent: QWidget | None = None,
        *,
        settings: Settings | None = None,
        typesetter: Callable[[], Setter] = new_typesetter,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("print-preview")
        self._session = session
        self._jobs = jobs
        self._settings = settings
        self._address: Address | None = None
        self._drawing: Drawing | None = None
        self._printing: PaperJob | None = None
        self._folder = _documents()
        self.composing = Composing(jobs, self, typesetter)
        self.composing.made.connect(self._show_pdf)
        self.composing.failed.connect(self._say_failure)
        self.tools = PreviewTools(theme, settings.paper if settings else "a4")
        self.pages = PagesView(theme)
        self.status = StatusBar(theme)
        self.status.cancel_requested.connect(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(920, 860)
        self._connect()

    def _connect(self) -> None:
        tools, pages = self.tools, self.pages
        tools.paper_changed.connect(self._paper_changed)
        tools.page_requested.connect(pages.go_to_page)
        tools.zoom_requested.connect(pages.zoom_by)
        tools.fit_requested.connect(lambda fit: pages.set_zoom(pages.zoom if fit is Fit.NOTHING else 1.0, fit))
        tools.whole_size_requested.connect(lambda: pages.set_zoom(1.0))
        tools.save_requested.connect(self.save)
        tools.print_requested.connect(self.print_on_paper)
        pages.page_changed.connect(lambda page: tools.show_page(page, pages.count))
        pages.zoom_changed.connect(lambda zoom: tools.show_zoom(zoom, pages.fit))

    # ---- making it

    def open_for(self, address: Address) -> None:
        """Show the preview of a record."""
        self._address = address
        self._show_drawing(None)
        self.setWindowTitle("Print preview")
        self.show()
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status.work("Setting the pages…")
        # The child process starts while the dialog is painted, before anything is composed.
        self.composing.prepare()
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        library = self._session.library
        if self._address is None or library is None or not self.isVisible():
            return
        self.status.work("Setting the pages…")
        self.tools.set_ready(False)
        self.composing.begin(self._address, library, self.tools.paper)
        if self.composing.title:
            self.setWindowTitle(f"{one_line(self.composing.title)} – print preview")

    def _show_pdf(self, printed: Printed) -> None:
        try:
            drawing = Drawing(printed.pdf)
        except BriefingError as error:
            self._say_failure(f"{error.what}.")
            return
        kind = "PDF/A-3a and PDF/UA-1" if printed.archival else "PDF"
        about = f"{count(len(drawing), 'page')} · {_size(len(printed.pdf))} · {kind}"
        self.status.rest(" ".join([about, *printed.notes]))
        self._show_drawing(drawing, keep_place=self._drawing is not None)

    def _show_drawing(self, drawing: Drawing | None, *, keep_place: bool = False) -> None:
        self._drawing = drawing
        self.pages.show_drawing(drawing, keep_place=keep_place)
        self.tools.set_ready(drawing is not None)
        self.tools.show_page(self.pages.page, self.pages.count)

    def _say_failure(self, sentence: str) -> None:
        self.status.fail(sentence)
        self.tools.set_ready(self._drawing is not None)

    def _paper_changed(self, paper: str) -> None:
        if self._settings is not None:
            self._settings.paper = paper
        self.paper_changed.emit(paper)
        self._begin()

    # ---- keeping it

    def save(self) -> None:
        """Ask for a name, and save the PDF under it."""
        if self._drawing is None or self._address is None:
            return
        path = self.ask_name(str(Path(self._folder) / f"{self._address.key}.pdf"))
        if not path:
            return
        target, pdf = Path(path), self._drawing.pdf
        self._folder = str(target.parent)
        self.status.work(f"Saving {target.name}…", can_cancel=False)
        # In a job: a folder may be on a network that takes its time.
        self._jobs.run(
            lambda: save_pdf(target, pdf), lambda _: self._saved(target), self._not_saved, lane=SAVING, latest=False
        )

    def ask_name(self, proposed: str) -> str:
        """Ask under which name to save; nothing when the user thinks better of it."""
        dialog = QFileDialog(self, "Save PDF", proposed, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(proposed)
        chosen = dialog.selectedFiles() if dialog.exec() == QDialog.DialogCode.Accepted else []
        dialog.deleteLater()
        return chosen[0] if chosen else ""

    def _saved(self, path: Path) -> None:
        self.status.rest(f"Saved {path}")
        self.status_changed.emit(f"Saved {path}")

    def _not_saved(self, error: Exception) -> None:
        self.status.fail(str(error))

    # ---- on paper

    def print_on_paper(self) -> None:
        """Ask for a printer, and print."""
        if self._drawing is None or self._printing is not None:
            return
        printer = printer_for(self._drawing, self.composing.title)
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
        self.status.work("Printing…")
        self._printing.start()

    def _printed(self, sentence: str) -> None:
        if self._printing is not None:
            self._printing.deleteLater()
            self._printing = None
        self.tools.set_ready(self._drawing is not None)
        if sentence:
            self.status.fail(sentence)
        else:
            self.status.rest("Sent to the printer")
            self.status_changed.emit(f"{self.composing.title}: sent to the printer")

    # ---- stopping it

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter in the field of the page's number is meant for the field, and for no button.
            event.accept()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        if not self.cancel():
            super().reject()

    def done(self, result: int) -> None:
        self._let_go()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        """Stop everything, and give back the memory that pages and typesetter hold."""
        if self._printing is not None:
            self._printing.cancel()
        self.composing.close()
        self._show_drawing(None)


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, number // 1000):,} KB"


def _documents() -> str:
    # The system names a folder for documents whether it is there or not, and a file dialog opens none that is not.
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return named if Path(named).is_dir() else str(Path.home())
