"""The reading pane: what the session's address says, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from briefing.app.reader import pages
from briefing.app.reader.banner import Banner
from briefing.app.reader.browser import RecordBrowser, anchors_of
from briefing.app.reader.editor import open_in_editor
from briefing.app.reader.find_bar import FindBar
from briefing.app.reader.finder import Finder
from briefing.app.reader.links import address_of, is_web
from briefing.app.reader.menu import page_menu
from briefing.app.reader.page_marks import PageMarks
from briefing.app.reader.place import place_on, return_to
from briefing.app.reader.problem_page import ProblemPage
from briefing.app.session import Address
from briefing.app.settings import LARGEST_ZOOM, SMALLEST_ZOOM

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QHideEvent, QShowEvent

    from briefing.app.notify import Notify
    from briefing.app.session import Changes, Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.records.record import Record

ZOOM_STEP = 1.1


class ReaderPanel(QWidget):
    """Shows a record, or a file with faults, and keeps the reader's place in it while the library changes."""

    status_changed = Signal(str)
    """A sentence for the status line: where the link under the mouse leads, what was copied; empty: nothing."""
    problem_raised = Signal(str)
    """A sentence that the user has to see."""
    zoom_changed = Signal(float)
    match_count_changed = Signal(int)
    """How many words of the query are marked on the page."""
    print_requested = Signal(object)
    """The `Address` of the record to be printed."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        notify: Notify | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self._session = session
        self._theme = theme
        self._settings = settings
        self._notify = notify
        self._html = ""
        self._record: Record | None = None
        self._shown: Address | None = None
        # True while the page is made: what scrolls then is not the reader.
        self._loading = False
        # True until the event that brought the page here is over: a query that comes with it may still scroll.
        self._fresh = False
        self._wanted_scroll = -1.0
        self.banner = Banner(theme)
        self.banner.action_requested.connect(self._show_faults)
        self.browser = RecordBrowser(self._icon)
        self.browser.setObjectName("page")
        self.problems = ProblemPage(theme)
        self.find_bar = FindBar(theme)
        self.find_bar.hide()
        self.finder = Finder(self.find_bar, self)
        self.marks = PageMarks(self.browser, theme)
        self._raw_marks = PageMarks(self.problems.text, theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.browser)
        self._stack.addWidget(self.problems)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        column.addWidget(self.find_bar)
        self.setFocusProxy(self.browser)
        self._connect()
        self._address_changed(session.address)

    def _connect(self) -> None:
        browser, problems, session = self.browser, self.problems, self._session
        browser.link_followed.connect(self.follow)
        browser.link_hovered.connect(lambda target: self.status_changed.emit(self._words_of(target)))
        browser.zoom_requested.connect(self._zoom_by)
        problems.faults.zoom_requested.connect(self._zoom_by)
        browser.menu_requested.connect(self._show_menu)
        browser.back_requested.connect(session.back)
        browser.forward_requested.connect(session.forward)
        browser.verticalScrollBar().valueChanged.connect(self._scrolled)
        problems.editor_requested.connect(self._open_editor)
        problems.record_requested.connect(lambda record_id: session.go(Address("record", record_id)))
        session.address_changed.connect(self._address_changed)
        session.query_changed.connect(self._query_changed)
        session.content_changed.connect(self._content_changed)
        session.library_changed.connect(self._library_changed)
        self._theme.changed.connect(self._draw_again)

    # ---- what is shown

    def _address_changed(self, address: Address | None) -> None:
        if address is not None and address.kind == "file":
            self._show_file(address)
            return
        self._stack.setCurrentWidget(self.browser)
        self.setFocusProxy(self.browser)
        self._loading = True
        changed = self._show_page(address)
        self._loading = False
        self.finder.use(self.browser, self.marks)
        self._arrive(address, changed=changed)

    def _show_page(self, address: Address | None) -> bool:
        """Show a record's page; False where that very page is shown already."""
        library = self._session.library
        self._record = library.record(address.key) if library and address else None
        if self._record is not None and library is not None:
            html = pages.record_html(self._record, library, self._theme, self._settings.zoom)
            name = self._record.title
            description = f"{self._record.kind_info.label}. {self._record.summary}".strip()
        elif address is not None:
            html = pages.message_html(
                "There is no such record", f"Nothing in this library has the id “{address.key}”.", self._theme
            )
            name = description = "There is no such record"
        else:
            html = ""
            name = description = "Nothing is shown"
        self._show_stale_banner()
        page = "" if address is None else f"{address.page}{html}"
        if page == self._html:
            return False
        self._html = page
        self.browser.show_html(html, pages.reading_font(self._theme, self._settings.zoom))
        self.browser.setAccessibleName(name)
        self.browser.setAccessibleDescription(description)
        self.marks.page_changed()
        self._mark_query()
        return True

    def _arrive(self, address: Address | None, *, changed: bool) -> None:
        """Scroll to where the address, the history or the query says, whichever says something first."""
        self._fresh = True
        QTimer.singleShot(0, self, self._settled)
        self.marks.mark_target(None)
        again, self._shown = address == self._shown, address
        self._wanted_scroll = self._session.scroll
        if again:
            # Asked for once more: the reader wants to see the place, wherever the page was scrolled since.
            self._mark_fragment(address, scroll=True)
        elif self._session.scroll >= 0:
            self.browser.scroll_to_fraction(self._session.scroll)
            self._mark_fragment(address)
        elif not self._mark_fragment(address, scroll=True):
            if changed:
                self.browser.verticalScrollBar().setValue(0)
            self._show_first_match()
        self._scrolled()

    def _mark_fragment(self, address: Address | None, *, scroll: bool = False) -> bool:
        if address is None or not address.fragment:
            return False
        target = self.browser.anchored(address.fragment)
        if target is None:
            return False
        self.marks.mark_target(target)
        if scroll:
            self.browser.reveal(target)
            start = self.browser.textCursor()
            start.setPosition(target.selectionStart())
            self.browser.setTextCursor(start)
        return True

    def _settled(self) -> None:
        self._fresh = False

    def _show_file(self, address: Address) -> None:
        library = self._session.library
        self._record = None
        self._shown = address
        self._html = ""
        self.banner.hide()
        self._stack.setCurrentWidget(self.problems)
        self.setFocusProxy(self.problems.faults)
        if library is None:
            return
        self.problems.show_file(
            address.key,
            library.problems(address.key),
            library.stale_cards(address.key),
            library.raw_text(address.key),
            self._settings.zoom,
        )
        self.match_count_changed.emit(0)
        self._raw_marks.page_changed()
        self.finder.use(self.problems.text, self._raw_marks)

    def _show_stale_banner(self) -> None:
        library, record = self._session.library, self._record
        card = library.card(record.id) if library is not None and record is not None else None
        if record is not None and card is not None and card.stale:
            self.banner.say(f"This is the last good version: {record.file} has faults now.", "Show the faults")
        else:
            self.banner.hide()

    def _show_faults(self) -> None:
        if self._record is not None:
            self._session.go(Address("file", self._record.file))

    # ---- what changes under it

    def _library_changed(self, library: object) -> None:
        self._address_changed(self._session.address)

    def _content_changed(self, changes: Changes) -> None:
        address = self._session.address
        if address is not None and address.kind == "file":
            self._show_file(address)
        else:
            self._draw_again()

    def _draw_again(self) -> None:
        """Make the shown page anew in its place; nothing happens where it would be the same."""
        address = self._session.address
        if address is not None and address.kind == "file":
            self._show_file(address)
            return
        self._loading = True
        place = place_on(self.browser)
        if self._show_page(address):
            return_to(self.browser, place)
            self._mark_fragment(address)
            self.finder.use(self.browser, self.marks)
        else:
            self.marks.draw()
        self._loading = False

    def _query_changed(self, query: str) -> None:
        self._mark_query()
        if self._fresh and self._session.scroll <= 0:
            self._show_first_match()

    def _mark_query(self) -> None:
        self.marks.mark_query(pages.marker(self._session.query) if self._record is not None else None)
        self.match_count_changed.emit(len(self.marks.query))

    def _show_first_match(self) -> None:
        if self.marks.query:
            self.browser.reveal(self.marks.cursor(self.marks.query[0]))

    def _scrolled(self) -> None:
        if not self._loading and self._stack.currentWidget() is self.browser:
            self._session.remember_scroll(self.browser.fraction)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Before it was shown the pane had another width, and the page another length.
        if self._wanted_scroll > 0:
            self.browser.scroll_to_fraction(self._wanted_scroll)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wanted_scroll = self._session.scroll

    # ---- links

    def follow(self, target: str) -> None:
        """Go where a link leads."""
        address = address_of(target, self._session.address)
        if address is not None:
            self._session.go(address)
        elif is_web(target):
            self._open_outside(target)
        else:
            self.problem_raised.emit("That link is not opened: only web and mail addresses are.")

    def _open_outside(self, target: str) -> None:
        # Shown as it is: a name in another script may look like one that is trusted.
        question = (
            f"{target}\n\nThe program itself never goes online; your browser or mail program will open this address."
        )
        if self._notify is not None and self._notify.ask("Open this address outside Briefing?", question, "Open"):
            QDesktopServices.openUrl(QUrl(target))

    def _words_of(self, target: str) -> str:
        address = address_of(target, self._session.address)
        library = self._session.library
        if address is None or library is None or target.startswith("#"):
            return "" if target.startswith("#") else target
        if address.kind == "file":
            return address.key
        card = library.card(address.key)
        title = card.title if card else f"{address.key}: no such record"
        return f"{title}, ¶{address.fragment[1:]}" if address.fragment[:1] == "p" else title

    # ---- what the window's actions call

    def open_find(self) -> None:
        """Open the bar for finding words in the page."""
        self.finder.open()

    def find_next(self) -> None:
        """Go to the next place found, or to the next marked word of the query."""
        self.finder.step(True)

    def find_previous(self) -> None:
        """Go to the place before."""
        self.finder.step(False)

    def zoom_in(self) -> None:
        """Show the page larger."""
        self._zoom_by(1)

    def zoom_out(self) -> None:
        """Show the page smaller."""
        self._zoom_by(-1)

    def zoom_reset(self) -> None:
        """Show the page at its usual size."""
        self._zoom_to(1.0)

    def _zoom_by(self, steps: int) -> None:
        self._zoom_to(self._settings.zoom * ZOOM_STEP**steps)

    def _zoom_to(self, zoom: float) -> None:
        # So near to 100 % it is meant to be 100 %.
        zoom = 1.0 if abs(zoom - 1) < 0.04 else min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        if zoom != self._settings.zoom:
            self._settings.zoom = zoom
            self._draw_again()
            self.zoom_changed.emit(zoom)
        self.status_changed.emit(f"Text at {zoom:.0%}")

    def toggle_caret(self) -> None:
        """Let the arrow keys move a caret through the text, or scroll it again."""
        self.browser.set_caret(not self.browser.caret)
        self.status_changed.emit(
            "Arrow keys move the caret; F7 ends that." if self.browser.caret else "Arrow keys scroll the page."
        )

    def copy_reference(self) -> None:
        """Copy where the selected words, or the paragraph at the caret, come from."""
        library = self._session.library
        if self._record is None or library is None:
            return
        # Imported here, as whatever needs the document package: the window is painted first.
        from briefing.app.reader.reference import reference

        cursor = self.browser.textCursor()
        anchors = anchors_of(self.browser.document().findBlock(cursor.selectionStart()))
        text = reference(self._record, library, anchors, cursor.selectedText().replace("\u2029", " "))
        QGuiApplication.clipboard().setText(text)
        self.status_changed.emit(f"Copied: {text}")

    def open_in_editor(self) -> None:
        """Open the shown record's file, or the file with faults, in the user's editor."""
        if self._stack.currentWidget() is self.problems:
            self.problems.open_in_editor()
        elif self._record is not None:
            self._open_editor(self._record.file, self._record.line, 1)

    def _open_editor(self, file: str, line: int, column: int) -> None:
        library = self._session.library
        if library is not None and not open_in_editor(self._settings.editor, library.folder / file, line, column):
            self.problem_raised.emit(f"No editor could be started for {file}; name one in the settings.")

    def _show_menu(self, place: QPoint, target: str) -> None:
        menu = page_menu(self, target, can_print=self._record is not None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def print_page(self) -> None:
        """Ask for the shown record on paper."""
        address = self._session.address
        if address is not None and self._record is not None:
            self.print_requested.emit(address.page)

    def _icon(self, name: str) -> QImage | None:
        return pages.icon_image(self._theme, name, self.devicePixelRatioF())
