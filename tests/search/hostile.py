"""Queries that mean no good: the lines of hostile.txt, and some that are too long to be typed there."""

from __future__ import annotations

import re
from pathlib import Path

_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")


def _unescaped(line: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), line)


LINES = [
    _unescaped(line)
    for line in Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("# ")
]

LONG = {
    "words": "semiconducter " * 7_143,
    "one word": "a" * 100_000,
    "one word of another script": "한" * 100_000,
    "quotes": '"' * 100_000,
    "quotes and brackets": '"(")' * 25_000,
    "brackets": "(" * 100_000,
    "a thousand levels": "(" * 1_000 + "india" + ")" * 1_000,
    "a thousand levels without": "-(" * 1_000 + "india" + ")" * 1_000,
    "alternatives": "india OR " * 11_112,
    "beginnings": "a* " * 33_334,
    "phrases": '"the of and" ' * 7_693,
    "filters": "country:india " * 7_143,
    "dates": "certainly:in:2024 " * 5_556,
    "hyphens": "-" * 100_000,
    "spaces": " " * 100_000,
    "nothing": "\0" * 100_000,
    "marks": "e" + "\u0301" * 99_999,
    "colons": ":" * 100_000,
    "different words": " ".join(f"qw{number}zx" for number in range(12_000)),
}
