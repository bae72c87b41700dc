"""What a field of a record is: its name, its type, and what it is called on screen and on paper."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Type(Enum):
    """What the text of a scalar means, and whether a field holds one of them or a list."""

    TEXT = "text"
    TEXTS = "texts"
    MARKDOWN = "markdown"
    SLUG = "slug"
    SLUGS = "slugs"
    REF = "ref"
    """The id of one record."""
    REFS = "refs"
    DATE = "date"
    CHOICE = "choice"
    MARKING = "marking"
    LANGUAGE = "language"
    COUNTRY_CODE = "country-code"
    URL = "url"
    PARAGRAPHS = "paragraphs"
    """A paragraph number, counted from 1, or a range such as 3-4."""
    NUMBER = "number"
    FILE = "file"
    """A path relative to the record's own file, inside the library."""
    KIND = "kind"
    COLOUR = "colour"
    """A colour as #RRGGBB."""
    LIKELIHOOD = "likelihood"
    """A word of the library's yardstick."""
    IDENTIFIERS = "identifiers"
    LINKS = "links"
    CLAIMS = "claims"
    SECTIONS = "sections"
    ENTRIES = "entries"


class Field(NamedTuple):
    """One field of a record: its name in YAML, its type, and what it is called on screen and on paper.

    A field of type REF or REFS makes a relation: `label` is its heading seen from the record that holds it,
    `inverse` its heading seen from the record that it names. `kinds` are the kinds that may be named (none: any).
    `limits` are the smallest and the largest value of a NUMBER.
    """

    name: str
    type: Type
    label: str
    inverse: str = ""
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    limits: tuple[int, int] = (0, 0)
    required: bool = False
    help: str = ""

    @property
    def is_relation(self) -> bool:
        """Whether the field names other records."""
        return self.type in (Type.REF, Type.REFS)
