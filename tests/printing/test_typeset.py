from __future__ import annotations

import errno
import io
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.document.blocks import Attachment, CodeBlock, Document, Heading, Link, Paragraph, Table, Text
from briefing.document.compose import compose, compose_several
from briefing.errors import PrintCancelledError, PrintError
from briefing.printing import pages
from briefing.printing.compositor import Compositor, Way, serve
from briefing.printing.typeset import Printed, Typesetter, _Child, request_for, typeset
from briefing.records.claims import Claim
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import ARTICLE, NOTE, TALKS, sample_library
from tests.document.test_html import EVERYTHING, hostile, note
from tests.golden.comparing import check_golden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.records.record import Record

BARE = Document("A", "note", ("a",), (), (), (Paragraph((Text("Text."),)),), marking="TLP:GREEN")


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


@pytest.fixture(scope="module")
def talks(typesetter: Typesetter) -> bytes:
    return typesetter.pdf(compose(TALKS, as_library(sample_library())))


def flat(text: str) -> str:
    """Return a PDF's text without what lines and hyphens do to it."""
    return " ".join(text.replace("\u00ad", "").replace("\ufffe", "").split())


def test_a_record_is_an_archival_accessible_pdf(talks: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(talks)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == TALKS.title
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert "/StructTreeRoot" in pdf.Root
        assert "/OutputIntents" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        (file,) = pdf.Root.AF
        assert file.AFRelationship == "/Source"
        assert file.UF == "talks.yaml"
        assert pdf.check_pdf_syntax() == []


def test_a_pdf_names_its_title_author_and_keywords(talks: bytes) -> None:
    metadata = pages.metadata(talks)
    assert metadata["Title"] == TALKS.title
    assert metadata["Author"] == "Technology dialogues"
    assert metadata["Keywords"] == "TLP:GREEN, Dialogue, The talks, indo-pacific, 6G"
    assert metadata["CreationDate"] == "D:20231201000000Z"


def test_the_record_travels_inside_the_pdf(talks: bytes) -> None:
    assert pages.attachments(talks) == {"talks.yaml": b"kind: dialogue\ntitle: Technology talks of three\n"}


def test_the_outline_has_every_heading(talks: bytes) -> None:
    outline = [(entry.level, entry.title) for entry in pages.outline(talks)]
    assert outline[:2] == [(0, TALKS.title), (1, "Claims")]
    assert (2, "What is open") in outline
    assert {entry.page for entry in pages.outline(talks)} == set(range(pages.page_count(talks)))


def test_every_page_has_marking_title_as_of_and_number(typesetter: Typesetter) -> None:
    claims = tuple(Claim(f"Claim number {number}.", source="article", at=(1, 1)) for number in range(60))
    record = replace(TALKS, claims=claims, marking="TLP:AMBER+STRICT")
    library = as_library(FakeLibrary([*sample_library().records, record]))
    pdf = typesetter.pdf(compose(record, library))
    count = pages.page_count(pdf)
    assert count > 2
    for number in range(count):
        text = flat(pages.text(pdf, number))
        assert text.count("TLP:AMBER+STRICT") >= 2
        assert TALKS.title in text
        assert f"as of December 2023 · page {number + 1} of {count}" in text


def test_claims_have_their_footnotes_on_their_own_page(typesetter: Typesetter) -> None:
    claims = tuple(Claim(f"Claim number {number}.", source="article", quote=f"quote {number}") for number in range(60))
    record = replace(TALKS, claims=claims)
    pdf = typesetter.pdf(compose(record, as_library(FakeLibrary([ARTICLE, record]))))
    for number in range(pages.page_count(pdf)):
        text = flat(pages.text(pdf, number))
        for each in range(60):
            assert (f"Claim number {each}." in text) == (f"“quote {each}”" in text)


@pytest.mark.parametrize("lines_above", range(4))
def test_a_claim_stays_on_one_page_with_its_footnote(typesetter: Typesetter, lines_above: int) -> None:
    words = "a statement of some length that goes on to a second line, to its very end on the page "
    claims = tuple(Claim(f"First{n} {words}last{n}.", source="article", quote=words * 2) for n in range(30))
    record = replace(TALKS, claims=claims, summary=words * lines_above)
    pdf = typesetter.pdf(compose(record, as_library(FakeLibrary([ARTICLE, record]))))
    texts = [flat(pages.text(pdf, number)) for number in range(pages.page_count(pdf))]
    cut = [n for n in range(30) if not any(f"First{n} " in text and f"last{n}." in text for text in texts)]
    assert cut == []


def test_a_claim_longer_than_a_page_goes_on_on_the_next(typesetter: Typesetter) -> None:
    record = replace(TALKS, claims=(Claim(f"Beginning {'of many words ' * 900}at its end.", source="article"),))
    pdf = typesetter.pdf(compose(record, as_library(FakeLibrary([ARTICLE, record]))))
    assert any("at its end." in flat(pages.text(pdf, number)) for number in range(1, pages.page_count(pdf)))
    _assert_nothing_sticks_out(pdf)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_both_papers_have_their_size(typesetter: Typesetter, paper: str, size: tuple[int, int]) -> None:
    pdf = typesetter.pdf(BARE, paper=paper)  # type: ignore[arg-type]
    assert [(round(width), round(height)) for width, height in pages.page_sizes(pdf)] == [size]


def test_several_records_begin_on_pages_of_their_own(typesetter: Typesetter) -> None:
    pdf = typesetter.pdf(compose_several([TALKS, NOTE], as_library(sample_library())))
    tops = {entry.title: entry.page for entry in pages.outline(pdf) if entry.level == 0}
    assert list(tops) == [TALKS.title, NOTE.title]
    assert flat(pages.text(pdf, 0)).startswith(TALKS.title)
    assert "as of December 2023" in flat(pages.text(pdf, tops[NOTE.title] - 1))
    second = flat(pages.text(pdf, tops[NOTE.title]))
    assert second.startswith(NOTE.title)
    assert "as of January 2024" in second
    assert set(pages.attachments(pdf)) == {"talks.yaml", "brief.yaml"}


def test_every_block_can_be_set(typesetter: Typesetter) -> None:
    printed = typesetter.printed(replace(BARE, blocks=EVERYTHING, footnotes=(note(state="quote_not_found"),)))
    assert printed.archival
    assert printed.notes == ()
    text = flat(pages.text(printed.pdf))
    for word in ("Bottom line.", "(TLP:RED)", "likely", "Caption", "Label", "¶3", "cited", "Next", "Countries", "¶2–3"):
        assert word in text


def test_a_record_with_nothing_but_a_title_can_be_set(typesetter: Typesetter) -> None:
    printed = typesetter.printed(Document("A", "country", ("a",), (), (), ()))
    assert printed.archival
    assert flat(pages.text(printed.pdf)) == "A A page 1 of 1"


MARKUP = [
    '#read("/etc/passwd")',
    "$x^2$",
    "*b*",
    "_i_",
    "= Heading",
    "<label>",
    "@ref",
    "`raw`",
    "\\ #panic()",
    "//x",
    "#import",
    "https://x.org",
    "- item",
    "<script>alert(1)</script>",
    '"quotes"',
    "a\u202eb",
    "%PDF-1.7 endobj",
    "~--...",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_prints_as_text(typesetter: Typesetter, text: str) -> None:
    printed = typesetter.printed(hostile(text))
    shown = text.replace("\u202e", "⟦U+202E⟧")
    assert printed.archival
    assert flat(pages.text(printed.pdf)).count(shown) >= 8
    assert pages.metadata(printed.pdf)["Title"] == shown
    assert pages.outline(printed.pdf)[0].title == shown


def test_a_title_of_10000_characters_breaks_and_stops_nothing(typesetter: Typesetter) -> None:
    for word in ("Überlang", "A title "):
        printed = typesetter.printed(hostile(word * 1250))
        assert printed.archival
        # It stands in ten places; at the end of a page a word is parted by what stands at its foot.
        assert "".join(pages.text(printed.pdf).split()).count(word.replace(" ", "")) > 9 * 1250
        _assert_nothing_sticks_out(printed.pdf)


def test_long_words_break_rather_than_stick_out(typesetter: Typesetter) -> None:
    word = "x" * 300
    blocks = (
        Paragraph((Text(word), Text(word, "strong"), Text(word, "code"), Link((Text(word),), "https://x.org"))),
        Heading(2, (Text(word),)),
        CodeBlock(word),
        Table(((Text(word),), (Text("a"),)), (((Text("b"),), (Text(word),)),), ("left", "right")),
    )
    _assert_nothing_sticks_out(typesetter.pdf(replace(BARE, blocks=blocks)))


def test_a_table_of_12_columns_and_300_rows_is_not_cropped_and_repeats_its_head(typesetter: Typesetter) -> None:
    head = tuple((Text(f"Column {number}"),) for number in range(12))
    row = tuple((Text(word),) for word in ("internationalisation", "CVE-2023-123456", "2024", "semiconductors") * 3)
    pdf = typesetter.pdf(replace(BARE, blocks=(Table(head, (row,) * 300, ("left",) * 12),)))
    assert pages.page_count(pdf) > 3
    for number in range(pages.page_count(pdf)):
        assert "Column" in pages.text(pdf, number)
    _assert_nothing_sticks_out(pdf)


def _assert_nothing_sticks_out(pdf: bytes) -> None:
    """Check that what lies outside of the text area is white, but for the head and the foot of the page."""
    for number in range(pages.page_count(pdf)):
        picture = pages.render(pdf, number, 0.5)
        right_margin = range(int(picture.width * (1 - 0.115)), picture.width)
        left_margin = range(int(picture.width * 0.07))
        rows = [picture.data[row * picture.width * 4 : (row + 1) * picture.width * 4] for row in range(picture.height)]
        for row in rows:
            assert all(row[4 * column] > 200 for column in (*left_margin, *right_margin))


def test_the_same_document_gives_the_same_bytes_in_two_processes(talks: bytes) -> None:
    document = compose(TALKS, as_library(sample_library()))
    assert typeset(document) == talks
    assert typeset(document) == talks


def test_the_same_document_gives_the_same_bytes_after_others(typesetter: Typesetter, talks: bytes) -> None:
    typesetter.pdf(BARE)
    assert typesetter.pdf(compose(TALKS, as_library(sample_library()))) == talks


def test_a_character_without_a_font_gives_a_plain_pdf_and_is_named(typesetter: Typesetter) -> None:
    # Of a plane that is private: no font has it.
    printed = typesetter.printed(
        replace(BARE, title="A \U000ffffd B", attachments=(Attachment("a.yaml", b"a: 1", "x"),))
    )
    assert not printed.archival
    (sentence,) = printed.notes
    assert sentence == ("No font on this machine has \U000ffffd (U+FFFFD): it is a plain PDF, not an archival one.")
    assert pages.page_count(printed.pdf) == 1
    assert pages.attachments(printed.pdf) == {"a.yaml": b"a: 1"}
    assert "TLP:GREEN" in pages.text(printed.pdf)


@pytest.mark.parametrize(
    "text", ["대한민국 한국어", "भारत हिन्दी", "中国 日本の", "العربية", "ελληνικά Українська", "😀"]
)
def test_other_scripts_are_set_with_what_the_machine_has(typesetter: Typesetter, text: str) -> None:
    printed = typesetter.printed(replace(BARE, title=text, blocks=(Paragraph((Text(text),)),)))
    assert printed.archival or "No font on this machine has" in printed.notes[0]
    assert pages.page_count(printed.pdf) == 1


def children() -> set[int]:
    """Return the ids of this process's typesetters."""
    import multiprocessing

    return {
        child.pid for child in multiprocessing.active_children() if child.name == "briefing-typesetter" and child.pid
    }


LONG = replace(
    BARE, title="A long one", blocks=tuple(Paragraph((Text(f"Word {number} " * 400),)) for number in range(4000))
)


def test_a_child_that_is_killed_gives_one_sentence_and_the_next_print_works() -> None:
    with Typesetter() as setter, ThreadPoolExecutor(1) as pool:
        setter.pdf(BARE)
        before = children()
        waiting = pool.submit(setter.pdf, LONG)
        (child,) = {each.pid for each in setter._idle + setter._busy} & before
        while not setter._busy and not waiting.done():
            pass
        os.kill(child, signal.SIGKILL)
        with pytest.raises(PrintError) as caught:
            waiting.result(20)
        assert str(caught.value) == (
            "a: The typesetter came to an unexpected end over “A long one”. "
            "Print it again; if that fails too, print it in parts."
        )
        assert not isinstance(caught.value, PrintCancelledError)
        assert pages.page_count(setter.pdf(BARE)) == 1


def test_a_child_that_died_between_two_prints_is_replaced() -> None:
    with Typesetter() as setter:
        setter.warm()
        setter.warm()
        (child,) = setter._idle
        child._process.kill()
        child._process.join()
        assert pages.page_count(setter.pdf(BARE)) == 1


def test_what_is_being_set_can_be_stopped_at_once_from_another_thread() -> None:
    with Typesetter() as setter, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(setter.pdf, LONG)
        while not setter._busy and not waiting.done():
            pass
        setter.cancel()
        with pytest.raises(PrintCancelledError, match="The print of “A long one” was stopped"):
            waiting.result(5)
        assert pages.page_count(setter.pdf(BARE)) == 1


def test_a_cancel_with_nothing_to_stop_stops_nothing() -> None:
    with Typesetter() as setter:
        setter.pdf(BARE)
        setter.cancel()
        assert pages.page_count(setter.pdf(BARE)) == 1


def test_two_documents_at_once_have_a_process_each() -> None:
    with Typesetter() as setter, ThreadPoolExecutor(2) as pool:
        counts = [pages.page_count(pdf) for pdf in pool.map(setter.pdf, [BARE, BARE])]
        assert counts == [1, 1]
        assert len(setter._idle) == 1


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with Typesetter(seconds=0.001) as setter:
        with pytest.raises(PrintError, match=r"“A long one” is not set after 0\.001 seconds"):
            setter.pdf(LONG)
        assert setter._idle == setter._busy == []


def test_a_document_that_takes_too_much_memory_is_given_up() -> None:
    with Typesetter(memory=200 << 20) as setter, pytest.raises(PrintError, match="unexpected end"):
        setter.pdf(LONG)


def test_a_process_is_replaced_after_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.printing.typeset._MOST_DOCUMENTS", 2)
    with Typesetter() as setter:
        setter.pdf(BARE)
        (first,) = setter._idle
        setter.pdf(BARE)
        assert setter._idle == []
        setter.pdf(BARE)
        assert setter._idle != [first]


def test_a_closed_typesetter_leaves_no_process() -> None:
    before = children()
    with Typesetter() as setter:
        setter.pdf(BARE)
        assert children() > before
    assert children() == before


@pytest.mark.parametrize("template", ["nothing", "../record", "record.typ"])
def test_a_template_that_is_not_there_is_named(typesetter: Typesetter, template: str) -> None:
    with pytest.raises(PrintError, match="There is no print template"):
        typesetter.pdf(BARE, template=template)


def test_a_fault_of_ours_is_told_with_the_record(typesetter: Typesetter) -> None:
    # A heading that skips a level is what PDF/UA forbids; no document that is composed has one.
    broken = replace(BARE, blocks=(Heading(2, (Text("a"),)), Heading(4, (Text("b"),))))
    printed = typesetter.printed(broken)
    assert printed == Printed(printed.pdf, archival=False, notes=printed.notes)
    assert "heading" in printed.notes[0]


def test_a_cancel_while_the_document_is_made_ready_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with Typesetter() as setter:
        take = setter._take

        def cancelled_meanwhile() -> object:
            setter.cancel()
            return take()

        monkeypatch.setattr(setter, "_take", cancelled_meanwhile)
        with pytest.raises(PrintCancelledError):
            setter.pdf(BARE)


def test_a_machine_that_starts_no_process_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with Typesetter() as setter, pytest.raises(PrintError) as caught:
        setter.pdf(BARE)
    assert str(caught.value) == "The typesetter cannot be started (Resource temporarily unavailable)."


def test_what_the_typesetter_cannot_set_either_way_is_told_with_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object) -> tuple[dict[str, object], bytes]:
        return {"error": "it is odd", "archival": False, "notes": []}, b""

    monkeypatch.setattr("briefing.printing.typeset._Child.ask", answer)
    with Typesetter() as setter, pytest.raises(PrintError, match="a: “A” cannot be set: it is odd"):
        setter.pdf(BARE)


def test_the_child_sets_one_document_after_the_other_until_it_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    limits: list[int] = []
    monkeypatch.setattr("briefing.printing.compositor._keep_to", limits.append)
    ours, theirs = multiprocessing.Pipe()
    for _ in range(2):
        ours.send_bytes(json.dumps(request_for(BARE)).encode())
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(serve, theirs, 7, str(tmp_path))
        answers: list[tuple[dict[str, object], bytes]] = []
        while len(answers) < 2 and ours.poll(60):
            answers.append((json.loads(ours.recv_bytes()), ours.recv_bytes()))
        ours.close()
        done.result(20)
    theirs.close()
    assert limits == [7]
    assert answers[0] == answers[1]
    assert answers[0][0] == {"error": "", "archival": True, "notes": [], "report": {}}
    assert pages.page_count(answers[0][1]) == 1


def test_the_child_names_what_typst_has_no_mend_for(tmp_path: Path) -> None:
    compositor = Compositor(tmp_path)
    answer, pdf = compositor.set({**request_for(BARE), "data": "{}"})
    assert pdf == b""
    assert "does not contain key" in answer["error"]


@pytest.mark.parametrize(("title", "tries"), [("A", 3), ("中", 2)])
def test_the_child_tries_every_font_before_it_gives_up_the_archival_form(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, title: str, tries: int
) -> None:
    import typst

    ways: list[tuple[bool, bool]] = []

    def compiled(_self: object, _request: object, way: Way) -> tuple[bytes, dict[str, object]]:
        ways.append((way.system_fonts, way.every))
        if not way.every:
            error = typst.TypstError("no", "")
            error.message, error.diagnostic = "no", 'the text `"x"` could not be displayed with font'
            raise error
        return b"pdf", {}

    monkeypatch.setattr(Compositor, "_compile", compiled)
    assert Compositor(tmp_path).set(request_for(replace(BARE, title=title))) == (
        {"error": "", "archival": True, "notes": [], "report": {}},
        b"pdf",
    )
    assert ways == [(False, False), (True, False), (True, True)][-tries:]


def test_the_child_looks_for_the_systems_fonts_before_it_gives_up(tmp_path: Path) -> None:
    compositor = Compositor(tmp_path)
    answer, pdf = compositor.set(
        request_for(replace(BARE, title="\U000ffffd" + "".join(map(chr, range(0x100010, 0x100020)))))
    )
    assert not answer["archival"]
    assert answer["notes"][0].endswith("and 5 more: it is a plain PDF, not an archival one.")
    assert pages.page_count(pdf) == 1


def test_a_full_disk_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    answer, pdf = Compositor(tmp_path).answer(request_for(BARE))
    assert (answer["error"], pdf) == ("No space left on device", b"")
    assert answer["mend"].startswith("Make room on the disk")


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal\n"
        "from briefing.document.blocks import Document\n"
        "from briefing.printing.typeset import Typesetter\n"
        "if __name__ == '__main__':\n"
        "    setter = Typesetter()\n"
        "    setter.pdf(Document('A', 'note', (), (), (), ()))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
        encoding="utf-8",
    )
    # The child holds the output too: only when both are gone it comes to its end.
    parent = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, timeout=60, check=False)
    assert parent.returncode == -signal.SIGKILL


