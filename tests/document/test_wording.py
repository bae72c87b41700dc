from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from briefing.document.translation import DATE_WORDS
from briefing.document.wording import ENGLISH, shipped_languages, wording_in
from briefing.printing.encode import _PAGE_WORDS
from briefing.records.claims import Evidence
from briefing.records.dates import parse_date
from briefing.records.kinds import KINDS
from briefing.resources import resource

OTHERS = [each for each in shipped_languages() if each != "en"]
NAMES = re.compile(r"\{\w+\}")


def catalogue(language: str) -> dict[str, str]:
    with resource("words", f"{language}.po").open("rb") as file:
        entries = [each for each in read_po(file, locale=language) if each.id]
    assert not any(each.fuzzy for each in entries)
    return {one: said for each in entries for one, said in _pairs(each.id, each.string)}


def _pairs(ids: object, said: object) -> list[tuple[str, str]]:
    if isinstance(ids, str):
        return [(ids, str(said))]
    assert isinstance(ids, tuple | list)
    assert isinstance(said, tuple | list)
    assert all(said)
    return [(str(ids[-1]), str(each)) for each in said]


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_what_kinds_states_dates_and_templates_say(language: str) -> None:
    said = catalogue(language)
    wanted = {*DATE_WORDS, *_PAGE_WORDS.values(), *(each.words for each in Evidence)}
    wanted |= {words for kind in KINDS for words in (kind.label, kind.section)}
    wanted |= {field.inverse for kind in KINDS for field in kind.fields if field.inverse}
    assert wanted - set(said) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_names_the_same_values_and_says_something(language: str) -> None:
    for words, said in catalogue(language).items():
        assert said, words
        assert set(NAMES.findall(said)) == set(NAMES.findall(words)), words


def test_all_catalogues_have_the_same_words() -> None:
    assert len({frozenset(catalogue(each)) for each in OTHERS}) == 1


@pytest.mark.parametrize("language", OTHERS)
def test_the_last_page_ends_the_line_where_it_is_put_in_afterwards(language: str) -> None:
    assert wording_in(language).say("page {page} of {last}").endswith("{last}")


@pytest.mark.parametrize(
    ("language", "date", "words"),
    [
        ("de", "2024-Q1", "1. Quartal 2024"),
        ("de-AT", "2024-03-07", "7. März 2024"),
        ("de", "2022/2023-08", "2022 bis August 2023"),
        ("fr", "2024-03-01", "1er mars 2024"),
        ("es", "2024-03", "marzo de 2024"),
        ("ko", "2023-10~", "2023년 10월경"),
        ("hi", "2024-03", "मार्च 2024"),
    ],
)
def test_a_date_is_said_in_its_language(language: str, date: str, words: str) -> None:
    assert wording_in(language).date(parse_date(date)) == words


def test_a_language_that_is_not_shipped_is_served_in_english() -> None:
    assert wording_in("sw") is ENGLISH
    assert wording_in("") is ENGLISH


@pytest.mark.parametrize(
    ("date", "german", "french", "korean"),
    [
        ("2024-03-08", "8. März 2024", "8 mars 2024", "2024년 3월 8일"),
        ("2024-03-01", "1. März 2024", "1er mars 2024", "2024년 3월 1일"),
        ("2024-03", "März 2024", "mars 2024", "2024년 3월"),
        ("2024", "2024", "2024", "2024년"),
        ("2024-Q2", "", "", ""),
        ("2024-22", "", "", ""),
        ("202X", "", "", ""),
        ("20XX", "", "", ""),
        ("2024-XX", "", "", ""),
        ("2024-XX-XX", "", "", ""),
        ("2024-03-XX", "", "", ""),
        ("2024-03~", "", "", ""),
        ("2024?", "", "", ""),
        ("2024%", "", "", ""),
        ("2024-03-08/2024-03-10", "8.–10. März 2024", "8–10 mars 2024", "2024년 3월 8일~10일"),
        ("2024-03/2024-05", "März–Mai 2024", "mars – mai 2024", "2024년 3월~5월"),
        ("2023/2024", "2023–2024", "2023–2024", "2023년~2024년"),
        ("2023/2024-05~", "", "", ""),
        ("../2024", "", "", ""),
        ("/2024", "", "", ""),
        ("2024/..", "", "", ""),
        ("2024/", "", "", ""),
    ],
)
def test_a_date_is_said_in_the_language(date: str, german: str, french: str, korean: str) -> None:
    parsed = parse_date(date)
    for language, expected in (("de", german), ("fr", french), ("ko", korean)):
        words = wording_in(language).date(parsed)
        if expected:
            # How wide the spaces about a dash are is nothing to hold anybody to.
            assert re.sub(r"\s*([~–])\s*", r"\1", words) == re.sub(r"\s*([~–])\s*", r"\1", expected)
        else:
            assert words != ENGLISH.date(parsed)
            assert set(re.findall("20[0-9]{2}", words)) >= set(re.findall("20[0-9]{2}", date))


def test_a_language_of_a_region_that_is_not_known_is_written_as_the_language_is() -> None:
    assert wording_in("de-ZZZZZ").number(1234567) in ("1.234.567", wording_in("de").number(1234567))
    assert wording_in("de-CH").number(1234567) == "1’234’567"
