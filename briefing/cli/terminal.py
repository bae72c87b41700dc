"""Writing for people: on a terminal in colour, elsewhere plainly, and never what a record would do to the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

BOLD = "1"
FAINT = "2"
MATCH = "1;33"
ERROR = "31"
WARNING = "33"

# Control characters become their pictures, and what would turn the line around becomes its number: a record is text,
# and no text of it commands the terminal.
_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **{code: f"[U+{code:04X}]" for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def clean(text: str) -> str:
    """Return text with its control characters made visible; lines and tabs stay."""
    return text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """Return text on one line, clean."""
    return clean(" ".join(text.split()))


def has_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that takes colour; https://no-color.org says how users refuse it."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


class Pen:
    """Writes in colour where there is colour."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.colour = has_colour(self.stream)

    def paint(self, text: str, style: str) -> str:
        """Return text in a style."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text and style else text

    def mark(self, text: str, spans: Iterable[tuple[int, int]], style: str = "") -> str:
        """Return text on one line, clean, with those spans of it marked."""
        parts = []
        end = 0
        for start, stop in spans:
            parts += [self.paint(_flat(text[end:start]), style), self.paint(_flat(text[start:stop]), MATCH)]
            end = stop
        return "".join((*parts, self.paint(_flat(text[end:]), style)))


def _flat(text: str) -> str:
    return clean(text.replace("\n", " ").replace("\t", " "))
