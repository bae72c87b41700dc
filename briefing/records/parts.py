"""The parts of a record that are maps themselves: claims, the sections of a note, and links."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from briefing.records.claims import Claim
from briefing.records.fields import Field, Type
from briefing.records.kinds import CLAIM_FIELDS, LINK_FIELDS, SECTION_FIELDS, YARDSTICKS
from briefing.records.nodes import Mapping, Node, Scalar, is_blank
from briefing.records.record import Section, WebLink
from briefing.records.tables import Table, maps_in, read_fields
from briefing.records.values import converter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.records.draft import Draft
    from briefing.records.values import Convert

_CONFIDENCE = re.compile(
    r"\b(?:low|moderate|medium|high)[\s-]+confidence\b|\bconfidence (?:level|is)\b|\b(?:highly|fairly) confident\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def _read_claims(draft: Draft, field: Field, node: Node) -> tuple[Claim, ...]:
    claims = []
    draft.part = "claims."
    had_error = draft.has_error
    for item in maps_in(draft, field, node, "text: …"):
        draft.has_error = False
        values = read_fields(draft, item, _claim_table(), "a claim")
        had_error |= draft.has_error
        if not draft.has_error:
            claim = Claim(**values, line=item.line, column=item.column)
            _check_claim(draft, item, claim)
            claims.append(claim)
            if claim.quote:
                draft.place("quote", claim.quote, item.entries["quote"])
    draft.has_error |= had_error
    draft.part = ""
    return tuple(claims)


def _check_claim(draft: Draft, item: Mapping, claim: Claim) -> None:
    for field in ("likelihood", "confidence"):
        if getattr(claim, field) and claim.basis != "assessment":
            message = f"Only an assessment has a {field}."
            mend = f"Write `basis: assessment`, or leave `{field}` out."
            draft.warn(item.key(field), f"{field}-without-assessment", message, mend)
    for field in ("at", "quote"):
        if getattr(claim, field) and not claim.source:
            draft.warn(
                item.key(field), f"{field}-without-source", f"`{field}` stands without a source.", "Add `source:`."
            )
    if (claim.likelihood or claim.basis == "assessment") and _mixes_confidence(draft, claim):
        message = "The sentence that holds the likelihood speaks of confidence too."
        draft.warn(
            item.entries["text"], "mixed-confidence", message, "Leave it to `confidence`, or make it a sentence apart."
        )


def _mixes_confidence(draft: Draft, claim: Claim) -> bool:
    """Whether a likelihood and a confidence stand in one sentence, which ICD 203 rules out."""
    if _CONFIDENCE.search(claim.text) is None:
        return False
    likelihood = re.compile(rf"\b(?:{'|'.join(YARDSTICKS[draft.info.yardstick])})\b", re.IGNORECASE)
    # Where the word is in its field only, the whole text is the sentence that holds it.
    if claim.likelihood and not likelihood.search(claim.text):
        return True
    sentences = _SENTENCE_END.split(claim.text)
    return any(_CONFIDENCE.search(sentence) and likelihood.search(sentence) for sentence in sentences)


def with_unique_claims(
    draft: Draft, claims: tuple[Claim, ...], sections: tuple[Section, ...]
) -> tuple[tuple[Claim, ...], tuple[Section, ...]]:
    """Return the claims and the sections of a record with no claim's id twice, and warn where one was."""
    every = [*claims, *[claim for section in sections for claim in section.claims]]
    seen = {claim.id for claim in every}
    if len(seen) == len(every):
        return claims, sections
    taken: dict[str, Claim] = {}
    copies: dict[str, int] = {}

    def unique(claim: Claim) -> Claim:
        first = taken.get(claim.id)
        if first is None:
            taken[claim.id] = claim
            return claim
        node = Scalar.at("", claim.line, claim.column)
        if replace(claim, id="").id != claim.id:
            message = f"The claim's id `{claim.id}` stands in line {first.line} already."
            draft.error(node, "duplicate-claim-id", message, "Give each claim of a record an id of its own.")
            return claim
        message = f"The claim says the same as the one in line {first.line}."
        draft.warn(node, "repeated-claim", message, "Leave one of them out.")
        number = copies.get(claim.id, 1) + 1
        while f"{claim.id}-{number}" in seen:
            number += 1
        copies[claim.id] = number
        return replace(claim, id=f"{claim.id}-{number}")

    return (
        tuple(map(unique, claims)),
        tuple(replace(section, claims=tuple(map(unique, section.claims))) for section in sections),
    )


def _read_sections(draft: Draft, field: Field, node: Node) -> tuple[Section, ...]:
    sections = []
    for item in maps_in(draft, field, node, "heading: …"):
        values = read_fields(draft, item, _section_table(), "a section")
        section = Section(**values)
        _check_section(draft, item, section)
        sections.append(section)
    return tuple(sections)


def _check_section(draft: Draft, item: Mapping, section: Section) -> None:
    if section.role == "question":
        for field, what in (("heading", "The question itself"), ("line", "What to say")):
            if is_blank(item.entries.get(field)):
                message = f"A section with the role `question` lacks its `{field}`."
                draft.warn(item, f"question-without-{field}", message, f"Add `{field}:`. {what} stands there.")
    else:
        for field in ("line", "if_pressed"):
            if getattr(section, field):
                message = f"`{field}` belongs to a section with the role `question`, and prints in no other."
                mend = "Write `role: question`, or put the text into `body`."
                draft.warn(item.key(field), "question-field", message, mend)
    filled = any(not is_blank(item.entries.get(name)) for name in ("body", "claims", "line", "if_pressed"))
    if not filled and section.role != "question":
        mend = "Add `body:` or `claims:`, or leave it out."
        draft.warn(item, "empty-section", "The section has nothing in it.", mend)


def _read_links(draft: Draft, field: Field, node: Node) -> tuple[WebLink, ...]:
    links = []
    for item in maps_in(draft, field, node, "title: …"):
        values = read_fields(draft, item, _link_table(), "a link")
        if len(values) == len(LINK_FIELDS):
            links.append(WebLink(**values))
    return tuple(links)


_STRUCTURES: dict[Type, Convert] = {
    Type.CLAIMS: _read_claims,
    Type.SECTIONS: _read_sections,
    Type.LINKS: _read_links,
}


@cache
def _claim_table() -> Table:
    return table_of(CLAIM_FIELDS)


@cache
def _section_table() -> Table:
    return table_of(SECTION_FIELDS)


@cache
def _link_table() -> Table:
    return table_of(LINK_FIELDS)


def table_of(fields: Iterable[Field]) -> Table:
    """Return the table of some fields."""
    fields = tuple(fields)
    return Table(
        {field.name: (field, _STRUCTURES.get(field.type) or converter(field.type)) for field in fields},
        tuple(field for field in fields if field.required),
    )
