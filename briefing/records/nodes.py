"""A YAML document as a tree of plain nodes: texts, lists and maps that know where they stand."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Mark(Protocol):
    """A place in a text; lines and columns count from 0, as YAML has them."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class Place(NamedTuple):
    """A mark of our own."""

    line: int
    column: int


class _Node:
    """Something with a place. It is asked of few nodes, so it is worked out when it is asked."""

    __slots__ = ("mark",)
    mark: Mark

    @property
    def line(self) -> int:
        """The line, counted from 1."""
        return self.mark.line + 1

    @property
    def column(self) -> int:
        """The column, counted from 1."""
        return self.mark.column + 1

    @property
    def place(self) -> tuple[int, int]:
        """The line and the column, counted from 1."""
        mark = self.mark
        return mark.line + 1, mark.column + 1


class Scalar(_Node):
    """A text; `is_null` where nothing was written, as in `summary:` (or `summary: ~`)."""

    __slots__ = ("is_null", "text")

    def __init__(self, text: str, mark: Mark, is_null: bool = False) -> None:
        self.text = text
        self.mark = mark
        self.is_null = is_null

    @classmethod
    def at(cls, text: str, line: int, column: int) -> Scalar:
        """Return a text that stands at a line and a column, counted from 1."""
        return cls(text, Place(line - 1, column - 1))


class Sequence(_Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.items: list[Node] = []


class Mapping(_Node):
    """A map from names to nodes; `marks` are the places of the names."""

    __slots__ = ("entries", "marks")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.entries: dict[str, Node] = {}
        self.marks: dict[str, Mark] = {}

    def key(self, name: str) -> Scalar:
        """Return a name as a text with a place."""
        return Scalar(name, self.marks[name])


Node = Scalar | Sequence | Mapping

ALIAS = "*"
"""The text of a null that stands for an alias; no null that is written has it."""


def is_alias(node: Node | None) -> bool:
    """Whether an alias stood there: something is given, and the fault was said already."""
    return isinstance(node, Scalar) and node.is_null and node.text == ALIAS


def is_blank(node: Node | None) -> bool:
    """Whether a field counts as not given: it is absent, null, or a text of nothing but blanks."""
    return node is None or (isinstance(node, Scalar) and (node.is_null or not node.text.strip()))
