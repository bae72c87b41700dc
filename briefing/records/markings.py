"""Marking schemes: which markings there are, which of several is the highest, and how they look.

Schemes are data, one file each in `resources/markings/`. A record's markings are those of one scheme: no order holds
between the markings of two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import EnvironmentFault
from briefing.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Marking:
    """One marking: its label, its colours as `#RRGGBB`, and what it means."""

    label: str
    colour: str
    background: str
    meaning: str = ""
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A marking scheme: its markings from the least to the most restricted."""

    name: str
    markings: tuple[Marking, ...]
    source: str = ""


def load_scheme(path: Path) -> Scheme:
    """Read a scheme from its file; raises EnvironmentFault where it is not of the form that `tlp-2.0.toml` states."""
    # imported here: only reading or printing records pays for it
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        markings = tuple(
            Marking(
                label=str(each["label"]),
                colour=str(each["colour"]),
                background=str(each["background"]),
                meaning=str(each.get("meaning", "")),
                formerly=tuple(map(str, each.get("formerly", ()))),
            )
            for each in data["marking"]
        )
        scheme = Scheme(str(data["name"]), markings, str(data.get("source", "")))
    except OSError as error:
        raise _unusable(path, f"The marking scheme cannot be read ({error.strerror})") from error
    except KeyError as error:
        raise _unusable(path, f"The marking scheme lacks {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise _unusable(path, f"The marking scheme is not of the form that it must have ({error})") from error
    labels = [each.label for each in markings]
    if not all(labels) or len(set(labels)) != len(labels):
        raise _unusable(path, "The marking scheme has a label twice, or an empty one")
    for each in markings:
        if not (_COLOUR.fullmatch(each.colour) and _COLOUR.fullmatch(each.background)):
            raise _unusable(path, f"The colours of {each.label} are not of the form #RRGGBB")
    return scheme


def _unusable(path: Path, what: str) -> EnvironmentFault:
    return EnvironmentFault(
        what, where=str(path), mend="Mend the file after the pattern of tlp-2.0.toml, or remove it."
    )


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return every scheme that is installed, by file name."""
    return tuple(load_scheme(path) for path in sorted(resource("markings").glob("*.toml")))


@cache
def _table() -> dict[str, tuple[int, Marking, Scheme]]:
    table: dict[str, tuple[int, Marking, Scheme]] = {}
    for scheme in schemes():
        for rank_in_scheme, marking in enumerate(scheme.markings):
            table.setdefault(marking.label, (rank_in_scheme, marking, scheme))
    return table


def all_markings() -> tuple[str, ...]:
    """Return the labels of all markings, scheme by scheme, from the least to the most restricted."""
    return tuple(_table())


def known(marking: str) -> bool:
    """Whether there is such a marking, exactly so written."""
    return marking in _table()


def rank(marking: str) -> int:
    """Return how restricted a marking is within its scheme, 0 being the least; raises KeyError where it is unknown."""
    return _table()[marking][0]


def scheme_of(marking: str) -> str:
    """Return the name of the scheme that a marking belongs to; raises KeyError where it is unknown."""
    return _table()[marking][2].name


def highest(markings: Iterable[str]) -> str:
    """Return the most restricted of several markings, or nothing where all are empty or there are none.

    Raises KeyError for an unknown marking, and ValueError where they are of more than one scheme: then no
    order holds between them, and whoever prints must not choose one.
    """
    top = ""
    for marking in markings:
        if not marking:
            continue
        scheme = scheme_of(marking)
        if not top:
            top = marking
        elif scheme != scheme_of(top):
            raise ValueError(f"{marking} and {top} are of different marking schemes")
        elif rank(marking) > rank(top):
            top = marking
    return top


def colour(marking: str) -> tuple[str, str]:
    """Return the colours of a marking's label and of its background; raises KeyError where it is unknown."""
    each = _table()[marking][1]
    return each.colour, each.background


def meaning(marking: str) -> str:
    """Return what a marking means, in a sentence; raises KeyError where it is unknown."""
    return _table()[marking][1].meaning


def correction(text: str) -> str:
    """Return the marking that was meant by another way of writing it, or nothing."""
    wanted = re.sub(r"\s+", " ", text).strip().upper()
    for _, marking, _ in _table().values():
        names = (marking.label, *marking.formerly)
        if wanted in names or wanted.replace(": ", ":") in names:
            return marking.label
    return ""
