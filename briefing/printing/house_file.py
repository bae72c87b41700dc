"""A house style from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import PrintError
from briefing.records.house import read_house
from briefing.records.reader import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.records.house import House


def house_in(path: Path) -> tuple[House | None, tuple[str, ...]]:
    """Return the house style that a file describes, and what is wrong with it, a sentence each.

    The house style is None where there is an error in it: a paper in another style than the one that was asked for
    is not wanted. Raises PrintError where the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PrintError(
            f"The house style cannot be read: {error.strerror or error}", where=str(path), mend="Choose another file."
        ) from error
    found = read_house(data, path.name)
    faults = tuple(
        f"{path}:{each.line}:{each.column}: {each.code}: {each.message} {each.mend}".strip() for each in found.problems
    )
    return (None if found.has_error else found.house), faults
