from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.app.wording import LONGEST_LINE, count, one_line


@given(st.text(max_size=600))
def test_one_line_is_one_line_and_no_character_changes_its_place(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert len(line) == min(len(text), LONGEST_LINE)
    for before, after in zip(text, line, strict=False):
        assert after in (before, " ", "\N{REPLACEMENT CHARACTER}", "…")


def test_what_turns_the_writing_round_is_shown_harmless() -> None:
    assert one_line("a\u202eb\u2066c\u202ad") == "a�b�c�d"


def test_numbers_are_said_with_their_noun() -> None:
    assert count(1, "record") == "1 record"
    assert count(0, "record") == "0 records"
    assert count(2300, "record") == "2,300 records"
    assert count(2, "entry", "entries") == "2 entries"
