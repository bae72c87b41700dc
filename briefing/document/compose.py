"""A record, or a file with faults, as something to read.

The reading pane, the paper and the command line all draw the document that is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from briefing.document.attachment import record_file
from briefing.document.blocks import (
    Block,
    BottomLine,
    Break,
    CodeBlock,
    Document,
    Facts,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Opening,
    Paragraph,
    Text,
)
from briefing.document.claims import Claims
from briefing.document.facts import choice_words, date_words, facts, subtitle
from briefing.document.markdown import starts_with_heading, to_blocks
from briefing.document.members import members
from briefing.document.names import Names, listed
from briefing.document.sections import section_blocks, section_heading
from briefing.document.source import is_citation, source_paragraphs
from briefing.document.text import SEPARATOR, muted, one_line, plain, visible
from briefing.document.wording import ENGLISH, Wording
from briefing.records.kinds import CLAIM_FIELDS, COMMON_FIELDS, MENTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document.shelf import Shelf
    from briefing.library.library import Card, Library, RelationGroup
    from briefing.records.problems import Problem
    from briefing.records.record import Record

_MOST_RELATED = 40  # in one group; a reader of paper is not helped by more, and the window has the tree
_MOST_ANCESTORS = 8
_MOST_LINES = 2_000
_MOST_CHARACTERS = 200_000

# Relations that say no more than that a record is named somewhere.
_WEAK = {
    field.inverse
    for field in (MENTION, *CLAIM_FIELDS, *COMMON_FIELDS)
    if field.name in ("mentions", "about", "see_also")
}


class Content(Protocol):
    """Makes everything below a record's title, and the footnotes that go with it, numbered from `first_note`."""

    def __call__(  # noqa: D102
        self, record: Record, library: Shelf, names: Names, *, first_note: int
    ) -> tuple[tuple[Block, ...], tuple[Footnote, ...]]: ...


def compose(
    record: Record,
    library: Shelf,
    content: Content | None = None,
    way: tuple[str, ...] = (),
    wording: Wording = ENGLISH,
) -> Document:
    """Return a record of any kind as a document.

    A print template gives its own `content`, and the `way` that stands above the title in place of that in the tree.
    """
    names = Names(library, wording)
    blocks, footnotes = (content or content_of)(record, library, names, first_note=1)
    breadcrumb = tuple(map(wording.say, way)) or breadcrumb_of(record, names)
    marking = names.highest_marking(own_markings(record))
    return Document(
        title=one_line(record.title),
        kind=record.kind,
        record_ids=(record.id,),
        breadcrumb=breadcrumb,
        subtitle=subtitle(record, marking, wording),
        blocks=blocks,
        footnotes=footnotes,
        marking=marking,
        language=record.language or library.info.language or "en",
        as_of=as_of(record, wording),
        timestamp=timestamp_of((record,)),
        author=one_line(", ".join(record.texts("from"))) or one_line(library.title),
        keywords=_keywords(record, names),
        attachments=(record_file(record, library),),
        wording=wording,
    )


def compose_several(
    records: Sequence[Record],
    library: Shelf,
    content: Content | None = None,
    way: tuple[str, ...] = (),
    wording: Wording = ENGLISH,
) -> Document:
    """Return records as one document, in their order, its footnotes numbered throughout; one alone as by `compose`."""
    if len(records) == 1:
        return compose(records[0], library, content, way, wording)
    everywhere = Names(library, wording)
    blocks: list[Block] = []
    footnotes: list[Footnote] = []
    for record in records:
        names = Names(library, wording)
        below, notes = (content or content_of)(record, library, names, first_note=len(footnotes) + 1)
        footnotes += notes
        breadcrumb = tuple(map(wording.say, way)) or breadcrumb_of(record, names)
        opening = Opening(
            title=one_line(record.title),
            kind=record.kind,
            record_id=record.id,
            breadcrumb=breadcrumb,
            subtitle=subtitle(record, names.highest_marking(own_markings(record)), wording),
            language=record.language or library.info.language or "en",
            as_of=as_of(record, wording),
        )
        blocks += (opening, *below)
        everywhere.include(names)
    dates = {as_of(record, wording) for record in records}
    return Document(
        title=wording.count(
            "{title} and {number} other record",
            "{title} and {number} other records",
            len(records) - 1,
            title=one_line(records[0].title),
        ),
        kind="several",
        record_ids=tuple(record.id for record in records),
        breadcrumb=(),
        subtitle=(),
        blocks=tuple(blocks),
        footnotes=tuple(footnotes),
        marking=everywhere.highest_marking(marking for record in records for marking in own_markings(record)),
        language=library.info.language or "en",
        as_of=dates.pop() if len(dates) == 1 else "",
        timestamp=timestamp_of(records),
        author=one_line(library.title),
        keywords=tuple(dict.fromkeys(one_line(record.title) for record in records)),
        attachments=tuple(record_file(record, library) for record in records),
        wording=wording,
    )


