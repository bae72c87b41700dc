"""A PDF whose pages are drawn and searched off the window's thread.

All of it happens in one lane, because PDFium is not safe on two threads; whoever wants something of a page asks for
one at a time, so that everybody's turn comes soon.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.app.folded_text import FoldedText
    from briefing.app.jobs import Jobs
    from briefing.printing.pages import Box, OpenPdf

LANE = "pages"
MOST_PIXELS = 24_000_000
"""Of a page: at the largest zoom it is drawn a little less sharp rather than in a gigabyte."""


class Place(NamedTuple):
    """Where words stand in a PDF: the page, from 0, and a box for each line of it."""

    page: int
    boxes: tuple[Box, ...]


class Drawing:
    """A PDF and the sizes of its pages, in points. `close` it."""

    def __init__(self, jobs: Jobs, pdf: bytes, opened: OpenPdf) -> None:
        self._jobs = jobs
        self._opened: OpenPdf | None = opened
        self._texts: dict[int, FoldedText] = {}
        self.pdf = pdf
        self.sizes: Sequence[tuple[float, float]] = opened.sizes

    def __len__(self) -> int:
        return len(self.sizes)

    def draw(
        self,
        page: int,
        scale: float,
        done: Callable[[QImage], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        rows: tuple[int, int] | None = None,
    ) -> None:
        """Draw a page, counted from 0, with `scale` pixels to a point, or only some of its rows; `done` is given it."""
        if rows is None:
            width, height = self.sizes[page]
            scale = min(scale, math.sqrt(MOST_PIXELS / (width * height)))
        self._jobs.run(lambda: self._drawn(page, scale, rows), done, failed, lane=LANE, latest=False)

    def find(self, page: int, words: str, done: Callable[[list[Place]], None]) -> None:
        """Find words on a page; `done` is given their places."""
        self._jobs.run(lambda: self._found(page, words), done, lane=LANE, latest=False)

    def close(self) -> None:
        """Let go of the PDF, after all that was asked for."""
        self._jobs.run(self._closed, lane=LANE, latest=False)

    # What follows runs in the lane.

    def _drawn(self, page: int, scale: float, rows: tuple[int, int] | None) -> QImage:
        if self._opened is None:
            return QImage()
        picture = self._opened.render(page, scale, rows)
        image = QImage(picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
        # A copy: the image above lives in Python's bytes.
        return image.copy()

    def _found(self, page: int, words: str) -> list[Place]:
        if self._opened is None:
            return []
        if page not in self._texts:
            from briefing.app.folded_text import FoldedText

            self._texts[page] = FoldedText(self._opened.characters(page))
        spans = self._texts[page].find(words)
        return [Place(page, self._opened.boxes(page, start, end)) for start, end in spans]

    def _closed(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()


def open_drawing(jobs: Jobs, pdf: bytes, done: Callable[[Drawing], None], failed: Callable[[Exception], None]) -> None:
    """Open a PDF to draw its pages; `done` is given it, or `failed` why it cannot be read."""

    def work() -> Drawing:
        # Imported here: only who looks at a page loads PDFium.
        from briefing.printing.pages import OpenPdf

        return Drawing(jobs, pdf, OpenPdf(pdf))

    jobs.run(work, done, failed, lane=LANE, latest=False)


def get_ready(jobs: Jobs) -> None:
    """Load what draws pages, so that the first one need not wait for it."""
    jobs.run(_load, lane=LANE, latest=False)


def _load() -> None:
    from briefing.printing.pages import load

    load()
