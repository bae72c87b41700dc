"""The house style of a print: a YAML file in which an office says how its paper looks.

house: 1
name: Centre for Technology Dialogues
accent: "#7A1F2B"
footer: Not for onward distribution
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.records.fields import Field, Type
from briefing.records.own_file import Form, read_own_file
from briefing.records.parts import table_of
from briefing.records.vocabularies import YARDSTICKS

if TYPE_CHECKING:
    from briefing.records.draft import Draft
    from briefing.records.nodes import Mapping
    from briefing.records.problems import Problem
    from briefing.records.tables import Table

FORMAT = 1
"""The version of the house style that is read here."""

READABLE = 4.5
"""The least contrast of text with white paper (WCAG 2.2, success criterion 1.4.3)."""

_FORM = Form("house", FORMAT, "a house style", "name: …", "Print")

HOUSE_FIELDS: tuple[Field, ...] = (
    Field("house", Type.NUMBER, "Format", limits=(1, 1), required=True, help="The version of the format: 1."),
    Field("name", Type.TEXT, "Name", help="The name of the house: at the head of every page."),
    Field("header", Type.TEXT, "Header", help="A line below the name at the head of every page."),
    Field("footer", Type.TEXT, "Footer", help="A line at the foot of every page."),
    Field("paper", Type.CHOICE, "Paper", choices=("a4", "letter"), help="The paper, where nobody asks for another."),
    Field("language", Type.LANGUAGE, "Language", help="A BCP 47 tag: of the page's own words, dates and numbers."),
    Field(
        "yardstick",
        Type.CHOICE,
        "Yardstick",
        choices=tuple(YARDSTICKS),
        help="The scale that is explained where a page uses words of likelihood.",
    ),
    Field("font", Type.TEXT, "Font", help="The family of the text, such as is installed on the machine."),
    Field("ink", Type.COLOUR, "Ink", help="The colour of the text, as #RRGGBB."),
    Field("quiet", Type.COLOUR, "Quiet ink", help="The colour of labels and of what stands on every page."),
    Field("accent", Type.COLOUR, "Accent", help="The colour of links and of the bar beside the bottom line."),
    Field("rule", Type.COLOUR, "Rules", help="The colour of thin lines."),
    Field("ground", Type.COLOUR, "Ground", help="The colour behind the bottom line."),
)


@dataclass(frozen=True, slots=True)
class House:
    """A house style; without a file it is the program's own. Empty text is nothing said."""

    name: str = ""
    header: str = ""
    footer: str = ""
    paper: str = ""
    language: str = ""
    yardstick: str = ""
    font: str = ""
    ink: str = "#15181C"
    quiet: str = "#4C535C"
    accent: str = "#164A80"
    rule: str = "#B9B4A8"
    ground: str = "#F4F2EC"


class HouseReading(NamedTuple):
    """What came of a house style's file; where there is an error, `house` is the program's own."""

    house: House
    problems: tuple[Problem, ...]

    @property
    def has_error(self) -> bool:
        """Whether the file is not one to print with."""
        return any(each.severity == "error" for each in self.problems)


def read_house(data: bytes, file: str) -> HouseReading:
    """Read a house style; whatever is wrong with it becomes a problem, and nothing is raised.

    `file` is what it is called in the problems.
    """
    draft, root, values = read_own_file(data, file, _FORM, _table())
    if root is None:
        return HouseReading(House(), tuple(draft.problems))
    house = House(**values)
    _check_contrast(draft, root, house)
    return HouseReading(House() if draft.has_error else house, tuple(sorted(draft.problems)))


def contrast(first: str, second: str = "#FFFFFF") -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _check_contrast(draft: Draft, root: Mapping, house: House) -> None:
    for name in ("ink", "quiet", "accent"):
        node = root.entries.get(name)
        ratio = contrast(getattr(house, name))
        if node is not None and ratio < READABLE:
            message = f"`{name}` has a contrast of {ratio:.1f} : 1 with the paper, and is hard to read."
            draft.warn(node, "low-contrast", message, f"Take a darker colour, of at least {READABLE} : 1.")
    if (node := root.entries.get("ground")) is not None and contrast(house.ink, house.ground) < READABLE:
        message = f"The text has a contrast of {contrast(house.ink, house.ground):.1f} : 1 with `ground`."
        draft.warn(node, "low-contrast", message, f"Take a lighter colour, of at least {READABLE} : 1.")


@cache
def _table() -> Table:
    return table_of(HOUSE_FIELDS)
