from __future__ import annotations

from itertools import pairwise

import pytest

from briefing.document.blocks import Document
from briefing.errors import PrintError
from briefing.printing import pages
from briefing.printing.typeset import typeset


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset(Document("A title", "note", ("a",), (), (), (), marking="TLP:RED"))


def test_a_page_is_drawn_at_the_scale_that_is_asked_for(pdf: bytes) -> None:
    small, large = pages.render(pdf, 0, 0.5), pages.render(pdf, 0, 1.0)
    assert (large.width, large.height) == (596, 842)
    assert abs(large.width - 2 * small.width) <= 1
    for picture in (small, large):
        assert len(picture.data) == picture.width * picture.height * 4
    assert large.data[:3] == b"\xff\xff\xff"


def test_the_colour_of_the_marking_is_drawn_blue_first(pdf: bytes) -> None:
    data = pages.render(pdf, 0, 2.0).data
    pixels = {data[index : index + 3] for index in range(0, len(data), 4)}
    assert bytes((0x2B, 0x2B, 0xFF)) in pixels
    assert bytes((0xFF, 0x2B, 0x2B)) not in pixels


def test_the_text_of_all_pages_or_of_one_is_given(pdf: bytes) -> None:
    assert pages.text(pdf) == pages.text(pdf, 0)
    assert "A title" in pages.text(pdf)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"hello"])
def test_what_is_no_pdf_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PrintError, match="This is not a PDF that can be read"):
        pages.page_count(data)


def test_a_page_is_drawn_in_strips_that_fit_together(pdf: bytes) -> None:
    opened = pages.OpenPdf(pdf)
    whole = opened.render(0, 1.5)
    rows = pages.rows_of(opened.sizes[0][1], 1.5)
    cuts = (0, 100, 101, 700, rows)
    strips = [opened.render(0, 1.5, (above, below)) for above, below in pairwise(cuts)]
    opened.close()
    assert whole.height == rows
    assert [strip.height for strip in strips] == [100, 1, 599, rows - 700]
    joined = b"".join(strip.data for strip in strips)
    different = sum(one != other for one, other in zip(joined, whole.data, strict=True))
    assert different < len(joined) / 1000


def test_words_have_a_box_on_each_line_that_they_are_on() -> None:
    title = "Consultations on extraordinarily consequential telecommunications standardisation " * 2
    opened = pages.OpenPdf(typeset(Document(title, "note", ("a",), (), (), ())))
    text = opened.characters(0)
    start = text.index("Consultations")
    (box,) = opened.boxes(0, start, start + len("Consultations"))
    left, top, width, height = box
    assert 0 < left < 595
    assert 0 < top < 842
    assert width > height > 5
    lines = opened.boxes(0, start, start + len(title))
    opened.close()
    assert len(lines) > 1
    assert lines[0][1] < lines[1][1]


def test_what_is_no_pdf_cannot_stay_open() -> None:
    pages.load()
    with pytest.raises(PrintError, match="This is not a PDF that can be read"):
        pages.OpenPdf(b"hello")
