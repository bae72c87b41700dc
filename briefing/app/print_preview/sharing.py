"""What can be done with the PDF outside the program: saved, copied, dragged out, opened in another viewer."""

from __future__ import annotations

import re
import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from briefing.app.desktop import open_file
from briefing.app.print_preview.saving import save_pdf
from briefing.errors import PrintError

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from briefing.app.jobs import Jobs
    from briefing.app.print_preview.drawing import Drawing

LANE = "save-pdf"
PICTURE_SCALE = 150 / 72
"""Of the copied page: pixels to a point."""
_DRAGGED_HEIGHT = 120
_LONGEST_NAME = 80
_NO_NAME = re.compile(r"[^\w.+-]+")


class Sharing(QObject):
    """Hands a PDF on. Files that others are given are in a private folder that goes when the program ends."""

    working = Signal(str)
    """What goes on, in a sentence."""
    done = Signal(str)
    """How it ended well."""
    failed = Signal(str)
    """How it did not."""

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._drawing: Drawing | None = None
        self._name = ""
        self._folder = _documents()
        self._private: Path | None = None
        self._lent: Path | None = None

    def use(self, drawing: Drawing | None, name: str) -> None:
        """Hand on that PDF from now on; `name` is what its file is called, without its ending."""
        self._drawing = drawing
        self._name = _NO_NAME.sub("-", name)[:_LONGEST_NAME].strip("-.") or "briefing"
        self._lent = None

    # ---- saving

    def save(self) -> None:
        """Ask for a name and save the PDF under it."""
        if self._drawing is None:
            return
        path = self.ask_name(str(Path(self._folder) / f"{self._name}.pdf"))
        if not path:
            return
        target, pdf = Path(path), self._drawing.pdf
        self._folder = str(target.parent)
        self.working.emit(f"Saving {target.name}…")
        # In a job: a folder may be on a network that takes its time.
        self._jobs.run(
            lambda: save_pdf(target, pdf),
            lambda _: self.done.emit(f"Saved {target}"),
            lambda error: self.failed.emit(str(error)),
            lane=LANE,
            latest=False,
        )

    def ask_name(self, proposed: str) -> str:
        """Ask under which name to save; nothing when the user thinks better of it."""
        dialog = QFileDialog(self._window, "Save PDF", proposed, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(proposed)
        chosen = dialog.selectedFiles() if dialog.exec() == QDialog.DialogCode.Accepted else []
        dialog.deleteLater()
        return chosen[0] if chosen else ""

    # ---- handing on

    def copy(self, page: int) -> None:
        """Put the PDF on the clipboard, as a file and as the picture of a page, counted from 1."""
        drawing, data = self._drawing, self._lent_file()
        if drawing is None or data is None:
            return

        def copied(image: QImage) -> None:
            data.setImageData(image)
            QGuiApplication.clipboard().setMimeData(data)
            self.done.emit(f"Copied {self._name}.pdf, and page {page} as a picture")

        drawing.draw(
            page - 1, PICTURE_SCALE, copied, lambda error: self.failed.emit(f"Page {page} was not copied: {error}")
        )

    def drag(self, picture: QImage | None) -> None:
        """Let the PDF be dragged out; `picture` is what hangs on the mouse."""
        data = self._lent_file()
        if data is None:
            return
        drag = QDrag(self._window)
        drag.setMimeData(data)
        if picture is not None:
            shown = QPixmap.fromImage(picture)
            shown.setDevicePixelRatio(1.0)
            ratio = self._window.devicePixelRatioF()
            shown = shown.scaledToHeight(round(_DRAGGED_HEIGHT * ratio), Qt.TransformationMode.SmoothTransformation)
            shown.setDevicePixelRatio(ratio)
            painter = QPainter(shown)
            painter.setPen(QColor(128, 128, 128))
            painter.drawRect(0, 0, round(shown.width() / ratio) - 1, round(shown.height() / ratio) - 1)
            painter.end()
            drag.setPixmap(shown)
        if drag.exec(Qt.DropAction.CopyAction) == Qt.DropAction.CopyAction:
            self.done.emit(f"{self._name}.pdf was dropped")

    def open_outside(self) -> None:
        """Open the PDF in the system's viewer."""
        file = self._lend()
        if file is None:
            return
        if open_file(file):
            self.done.emit(f"{file.name} is opened in the system’s viewer")
        else:
            self.failed.emit("The system has no program for PDF files. Save the PDF, and open it in one of yours.")

    def _lent_file(self) -> QMimeData | None:
        file = self._lend()
        if file is None:
            return None
        url = QUrl.fromLocalFile(str(file))
        data = QMimeData()
        data.setUrls([url])
        # What GNOME's file manager pastes.
        data.setData("x-special/gnome-copied-files", b"copy\n" + bytes(url.toEncoded().data()))
        return data

    def _lend(self) -> Path | None:
        """Return the file of this PDF that others are given."""
        if self._drawing is None:
            return None
        if self._lent is None or not self._lent.exists():
            try:
                if self._private is None or not self._private.is_dir():
                    self._private = Path(mkdtemp(prefix="briefing-"))
                    # With this object, or as the program ends.
                    weakref.finalize(self, shutil.rmtree, self._private, ignore_errors=True)
                # A folder for each PDF: whoever was given an earlier one of the same name keeps it.
                folder = self._private / str(len(list(self._private.iterdir())) + 1)
                folder.mkdir()
                save_pdf(folder / f"{self._name}.pdf", self._drawing.pdf)
            except (OSError, PrintError) as error:
                reason = error.strerror if isinstance(error, OSError) else error.what
                self.failed.emit(f"The PDF cannot be handed on: {reason}. Save it instead.")
                return None
            self._lent = folder / f"{self._name}.pdf"
        return self._lent


def _documents() -> str:
    # The system names a folder for documents whether it is there or not, and a file dialog opens none that is not.
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return named if Path(named).is_dir() else str(Path.home())
