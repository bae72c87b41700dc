"""A book set in parts: small ones here, so that there are several."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest

from briefing.errors import MarkingError
from briefing.printing import pages, volumes
from briefing.printing.compositor import Compositor
from briefing.printing.order import Order
from briefing.printing.volumes import Binding, Bound, Reached, print_large
from briefing.records.claims import Claim
from briefing.records.dossier import Dossier, Entry, HeadingEntry, RecordEntry
from briefing.records.record import Record
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import ARTICLE, COUNTRIES

NUMBER = 10


def talk(number: int) -> Record:
    claims = tuple(
        Claim(f"Claim {each} names India.", source="article", about=("india",)) for each in range(5 * number)
    )
    other = f"talk-{NUMBER + 1 - number}"
    return Record(
        f"talk-{number}",
        "dialogue",
        f"Talk number {number}",
        body=f"Beside [[{other}]].",
        claims=claims,
        marking="TLP:CLEAR",
    )


TALKS = [talk(number) for number in range(1, NUMBER + 1)]
LIBRARY = FakeLibrary([ARTICLE, *COUNTRIES, *TALKS[:-1], replace(TALKS[-1], marking="TLP:GREEN")])
IDS = tuple(record.id for record in TALKS)
FIRST, *OTHERS = [RecordEntry(each) for each in IDS]
ENTRIES: tuple[Entry, ...] = (FIRST, OTHERS[0], HeadingEntry("The others"), *OTHERS[1:])
ORDER = Order(IDS, "dossier", dossier=Dossier("All talks", entries=ENTRIES))


class Print:
    """A book, and what was said while it was printed."""

    def __init__(self, folder: Path, binding: Binding) -> None:
        self.reached: list[Reached] = []
        self.bound: Bound = print_large(ORDER, as_library(LIBRARY), folder, binding, self.reached.append)
        self.files = [path.read_bytes() for path in self.bound.files]

    def texts(self) -> list[str]:
        """The text of every page of every file."""
        return [" ".join(pages.text(pdf, at).split()) for pdf in self.files for at in range(pages.page_count(pdf))]


class InThisProcess:
    """Stands for the child process, so that what it does can be watched."""

    is_usable = False
    cancelled = False

    def __init__(self, memory: int) -> None:
        self.documents = 0
        self._folder = TemporaryDirectory()

    def ask(self, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        return Compositor(Path(self._folder.name)).answer(json.loads(request))

    def cancel(self) -> None:
        """Nothing runs."""

    def end(self) -> None:
        self._folder.cleanup()


@pytest.fixture(scope="module", params=get_args(Binding))
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Print:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(volumes, "IN_A_PART", 4)
        return Print(tmp_path_factory.mktemp("book"), request.param)


def test_a_book_is_the_same_whichever_process_sets_it(
    book: Print, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volumes, "IN_A_PART", 4)
    monkeypatch.setattr("briefing.printing.typeset._Child", InThisProcess)
    again = Print(tmp_path, "joined" if len(book.files) == 1 else "volumes")
    assert again.files == book.files
    assert again.bound.archival == book.bound.archival


def page_of(texts: list[str], what: str) -> int:
    """Return the page, as it says itself, on which a record begins."""
    (found,) = [text for text in texts if re.search(rf"\b{what}\b.* Dialogue\b", text) and "Contents" not in text]
    match = re.search(r"page (\d+) of", found)
    assert match is not None
    return int(match[1])


def test_pages_are_numbered_throughout(book: Print) -> None:
    said = [(int(m[1]), int(m[2])) for text in book.texts() if (m := re.search(r"page (\d+) of (\d+)", text))]
    assert len(said) > NUMBER
    assert said == [(number, len(said)) for number in range(1, len(said) + 1)]


def test_the_contents_are_right_across_parts(book: Print) -> None:
    texts = book.texts()
    contents = next(text for text in texts if "Contents" in text and "The others" in text)
    for number, record in enumerate(TALKS, 1):
        page = page_of(texts, f"{number} {record.title}")
        assert re.search(rf"\b{number} {record.title}[ .]+{page}\b", contents), record.title


def test_the_index_is_right_across_parts(book: Print) -> None:
    texts = book.texts()
    index = next(text for text in texts if "Index of names Countries" in text)
    last = page_of(texts, f"{NUMBER} Talk number {NUMBER}")
    said = re.search(r"India, ([\d–, ]+)", index)
    assert said is not None
    runs = [run.split("–") for run in re.findall(r"\d+(?:–\d+)?", said[1])]
    assert any(int(run[0]) <= last + 1 <= int(run[-1]) for run in runs)


def test_every_part_has_the_marking_of_the_whole(book: Print) -> None:
    assert all(text.count("TLP:GREEN") >= 2 for text in book.texts())


def test_it_says_how_far_it_has_come(book: Print) -> None:
    assert [each.phase for each in book.reached] == [*["composing"] * 3, *["setting"] * 4, "binding"]
    assert [each.done for each in book.reached if each.phase == "setting"] == [0, 4, 8, NUMBER]


def test_every_file_is_sound(book: Print) -> None:
    import io

    import pikepdf

    for pdf in book.files:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.check_pdf_syntax() == []


def test_volumes_are_archival_and_each_says_which_it_is(book: Print) -> None:
    import io

    import pikepdf

    if len(book.files) == 1:
        assert not book.bound.archival
        return
    assert book.bound.archival
    assert book.bound.notes == ()
    holds = ("Contents", "Records 1–4", "Records 5–8", "Records 9–10", "Sources and index")
    for number, (pdf, held) in enumerate(zip(book.files, holds, strict=True), 1):
        assert f"Volume {number} of 5 {held}" in " ".join(pages.text(pdf, 0).split())
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.open_metadata()["pdfuaid:part"] == "1"
    assert [len(pages.attachments(pdf)) for pdf in book.files] == [0, 4, 4, 2, 0]


def test_one_file_has_outline_links_labels_and_attachments_of_all(book: Print) -> None:
    import io

    import pikepdf

    if len(book.files) > 1:
        return
    (pdf,) = book.files
    records = [(entry.level, entry.title) for entry in pages.outline(pdf) if "Talk number" in entry.title]
    assert records == [(0 if at < 2 else 1, f"{at + 1} Talk number {at + 1}") for at in range(NUMBER)]
    assert set(pages.attachments(pdf)) == {f"{each}.yaml" for each in IDS}
    texts = book.texts()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [page.label for page in document.pages][1:4] == ["ii", "1", "2"]
        at = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        led = [{at[each.Dest[0].objgen] for each in page.get("/Annots", [])} for page in document.pages]
    begins = [
        next(at for at, text in enumerate(texts) if f"{number} Talk number {number} " in text and at > 1)
        for number in range(1, NUMBER + 1)
    ]
    assert set(begins) <= led[1]
    assert begins[-1] in led[begins[0]]


def printed_at(folder: Path, patch: pytest.MonkeyPatch, **how: object) -> str:
    patch.setattr(volumes, "IN_A_PART", 4)
    order = replace(ORDER, **how)  # type: ignore[arg-type]
    bound = print_large(order, as_library(LIBRARY), folder, "volumes", lambda _: None)
    assert any("left out" in note for note in bound.notes)
    return " ".join(" ".join(pages.text(path.read_bytes()).split()) for path in bound.files)


def test_what_is_marked_higher_stands_in_the_way_of_any_part(tmp_path: Path) -> None:
    order = replace(ORDER, marking="TLP:CLEAR")
    with pytest.raises(MarkingError, match="1 part stands in the way of printing at TLP:CLEAR"):
        print_large(order, as_library(LIBRARY), tmp_path, "volumes", lambda _: None)


def test_what_is_marked_higher_is_left_out_of_every_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = printed_at(tmp_path, monkeypatch, marking="TLP:CLEAR", leave_out_higher=True)
    assert "TLP:GREEN" not in text
    assert f"Talk number {NUMBER}" not in text
    assert "1 part" in text
    assert f"{NUMBER - 1} Talk number {NUMBER - 1}" in text


def test_where_everything_is_marked_higher_nothing_is_printed(tmp_path: Path) -> None:
    order = Order(IDS[-1:], "dossier", marking="TLP:CLEAR", leave_out_higher=True)
    with pytest.raises(MarkingError, match="nothing would be left to print"):
        print_large(order, as_library(LIBRARY), tmp_path, "joined", lambda _: None)
