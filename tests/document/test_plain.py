from __future__ import annotations

from briefing.document.blocks import CodeBlock, Document, Link, NoteMark, Paragraph, Quotation, Rule, Table, Text
from briefing.document.compose import compose, compose_several
from briefing.document.plain import to_plain
from tests.document.fake_library import as_library
from tests.document.sample import ARTICLE, NOTE, TALKS, sample_library
from tests.document.test_html import EVERYTHING, note
from tests.golden.comparing import check_golden


def plain(*blocks: object, width: int = 40) -> str:
    shown = to_plain(Document("A", "note", (), (), (), blocks), width)  # type: ignore[arg-type]
    return shown.removeprefix("A\n=\n\n").removesuffix("\n")


def test_a_paragraph_is_broken_into_lines() -> None:
    assert (
        plain(Paragraph((Text("word " * 12),)), width=30)
        == "word word word word word word\nword word word word word word"
    )


def test_a_word_that_is_longer_than_a_line_stays_whole() -> None:
    assert plain(Paragraph((Text("https://example.org/" + "x" * 60),))) == "https://example.org/" + "x" * 60


def test_links_to_the_web_show_their_address_once() -> None:
    assert plain(Paragraph((Link((Text("w"),), "https://x.org"),))) == "w <https://x.org>"
    assert plain(Paragraph((Link((Text("https://x.org"),), "https://x.org"),))) == "https://x.org"
    assert plain(Paragraph((Link((Text("w"),), "record:x"), NoteMark(2)))) == "w [2]"
    assert plain(Paragraph((Link((Text("w"),), "record:x", known=False),))) == "w (not in this library)"


def test_quotations_code_and_rules_can_be_told_apart() -> None:
    assert plain(Quotation((Paragraph((Text("a"),)), Paragraph((Text("b"),))))) == "> a\n>\n> b"
    assert plain(CodeBlock("a\n\n b")) == "    a\n    \n     b"
    assert plain(Rule(), width=30) == "-" * 30


def table(*widths: int) -> Table:
    head = tuple((Text(f"h{index}"),) for index, _ in enumerate(widths))
    row = tuple((Text("ab " * (width // 3)),) for width in widths)
    return Table(head, (row,), tuple("right" if index else "left" for index, _ in enumerate(widths)))


def test_a_table_is_set_in_columns() -> None:
    assert plain(table(6, 30)).split("\n") == [
        "h0      " + "h1".rjust(30),
        "------  " + "-" * 30,
        "ab ab   " + "ab ab ab ab ab ab ab ab ab ab".rjust(30),
    ]


def test_no_line_of_a_table_is_wider_than_the_page() -> None:
    assert all(len(line) <= 40 for line in plain(table(60, 90)).split("\n"))


def test_a_table_with_too_many_columns_is_set_row_by_row() -> None:
    shown = plain(table(*[30] * 8))
    assert "h0: ab ab" in shown
    assert "h7: ab ab" in shown


def test_every_block_has_words() -> None:
    document = Document("A", "note", ("a",), (), (), EVERYTHING, (note(), note(2, source_id="", words="no source")))
    shown = to_plain(document)
    for words in (
        "| Bottom line. b",
        "* (TLP:RED) c [1] (likely)",
        "3. i",
        "- k",
        "¶3   g",
        "- cited",
        "Next",
        "Caption",
    ):
        assert words in shown
    assert "1. S (2023), ¶2–3: “q” – quote found\n2. no source\n" in shown


def test_a_source_that_is_not_there_says_so() -> None:
    shown = to_plain(Document("A", "note", (), (), (), (), (note(known=False, paragraphs="", quote="", date=""),)))
    assert "1. S (not in this library) – quote found" in shown


def test_a_very_narrow_page_is_widened() -> None:
    assert max(map(len, plain(Paragraph((Text("word " * 20),)), width=1).split("\n"))) == 24


def test_documents_look_as_they_did() -> None:
    library = as_library(sample_library())
    check_golden(to_plain(compose(TALKS, library)), "dialogue.txt")
    check_golden(to_plain(compose(ARTICLE, library)), "source.txt")
    check_golden(to_plain(compose_several([TALKS, NOTE], library)), "several.txt")
