"""A document as HTML: for the reading pane, and as a page of its own.

Both come from the same blocks by the same writer. The reading pane draws the subset of HTML and CSS that Qt's rich
text knows (https://doc.qt.io/qt-6/richtext-html-subset.html), in the colours and the type of a `HtmlStyle`; a page of
its own is HTML 5 with a style sheet for light and dark, without script and without a reference to anything outside.

Anchors: `fn-<n>` for a footnote, `claim-<id>` for a claim, `p<n>` for a paragraph of a source.
"""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    Inline,
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
from briefing.document.links import is_web
from briefing.document.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LONG_TITLE = 48  # characters: what fills two lines in the largest type
_TAGS = {
    "plain": "{}",
    "strong": "<b>{}</b>",
    "emphasis": "<i>{}</i>",
    "code": "<code>{}</code>",
    "strike": "<s>{}</s>",
}


@dataclass(frozen=True, slots=True)
class HtmlStyle:
    """The look of the reading pane: colours as #RRGGBB, the font and its size in points.

    The document that draws it must have a font of that size as its default font: headings go by that.
    `kinds` gives the colour of each kind of record, by its name.
    """

    ink: str = "#1E2227"
    muted: str = "#4C535C"
    accent: str = "#164A80"
    line: str = "#DDD9D0"
    panel: str = "#F6F5F1"
    match: str = "#FFE79A"
    warning: str = "#8E2A27"
    kinds: Mapping[str, str] = field(default_factory=dict)
    font_family: str = "Noto Sans, DejaVu Sans, sans-serif"
    mono_family: str = "DejaVu Sans Mono, monospace"
    font_size: float = 11.0


def to_html(document: Document, style: HtmlStyle | None = None) -> str:
    """Return a document as HTML for the reading pane in that style, or without one as a page of its own."""
    if style is None:
        # Imported here: the window never writes such a page.
        from briefing.document.html_page import to_page

        return to_page(document)
    writer = PaneWriter(style)
    return f"<html><head><style>{_pane_sheet(style)}</style></head><body>{writer.document(document)}</body></html>"


def escape(text: str) -> str:
    """Return a text so that HTML takes none of it for markup, be it in an element or in an attribute."""
    return html.escape(text)


