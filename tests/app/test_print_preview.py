from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLineEdit

from briefing.app.print_preview import preview as preview_module
from briefing.app.print_preview import sharing
from briefing.app.print_preview.house_option import CHOOSE
from briefing.app.print_preview.preview import PrintPreview
from briefing.app.session import Address, Session
from briefing.document.templates import TEMPLATES
from briefing.errors import PrintCancelledError, PrintError
from briefing.library.library import Library
from briefing.printing.order import Order
from briefing.printing.typeset import Printed, Typesetter, _Child
from tests.app.fake_typesetter import SIZES, TRILATERAL, FakeTypesetter, open_it, said
from tests.app.reading_library import write_library

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.records.record import Record


def test_a_record_is_set_and_its_first_page_drawn(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter
) -> None:
    preview.open_for(TRILATERAL)
    assert said(preview) == "Setting the pages…"
    assert preview.status.progress.isVisible()
    assert not preview.tools.save.isEnabled()
    with qtbot.waitSignal(preview.pages.first_drawn):
        pass
    assert preview.pages.is_drawn(1)
    assert typesetter.asked == [("Trilateral dialogue", "a4")]
    assert said(preview).startswith("3 pages · 1 KB · PDF/A-3a and PDF/UA-1")
    assert not preview.status.progress.isVisible()
    assert preview.windowTitle() == "Trilateral dialogue – print preview"
    assert (preview.tools.page.text(), preview.tools.count.text()) == ("1", "of 3")
    assert preview.tools.save.isEnabled()


def test_the_real_pages_of_a_record_are_shown(
    qtbot: QtBot, session: Session, theme: Theme, jobs: Jobs, settings: Settings, tmp_path: Path
) -> None:
    session.open_library(write_library(tmp_path / "small"))
    dialog = PrintPreview(session, theme, jobs, settings)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.composing.made, timeout=30_000) as made:
        dialog.open_for(TRILATERAL)
    assert made.args[0].pdf.startswith(b"%PDF-")
    qtbot.waitUntil(lambda: dialog.pages.is_drawn(1))
    dialog.close()
    dialog.composing.close()
    done = threading.Event()
    jobs.run(done.set, lane="print", latest=False)
    assert done.wait(10)


def test_why_a_pdf_is_not_archival_is_said(qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter) -> None:
    typesetter.notes = ("No font on this machine has ꀀ.",)
    open_it(qtbot, preview)
    assert said(preview).endswith("· PDF · No font on this machine has ꀀ.")


def test_another_paper_is_set_anew_and_remembered(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, settings: Settings
) -> None:
    open_it(qtbot, preview)
    with qtbot.waitSignals([preview.pages.first_drawn, preview.settings_changed]):
        preview.options.paper.letter.click()
    assert typesetter.asked[-1] == ("Trilateral dialogue", "letter")
    assert settings.paper == "letter"
    assert preview.pages._drawing is not None
    assert preview.pages._drawing.sizes[0] == SIZES["letter"]


def test_the_paper_of_last_time_is_chosen(
    qtbot: QtBot, session: Session, theme: Theme, settings: Settings, jobs: Jobs
) -> None:
    settings.paper = "letter"
    dialog = PrintPreview(session, theme, jobs, settings)
    qtbot.addWidget(dialog)
    assert dialog.options.paper.paper == "letter"
    assert dialog.options.paper.letter.isChecked()


def test_another_paper_while_pages_are_set_takes_their_place(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter
) -> None:
    typesetter.waits = True
    preview.open_for(TRILATERAL)
    qtbot.waitUntil(typesetter.began.is_set)
    typesetter.began.clear()
    with qtbot.assertNotEmitted(preview.composing.failed):
        preview.options.paper.letter.click()
        qtbot.waitUntil(typesetter.began.is_set)
        typesetter.waits = False
        with qtbot.waitSignal(preview.composing.made):
            typesetter.go_on.set()
    assert typesetter.cancelled == 1
    assert [paper for _, paper in typesetter.asked] == ["a4", "letter"]


