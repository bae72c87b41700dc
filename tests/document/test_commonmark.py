from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.blocks import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from briefing.document.commonmark import escape, to_markdown
from briefing.document.compose import compose, compose_several
from briefing.document.markdown import to_blocks
from briefing.document.text import visible
from briefing.document.words import bare
from tests.document.fake_library import as_library
from tests.document.sample import NOTE, TALKS, sample_library
from tests.document.test_html import EVERYTHING, note
from tests.golden.comparing import check_golden


def markdown(*blocks: Block) -> str:
    return to_markdown(Document("A", "note", (), (), (), blocks)).removeprefix("# A\n\n").removesuffix("\n")


def again(*blocks: Block) -> tuple[Block, ...]:
    """Read what was written."""
    return to_blocks(markdown(*blocks), lambda _: None)


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Text("a "), Text("b", "strong"), Text(" "), Text("c", "emphasis"), Text(" "), Text("d`e", "code"))),
        Paragraph((Link((Text("w*x*"),), "https://x.org/a(b)"),)),
        Paragraph((Text("`", "code"), Text(" and | in it"))),
        ListBlock(((Paragraph((Text("a"),)), ListBlock(((Paragraph((Text("b"),)),),))), (Paragraph((Text("c"),)),))),
        ListBlock(((Paragraph((Text("a"),)), Paragraph((Text("b"),))),), ordered=True, start=9),
        Quotation((Paragraph((Text("a"),)), Quotation((Paragraph((Text("b"),)),)))),
        CodeBlock("a\n```\nb"),
        Table(((Text("a|b"),), (Text("c"),)), (((Text("`"),), ()),), ("center", "right")),
        Heading(2, (Text("# a #"),)),
    ],
)
def test_a_block_is_read_as_it_was_written(block: Block) -> None:
    assert again(block) == (block,)


_MARKUP = "a_b_ <b> &amp; [a](b) [[india]] ![a](b) `a` ~~~ \\ $x$ [^1] https://x.org 1. === --- *** |a|b|"


@pytest.mark.parametrize("text", ["- a", "+ a", "* a", "1. a", "12) a", "# a", "> a", "  - a", *_MARKUP.split()])
def test_what_looks_like_markup_stays_text(text: str) -> None:
    (block,) = to_blocks(escape(text), lambda _: None)
    assert isinstance(block, Paragraph)
    assert bare(block.inlines) == text.strip()


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(
        lambda text: text.strip() == text
    )
)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    (block,) = again(Paragraph((Text(text),)))
    assert isinstance(block, Paragraph)
    assert "".join(bare(block.inlines).split()) == "".join(visible(text).split())


def test_spaces_stay_outside_of_emphasis() -> None:
    assert markdown(Paragraph((Text("a"), Text(" b ", "strong"), Text("c")))) == "a **b** c"
    assert markdown(Paragraph((Text("a"), Text("  ", "emphasis")))) == "a" + "  "


def test_two_lists_in_a_row_stay_two() -> None:
    one = ListBlock(((Paragraph((Text("a"),)),),))
    assert markdown(one, one) == "- a\n\n<!-- -->\n\n- a"


def test_records_are_words_and_the_web_is_linked() -> None:
    inlines: tuple[Inline, ...] = (
        Link((Text("a"),), "record:x"),
        Link((Text("b"),), "record:y", known=False),
        Link((Text("c"),), "https://x.org/<d>"),
    )
    assert markdown(Paragraph(inlines)) == "ab (not in this library)[c](<https://x.org/%3Cd%3E>)"


def test_every_block_has_words() -> None:
    document = Document("A", "note", ("a",), (), (), EVERYTHING, (note(), note(2, source_id="", words="no source")))
    shown = to_markdown(document)
    for words in (
        "> **Bottom line.** b",
        "- (TLP:RED) c[^1] *(likely)*",
        "3. i",
        "¶3 g",
        "  - cited",
        "# Next",
        "| h |  |",
    ):
        assert words in shown
    assert "[^1]: S (2023), ¶2–3: “q” – quote found\n\n[^2]: no source\n" in shown


def test_documents_look_as_they_did() -> None:
    library = as_library(sample_library())
    check_golden(to_markdown(compose(TALKS, library)), "dialogue.md")
    check_golden(to_markdown(compose_several([TALKS, NOTE], library)), "several.md")