class Writer(ABC):
    """Writes blocks as HTML that both looks share; subclasses say how boxes, facts and links to records are made."""

    wording: Wording = ENGLISH
    """That of the document which is being written."""

    def document(self, document: Document) -> str:
        """Return everything between the beginning and the end of the body."""
        self.wording = document.wording
        parts = []
        if not (document.blocks and isinstance(document.blocks[0], Opening)):
            parts.append(self.opening(document.title, document.kind, document.breadcrumb, document.subtitle))
        parts.append(self.blocks(document.blocks))
        if document.footnotes:
            parts.append(self.footnotes(document.footnotes))
        return "\n".join(parts)

    def opening(self, title: str, kind: str, breadcrumb: Sequence[str], subtitle: Sequence[Inline]) -> str:
        """Return what stands above a record: the way to it, its title, and the line of facts."""
        parts = [f'<p class="breadcrumb">{escape(" › ".join(breadcrumb))}</p>'] if breadcrumb else []
        long = ' class="long"' if len(title) > _LONG_TITLE else ""
        parts.append(f"<h1{long}>{escape(title)}</h1>")
        if subtitle:
            first, *rest = subtitle
            parts.append(
                f'<p class="subtitle"><span class="kind kind-{escape(kind)}">{self.inline(first)}</span>'
                f"{self.inlines(rest)}</p>"
            )
        return "\n".join(parts)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return a run of blocks."""
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """Return one block."""
        match block:
            case Heading(level, inlines):
                return f"<h{level}>{self.inlines(inlines)}</h{level}>"
            case Paragraph(inlines, marking, label):
                lead = f"<b>{escape(label)}.</b> " if label else ""
                return f"<p>{self.marking(marking)}{lead}{self.inlines(inlines)}</p>"
            case BottomLine(inlines, marking):
                return self.bottom_line(
                    f"{self.marking(marking)}<b>{escape(self.wording.say('Bottom line.'))}</b> {self.inlines(inlines)}"
                )
            case ClaimBlock():
                return self.claim(block)
            case ListBlock(items, ordered, start):
                tag, number = ("ol", f' start="{start}"' if start != 1 else "") if ordered else ("ul", "")
                return f"<{tag}{number}>{''.join(f'<li>{self.item(item)}</li>' for item in items)}</{tag}>"
            case Quotation(blocks):
                return f"<blockquote>{self.blocks(blocks)}</blockquote>"
            case CodeBlock():
                return self.code(block)
            case Rule():
                return "<hr>"
            case Table():
                return self.table(block)
            case Facts(pairs):
                return self.facts([(escape(label), self.inlines(inlines)) for label, inlines in pairs])
            case SourceParagraph():
                return self.source_paragraph(block)
            case Opening():
                return self.opening(block.title, block.kind, block.breadcrumb, block.subtitle)
            case Part():
                return self.blocks((Heading(2, block.heading), *block.blocks) if block.heading else block.blocks)

    def inlines(self, inlines: Iterable[Inline]) -> str:
        """Return a run of words."""
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:
        """Return one inline."""
        match inline:
            case Text(text, "muted"):
                return f'<span class="muted">{escape(text)}</span>'
            case Text(text, style):
                return _TAGS[style].format(escape(text))
            case Link(words, target, known):
                shown = self.inlines(words)
                if not known:
                    missing = escape(self.wording.say("(not in this library)"))
                    return f'<span class="unknown">{shown}</span><span class="muted"> {missing}</span>'
                return self.link(shown, target)
            case NoteMark(number):
                return f'<sup><a class="mark" href="#fn-{number}">{number}</a></sup>'
            case Break():
                return "<br>"

    def item(self, blocks: tuple[Block, ...]) -> str:
        """Return what an item of a list holds; one paragraph alone goes without the space around it."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.inlines(blocks[0].inlines)
        return self.blocks(blocks)

    def marking(self, marking: str) -> str:
        """Return a portion mark, nothing where there is none."""
        return f'<span class="muted">({escape(marking)})</span> ' if marking else ""

    def claim(self, claim: ClaimBlock) -> str:
        """Return a claim with its anchor and what qualifies it."""
        qualifiers = f' <span class="qualifiers">{escape(claim.qualifiers)}</span>' if claim.qualifiers else ""
        return (
            f'<p class="claim">{self.anchor(f"claim-{claim.claim_id}")}{self.marking(claim.marking)}'
            f"{self.inlines(claim.inlines)}{qualifiers}</p>"
        )

    def footnote(self, note: Footnote) -> str:
        """Return the words of a footnote."""
        if not note.source_id:
            return escape(note.words)
        title = Link((Text(note.source_title),), f"record:{note.source_id}", known=note.known)
        if note.paragraphs:
            title = Link(title.words, f"{title.target}#p{note.paragraphs.partition('-')[0]}", known=note.known)
        parts = [self.inline(title)]
        if note.date:
            parts.append(f" ({escape(note.date)})")
        if note.paragraphs:
            parts.append(f", ¶{escape(note.paragraphs.replace('-', '–'))}")
        if note.quote:
            parts.append(escape(self.wording.say(": “{quote}”", quote=note.quote)))
        parts.append(f' – <span class="{self.state_class(note)}">{escape(note.words)}</span>')
        return "".join(parts)

    def state_class(self, note: Footnote) -> str:
        """Return the class of an evidence state: what a reader must not miss stands out."""
        return "warning" if note.state == "quote_not_found" else "state"

    @abstractmethod
    def anchor(self, name: str) -> str:
        """Return what a link of that name leads to."""

    @abstractmethod
    def link(self, shown: str, target: str) -> str:
        """Return a link around words that are HTML already."""

    @abstractmethod
    def bottom_line(self, inner: str) -> str:
        """Return the bottom line in its box."""

    @abstractmethod
    def facts(self, pairs: list[tuple[str, str]]) -> str:
        """Return pairs of a label and what it says."""

    @abstractmethod
    def table(self, table: Table) -> str:
        """Return a table with its head."""

    @abstractmethod
    def code(self, block: CodeBlock) -> str:
        """Return preformatted text."""

    @abstractmethod
    def source_paragraph(self, block: SourceParagraph) -> str:
        """Return a paragraph of a source with the claims that cite it."""

    @abstractmethod
    def footnotes(self, notes: tuple[Footnote, ...]) -> str:
        """Return the footnotes."""


