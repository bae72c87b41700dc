"""Marks words and paragraphs on a page, over its own formatting: what was searched for, found, or led to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from briefing.app.marking import match_format
from briefing.app.offsets import qt_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QPlainTextEdit

    from briefing.app.folded_text import FoldedText
    from briefing.app.theme import Theme

Span = tuple[int, int]

DRAWN_AT_MOST = 3000
"""More marks than anybody looks at would make every repaint slow; they are counted all the same."""


@dataclass(slots=True)
class _Paragraph:
    position: int
    text: str
    folded: FoldedText | None = None


class PageMarks:
    """The marks on one page: the words of the query, those found in the page, and the paragraph that was led to.

    Spans are positions in the view's document. Call `page_changed` when it shows something else.
    """

    def __init__(self, view: QTextEdit | QPlainTextEdit, theme: Theme) -> None:
        self._view = view
        self._theme = theme
        self._paragraphs: list[_Paragraph] = []
        self._target: Span | None = None
        self.query: list[Span] = []
        """Where the words of the query stand."""
        self.found: list[Span] = []
        """Where the words looked for in the page stand."""
        self.current: Span | None = None
        """The one of them that is shown just now."""

    def page_changed(self) -> None:
        """Forget everything that was marked: the text is another."""
        self._paragraphs = [_Paragraph(block.position(), block.text()) for block in self._blocks()]
        self._target = self.current = None
        self.query, self.found = [], []
        self.draw()

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self._view.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def mark_query(self, mark: Callable[[str], Iterable[Span]] | None) -> None:
        """Mark what that function finds in each paragraph; None: nothing."""
        self.query = []
        if mark is not None:
            for paragraph in self._paragraphs:
                self.query += _placed(paragraph, list(mark(paragraph.text)))
        self.current = None
        self.draw()

    def find(self, words: str) -> None:
        """Mark every place where the words stand."""
        # Imported here: whoever finds nothing does not load the search.
        from briefing.app.folded_text import FoldedText

        self.found = []
        if words.strip():
            for paragraph in self._paragraphs:
                if paragraph.folded is None:
                    paragraph.folded = FoldedText(paragraph.text)
                self.found += _placed(paragraph, paragraph.folded.find(words))
        self.current = None
        self.draw()

    def step(self, spans: list[Span], position: int, *, forward: bool, around: bool = True) -> int:
        """Make the next of the spans the current one, counted from a position; return its number.

        The number counts from 1. It is 0 where there is none: no span at all, or without `around`, none further on;
        then the current one stays.
        """
        following = self._following(spans, position, forward=forward)
        if following is None and around and spans:
            following = spans[0] if forward else spans[-1]
        if following is not None or not spans:
            self.current = following
        self.draw()
        return spans.index(following) + 1 if following else 0

    def _following(self, spans: list[Span], position: int, *, forward: bool) -> Span | None:
        if self.current in spans:
            at = spans.index(self.current) + (1 if forward else -1)
            return spans[at] if 0 <= at < len(spans) else None
        if forward:
            return next((span for span in spans if span[0] >= position), None)
        return next((span for span in reversed(spans) if span[1] <= position), None)

    def stand_on(self, span: Span) -> None:
        """Make a span the current one."""
        self.current = span
        self.draw()

    @property
    def place(self) -> tuple[int, int]:
        """Which of the query's matches is the current one, counted from 1 and 0 for none, and how many there are."""
        number = self.query.index(self.current) + 1 if self.current in self.query else 0
        return number, len(self.query)

    def mark_target(self, target: QTextCursor | None) -> None:
        """Mark the paragraph that a link led to."""
        self._target = (target.selectionStart(), target.selectionEnd()) if target else None
        self.draw()

    def cursor(self, span: Span) -> QTextCursor:
        """Return a cursor that selects the span."""
        cursor = QTextCursor(self._view.document())
        last = self._view.document().characterCount() - 1
        cursor.setPosition(min(span[0], last))
        cursor.setPosition(min(span[1], last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def draw(self) -> None:
        """Draw the marks in the theme's colours."""
        selections = []
        if self._target:
            target = QTextCharFormat()
            target.setBackground(self._theme.colour("selection"))
            selections.append(self._selection(self.cursor(self._target), target))
        match = match_format(self._theme)
        spans = self.found or self.query
        # Those around the one that is shown: the reader is there.
        first = max(0, spans.index(self.current) - DRAWN_AT_MOST // 2) if self.current in spans else 0
        drawn = spans[first : first + DRAWN_AT_MOST]
        selections += [self._selection(self.cursor(span), match) for span in drawn]
        if self.current:
            current = QTextCharFormat(match)
            current.setBackground(self._theme.colour("accent"))
            current.setForeground(self._theme.colour("surface"))
            selections.append(self._selection(self.cursor(self.current), current))
        self._view.setExtraSelections(selections)

    @staticmethod
    def _selection(cursor: QTextCursor, drawn: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = drawn
        return selection


def _placed(paragraph: _Paragraph, spans: list[Span]) -> list[Span]:
    at = paragraph.position
    return [(at + start, at + end) for start, end in qt_spans(paragraph.text, spans)]
