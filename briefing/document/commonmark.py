"""A document as CommonMark with tables and footnotes (`[^1]`), as many editors and web sites know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document.blocks import (
    Block,
    BottomLine,
    Break,
    ClaimBlock,
    CodeBlock,
    Document,
    Facts,
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
from briefing.document.text import SEPARATOR
from briefing.document.words import footnote_words, left_out_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document.wording import Wording

# Every ASCII character that can mean something inside a line; the others only do at its beginning.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~!$#])")
_AT_BEGINNING = re.compile(r"^( {0,3})([-+=]|\d{1,9}(?=[.)]))")
_ALIGNED = {"left": ":--", "center": ":-:", "right": "--:"}


def to_markdown(document: Document) -> str:
    """Return a document as CommonMark; what looks like markup in it is escaped and stays text."""
    writer = _Writer(document.wording)
    parts: list[str] = []
    if document.marking:
        parts.append(f"**{escape(document.marking)}**")
    parts.append(left_out_words(document))
    if not (document.blocks and isinstance(document.blocks[0], Opening)):
        parts.append(writer.opening(document.title, document.breadcrumb, document.subtitle))
    parts.append(writer.run(document.blocks))
    parts += [f"[^{note.number}]: {escape(footnote_words(note, document.wording))}" for note in document.footnotes]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Return a text so that CommonMark takes none of it for markup."""
    escaped = _MARKUP.sub(r"\\\1", text)
    begun = _AT_BEGINNING.match(escaped)
    if begun is None:
        return escaped
    rest = escaped[begun.end() :]
    return f"{begun[1]}{begun[2]}\\{rest}" if begun[2].isdigit() else f"{begun[1]}\\{begun[2]}{rest}"


class _Writer:
    """Writes blocks, with the words of the page in the wording of their document."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def opening(self, title: str, breadcrumb: Sequence[str], subtitle: Sequence[Inline]) -> str:
        parts = [escape(" › ".join(breadcrumb))] if breadcrumb else []
        parts.append(f"# {escape(title)}")
        if subtitle:
            parts.append(self._inlines(subtitle).replace(SEPARATOR, " · "))
        return "\n\n".join(parts)

    def _block(self, block: Block) -> str:
        match block:
            case Opening():
                return self.opening(block.title, block.breadcrumb, block.subtitle)
            case Heading(level, inlines):
                return f"{'#' * level} {self._inlines(inlines)}"
            case Paragraph(inlines, marking, label):
                lead = f"**{escape(label)}.** " * bool(label)
                return f"({escape(marking)}) " * bool(marking) + lead + self._inlines(inlines)
            case BottomLine(inlines, marking):
                mark = f"({escape(marking)}) " * bool(marking)
                return f"> {mark}**{self._say('Bottom line.')}** {self._inlines(inlines)}"
            case ClaimBlock():
                marking = f"({escape(block.marking)}) " * bool(block.marking)
                qualifiers = f" *({escape(block.qualifiers)})*" * bool(block.qualifiers)
                return f"- {marking}{self._inlines(block.inlines)}{qualifiers}"
            case ListBlock(items, ordered, start):
                marks = [f"{number}. " if ordered else "- " for number in range(start, start + len(items))]
                return "\n".join(self._indented(mark, item) for mark, item in zip(marks, items, strict=True))
            case Quotation(blocks):
                return "\n".join(f"> {line}".rstrip() for line in self.run(blocks).split("\n"))
            case CodeBlock(text):
                fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
                return f"{fence}\n{text}\n{fence}"
            case Rule():
                return "---"
            case Table():
                return self._table(block)
            case Facts(pairs):
                return "\n".join(f"- {escape(label)}: {self._inlines(said)}" for label, said in pairs)
            case SourceParagraph(number, inlines, citations):
                return "\n".join(
                    (f"- ¶{number} {self._inlines(inlines)}", *(f"  - {self._inlines(each)}" for each in citations))
                )
            case Part(_, heading, blocks):
                return self.run((Heading(2, heading), *blocks) if heading else blocks)

    def run(self, blocks: Iterable[Block]) -> str:
        parts: list[str] = []
        previous: Block | None = None
        for block in blocks:
            if isinstance(block, ListBlock) and isinstance(previous, ListBlock):
                parts.append("<!-- -->")  # else the two would be read as one
            parts.append(self._block(block))
            previous = block
        return "\n\n".join(parts)

    def _indented(self, mark: str, blocks: Iterable[Block]) -> str:
        lines = self.run(blocks).split("\n")
        space = " " * len(mark)
        return "\n".join(f"{mark if index == 0 else space}{line}".rstrip() for index, line in enumerate(lines))

    def _table(self, table: Table) -> str:
        def row(cells: Iterable[tuple[Inline, ...]]) -> str:
            return f"| {' | '.join(self._inlines(cell).replace(chr(10), ' ') for cell in cells)} |"

        head = [row(table.head), f"| {' | '.join(_ALIGNED[side] for side in table.align)} |"]
        caption = [escape(table.caption), ""] if table.caption else []
        return "\n".join((*caption, *head, *map(row, table.rows)))

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text, "strong"):
                return _around("**", text)
            case Text(text, "emphasis"):
                return _around("*", text)
            case Text(text, "code"):
                fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
                pad = " " if text.startswith("`") or text.endswith("`") else ""
                return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")
            case Text(text):
                return escape(text)
            case Link(words, target, known):
                shown = self._inlines(words)
                if is_web(target):
                    return f"[{shown}](<{target.replace('<', '%3C').replace('>', '%3E')}>)"
                return shown if known else f"{shown} {self._say('(not in this library)')}"
            case NoteMark(number):
                return f"[^{number}]"
            case Break():
                return "\\\n"

    def _say(self, words: str) -> str:
        return escape(self._wording.say(words))


def _around(mark: str, text: str) -> str:
    """Return a text between marks, which must touch its first and its last character."""
    inner = text.strip()
    if not inner:
        return escape(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{escape(inner)}{mark}{after}"
