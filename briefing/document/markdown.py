"""CommonMark with tables, and `[[links]]` to records, as neutral blocks.

Nothing in a text is loaded or run: HTML is shown as it was typed, a picture becomes its description, and a link is
one only where it leads to a record, to the web or to a mailbox.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.document.blocks import (
    Block,
    Break,
    CodeBlock,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quotation,
    Rule,
    Style,
    Table,
    Text,
)
from briefing.document.links import is_web
from briefing.document.text import one_line, visible
from briefing.records.record import WIKI_LINK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

TitleOf = Callable[[str], "str | None"]
"""Gives the title of the record with that id, or None where there is no such record."""

_DEEPEST_QUOTE = 8  # Typst sets no more than twelve, one in the other
_DEEPEST_LIST = 6
_DEEPEST_PARSE = 150  # markdown-it leaves out what is deeper, and each level costs it two frames of Python's stack
_DEEPEST_HEADING = 6
_MOST_BRACKETS = 1_000  # in one paragraph: each one that stays open is looked for up to the paragraph's end


def to_blocks(text: str, title_of: TitleOf, *, level: int = 2) -> tuple[Block, ...]:
    """Return the blocks of a text; its outermost headings get that level and none below is skipped.

    A text too deeply nested to be understood is given as it was typed.
    """
    tokens = _parser().parse(visible(text))
    if any(token.level >= _DEEPEST_PARSE - 1 for token in tokens):
        return (CodeBlock(visible(text)),)
    return _Reader(tokens, title_of, level).blocks(quotes=0, lists=0)


def starts_with_heading(text: str) -> bool:
    """Whether the first thing in a text is a heading."""
    tokens = _parser().parse(visible(text))
    return bool(tokens) and tokens[0].type == "heading_open"


def row_lines(text: str) -> frozenset[int]:
    """Return the numbers of the lines, from 0, that are rows of tables below their heads."""
    found: set[int] = set()
    in_head = False
    for token in _parser().parse(visible(text)):
        if token.type in ("thead_open", "thead_close"):
            in_head = token.nesting > 0
        elif token.type == "tr_open" and not in_head and token.map:
            found.add(token.map[0])
    return frozenset(found)


class _Parser(MarkdownIt):
    """CommonMark that takes every address: which of them are links is decided when the tokens are read."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "maxNesting": _DEEPEST_PARSE}).enable("table")
    parser.inline.ruler.before("link", "record_link", _record_link)
    parser.core.ruler.at("inline", _inline)
    return parser


def _inline(state: StateCore) -> None:
    """Parse the words of each block, as markdown-it's own rule does, except where that would take for ever."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if token.content.count("[") <= _MOST_BRACKETS:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children.append(Token("text", "", 0, content=token.content))


def _record_link(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or not state.src.startswith("[[", state.pos):
        return False
    match = WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("record_link", "", 0)
        token.content = (match[2] or "").strip()
        token.meta = {"id": match[1]}
    state.pos = match.end()
    return True


class _Reader:
    """Makes blocks out of markdown-it's flat run of tokens."""

    def __init__(self, tokens: Sequence[Token], title_of: TitleOf, level: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._title_of = title_of
        self._level = level
        self._headings: list[int] = []

    def blocks(self, quotes: int, lists: int) -> tuple[Block, ...]:
        """Read blocks up to the end of what holds them."""
        found: list[Block] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.nesting < 0:
                break
            found += self._block(token, quotes, lists)
        return tuple(found)

    def _block(self, token: Token, quotes: int, lists: int) -> tuple[Block, ...]:
        match token.type:
            case "heading_open":
                return (Heading(self._heading_level(int(token.tag[1])), self._inlines()),)
            case "paragraph_open":
                inlines = self._inlines()
                return (Paragraph(inlines),) if inlines else ()
            case "fence" | "code_block":
                return (CodeBlock(visible(token.content).rstrip("\n")),)
            case "hr":
                return (Rule(),)
            case "blockquote_open":
                blocks = self.blocks(quotes + 1, lists)
                return (Quotation(blocks),) if quotes < _DEEPEST_QUOTE and blocks else blocks
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, quotes, lists)
            case "table_open":
                return (self._table(),)
            case other:
                raise AssertionError(f"markdown-it gave a token that is not known here: {other}")

    def _heading_level(self, typed: int) -> int:
        while self._headings and self._headings[-1] >= typed:
            self._headings.pop()
        self._headings.append(typed)
        return min(self._level + len(self._headings) - 1, _DEEPEST_HEADING)

    def _list(self, opening: Token, quotes: int, lists: int) -> tuple[Block, ...]:
        items: list[tuple[Block, ...]] = []
        while self._tokens[self._next].type == "list_item_open":
            self._next += 1
            items.append(self.blocks(quotes, lists + 1))
        self._next += 1
        if lists >= _DEEPEST_LIST:
            return tuple(block for item in items for block in item)
        start = opening.attrGet("start")
        return (ListBlock(tuple(items), opening.type == "ordered_list_open", 1 if start is None else int(start)),)

    def _table(self) -> Table:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        cells: list[tuple[Inline, ...]] = []
        align: list[Literal["left", "center", "right"]] = []
        while True:
            token = self._tokens[self._next]
            self._next += 1
            match token.type:
                case "table_close":
                    return Table(rows[0], tuple(rows[1:]), tuple(align))
                case "th_open" | "td_open":
                    if token.type == "th_open":
                        align.append(_alignment(token))
                    cells.append(self._inlines())
                case "tr_close":
                    rows.append(tuple(cells))
                    cells = []

    def _inlines(self) -> tuple[Inline, ...]:
        """Read the words of the block that was just opened, and its end."""
        inline, _end = self._tokens[self._next], self._tokens[self._next + 1]
        self._next += 2
        return _Inlines(self._title_of).read(inline.children or [])


