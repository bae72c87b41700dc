"""A source's paragraphs, and who cites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Block, Heading, Inline, ListBlock, Paragraph, SourceParagraph, Text
from briefing.document.text import muted, plain, shortened
from briefing.records.kinds import CLAIM_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document.names import Names
    from briefing.library.library import Citation
    from briefing.records.record import Record

_MOST_CITATIONS = 400  # on one page; a library may cite a source 100,000 times
_LONGEST_CLAIM = 200


def source_paragraphs(record: Record, citations: Sequence[Citation], names: Names) -> tuple[Block, ...]:
    """Return the source's paragraphs with its gist of each, and under each the claims that cite it.

    A paragraph without a gist is there when it is cited. What cites the source as a whole comes last.
    """
    gists = record.texts("gists")
    shown = citations[:_MOST_CITATIONS]
    names.prepare(citation.card.id for citation in shown)
    by_paragraph: dict[int, list[tuple[Inline, ...]]] = {}
    for citation in shown:
        names.note(*citation.markings)
        by_paragraph.setdefault(_first(citation.paragraphs), []).append(_citation(citation, names))
    numbers = sorted({*range(1, len(gists) + 1), *by_paragraph} - {0})
    blocks: list[Block] = []
    if numbers:
        blocks.append(Heading(2, (Text(names.wording.say("Paragraphs")),)))
    for number in numbers:
        gist = plain(gists[number - 1]) if number <= len(gists) else ()
        blocks.append(SourceParagraph(number, gist, tuple(by_paragraph.get(number, ()))))
    if whole := by_paragraph.get(0):
        blocks.append(Heading(2, (Text(names.wording.say("Cited as a whole")),)))
        blocks.append(ListBlock(tuple((Paragraph(each),) for each in whole)))
    if len(citations) > len(shown):
        more = names.wording.count(
            "{number} more claim cites this source.",
            "{number} more claims cite this source.",
            len(citations) - len(shown),
        )
        blocks.append(Paragraph((muted(more),)))
    return tuple(blocks)


def is_citation(record: Record, label: str) -> bool:
    """Whether relations of that label, seen from the record that is named, are its citations as a source."""
    return record.kind == "source" and label == next(field.inverse for field in CLAIM_FIELDS if field.name == "source")


def _first(paragraphs: str) -> int:
    first = paragraphs.partition("-")[0]
    return int(first) if first.isdecimal() else 0


def _citation(citation: Citation, names: Names) -> tuple[Inline, ...]:
    link = names.link(citation.card.id, fragment=f"claim-{citation.claim_id}", style="emphasis")
    text = shortened(citation.claim_text, _LONGEST_CLAIM)
    several = f", ¶{citation.paragraphs.replace('-', '–')}" if "-" in citation.paragraphs else ""
    return (link, Text(f": {text}"), muted(f" ({names.wording.say(citation.state.words)}{several})"))
