"""The composition root: creates the application and all that it consists of, and nothing else does.

What fills the window is imported once the window is on screen: until then nothing is, that is not needed for it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication

from briefing.app.frame import Frame
from briefing.app.palette import Palette, palette
from briefing.app.settings import Settings
from briefing.errors import BriefingError, EnvironmentFault
from briefing.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.app.indexing import Indexing
    from briefing.app.jobs import Jobs
    from briefing.app.main_window import MainWindow
    from briefing.app.opening import Opening
    from briefing.app.session import Session
    from briefing.app.theme import Theme

FAMILIES = ("Noto Sans", "Inter", "Segoe UI", "SF Pro Text", ".AppleSystemUIFont", "Cantarell", "DejaVu Sans")
"""What the window is set in, the first that the machine has; what is missing in it, Qt takes from others."""

SETTLE_MS = 20_000
OFFSCREEN_POINTS = 10.0
DARKEST_LIGHT = 128
"""A ground that is less light than this is that of a dark system."""


def run(library: Path | None, *, texts: Path | None = None, record: str = "", query: str = "") -> int:
    """Open the window on a library (by default the last one, else the bundled one); return the exit code.

    `record` is the id of one to show, `query` what is to stand in the search field.
    """
    # Until the window is there nearly all that is made stays: looking for what does not takes a twentieth of the time.
    gc.disable()
    application = _application()
    settings = Settings.load()
    whole = Composition(application, settings, settings.theme, settings.contrast)

    def fill() -> None:
        try:
            whole.open_reader()
            whole.opening.open_first(library, texts)
            # What was read last is on screen before the rest is made.
            whole.frame.repaint()
            whole.complete(watch=True)
            if record:
                whole.opening.open_record(record)
            if query:
                whole.window.results.field.setText(query)
        except Exception:
            # An empty window would be no use to anybody.
            sys.excepthook(*sys.exc_info())
            application.exit(1)
            return
        finally:
            gc.enable()
        application.setWindowIcon(QIcon(str(resource("icons", "briefing.svg"))))

    whole.frame.painted.connect(fill)
    # Whoever ends the session may not wait until the window is closed.
    application.commitDataRequest.connect(lambda _: whole.frame.keep())
    whole.frame.show()
    with _closed_by_signals(whole.frame):
        code = application.exec()
    whole.close()
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
    contrast: str = "system",
) -> None:
    """Draw the window into a file, as `render_window` does, with an application that is there."""
    whole = Composition(application, Settings(path=Path(os.devnull)), theme, contrast)
    try:
        whole.frame.resize(*size)
        whole.frame.show()
        whole.open_reader()
        whole.session.open_library(library, texts)
        whole.opening.show_place()
        whole.complete(watch=False)
        if query:
            _ask(whole.window, query)
            # What was searched for, should that be a mended query, is what is marked.
            whole.session.set_query(whole.window.results.marked or query)
        if record:
            whole.opening.open_record(record)
        application.processEvents()
        if not whole.frame.grab().save(str(file), "PNG"):
            raise EnvironmentFault("The picture cannot be written", where=str(file), mend="Name another file.")
    finally:
        whole.frame.hide()
        whole.close()


class Composition:
    """All that the window consists of, made in the order in which it is wanted on screen.

    First the frame; then `open_reader`, for what was read last; then `complete`, for what is around it.
    """

    session: Session
    opening: Opening
    window: MainWindow

    def __init__(self, application: QApplication, settings: Settings, scheme: str, contrast: str) -> None:
        self._application = application
        self._settings = settings
        self._scheme = scheme
        self._contrast = contrast
        self._jobs: Jobs | None = None
        self._indexing: Indexing | None = None
        self.frame = Frame(settings, self._first_palette())

    def open_reader(self) -> None:
        """Make the session and the reading pane, and put that in its place."""
        # Imported here, like all that is heavy: the window is painted first.
        from briefing.app.notify import Notify
        from briefing.app.opening import Opening
        from briefing.app.reader.panel import ReaderPanel
        from briefing.app.session import Session
        from briefing.app.theme import Theme

        self._theme = Theme(self._application.styleHints(), self._scheme, self._contrast, parent=self.frame)
        _dress(self._application, self._theme)
        self._notify = Notify(self.frame)
        self.session = Session(self.frame)
        self.opening = Opening(self.session, self._settings, self._notify, self.frame)
        self._reader = ReaderPanel(self.session, self._theme, self._settings, notify=self._notify)
        self.frame.place(self._reader)

    def complete(self, *, watch: bool) -> None:
        """Make what is around the reading pane; `watch` says whether the index is kept up to date."""
        from briefing.app.growth import Growth
        from briefing.app.indexing import Indexing
        from briefing.app.jobs import Jobs
        from briefing.app.main_window import MainWindow

        self._jobs = Jobs(self.frame)
        self._indexing = Indexing(self.frame) if watch else None
        if self._indexing is not None:
            # Before the window, so that it is known how much there is before what there is gets drawn.
            Growth(self.session, self._indexing, self.frame)
        self.window = MainWindow(
            self.session,
            self._theme,
            self._settings,
            jobs=self._jobs,
            notify=self._notify,
            opening=self.opening,
            reader=self._reader,
            indexing=self._indexing,
        )
        self.window.title_changed.connect(self.frame.setWindowTitle)
        self.window.close_requested.connect(self.frame.close)
        self.frame.closing.connect(self.window.remember)
        self.frame.fill(self.window)
        self.window.begin()

    def close(self) -> None:
        """End what runs beside the window, let go of the library, and of the window."""
        if self._indexing is not None:
            self._indexing.stop()
        if self._jobs is not None:
            self._jobs.close()
            self.session.close_library()
        self.frame.deleteLater()

    def _first_palette(self) -> Palette:
        """Return the colours of the window before there is a theme, which would take its time."""
        dark = self._scheme == "dark"
        if self._scheme == "system":
            dark = self._application.palette().window().color().lightness() < DARKEST_LIGHT
        return palette(dark=dark, high_contrast=self._contrast == "high")


def _dress(application: QApplication, theme: Theme) -> None:
    """Have the application look as the theme says, from now on."""
    from PySide6.QtWidgets import QToolTip

    def dress() -> None:
        colours = theme.qt_palette()
        application.setPalette(colours)
        QToolTip.setPalette(colours)
        application.setStyleSheet(theme.style_sheet())

    dress()
    theme.changed.connect(dress)


def _ask(window: MainWindow, query: str) -> None:
    """Type a query, and wait for its hits."""
    from PySide6.QtCore import QEventLoop, QTimer

    waiting = QEventLoop()
    window.results.settled.connect(waiting.quit)
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
    # A font that lacks a script is nothing to speak of: Qt goes on to one that has it.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
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


# Control-C, a kind end, and the end of the terminal that the program was started in.
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def _closed_by_signals(frame: Frame) -> Iterator[None]:
    """Have Ctrl+C, and whoever ends the program kindly, close the window as its user would."""
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        yield
        return
    from PySide6.QtCore import QSocketNotifier

    # Python runs its handlers between two of its own instructions, of which a waiting event loop has none: the
    # byte that arrives here wakes it.
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(reading, 1))
    handlers = {each: signal.signal(each, lambda *_: frame.close()) for each in _ENDING}
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
        os.close(reading)
        os.close(writing)