def _alignment(token: Token) -> Literal["left", "center", "right"]:
    side = str(token.attrGet("style") or "").removeprefix("text-align:")
    return cast('Literal["left", "center", "right"]', side) if side in ("center", "right") else "left"


class _Inlines:
    """Makes inlines out of the tokens of one run of words."""

    def __init__(self, title_of: TitleOf) -> None:
        self._title_of = title_of
        self._found: list[Inline] = []
        self._styles: list[Style] = []
        self._link: list[Text] | None = None
        # A run of characters in one style is gathered before it is made: a paragraph may have 100,000 lines.
        self._run: list[str] = []
        self._run_style: Style = "plain"

    def read(self, tokens: Sequence[Token]) -> tuple[Inline, ...]:
        target = ""
        for token in tokens:
            match token.type:
                case "link_open":
                    self._end_run()
                    target = visible(str(token.attrGet("href")))
                    self._link = []
                case "link_close":
                    self._end_run()
                    self._add_link(tuple(self._link or ()) or (Text(target),), target)
                    self._link = None
                case "strong_open":
                    self._styles.append("strong")
                case "em_open":
                    self._styles.append("emphasis")
                case "strong_close" | "em_close":
                    self._styles.pop()
                case "record_link":
                    self._add_record(token.meta["id"], token.content)
                case "hardbreak":
                    self._add_break()
                case "softbreak":
                    self._add(" ")
                case "code_inline":
                    self._add(token.content, "code")
                case "image":
                    self._add(_description(token), "muted")
                case _:
                    self._add(token.content)
        self._end_run()
        return tuple(self._found)

    def _add(self, text: str, style: Style | None = None) -> None:
        style = style or (self._styles[-1] if self._styles else "plain")
        if style != self._run_style:
            self._end_run()
            self._run_style = style
        self._run.append(text)

    def _end_run(self) -> None:
        text = visible("".join(self._run)).replace("\n", " ")
        self._run.clear()
        if not text:
            return
        run = Text(text, self._run_style)
        if self._link is not None:
            self._link.append(run)
        else:
            self._found.append(run)

    def _add_link(self, words: tuple[Text, ...], target: str) -> None:
        if is_web(target):
            self._found.append(Link(words, target))
        elif "".join(each.text for each in words) == target:
            self._found += words
        else:
            self._found += (*words, Text(f" ({target})"))

    def _add_record(self, record_id: str, words: str) -> None:
        title = self._title_of(record_id)
        self._end_run()
        shown = one_line(words or title or record_id)
        self._found.append(Link((Text(shown),), f"record:{record_id}", known=title is not None))

    def _add_break(self) -> None:
        if self._link is None:
            self._end_run()
            self._found.append(Break())
        else:
            self._add(" ")


def _description(token: Token) -> str:
    # A picture's description is kept by markdown-it as tokens of its own: only their characters count here.
    words = one_line("".join(child.content or " " for child in token.children or ()))
    return f"[picture: {words}]" if words else "[picture]"
