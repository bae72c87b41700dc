"""From a tree of nodes to a record: its id, its kind, and what its fields say together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefing.records import markings
from briefing.records.draft import ANY_LINK
from briefing.records.forms import SLUG
from briefing.records.kinds import COMMON_FIELDS, KINDS, is_kind, kind_named
from briefing.records.nodes import Mapping, Node, Scalar, is_blank
from briefing.records.parts import table_of, with_unique_claims
from briefing.records.record import WIKI_LINK, Record
from briefing.records.suggest import listed, shown, slugged
from briefing.records.tables import Table, read_fields

if TYPE_CHECKING:
    from briefing.records.claims import Claim
    from briefing.records.draft import Draft
    from briefing.records.fields import Field
    from briefing.records.record import Section

SUMMARY_LENGTH = 480
"""About four printed lines."""


def make_record(draft: Draft, root: Mapping, stem: str, *, complete: bool = True) -> Record | None:
    """Make the record that a map describes, or return None where it has an error.

    `stem` is the id by default, and empty where the file holds several records.
    """
    kind = _kind_of(root)
    noun = _noun(kind)
    if complete and not draft.id and is_blank(root.entries.get("id")):
        _no_id(draft, root, stem)
    values = read_fields(draft, root, _fields_of(kind), noun, complete=complete)
    _check_summary(draft, root.entries.get("summary"), values.get("summary", ""))
    claims: tuple[Claim, ...] = values.pop("claims", ())
    sections: tuple[Section, ...] = values.pop("sections", ())
    claims, sections = with_unique_claims(draft, claims, sections)
    _place_links(draft, root, sections, values.get("body", ""))
    marking = values.pop("marking", draft.info.marking)
    _check_schemes(draft, root, [marking, *(claim.marking for claim in claims), *(each.marking for each in sections)])
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
        marking=marking,
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


@cache
def _noun(kind: str) -> str:
    if not kind:
        return "a record"
    label = kind_named(kind).label
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
        judged = {name: entry if name in common else (entry[0], _unjudged) for name, entry in table.fields.items()}
        return Table(judged, table.required)
    return table


def _unjudged(draft: Draft, field: Field, node: Node) -> None:
    return None


def _check_summary(draft: Draft, node: Node | None, text: str) -> None:
    if node is not None and len(text) > SUMMARY_LENGTH:
        message = f"The summary has {len(text)} characters, more than four printed lines."
        draft.warn(node, "long-summary", message, f"Keep it to {SUMMARY_LENGTH}, and put the rest into `body`.")


def _check_schemes(draft: Draft, root: Mapping, marked: list[str]) -> None:
    """See that all markings of a record are of one scheme, for none is the highest of two schemes."""
    schemes = {markings.scheme_of(marking): marking for marking in dict.fromkeys(marked) if marking}
    if len(schemes) > 1:
        message = f"The record has markings of different schemes: {listed(list(schemes.values()))}."
        draft.error(root, "mixed-schemes", message, "Use the markings of one scheme, the library's by default.")


def _place_links(draft: Draft, root: Mapping, sections: tuple[Section, ...], body: str) -> None:
    """Remember where each record is first named in a body, and warn of links that lead nowhere."""
    bodies = [body, *(section.body for section in sections)]
    if not any("[[" in each for each in bodies):
        return
    seen: set[str] = set()
    for text in bodies:
        for match in ANY_LINK.finditer(text):
            link = WIKI_LINK.fullmatch(match[0])
            target = link[1] if link else match[0]
            if target in seen or draft.is_full:
                continue
            seen.add(target)
            node = Scalar.at(match[0], *draft.source.first_link(match[0], root.line))
            if link:
                draft.place("mentions", target, node)
            else:
                meant = slugged(match[1].partition("|")[0])
                mend = f"Write [[{meant}]] or [[{meant}|words]]." if meant else "Write [[id]] or [[id|words]]."
                draft.warn(node, "bad-link", f"{shown(target)} does not link to a record.", mend)
