"""What is in a PDF: its pages as pictures, its text, its outline, its attachments. The only importer of pypdfium2."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import PrintError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2


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


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    # Imported here: a fifth of what the command line needs to start, and only few commands look into a PDF.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PrintError("This is not a PDF that can be read") from error
    try:
        yield document
    finally:
        document.close()