def test_printing_does_not_load_qt_and_the_parent_does_not_load_typst() -> None:
    code = (
        "import sys\n"
        "from briefing.printing import encode, finish, pages, typeset\n"
        "print([name for name in ('PySide6', 'typst', 'pikepdf', 'pypdfium2') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize(
    ("name", "records"),
    [("dialogue", (TALKS,)), ("source", (ARTICLE,)), ("several", (TALKS, NOTE))],
    ids=lambda x: str(x)[:9],
)
def test_the_text_of_a_pdf_is_as_it_was(typesetter: Typesetter, name: str, records: tuple[Record, ...]) -> None:
    pdf = typesetter.pdf(compose_several(records, as_library(sample_library())))
    text = "\n".join(f"=== page {number + 1}\n{pages.text(pdf, number)}" for number in range(pages.page_count(pdf)))
    check_golden("\n".join(line.rstrip() for line in text.split("\n")).rstrip() + "\n", f"{name}.pdf.txt")


def test_paper_says_what_the_screen_says(talks: bytes) -> None:
    from briefing.document.plain import to_plain

    shown = to_plain(compose(TALKS, as_library(sample_library())), 10_000)
    paper, screen = (set(re.findall(r"\w+", text.lower())) for text in (flat(pages.text(talks)), shown))
    assert screen - paper == set()


def test_a_child_that_was_got_ready_has_set_a_page_in_either_set_of_fonts() -> None:
    with Typesetter() as setter:
        setter.get_ready()
        (child,) = setter._idle
        assert child.documents == 2
        setter.get_ready()
        assert setter._idle == [child]
        assert child.documents == 2


def test_an_interrupted_print_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []

    def interrupted(_self: object, _request: bytes, _seconds: float) -> tuple[dict[str, object], bytes]:
        raise KeyboardInterrupt

    def end(self: _Child) -> None:
        ended.append(True)
        really_end(self)

    really_end = _Child.end
    monkeypatch.setattr(_Child, "ask", interrupted)
    monkeypatch.setattr(_Child, "end", end)
    with Typesetter() as setter:
        with pytest.raises(KeyboardInterrupt):
            setter.pdf(BARE)
        assert ended == [True]
        assert setter._busy == []
