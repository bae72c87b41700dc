"""Narrow and widen a query by a condition, in the text that a user typed.

What somebody typed stays as it is where that says the same; elsewhere the canonical form takes its place.
"""

from __future__ import annotations

from briefing.search.query import Group, Node, Not, Query, parse


def narrowed(query: Query, part: Node) -> Query:
    """Return the query with one more condition, in place of its opposite where it has that."""
    opposite = part.part if isinstance(part, Not) else Not(part)
    kept = [each for each in query.conjuncts if each not in (part, opposite)]
    return _all_of([*kept, part])


def widened(query: Query, *parts: Node) -> Query:
    """Return the query without some of its conditions."""
    return _all_of([each for each in query.conjuncts if each not in parts])


def with_condition(text: str, part: Node) -> str:
    """Return the text of a query with one more condition."""
    wanted = narrowed(parse(text), part)
    begun = text.rstrip()
    # A word at the end is a beginning too; with something behind it, it needs its star to stay one.
    return _first_that_says(wanted, (f"{begun} {part}".strip(), f"{begun}* {part}"))


def without_conditions(text: str, *parts: Node) -> str:
    """Return the text of a query without some of its conditions."""
    wanted = widened(parse(text), *parts)
    left = text
    for part in parts:
        before, found, after = left.partition(str(part))
        left = f"{before.rstrip()} {after.lstrip()}".strip() if found else left
    # A space behind the last word says that it is whole.
    return _first_that_says(wanted, (left, f"{left} "))


def _first_that_says(query: Query, texts: tuple[str, ...]) -> str:
    return next((text for text in texts if parse(text) == query), str(query))


def _all_of(parts: list[Node]) -> Query:
    return Query(parts[0] if len(parts) == 1 else Group(tuple(parts)) if parts else None)
