"""A record, or a file with faults, as something to read.

The reading pane, the paper and the command line all draw the document that is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.attachment import record_file
from briefing.document.blocks import (
    Block,
    BottomLine,
    CodeBlock,
    Document,
    Facts,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Text,
)
from briefing.document.claims import Claims
from briefing.document.facts import facts, subtitle
from briefing.document.markdown import starts_with_heading, to_blocks
from briefing.document.members import members
from briefing.document.names import Names, comma_separated
from briefing.document.source import is_citation, source_paragraphs
from briefing.document.text import muted, one_line, plain, visible
from briefing.records.kinds import CLAIM_FIELDS, MENTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.library.library import Library, RelationGroup
    from briefing.records.problems import Problem
    from briefing.records.record import Record, Section

_MOST_RELATED = 40  # in one group; a reader of paper is not helped by more, and the window has the tree
_MOST_ANCESTORS = 8
_MOST_LINES = 2_000
_MOST_CHARACTERS = 200_000

_ROLES = {"their-objectives": "Their objectives", "our-response": "Our response", "press-line": "Press line"}


def compose(record: Record, library: Library) -> Document:
    """Return a record of any kind as a document."""
    names = Names(library)
    claims = Claims(record, library.evidence(record.id), names)
    member_table, in_table = members(record, library, names)
    own_facts = facts(record, names, leave_out=in_table)
    blocks: list[Block] = []
    if record.summary:
        blocks.append(BottomLine(plain(record.summary)))
    if record.sections and record.body:
        blocks += to_blocks(record.body, names.title)
    if own_facts:
        blocks.append(own_facts)
    if record.claims:
        blocks += (Heading(2, (Text("Claims"),)), *claims.blocks(record.claims))
    if record.body and not record.sections:
        blocks += _under("Background", record.body, names)
    for section in record.sections:
        blocks += _section(section, record, claims, names)
    blocks += member_table
    if record.kind == "source":
        blocks += source_paragraphs(record, library.citations(record.id), names)
    blocks += _related(record, library, names, own_facts)
    blocks += claims.sources()
    breadcrumb = _breadcrumb(record, names)
    marking = names.highest_marking(_own_markings(record))
    as_of = record.as_of
    return Document(
        title=one_line(record.title),
        kind=record.kind,
        record_ids=(record.id,),
        breadcrumb=breadcrumb,
        subtitle=subtitle(record, marking),
        blocks=tuple(blocks),
        footnotes=claims.footnotes,
        marking=marking,
        language=record.language or library.info.language or "en",
        as_of=one_line(as_of.words()) if as_of else "",
        timestamp=as_of.lower.isoformat() if as_of and as_of.lower else "",
        author=one_line(", ".join(record.texts("from"))) or one_line(library.title),
        keywords=_keywords(record, names),
        attachments=(record_file(record, library),),
    )


def compose_file(file: str, library: Library) -> Document:
    """Return a file of the library that has faults: what is wrong with it, and its text as it stands."""
    problems = library.problems(file)
    text = visible(library.raw_text(file)).rstrip("\n")
    errors = sum(problem.severity == "error" for problem in problems)
    blocks: list[Block] = []
    if problems:
        blocks.append(Heading(2, (Text("What is wrong, and how to mend it"),)))
        blocks.append(ListBlock(tuple(_problem(problem) for problem in problems), ordered=True))
    cards = library.stale_cards(file)
    if cards:
        names = Names(library)
        blocks.append(Heading(2, (Text("Last good version"),)))
        blocks.append(ListBlock(tuple((Paragraph((names.link(card.id),)),) for card in cards)))
    if text:
        blocks += (Heading(2, (Text("The file as it stands"),)), *_raw(text, problems))
    return Document(
        title=one_line(file),
        kind="file",
        record_ids=(),
        breadcrumb=("Problems",),
        subtitle=(Text("  ·  ".join(("File", _count(errors, "error"), _count(len(problems) - errors, "warning")))),),
        blocks=tuple(blocks),
        marking=library.info.marking,
        language=library.info.language or "en",
        author=one_line(library.title),
    )


def _under(heading: str, body: str, names: Names) -> tuple[Block, ...]:
    """Return a body below a heading, unless it begins with one of its own."""
    if starts_with_heading(body):
        return to_blocks(body, names.title, level=2)
    return (Heading(2, (Text(heading),)), *to_blocks(body, names.title, level=3))


def _section(section: Section, record: Record, claims: Claims, names: Names) -> tuple[Block, ...]:
    role = _ROLES.get(section.role) or section.role.replace("-", " ").capitalize()
    heading = plain(section.heading) or plain(role) or (Text("Section"),)
    if section.marking and section.marking != record.marking:
        heading = (*heading, muted(f" ({one_line(section.marking)})"))
    blocks: list[Block] = [Heading(2, heading)]
    if section.line:
        blocks.append(Paragraph((Text("Line. ", "strong"), *plain(section.line))))
    if section.if_pressed:
        blocks.append(Paragraph((Text("If pressed. ", "strong"), *plain(section.if_pressed))))
    blocks += to_blocks(section.body, names.title, level=3)
    blocks += claims.blocks(section.claims)
    return tuple(blocks)


def _related(record: Record, library: Library, names: Names, own_facts: Facts | None) -> tuple[Block, ...]:
    """Return the relations that the document has not shown yet, those that others make to the record among them."""
    shown = {label for label, _ in own_facts.pairs} if own_facts else set()
    shown |= {field.label for field in record.kind_info.fields if field.is_relation}
    # What the text itself links to, a reader has seen.
    shown |= {field.label for field in (MENTION, *CLAIM_FIELDS) if field.is_relation}
    pairs: list[tuple[str, tuple[Inline, ...]]] = []
    for group in library.relations(record.id):
        if (group.outgoing and group.label in shown) or (not group.outgoing and is_citation(record, group.label)):
            continue
        pairs.append((one_line(group.label), tuple(comma_separated(_relatives(group, names)))))
    return (Heading(2, (Text("Related"),)), Facts(tuple(pairs))) if pairs else ()


def _relatives(group: RelationGroup, names: Names) -> list[Inline]:
    names.prepare(related.card.id for related in group.cards[:_MOST_RELATED])
    found: list[Inline] = [names.link(related.card.id) for related in group.cards[:_MOST_RELATED]]
    left_out = len(group.cards) - len(found)
    if left_out:
        found.append(muted(f"and {left_out:,} more"))
    return found


def _breadcrumb(record: Record, names: Names) -> tuple[str, ...]:
    """Return the way to the record in the tree: its section, then what it is filed under."""
    kind = record.kind_info
    way: list[str] = []
    if kind.nested_by:
        above, seen = record.text(kind.nested_by), {record.id}
        while above and above not in seen and len(way) < _MOST_ANCESTORS:
            seen.add(above)
            parent = names.record(above)
            if parent is None:
                break
            way.insert(0, names.title(above) or above)
            above = parent.text(kind.nested_by)
    elif group := record.text("format"):
        way.append(group.capitalize())
    else:
        for field in ("dialogue", "country"):
            if title := names.title(record.text(field)) if record.text(field) else None:
                way.append(title)
                break
    return (kind.section, *way)


def _own_markings(record: Record) -> Iterable[str]:
    yield record.marking
    for claim in record.all_claims():
        yield claim.marking
    for section in record.sections:
        yield section.marking


def _keywords(record: Record, names: Names) -> tuple[str, ...]:
    related = (names.title(each) for name in ("technologies", "about") for each in record.texts(name))
    words = (record.kind_info.label, *record.aliases, *record.tags, *(title for title in related if title))
    return tuple(dict.fromkeys(filter(None, map(one_line, words))))


def _problem(problem: Problem) -> tuple[Block, ...]:
    place = f"Line {problem.line}, column {problem.column}" if problem.line else "The whole file"
    return (
        Paragraph(
            (Text(f"{place}: ", "strong"), *plain(problem.message), muted(f" ({problem.severity}, {problem.code})"))
        ),
        Paragraph(plain(problem.mend)),
    )


def _raw(text: str, problems: Iterable[Problem]) -> tuple[Block, ...]:
    lines = text[:_MOST_CHARACTERS].split("\n")
    marked = tuple(sorted({problem.line for problem in problems if problem.line}))
    block = CodeBlock("\n".join(lines[:_MOST_LINES]), first_line=1, marked=marked)
    if len(lines) > _MOST_LINES or len(text) > _MOST_CHARACTERS:
        return (block, Paragraph((muted("The rest of the file is left out here."),)))
    return (block,)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
