"""A document as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from briefing.document.blocks import (
    Block,
    BottomLine,
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
)
from briefing.document.links import is_web
from briefing.document.text import SEPARATOR
from briefing.document.words import bare, footnote_words, left_out_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document.wording import Wording

_LABEL = 18
_NARROWEST = 24


def to_plain(document: Document, width: int = 80) -> str:
    """Return a document as lines of at most `width` characters, but for words that are longer."""
    writer = _Writer(max(width, _NARROWEST), document.wording)
    parts: list[str] = []
    if document.marking:
        parts.append(document.marking.rjust(writer.width))
    parts.append(left_out_words(document))
    if not (document.blocks and isinstance(document.blocks[0], Opening)):
        parts.append(writer.opening(document.title, document.breadcrumb, document.subtitle))
    parts += [writer.block(block) for block in document.blocks]
    if document.footnotes:
        parts.append(
            "\n".join(
                writer.hung(f"{note.number}. ", footnote_words(note, document.wording)) for note in document.footnotes
            ),
        )
    if document.marking:
        parts.append(document.marking.rjust(writer.width))
    return "\n\n".join(part for part in parts if part) + "\n"


class _Writer:
    """Writes blocks as text of one width."""

    def __init__(self, width: int, wording: Wording) -> None:
        self.width = width
        self._wording = wording

    def opening(self, title: str, breadcrumb: Sequence[str], subtitle: Sequence[Inline]) -> str:
        """Return what stands above a record."""
        lines = [" › ".join(breadcrumb)] if breadcrumb else []
        shown = self.wrapped(title)
        lines += [shown, "=" * max(map(len, shown.split("\n")))]
        if subtitle:
            lines.append(self.wrapped(self.words(subtitle).replace(SEPARATOR, " · ")))
        return "\n".join(lines)

    def block(self, block: Block) -> str:
        """Return one block."""
        match block:
            case Opening():
                return self.opening(block.title, block.breadcrumb, block.subtitle)
            case Heading(level, inlines):
                text = self.wrapped(self.words(inlines))
                return f"{text}\n{'-' * max(map(len, text.split(chr(10))))}" if level == 2 else text
            case Paragraph(inlines, marking, label):
                return self.wrapped(f"({marking}) " * bool(marking) + f"{label}. " * bool(label) + self.words(inlines))
            case BottomLine(inlines, marking):
                mark = f"({marking}) " * bool(marking)
                return self.hung("| ", f"{mark}{self._wording.say('Bottom line.')} {self.words(inlines)}", again=True)
            case ClaimBlock():
                marking = f"({block.marking}) " * bool(block.marking)
                qualifiers = f" ({block.qualifiers})" * bool(block.qualifiers)
                return self.hung("* ", f"{marking}{self.words(block.inlines)}{qualifiers}")
            case ListBlock():
                return self._list(block)
            case Quotation(blocks):
                return self._indented("> ", blocks, again=True)
            case CodeBlock(text):
                return textwrap.indent(text, "    ", lambda _line: True)
            case Rule():
                return "-" * self.width
            case Table():
                return self._table(block)
            case Facts(pairs):
                labels = min(_LABEL, max(len(label) for label, _ in pairs))
                return "\n".join(self.hung(f"{label:<{labels}}  ", self.words(said)) for label, said in pairs)
            case SourceParagraph(number, inlines, citations):
                lines = [self.hung(f"¶{number:<3} ", self.words(inlines))]
                lines += [self.hung("     - ", self.words(each)) for each in citations]
                return "\n".join(lines)
            case Part(_, heading, blocks):
                parts = (Heading(2, heading), *blocks) if heading else blocks
                return "\n\n".join(map(self.block, parts))

    def words(self, inlines: Iterable[Inline]) -> str:
        """Return inlines as text: a footnote's mark in brackets, a link to the web with its address."""
        return "".join(_words(inlines, self._wording))

    def wrapped(self, text: str) -> str:
        """Return a text broken into lines."""
        return self.hung("", text)

    def hung(self, mark: str, text: str, *, again: bool = False) -> str:
        """Return a text broken into lines, the first behind a mark, the others behind as much space or it again."""
        rest = mark if again else " " * len(mark)
        lines: list[str] = []
        for line in text.split("\n"):
            lines += textwrap.wrap(
                line, max(self.width - len(mark), _NARROWEST), break_long_words=False, break_on_hyphens=False
            ) or [""]
        return "\n".join(f"{mark if index == 0 else rest}{line}".rstrip() for index, line in enumerate(lines))

    def _indented(self, mark: str, blocks: Sequence[Block], *, again: bool = False, tight: bool = False) -> str:
        inner = _Writer(max(self.width - len(mark), _NARROWEST), self._wording)
        text = ("\n" if tight else "\n\n").join(inner.block(block) for block in blocks)
        rest = mark if again else " " * len(mark)
        lines = text.split("\n")
        return "\n".join(f"{mark if index == 0 else rest}{line}".rstrip() for index, line in enumerate(lines))

    def _list(self, block: ListBlock) -> str:
        marks = [
            f"{number}. " if block.ordered else "- " for number in range(block.start, block.start + len(block.items))
        ]
        tight = all(len(item) <= 1 or not isinstance(item[1], Paragraph) for item in block.items)
        items = [self._indented(mark, item, tight=tight) for mark, item in zip(marks, block.items, strict=True)]
        return ("\n" if tight else "\n\n").join(items)

    def _table(self, table: Table) -> str:
        """Return a table in columns, or row by row where the columns would be too narrow to read."""
        rows = [[self.words(cell).replace("\n", " ") for cell in row] for row in (table.head, *table.rows)]
        longest = [max(3, *(len(row[index]) for row in rows)) for index in range(len(table.head))]
        room = self.width - 2 * (len(longest) - 1)
        caption = [self.wrapped(table.caption)] if table.caption else []
        if room < 10 * len(longest) and sum(longest) > room:
            return "\n".join((*caption, *self._row_by_row(rows)))
        while sum(longest) > room:
            longest[longest.index(max(longest))] -= 1
        lines = [*self._row(rows[0], longest, table.align), "  ".join("-" * width for width in longest)]
        for row in rows[1:]:
            lines += self._row(row, longest, table.align)
        return "\n".join((*caption, *(line.rstrip() for line in lines)))

    def _row(self, row: Sequence[str], widths: Sequence[int], align: Sequence[str]) -> Iterator[str]:
        cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [cell[number] if number < len(cell) else "" for cell in cells]
            yield "  ".join(
                _ADJUSTED[side](part, width) for part, width, side in zip(parts, widths, align, strict=True)
            )

    def _row_by_row(self, rows: Sequence[Sequence[str]]) -> Iterator[str]:
        head = rows[0]
        for row in rows[1:]:
            for label, cell in zip(head, row, strict=True):
                yield self.hung(f"{label}: " if label else "", cell)
            yield ""


_ADJUSTED = {"left": str.ljust, "center": str.center, "right": str.rjust}


def _words(inlines: Iterable[Inline], wording: Wording) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case NoteMark(number):
                yield f" [{number}]"
            case Link(words, target) if is_web(target) and bare(words) != target:
                yield f"{bare(words)} <{target}>"
            case Link(words, _, False):
                yield f"{bare(words)} {wording.say('(not in this library)')}"
            case _:
                yield bare((inline,))
