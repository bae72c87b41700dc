"""What is in a PDF: its pages as pictures, its text, its outline, its attachments. The only importer of pypdfium2."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import PrintError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, top, width and height in points, from the upper left corner of a page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: four bytes a pixel, blue, green, red and one that is not used, row after row."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline: its level from 0, its words, and its page from 0."""

    level: int
    title: str
    page: int


def load() -> None:
    """Load PDFium, so that the first page need not wait for it."""
    import pypdfium2  # noqa: F401 - that is all


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and the height of each page in points."""
    with _opened(pdf) as document:
        return tuple(
            (float(width), float(height)) for width, height in map(document.get_page_size, range(len(document)))
        )


def render(pdf: bytes, page: int, scale: float = 1.0) -> Picture:
    """Draw a page, counted from 0, at so many pixels a point, on white."""
    with _opened(pdf) as document:
        bitmap = document[page].render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        return Picture(bitmap.width, bitmap.height, bytes(bitmap.buffer))


def text(pdf: bytes, page: int | None = None) -> str:
    """Return the text of a page counted from 0, or of all of them."""
    with _opened(pdf) as document:
        wanted = range(len(document)) if page is None else (page,)
        pages = (document[number].get_textpage().get_text_bounded() for number in wanted)
        return "\n".join(each.replace("\r\n", "\n") for each in pages)


def outline(pdf: bytes) -> tuple[OutlineEntry, ...]:
    """Return the outline, line by line."""
    with _opened(pdf) as document:
        entries = []
        for bookmark in document.get_toc():
            destination = bookmark.get_dest()
            page = destination.get_index() if destination else None
            entries.append(OutlineEntry(bookmark.level, bookmark.get_title(), page or 0))
        return tuple(entries)


def metadata(pdf: bytes) -> dict[str, str]:
    """Return title, author, keywords and the like."""
    with _opened(pdf) as document:
        return dict(document.get_metadata_dict(skip_empty=True))


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return the attached files by name."""
    with _opened(pdf) as document:
        files = (document.get_attachment(index) for index in range(document.count_attachments()))
        return {each.get_name(): bytes(each.get_data()) for each in files}


class OpenPdf:
    """A PDF that stays open, for whoever draws and searches one page after the other.

    PDFium is not safe on two threads: a program that has several uses this, and all else here, on one of them.
    """

    def __init__(self, pdf: bytes) -> None:
        self._document = _open(pdf)
        self._text: tuple[int, pypdfium2.PdfTextPage] | None = None
        self.sizes = tuple(map(self._size, range(len(self._document))))
        """Width and height of each page in points."""

    def render(self, page: int, scale: float, rows: tuple[int, int] | None = None) -> Picture:
        """Draw a page, counted from 0, at so many pixels a point, on white; or only some of its rows of pixels."""
        above = below = 0.0
        if rows is not None:
            height = rows_of(self.sizes[page][1], scale)
            # Half a row less, because what is cut off is rounded up to whole rows.
            above, below = (max(0.0, (each - 0.5) / scale) for each in (rows[0], height - rows[1]))
        bitmap = self._document[page].render(
            scale=scale, crop=(0, below, 0, above), rev_byteorder=False, prefer_bgrx=True
        )
        return Picture(bitmap.width, bitmap.height, bytes(bitmap.buffer))

    def characters(self, page: int) -> str:
        """Return the text of a page, one character for each that PDFium counts: `boxes` takes their places."""
        import pypdfium2.raw

        text = self._textpage(page)
        codes = (pypdfium2.raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars()))
        return "".join(map(chr, codes))

    def boxes(self, page: int, start: int, end: int) -> tuple[Box, ...]:
        """Return where characters of a page stand: a box for each line, in points from its upper left corner."""
        text = self._textpage(page)
        page_height = self.sizes[page][1]
        lines: list[Box] = []
        for at in range(start, end):
            left, bottom, right, top = text.get_charbox(at, loose=True)
            if right <= left or top <= bottom:
                continue  # an end of a line, and the like
            box = (left, page_height - top, right - left, top - bottom)
            if lines and _on_one_line(lines[-1], box):
                lines[-1] = _around(lines[-1], box)
            else:
                lines.append(box)
        return tuple(lines)

    def close(self) -> None:
        """Let go of the PDF."""
        if self._text is not None:
            self._text[1].close()
            self._text = None
        self._document.close()

    def _size(self, page: int) -> tuple[float, float]:
        width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def _textpage(self, page: int) -> pypdfium2.PdfTextPage:
        if self._text is None or self._text[0] != page:
            if self._text is not None:
                self._text[1].close()
            self._text = (page, self._document[page].get_textpage())
        return self._text[1]


def _on_one_line(one: Box, other: Box) -> bool:
    return min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1]) > min(one[3], other[3]) / 2


def _around(one: Box, other: Box) -> Box:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def rows_of(height: float, scale: float) -> int:
    """Return how many rows of pixels a page of so many points has at so many pixels a point."""
    return math.ceil(height * scale)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = _open(pdf)
    try:
        yield document
    finally:
        document.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    # Imported here: a fifth of what the command line needs to start, and only few commands look into a PDF.
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PrintError("This is not a PDF that can be read") from error
