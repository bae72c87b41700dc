"""Text that shows what it holds.

Some characters are not seen and still change what is read: bidirectional overrides turn a sentence around, control
characters end up in a terminal or stop a PDF. Every text of a record passes through here on its way into a document.
"""

from __future__ import annotations

import re

from briefing.document.blocks import Text

SEPARATOR = "\u00a0\u00a0·\u00a0 "
"""What stands between the facts of a line; where the line ends, it stays behind."""

# C0 without tab and line feed, delete and C1, bidirectional embeddings, overrides and isolates, line and paragraph
# separators, halves of surrogate pairs, and what is not a character at all.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\n]+")


def visible(text: str) -> str:
    """Return the text with every hidden control character written out, such as ⟦U+202E⟧; lines end in a line feed."""
    if _HIDDEN.search(text) is None:
        return text
    return _HIDDEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return the text, made visible, on one line."""
    return _SPACE.sub(" ", visible(text)).strip()


def shortened(text: str, limit: int) -> str:
    """Return the text on one line with at most `limit` characters, cut between words where there are any."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(" ,;:–—-") + "…"


def plain(text: str) -> tuple[Text, ...]:
    """Return the text on one line as inlines; none where it is empty."""
    line = one_line(text)
    return (Text(line),) if line else ()


def muted(text: str) -> Text:
    """Return the text on one line, to be drawn quietly; a space at either end stays."""
    return Text(_SPACE.sub(" ", visible(text)), "muted")
