"""Draws pages of a PDF as images. On the window's thread only: PDFium is not safe on two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Sequence


class Drawing:
    """A PDF and the sizes of its pages, in points."""

    def __init__(self, pdf: bytes) -> None:
        # Imported here: only who looks at a page loads PDFium.
        from briefing.printing import pages

        self._pages = pages
        self.pdf = pdf
        self.sizes: Sequence[tuple[float, float]] = pages.page_sizes(pdf)

    def __len__(self) -> int:
        return len(self.sizes)

    def page(self, number: int, scale: float) -> QImage:
        """Return a page, counted from 0, with `scale` pixels to a point."""
        picture = self._pages.render(self.pdf, number, scale)
        image = QImage(picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
        # A copy: the image above lives in Python's bytes.
        return image.copy()
