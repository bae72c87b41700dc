"""The page of a file with faults: each of them with its mend, and the file's text."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from briefing.app.reader.browser import RecordBrowser
from briefing.app.reader.page_marks import PageMarks
from briefing.app.reader.raw_text import RawText
from briefing.app.wording import count, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.app.theme import Theme
    from briefing.library.answers import Card
    from briefing.records.problems import Problem

SHOWN_AT_MOST = 500
LINKED_AT_MOST = 20


class ProblemPage(QWidget):
    """Shows what is wrong with a file, where, and how to mend it; a fault leads to its line in the text below."""

    editor_requested = Signal(str, int, int)
    """File, line and column."""
    record_requested = Signal(str)
    """The id of a record of the file, to be shown as it can be read now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem-page")
        self._theme = theme
        self._file = ""
        self._shown: tuple[object, ...] = ()
        self._sign = QLabel()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._counts = QLabel()
        self._edit = QPushButton("Open in editor")
        self._edit.setToolTip("Open the file in your editor, at the line of the first fault (Ctrl+E)")
        self._edit.clicked.connect(self.open_in_editor)
        self.faults = RecordBrowser(lambda name: None, margin=28, centred=False)
        self.faults.setObjectName("faults")
        self.faults.setAccessibleName("Faults in the file")
        self.faults.link_followed.connect(self._follow)
        self.text = RawText(theme)
        self.text.setObjectName("raw-text")
        self.marks = PageMarks(self.text, theme)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._counts)
        head = QHBoxLayout()
        head.setContentsMargins(28, 20, 28, 12)
        head.setSpacing(12)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.faults)
        parts.addWidget(self.text)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(parts, 1)

    def show_file(self, file: str, problems: Sequence[Problem], cards: Sequence[Card], text: str, scale: float) -> None:
        """Show a file's faults, its records and its text; the same ones again change nothing."""
        shown = (file, tuple(problems), tuple(cards), text, scale, self._theme.palette)
        if shown == self._shown:
            return
        same_file = bool(self._shown) and self._shown[0] == file
        self._shown = shown
        self._file = file
        place = (self.text.verticalScrollBar().value(), self.faults.fraction, self.text.current_line())
        self._draw_sign(faulty=bool(problems))
        self._title.setText(one_line(file))
        self._title.setFont(self._theme.font(1.25 * scale, bold=True))
        self._counts.setText(counted(problems))
        self._edit.setAccessibleName(f"Open {file} in editor")
        self.faults.show_html(self._html(problems, cards), self._theme.font(scale))
        by_line: dict[int, str] = {}
        for problem in problems:
            by_line.setdefault(problem.line, problem.message)
        by_line.pop(0, None)
        self.text.show_text(text, by_line, scale)
        self.text.setAccessibleName(f"Text of {file}")
        if same_file:
            self.text.go_to_line(place[2])
            self.text.verticalScrollBar().setValue(place[0])
            self.faults.scroll_to_fraction(place[1])
        elif by_line:
            self.text.go_to_line(min(by_line))

    def _draw_sign(self, *, faulty: bool) -> None:
        icon = self._theme.icon("kind-problem", "error") if faulty else self._theme.icon("check", "muted")
        self._sign.setPixmap(icon.pixmap(QSize(22, 22), self.devicePixelRatioF()))

    def open_in_editor(self) -> None:
        """Ask for the editor, at the line that the caret is on."""
        self.editor_requested.emit(self._file, self.text.current_line(), 1)

    def _html(self, problems: Sequence[Problem], cards: Sequence[Card]) -> str:
        colours = self._theme.palette.colours
        parts = [
            f"<style>a {{ color: {colours['accent']}; }} p {{ margin: 0 0 10px 0; }}"
            f" .error {{ color: {colours['error']}; }} .warning {{ color: {colours['warning']}; }}"
            f" .mend {{ color: {colours['muted']}; }}</style>"
        ]
        if not problems:
            parts.append("<p>Nothing is wrong with this file.</p>")
        stale, good = [card for card in cards if card.stale], [card for card in cards if not card.stale]
        if stale:
            parts.append(f"<p>The last good version is still here to be read: {_links(stale)}.</p>")
        if good:
            parts.append(f"<p>In this file: {_links(good)}.</p>")
        for problem in problems[:SHOWN_AT_MOST]:
            place = ""
            if problem.line:
                place = f"Line {problem.line}, column {problem.column}" if problem.column else f"Line {problem.line}"
                place = f'<a href="line:{problem.line}:{problem.column}">{place}</a> &nbsp;'
            word = problem.severity.capitalize()
            parts.append(
                f'<p>{place}<b class="{problem.severity}">{word}.</b> {_words(problem.message)}<br>'
                f'<span class="mend">{_words(problem.mend)}</span></p>'
            )
        rest = len(problems) - SHOWN_AT_MOST
        if rest > 0:
            parts.append(f"<p>And {rest:,} more.</p>")
        return "".join(parts)

    def _follow(self, target: str) -> None:
        scheme, _, rest = target.partition(":")
        if scheme == "record":
            self.record_requested.emit(rest)
        elif scheme == "line":
            line, _, column = rest.partition(":")
            self.text.go_to_line(int(line), int(column))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _links(cards: Sequence[Card]) -> str:
    links = [f'<a href="record:{card.id}">{escape(one_line(card.title))}</a>' for card in cards[:LINKED_AT_MOST]]
    rest = len(cards) - len(links)
    return ", ".join(links) + (f" and {rest:,} more" if rest > 0 else "")


def _words(sentence: str) -> str:
    # What stands between backticks is to be typed as it is.
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(one_line(sentence)))


def counted(problems: Sequence[Problem]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = [count(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]
    return " and ".join(parts) or "No faults"
