"""Claims and their footnotes: what is said, and where it comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document.blocks import Block, ClaimBlock, Footnote, Heading, Inline, ListBlock, NoteMark, Paragraph, Text
from briefing.document.facts import choice_words, date_words
from briefing.document.text import one_line, plain
from briefing.document.wording import ENGLISH, Wording
from briefing.records.claims import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing.document.names import Names
    from briefing.records.claims import Claim
    from briefing.records.record import Record


class Claims:
    """Makes the claims of one record, numbering their footnotes in the order of the page."""

    def __init__(self, record: Record, evidence: Mapping[str, Evidence], names: Names, first_note: int = 1) -> None:
        self._record = record
        self._evidence = evidence
        self._names = names
        self._first_note = first_note
        self._footnotes: list[Footnote] = []

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The footnotes of the claims made so far."""
        return tuple(self._footnotes)

    def blocks(self, claims: Iterable[Claim]) -> tuple[Block, ...]:
        """Return the claims as blocks."""
        return tuple(self._block(claim) for claim in claims)

    def sources(self) -> tuple[Block, ...]:
        """Return the list of the sources that the claims made so far cite; none where they cite none."""
        cited = dict.fromkeys(note.source_id for note in self._footnotes if note.source_id)
        if not cited:
            return ()
        items = tuple((Paragraph(self._reference(source_id)),) for source_id in cited)
        return (Heading(2, (Text(self._names.wording.say("Sources")),)), ListBlock(items))

    def _block(self, claim: Claim) -> ClaimBlock:
        number = self._first_note + len(self._footnotes)
        self._footnotes.append(self._footnote(number, claim))
        return ClaimBlock(
            (*link_names(one_line(claim.text), claim.about, self._names), NoteMark(number)),
            claim_id=one_line(claim.id),
            qualifiers=qualifiers(claim, self._names.wording),
            marking=one_line(claim.marking) if claim.marking != self._record.marking else "",
        )

    def _footnote(self, number: int, claim: Claim) -> Footnote:
        wording = self._names.wording
        state = self._evidence.get(claim.id) or _unchecked(claim)
        title = self._names.title(claim.source) if claim.source else ""
        source = self._names.record(claim.source) if title else None
        dates = []
        if source is not None and (published := source.date("published")):
            dates.append(date_words(published, wording))
        if claim.as_of:
            dates.append(wording.say("as of {date}", date=date_words(claim.as_of, wording, article=True)))
        return Footnote(
            number=number,
            source_id=claim.source,
            source_title=self._short_title(source, title) if source and title else (title or claim.source),
            known=title is not None and bool(claim.source),
            paragraphs=claim.paragraphs,
            quote=one_line(claim.quote),
            date="; ".join(dates),
            state=state.value,
            words=wording.say(state.words),
        )

    def _short_title(self, source: Record, title: str) -> str:
        """Return the title where a source is cited first, and its shortest name after that."""
        if all(note.source_id != source.id for note in self._footnotes):
            return title
        return min((title, *map(one_line, source.aliases)), key=len)

    def _reference(self, source_id: str) -> tuple[Inline, ...]:
        source = self._names.record(source_id)
        link = self._names.link(source_id)
        return (link, *reference_details(source, self._names.wording)) if source else (link,)


def reference_details(source: Record, wording: Wording) -> tuple[Inline, ...]:
    """Return what a bibliography says of a source after its title."""
    details = list(source.texts("author"))
    if publisher := source.text("publisher"):
        details.append(publisher)
    if kind := source.text("type"):
        details.append(choice_words(kind, wording))
    if published := source.date("published"):
        details.append(wording.say("published {date}", date=date_words(published, wording)))
    if accessed := source.date("accessed"):
        details.append(wording.say("read {date}", date=date_words(accessed, wording)))
    if (state := source.text("state")) and state != "current":
        details.append(choice_words(state, wording))
    words = ", ".join(details)
    return plain(f". {words[:1].upper()}{words[1:]}.") if words else ()


def qualifiers(claim: Claim, wording: Wording = ENGLISH) -> str:
    """Return a claim's basis, likelihood and confidence in words."""
    confidence = f"{claim.confidence} confidence" if claim.confidence else ""
    parts = (claim.basis, claim.likelihood, confidence)
    return ", ".join(wording.say(one_line(part)) for part in parts if part)


def link_names(text: str, ids: Iterable[str], names: Names) -> tuple[Inline, ...]:
    """Return a text in which the first exact title or alias of each of those records leads to it.

    A name counts where it stands alone: not inside a word, nor joined to one by a hyphen or a dash. Its first letter
    may be a capital or not, for a title such as “Semiconductors” is a small word inside a sentence. Of names that
    overlap the longest wins.
    """
    names.prepare(ids)
    taken: list[tuple[int, int, str]] = []
    named = [(name, each) for each in ids if (record := names.record(each)) for name in (record.title, *record.aliases)]
    for name, record_id in sorted(named, key=lambda pair: -len(pair[0])):
        if len(name) < 2 or any(record_id == other for _, _, other in taken):
            continue
        first, rest = re.escape(one_line(name)[:1]), re.escape(one_line(name)[1:])
        for match in re.finditer(rf"(?<![\w‐-―-])(?i:{first}){rest}(?![\w‐-―-])", text):
            begin, end = match.span()
            if all(end <= other_begin or begin >= other_end for other_begin, other_end, _ in taken):
                taken.append((begin, end, record_id))
                break
    inlines: list[Inline] = []
    done = 0
    for begin, end, record_id in sorted(taken):
        if begin > done:
            inlines.append(Text(text[done:begin]))
        inlines.append(names.link(record_id, words=text[begin:end]))
        done = end
    if done < len(text):
        inlines.append(Text(text[done:]))
    return tuple(inlines)


def _unchecked(claim: Claim) -> Evidence:
    """Return the state of a claim that the library has not looked at."""
    if not claim.source:
        return Evidence.NO_SOURCE
    if claim.quote:
        return Evidence.NOT_CHECKABLE
    return Evidence.PARAGRAPH_ONLY if claim.at else Evidence.SOURCE_ONLY
