"""What the tests of the window stand on: no display, and nothing left behind."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QProcess
from PySide6.QtWidgets import QApplication

from briefing.app.jobs import Jobs
from briefing.app.session import Session
from briefing.app.settings import Settings
from briefing.app.theme import Theme
from tests.app.fake_typesetter import FakeTypesetter
from tests.app.reading_library import write_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.print_preview.preview import PrintPreview


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail where a test leaves a widget, a thread or a child process behind."""
    threads = set(threading.enumerate())
    widgets = {id(widget) for widget in QApplication.topLevelWidgets()}
    yield
    gc.collect()
    # What was given to deleteLater goes now, not in the middle of a later test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in widgets]
    assert left == [], "a test closes its windows (qtbot.addWidget) or gives them a parent"
    assert set(threading.enumerate()) - threads == set(), "a test closes its Jobs"
    assert multiprocessing.active_children() == []


@pytest.fixture(autouse=True)
def _no_child_process_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail where a test leaves a QProcess running."""
    started: list[QProcess] = []
    start: Callable[..., None] = QProcess.start

    def start_and_note(self: QProcess, *arguments: object) -> None:
        started.append(self)
        start(self, *arguments)

    monkeypatch.setattr(QProcess, "start", start_and_note)
    yield
    for process in started:
        try:
            running = process.state() != QProcess.ProcessState.NotRunning
        except RuntimeError:
            # It was deleted, and had ended before.
            continue
        assert not running, f"{process.program()} still runs"


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    """A session without a library; what it opens is closed."""
    made = Session()
    yield made
    made.close_library()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, whatever the system's."""
    return Theme(qapp.styleHints(), "light")


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Jobs whose threads end with the test."""
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings as they are at the first start, in a folder of their own."""
    return Settings.load(tmp_path / "settings.json")


@pytest.fixture
def typesetter() -> FakeTypesetter:
    """What sets the pages of `preview`."""
    return FakeTypesetter()


@pytest.fixture
def preview(
    qtbot: QtBot,
    session: Session,
    theme: Theme,
    settings: Settings,
    jobs: Jobs,
    tmp_path: Path,
    typesetter: FakeTypesetter,
) -> Iterator[PrintPreview]:
    """A print preview on a small library."""
    # Imported here: few tests need it.
    from briefing.app.print_preview.preview import PrintPreview

    session.open_library(write_library(tmp_path / "small"))
    dialog = PrintPreview(session, theme, jobs, settings, typesetter=lambda: typesetter)
    qtbot.addWidget(dialog)
    yield dialog
    dialog.close()
