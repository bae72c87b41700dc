"""What stands above the pages of the print preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton

from briefing.app.print_preview.pages_view import Fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QAbstractButton, QWidget

    from briefing.app.theme import Theme

_ICON = QSize(18, 18)


class PreviewTools(QFrame):
    """Page and zoom, and what can be done with the PDF. Each tool has a key, which its tip names."""

    page_requested = Signal(int)
    zoom_requested = Signal(int)
    fit_requested = Signal(object)
    whole_size_requested = Signal()
    find_requested = Signal()
    copy_requested = Signal()
    open_requested = Signal()
    drag_requested = Signal()
    save_requested = Signal()
    print_requested = Signal()
    thumbnails_shown = Signal(bool)
    options_shown = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview-tools")
        self._theme = theme
        self._page = 0
        self._icons: list[tuple[QAbstractButton, str]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 8, 10, 8)
        self._row.setSpacing(4)
        self._place_view()
        self._row.addStretch(1)
        self._place_pdf()
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self.set_ready(False)
        self.show_page(0, 0)

    def _place_view(self) -> None:
        """Place what changes the view."""
        self.thumbnails = self._fold(
            "columns-left", "Thumbnails", "Show or hide the page thumbnails", "F9", self.thumbnails_shown
        )
        self._row.addSpacing(8)
        self.previous = self._tool("up", "Previous page", "Ctrl+PgUp", lambda: self._turn(-1))
        self.next = self._tool("down", "Next page", "Ctrl+PgDown", lambda: self._turn(1))
        self.page = QLineEdit()
        self.page.setObjectName("preview-page")
        self.page.setAccessibleName("Page")
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setFixedWidth(self.fontMetrics().horizontalAdvance("9999") + 20)
        self._pages = QIntValidator(1, 1, self.page)
        self.page.setValidator(self._pages)
        self.page.returnPressed.connect(lambda: self.page_requested.emit(int(self.page.text())))
        self._add(self.page, "Page number", "Ctrl+G", self._ask_page)
        self._row.addWidget(self.page)
        self.count = QLabel()
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("of 999 "))
        self._row.addWidget(self.count)
        self._row.addSpacing(8)
        self._tool("zoom-out", "Smaller", "Ctrl+-", lambda: self.zoom_requested.emit(-1))
        self.zoom = QLabel()
        self.zoom.setAccessibleName("Zoom")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000 %"))
        self._row.addWidget(self.zoom)
        self._tool("zoom-in", "Larger", "Ctrl++", lambda: self.zoom_requested.emit(1), "Ctrl+=")
        self.fit_page = self._tool("fit-page", "Show whole pages", "Ctrl+0", lambda: self.fit_requested.emit(Fit.PAGE))
        self.fit_width = self._tool(
            "fit-width", "As wide as the window", "Ctrl+2", lambda: self.fit_requested.emit(Fit.WIDTH)
        )
        for button in (self.fit_page, self.fit_width):
            button.setCheckable(True)
        self._add(self, "As large as on paper", "Ctrl+1", self.whole_size_requested.emit)

    def _place_pdf(self) -> None:
        """Place what is done with the PDF."""
        self.find_words = self._tool("find", "Find words in the pages", "Ctrl+F", self.find_requested.emit)
        self.copy = self._tool("copy", "Copy the PDF and the picture of this page", "Ctrl+C", self.copy_requested.emit)
        self.open = self._tool("open-outside", "Open in the system’s viewer", "Ctrl+O", self.open_requested.emit)
        self.drag = DragHandle()
        self.drag.setAccessibleName("Drag the PDF out")
        self.drag.setToolTip("Drag the PDF from here into a folder or a message; by keyboard, copy it")
        self.drag.drag_requested.connect(self.drag_requested)
        self._dress(self.drag, "drag-out")
        self._row.addWidget(self.drag)
        self._row.addSpacing(8)
        self.save = self._text("Save PDF…", "Save the PDF", "Ctrl+S", self.save_requested.emit, "save")
        self.print = self._text("Print…", "Print on paper", "Ctrl+P", self.print_requested.emit, "print")
        self._row.addSpacing(8)
        self.options = self._fold(
            "columns-right", "Options", "Show or hide the options", "Shift+F9", self.options_shown
        )

    def set_ready(self, ready: bool) -> None:
        """Say whether there is a PDF to be saved and printed, and nothing runs."""
        for widget in (self.save, self.print, self.page, self.find_words, self.copy, self.open, self.drag):
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
        self.zoom.setText(f"{zoom * 100:.0f} %")
        self.fit_page.setChecked(fit is Fit.PAGE)
        self.fit_width.setChecked(fit is Fit.WIDTH)

    def _turn(self, pages: int) -> None:
        self.page_requested.emit(self._page + pages)

    def _ask_page(self) -> None:
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    def _fold(self, icon: str, name: str, tip: str, keys: str, shown: SignalInstance) -> QToolButton:
        """Place a button that shows and hides what is at a side."""
        button = self._tool(icon, tip, keys, lambda: None)
        button.setObjectName("fold")
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.toggled.connect(shown)
        return button

    def _tool(self, icon: str, tip: str, keys: str, act: Callable[[], object], *more: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._ready(button, icon, tip, keys, act, *more)
        return button

    def _text(self, text: str, tip: str, keys: str, act: Callable[[], object], icon: str) -> QPushButton:
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
        self._dress(button, icon)
        self._add(button, tip, keys, button.click, *more)
        self._row.addWidget(button)

    def _dress(self, button: QAbstractButton, icon: str) -> None:
        button.setIconSize(_ICON)
        self._icons.append((button, icon))

    def _add(self, widget: QWidget, tip: str, keys: str, act: Callable[[], object], *more: str) -> None:
        """Give a tool its key, and a tip that names it."""
        for each in (keys, *more):
            shortcut = QShortcut(QKeySequence(each), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda: act())
        if widget is not self:
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            widget.setToolTip(f"{tip} ({shown})")

    def _draw_icons(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))


class DragHandle(QToolButton):
    """What the PDF is dragged by; who has no mouse copies it instead."""

    drag_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed_at: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        start = self._pressed_at
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.drag_requested.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed_at = None