def test_escape_stops_what_runs_and_then_closes(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter
) -> None:
    typesetter.waits = True
    preview.open_for(TRILATERAL)
    qtbot.waitUntil(typesetter.began.is_set)
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.isVisible()
    assert said(preview) == "Setting the pages was stopped."
    assert preview.status.failing
    assert typesetter.cancelled == 1
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    # The child process stays for the next print, for a while.
    assert typesetter.closed == 0
    preview.composing.close()
    qtbot.waitUntil(lambda: typesetter.closed == 1)


def test_the_cancel_button_stops_as_well(qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter) -> None:
    typesetter.waits = True
    preview.open_for(TRILATERAL)
    qtbot.waitUntil(typesetter.began.is_set)
    preview.status.button.click()
    assert said(preview) == "Setting the pages was stopped."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PrintError("“x” cannot be set", mend="Print it in parts."), "“x” cannot be set. Print it in parts."),
        (PrintCancelledError("stopped"), "Setting the pages was stopped."),
        (RuntimeError("odd"), "The page could not be set: odd."),
    ],
)
def test_an_error_is_one_sentence_in_the_dialog(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, error: Exception, sentence: str
) -> None:
    typesetter.error = error
    with qtbot.waitSignal(preview.composing.failed):
        preview.open_for(TRILATERAL)
    assert said(preview) == sentence
    assert preview.status.failing
    assert not preview.tools.print.isEnabled()
    assert preview.pages.accessibleDescription() == sentence


