"""What of a record a paper of some marking may carry: its parts, its references and the links in its texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from briefing.document.commonmark import escape
from briefing.document.markdown import row_lines
from briefing.records import markings
from briefing.records.kinds import relation_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from briefing.records.claims import Claim
    from briefing.records.record import Record, Section

OMISSION = "[…]"
"""What stands where a link to a record was left out that had no words of its own."""

# As `record.WIKI_LINK`; in a table the bar may have a backslash before it, and one link may stand in another.
_LINK = r"\[\[({id})(?:\\?\|({words}*))?\]\]"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_WORDS = r"[^\]\n]"
_LINKED = re.compile(f"(?={_LINK.format(id=_ID, words=_WORDS)})")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The marking of a paper, one label or several of different schemes, as what bounds it.

    No order holds between two schemes, nor with a label that is not known here: such a marking is above the ceiling
    unless it is one of its labels. What has no marking at all is below every ceiling.
    """

    labels: tuple[str, ...]

    def admits(self, marking: str) -> bool:
        """Whether a part with that marking may be on the paper."""
        if not marking or marking in self.labels:
            return True
        return markings.known(marking) and any(
            markings.known(label)
            and markings.scheme_of(label) == markings.scheme_of(marking)
            and markings.rank(marking) <= markings.rank(label)
            for label in self.labels
        )


def within(record: Record, ceiling: Ceiling) -> Record:
    """Return the record without those of its claims and sections that are marked above the ceiling."""
    return replace(
        record,
        claims=_admitted(record.claims, ceiling),
        sections=tuple(
            replace(section, claims=_admitted(section.claims, ceiling))
            for section in record.sections
            if ceiling.admits(section.marking)
        ),
    )


def without(record: Record, hidden: Collection[str]) -> Record:
    """Return the record as if it knew nothing of some others.

    A claim goes with its source. What a field says of them goes, and so does a row of a table that leads to one; the
    words of a link stay.
    """
    if not hidden:
        return record
    return replace(
        record,
        body=without_links(record.body, hidden),
        claims=_sourced(record.claims, hidden),
        sections=tuple(_section(section, hidden) for section in record.sections),
        values=_values(record, hidden),
    )


def named_in(record: Record) -> set[str]:
    """Return the ids of the records that a record names anywhere."""
    linked = {match[1] for body in record.bodies() if "[[" in body for match in _LINKED.finditer(body)}
    return linked.union(relation.target for relation in record.relations())


def without_links(text: str, hidden: Collection[str]) -> str:
    """Return a text in CommonMark in which nothing leads to some records."""
    while ids := "|".join(sorted({match[1] for match in _LINKED.finditer(text)}.intersection(hidden))):
        # A link that stands in the words of another goes first, and what is left behind may be part of a third.
        inner = re.compile(_LINK.format(id=ids, words=rf"(?:(?!\[\[){_WORDS})"))
        links = inner if inner.search(text) else re.compile(_LINK.format(id=ids, words=_WORDS))
        rows = row_lines(text)
        lines = text.replace("\r\n", "\n").split("\n")
        text = "\n".join(
            links.sub(_unlinked, line)
            for number, line in enumerate(lines)
            if number not in rows or not links.search(line)
        )
    return text


def _unlinked(match: re.Match[str]) -> str:
    words = (match[2] or "").strip()
    return escape(words) if words else OMISSION


def _admitted(claims: Iterable[Claim], ceiling: Ceiling) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if ceiling.admits(claim.marking))


def _sourced(claims: Iterable[Claim], hidden: Collection[str]) -> tuple[Claim, ...]:
    return tuple(_about(claim, hidden) for claim in claims if claim.source not in hidden)


def _about(claim: Claim, hidden: Collection[str]) -> Claim:
    if not any(each in hidden for each in claim.about):
        return claim
    rest = replace(claim, about=tuple(each for each in claim.about if each not in hidden))
    # An id that was made from the content would still let a guess be proved right.
    derived = replace(claim, id="").id
    if claim.id.startswith(derived):
        rest = replace(rest, id=f"{replace(rest, id='').id}{claim.id.removeprefix(derived)}")
    return rest


def _section(section: Section, hidden: Collection[str]) -> Section:
    return replace(section, body=without_links(section.body, hidden), claims=_sourced(section.claims, hidden))


def _values(record: Record, hidden: Collection[str]) -> dict[str, Any]:
    values = dict(record.values)
    for name in relation_names(record.kind):
        value = values.get(name)
        if isinstance(value, tuple):
            values[name] = tuple(each for each in value if each not in hidden)
        elif value in hidden:
            del values[name]
    return values
