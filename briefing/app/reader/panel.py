"""The reading pane: what the session's address says, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from briefing.app.find_bar import FindBar
from briefing.app.picked import Pick, drag
from briefing.app.reader.finder import Finder
from briefing.app.reader.links import address_of, is_web
from briefing.app.reader.record_page import RecordPage
from briefing.app.session import Address
from briefing.app.settings import LARGEST_ZOOM, SMALLEST_ZOOM
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from briefing.app.notify import Notify
    from briefing.app.reader.problem_page import ProblemPage
    from briefing.app.reader.walk_bar import WalkBar
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme

ZOOM_STEP = 1.1


class ReaderPanel(QWidget):
    """Shows a record, or a file with faults, and keeps the reader's place in it while the library changes."""

    status_changed = Signal(str)
    """A sentence for the status line: where the link under the mouse leads, what was copied; empty: nothing."""
    problem_raised = Signal(str)
    """A sentence that the user has to see."""
    zoom_changed = Signal(float)
    matches_changed = Signal()
    """The words of the query are marked afresh, or no longer."""
    walk_requested = Signal(bool)
    """Go to the next match, or the one before: the bar's buttons say so."""
    print_requested = Signal(object)
    """The `Address` of the record to be printed."""
    picked = Signal(object)
    """A tuple of `Pick`: they are to be put into the dossier."""

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
        self.page = RecordPage(session, theme, settings)
        self._problems: ProblemPage | None = None
        self.find_bar = FindBar(theme)
        self.find_bar.hide()
        self.finder = Finder(self.find_bar, self)
        self._walk_bar: WalkBar | None = None
        self._place = ("", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.find_bar)
        self._connect()
        self._address_changed(session.address)

    def _connect(self) -> None:
        browser, session = self.page.browser, self._session
        browser.link_followed.connect(self.follow)
        browser.link_hovered.connect(lambda target: self.status_changed.emit(self._words_of(target)))
        browser.zoom_requested.connect(self._zoom_by)
        browser.link_dragged.connect(self._drag)
        browser.menu_requested.connect(self._show_menu)
        browser.back_requested.connect(session.back)
        browser.forward_requested.connect(session.forward)
        self.page.matches_changed.connect(self.matches_changed)
        self.finder.open_changed.connect(self._show_walk_bar)
        session.address_changed.connect(self._address_changed)
        session.query_changed.connect(self.page.query_changed)
        session.content_changed.connect(self._draw_again)
        session.library_changed.connect(lambda: self._address_changed(session.address))
        session.reach_changed.connect(self._reach_changed)
        self._theme.changed.connect(self._draw_again)

    @property
    def problems(self) -> ProblemPage:
        """The page of a file with faults, made when the first one is shown."""
        if self._problems is None:
            # Imported here: most libraries have no faults, and the window does not wait for what it may never show.
            from briefing.app.reader.problem_page import ProblemPage

            self._problems = ProblemPage(self._theme)
            self._problems.faults.zoom_requested.connect(self._zoom_by)
            self._problems.editor_requested.connect(self._open_editor)
            self._problems.record_requested.connect(lambda key: self._session.go(Address("record", key)))
            self._stack.addWidget(self._problems)
        return self._problems

    # ---- what is shown

    def _address_changed(self, address: Address | None) -> None:
        if address is not None and address.kind == "file":
            self._show_file(address)
            return
        self._stack.setCurrentWidget(self.page)
        self.setFocusProxy(self.page)
        self.page.open(address)
        self.finder.use(self.page.browser, self.page.marks)

    def _show_file(self, address: Address) -> None:
        library = self._session.library
        self.page.leave()
        self._stack.setCurrentWidget(self.problems)
        self.setFocusProxy(self.problems.faults)
        if library is None:
            return
        self.problems.show_file(
            address.key,
            library.problems(address.key),
            library.cards_in(address.key),
            library.raw_text(address.key),
            self._settings.zoom,
        )
        self.problems.marks.page_changed()
        self.finder.use(self.problems.text, self.problems.marks)

    def _draw_again(self) -> None:
        """Make what is shown anew, in its place."""
        address = self._session.address
        if address is not None and address.kind == "file":
            self._show_file(address)
        elif self.page.draw_again(address):
            self.finder.use(self.page.browser, self.page.marks)

    def _reach_changed(self) -> None:
        # Where nothing is shown it is said why not.
        if self._session.address is None:
            self._draw_again()

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
        title = one_line(card.title if card else f"{address.key}: no such record")
        return f"{title}, ¶{address.fragment[1:]}" if address.fragment[:1] == "p" else title

    # ---- what goes into a dossier

    @property
    def pick(self) -> Pick | None:
        """The record that is shown, as it is put into a dossier."""
        return self.page.browser.pick if self._stack.currentWidget() is self.page else None

    def pick_of(self, target: str) -> Pick | None:
        """Return the record that a link leads to, as it is put into a dossier."""
        address, library = address_of(target, self._session.address), self._session.library
        if address is None or library is None or address.kind != "record" or target.startswith("#"):
            return None
        card = library.card(address.key)
        return Pick("record", card.title, id=card.id) if card is not None else None

    def pick_page(self) -> None:
        """Ask for the shown record in the dossier."""
        if self.pick is not None:
            self.picked.emit((self.pick,))

    def _drag(self, target: str) -> None:
        pick = self.pick_of(target)
        if pick is not None:
            drag(self.page.browser, (pick,))

    # ---- what the window's actions call

    def open_find(self) -> None:
        """Open the bar for finding words in the page."""
        self.finder.open()

    @property
    def match(self) -> tuple[int, int]:
        """Which match of the query one is at, counted from 1 and 0 for none, and how many are marked on the page."""
        return self.page.marks.place if self._stack.currentWidget() is self.page else (0, 0)

    def say_match(self, place: str, note: str = "") -> None:
        """Say in a bar below the page where one is among the matches, and a note on it; nothing: no bar."""
        self._place = (place, note)
        self._show_walk_bar()

    def _show_walk_bar(self) -> None:
        # One bar at a time: while the find bar is there, the keys are for what it finds.
        wanted = bool(self._place[0]) and not self.finder.is_open
        if wanted and self._walk_bar is None:
            # Made when the first is wanted: the window does not wait for what it may never show.
            from briefing.app.reader.walk_bar import WalkBar

            self._walk_bar = WalkBar(self._theme)
            self._walk_bar.step_requested.connect(self.walk_requested)
            self._walk_bar.close_requested.connect(lambda: self._session.set_query(""))
            self._column.addWidget(self._walk_bar)
        if self._walk_bar is not None:
            self._walk_bar.setVisible(wanted)
            if wanted:
                self._walk_bar.say(*self._place)

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
        self.page.browser.set_caret(not self.page.browser.caret)
        self.status_changed.emit(
            "Arrow keys move the caret; F7 ends that." if self.page.browser.caret else "Arrow keys scroll the page."
        )

    def copy_reference(self) -> None:
        """Copy where the selected words, or the paragraph at the caret, come from."""
        library = self._session.library
        if self.page.record is None or library is None:
            return
        # Imported here, as whatever needs the document package: the window is painted first.
        from briefing.app.reader.reference import reference

        words = self.page.browser.textCursor().selectedText().replace("\u2029", " ")
        text = reference(self.page.record, library, self.page.anchors_at_caret(), words)
        QGuiApplication.clipboard().setText(text)
        self.status_changed.emit(f"Copied: {text}")

    def open_in_editor(self) -> None:
        """Open the shown record's file, or the file with faults, in the user's editor."""
        if self._problems is not None and self._stack.currentWidget() is self._problems:
            self._problems.open_in_editor()
        elif self.page.record is not None:
            self._open_editor(self.page.record.file, self.page.record.line, 1)

    def _open_editor(self, file: str, line: int, column: int) -> None:
        from briefing.app.reader.editor import open_in_editor

        library = self._session.library
        if library is not None and not open_in_editor(self._settings.editor, library.folder / file, line, column):
            self.problem_raised.emit(f"No editor could be started for {file}; name one in the settings.")

    def _show_menu(self, place: QPoint, target: str) -> None:
        from briefing.app.reader.menu import page_menu

        menu = page_menu(self, target, can_print=self.page.record is not None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def print_page(self) -> None:
        """Ask for the shown record on paper."""
        address = self._session.address
        if address is not None and self.page.record is not None:
            self.print_requested.emit(address.page)
