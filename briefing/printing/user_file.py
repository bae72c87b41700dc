"""A file in which a user tells a print something: its bytes, and what is wrong with it in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import PrintError
from briefing.records.reader import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.records.problems import Problem


def bytes_of(path: Path, what: str) -> bytes:
    """Return what a file holds, at most one byte more than is read of one.

    Raises PrintError where it cannot be read; `what` begins its sentence, such as `The dossier`.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PrintError(
            f"{what} cannot be read: {error.strerror or error}", where=str(path), mend="Choose another file."
        ) from error


def sentences_of(path: Path, problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the problems of a file, a sentence each, with its whole path."""
    return tuple(
        f"{path}:{each.line}:{each.column}: {each.code}: {each.message} {each.mend}".strip() for each in problems
    )
