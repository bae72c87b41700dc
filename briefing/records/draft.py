"""A record while it is being read: what was found wrong with it, and where its values stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.records.problems import Problem, Severity

if TYPE_CHECKING:
    from briefing.records.nodes import Node

ANY_LINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
"""What looks like a link to a record, whether or not it is of the right form; group 1 is what it says."""


Places = Mapping[tuple[str, str], tuple[int, int]]
"""Where the values of a record stand first that only a whole library can check: references, the id, an ISO code, a text
file, a quote. From field and value to line and column. Fields are named as in `Relation.field` (`members`,
`claims.source`, `mentions`, ...), or are `id`, `iso`, `text_file` or `claims.quote`; in `library.yaml` it is `home`."""


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """What `library.yaml` says of its library; these are the defaults of a folder without one."""

    title: str = ""
    summary: str = ""
    marking: str = ""
    language: str = "en"
    home: str = ""
    yardstick: str = "icd203"


class Source:
    """The text of a file, asked where links stand in it: a body may be folded, and only the file knows its lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._links: dict[str, list[tuple[int, int]]] | None = None

    def first_link(self, words: str, line: int) -> tuple[int, int]:
        """Return the line and the column where a link, `[[` to `]]`, stands first from a line on.

        Where it stands nowhere (it was written with escapes, or across lines), that is the line itself.
        """
        if self._links is None:
            self._links = {}
            line_number, line_start, text = 1, 0, self._text
            for match in ANY_LINK.finditer(text):
                start = match.start()
                line_number += text.count("\n", line_start, start)
                line_start = text.rfind("\n", 0, start) + 1
                self._links.setdefault(match[0], []).append((line_number, start - line_start + 1))
        places = self._links.get(words, [])
        index = bisect_left(places, (line, 0))
        return places[index] if index < len(places) else (line, 1)


class Draft:
    """Collects the problems and the places of one record, each with its file and the record's id.

    `source` is the file; `part` stands before the field's name in the places that follow, `claims.` in a
    claim.
    """

    LIMIT = 100
    """No more problems than these are kept of one record: a bad file of 1 MiB could have a million."""

    def __init__(self, file: str, info: LibraryInfo, source: Source) -> None:
        self.file = file
        self.info = info
        self.source = source
        self.id = ""
        self.part = ""
        self.has_error = False
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], tuple[int, int]] = {}

    @property
    def is_full(self) -> bool:
        """Whether further problems would not be kept."""
        return len(self.problems) >= self.LIMIT

    def error(self, node: Node, code: str, message: str, mend: str) -> None:
        """Keep an error at a node; the record cannot be used."""
        self.has_error = True
        self.add(node.line, node.column, code, message, mend)

    def warn(self, node: Node, code: str, message: str, mend: str) -> None:
        """Keep a warning at a node; the record can be used."""
        self.add(node.line, node.column, code, message, mend, "warning")

    def add(self, line: int, column: int, code: str, message: str, mend: str, severity: Severity = "error") -> None:
        """Keep a problem at a place."""
        if not self.is_full:
            self.problems.append(Problem(self.file, line, column, code, message, mend, severity, self.id))

    def place(self, field: str, value: str, node: Node) -> None:
        """Remember where a value stands, where it is the first time."""
        self.places.setdefault((self.part + field, value), node.place)
