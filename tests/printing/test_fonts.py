from __future__ import annotations

import pytest

from briefing.printing.fonts import TEXT_FACE, families, needs_system_fonts

CJK = [f"Noto Serif CJK {place}" for place in ("JP", "KR", "SC", "TC")]
ALL = [TEXT_FACE, *CJK, "Noto Serif Devanagari", "Noto Naskh Arabic", "Noto Color Emoji"]


@pytest.mark.parametrize("text", ["", "Zürich – “é” ¶ € → ⟦", "Ελλάδα", "Україна", "½ ² ₂ ≤ ■"])
def test_latin_greek_and_cyrillic_need_no_fonts_of_the_system(text: str) -> None:
    assert not needs_system_fonts(text)


@pytest.mark.parametrize("text", ["한국", "भारत", "中国", "العربية", "😀", "ไทย", "日本"])
def test_other_scripts_need_them(text: str) -> None:
    assert needs_system_fonts(text)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("India", "en", []),
        ("भारत", "en", ["Noto Serif Devanagari"]),
        ("한국", "en", ["Noto Serif CJK KR"]),
        ("韓國 한국", "en", ["Noto Serif CJK KR"]),
        ("中国", "en", ["Noto Serif CJK SC"]),
        ("中国", "zh-TW", ["Noto Serif CJK TC"]),
        ("中国", "zh-Hant", ["Noto Serif CJK TC"]),
        ("中国", "zh-Hans-CN", ["Noto Serif CJK SC"]),
        ("中国", "ja", ["Noto Serif CJK JP"]),
        ("日本の", "en", ["Noto Serif CJK JP"]),
        ("😀 العربية", "ar", ["Noto Naskh Arabic", "Noto Color Emoji"]),
    ],
)
def test_each_script_has_its_families(text: str, language: str, wanted: list[str]) -> None:
    assert families(text, language, ALL) == [TEXT_FACE, *wanted]


def test_a_family_that_is_not_there_is_not_asked_for() -> None:
    assert families("中国", "en", [TEXT_FACE]) == [TEXT_FACE]


def test_every_family_there_is_comes_last() -> None:
    assert families("中国", "en", ["Z", "A", TEXT_FACE, "Noto Serif CJK SC"], every=True) == [
        TEXT_FACE,
        "Noto Serif CJK SC",
        "A",
        "Z",
    ]