class PaneWriter(Writer):
    """Writes for Qt's rich text: what a style sheet cannot say there is said with tables and attributes."""

    def __init__(self, style: HtmlStyle) -> None:
        self._style = style

    def anchor(self, name: str) -> str:
        """Return an anchor."""
        return f'<a name="{escape(name)}"></a>'

    def link(self, shown: str, target: str) -> str:
        """Return a link; one that leads nowhere safe is its words and its target."""
        if not (is_web(target) or target.startswith(("record:", "file:"))):
            return f"{shown} ({escape(target)})"
        return f'<a href="{escape(target)}">{shown}</a>'

    def bottom_line(self, inner: str) -> str:
        """Return the bottom line in its box."""
        return (
            '<table class="box" width="100%" border="0" cellspacing="0" cellpadding="14">'
            f'<tr><td bgcolor="{self._style.panel}"><p class="bottom-line">{inner}</p></td></tr></table>'
        )

    def facts(self, pairs: list[tuple[str, str]]) -> str:
        """Return pairs of a label and what it says as rows."""
        rows = "".join(
            f'<tr><td class="label" width="25%">{label}</td><td class="fact">{said}</td></tr>' for label, said in pairs
        )
        return f'<table class="facts" width="100%" border="0" cellspacing="0" cellpadding="3">{rows}</table>'

    def table(self, table: Table) -> str:
        """Return a table with its head."""
        caption = f'<p class="caption">{escape(table.caption)}</p>' if table.caption else ""
        head = "".join(
            f'<th class="head" align="{side}">{self.inlines(cell)}</th>'
            for cell, side in zip(table.head, table.align, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td class="cell" align="{side}">{self.inlines(cell)}</td>'
                for cell, side in zip(row, table.align, strict=True)
            )
            + "</tr>"
            for row in table.rows
        )
        return (
            f'{caption}<table class="data" width="100%" border="0" cellspacing="0" cellpadding="6">'
            f"<thead><tr>{head}</tr></thead>{rows}</table>"
        )

    def code(self, block: CodeBlock) -> str:
        """Return preformatted text in a box, with line numbers where they are asked for."""
        lines = block.text.split("\n")
        width = len(str(block.first_line + len(lines)))
        shown = []
        for number, line in enumerate(lines, block.first_line):
            text = escape(line) or " "
            if block.first_line:
                text = f'<span class="muted">{number:>{width}}</span>  {text}'
            if number in block.marked:
                text = f'<span style="background-color:{self._style.match}">{text}</span>'
            shown.append(text)
        return (
            '<table class="box" width="100%" border="0" cellspacing="0" cellpadding="10">'
            f'<tr><td bgcolor="{self._style.panel}"><pre>{chr(10).join(shown)}</pre></td></tr></table>'
        )

    def source_paragraph(self, block: SourceParagraph) -> str:
        """Return a paragraph of a source with the claims that cite it."""
        citations = "".join(f'<p class="citation">{self.inlines(each)}</p>' for each in block.citations)
        return (
            f'<p class="gist">{self.anchor(f"p{block.number}")}<span class="muted">¶{block.number}</span>'
            f"&nbsp; {self.inlines(block.inlines)}</p>{citations}"
        )

    def footnotes(self, notes: tuple[Footnote, ...]) -> str:
        """Return the footnotes, each on its line."""
        return "".join(
            f'<p class="note">{self.anchor(f"fn-{note.number}")}{note.number} · {self.footnote(note)}</p>'
            for note in notes
        )


