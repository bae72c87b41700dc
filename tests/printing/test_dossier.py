from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from briefing.document.dossier import compose_dossier
from briefing.printing import pages
from briefing.printing.typeset import Printed, Typesetter
from briefing.records.dossier import Dossier, HeadingEntry, RecordEntry
from tests.document.fake_library import as_library
from tests.document.sample import ICET, NOTE, SIX_G, TALKS, sample_library
from tests.document.test_dossier import DOSSIER

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = (NOTE, TALKS, ICET, SIX_G)


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


@pytest.fixture(scope="module")
def printed(typesetter: Typesetter) -> Printed:
    return typesetter.printed(compose_dossier(RECORDS, as_library(sample_library()), DOSSIER), template="dossier")


def flat(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\ufffe", "").split())


def begins(pdf: bytes) -> dict[str, int]:
    """Return the page, from 1 for the first with a record, of each line of the outline."""
    entries = pages.outline(pdf)
    first = min(entry.page for entry in entries)
    return {entry.title: entry.page - first + 1 for entry in entries}


def test_a_dossier_is_an_archival_accessible_pdf(printed: Printed) -> None:
    import pikepdf

    assert (printed.archival, printed.notes) == (True, ())
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        labels = [page.label for page in pdf.pages]
        assert labels[1:4] == ["ii", "1", "2"]
    assert set(pages.attachments(printed.pdf)) == {f"{record.id}.yaml" for record in RECORDS}


def test_the_outline_has_headings_and_under_them_records(printed: Printed) -> None:
    top = [(entry.level, entry.title) for entry in pages.outline(printed.pdf) if entry.level == 0]
    assert [title for _, title in top] == [
        "1 What to say about the talks",
        "Dialogues",
        "Technology",
        "Sources",
        "Index of names",
    ]
    assert (1, "2 Technology talks of three") in [(entry.level, entry.title) for entry in pages.outline(printed.pdf)]


def test_the_contents_say_the_page_of_each_record(printed: Printed) -> None:
    contents = flat(pages.text(printed.pdf, 1))
    for title, page in begins(printed.pdf).items():
        if re.match(r"\d|Sources|Index", title):
            assert re.search(rf"{re.escape(title)}[ .]*{page}\b", contents), title


def test_every_page_after_the_cover_has_its_number_and_every_page_the_marking(printed: Printed) -> None:
    count = pages.page_count(printed.pdf)
    front = pages.outline(printed.pdf)[0].page
    for number in range(count):
        text = flat(pages.text(printed.pdf, number))
        assert text.count("TLP:AMBER") >= 2
        assert (f"page {number - front + 1} of {count - front}" in text) == (number >= front)
    assert "page ii" in flat(pages.text(printed.pdf, 1))


def test_the_index_says_on_which_pages_a_name_stands(printed: Printed) -> None:
    index = flat(pages.text(printed.pdf, pages.page_count(printed.pdf) - 1))
    page = begins(printed.pdf)["3 iCET"]
    said = re.search(r"iCET, ([\d–, ]+)", index)
    assert said is not None
    assert str(page) in re.split(r"\D+", said[1])


def test_a_link_to_another_record_leads_to_its_page(printed: Printed) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        links = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        assert len(links) > 10
        assert all("/URI" not in link.get("/A", {}) or link.A.URI == "https://example.org/background" for link in links)


def test_the_same_dossier_makes_the_same_bytes(typesetter: Typesetter, printed: Printed) -> None:
    again = typesetter.printed(compose_dossier(RECORDS, as_library(sample_library()), DOSSIER), template="dossier")
    assert again.pdf == printed.pdf


def test_hostile_titles_print_as_text(typesetter: Typesetter) -> None:
    title = '#panic("x") $a$ *b* <c> @d [e](f) ' + "w" * 300
    dossier = Dossier(title=title, subtitle=title, for_=(title,), entries=(HeadingEntry(title), RecordEntry("6g")))
    printed = typesetter.printed(compose_dossier([SIX_G], as_library(sample_library()), dossier), template="dossier")
    assert printed.archival
    assert '#panic("x") $a$ *b* <c> @d [e](f)' in flat(pages.text(printed.pdf, 0))
