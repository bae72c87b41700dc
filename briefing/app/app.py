"""The composition root: creates the application and all that it consists of, and nothing else does."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QMessageLogContext, QSocketNotifier, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication, QToolTip

from briefing.app.jobs import Jobs
from briefing.app.main_window import MainWindow
from briefing.app.session import Session
from briefing.app.settings import Settings
from briefing.app.theme import FAMILIES, Theme
from briefing.errors import BriefingError, EnvironmentFault
from briefing.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTLE_MS = 20_000
OFFSCREEN_POINTS = 10.0


def run(library: Path | None, *, texts: Path | None = None) -> int:
    """Open the window on a library (by default the last one, else the bundled one); return the exit code."""
    # Imported here: a picture of the window needs no child process.
    from briefing.app.indexing import Indexing

    application = _application()
    settings = Settings.load()
    theme = Theme(application.styleHints(), settings.theme, settings.contrast)
    _dress(application, theme)
    session, jobs, indexing = Session(), Jobs(), Indexing()
    window = MainWindow(session, theme, settings, jobs, indexing)

    def begin() -> None:
        window.begin(library, texts)
        application.setWindowIcon(QIcon(str(resource("icons", "briefing.svg"))))

    window.painted.connect(begin)
    window.show()
    with _closed_by_signals(window):
        code = application.exec()
    indexing.stop()
    jobs.close()
    session.close_library()
    return code


def render_window(
    file: Path,
    *,
    library: Path,
    texts: Path | None = None,
    record: str = "",
    query: str = "",
    size: tuple[int, int] = (1360, 860),
    scale: int = 1,
    theme: str = "light",
) -> None:
    """Draw the window on a library into a PNG file, off screen.

    The library is indexed; the user's settings are neither read nor written. Raises BriefingError.
    """
    # Before the application is made, which is when Qt looks.
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    qInstallMessageHandler(_log_off_screen)
    application = _application()
    draw_window(application, file, library, texts=texts, record=record, query=query, size=size, theme=theme)


def draw_window(
    application: QApplication,
    file: Path,
    library: Path,
    *,
    texts: Path | None = None,
    record: str = "",
    query: str = "",
    size: tuple[int, int] = (1360, 860),
    theme: str = "light",
) -> None:
    """Draw the window into a file, as `render_window` does, with an application that is there."""
    look = Theme(application.styleHints(), theme)
    _dress(application, look)
    session, jobs = Session(), Jobs()
    window = MainWindow(session, look, Settings(path=Path(os.devnull)), jobs)
    try:
        window.resize(*size)
        window.show()
        session.open_library(library, texts)
        window.opening.show_place()
        if query:
            _ask(window, query)
        if record:
            window.opening.open_record(record)
        window.actions_.draw_icons()
        application.processEvents()
        if not window.grab().save(str(file), "PNG"):
            raise EnvironmentFault("The picture cannot be written", where=str(file), mend="Name another file.")
    finally:
        window.hide()
        jobs.close()
        session.close_library()
        window.deleteLater()


def _ask(window: MainWindow, query: str) -> None:
    """Type a query, and wait for its hits."""
    waiting = QEventLoop()
    window.results.answered.connect(waiting.quit)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: waiting.exit(1))
    late.start(SETTLE_MS)
    window.results.field.setText(query)
    if waiting.exec():
        raise BriefingError("The search has not answered", where=query, mend="Try again.")


def _log_off_screen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    # WORKAROUND: the platform without a screen says so whenever a window is shown.
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def _application() -> QApplication:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("briefing")
    application.setApplicationDisplayName("Briefing")
    application.setDesktopFileName("briefing")
    application.setStyle("Fusion")
    font = QFont(application.font())
    font.setFamilies([*FAMILIES, *font.families()])
    if application.platformName() == "offscreen":
        # It has no idea of a usual size.
        font.setPointSizeF(OFFSCREEN_POINTS)
    application.setFont(font)
    return application


def _dress(application: QApplication, theme: Theme) -> None:
    """Have the application look as the theme says, from now on."""

    def dress() -> None:
        palette = theme.qt_palette()
        application.setPalette(palette)
        QToolTip.setPalette(palette)
        application.setStyleSheet(theme.style_sheet())

    dress()
    theme.changed.connect(dress)


@contextmanager
def _closed_by_signals(window: MainWindow) -> Iterator[None]:
    """Have Ctrl+C, and whoever ends the program kindly, close the window as its user would."""
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        yield
        return
    # Python runs its handlers between two of its own instructions, of which a waiting event loop has none: the
    # byte that arrives here wakes it.
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(reading, 1))
    handlers = {each: signal.signal(each, lambda *_: window.close()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
        os.close(reading)
        os.close(writing)
