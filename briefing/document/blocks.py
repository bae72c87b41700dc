"""Neutral blocks: what a document consists of before it is drawn on a screen or on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from briefing.document.wording import ENGLISH

if TYPE_CHECKING:
    from briefing.document.wording import Wording

Style = Literal["plain", "strong", "emphasis", "code", "muted", "strike"]


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters in one style. It is text and nothing else: no markup in it means anything."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere.

    `target` is `record:<id>`, `record:<id>#p<n>` for a paragraph of a source, `file:<path>` for a file of the library
    that has faults, or an `https:`, `http:` or `mailto:` address. `known` is False where no such record exists.
    """

    words: tuple[Text, ...]
    target: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The raised number after a claim: it leads to the footnote of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the author asked for."""


Inline = Text | Link | NoteMark | Break


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 is the record's title; levels never skip one."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `marking` is its portion mark, where it differs from the document's; `label` leads into it."""

    inlines: tuple[Inline, ...]
    marking: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class BottomLine:
    """The summary, in its box; `marking` is its portion mark, where the template marks every paragraph."""

    inlines: tuple[Inline, ...]
    marking: str = ""


@dataclass(frozen=True, slots=True)
class ClaimBlock:
    """A claim with the marks of its footnotes; `qualifiers` are its basis, likelihood and confidence in words."""

    inlines: tuple[Inline, ...]
    claim_id: str
    qualifiers: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a run of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text.

    Where `first_line` is not 0, lines are shown with their numbers, counted from it; `marked` are the numbers of
    those that stand out.
    """

    text: str
    first_line: int = 0
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. All rows have as many cells as `head`; `align` has one of left, center, right for each column."""

    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Literal["left", "center", "right"], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says, such as the fields of a dialogue."""

    pairs: tuple[tuple[str, tuple[Inline, ...]], ...]


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph of a source: what it says in one line, and the claims of other records that cite it."""

    number: int
    inlines: tuple[Inline, ...]
    citations: tuple[tuple[Inline, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a record begins in a document of several: what `Document` says of one alone."""

    title: str
    kind: str
    record_id: str
    breadcrumb: tuple[str, ...]
    subtitle: tuple[Inline, ...]
    language: str = "en"
    as_of: str = ""
    number: int = 0
    """The record's number in a dossier; 0 elsewhere, and for what is no record (its sources)."""
    heading: str = ""
    """The heading that begins with this record, in a dossier."""
    level: int = 1
    """The level of the title: 2 under a heading. The levels of the record's own headings count from it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a print template: what stands together, below a heading of level 2 where it has one.

    `role` says which part it is. `priority` says when it leaves a page that is too full: 9 first, 1 last, 0 never;
    of equals the later one first.
    """

    role: str
    heading: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    priority: int = 0


Block = (
    Heading
    | Paragraph
    | BottomLine
    | ClaimBlock
    | ListBlock
    | Quotation
    | CodeBlock
    | Rule
    | Table
    | Facts
    | SourceParagraph
    | Opening
    | Part
)


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where a claim comes from. `state` is the value of an `Evidence`, `words` that state as a reader sees it."""

    number: int
    source_id: str
    source_title: str
    known: bool
    paragraphs: str
    quote: str
    date: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF."""

    name: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a dossier; `facts` are pairs of a label and what it says."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    library: str


@dataclass(frozen=True, slots=True)
class Book:
    """What a dossier has beside its records: a cover, contents, an index of the names in it.

    `numbers` are those of all its records by id, `names` the ids and titles for the index in its order.
    """

    cover: Cover
    numbers: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A record, or several, as something to read.

    In a document of several records each begins with an `Opening`, and `breadcrumb` and `subtitle` are empty.
    `subtitle` is the line of facts under the title, `breadcrumb` the way to it in the tree. `marking` is the highest
    of its parts. `as_of` is the date in words, `timestamp` the day that it stands for (ISO 8601), or nothing.
    `remarks` are sentences for whoever prints it, and are not printed. `left_out` is the number of parts that were
    left out because they are marked higher. `template` is the print template that it is composed for. `language` is
    that of what the records say, `wording` has the words around it.
    """

    title: str
    kind: str
    record_ids: tuple[str, ...]
    breadcrumb: tuple[str, ...]
    subtitle: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    marking: str = ""
    language: str = "en"
    as_of: str = ""
    timestamp: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=())
    remarks: tuple[str, ...] = ()
    left_out: int = 0
    template: str = "record"
    book: Book | None = None
    wording: Wording = ENGLISH
