"""CommonMark as text without its markup, near enough for finding and for showing a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = "[*`~_|\\"
"""One of these is in every text with markup inside its lines."""

# A line that stands by itself: its sign is left out. Patterns begin with a sign, or are looked for at the start of a
# line only, so that a text is gone through quickly; what can go on is bounded or possessive, so that a mebibyte of
# brackets takes no longer than one of words.
_LINE_SIGN = re.compile(r"^[ \t]*+(?:[#>:+*|`~-]|\d{1,9}[.)])", re.MULTILINE)
_ITEM = re.compile(r"#{1,6}(?:[ \t]+|$)|>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+")
_FENCE_OR_RULE = re.compile(r"[`~]{3}|[ \t:|-]*+$|[*_ \t]*+$")
_CELL = re.compile(r"(?<!\\)\|")
_WIKI_LINK = re.compile(r"\[\[([a-z0-9-]{1,200})(?:\|([^\[\]\n]{0,500}))?\]\]")
_INLINE = re.compile(
    r"\[(?P<words>[^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]{0,99}\)){0,500}(?:\s{1,9}\"[^\"\n]{0,99}\")?\)"
    r"|!(?=\[)|\*\**+|``*+|~~|(?P<score>__*+)|\\(?P<escaped>[!-/:-@\[-`{-~])"
)


def plain(markdown: str, titles: Mapping[str, str] | None = None) -> str:
    """Return CommonMark as text without its markup.

    Headings, items of lists and rows of tables stand as paragraphs of their own. `titles` say by id what stands for a
    `[[link]]` without words of its own; the id's words do where there is none.
    """

    def linked(match: re.Match[str]) -> str:
        return match[2] or (titles or {}).get(match[1]) or match[1].replace("-", " ")

    text = markdown
    if "[[" in text:
        text = _WIKI_LINK.sub(linked, text)
    if "|" in text or _LINE_SIGN.search(text):
        text = "\n".join(map(_line, text.split("\n")))
    return _INLINE.sub(_unmarked, text) if any(sign in text for sign in _SIGNS) else text


def _line(line: str) -> str:
    content = line.strip(" \t")
    if not content or (content[0] in "|:-*_`~" and _FENCE_OR_RULE.match(content)):
        return ""
    if _CELL.search(content):
        return "\n" + " · ".join(filter(None, map(str.strip, _CELL.split(content)))) + "\n"
    if content[0] in "#>+*-0123456789" and (sign := _ITEM.match(content)):
        return "\n" + content[sign.end() :]
    return line


def _unmarked(match: re.Match[str]) -> str:
    if match["words"] is not None:
        return match["words"]
    if match["score"]:
        before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
        return match[0] if before.isalnum() and after.isalnum() else ""
    return match["escaped"] or ""
