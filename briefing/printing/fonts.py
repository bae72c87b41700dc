"""Which fonts a text needs: those that Typst brings along, or the system's for other scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

# What Libertinus Serif and DejaVu Sans Mono have between them: Latin, Greek, Cyrillic, punctuation, currency, arrows.
# It need not be exact: a text with a character that turns out to be missing is set again with the system's fonts.
_BROUGHT_ALONG = re.compile(
    "[^\t\n -~\u00a0-\u024f\u0250-\u02ff\u0300-\u036f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff\u2000-\u206f"
    "\u2070-\u209f\u20a0-\u20bf\u2100-\u218f\u2190-\u21ff\u2200-\u22ff\u25a0-\u25ff\u27e6\u27e7]"
)

TEXT_FACE = "Libertinus Serif"

# For each script the families to look for, best first: a serif goes with the text face. Han characters look
# different in each language, so they go by the language of the document.
_HAN = {
    "ja": "Noto Serif CJK JP|Noto Serif JP|Noto Sans CJK JP|Noto Sans JP|Hiragino Mincho ProN|Yu Mincho|MS Mincho",
    "ko": "Noto Serif CJK KR|Noto Serif KR|Noto Sans CJK KR|Noto Sans KR|AppleMyungjo|Batang|Malgun Gothic|UnBatang",
    "zh": "Noto Serif CJK SC|Noto Serif SC|Noto Sans CJK SC|Noto Sans SC|Songti SC|SimSun|Droid Sans Fallback",
    "zh-hant": "Noto Serif CJK TC|Noto Serif TC|Noto Sans CJK TC|Noto Sans TC|Songti TC|PMingLiU|Droid Sans Fallback",
}
_SCRIPTS = {
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af": _HAN["ko"],
    "\u3040-\u30ff\u31f0-\u31ff": _HAN["ja"],
    "\u0900-\u097f\ua8e0-\ua8ff": "Noto Serif Devanagari|Noto Sans Devanagari|Kohinoor Devanagari|Nirmala UI|Mangal",
    "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc": (
        "Noto Naskh Arabic|Noto Sans Arabic|Amiri|Geeza Pro|Traditional Arabic"
    ),
    "\u0590-\u05ff\ufb1d-\ufb4f": "Noto Serif Hebrew|Noto Sans Hebrew|Arial Hebrew|David",
    "\u0e00-\u0e7f": "Noto Serif Thai|Noto Sans Thai|Thonburi|Leelawadee UI",
    "\u0980-\u09ff": "Noto Serif Bengali|Noto Sans Bengali|Nirmala UI",
    "\u0b80-\u0bff": "Noto Serif Tamil|Noto Sans Tamil|Nirmala UI",
    "\u0c00-\u0c7f": "Noto Serif Telugu|Noto Sans Telugu|Nirmala UI",
    "\u0530-\u058f": "Noto Serif Armenian|Noto Sans Armenian|Sylfaen",
    "\u10a0-\u10ff": "Noto Serif Georgian|Noto Sans Georgian|Sylfaen",
    "\u1200-\u137f": "Noto Serif Ethiopic|Noto Sans Ethiopic|Nyala",
    "\u2600-\u27bf\U0001f000-\U0001faff": "Noto Emoji|Symbola|Noto Color Emoji|Segoe UI Emoji|Apple Color Emoji",
}
_HAN_CHARACTERS = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f"


def needs_system_fonts(text: str) -> bool:
    """Whether a text has characters of scripts that the fonts that come with Typst do not cover."""
    return _BROUGHT_ALONG.search(text) is not None


def family_of(name: str, available: Collection[str]) -> str:
    """Return the family of that name as its font writes it, or nothing where there is none; case does not count."""
    wanted = name.strip().casefold()
    return next((each for each in sorted(available) if each.casefold() == wanted), "")


def families(
    text: str, language: str, available: Collection[str], *, first: str = "", every: bool = False
) -> list[str]:
    """Return the font families to set a text in, by priority; only such as there are.

    `first` is a house's own. With `every`, all the others follow. For a character that none of the families has that
    are asked for, Typst tries one other, the most like them, and no second.
    """
    wanted = [family_of(first, available), TEXT_FACE]
    for characters, names in (*_SCRIPTS.items(), (_HAN_CHARACTERS, _han(text, language))):
        if re.search(f"[{characters}]", text):
            wanted += names.split("|")
    if every:
        wanted += sorted(available)
    return [each for each in dict.fromkeys(wanted) if each in available]


def _han(text: str, language: str) -> str:
    tag = language.lower()
    if tag.startswith("zh"):
        traditional = "hant" in tag or tag.endswith(("-tw", "-hk", "-mo"))
        return _HAN["zh-hant" if traditional else "zh"]
    if tag[:2] in _HAN:
        return _HAN[tag[:2]]
    # In a text of another language, the script beside the characters tells whose they are.
    if re.search("[\u3040-\u30ff]", text):
        return _HAN["ja"]
    return _HAN["ko"] if re.search("[\uac00-\ud7af]", text) else _HAN["zh"]
