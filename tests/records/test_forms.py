from __future__ import annotations

import pytest

from briefing.records import forms
from briefing.records.suggest import listed, nearest, shown, slugged


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "en-GB",
        "zh-Hant",
        "zh-cmn-Hans-CN",
        "sl-rozaj-biske",
        "es-419",
        "de-CH-1996",
        "x-house",
        "hi-IN-u-nu-deva",
        "EN",
    ],
)
def test_a_language_tag_of_bcp_47_has_the_form(tag: str) -> None:
    assert forms.LANGUAGE.fullmatch(tag)


@pytest.mark.parametrize("tag", ["", "e", "english", "en_GB", "en-", "en--GB", "한국", "en GB", "en-GBR1234567"])
def test_what_is_no_language_tag_has_not_the_form(tag: str) -> None:
    assert not forms.LANGUAGE.fullmatch(tag)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org:8443/a/b?c=d&e=[f]#g",
        "https://भारत.in/पथ",
        "https://[2001:db8::1]/a",
        "https://example.org?x",
    ],
)
def test_an_https_address_is_one(url: str) -> None:
    assert forms.is_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "HTTPS://example.org",
        "https://",
        "https:///a",
        "https://user:word@example.org",
        "https://example.org\\@evil.org",
        "https://example.org/a b",
        "https://example.org/<a>",
        "https://example.org/\u202etxt",
        "https://example.org/\u200b",
        "//example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_https_address_or_hides_something_is_none(url: str) -> None:
    assert not forms.is_url(url)


@pytest.mark.parametrize("scheme", forms.IDENTIFIERS)
def test_the_example_of_each_identifier_scheme_is_of_its_form(scheme: str) -> None:
    assert forms.identifier_fault(scheme, forms.IDENTIFIERS[scheme].example) == ""


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("gnd", "118540238"),
        ("gnd", "1012585-9"),
        ("isni", "000000012150090X"),
        ("orcid", "0000-0002-1694-233X"),
        ("isbn", "0-306-40615-2"),
        ("isbn", "080442957X"),
        ("issn", "2049-3630"),
        ("iso3166", "IN"),
        ("house", "anything at all"),
    ],
)
def test_an_identifier_of_the_right_form_is_taken(scheme: str, value: str) -> None:
    assert forms.identifier_fault(scheme, value) == ""


@pytest.mark.parametrize(
    ("scheme", "value", "fault"),
    [
        ("wikidata", "q668", "“q668” is not of the form of a Wikidata identifier"),
        ("wikidata", "https://www.wikidata.org/wiki/Q668", "is not of the form of a Wikidata identifier"),
        ("viaf", "0139", "is not of the form of a VIAF identifier"),
        ("isni", "0000 0001 2150 0901", "The check digit of “0000 0001 2150 0901” is wrong"),
        ("orcid", "0000-0002-1825-0098", "The check digit of"),
        ("lei", "506700GE1G29325QX364", "The check digit of"),
        ("issn", "0971-7511", "The check digit of"),
        ("isbn", "978-3-16-148410-1", "The check digit of"),
        ("isbn", "978316148410X", "The check digit of"),
        ("isbn", "0-306-40615-3", "The check digit of"),
        ("doi", "doi:10.1000/182", "is not of the form of a DOI identifier"),
    ],
)
def test_an_identifier_of_the_wrong_form_is_refused(scheme: str, value: str, fault: str) -> None:
    assert fault in forms.identifier_fault(scheme, value)


@pytest.mark.parametrize(
    ("path", "file", "outside"),
    [
        ("a.txt", "a.yaml", False),
        ("../a.txt", "a.yaml", True),
        ("../a.txt", "x/a.yaml", False),
        ("../../a.txt", "x/a.yaml", True),
        ("b/../../a.txt", "a.yaml", True),
        ("b/../a.txt", "a.yaml", False),
        ("b//./../a.txt", "a.yaml", False),
        ("../x/../../a.txt", "x/a.yaml", True),
    ],
)
def test_a_path_leads_out_of_the_library_by_its_words(path: str, file: str, outside: bool) -> None:
    assert forms.leads_outside(path, file) is outside


def test_the_nearest_word_is_the_one_meant() -> None:
    assert nearest("sumary", ["summary", "body"]) == "summary"
    assert nearest("INDIA", ["india"]) == "india"
    assert nearest("zzz", ["summary"]) == ""
    assert nearest("x", []) == ""


def test_a_slug_is_made_of_what_can_stand_in_one() -> None:
    assert slugged("São Tomé & Príncipe") == "sao-tome-principe"
    assert slugged("한국") == ""


def test_words_are_listed_as_in_a_sentence() -> None:
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b", "c"]) == "`a`, `b` or `c`"


def test_a_quoted_text_stays_on_one_short_line() -> None:
    assert shown("a\n b") == "“a b”"
    assert len(shown("x" * 1000)) == 62
