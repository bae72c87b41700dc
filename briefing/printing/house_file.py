"""A house style from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.printing.user_file import bytes_of, sentences_of
from briefing.records.house import read_house

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.records.house import House


def house_in(path: Path) -> tuple[House | None, tuple[str, ...]]:
    """Return the house style that a file describes, and what is wrong with it, a sentence each.

    The house style is None where there is an error in it: a paper in another style than the one that was asked for
    is not wanted. Raises PrintError where the file cannot be read.
    """
    found = read_house(bytes_of(path, "The house style"), path.name)
    return (None if found.has_error else found.house), sentences_of(path, found.problems)