def _pane_sheet(style: HtmlStyle) -> str:
    # WORKAROUND: in a heading Qt 6.12 takes no size but a name, as a part of the size of the document's default font:
    # medium is that size, large 1.2 of it, x-large 1.5, xx-large 2. `QTextCharFormat::FontSizeAdjustment` wins there
    # over every other size that is given.
    size = style.font_size
    kinds = "\n".join(f".kind-{name} {{ color: {colour}; }}" for name, colour in style.kinds.items())
    return f"""
body {{ color: {style.ink}; font-family: {style.font_family}; font-size: {size:.1f}pt; }}
p, li {{ line-height: 128%; margin-top: 0; margin-bottom: {size * 0.75:.0f}px; }}
li {{ margin-bottom: {size * 0.3:.0f}px; }}
h1, h2, h3, h4, h5, h6 {{ font-weight: 700; }}
h1 {{ font-size: xx-large; margin-top: 0; margin-bottom: 4px; line-height: 98%; }}
h1.long {{ font-size: x-large; line-height: 105%; }}
h2 {{ font-size: large; margin-top: {size * 2:.0f}px; margin-bottom: {size * 0.6:.0f}px; }}
h3 {{ font-size: medium; margin-top: {size * 1.4:.0f}px; margin-bottom: {size * 0.4:.0f}px; }}
h4, h5, h6 {{ font-size: medium; font-style: italic; margin-top: {size:.0f}px; margin-bottom: {size * 0.3:.0f}px; }}
a {{ color: {style.accent}; text-decoration: underline; }}
a.mark {{ text-decoration: none; }}
code, pre {{ font-family: {style.mono_family}; font-size: {size * 0.9:.1f}pt; }}
pre {{ white-space: pre-wrap; margin: 0; }}
blockquote {{ color: {style.muted}; margin-left: 16px; margin-right: 0; }}
.breadcrumb {{ color: {style.muted}; font-size: {size * 0.82:.1f}pt; margin-bottom: 4px; line-height: 110%; }}
.subtitle {{ color: {style.muted}; font-size: {size * 0.88:.1f}pt; line-height: 115%; }}
.subtitle {{ margin-bottom: {size * 1.6:.0f}px; }}
.kind {{ color: {style.accent}; }}
{kinds}
.box {{ margin-top: {size:.0f}px; margin-bottom: {size * 1.2:.0f}px; }}
.bottom-line {{ margin: 0; font-size: {size * 1.05:.1f}pt; line-height: 132%; }}
.facts {{ margin-top: {size:.0f}px; }}
.label {{ color: {style.muted}; font-size: {size * 0.92:.1f}pt; }}
.fact {{ font-size: {size * 0.95:.1f}pt; }}
.head {{ color: {style.muted}; font-weight: 400; font-size: {size * 0.92:.1f}pt; }}
.cell {{ font-size: {size * 0.95:.1f}pt; }}
.data {{ margin-bottom: {size * 1.2:.0f}px; }}
.caption, .qualifiers {{ color: {style.muted}; font-size: {size * 0.85:.1f}pt; }}
.muted, .unknown, .state {{ color: {style.muted}; }}
.unknown {{ font-style: italic; }}
.warning {{ color: {style.warning}; font-weight: 700; }}
.note {{ color: {style.muted}; font-size: {size * 0.85:.1f}pt; margin-bottom: {size * 0.4:.0f}px; line-height: 118%; }}
.gist {{ margin-top: {size * 0.8:.0f}px; margin-bottom: {size * 0.3:.0f}px; }}
.citation {{ margin-left: 28px; font-size: {size * 0.9:.1f}pt; margin-bottom: {size * 0.3:.0f}px; line-height: 118%; }}
"""
