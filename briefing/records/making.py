"""From a tree of nodes to a record: which fields there are, which are missing, and what they say together."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from briefing.records.claims import Claim
from briefing.records.forms import SLUG
from briefing.records.kinds import (
    CLAIM_FIELDS,
    COMMON_FIELDS,
    KINDS,
    LINK_FIELDS,
    SECTION_FIELDS,
    YARDSTICKS,
    Field,
    Type,
    is_kind,
    kind_named,
)
from briefing.records.nodes import Mapping, Node, Scalar, Sequence, is_blank
from briefing.records.record import WIKI_LINK, Record, Section, WebLink
from briefing.records.suggest import listed, nearest, shown, slugged
from briefing.records.values import converter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Map

    from briefing.records.draft import Draft
    from briefing.records.values import Convert

    Table = Map[str, tuple[Field, Convert]]

SUMMARY_LENGTH = 480
"""About four printed lines."""

_ANY_LINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_CONFIDENCE = re.compile(
    r"\b(?:low|moderate|medium|high)[\s-]+confidence\b|\bconfidence (?:level|is)\b|\b(?:highly|fairly) confident\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def read_fields(draft: Draft, mapping: Mapping, table: Table, noun: str, *, complete: bool = True) -> dict[str, Any]:
    """Return the values that the fields of a map hold, and say in the draft what is wrong with them.

    What is not given is not in the result. `noun` is what the map describes, with its article; where the map is
    not `complete` (the rest of it could not be read), nothing is said to be missing.
    """
    values: dict[str, Any] = {}
    for name, node in mapping.entries.items():
        entry = table.get(name)
        if entry is None:
            _unknown_field(draft, mapping.keys[name], table, noun)
            continue
        if node.__class__ is Scalar and node.is_null:
            continue
        value = entry[1](draft, entry[0], node)
        if value is not None and value != "" and value != ():
            values[name] = value
    if complete:
        for name, (field, _) in table.items():
            if field.required and name not in values and is_blank(mapping.entries.get(name)):
                _missing_field(draft, mapping, field, noun)
    return values


def _unknown_field(draft: Draft, key: Scalar, table: Table, noun: str) -> None:
    if draft.is_full:
        return
    name = key.text
    meant = nearest(name, table)
    owners = [kind.name for kind in KINDS if any(field.name == name for field in kind.fields)]
    if owners and table is not _fields_of(""):
        mend = f"It is a field of {listed(owners)}: check `kind`, or leave it out."
    elif meant:
        mend = f"Did you mean `{meant}`?"
    else:
        mend = f"Leave it out; the fields are {', '.join(table)}."
    draft.error(key, "unknown-field", f"{noun.capitalize()} has no field {shown(name)}.", mend)


def _missing_field(draft: Draft, mapping: Mapping, field: Field, noun: str) -> None:
    if field.type is Type.KIND:
        mend = f"Add `kind:` with one of {listed([kind.name for kind in KINDS])}."
    else:
        mend = f"Add `{field.name}:`. {field.help}"
    draft.error(mapping, "missing-field", f"{noun.capitalize()} needs the field `{field.name}`.", mend)


def make_record(draft: Draft, root: Mapping, stem: str, *, complete: bool = True) -> Record | None:
    """Make the record that a map describes, or return None where it has an error.

    `stem` is the id by default, and empty where the file holds several records.
    """
    kind = _kind_of(root)
    noun = _noun(kind_named(kind).label) if kind else "a record"
    if complete and not draft.id and is_blank(root.entries.get("id")):
        _no_id(draft, root, stem)
    values = read_fields(draft, root, _fields_of(kind), noun, complete=complete)
    _check_summary(draft, root.entries.get("summary"), values.get("summary", ""))
    claims: tuple[Claim, ...] = values.pop("claims", ())
    sections: tuple[Section, ...] = values.pop("sections", ())
    claims, sections = _with_unique_claims(draft, claims, sections)
    _place_links(draft, root, sections, values.get("body", ""))
    if draft.has_error or not complete:
        return None
    draft.place("id", draft.id, root.entries.get("id", root))
    values.pop("id", None)
    return Record(
        id=draft.id,
        kind=values.pop("kind"),
        title=values.pop("title"),
        aliases=values.pop("aliases", ()),
        summary=values.pop("summary", ""),
        body=values.pop("body", ""),
        claims=claims,
        as_of=values.pop("as_of", None),
        marking=values.pop("marking", draft.info.marking),
        language=values.pop("language", draft.info.language),
        tags=values.pop("tags", ()),
        identifiers=values.pop("identifiers", {}),
        links=values.pop("links", ()),
        sections=sections,
        values=values,
        file=draft.file,
        line=root.line,
    )


def _kind_of(root: Mapping) -> str:
    node = root.entries.get("kind")
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return text if is_kind(text) else ""


def id_of(root: Mapping | None, stem: str) -> str:
    """Return the id of the record that a map describes, or nothing where it has none that can be used.

    `stem` is the id by default.
    """
    node = root.entries.get("id") if root else None
    text = node.text.strip() if isinstance(node, Scalar) and not is_blank(node) else stem
    return text if SLUG.fullmatch(text) else ""


def _no_id(draft: Draft, root: Mapping, stem: str) -> None:
    if not stem:
        mend = "Add `id:`, for the file holds several records."
        draft.error(root, "missing-id", "The record has no id.", mend)
        return
    meant = slugged(stem)
    mend = f"Add `id: {meant}`, or rename the file." if meant else "Add `id:`, or rename the file."
    draft.error(root, "missing-id", f"The file's name {shown(stem)} cannot serve as the record's id.", mend)


def _noun(label: str) -> str:
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


@cache
def _fields_of(kind: str) -> Table:
    """Return the fields of a kind; where the kind is not known, those of every kind."""
    if kind:
        fields = list(kind_named(kind).all_fields)
    else:
        fields = [field for each in KINDS for field in each.fields] + list(COMMON_FIELDS)
    table = table_of(fields)
    if not kind:
        # Without its kind nothing can be said about a field that only some kinds have.
        common = {field.name for field in COMMON_FIELDS}
        return {name: entry if name in common else (entry[0], _unjudged) for name, entry in table.items()}
    return table


def _unjudged(draft: Draft, field: Field, node: Node) -> None:
    return None


def table_of(fields: tuple[Field, ...] | list[Field]) -> Table:
    """Return fields by name, each with the function that reads it."""
    return {field.name: (field, _STRUCTURES.get(field.type) or converter(field.type)) for field in fields}


def _check_summary(draft: Draft, node: Node | None, text: str) -> None:
    if node is not None and len(text) > SUMMARY_LENGTH:
        message = f"The summary has {len(text)} characters, more than four printed lines."
        draft.warn(node, "long-summary", message, f"Keep it to {SUMMARY_LENGTH}, and put the rest into `body`.")


def _maps(draft: Draft, field: Field, node: Node, example: str) -> Iterator[Mapping]:
    """Yield the maps of a list of maps; one map alone is a list of one."""
    items = node.items if isinstance(node, Sequence) else [node]
    for item in items:
        if isinstance(item, Mapping):
            yield item
        elif not is_blank(item):
            message = f"An entry of `{field.name}` is a map of fields, not a {_shape(item)}."
            draft.error(item, "wrong-shape", message, f"Write it as `- {example}`.")


def _shape(node: Node) -> str:
    return "text" if isinstance(node, Scalar) else "list"


def _read_claims(draft: Draft, field: Field, node: Node) -> tuple[Claim, ...]:
    claims = []
    draft.part = "claims."
    for item in _maps(draft, field, node, "text: …"):
        before = len(draft.problems), draft.has_error
        draft.has_error = False
        values = read_fields(draft, item, _claim_table(), "a claim")
        if not draft.has_error:
            claim = Claim(**values, line=item.line, column=item.column)
            _check_claim(draft, item, claim)
            claims.append(claim)
        draft.has_error |= before[1]
    draft.part = ""
    return tuple(claims)


def _check_claim(draft: Draft, item: Mapping, claim: Claim) -> None:
    for field in ("likelihood", "confidence"):
        if getattr(claim, field) and claim.basis != "assessment":
            message = f"Only an assessment has a {field}."
            mend = f"Write `basis: assessment`, or leave `{field}` out."
            draft.warn(item.keys[field], f"{field}-without-assessment", message, mend)
    for field in ("at", "quote"):
        if getattr(claim, field) and not claim.source:
            draft.warn(
                item.keys[field], f"{field}-without-source", f"`{field}` stands without a source.", "Add `source:`."
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


def _with_unique_claims(
    draft: Draft, claims: tuple[Claim, ...], sections: tuple[Section, ...]
) -> tuple[tuple[Claim, ...], tuple[Section, ...]]:
    every = [*claims, *(claim for section in sections for claim in section.claims)]
    seen = {claim.id: claim for claim in every}
    if len(seen) == len(every):
        return claims, sections
    taken: dict[str, Claim] = {}

    def unique(claim: Claim) -> Claim:
        first = taken.get(claim.id)
        if first is None:
            taken[claim.id] = claim
            return claim
        node = Scalar("", claim.line, claim.column)
        if replace(claim, id="").id != claim.id:
            message = f"The claim's id `{claim.id}` stands in line {first.line} already."
            draft.error(node, "duplicate-claim-id", message, "Give each claim of a record an id of its own.")
            return claim
        message = f"The claim says the same as the one in line {first.line}."
        draft.warn(node, "repeated-claim", message, "Leave one of them out.")
        number = 2
        while f"{claim.id}-{number}" in seen or f"{claim.id}-{number}" in taken:
            number += 1
        return unique(replace(claim, id=f"{claim.id}-{number}"))

    return (
        tuple(map(unique, claims)),
        tuple(replace(section, claims=tuple(map(unique, section.claims))) for section in sections),
    )


def _read_sections(draft: Draft, field: Field, node: Node) -> tuple[Section, ...]:
    sections = []
    for item in _maps(draft, field, node, "heading: …"):
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
                draft.warn(item.keys[field], "question-field", message, mend)
    filled = any(not is_blank(item.entries.get(name)) for name in ("body", "claims", "line", "if_pressed"))
    if not filled and section.role != "question":
        mend = "Add `body:` or `claims:`, or leave it out."
        draft.warn(item, "empty-section", "The section has nothing in it.", mend)


def _read_links(draft: Draft, field: Field, node: Node) -> tuple[WebLink, ...]:
    links = []
    for item in _maps(draft, field, node, "title: …"):
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


def _place_links(draft: Draft, root: Mapping, sections: tuple[Section, ...], body: str) -> None:
    """Remember where each record is first named in a body, and warn of links that lead nowhere."""
    bodies = [body, *(section.body for section in sections)]
    if not any("[[" in each for each in bodies):
        return
    lines = draft.source.split("\n")
    seen: set[str] = set()
    for text in bodies:
        for match in _ANY_LINK.finditer(text):
            link = WIKI_LINK.fullmatch(match[0])
            target = link[1] if link else match[0]
            if target in seen or draft.is_full:
                continue
            seen.add(target)
            node = _first_place(lines, root.line, match[0])
            if link:
                draft.place("mentions", target, node)
            else:
                meant = slugged(match[1].partition("|")[0])
                mend = f"Write [[{meant}]] or [[{meant}|words]]." if meant else "Write [[id]] or [[id|words]]."
                draft.warn(node, "bad-link", f"{shown(target)} does not link to a record.", mend)


def _first_place(lines: list[str], line: int, words: str) -> Scalar:
    """Return where words stand first, from a line on; a body may be folded, and its own place is only its beginning."""
    for number in range(line, len(lines) + 1):
        column = lines[number - 1].find(words)
        if column >= 0:
            return Scalar(words, number, column + 1)
    return Scalar(words, line, 1)
