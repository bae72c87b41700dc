"""What stands above and below the pages of the print preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
)

from briefing.app.print_preview.pages_view import Fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractButton, QWidget

    from briefing.app.theme import Theme
    from briefing.printing.order import Paper


class PreviewTools(QFrame):
    """Page, zoom and paper, and what can be done with the PDF. Each tool has a key, which its tip names."""

    page_requested = Signal(int)
    zoom_requested = Signal(int)
    fit_requested = Signal(object)
    whole_size_requested = Signal()
    paper_changed = Signal(str)
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self, theme: Theme, paper: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview-tools")
        self._theme = theme
        self._page = 0
        self._icons: list[tuple[QAbstractButton, str]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(6)

        self.previous = self._tool("up", "Previous page", "Ctrl+PgUp", lambda: self._turn(-1))
        self.next = self._tool("down", "Next page", "Ctrl+PgDown", lambda: self._turn(1))
        self.page = QLineEdit()
        self.page.setObjectName("preview-page")
        self.page.setAccessibleName("Page")
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setFixedWidth(self.fontMetrics().horizontalAdvance("99999") + 20)
        self._pages = QIntValidator(1, 1, self.page)
        self.page.setValidator(self._pages)
        self.page.returnPressed.connect(lambda: self.page_requested.emit(int(self.page.text())))
        self._add(self.page, "Page number", "Ctrl+G", self._ask_page)
        self._row.addWidget(self.page)
        self.count = QLabel()
        self._row.addWidget(self.count)
        self._row.addSpacing(12)
        self._tool("zoom-out", "Smaller", "Ctrl+-", lambda: self.zoom_requested.emit(-1))
        self.zoom = QLabel()
        self.zoom.setAccessibleName("Zoom")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000 %"))
        self._row.addWidget(self.zoom)
        self._tool("zoom-in", "Larger", "Ctrl++", lambda: self.zoom_requested.emit(1), "Ctrl+=")
        self.fit_page = self._text("Fit page", "Show whole pages", "Ctrl+0", lambda: self.fit_requested.emit(Fit.PAGE))
        self.fit_width = self._text(
            "Fit width", "As wide as the window", "Ctrl+2", lambda: self.fit_requested.emit(Fit.WIDTH)
        )
        for button in (self.fit_page, self.fit_width):
            button.setCheckable(True)
        self._add(self, "As large as on paper", "Ctrl+1", self.whole_size_requested.emit)
        self._row.addStretch(1)
        self.a4, self.letter = self._paper("A4"), self._paper("Letter")
        (self.letter if paper == "letter" else self.a4).setChecked(True)
        papers = QButtonGroup(self)
        papers.addButton(self.a4)
        papers.addButton(self.letter)
        papers.buttonToggled.connect(self._paper_toggled)
        self._row.addSpacing(12)
        self.save = self._text("Save PDF…", "Save the PDF", "Ctrl+S", self.save_requested.emit, "save")
        self.print = self._text("Print…", "Print on paper", "Ctrl+P", self.print_requested.emit, "print")
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self.set_ready(False)
        self.show_page(0, 0)

    @property
    def paper(self) -> Paper:
        """The paper that is chosen."""
        return "letter" if self.letter.isChecked() else "a4"

    def set_ready(self, ready: bool) -> None:
        """Say whether there is a PDF to be saved and printed, and nothing runs."""
        for widget in (self.save, self.print, self.page):
            widget.setEnabled(ready)

    def show_page(self, page: int, count: int) -> None:
        """Show which page is in view."""
        self._page = page
        self._pages.setTop(max(1, count))
        self.page.setText(str(page) if count else "")
        self.count.setText(f"of {count:,}" if count else "")
        self.page.setAccessibleDescription(f"of {count:,}")
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < count)

    def show_zoom(self, zoom: float, fit: Fit) -> None:
        """Show how large the pages are."""
        self.zoom.setText(f"{zoom:.0%}")
        self.fit_page.setChecked(fit is Fit.PAGE)
        self.fit_width.setChecked(fit is Fit.WIDTH)

    def _paper(self, label: str) -> QPushButton:
        button = self._text(label, f"Set the pages for {label} paper", "", lambda: None)
        button.setCheckable(True)
        button.setAccessibleName(f"Paper: {label}")
        return button

    def _paper_toggled(self, button: QAbstractButton, chosen: bool) -> None:
        if chosen:
            self.paper_changed.emit(self.paper)

    def _turn(self, pages: int) -> None:
        self.page_requested.emit(self._page + pages)

    def _fit(self, fit: Fit) -> None:
        self.fit_requested.emit(fit)

    def _ask_page(self) -> None:
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    def _tool(self, icon: str, tip: str, keys: str, act: Callable[[], object], *more: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        self._ready(button, icon, tip, keys, act, *more)
        return button

    def _text(self, text: str, tip: str, keys: str, act: Callable[[], object], icon: str = "") -> QPushButton:
        button = QPushButton(text)
        # Enter belongs to no button before it has the focus.
        button.setAutoDefault(False)
        self._ready(button, icon, tip, keys, act)
        button.setAccessibleName(text.rstrip("…"))
        return button

    def _ready(
        self, button: QAbstractButton, icon: str, tip: str, keys: str, act: Callable[[], object], *more: str
    ) -> None:
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: act())
        if icon:
            self._icons.append((button, icon))
        self._add(button, tip, keys, button.click, *more)
        self._row.addWidget(button)

    def _add(self, widget: QWidget, tip: str, keys: str, act: Callable[[], object], *more: str) -> None:
        """Give a tool its key, and a tip that names it."""
        for each in filter(None, (keys, *more)):
            shortcut = QShortcut(QKeySequence(each), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda: act())
        if widget is not self:
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            widget.setToolTip(f"{tip} ({shown})" if shown else tip)

    def _draw_icons(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))


class StatusBar(QFrame):
    """One line below the pages: what goes on, how far it is, and the way to stop it."""

    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview-status")
        self._theme = theme
        self._failing = False
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName("What goes on")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 6)
        self.progress.setAccessibleName("Progress")
        self.button = QPushButton("Cancel")
        self.button.setAutoDefault(False)
        self.button.setToolTip("Stop (Escape)")
        self.button.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.progress)
        row.addWidget(self.button)
        theme.changed.connect(self._colour)
        self.rest("")

    def work(self, sentence: str, done: int = 0, total: int = 0, *, can_cancel: bool = True) -> None:
        """Say what goes on; without a total, nobody knows how long it takes."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self._say(sentence, working=True, failing=False, can_cancel=can_cancel)

    def rest(self, sentence: str) -> None:
        """Say how it ended."""
        self._say(sentence, working=False, failing=False)

    def fail(self, sentence: str) -> None:
        """Say what went wrong."""
        self._say(sentence, working=False, failing=True)

    @property
    def failing(self) -> bool:
        """Whether the sentence says that something went wrong."""
        return self._failing

    def _say(self, sentence: str, *, working: bool, failing: bool, can_cancel: bool = False) -> None:
        self._failing = failing
        self.sentence.setText(sentence)
        self.sentence.setAccessibleDescription(sentence)
        self.progress.setVisible(working)
        self.button.setVisible(can_cancel)
        self._colour()

    def _colour(self) -> None:
        palette = self.sentence.palette()
        palette.setColor(self.sentence.foregroundRole(), self._theme.colour("error" if self._failing else "muted"))
        self.sentence.setPalette(palette)