def content_of(
    record: Record, library: Shelf, names: Names, *, first_note: int = 1, sources: bool = True
) -> tuple[tuple[Block, ...], tuple[Footnote, ...]]:
    """Return everything below a record's title, and the footnotes that go with it.

    Without `sources` the list of those that its claims cite is left out.
    """
    claims = Claims(record, library.evidence(record.id), names, first_note)
    member_table, in_table = members(record, library, names)
    blocks: list[Block] = []
    if record.summary:
        blocks.append(BottomLine(plain(record.summary)))
    if record.sections and record.body:
        blocks += to_blocks(record.body, names.title)
    if own_facts := facts(record, names, leave_out=in_table):
        blocks.append(own_facts)
    if record.claims:
        blocks += (Heading(2, (Text(names.wording.say("Claims")),)), *claims.blocks(record.claims))
    if record.body and not record.sections:
        blocks += _under(names.wording.say("Background"), record.body, names)
    for section in record.sections:
        blocks += (Heading(2, section_heading(section, record, names.wording)), *section_blocks(section, claims, names))
    blocks += member_table
    if record.kind == "source":
        blocks += source_paragraphs(record, library.citations(record.id), names)
    blocks += _related(record, library, names)
    if sources:
        blocks += claims.sources()
    return tuple(blocks), claims.footnotes


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
        subtitle=(
            Text("File"),
            Text(SEPARATOR.join(("", _count(errors, "error"), _count(len(problems) - errors, "warning")))),
        ),
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


def _related(record: Record, library: Shelf, names: Names) -> tuple[Block, ...]:
    """Return the relations that the document has not shown yet, those that others make to the record among them.

    What a relation of its own says stands before what only mentions the record, and is not said again there.
    """
    groups = [group for group in library.relations(record.id) if not _is_shown(group, record)]
    groups.sort(key=_is_weak)
    pairs: list[tuple[str, tuple[Inline, ...]]] = []
    said = {each for field in record.kind_info.fields if field.is_relation for each in record.texts(field.name)}
    for group in groups:
        cards = [related.card for related in group.cards]
        if _is_weak(group):
            cards = [card for card in cards if card.id not in said]
        if cards:
            said.update(card.id for card in cards)
            pairs.append((names.wording.say(one_line(group.label)), _relatives(cards, names)))
    return (Heading(2, (Text(names.wording.say("Related")),)), Facts(tuple(pairs))) if pairs else ()


def _is_shown(group: RelationGroup, record: Record) -> bool:
    """Whether the document says this relation elsewhere: in its facts, in its words, or as a source's citations."""
    if not group.outgoing:
        return is_citation(record, group.label)
    fields = (*record.kind_info.fields, *CLAIM_FIELDS, MENTION)
    return any(field.is_relation and field.label == group.label for field in fields)


def _is_weak(group: RelationGroup) -> bool:
    return not group.outgoing and group.label in _WEAK


def _relatives(cards: Sequence[Card], names: Names) -> tuple[Inline, ...]:
    shown = cards[:_MOST_RELATED]
    names.prepare(card.id for card in shown)
    links = listed((names.link(card.id) for card in shown), mark="; ")
    if len(cards) > len(shown):
        more = names.wording.count("and {number} more", "and {number} more", len(cards) - len(shown))
        return (*links, muted(f" {more}"))
    return links


def breadcrumb_of(record: Record, names: Names) -> tuple[str, ...]:
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
        way.append(choice_words(group, names.wording).capitalize())
    else:
        for field in ("dialogue", "country"):
            if title := names.title(record.text(field)) if record.text(field) else None:
                way.append(title)
                break
    return (names.wording.say(kind.section), *way)


def as_of(record: Record, wording: Wording) -> str:
    """Return the date that the record is true at, in words, or nothing."""
    return date_words(record.as_of, wording, article=True) if record.as_of else ""


def timestamp_of(records: Iterable[Record]) -> str:
    """Return the last day that one of the records is true at, at the least."""
    days = [record.as_of.lower.isoformat() for record in records if record.as_of and record.as_of.lower]
    return max(days, default="")


def own_markings(record: Record) -> Iterable[str]:
    """Yield the markings of a record's parts."""
    yield record.marking
    for claim in record.all_claims():
        yield claim.marking
    for section in record.sections:
        yield section.marking


def _keywords(record: Record, names: Names) -> tuple[str, ...]:
    related = (names.title(each) for name in ("technologies", "about") for each in record.texts(name))
    words = (
        names.wording.say(record.kind_info.label),
        *record.aliases,
        *record.tags,
        *(title for title in related if title),
    )
    return tuple(dict.fromkeys(filter(None, map(one_line, words))))


def _problem(problem: Problem) -> tuple[Block, ...]:
    place = f"Line {problem.line}, column {problem.column}" if problem.line else "The whole file"
    kind = muted(f" ({problem.severity}, {problem.code})")
    said = (Text(f"{place}: ", "strong"), *plain(problem.message), kind)
    return (Paragraph((*said, Break(), *plain(problem.mend)) if problem.mend else said),)


def _raw(text: str, problems: Iterable[Problem]) -> tuple[Block, ...]:
    lines = text[:_MOST_CHARACTERS].split("\n")
    marked = tuple(sorted({problem.line for problem in problems if problem.line}))
    block = CodeBlock("\n".join(lines[:_MOST_LINES]), first_line=1, marked=marked)
    if len(lines) > _MOST_LINES or len(text) > _MOST_CHARACTERS:
        return (block, Paragraph((muted("The rest of the file is left out here."),)))
    return (block,)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
