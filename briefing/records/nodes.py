"""A YAML document as a tree of plain nodes: texts, lists and maps that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Scalar:
    """A text. Lines and columns count from 1, here and below."""

    text: str
    line: int
    column: int
    is_null: bool = False
    """Whether nothing was written, as in `summary:` (or `summary: ~`)."""


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A map from names to nodes; `keys` are the names themselves, for their places."""

    line: int
    column: int
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def is_blank(node: Node | None) -> bool:
    """Whether a field counts as not given: it is absent, null, or a text of nothing but blanks."""
    return node is None or (isinstance(node, Scalar) and (node.is_null or not node.text.strip()))
