"""The page of a record: made from the library, scrolled to its place, and made anew as the library changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.app.marking import marker
from briefing.app.picked import Pick
from briefing.app.reader import pages
from briefing.app.reader.banner import Banner
from briefing.app.reader.browser import RecordBrowser, anchors_of
from briefing.app.reader.page_marks import PageMarks
from briefing.app.reader.place import place_on, return_to
from briefing.app.session import Address
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QImage, QShowEvent

    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.records.record import Record


class RecordPage(QWidget):
    """Shows one record of the session's library, with the query's words marked."""

    matches_changed = Signal()
    """The words of the query are marked afresh."""

    def __init__(self, session: Session, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._settings = settings
        self._html = ""
        self._shown: Address | None = None
        # True while the page is made: what scrolls then is not the reader.
        self._loading = False
        # True until the event that brought the page here is over: a query that comes with it may still scroll.
        self._fresh = False
        self._wanted_scroll = -1.0
        self.record: Record | None = None
        """What is shown; None where there is no such record."""
        self.banner = Banner(theme)
        self.banner.action_requested.connect(self._show_faults)
        self.browser = RecordBrowser(self.icon)
        self.browser.setObjectName("page")
        self.browser.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.marks = PageMarks(self.browser, theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.browser, 1)
        self.setFocusProxy(self.browser)

    # ---- going there

    def open(self, address: Address | None) -> None:
        """Show a record at the place that the address, the history or the query says, whichever says it first."""
        self._loading = True
        changed = self._show(address)
        self._loading = False
        self._fresh = True
        QTimer.singleShot(0, self, self._settled)
        self.marks.mark_target(None)
        again, self._shown = address == self._shown, address
        self._wanted_scroll = self._session.scroll
        if again:
            # Asked for once more: the reader wants to see the place, wherever the page was scrolled since.
            if not self._mark_fragment(address, scroll=True):
                self._show_first_match()
        elif self._session.scroll >= 0:
            self.browser.scroll_to_fraction(self._session.scroll)
            self._mark_fragment(address)
        elif not self._mark_fragment(address, scroll=True):
            if changed:
                self.browser.verticalScrollBar().setValue(0)
            self._show_first_match()
        self._scrolled()

    def leave(self) -> None:
        """Forget what was shown: something else takes its place in the window."""
        self.record = self._shown = None
        self._html = ""
        self.matches_changed.emit()

    def draw_again(self, address: Address | None) -> bool:
        """Make the shown page anew in its place; False, and nothing happens, where it would be the same."""
        self._loading = True
        place, (number, _) = place_on(self.browser), self.marks.place
        changed = self._show(address)
        if changed:
            return_to(self.browser, place)
            self._mark_fragment(address)
            if number and self.marks.query:
                # What is new on the page mostly stands below: it is the same match by its number.
                self.marks.stand_on(self.marks.query[min(number, len(self.marks.query)) - 1])
                self.matches_changed.emit()
        else:
            self.marks.draw()
        self._loading = False
        return changed

    def query_changed(self) -> None:
        """Mark the words of the session's query."""
        self._mark_query()
        if self._fresh and self._session.scroll <= 0:
            self._show_first_match()

    def _settled(self) -> None:
        self._fresh = False

    # ---- what is on it

    def _show(self, address: Address | None) -> bool:
        """Show a record's page; False where that very page is shown already."""
        library = self._session.library
        self.record = record = library.record(address.key) if library and address else None
        self.browser.pick = Pick("record", record.title, id=record.id) if record is not None else None
        if record is not None and library is not None:
            html = pages.record_html(record, library, self._theme, self._settings.zoom)
            name, description = record.title, f"{record.kind_info.label}. {record.summary}".strip()
        elif address is not None:
            name = description = "There is no such record"
            html = pages.message_html(name, f"Nothing in this library has the id “{address.key}”.", self._theme)
        elif library is not None and self._session.reach is not None:
            name = "This library is being read for the first time"
            description = "What is read already can be searched for, and opened from the tree."
            html = pages.message_html(name, description, self._theme)
        else:
            name = description = "Nothing is shown"
            html = ""
        self._show_banner()
        shown = f"{address.page if address is not None else ''}{html}"
        if shown == self._html:
            return False
        self._html = shown
        self.browser.show_html(html, pages.reading_font(self._theme, self._settings.zoom))
        self.browser.setAccessibleName(one_line(name))
        self.browser.setAccessibleDescription(one_line(description))
        self.marks.page_changed()
        self._mark_query()
        return True

    def _show_banner(self) -> None:
        library, record = self._session.library, self.record
        card = library.card(record.id) if library is not None and record is not None else None
        if record is not None and card is not None and card.stale:
            self.banner.say(
                f"This is the last good version: {one_line(record.file)} has faults now.", "Show the faults"
            )
        else:
            self.banner.hide()

    def _show_faults(self) -> None:
        if self.record is not None:
            self._session.go(Address("file", self.record.file))

    def _mark_fragment(self, address: Address | None, *, scroll: bool = False) -> bool:
        target = self.browser.anchored(address.fragment) if address is not None and address.fragment else None
        if target is None:
            return False
        self.marks.mark_target(target)
        if scroll:
            self.browser.reveal(target)
            start = self.browser.textCursor()
            start.setPosition(target.selectionStart())
            self.browser.setTextCursor(start)
        return True

    def _mark_query(self) -> None:
        self.marks.mark_query(marker(self._session.query) if self.record is not None else None)
        self.matches_changed.emit()

    def _show_first_match(self) -> None:
        if self.marks.query:
            self.marks.stand_on(self.marks.query[0])
            self.browser.reveal(self.marks.cursor(self.marks.query[0]))
            self.matches_changed.emit()

    def icon(self, name: str) -> QImage | None:
        """Return one of our icons, as a page draws it."""
        return pages.icon_image(self._theme, name, self.devicePixelRatioF())

    # ---- where the reader is

    def anchors_at_caret(self) -> set[str]:
        """Return the anchors of the paragraph that the selection begins in."""
        cursor = self.browser.textCursor()
        return anchors_of(self.browser.document().findBlock(cursor.selectionStart()))

    def _scrolled(self) -> None:
        if not self._loading and self._shown is not None:
            self._session.remember_scroll(self.browser.fraction)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Before it was shown the page had another width, and so another length.
        if self._wanted_scroll > 0:
            self.browser.scroll_to_fraction(self._wanted_scroll)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wanted_scroll = self._session.scroll
