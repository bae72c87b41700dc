"""Finding words in the page that is shown: the bar, the marks, and the way from one place to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from briefing.app.find_bar import FindBar
    from briefing.app.reader.browser import RecordBrowser
    from briefing.app.reader.page_marks import PageMarks
    from briefing.app.reader.raw_text import RawText


class Finder(QObject):
    """Connects the find bar to one page at a time."""

    open_changed = Signal(bool)
    """Whether the bar is there."""

    def __init__(self, bar: FindBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._view: RecordBrowser | RawText | None = None
        self._marks: PageMarks | None = None
        bar.words_changed.connect(self._words_changed)
        bar.step_requested.connect(self.step)
        bar.close_requested.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self._bar.isHidden()

    def use(self, view: RecordBrowser | RawText, marks: PageMarks) -> None:
        """Find in that page from now on; what is in the field is looked for at once, and the page stays in place."""
        if self._marks is not None and self._marks is not marks:
            self._marks.find("")
        self._view, self._marks = view, marks
        if self.is_open:
            marks.find(self._bar.field.text())
            self._bar.show_count(0, len(marks.found))

    def open(self) -> None:
        """Open the bar; words selected on the page are looked for."""
        if self._view is None:
            return
        selected = self._view.textCursor().selectedText()
        # A selection over paragraphs is no search.
        self._bar.open(selected if "\u2029" not in selected else "")
        self._words_changed(self._bar.field.text())
        self.open_changed.emit(True)

    def step(self, forward: bool = True) -> None:
        """Go to the next place of the words in the bar, or the one before, round the end of the page."""
        if self._view is None or self._marks is None:
            return
        number = self._marks.step(self._marks.found, self._view.top_position(), forward=forward)
        self._reveal()
        self._bar.show_count(number, len(self._marks.found))

    def walk(self, forward: bool, *, around: bool = False) -> bool:
        """Go to the next match of the query, or the one before; False where there is none further on the page."""
        if self._view is None or self._marks is None:
            return False
        number = self._marks.step(self._marks.query, self._view.top_position(), forward=forward, around=around)
        if number:
            self._reveal()
        return number > 0

    def stand_on(self, at: int) -> None:
        """Go to a match of the query by its place among them, -1 for the last; nothing happens where there is none."""
        if self._marks is not None and self._marks.query:
            self._marks.stand_on(self._marks.query[at])
            self._reveal()

    def _reveal(self) -> None:
        if self._view is not None and self._marks is not None and self._marks.current:
            self._view.reveal(self._marks.cursor(self._marks.current))

    def close(self) -> None:
        """Put the bar away; the place that was shown is selected, and the page has the focus."""
        self._bar.hide()
        if self._view is None or self._marks is None:
            return
        current = self._marks.current
        self._marks.find("")
        if current:
            self._view.setTextCursor(self._marks.cursor(current))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.open_changed.emit(False)

    def _words_changed(self, words: str) -> None:
        if self._marks is None or not self.is_open:
            return
        self._marks.find(words)
        self._bar.show_count(0, len(self._marks.found))
        if self._marks.found:
            self.step()
