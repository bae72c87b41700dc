"""One line below: the library, what is going on, problems; never a box for what is not urgent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from briefing.app.wording import count, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.app.session import Changes, Session
    from briefing.app.theme import Theme

MESSAGE_MS = 8_000
_ANY_WIDTH = 16_777_215  # Qt's own number for it
PATIENCE_MS = 400
"""How long work may take before anything is said of it: what is over at once only flickers."""
PHASES = {"walking": "looking at the files", "reading": "reading", "writing": "writing the index"}


class StatusLine(QWidget):
    """Library, number of records, what is going on, and the way to the problems."""

    problems_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        # Else a widget of a class of ours has no ground and border in a style sheet.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Status")
        self._session = session
        self._theme = theme
        self._state = ""
        # What stays when a passing sentence is over.
        self._lasting = ""
        self._records = 0
        self._faultless = False
        self._library = _Words("Library")
        self._message = _Words("Message")
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress of indexing")
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 6)
        self._cancel = QPushButton("Cancel")
        self._cancel.setObjectName("link")
        self._cancel.setAccessibleName("Cancel indexing")
        self._cancel.clicked.connect(self.cancel_requested)
        self._offer = QPushButton()
        self._offer.setObjectName("link")
        self._offer.hide()
        self._offer.clicked.connect(self._accept)
        self._offered: Callable[[], object] | None = None
        self._problems = QPushButton()
        self._problems.setObjectName("problems")
        self._problems.clicked.connect(self.problems_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 3, 10, 3)
        self.setMinimumHeight(QFontMetrics(theme.font()).height() + 10)
        layout.setSpacing(12)
        for widget in (self._library, self._bar, self._cancel):
            layout.addWidget(widget)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._offer)
        layout.addStretch(0)
        layout.addWidget(self._problems)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)
        self._idle()
        self._problems.hide()
        # What was said is taken back after a while, for it is about what happened then.
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(MESSAGE_MS)
        self._over.timeout.connect(self._end)
        session.library_changed.connect(self._count)
        session.content_changed.connect(self._updated)
        session.reach_changed.connect(self._write)
        theme.changed.connect(self._theme_changed)
        self._count()

    def say(self, sentence: str) -> None:
        """Show a sentence for a while, or until another one comes; an empty one takes it back."""
        if not sentence and self._offered is not None and self._over.isActive():
            # What is offered can be taken up for as long as it was to be.
            return
        self._offer.hide()
        self._offered = None
        self._message.setMaximumWidth(_ANY_WIDTH)
        self._show(sentence or self._lasting)
        if sentence:
            self._over.start()
        else:
            self._over.stop()

    def offer(self, sentence: str, word: str, act: Callable[[], object]) -> None:
        """Show a sentence for a while, and behind it a button that says what can be done about it."""
        self.say(sentence)
        self._offered = act
        # So that the button stands right behind it.
        self._message.setMaximumWidth(self._message.sizeHint().width())
        self._offer.setText(word)
        self._offer.setAccessibleName(f"{word}: {sentence}")
        self._offer.show()

    def _accept(self) -> None:
        act = self._offered
        self._end()
        if act is not None:
            act()

    def _end(self) -> None:
        self._over.stop()
        self.say("")

    def _show(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setToolTip(sentence)

    def show_progress(self, phase: str, done: int, total: int) -> None:
        """Say how far indexing has come."""
        if self._lasting:
            self._lasting = ""
            self.say("")
        share = f" {done * 100 // total} %" if total else f" {done:,}" if done else ""
        self._state = f"indexing{share}, {PHASES.get(phase, phase)}"
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if self._bar.isHidden():
            if not self._patience.isActive():
                self._patience.start()
        else:
            self._write()

    def show_idle(self) -> None:
        """Say that nothing is going on."""
        self._lasting = ""
        self._idle()

    def _lose_patience(self) -> None:
        self._bar.show()
        self._cancel.show()
        self._write()

    def show_stopped(self, sentence: str) -> None:
        """Say that the index is not kept up to date, until it is."""
        self._idle("not up to date")
        self._lasting = sentence
        self.say("")

    def _updated(self, changes: Changes) -> None:
        if self._session.reach is not None:
            # A part of it came; the rest is still being read.
            self._count()
            return
        if self._lasting:
            self._lasting = ""
            self.say("")
        self._idle()
        self._count()

    def _idle(self, state: str = "") -> None:
        self._state = state
        self._patience.stop()
        self._bar.hide()
        self._cancel.hide()
        self._write()

    def _count(self) -> None:
        """Ask the library how much there is in it."""
        library = self._session.library
        counts = library.counts() if library is not None else None
        faults = []
        if counts is not None and counts.errors:
            faults.append(count(counts.errors, "error"))
        if counts is not None and counts.warnings:
            faults.append(count(counts.warnings, "warning"))
        self._problems.setText(" · ".join(faults))
        self._problems.setAccessibleName(f"Problems: {', '.join(faults) or 'none'}")
        self._problems.setToolTip("Show the files that have faults")
        self._problems.setVisible(bool(faults))
        self._records = counts.records if counts is not None else 0
        self._faultless = counts is not None and not faults
        self._theme_changed()
        self._write()

    def _write(self) -> None:
        library = self._session.library
        if library is None:
            self._library.setText("No library is open")
            return
        reach = self._session.reach
        if reach is not None and self._state:
            number = f"{reach.words} can be searched so far" if reach.records else "nothing can be searched yet"
        else:
            number = count(self._records, "record")
        parts = [one_line(library.title), number]
        if self._state:
            parts.append(self._state)
        elif self._faultless and self._records:
            parts.append("no problems")
        self._library.setText("  ·  ".join(parts))
        self._library.setToolTip(str(library.folder))

    def _theme_changed(self) -> None:
        if not self._problems.isHidden():
            self._problems.setIcon(self._theme.icon("warning", "warning"))


class _Words(QLabel):
    """A label whose text is text, and that a screen reader can name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
