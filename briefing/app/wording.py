"""Texts of records as a line on screen can hold them, and numbers as people say them."""

from __future__ import annotations

LONGEST_LINE = 400

# Line ends would tear a row apart, and overrides of the writing direction would turn round what stands beside it.
_SPACES = dict.fromkeys((*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029), " ")
_SHOWN = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}")
_TABLE = {**_SPACES, **_SHOWN}


def one_line(text: str) -> str:
    """Return the text as one line, cut where no screen could show more; what would disturb its row is shown harmless.

    No character changes its place, so that spans of the text stay true.
    """
    cut = text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
    return cut.translate(_TABLE)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 record", "2,300 records"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
