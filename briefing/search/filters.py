"""The filters of the query language, and which values they take: one table for parsing, completing and the help."""

from __future__ import annotations

from briefing.records.kinds import KINDS, Type, is_kind
from briefing.search.text import fold

HAS: tuple[str, ...] = ("alias", "body", "claim", "date", "link", "quote", "source", "summary", "tag")
EVIDENCE: dict[str, str] = {
    "quote-found": "quote found",
    "quote-not-found": "quote not found",
    "not-checkable": "not checkable here",
    "paragraph-only": "paragraph only",
    "source-only": "source only",
    "no-source": "no source",
}
"""The evidence states as the language spells them, each with the words that readers see."""
DATED: tuple[str, ...] = ("before", "after", "in")
"""Filters that take a date, and before which `certainly:` and `possibly:` may stand."""
MODES: tuple[str, ...] = ("certainly", "possibly")


def _filters() -> dict[str, str]:
    found = {"kind": "the kind of record", "id": "one record"}
    for kind in KINDS:
        found[kind.name] = f"records directly related to that {kind.label.lower()}"
    found |= {"tag": "a tag", "marking": "a marking of the record or of a part of it", "language": "its language"}
    for kind in KINDS:
        for each in kind.fields:
            if each.type is Type.CHOICE:
                found.setdefault(each.name, each.help[0].lower() + each.help[1:].rstrip("."))
    found |= {
        "evidence": f"how far one of its claims can be traced: {_listed(EVIDENCE)}",
        "in": "title (look in names only), or a date that one of its dates may fall in",
        "before": "one of its dates may be before that date",
        "after": "one of its dates may be after that date",
        "certainly": "in front of before:, after: or in: the whole of one of its dates is",
        "possibly": "in front of before:, after: or in: one of its dates may be, as without it",
        "has": _listed(HAS),
        "no": "none of those; no:source is a claim without one",
        "is": "broken: its file cannot be read now and an older version is shown, or it has an error",
    }
    return found


def _listed(names: dict[str, str] | tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}"


FILTERS: dict[str, str] = _filters()
"""Every filter with what it asks for: the table behind parsing, completion and the help card."""

VALUES: dict[str, tuple[str, ...]] = {
    "kind": tuple(kind.name for kind in KINDS),
    "evidence": tuple(EVIDENCE),
    "in": ("title",),
    "has": HAS,
    "no": HAS,
    "is": ("broken",),
    **dict.fromkeys(MODES, tuple(f"{name}:" for name in DATED)),
}
"""The values that can be known without looking into a library, as they are written."""

_SPELLINGS = {"organization": "organisation", "tags": "tag"}
_ONLY = ("evidence", "has", "no", "is")
_EVIDENCE_SPELLINGS = {fold(words): state for state, words in EVIDENCE.items()} | {
    fold(state): state for state in EVIDENCE
}


def filter_called(name: str) -> str:
    """Return the filter of that name, or an empty text."""
    name = _SPELLINGS.get(name.lower(), name.lower())
    return name if name in FILTERS else ""


def canonical_value(name: str, value: str) -> str:
    """Return a value of that filter in its canonical form: a kind's name, a date, one of `VALUES`, else as typed.

    Raises ValueError, with the reason in half a sentence, where it cannot be one.
    """
    if name == "kind":
        return _kind_called(value) or value
    if name == "in" and value.lower() == "title":
        return "title"
    if name in DATED:
        from briefing.records.dates import parse_date  # imported here: only queries with dates pay for it

        return str(parse_date(value))
    if name in MODES:
        raise ValueError(f"{name}: stands before {_listed(tuple(f'{each}:' for each in DATED))}, and a date")
    if name in _ONLY:
        known = _EVIDENCE_SPELLINGS.get(fold(value), "") if name == "evidence" else value.lower()
        if known not in VALUES[name]:
            raise ValueError(f"{name}: takes {', '.join(VALUES[name])}")
        return known
    return value


def _kind_called(name: str) -> str:
    if is_kind(name):
        return name
    wanted = fold(name)
    for kind in KINDS:
        called = {kind.name, f"{kind.name}s", f"{kind.name.removesuffix('y')}ies"}
        for label, joint in ((kind.label, " or "), (kind.section, " and ")):
            called.update((fold(label), *label.lower().split(joint)))
        if wanted in called:
            return kind.name
    return ""
