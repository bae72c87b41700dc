"""Completing what is typed in the search field: when to offer something, and what the keys do meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent

from briefing.app.asking import Asking
from briefing.app.offsets import qt_length
from briefing.app.results.completion_list import CompletionList
from briefing.app.wording import count

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.theme import Theme
    from briefing.search.completion import Candidate, Completions
    from briefing.search.cursor import Typing

LANE = "completion"
MOST = 50
_ENDINGS = (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.Move)


class Completing(QObject):
    """Offers completions in a list below the field, by itself while a filter is typed and at Ctrl+Space.

    While the list is open it has Up, Down and Escape, and with a row chosen Enter and Tab; all else is the field's.
    """

    settled = Signal()
    """There is no list any more, nor is one awaited: nothing is unfinished."""

    def __init__(
        self, field: QLineEdit, session: Session, theme: Theme, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._theme = theme
        # Weak, for a window holds its parts, and in a circle neither would be let go when it is closed.
        self._host = ref(parent)
        self._list: CompletionList | None = None
        self._asking = Asking(session, jobs, LANE, self)
        self._typing: Typing | None = None
        self._completions: Completions | None = None
        self._text = ""
        self._typed = ""
        self._dismissed: tuple[int, str] | None = None
        field.textChanged.connect(self._text_changed)
        field.textEdited.connect(self._text_edited)
        field.cursorPositionChanged.connect(self._cursor_moved)
        field.installEventFilter(self)
        session.library_changed.connect(self.close)

    def show_in(self, host: QWidget) -> None:
        """Show the list over a window that the field is in."""
        self._host = ref(host)

    @property
    def list(self) -> CompletionList:
        """The list, made when it is first wanted: the window is on screen before that."""
        if self._list is None:
            self._list = CompletionList(self._theme, self._host())
            self._list.chosen.connect(self._accept)
        return self._list

    @property
    def unfinished(self) -> bool:
        """Whether a value is being typed that there may be more of."""
        return self._typing is not None and bool(self._typing.field)

    def concerns(self, note: str) -> bool:
        """Whether what is said of a query is about a value that is unfinished."""
        typing = self._typing
        if typing is None or not typing.field:
            return False
        return f"“{typing.typed}”" in note or f"“{typing.field}:{typing.typed}”" in note

    @property
    def is_open(self) -> bool:
        """Whether there is a list."""
        return self._list is not None and self._list.isVisible()

    def close(self) -> None:
        """Take the list away, and want none."""
        self._asking.stop()
        if self._list is not None:
            self._list.hide()
        self._completions = None
        if self._typing is not None:
            self._typing = None
            self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ENDINGS:
            self.close()
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._takes(event)

    # --- asking -------------------------------------------------------------------------------------------------

    def _text_edited(self, text: str) -> None:
        self._typed = text
        self._ask()

    def _text_changed(self, text: str) -> None:
        if text != self._typed:
            # It came from elsewhere, and is whole.
            self.close()

    def _cursor_moved(self) -> None:
        if self.is_open:
            self._ask()

    def _ask(self, *, asked: bool = False) -> None:
        """Look for completions of what the cursor is in; `asked` says that the user wants to see them."""
        from briefing.search.cursor import typing_at  # imported here: the window is on screen before anybody types

        text = self._field.text()
        cursor = _from_utf16(text, self._field.cursorPosition())
        typing = typing_at(text, cursor)
        if typing is None or not (asked or typing.field or typing.typed):
            self.close()
            return
        if asked:
            self._dismissed = None
        elif (typing.start, typing.field) == self._dismissed:
            return
        self._typing = typing
        self._asking.ask(
            lambda library: library.completions(text, cursor, MOST),
            lambda completions: self._answered(text, completions, asked=asked),
            # What went wrong is said by the search, which asks the same index.
            lambda _: self.close(),
        )

    def _answered(self, text: str, completions: Completions, *, asked: bool) -> None:
        wanted = bool(completions.candidates) if asked else completions.unasked
        if not wanted or text != self._field.text() or not self._field.hasFocus():
            self.close()
            return
        self._text, self._completions = text, completions
        was_open = self.is_open
        self.list.show_below(self._field, completions.candidates)
        if asked:
            self._step(1)
        elif not was_open:
            self._say(f"{count(len(completions.candidates), 'completion')}, Down chooses")

    # --- choosing -----------------------------------------------------------------------------------------------

    def _takes(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False where it is the field's."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Space and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._ask(asked=True)
            return True
        if not self.is_open or modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        match key:
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Escape:
                if self._typing is not None:
                    self._dismissed = (self._typing.start, self._typing.field)
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab if self.list.current is not None:
                self._accept(self.list.current)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.close()
                return False
            case _:
                return False
        return True

    def _step(self, by: int) -> None:
        self.list.step(by)
        index = self.list.view.currentIndex()
        if index.isValid():
            self._say(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _accept(self, candidate: Candidate) -> None:
        completions, text = self._completions, self._field.text()
        if completions is None or text != self._text:
            self.close()
            return
        whole, cursor = completions.applied(text, candidate)
        start, end = completions.start, completions.end
        inserted = whole[start : end + len(whole) - len(text)]
        self.close()
        # As typing does, so that it can be undone.
        self._field.setSelection(qt_length(text[:start]), qt_length(text[start:end]))
        self._field.insert(inserted)
        self._field.setCursorPosition(qt_length(whole[:cursor]))

    def _say(self, text: str) -> None:
        """Have a screen reader say it, for the focus stays in the field."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, text))


def _from_utf16(text: str, place: int) -> int:
    """Return a place that Qt counted in UTF-16 code units as Python counts it."""
    if text.isascii():
        return place
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "ignore"))
