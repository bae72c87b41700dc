"""What the window is about just now: the only mutable state of the application."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from briefing.app.wording import count

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.library.library import Library

HISTORY_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Address:
    """Something that the reading pane can show.

    A record (`key` is its id) or a file with faults (`key` is its path in the library). `fragment` is a place in
    it: `p3` for a paragraph of a source, `claim-<id>`, or nothing.
    """

    kind: Literal["record", "file"]
    key: str
    fragment: str = ""

    @property
    def page(self) -> Address:
        """The same without the place in it."""
        return replace(self, fragment="")


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update of the index changed. `everything` is True where more changed than `ids` can say."""

    generation: int = 0
    records: int = 0
    errors: int = 0
    warnings: int = 0
    ids: frozenset[str] = frozenset()
    everything: bool = True

    def touches(self, record_id: str) -> bool:
        """Whether that record may have changed."""
        return self.everything or record_id in self.ids


@dataclass(frozen=True, slots=True)
class Reach:
    """How many records can be searched and read while a library is indexed for the first time.

    `expected` is how many there will be, or 0 while nobody knows; `about` says that it is reckoned.
    """

    records: int
    expected: int = 0
    about: bool = False

    @property
    def words(self) -> str:
        """The same as a reader says it: "12,345 of 100,000 records"."""
        if not self.expected:
            return count(self.records, "record")
        if self.about:
            return f"{self.records:,} of about {float(f'{self.expected:.2g}'):,.0f} records"
        return f"{self.records:,} of {self.expected:,} records"


@dataclass(slots=True)
class _Visit:
    address: Address
    scroll: float = -1.0


class Session(QObject):
    """The open library, what is shown of it, and the way there.

    Panels call the methods and follow the signals. `library` belongs to the thread of the window; a job that needs
    one opens its own on `library.folder`.
    """

    library_changed = Signal(object)
    """The library that is open now, a `Library` or None; `address` is None when it is sent."""
    address_changed = Signal(object)
    """The `Address` that is shown now, or None."""
    query_changed = Signal(str)
    """The query whose words are marked in what is shown; empty: none."""
    content_changed = Signal(object)
    """A `Changes`: the index was brought up to date, and `library` sees it."""
    reach_changed = Signal()
    """`reach` is another."""
    history_changed = Signal()
    """`can_go_back` or `can_go_forward` may have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: Library | None = None
        self.query = ""
        self.changes = Changes()
        self.reach: Reach | None = None
        self._visits: list[_Visit] = []
        self._at = -1

    @property
    def address(self) -> Address | None:
        """What is shown now."""
        return self._visits[self._at].address if self._visits else None

    @property
    def scroll(self) -> float:
        """How far down the shown page was read, from 0 to 1; -1 where it was not shown before."""
        return self._visits[self._at].scroll if self._visits else -1.0

    @property
    def can_go_back(self) -> bool:
        """Whether there is something to go back to."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something to go forward to."""
        return self._at < len(self._visits) - 1

    def open_library(self, path: Path, texts: Path | None = None) -> None:
        """Open a library in place of the one that is open; raises LibraryError and keeps that one if it cannot be.

        What is shown of it is for the caller to say, with `go`.
        """
        # Imported here: the window is painted before the catalogue's modules are loaded.
        from briefing.library.library import Library

        library = Library(path, texts=texts)
        self.close_library(quietly=True)
        self.library = library
        self.library_changed.emit(library)
        self.history_changed.emit()

    def close_library(self, *, quietly: bool = False) -> None:
        """Let go of the library; `quietly` where another one follows at once."""
        if self.library is not None:
            self.library.close()
        self.library = None
        self.changes = Changes()
        self.set_reach(None)
        self._visits.clear()
        self._at = -1
        if self.query:
            self.set_query("")
        if not quietly:
            self.library_changed.emit(None)
            self.history_changed.emit()

    def go(self, address: Address, scroll: float = -1.0) -> None:
        """Show something, and remember the way; `scroll` where it is a place that was read before."""
        if address == self.address:
            # Said again all the same: a click on the same footnote scrolls back to it.
            self.address_changed.emit(address)
            return
        del self._visits[self._at + 1 :]
        self._visits.append(_Visit(address, scroll))
        del self._visits[:-HISTORY_LIMIT]
        self._at = len(self._visits) - 1
        self._moved()

    def back(self) -> None:
        """Show what was shown before, at the place where it was left."""
        if self.can_go_back:
            self._at -= 1
            self._moved()

    def forward(self) -> None:
        """Show what `back` left."""
        if self.can_go_forward:
            self._at += 1
            self._moved()

    def remember_scroll(self, scroll: float) -> None:
        """Keep how far down the shown page is read, from 0 to 1; the reading pane says so as it scrolls."""
        if self._visits:
            self._visits[self._at].scroll = min(max(scroll, 0.0), 1.0)

    def set_query(self, text: str) -> None:
        """Mark the words of a query in what is shown."""
        if text != self.query:
            self.query = text
            self.query_changed.emit(text)

    def index_updated(self, changes: Changes) -> None:
        """Look at the library afresh after its index was brought up to date."""
        if self.library is None:
            return
        self.library.refresh()
        self.changes = changes
        self.content_changed.emit(changes)

    def set_reach(self, reach: Reach | None) -> None:
        """Say how much of the library there is already; None is all of it."""
        if reach != self.reach:
            self.reach = reach
            self.reach_changed.emit()

    def _moved(self) -> None:
        self.address_changed.emit(self.address)
        self.history_changed.emit()
