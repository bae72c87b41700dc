"""Names of any script in Latin letters, and which spellings sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.search.transliteration import SEPARATOR, is_spelled_like, latin, sound, sounding


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("한국", "hanguk"),
        ("서울", "seoul"),
        ("삼성", "samseong"),
        ("대한민국", "daehanminguk"),
        ("中国", "zhongguo"),
        ("Ελλάδα", "ellada"),
        ("Москва", "moskva"),
        ("Česko", "cesko"),
        ("India", "india"),
        ("!?", ""),
        ("", ""),
    ],
)
def test_a_name_is_written_in_latin_letters(name: str, written: str) -> None:
    assert latin(name) == written


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("भारत", "Bharat"),
        ("भारत", "bharata"),
        ("नरेंद्र मोदी", "Narendra Modi"),
        ("नई दिल्ली", "Nai Dilli"),
        ("महाराष्ट्र", "Maharashtra"),
        ("प्रधान मंत्री", "pradhan mantri"),
        ("मुंबई", "Mumbai"),
        ("한국", "Hangug"),
        ("대한민국", "Taehan Minguk"),
        ("김정은", "Kim Jong-un"),
        ("박진", "Bak Jin"),
        ("北京", "Bei jing"),
        ("Київ", "Kyiv"),
        ("Россия", "Rossiya"),
        ("Αθήνα", "Athina"),
        ("தமிழ்நாடு", "Tamil Nadu"),
        ("トヨタ", "Toyota"),
    ],
)
def test_two_spellings_of_a_name_sound_alike(name: str, typed: str) -> None:
    assert sound(name) == sound(typed)
    assert is_spelled_like(typed, name)


@pytest.mark.parametrize(("name", "typed"), [("भारत", "part"), ("भारत", "bird"), ("한국", "hungry"), ("中国", "china")])
def test_what_is_another_word_does_not(name: str, typed: str) -> None:
    assert sound(name) != sound(typed) or not is_spelled_like(typed, name)


def test_a_beginning_is_spelled_like_its_name() -> None:
    assert is_spelled_like("zhonghua", "中华人民共和国")
    assert not is_spelled_like("zhonghua", "新加坡")


def test_only_names_in_other_scripts_are_kept_by_their_sound() -> None:
    assert sounding(["India", "Østergård", "Straße"]) == []
    assert sounding(["भारत", "नई दिल्ली", "ROK 한국"]) == [
        f"{sound(name)}{SEPARATOR}{name}" for name in ("भारत", "नई दिल्ली", "दिल्ली", "ROK 한국", "한국")
    ]
    assert sounding(["한" * 200]) == []


@given(st.text(max_size=60))
def test_any_text_can_be_written_and_heard(text: str) -> None:
    assert latin(text).isascii()
    assert latin(latin(text)) == latin(text)
    assert sound(latin(text)) == sound(text)
    assert all(found.partition(SEPARATOR)[0].isascii() for found in sounding([text]))
