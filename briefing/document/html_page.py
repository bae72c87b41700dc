"""A document as a page of its own: one HTML 5 file that needs nothing else and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from briefing.document.html import Writer, escape
from briefing.document.links import is_web
from briefing.document.words import left_out_words
from briefing.resources import resource

if TYPE_CHECKING:
    from briefing.document.blocks import CodeBlock, Document, Footnote, SourceParagraph, Table


def to_page(document: Document) -> str:
    """Return a document as a page of its own; its policy lets it load nothing and run nothing."""
    sheet = resource("styles", "page.css").read_text(encoding="utf-8")
    allowed = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    marking = f'<p class="marking">{escape(document.marking)}</p>' if document.marking else ""
    missing = f'<p class="muted">{left_out_words(document)}</p>\n' if document.left_out else ""
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="author" content="{escape(document.author)}">' if document.author else "",
        f'<meta name="keywords" content="{escape(", ".join(document.keywords))}">' if document.keywords else "",
        f"<title>{escape(document.title)}</title>",
        f"<style>{sheet}</style>",
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n{chr(10).join(filter(None, head))}\n'
        f"</head>\n<body>\n{marking}\n{missing}<main>\n{PageWriter().document(document)}\n</main>\n{marking}\n</body>\n</html>\n"
    )


class PageWriter(Writer):
    """Writes HTML 5; links to records are words, for the page stands alone."""

    def anchor(self, name: str) -> str:
        """Return an anchor."""
        return f'<a id="{escape(name)}"></a>'

    def link(self, shown: str, target: str) -> str:
        """Return a link to the web; what leads to a record is its words."""
        if is_web(target):
            return f'<a href="{escape(target)}" rel="noopener noreferrer">{shown}</a>'
        return f'<span class="record">{shown}</span>'

    def bottom_line(self, inner: str) -> str:
        """Return the bottom line in its box."""
        return f'<aside class="bottom-line"><p>{inner}</p></aside>'

    def facts(self, pairs: list[tuple[str, str]]) -> str:
        """Return pairs of a label and what it says as a list of terms."""
        return f'<dl class="facts">{"".join(f"<dt>{label}</dt><dd>{said}</dd>" for label, said in pairs)}</dl>'

    def table(self, table: Table) -> str:
        """Return a table that scrolls by itself where it is too wide."""
        caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
        head = "".join(
            f'<th scope="col" class="{side}">{self.inlines(cell)}</th>'
            for cell, side in zip(table.head, table.align, strict=True)
        )
        rows = "\n".join(
            "<tr>"
            + "".join(
                f'<td class="{side}">{self.inlines(cell)}</td>' for cell, side in zip(row, table.align, strict=True)
            )
            + "</tr>"
            for row in table.rows
        )
        return (
            f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
        )

    def code(self, block: CodeBlock) -> str:
        """Return preformatted text, with line numbers where they are asked for."""
        if not block.first_line:
            return f"<pre><code>{escape(block.text)}</code></pre>"
        lines = block.text.split("\n")
        width = len(str(block.first_line + len(lines)))
        shown = []
        for number, line in enumerate(lines, block.first_line):
            text = escape(line)
            if number in block.marked:
                text = f"<mark>{text or ' '}</mark>"
            shown.append(f'<span class="muted">{number:>{width}}</span>  {text}')
        return f"<pre><code>{chr(10).join(shown)}</code></pre>"

    def source_paragraph(self, block: SourceParagraph) -> str:
        """Return a paragraph of a source with the claims that cite it."""
        citations = "".join(f"<li>{self.inlines(each)}</li>" for each in block.citations)
        listed = f'<ul class="citations">{citations}</ul>' if citations else ""
        return (
            f'<p class="gist" id="p{block.number}"><span class="muted">¶{block.number}</span> '
            f"{self.inlines(block.inlines)}</p>{listed}"
        )

    def footnotes(self, notes: tuple[Footnote, ...]) -> str:
        """Return the footnotes as a numbered list."""
        items = "\n".join(
            f'<li id="fn-{note.number}" value="{note.number}">{self.footnote(note)}</li>' for note in notes
        )
        return f'<ol class="notes">\n{items}\n</ol>'
