"""The colours of the window, as values: a palette for light and dark, and for high contrast of each. Imports no Qt."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the window as `#rrggbb`; what each stands for is its name.

    `surface` is the ground of the reading pane, `raised` that of a field or a button, `match` the ground of a
    marked word, `kinds` the colour of each kind of record. Text in `ink`, `muted`, `accent`, `error` or a kind's
    colour can be read on every ground.
    """

    name: str
    dark: bool
    high_contrast: bool
    window: str
    panel: str
    surface: str
    raised: str
    ink: str
    muted: str
    line: str
    accent: str
    selection: str
    hover: str
    match: str
    box: str
    focus: str
    error: str
    warning: str
    good: str
    kinds: Mapping[str, str]

    @property
    def colours(self) -> dict[str, str]:
        """The colours by name, without those of the kinds."""
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in named.items() if isinstance(value, str) and value.startswith("#")}

    def kind(self, kind: str) -> str:
        """Return the colour of a kind of record."""
        return self.kinds.get(kind, self.muted)


LIGHT = Palette(
    name="light",
    dark=False,
    high_contrast=False,
    window="#F6F5F1",
    panel="#EFEDE7",
    surface="#FFFFFF",
    raised="#FFFFFF",
    ink="#1E2227",
    muted="#4C535C",
    line="#DDD9D0",
    accent="#164A80",
    selection="#DCE7F3",
    hover="#E5E2DA",
    match="#FFE79A",
    box="#F6F5F1",
    focus="#2F6FB5",
    error="#8E2A27",
    warning="#6B4A00",
    good="#1E5C3F",
    kinds={
        "country": "#1E5C3F",
        "dialogue": "#164A80",
        "technology": "#5B3580",
        "person": "#7A4210",
        "organisation": "#3A4B1E",
        "event": "#8E2A27",
        "commitment": "#5E4B00",
        "source": "#454D56",
        "note": "#2F363D",
    },
)

DARK = Palette(
    name="dark",
    dark=True,
    high_contrast=False,
    window="#17191D",
    panel="#1C1F24",
    surface="#21242A",
    raised="#21242A",
    ink="#ECEAE5",
    muted="#B4BBC4",
    line="#32363D",
    accent="#9CC7F2",
    selection="#2A3B4E",
    hover="#282C33",
    match="#5A4A12",
    box="#17191D",
    focus="#6FA8E0",
    error="#F4A9A5",
    warning="#DCC877",
    good="#85D6AE",
    kinds={
        "country": "#85D6AE",
        "dialogue": "#9CC7F2",
        "technology": "#CFB4EF",
        "person": "#EBBB8A",
        "organisation": "#C3D69B",
        "event": "#F4A9A5",
        "commitment": "#DCC877",
        "source": "#BAC3CC",
        "note": "#D6D9DE",
    },
)

LIGHT_CONTRAST = Palette(
    name="light-contrast",
    dark=False,
    high_contrast=True,
    window="#FFFFFF",
    panel="#FFFFFF",
    surface="#FFFFFF",
    raised="#FFFFFF",
    ink="#000000",
    muted="#1C1C1C",
    line="#000000",
    accent="#003A75",
    selection="#BFDCFF",
    hover="#E6E6E6",
    match="#FFE24D",
    box="#FFFFFF",
    focus="#003A75",
    error="#7A0000",
    warning="#4F3A00",
    good="#00401F",
    kinds={
        "country": "#00401F",
        "dialogue": "#003A75",
        "technology": "#43206B",
        "person": "#5C2C00",
        "organisation": "#2A3A0C",
        "event": "#7A0000",
        "commitment": "#463700",
        "source": "#2B3138",
        "note": "#000000",
    },
)

DARK_CONTRAST = Palette(
    name="dark-contrast",
    dark=True,
    high_contrast=True,
    window="#000000",
    panel="#000000",
    surface="#000000",
    raised="#000000",
    ink="#FFFFFF",
    muted="#E6E6E6",
    line="#FFFFFF",
    accent="#A8D4FF",
    selection="#0B3D70",
    hover="#262626",
    match="#5C4A00",
    box="#000000",
    focus="#FFD84D",
    error="#FFB8B3",
    warning="#FFE27A",
    good="#8FF0BE",
    kinds={
        "country": "#8FF0BE",
        "dialogue": "#A8D4FF",
        "technology": "#E0C8FF",
        "person": "#FFCF9E",
        "organisation": "#D5EBA8",
        "event": "#FFB8B3",
        "commitment": "#FFE27A",
        "source": "#D5DDE5",
        "note": "#FFFFFF",
    },
)

PALETTES = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)


def palette(*, dark: bool, high_contrast: bool) -> Palette:
    """Return the palette for a combination."""
    return PALETTES[int(dark) + 2 * int(high_contrast)]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 reckons it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