def test_pages_of_an_earlier_order_do_not_stay_where_the_new_one_fails(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter
) -> None:
    open_it(qtbot, preview)
    typesetter.error = PrintError("It cannot be set")
    with qtbot.waitSignal(preview.composing.failed):
        preview.options.paper.letter.click()
    assert preview.pages.count == 0
    assert not preview.tools.save.isEnabled()
    image = preview.pages.grab().toImage()
    middle = range(image.width() // 4, image.width() * 3 // 4)
    rows = range(image.height() // 2 - 20, image.height() // 2 + 20)
    assert len({image.pixelColor(x, y).name() for x in middle for y in rows}) > 1
    typesetter.error = None
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.options.paper.a4.click()
    assert preview.tools.save.isEnabled()


def test_a_record_that_is_gone_is_said_to_be_gone(qtbot: QtBot, preview: PrintPreview, session: Session) -> None:
    for address in (Address("record", "atlantis"), Address("file", "india.yaml")):
        preview.open_for(address)
        assert "not in the library any more" in said(preview)
    preview.close()
    session.close_library()
    preview.open_for(TRILATERAL)
    assert "not in the library any more" in said(preview)


def test_what_is_no_pdf_is_said_to_be_none(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetter, "printed", lambda document, **_: Printed(b"nonsense"))
    preview.open_for(TRILATERAL)
    qtbot.waitUntil(lambda: preview.status.failing)
    assert said(preview) == "This is not a PDF that can be read."


# ---- saving


def test_the_pdf_is_saved_under_the_record_s_id(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def ask(name: str) -> str:
        proposed.append(name)
        return str(tmp_path / "out.pdf")

    monkeypatch.setattr(preview.sharing, "ask_name", ask)
    open_it(qtbot, preview)
    with qtbot.waitSignal(preview.status_changed) as status:
        preview.tools.save.click()
    assert Path(proposed[0]).name == "trilateral.pdf"
    assert status.args == [f"Saved {tmp_path / 'out.pdf'}"]
    assert len(pikepdf.open(tmp_path / "out.pdf").pages) == 3
    with qtbot.waitSignal(preview.status_changed):
        preview.sharing.save()
    assert Path(proposed[1]).parent == tmp_path


@pytest.mark.parametrize("there", [True, False])
def test_a_pdf_is_saved_among_the_documents_where_there_is_a_folder_for_them(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "Documents"
    if there:
        documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    assert sharing._documents() == str(documents if there else Path.home())


def test_an_existing_file_is_whole_when_saving_fails(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"before")
    monkeypatch.setattr(preview.sharing, "ask_name", lambda name: str(target))
    open_it(qtbot, preview)

    def full(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    preview.sharing.save()
    qtbot.waitUntil(lambda: preview.status.failing)
    assert "No space left on device" in said(preview)
    assert "Choose another folder or name." in said(preview)
    assert target.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_saving_can_be_thought_better_of(qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    preview.sharing.save()
    open_it(qtbot, preview)
    monkeypatch.setattr(preview.sharing, "ask_name", lambda name: "")
    preview.sharing.save()
    assert said(preview).startswith("3 pages")


@pytest.mark.parametrize("accepted", [True, False])
def test_the_name_is_asked_for(
    preview: PrintPreview, monkeypatch: pytest.MonkeyPatch, accepted: bool, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: QDialog.DialogCode(int(accepted)))
    name = preview.sharing.ask_name(str(tmp_path / "trilateral.pdf"))
    assert Path(name).name == ("trilateral.pdf" if accepted else "")


# ---- on paper


def to_file(preview: PrintPreview, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system's print dialog choose printing to a file."""

    def ask(printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(300)
        return True

    monkeypatch.setattr(preview, "ask_printer", ask)


def test_the_pages_are_put_on_paper_of_their_size(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_file(preview, tmp_path / "paper.pdf", monkeypatch)
    open_it(qtbot, preview)
    with qtbot.waitSignal(preview.status_changed) as status:
        preview.tools.print.click()
    assert status.args == ["Trilateral dialogue: sent to the printer"]
    assert said(preview) == "Sent to the printer"
    printed = pikepdf.open(tmp_path / "paper.pdf")
    sizes = [tuple(round(float(each)) for each in page.mediabox[2:]) for page in printed.pages]
    assert sizes == [(595, 842)] * 3
    assert preview.tools.print.isEnabled()


def test_printing_can_be_stopped(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_file(preview, tmp_path / "paper.pdf", monkeypatch)
    open_it(qtbot, preview)
    preview.print_on_paper()
    preview.print_on_paper()
    assert said(preview) == "Printing…"
    assert preview._printing is not None
    told: list[str] = []

    def stop_at_once() -> None:
        told.append(said(preview))
        QTest.keyClick(preview, Qt.Key.Key_Escape)

    preview._printing.progress_changed.connect(stop_at_once)
    with qtbot.waitSignal(preview._printing.ended):
        pass
    assert told == ["Printing page 1 of 3…"]
    assert said(preview) == "Printing was stopped."
    assert preview.isVisible()


def test_closing_stops_the_printing(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_file(preview, tmp_path / "paper.pdf", monkeypatch)
    open_it(qtbot, preview)
    preview.print_on_paper()
    preview.close()
    assert preview._printing is None


def test_without_pages_nothing_is_printed(preview: PrintPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "ask_printer", lambda printer: pytest.fail("it asked"))
    preview.print_on_paper()
    preview.print_with(QPrinter())
    assert preview._printing is None


def test_not_choosing_a_printer_prints_nothing(
    qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_it(qtbot, preview)
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: QDialog.DialogCode.Rejected)
    preview.print_on_paper()
    assert preview._printing is None


# ---- keys


@pytest.mark.parametrize(
    ("key", "tool"),
    [(Qt.Key.Key_S, "save_requested"), (Qt.Key.Key_P, "print_requested")],
)
def test_every_tool_has_its_key(
    qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch, key: Qt.Key, tool: str
) -> None:
    monkeypatch.setattr(preview.sharing, "ask_name", lambda name: "")
    monkeypatch.setattr(preview, "ask_printer", lambda printer: False)
    open_it(qtbot, preview)
    preview.activateWindow()
    with qtbot.waitSignal(getattr(preview.tools, tool)):
        QTest.keyClick(preview.pages, key, Qt.KeyboardModifier.ControlModifier)


def test_a_page_number_is_typed_and_entered(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    preview.activateWindow()
    QTest.keyClick(preview.pages, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert preview.tools.page.selectedText() == "1"
    QTest.keyClicks(preview.tools.page, "3")
    QTest.keyClick(preview.tools.page, Qt.Key.Key_Return)
    assert preview.isVisible()
    assert preview.pages.page == 3
    preview.tools.previous.click()
    assert preview.tools.page.text() == "2"
    preview.tools.next.click()
    assert not preview.tools.next.isEnabled()


def test_zoom_and_fit_have_their_tools(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    preview.activateWindow()
    assert preview.tools.fit_page.isChecked()
    small = preview.pages.zoom
    preview.tools.fit_width.click()
    assert preview.pages.zoom > small
    assert preview.tools.fit_width.isChecked()
    wide = preview.pages.zoom
    QTest.keyClick(preview.pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom > wide
    assert not preview.tools.fit_width.isChecked()
    QTest.keyClick(preview.pages, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom == 1.0
    assert preview.tools.zoom.text() == "100 %"
    QTest.keyClick(preview.pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom < 1.0


def test_every_widget_has_an_accessible_name(preview: PrintPreview) -> None:
    for widget in [*preview.findChildren(QAbstractButton), *preview.findChildren(QLineEdit), preview.pages]:
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget.objectName()


def test_large_files_are_given_in_megabytes() -> None:
    assert preview_module._size(12_345_678) == "12.3 MB"
    assert preview_module._size(10) == "1 KB"


def test_the_colours_follow_the_theme(
    qtbot: QtBot, preview: PrintPreview, theme: Theme, typesetter: FakeTypesetter
) -> None:
    typesetter.error = PrintError("It cannot be set")
    with qtbot.waitSignal(preview.composing.failed):
        preview.open_for(TRILATERAL)
    theme.choose("dark", "system")
    role = preview.status.sentence.foregroundRole()
    assert preview.status.sentence.palette().color(role) == theme.colour("error")


# ---- the order


def test_a_click_on_a_choice_s_purpose_chooses_it(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    choice = preview.options.template.choices["record"]
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert choice.button.isChecked()
    assert choice.button.accessibleDescription() == "Any record as it reads on screen"


def test_another_paper_leaves_the_reader_where_he_is(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    preview.pages.set_zoom(1.0)
    preview.pages.go_to_page(2)
    before = preview.pages._place()
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.options.paper.letter.click()
    page, share = preview.pages._place()
    assert page == before[0]
    assert share == pytest.approx(before[1], abs=0.01)
    assert preview.tools.page.text() == "2"


def test_what_is_chosen_last_is_what_is_made(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, settings: Settings
) -> None:
    open_it(qtbot, preview)
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.options.paper.letter.click()
        preview.options.paper.a4.click()
        preview.options.paper.letter.click()
    qtbot.waitUntil(lambda: not preview.composing.busy)
    assert typesetter.asked[-1] == ("Trilateral dialogue", "letter")
    assert preview.pages._drawing is not None
    assert preview.pages._drawing.sizes[0] == SIZES["letter"]


def test_composing_can_be_stopped_before_anything_is_set(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on, asked = threading.Event(), threading.Event(), []
    real = Library.record

    def slow(self: Library, record_id: str) -> Record | None:
        asked.append(record_id)
        began.set()
        assert go_on.wait(10)
        return real(self, record_id)

    monkeypatch.setattr(Library, "record", slow)
    preview.open_order(Order(("trilateral", "india", "korea")), "three", TEMPLATES[:1])
    qtbot.waitUntil(began.is_set)
    with qtbot.assertNotEmitted(preview.composing.composed):
        assert preview.cancel()
        assert said(preview) == "Setting the pages was stopped."
        go_on.set()
        monkeypatch.setattr(Library, "record", real)
        # The lane is free again: it has not gone on to the second record.
        done = threading.Event()
        preview.composing._asking.ask(lambda library: done.set(), lambda _: None)
        qtbot.waitUntil(done.is_set)
    assert asked == ["trilateral"]
    assert typesetter.asked == []


def test_the_child_process_is_ended_when_it_is_not_needed_for_long(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter
) -> None:
    preview.get_ready()
    qtbot.waitUntil(lambda: typesetter.readied == 1)
    assert preview.composing._rest.isActive()
    preview.composing._rest.timeout.emit()
    qtbot.waitUntil(lambda: typesetter.closed == 1)


def test_the_child_process_ends_with_the_window(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, jobs: Jobs
) -> None:
    open_it(qtbot, preview)
    jobs.close()
    assert typesetter.closed == 1


def test_a_child_that_was_killed_is_said_and_the_next_print_goes_well(
    qtbot: QtBot, session: Session, theme: Theme, jobs: Jobs, settings: Settings, tmp_path: Path
) -> None:
    setters: list[Typesetter] = []

    def made() -> Typesetter:
        setters.append(KilledOnce())
        return setters[-1]

    session.open_library(write_library(tmp_path / "small"))
    dialog = PrintPreview(session, theme, jobs, settings, typesetter=made)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.composing.failed, timeout=30_000):
        dialog.open_for(TRILATERAL)
    assert said(dialog) == (
        "The typesetter came to an unexpected end over “Trilateral dialogue”. "
        "Print it again; if that fails too, print it in parts."
    )
    with qtbot.waitSignal(dialog.pages.first_drawn, timeout=30_000):
        dialog.open_for(TRILATERAL)
    dialog.close()
    dialog.composing.close()
    qtbot.waitUntil(lambda: not setters[0]._idle)


class KilledOnce(Typesetter):
    """A typesetter whose first child somebody kills once it has been chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._killed = False

    def _take(self) -> _Child:
        child = super()._take()
        if not self._killed:
            self._killed = True
            os.kill(child.pid, signal.SIGKILL)
        return child


# ---- house style


def test_a_house_style_is_chosen_from_a_file_and_remembered(
    qtbot: QtBot,
    preview: PrintPreview,
    typesetter: FakeTypesetter,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "ministry.yaml"
    file.write_text("house: 1\nname: Ministry\n")
    open_it(qtbot, preview)
    monkeypatch.setattr(preview.house, "ask_file", lambda: str(file))
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.house.list.activated.emit(preview.house.list.findText(CHOOSE))
    assert typesetter.houses[-1] == "Ministry"
    assert settings.print_house == str(file)
    assert preview.house.list.currentText() == "ministry"
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.house.list.activated.emit(0)
    assert typesetter.houses[-1] == ""
    assert settings.print_house == ""
    assert preview.house.list.findText("ministry") == 1


@pytest.mark.parametrize(
    ("text", "sentence"), [("house: 1\nink: nothing\n", "The house style has faults"), (None, "cannot be read")]
)
def test_a_house_style_that_cannot_be_used_prints_nothing(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter, tmp_path: Path, text: str | None, sentence: str
) -> None:
    file = tmp_path / "ministry.yaml"
    if text is not None:
        file.write_text(text)
    preview.house.path = str(file)
    with qtbot.waitSignal(preview.composing.failed):
        preview.open_for(TRILATERAL)
    assert sentence in said(preview)
    assert typesetter.asked == []


def test_thinking_better_of_a_house_style_changes_nothing(
    qtbot: QtBot, preview: PrintPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(preview.options.changed):
        preview.house.list.activated.emit(preview.house.list.findText(CHOOSE))
    assert preview.house.list.currentIndex() == 0
