"""Folding and cutting text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.text import BREAK, either_character, fold, is_unspaced, joined, spans, tokens

# Letters that trip folding, in any order, beside anything that hypothesis thinks of.
_LATIN = (
    "U.S.",
    "a.b",
    "'",
    "’",
    "'s",
    "’s",
    "ʼ",
    "-",
    " ",
    "é",
    "e\u0301",
    "İ",
    "ß",
    "ﬁ",
    "５Ｇ",
    "½",
    "_",
    "|",
    "5g",
    "×",
)
_OTHERS = ("한국", "\u1112\u1161\u11ab", "日本", "ガ", "ｶﾞ", "ー", "भारत", "क्षि", "\u200d", "\u00ad", "ภาษา", "Σ", "。")
TRICKY = st.lists(st.sampled_from((*_LATIN, *_OTHERS))).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("Łódź, København, Đà Nẵng, Þingvellir", "lodz kobenhavn da nang thingvellir"),
        ("Straße Æsir œuvre Iğdır", "strasse aesir oeuvre igdir"),
        ("ΟΔΟΣ όδος", "οδοσ οδοσ"),
        ("Ёлка й", "елка и"),
        ("US-South Korea", "us south korea"),
        ("5G/6G", "5g 6g"),
        ("５Ｇ", "5g"),
        ("the U.S. and the U.K.’s", "the us and the uk s"),
        ("e.g. J.R.R. Tolkien", "eg jrr tolkien"),
        ("China's pace", "china pace"),
        ("China’s pace", "china pace"),
        ("O’Brien don't", "obrien dont"),
        ("‘quoted’ 'words'", "quoted words"),
        ("dann\u0301 soft\u00adhyphen", "dann softhyphen"),
        ("भारत की क्रिटिकल", "भारत की क्रिटिकल"),
        ("snake_case|pipe", "snake case pipe"),
        ("TLP:AMBER+STRICT", "tlp amber strict"),
        ("עִבְרִית الأَوَّل", "עברית الاول"),
    ],
)
def test_words_are_folded_as_a_reader_would_type_them(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("인공지능", ["인공", "공지", "지능"]),
        ("한", ["한"]),
        ("iCET의 5G기술", ["icet", "의", "5g", "기술"]),
        ("中华人民", ["中华", "华人", "人民"]),
        ("ガｶﾞ", ["ガガ"]),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", ["한국"]),
        ("東京タワー。大阪", ["東京", "京タ", "タワ", "ワー", "大阪"]),
    ],
)
def test_scripts_without_spaces_are_cut_into_pairs(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_a_text_of_signs_has_no_tokens() -> None:
    assert tokens("— … ?! _ ’ ' | 🙂 \x00") == []


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert fold("Côte d’Ivoire") == fold("COTE D'IVOIRE")
    assert fold("India–US") == fold("india us")
    assert fold("icet") == fold("iCET") != fold("Quad")


def test_a_name_of_signs_alone_is_compared_as_it_stands() -> None:
    assert fold(" ??? ") == "???" != fold("!!!")


@given(st.text() | TRICKY)
def test_tokens_and_their_places_agree(text: str) -> None:
    pieces = list(spans(text))
    assert [token for token, _, _ in pieces] == tokens(text)
    assert all(0 <= start < end <= len(text) for _, start, end in pieces)
    assert pieces == sorted(pieces, key=lambda piece: piece[1])


@given(st.text() | TRICKY)
def test_no_token_is_empty_or_parted_by_the_index(text: str) -> None:
    assert all(token.split() == [token] and "|" not in token for token in tokens(text))


@given(st.text() | TRICKY)
def test_folding_twice_is_folding_once(text: str) -> None:
    spaced = [token for token in tokens(text) if not is_unspaced(token)]
    assert [again for token in spaced for again in tokens(token)] == spaced


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_text_is_cut_as_it_is_beside_other_scripts(text: str) -> None:
    assert tokens(f"{text} é")[:-1] == tokens(text)


def test_a_pair_can_be_looked_up_by_either_character() -> None:
    assert either_character({"한국", "quad", "é", "국"}) == {"한", "국"}


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\0"))))
def test_texts_are_joined_by_breaks_that_no_phrase_reaches_across(texts: list[str]) -> None:
    expected = [token for text in texts for token in [*tokens(text), BREAK]]
    assert joined(texts).split() == (expected[:-1] if texts else [])


@pytest.mark.parametrize("text", ["'" * 200_000, "a." * 100_000, "a'" * 100_000, "한" * 200_000, "e\u0301" * 100_000])
def test_hostile_text_takes_no_longer_than_its_length_asks(text: str) -> None:
    started = time.perf_counter()
    tokens(text)
    assert time.perf_counter() - started < 3
