"""A document as the JSON that the print templates read.

Everything in it is text or a number: the templates set it, and evaluate nothing.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from briefing.document.blocks import (
    Attachment,
    Block,
    Book,
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
from briefing.document.text import shortened
from briefing.document.words import bare, left_out_words
from briefing.printing.columns import columns
from briefing.records import markings
from briefing.records.house import House

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.document.wording import Wording
    from briefing.printing.order import Paper
    from briefing.printing.part import BookPart

_RUNNING_TITLE = 78  # characters: what stands on one line beside the marking
_HOUSE_LINE = 110  # characters of a line of the house's own at the head or the foot of a page
_CONTENTS_LINE = 160  # characters of a title in the contents
_SHORT = 40  # characters of a text that has no word worth breaking
_LONGEST_IN_CODE = 62
_WHOLE_CLAIM = 800  # characters, some ten lines: so long a claim stays on one page, and its footnotes with it
_LONGEST_ADDRESS = 2_000  # Typst stops the whole document at one of more than 8,000
_PAGE_WORDS = {
    # What the templates call their words, and the words: what is in braces they put in themselves.
    "annex": "Annex",
    "annex-on-page": "Annex, page {page}:",
    "bottom-line": "Bottom line",
    "bottom-line-lead": "Bottom line.",
    "contents": "Contents",
    "further-text": "Further text",
    "in-full": "{name} in full",
    "index": "Index of names",
    "index-help": "Countries, dialogues, organisations, people and technology areas. "
    "A page in bold is where the record itself begins.",
    "line": "Line",
    "more": "and {number} more",
    "page": "page {page}",
    "page-of-last": "page {page} of {last}",
    "particulars": "Particulars",
    "source": "Source",
    "title": "Title",
}
_WITHOUT_DATE = date(1980, 1, 1)
_TAG = re.compile(r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}))?(?:-.*)?")


def encode(
    document: Document,
    *,
    paper: Paper,
    house: House | None = None,
    part: BookPart | None = None,
    content: Mapping[str, Any] | None = None,
) -> str:
    """Return the document as JSON, to be set on that paper in that house style (None: the program's own).

    `part` says which part of a book it is, where that is set in several; then `content` may be what `content_of`
    gave, and the document has no more than its openings.
    """
    foreground, background = ("#FFFFFF", "#000000")
    if markings.known(document.marking):
        foreground, background = markings.colour(document.marking)
    openings = [block for block in _blocks(document) if isinstance(block, Opening)]
    data = {
        "paper": paper,
        "house": _house(house or House()),
        "title": document.title,
        "running": [_running(each, document.wording) for each in openings],
        "marking": {"label": document.marking, "colour": foreground, "background": background},
        "left-out": left_out_words(document),
        "author": [document.author] if document.author else [],
        # First the marking: for programs that keep watch over files, and to know later what could not be on it.
        "keywords": list(filter(None, (document.marking, *document.keywords))),
        "language": _language(document.language),
        "words": page_words(document.wording),
        "date": _date(document),
        **(content or content_of(document)),
        "book": _book(document, document.book, openings, part) if document.book else None,
    }
    # Halves of surrogate pairs are no characters, and Typst stops at them.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()


def content_of(document: Document) -> dict[str, Any]:
    """Return the document's blocks, footnotes and attachments as the templates read them."""
    return {
        "blocks": _with_longest_words([_block(block, document.wording) for block in _blocks(document)]),
        "notes": {str(note.number): _note(note, document.wording) for note in document.footnotes},
        "attachments": [_attachment(each) for each in document.attachments],
    }


def _with_longest_words(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks, each opening with the length of the longest word in what follows it."""
    opening = blocks[0]
    for block in blocks:
        if block["type"] == "opening":
            opening = block
            opening["longest-word"] = 0
        else:
            opening["longest-word"] = max(opening["longest-word"], _longest_word(block))
    return blocks


def _longest_word(encoded: object) -> int:
    """Return the length of the longest word of whatever the templates read."""
    if isinstance(encoded, str):
        return max(map(len, encoded.split()), default=0) if len(encoded) > _SHORT else len(encoded)
    parts = encoded.values() if isinstance(encoded, dict) else encoded if isinstance(encoded, list) else ()
    return max(map(_longest_word, parts), default=0)


def _blocks(document: Document) -> tuple[Block, ...]:
    blocks = document.blocks
    return blocks if blocks and isinstance(blocks[0], Opening) else (_opening(document), *blocks)


def _house(house: House) -> dict[str, Any]:
    return {
        "name": shortened(house.name, _HOUSE_LINE),
        "header": shortened(house.header, _HOUSE_LINE),
        "footer": shortened(house.footer, _HOUSE_LINE),
        "colours": {name: getattr(house, name) for name in ("ink", "quiet", "accent", "rule", "ground")},
    }


def timestamp(document: Document) -> int:
    """Return the moment that the PDF says it was made at, in seconds since 1970: the same for the same document."""
    year, month, day = _date(document)
    return max(0, int(datetime(year, month, day, tzinfo=UTC).timestamp()))


def _date(document: Document) -> tuple[int, int, int]:
    """Return the day that the record is true at, else that of SOURCE_DATE_EPOCH, else one that stands for none."""
    day = _WITHOUT_DATE
    if document.timestamp:
        day = date.fromisoformat(document.timestamp)
    elif (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdecimal():
        day = datetime.fromtimestamp(int(epoch), UTC).date()
    return day.year, day.month, day.day


def page_words(wording: Wording) -> dict[str, Any]:
    """Return the words of the templates, in their language."""
    said = {name: wording.say(words) for name, words in _PAGE_WORDS.items()}
    return {**said, "language": _language(wording.language)}


def _language(tag: str) -> dict[str, str | None]:
    match = _TAG.fullmatch(tag)
    if match is None:
        return {"language": "en", "script": None, "region": None}
    script, region = match["script"], match["region"]
    return {
        "language": match["language"].lower(),
        "script": script.lower() if script else None,
        "region": region.upper() if region else None,
    }


def _opening(document: Document) -> Opening:
    """Return the opening of a document of one record, whose title and the like are the document's."""
    return Opening(
        title=document.title,
        kind=document.kind,
        record_id="",
        breadcrumb=document.breadcrumb,
        subtitle=document.subtitle,
        language=document.language,
        as_of=document.as_of,
    )


def _running(opening: Opening, wording: Wording) -> dict[str, str]:
    as_of = wording.say("as of {date}", date=opening.as_of) if opening.as_of else ""
    return {"title": shortened(opening.title, _RUNNING_TITLE), "as-of": as_of}


def _book(document: Document, book: Book, openings: Iterable[Opening], part: BookPart | None) -> dict[str, Any]:
    cover = book.cover
    return {
        "title": cover.title,
        "size": _title_size(cover.title),
        "subtitle": cover.subtitle,
        "facts": [list(pair) for pair in cover.facts],
        "library": cover.library,
        "numbers": dict(book.numbers),
        "here": dict.fromkeys(document.record_ids, True),
        "names": [list(name) for name in book.names],
        "contents": list(part.contents) if part and part.contents else [contents_row(each) for each in openings],
        "part": part.encoded() if part else None,
    }


def contents_row(opening: Opening) -> dict[str, Any]:
    """Return a line of a dossier's contents."""
    return {
        "heading": opening.heading,
        "number": opening.number,
        "title": shortened(opening.title, _CONTENTS_LINE),
        "place": _place(opening),
        "level": opening.level,
    }


def _place(opening: Opening) -> str:
    """Return the label of where an opening stands in a dossier: what is no record is the list of sources."""
    return f"record-{opening.record_id}" if opening.record_id else "sources"


def _title_size(title: str) -> float:
    for limit, size in ((60, 23), (110, 20), (220, 16.5), (600, 13)):
        if len(title) <= limit:
            return size
    return 11


def _block(block: Block, wording: Wording) -> dict[str, Any]:
    match block:
        case Heading(level, inlines):
            return {"type": "heading", "level": level, "inlines": _inlines(inlines, wording)}
        case Paragraph(inlines, marking, label):
            return {"type": "paragraph", "inlines": _inlines(inlines, wording), "marking": marking, "label": label}
        case BottomLine(inlines, marking):
            return {"type": "bottom-line", "inlines": _inlines(inlines, wording), "marking": marking}
        case ClaimBlock():
            return {
                "type": "claim",
                "whole": len(bare(block.inlines)) <= _WHOLE_CLAIM,
                "inlines": _inlines(block.inlines, wording),
                "qualifiers": block.qualifiers,
                "marking": block.marking,
            }
        case ListBlock(items, ordered, start):
            encoded = [[_block(each, wording) for each in item] for item in items]
            return {"type": "list", "items": encoded, "ordered": ordered, "start": start}
        case Quotation(blocks):
            return {"type": "quotation", "blocks": [_block(each, wording) for each in blocks]}
        case CodeBlock(text):
            return {"type": "code", "text": text, "longest": _LONGEST_IN_CODE}
        case Rule():
            return {"type": "rule"}
        case Table():
            return _table(block, wording)
        case Facts(pairs):
            return {"type": "facts", "pairs": [[label, _inlines(inlines, wording)] for label, inlines in pairs]}
        case SourceParagraph(number, inlines, citations):
            return {
                "type": "source-paragraph",
                "number": number,
                "inlines": _inlines(inlines, wording),
                "citations": [_inlines(each, wording) for each in citations],
            }
        case Opening():
            return {
                "type": "opening",
                "title": block.title,
                "size": _title_size(block.title),
                "breadcrumb": shortened(" › ".join(block.breadcrumb), 2 * _RUNNING_TITLE),
                "subtitle": _inlines(block.subtitle, wording),
                "language": _language(block.language),
                "number": block.number,
                "heading": block.heading,
                "level": block.level,
                "id": block.record_id,
                "place": _place(block),
            }
        case Part():
            return {
                "type": "part",
                "role": block.role,
                "heading": _inlines(block.heading, wording),
                "blocks": [_block(each, wording) for each in block.blocks],
                "priority": block.priority,
                "notes": [_marks(each) for each in block.blocks],
            }


def _marks(block: Block) -> list[int]:
    """Return the numbers of a block's footnotes, whose height counts towards that of its page."""
    inlines = block.inlines if isinstance(block, ClaimBlock) else ()
    return [inline.number for inline in inlines if isinstance(inline, NoteMark)]


def _table(table: Table, wording: Wording) -> dict[str, Any]:
    layout = columns(table)
    return {
        "type": "table",
        "head": [_inlines(cell, wording) for cell in table.head],
        "rows": [[_inlines(cell, wording) for cell in row] for row in table.rows],
        "align": list(table.align),
        "caption": table.caption,
        "widths": list(layout.widths),
        "breaks": list(layout.breaks),
        "size": layout.size,
        "gap": layout.gap,
        "wide": layout.wide,
        "whole": layout.whole,
    }


def _inlines(inlines: Iterable[Inline], wording: Wording) -> list[list[Any]]:
    return [encoded for inline in inlines for encoded in _inline(inline, wording)]


def _inline(inline: Inline, wording: Wording) -> list[list[Any]]:
    match inline:
        case Text(text, style):
            return [[style, text]]
        case Link(words, target, known):
            shown = [[each.style, each.text] for each in words]
            if is_web(target) and len(target) <= _LONGEST_ADDRESS:
                # Paper cannot be clicked: it says where the words lead.
                said = "".join(each.text for each in words) in (target, target.removeprefix("mailto:"))
                return [["link", shown, target], *([] if said else [["muted", f" ({target})"]])]
            if not known:
                return [*shown, ["muted", f" {wording.say('(not in this library)')}"]]
            # Only a dossier leads to other records: elsewhere, what is linked on screen is words on paper.
            record_id = target.removeprefix("record:").partition("#")[0]
            return [["record", shown, record_id]] if target.startswith("record:") else shown
        case NoteMark(number):
            return [["note", number]]
        case Break():
            return [["break"]]


def _note(note: Footnote, wording: Wording) -> dict[str, Any]:
    return {
        "source": note.source_title if note.source_id else "",
        "paragraphs": note.paragraphs.replace("-", "–"),
        "quote": wording.say(": “{quote}”", quote=note.quote) if note.quote else "",
        "date": note.date,
        "state": note.words[:1].upper() + note.words[1:],
        "alarm": note.state == "quote_not_found",
        "longest-word": max(map(_longest_word, (note.source_title, note.quote, note.date, note.words))),
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "content": attachment.data.decode("utf-8", "replace"),
        "description": attachment.description,
    }
