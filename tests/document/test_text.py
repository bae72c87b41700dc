from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document.blocks import Text
from briefing.document.text import muted, one_line, plain, shortened, visible

HIDDEN = [*range(9), *range(11, 32), 127, 0x85, 0x2028, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xD800, 0xFEFF]


@pytest.mark.parametrize("code", HIDDEN)
def test_a_hidden_character_is_written_out(code: int) -> None:
    assert visible(f"a{chr(code)}b") == f"a⟦U+{code:04X}⟧b"


def test_lines_end_in_a_line_feed() -> None:
    assert visible("a\r\nb\nc\td") == "a\nb\nc\td"


def test_a_carriage_return_beside_a_hidden_character_is_no_line_of_its_own() -> None:
    assert visible("a\r\n\x00") == "a\n⟦U+0000⟧"


def test_joiners_that_scripts_and_emoji_need_stay() -> None:
    assert visible("क्‍ष 👩‍💻 ‎") == "क्‍ष 👩‍💻 ‎"


@given(st.text(st.characters(codec=None)))
def test_nothing_hidden_is_left_in_any_text(text: str) -> None:
    assert not {ord(each) for each in visible(text)} & set(HIDDEN)


def test_one_line_has_single_spaces() -> None:
    assert one_line("  a\n\t b  ") == "a b"


def test_plain_text_of_nothing_is_no_inline() -> None:
    assert plain(" \n ") == ()
    assert plain("a") == (Text("a"),)


def test_muted_text_keeps_the_space_that_parts_it() -> None:
    assert muted(" (a\nb)") == Text(" (a b)", "muted")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("short", "short"),
        ("one two three four", "one two…"),
        ("one, two three four", "one, two…"),
        ("eins – zwei drei", "eins…"),
        ("abcdefghijklmnop", "abcdefghi…"),
        ("a bcdefghijklmnop", "a bcdefgh…"),
    ],
)
def test_a_text_is_cut_between_words_where_it_can_be(text: str, short: str) -> None:
    assert shortened(text, 10) == short
