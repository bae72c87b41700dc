from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.blocks import (
    Block,
    BottomLine,
    Break,
    ClaimBlock,
    CodeBlock,
    Document,
    Facts,
    Footnote,
    Heading,
    Link,
    ListBlock,
    NoteMark,
    Opening,
    Paragraph,
    Part,
    Quotation,
    Rule,
    SourceParagraph,
    Table,
    Text,
)
from briefing.document.compose import compose, compose_several
from briefing.document.html import HtmlStyle, to_html
from briefing.records.record import Record
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import NOTE, TALKS, sample_library
from tests.golden.comparing import check_golden

STYLES = [None, HtmlStyle()]
VOID = {"meta", "br", "hr"}


class Elements(HTMLParser):
    """Collects what a browser would see: elements with their attributes, and text; and checks that all are closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data

    def all(self, attribute: str) -> list[str]:
        """Return every value of an attribute."""
        return [value for _, attributes in self.elements if (value := attributes.get(attribute)) is not None]


def document(*blocks: Block, title: str = "A", footnotes: tuple[Footnote, ...] = ()) -> Document:
    return Document(title, "note", ("a",), (), (), blocks, footnotes)


def note(number: int = 1, **values: object) -> Footnote:
    fields: dict[str, object] = {
        "number": number,
        "source_id": "s",
        "source_title": "S",
        "known": True,
        "paragraphs": "2-3",
        "quote": "q",
        "date": "2023",
        "state": "quote_found",
        "words": "quote found",
    }
    return Footnote(**{**fields, **values})  # type: ignore[arg-type]


def pane(*blocks: Block, footnotes: tuple[Footnote, ...] = ()) -> str:
    shown = to_html(document(*blocks, footnotes=footnotes), HtmlStyle())
    return shown.partition("<h1>A</h1>")[2].removesuffix("</body></html>").strip()


def page(*blocks: Block, footnotes: tuple[Footnote, ...] = ()) -> str:
    shown = to_html(document(*blocks, footnotes=footnotes))
    return shown.partition("<h1>A</h1>")[2].partition("</main>")[0].strip()


EVERYTHING: tuple[Block, ...] = (
    Heading(2, (Text("H"),)),
    Paragraph((Text("a"), Text("b", "strong"), Text("c", "emphasis"), Text("d", "code"), Text("e", "muted"), Break())),
    Paragraph((Text("x", "strike"),), marking="TLP:RED"),
    BottomLine((Text("b"),)),
    ClaimBlock((Text("c"), NoteMark(1)), "c1", "likely", "TLP:RED"),
    ListBlock(((Paragraph((Text("i"),)),), (Paragraph((Text("j"),)), Rule())), ordered=True, start=3),
    ListBlock(((Paragraph((Text("k"),)),),)),
    Quotation((Paragraph((Text("q"),)),)),
    CodeBlock("a\n\n b"),
    CodeBlock("a\nb", first_line=9, marked=(10,)),
    Table(((Text("h"),), ()), (((Text("1"),), (Text("2"),)),), ("left", "right"), "Caption"),
    Facts((("Label", (Link((Text("l"),), "record:x"),)),)),
    SourceParagraph(3, (Text("g"),), ((Text("cited"),),)),
    SourceParagraph(4, ()),
    Part("question", (Text("Why?"),), (Paragraph((Text("p"),), label="Line"), BottomLine((Text("b"),), "TLP:RED"))),
    Part("facts", (), (Paragraph((Text("r"),)),), 9),
    Opening("Next", "country", "n", ("Countries",), (Text("Country"), Text(" · x"))),
)


@pytest.mark.parametrize("style", STYLES, ids=["page", "pane"])
def test_every_block_is_drawn_and_every_element_closed(style: HtmlStyle | None) -> None:
    elements = Elements(to_html(document(*EVERYTHING, footnotes=(note(),)), style))
    for word in (
        "Bottom line.",
        "(TLP:RED)",
        "likely",
        "Caption",
        "Label",
        "¶3",
        "cited",
        "Why?",
        "Line.",
        "Next",
        "Countries",
        "¶2–3",
    ):
        assert word in elements.text


@pytest.mark.parametrize("style", STYLES, ids=["page", "pane"])
def test_what_is_linked_inside_is_there(style: HtmlStyle | None) -> None:
    elements = Elements(to_html(document(*EVERYTHING, footnotes=(note(),)), style))
    anchors = {*elements.all("name"), *elements.all("id")}
    assert {"claim-c1", "fn-1", "p3", "p4"} <= anchors
    assert "#fn-1" in elements.all("href")


def test_the_pane_links_records_files_and_the_web() -> None:
    for target in ("record:x", "record:x#p3", "file:a/b.yaml", "https://x.org", "mailto:a@x.org"):
        assert pane(Paragraph((Link((Text("w"),), target),))) == f'<p><a href="{target}">w</a></p>'


def test_a_page_of_its_own_links_the_web_only() -> None:
    assert page(Paragraph((Link((Text("w"),), "record:x"),))) == '<p><span class="record">w</span></p>'
    assert 'href="https://x.org"' in page(Paragraph((Link((Text("w"),), "https://x.org"),)))


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "x", "vbscript:x"])
def test_a_link_that_leads_elsewhere_is_text(target: str) -> None:
    assert pane(Paragraph((Link((Text("w"),), target),))) == f"<p>w ({target})</p>"
    assert "href" not in page(Paragraph((Link((Text("w"),), target),)))


def test_a_record_that_is_not_there_says_so() -> None:
    shown = '<span class="unknown">w</span><span class="muted"> (not in this library)</span>'
    unknown = Paragraph((Link((Text("w"),), "record:x", known=False),))
    assert pane(unknown) == page(unknown) == f"<p>{shown}</p>"


def test_a_footnote_leads_to_the_paragraph_of_its_source() -> None:
    shown = pane(footnotes=(note(),))
    assert '<a name="fn-1"></a>1 · <a href="record:s#p2">S</a> (2023), ¶2–3: “q” – ' in shown
    assert '<span class="state">quote found</span>' in shown


def test_a_footnote_says_as_much_as_there_is() -> None:
    bare = note(paragraphs="", quote="", date="", state="source_only", words="source only")
    assert '1 · <a href="record:s">S</a> – <span' in pane(footnotes=(bare,))
    assert "1 · no source</p>" in pane(footnotes=(note(source_id="", words="no source"),))
    assert "(not in this library)" in pane(footnotes=(note(known=False),))


def test_a_quote_that_was_not_found_stands_out() -> None:
    lost = note(state="quote_not_found", words="quote not found")
    for shown in (pane(footnotes=(lost,)), page(footnotes=(lost,))):
        assert '<span class="warning">quote not found</span>' in shown


def test_lines_of_code_are_numbered_and_marked() -> None:
    block = CodeBlock("a\n", first_line=99, marked=(100,))
    assert '<span class="muted"> 99</span>  a\n<span style="background-color:#FFE79A">' in pane(block)
    assert '<span class="muted"> 99</span>  a\n<span class="muted">100</span>  <mark> </mark>' in page(block)


def test_the_style_decides_colours_and_type() -> None:
    style = HtmlStyle(ink="#000001", kinds={"note": "#000002"}, font_family="Some Font", font_size=20)
    shown = to_html(document(), style)
    assert "body { color: #000001; font-family: Some Font; font-size: 20.0pt; }" in shown
    assert ".kind-note { color: #000002; }" in shown


@pytest.mark.parametrize("style", STYLES, ids=["page", "pane"])
def test_a_long_title_is_set_smaller(style: HtmlStyle | None) -> None:
    assert "<h1>A" in to_html(document(title="A" * 48), style)
    assert '<h1 class="long">A' in to_html(document(title="A" * 49), style)


@pytest.mark.needs_qt
@pytest.mark.usefixtures("qapp")
def test_headings_in_the_pane_have_their_sizes_and_their_levels() -> None:
    from PySide6.QtGui import QFont, QTextDocument

    shown = QTextDocument()
    shown.setDefaultFont(QFont("Sans", 10))
    shown.setHtml(
        to_html(document(*(Heading(level, (Text(f"h{level}"),)) for level in (2, 3, 4))), HtmlStyle(font_size=10))
    )
    found = {}
    block = shown.begin()
    while block.isValid():
        if level := block.blockFormat().headingLevel():
            found[level] = block.begin().fragment().charFormat().font().pointSizeF()
        block = block.next()
    assert found == {1: 20, 2: 12, 3: 10, 4: 10}


def test_a_page_may_load_and_run_nothing() -> None:
    shown = to_html(compose(TALKS, as_library(sample_library())))
    sheet = re.search("<style>(.*?)</style>", shown, re.DOTALL)
    assert sheet is not None
    allowed = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in shown
    assert "url(" not in sheet[1]
    assert "@import" not in sheet[1]
    assert "prefers-color-scheme: dark" in sheet[1]
    elements = Elements(shown)
    assert elements.all("src") == []
    assert elements.all("style") == []
    assert {tag for tag, _ in elements.elements} & {"script", "img", "link", "iframe", "object", "form"} == set()


def test_a_page_carries_its_marking_at_both_ends() -> None:
    shown = to_html(compose(TALKS, as_library(sample_library())))
    assert shown.count('<p class="marking">TLP:GREEN</p>') == 2
    assert "marking" not in to_html(document()).partition("</style>")[2]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://x.org/a.png>",
    '"><img src="file:///etc/hostname">',
    "</style><script>",
    "&lt;b&gt;",
    "\u202eabc\x00",
    "x" * 10_000,
]


@pytest.mark.parametrize("style", STYLES, ids=["page", "pane"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markup_in_a_record_is_text(text: str, style: HtmlStyle | None) -> None:
    clean = {tag for tag, _ in Elements(to_html(hostile("x"), style)).elements}
    elements = Elements(to_html(hostile(text), style))
    assert {tag for tag, _ in elements.elements} == clean
    assert elements.all("src") == []
    shown = text.replace("\u202e", "⟦U+202E⟧").replace("\x00", "⟦U+0000⟧")
    assert elements.text.count(shown) >= 8


def hostile(text: str) -> Document:
    from briefing.records.claims import Claim
    from briefing.records.record import Section, WebLink

    record = Record(
        "a",
        "note",
        text,
        aliases=(text,),
        summary=text,
        claims=(Claim(text, id="c", source="s", quote=text, basis=text),),
        identifiers={text: text},
        links=(WebLink(text, f"https://x.org/{text}"),),
        sections=(Section(text, line=text),),
        values={"action": text},
    )
    return compose(record, as_library(FakeLibrary([record, Record("s", "source", text)])))


@given(st.text(), st.sampled_from(STYLES))
def test_any_text_comes_out_as_it_went_in(text: str, style: HtmlStyle | None) -> None:
    elements = Elements(to_html(document(Paragraph((Text(f"«{text}»"),))), style))
    assert f"«{text}»".replace("\r\n", "\n").replace("\r", "\n") in elements.text.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


def test_a_dialogue_looks_as_it_did() -> None:
    library = as_library(sample_library())
    check_golden(to_html(compose(TALKS, library), HtmlStyle()), "dialogue-pane.html")
    check_golden(to_html(compose(TALKS, library)), "dialogue-page.html")


def test_several_records_look_as_they_did() -> None:
    library = as_library(sample_library())
    check_golden(to_html(compose_several([TALKS, NOTE], library), HtmlStyle()), "several-pane.html")
