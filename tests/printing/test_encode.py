from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from briefing.document.blocks import Document, Link, Paragraph, Text
from briefing.document.compose import compose_several
from briefing.printing.encode import encode, timestamp
from tests.document.fake_library import as_library
from tests.document.sample import NOTE, TALKS, sample_library
from tests.document.test_html import EVERYTHING, note

BARE = Document("A", "note", ("a",), (), (), ())


def encoded(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(encode(document, paper="a4"))
    return data


def test_every_block_is_encoded() -> None:
    data = encoded(replace(BARE, blocks=EVERYTHING, footnotes=(note(),)))
    assert " ".join(block["type"] for block in data["blocks"]) == (
        "opening heading paragraph paragraph bottom-line claim list list quotation code code table facts "
        "source-paragraph source-paragraph part part opening"
    )
    assert data["notes"]["1"] == {
        "source": "S",
        "paragraphs": "2–3",
        "quote": ": “q”",
        "date": "2023",
        "state": "Quote found",
        "alarm": False,
        "longest-word": 11,
    }


def test_a_document_of_one_record_opens_with_its_own_title() -> None:
    (opening,) = encoded(replace(BARE, breadcrumb=("x", "y"), subtitle=(Text("s"),), as_of="2023"))["blocks"]
    assert opening["title"] == "A"
    assert opening["breadcrumb"] == "x › y"
    assert opening["subtitle"] == [["plain", "s"]]
    assert encoded(replace(BARE, as_of="2023"))["running"] == [{"title": "A", "as-of": "as of 2023"}]


def test_each_of_several_records_has_a_running_title() -> None:
    data = encoded(compose_several([TALKS, NOTE], as_library(sample_library())))
    assert [each["title"] for each in data["running"]] == [TALKS.title, NOTE.title]
    assert [each["as-of"] for each in data["running"]] == ["as of December 2023", "as of January 2024"]


def test_a_long_title_is_set_smaller_and_cut_only_in_the_head_of_the_page() -> None:
    sizes = [encoded(replace(BARE, title="x" * length))["blocks"][0]["size"] for length in (10, 100, 200, 500, 10_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 5
    data = encoded(replace(BARE, title="x" * 10_000))
    assert len(data["blocks"][0]["title"]) == 10_000
    assert len(data["running"][0]["title"]) < 100


@pytest.mark.parametrize(
    ("tag", "language", "script", "region"),
    [
        ("en", "en", None, None),
        ("en-GB", "en", None, "GB"),
        ("zh-Hant-TW", "zh", "hant", "TW"),
        ("sr-Latn", "sr", "latn", None),
        ("de-DE-1996", "de", None, "DE"),
        ("es-419", "es", None, None),
        ("", "en", None, None),
        ("x-private", "en", None, None),
    ],
)
def test_a_language_is_taken_apart(tag: str, language: str, script: str | None, region: str | None) -> None:
    assert encoded(replace(BARE, language=tag))["language"] == {
        "language": language,
        "script": script,
        "region": region,
    }


def test_a_marking_has_the_colours_of_its_scheme() -> None:
    red = encoded(replace(BARE, marking="TLP:RED"))["marking"]
    assert red == {"label": "TLP:RED", "colour": "#FF2B2B", "background": "#000000"}
    assert encoded(replace(BARE, marking="HOUSE:X"))["marking"]["colour"] == "#FFFFFF"


def test_only_the_web_is_linked_on_paper() -> None:
    words = (Text("w"),)
    links = (
        Link(words, "https://x.org"),
        Link(words, "record:x"),
        Link(words, "record:y", known=False),
        Link(words, "javascript:x"),
    )
    (_, paragraph) = encoded(replace(BARE, blocks=(Paragraph(links),)))["blocks"]
    assert paragraph["inlines"] == [
        ["link", [["plain", "w"]], "https://x.org"],
        ["muted", " (https://x.org)"],
        ["record", [["plain", "w"]], "x"],
        ["plain", "w"],
        ["muted", " (not in this library)"],
        ["plain", "w"],
    ]


@pytest.mark.parametrize("address", ["https://x.org", "mailto:a@x.org"])
def test_an_address_is_printed_once(address: str) -> None:
    link = Link((Text(address.removeprefix("mailto:")),), address)
    (_, paragraph) = encoded(replace(BARE, blocks=(Paragraph((link,)),)))["blocks"]
    assert len(paragraph["inlines"]) == 1


def test_an_address_that_is_too_long_for_a_pdf_is_no_link() -> None:
    link = Link((Text("w"),), "https://x.org/" + "x" * 9000)
    (_, paragraph) = encoded(replace(BARE, blocks=(Paragraph((link,)),)))["blocks"]
    assert paragraph["inlines"] == [["plain", "w"]]


def test_half_of_a_surrogate_pair_does_not_stop_a_print() -> None:
    assert encoded(replace(BARE, title="a\ud800b"))["title"] == "a?b"


def test_the_time_of_a_pdf_is_that_of_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert timestamp(replace(BARE, timestamp="2023-12-01")) == 1701388800
    assert timestamp(BARE) == 315532800
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert timestamp(BARE) == 1699920000
    assert timestamp(replace(BARE, timestamp="2023-12-01")) == 1701388800
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert timestamp(BARE) == 315532800


@pytest.mark.parametrize("day", ["0001-01-01", "1950-06-01", "9999-12-31"])
def test_a_record_of_another_age_has_a_time_that_a_pdf_can_hold(day: str) -> None:
    assert timestamp(replace(BARE, timestamp=day)) >= 0
    assert "-".join(f"{part:02}" for part in encoded(replace(BARE, timestamp=day))["date"]).endswith(day.lstrip("0"))
