from __future__ import annotations

import gc
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from briefing.app.print_preview import saving, sharing
from briefing.app.print_preview.sharing import Sharing
from briefing.errors import PrintError
from tests.app.fake_typesetter import open_it, said

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.print_preview.preview import PrintPreview


def pages_of(url: QUrl) -> int:
    return len(pikepdf.open(url.toLocalFile()).pages)


def test_the_pdf_and_the_picture_of_the_page_are_copied(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    preview.activateWindow()
    preview.pages.go_to_page(2)
    with qtbot.waitSignal(preview.sharing.done):
        QTest.keyClick(preview.pages, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert said(preview) == "Copied trilateral.pdf, and page 2 as a picture"
    data = QGuiApplication.clipboard().mimeData()
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["trilateral.pdf"]
    assert pages_of(data.urls()[0]) == 3
    assert QGuiApplication.clipboard().image().width() == pytest.approx(595 * 150 / 72, abs=2)
    copied = bytes(data.data("x-special/gnome-copied-files").data())
    assert copied == b"copy\n" + data.urls()[0].toEncoded().data()


def test_the_handed_on_file_is_private_and_goes_with_the_preview(
    qtbot: QtBot, jobs: Jobs, preview: PrintPreview
) -> None:
    open_it(qtbot, preview)
    window = QWidget()
    qtbot.addWidget(window)
    made = Sharing(jobs, window)
    made.use(preview._drawing, "icet")
    file = made._lend()
    assert file is not None
    assert made._lend() == file
    if sys.platform != "win32":
        assert stat.S_IMODE(file.parents[1].stat().st_mode) == 0o700
    # Whoever sweeps the temporary folder takes nothing from the reader.
    shutil.rmtree(file.parents[1])
    file = made._lend()
    assert file is not None
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    del made
    gc.collect()
    assert not file.parents[1].exists()


def test_an_earlier_version_stays_with_whoever_was_given_it(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    first = preview.sharing._lend()
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.options.paper.letter.click()
    second = preview.sharing._lend()
    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()


def test_the_pdf_is_opened_in_the_system_s_viewer(
    qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    answers = [True, False]

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return answers.pop(0)

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    preview.sharing.open_outside()
    open_it(qtbot, preview)
    preview.tools.open.click()
    assert pages_of(opened[0]) == 3
    assert said(preview) == "trilateral.pdf is opened in the system’s viewer"
    preview.tools.open.click()
    assert preview.status.failing
    assert said(preview).startswith("The system has no program for PDF files.")


def mouse(widget: QWidget, kind: QEvent.Type, at: QPoint) -> None:
    place = QPointF(at)
    left = Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    event = QMouseEvent(kind, place, widget.mapToGlobal(place), button, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def test_the_pdf_is_dragged_out(qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[tuple[QMimeData, bool]] = []

    def drop(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        dragged.append((drag.mimeData(), drag.pixmap().isNull()))
        return actions

    monkeypatch.setattr(QDrag, "exec", drop)
    open_it(qtbot, preview)
    qtbot.waitUntil(lambda: preview.thumbnails.is_drawn(1))
    handle = preview.tools.drag
    mouse(handle, QEvent.Type.MouseButtonPress, QPoint(5, 5))
    mouse(handle, QEvent.Type.MouseMove, QPoint(6, 6))
    assert dragged == []
    mouse(handle, QEvent.Type.MouseMove, QPoint(60, 60))
    mouse(handle, QEvent.Type.MouseMove, QPoint(80, 80))
    assert len(dragged) == 1
    data, without_picture = dragged[0]
    assert not without_picture
    assert pages_of(data.urls()[0]) == 3
    assert said(preview) == "trilateral.pdf was dropped"


@pytest.mark.parametrize(
    ("name", "file"),
    [("icet", "icet.pdf"), ("a/b: c?", "a-b-c.pdf"), ("../..", "briefing.pdf"), ("ü" * 200, "ü" * 80 + ".pdf")],
)
def test_a_file_is_named_after_the_record(qtbot: QtBot, preview: PrintPreview, name: str, file: str) -> None:
    open_it(qtbot, preview)
    preview.sharing.use(preview._drawing, name)
    lent = preview.sharing._lend()
    assert lent is not None
    assert lent.name == file


def test_a_full_temporary_folder_is_said_in_a_sentence(
    qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_it(qtbot, preview)

    def full(path: Path, pdf: bytes) -> None:
        raise PrintError("The PDF was not saved: No space left on device")

    monkeypatch.setattr(sharing, "save_pdf", full)
    for hand_on in (preview.tools.copy, preview.tools.open):
        hand_on.click()
        assert preview.status.failing
        assert "No space left on device" in said(preview)
        preview.status.rest("")
    preview.sharing.drag(None)
    assert preview.status.failing


@pytest.mark.skipif(sys.platform == "win32", reason="folders there have no such permission")
def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(saving, "write_whole", refuse)
    monkeypatch.setattr(preview.sharing, "ask_name", lambda name: str(tmp_path / "out.pdf"))
    open_it(qtbot, preview)
    preview.tools.save.click()
    qtbot.waitUntil(lambda: preview.status.failing)
    assert said(preview) == (
        f"{tmp_path / 'out.pdf'}: The PDF was not saved: Permission denied. Choose another folder or name."
    )
    assert not (tmp_path / "out.pdf").exists()
