from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.app.folded_text import FoldedText
from briefing.app.offsets import qt_length, qt_spans


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Seoul and New Delhi", "new delhi", ["New Delhi"]),
        ("Seoul and New Delhi", "EOUL", ["eoul"]),
        ("a résumé, a resume", "resume", ["résumé", "resume"]),
        ("a résumé, a resume", "résumé", ["résumé", "resume"]),
        ("cafe\u0301s", "cafes", ["cafe\u0301s"]),
        ("Straße und Strasse", "strasse", ["Straße", "Strasse"]),
        ("Łódź", "lodz", ["Łódź"]),
        ("New\u00a0Delhi, New \u2028Delhi", "new  delhi", ["New\u00a0Delhi", "New \u2028Delhi"]),
        ("China’s pace", "china's", ["China’s"]),
        ("US–South Korea", "us-south", ["US–South"]),
        ("“first quarter”", '"first', ["“first"]),
        ("서울과 뉴델리", "뉴델", ["뉴델"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("ßß", "sss", ["ßß"]),
        ("TLP:CLEAR", "p:c", ["P:C"]),
        ("nothing here", "  ", []),
        ("nothing here", "", []),
        ("", "x", []),
        ("🙂 smile 🙂", "smile", ["smile"]),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in FoldedText(text).find(words)] == found


def test_two_matches_that_meet_inside_one_character_are_one_place() -> None:
    assert FoldedText("ßa").find("s") == [(0, 1)]


def test_spans_are_counted_as_qt_counts_them() -> None:
    text = "🙂 smile 🙂 smile"
    spans = FoldedText(text).find("smile")
    assert spans == [(2, 7), (10, 15)]
    assert qt_spans(text, spans) == [(3, 8), (12, 17)]
    assert qt_length(text) == len(text.encode("utf-16-le")) // 2


def test_spans_of_a_plain_text_stay_as_they_are() -> None:
    assert qt_spans("smile", [(0, 5)]) == [(0, 5)]


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_whatever_stands_in_a_text_spans_are_counted_as_qt_counts_them(text: str, one: int, other: int) -> None:
    begin, end = sorted((min(one, len(text)), min(other, len(text))))
    ((start, stop),) = qt_spans(text, [(begin, end)])
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass") == text[begin:end]


def test_a_word_that_pdfium_found_parted_at_the_end_of_a_line_is_one_word() -> None:
    assert FoldedText("a semi\ufffeconductor").find("semiconductor") == [(2, 16)]
