"""Finding words in the PDF: one page at a time, from the one in view on, so that the first place shows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from briefing.app.print_preview.drawing import Drawing, Place


class Finding(QObject):
    """The places of some words in a PDF, in the order of its pages, and the one that the reader stands on."""

    found_changed = Signal()
    """More places were found, or others are looked for."""
    stands_changed = Signal(object)
    """The `Place` that the reader stands on is to be shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self._words = ""
        self._search = 0
        self._stood_on: Place | None = None
        self.pages: dict[int, list[Place]] = {}
        """The places on each page, counted from 0, that has any."""
        self.running = False

    @property
    def current(self) -> Place | None:
        """The place that the reader stands on."""
        return self._stood_on

    @property
    def total(self) -> int:
        """How many places were found so far."""
        return sum(map(len, self.pages.values()))

    @property
    def number(self) -> int:
        """Which of the places the reader stands on, from 1; 0 for none."""
        stands = self._stood_on
        if stands is None:
            return 0
        before = sum(len(places) for page, places in self.pages.items() if page < stands.page)
        return before + self.pages[stands.page].index(stands) + 1

    def use(self, drawing: Drawing | None, page: int) -> None:
        """Find in that PDF from now on, beginning with a page, counted from 1."""
        self._drawing = drawing
        self.find(self._words, page)

    def find(self, words: str, page: int) -> None:
        """Look for words, beginning with a page, counted from 1."""
        self._words = words
        self._search += 1
        self.pages = {}
        self._stood_on = None
        self.running = bool(words.strip()) and self._drawing is not None
        self.found_changed.emit()
        if self.running and self._drawing is not None:
            count = len(self._drawing)
            first = min(max(page, 1), count) - 1
            self._look(self._drawing, [(first + step) % count for step in range(count)])

    def step(self, forward: bool = True) -> None:
        """Go to the next place, or the one before, round the end."""
        places = self._in_order()
        if not places:
            return
        at = places.index(self._stood_on) + (1 if forward else -1) if self._stood_on is not None else 0
        self._stand_on(places[at % len(places)])

    def _in_order(self) -> list[Place]:
        return [place for page in sorted(self.pages) for place in self.pages[page]]

    def _stand_on(self, place: Place) -> None:
        self._stood_on = place
        self.found_changed.emit()
        self.stands_changed.emit(place)

    def _look(self, drawing: Drawing, pages: list[int], at: int = 0) -> None:
        """Look on one of these pages, then on those after it."""
        search = self._search

        def found(places: list[Place]) -> None:
            # Somebody types on, or there is another PDF.
            if search != self._search:
                return
            if places:
                self.pages[pages[at]] = places
            self.running = at + 1 < len(pages)
            if places and self._stood_on is None:
                self._stand_on(places[0])
            elif places or not self.running:
                self.found_changed.emit()
            if self.running:
                self._look(drawing, pages, at + 1)

        drawing.find(pages[at], self._words, found)
