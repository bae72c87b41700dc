"""A part of a book that is too long to be set at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class BookPart:
    """What a part of a book draws, and what it has to know of the others.

    `draw` has some of cover, contents, records and index; `first` is the number of its first page. `volume` and
    `holds` stand on its cover. `contents` are the lines of the whole book's contents, `pages` the pages of what they
    name, `found` those of the names in the index. Where it is `linked`, it becomes a part of one file, without tags.
    """

    draw: tuple[str, ...]
    first: int = 1
    volume: str = ""
    holds: str = ""
    contents: Sequence[Mapping[str, Any]] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    found: Mapping[str, Sequence[int]] = field(default_factory=dict)
    linked: bool = False

    def encoded(self) -> dict[str, Any]:
        """Return what the template reads of it."""
        return {
            "draw": list(self.draw),
            "first": self.first,
            "volume": self.volume,
            "holds": self.holds,
            "pages": dict(self.pages),
            "found": {name: list(pages) for name, pages in self.found.items()},
            "linked": self.linked,
        }
