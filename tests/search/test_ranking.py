"""What is found, in which order, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.dates import parse_date
from briefing.records.record import Record
from tests.search.shelf import RECORDS, Shelf

if TYPE_CHECKING:
    from briefing.search.ranking import Hit


def hit(shelf: Shelf, query: str, record: str) -> Hit:
    return next(hit for hit in shelf.search(query).hits if hit.id == record)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("india", "india"),
        ("INDIA ", "india"),
        ("भारत", "india"),
        ("us", "united-states"),
        ("ROK", "south-korea"),
        ("대한민국", "south-korea"),
        ("한국", ""),
        ("icet", "icet"),
        ("trilateral", "trilateral"),
        ("next-generation", "next-generation"),
        ("initiative on crit", "icet"),
        ("sullivan", "sullivan"),
        ("cote d'ivoire", "cote-divoire"),
        ("cote divoire", "cote-divoire"),
        ("semi", "semiconductors"),
        ("반도", "semiconductors"),
        ("체", "semiconductors"),
        ("中华", "china"),
        ("6g", "6g"),
        ("telecom", "telecommunications"),
        ('"next generation"', "next-generation"),
        ('"next gen', "next-generation"),
        ("jet engines", "icet"),
        ("adviser kind:person", "sullivan"),
        ("quad", "brief"),
        ("spectrum", "6g"),
        ("korea 2024 ", "article"),
    ],
)
def test_what_one_looks_for_comes_first(shelf: Shelf, query: str, first: str) -> None:
    assert shelf.first(query) == first


def test_names_come_before_beginnings_before_words_before_texts(shelf: Shelf) -> None:
    assert shelf.ids("india") == ["india", "article", "trilateral", "icet"]
    assert shelf.ids("south")[0] == "south-korea"
    assert shelf.ids("korea")[:1] == ["south-korea"]
    assert shelf.ids("china ") == ["china", "trilateral"]


@pytest.mark.parametrize(
    ("query", "record", "reason"),
    [
        ("india", "india", "title"),
        ("us", "united-states", "also known as US"),
        ("icet", "icet", "also known as iCET"),
        ("icet", "brief", "text"),
        ("trilateral", "trilateral", "id"),
        ("india", "icet", "bottom line"),
        ("announced", "icet", "claim"),
        ("jet", "icet", "text"),
        ("adviser", "sullivan", "role"),
        ("desk", "brief", "for"),
        ("background", "brief", "heading"),
        ("kr ", "south-korea", "iso code"),
        ("korea republic", "south-korea", "also known as Republic of Korea"),
        ("korea asia", "south-korea", "region"),
        ("kind:note", "brief", "kind:note"),
        ("cote-divoire", "cote-divoire", "title"),
        ("united-states states", "united-states", "title"),
    ],
)
def test_a_hit_says_why_it_is_there(shelf: Shelf, query: str, record: str, reason: str) -> None:
    assert hit(shelf, query, record).reason == reason


@pytest.mark.parametrize(
    ("query", "record", "marked"),
    [
        ("korea repub", "south-korea", ["Republic", "Korea"]),
        ("us", "united-states", ["US"]),
        ("korea asia", "south-korea", []),  # the region
        ("india", "india", []),  # the title, which has marks of its own
    ],
)
def test_where_an_alias_is_the_reason_the_words_are_marked_in_it(
    shelf: Shelf, query: str, record: str, marked: list[str]
) -> None:
    found = hit(shelf, query, record)
    assert [found.reason[start:end] for start, end in found.reason_marks] == marked


def test_a_hit_shows_its_best_sentence_with_the_words_marked(shelf: Shelf) -> None:
    found = hit(shelf, "china progress", "trilateral")
    assert [found.text[start:end] for start, end in found.marks] == ["China", "progress"]
    found = hit(shelf, "korea", "south-korea")
    assert [found.title[start:end] for start, end in found.title_marks] == ["Korea"]
    assert (found.text, found.marks) == ("A middle power with large chip makers.", ())
    assert hit(shelf, "spectrum", "6g").text == "spectrum"
    assert hit(shelf, "6g", "6g").text == ""


def test_links_and_markup_are_shown_as_a_reader_sees_them(shelf: Shelf) -> None:
    assert hit(shelf, "jet", "icet").text == "Grew into a wider talk about chips and jet engines."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country:india", {"india", "icet", "trilateral"}),
        ('country:"Republic of India" kind:dialogue', {"icet", "trilateral"}),
        ("country:china", {"china", "icet"}),
        ("technology:chips", {"semiconductors", "icet"}),
        ("technology:telecommunications", {"telecommunications", "6g"}),
        ("dialogue:next-generation", {"next-generation", "trilateral", "south-korea", "united-states"}),
        ("source:article", {"article", "icet"}),
        ("dialogue:icet kind:country", {"india", "united-states", "china"}),
        ("person:sullivan", {"sullivan", "united-states"}),
        ("kind:dialogue -country:india", {"next-generation"}),
        ("kind:dialogue NOT china", {"icet", "next-generation"}),
        ("(6g OR quad) kind:note", {"brief"}),
        ("status:planned", {"trilateral"}),
        ("status:planned OR status:active", {"trilateral", "icet", "next-generation"}),
        ("tag:spectrum", {"6g"}),
        ("marking:amber+strict", {"icet"}),
        ("marking:TLP:RED", {"brief"}),
        ("id:icet", {"icet"}),
        ("in:title india", {"india", "trilateral", "article"}),
        ("in:title icet", {"icet"}),
        ("in:title (icet OR korea)", {"icet", "south-korea", "trilateral", "next-generation", "article"}),
        ("quad OR (icet in:title)", {"icet", "brief"}),
        ("jet OR (china in:title)", {"icet", "china"}),
        ("in:title tele", {"telecommunications"}),
        ("before:2023", {"icet"}),
        ("after:2023-11", {"trilateral", "next-generation", "brief"}),
        ("after:2023", {"trilateral"}),
        ("in:2024-02", {"trilateral"}),
        ("in:2023-12-04/2023-12-05", {"brief"}),
        ("in:2022/2023", {"icet", "next-generation", "brief"}),
        ("kind:technology (6g OR -chips)", {"6g", "telecommunications"}),
        ("before:../2020", set()),
        ("after:2020/..", set()),
        ("certainly:before:2023", {"icet"}),
        ("certainly:before:2022-06", set()),
        ("possibly:before:2022-06", {"icet"}),
        ("certainly:after:2023-12-07", {"trilateral", "next-generation"}),
        ("certainly:after:2023-12-31", {"trilateral"}),
        ("certainly:in:2023", {"next-generation", "brief"}),
        ("certainly:in:2023-12-08", {"next-generation"}),
        ("in:2023-12-08", {"next-generation", "brief"}),
        ("certainly:in:2024-02", set()),
        ("certainly:in:2020/2030", {"icet", "trilateral", "next-generation", "brief"}),
        ("certainly:in:2023-12-08/..", {"trilateral", "next-generation"}),
        ("certainly:in:../2022", {"icet"}),
        ("certainly:before:../2020", set()),
        ("certainly:after:2020/..", set()),
        ("kind:dialogue -certainly:in:2022", {"trilateral", "next-generation"}),
        ("evidence:no-source", {"icet"}),
        ('evidence:"not checkable here"', {"icet"}),
        ("is:broken", {"icet", "6g"}),
        ("is:broken kind:dialogue", {"icet"}),
        ("kind:technology -is:broken", {"telecommunications", "semiconductors"}),
        ("has:quote", {"icet"}),
        ("no:source", {"icet"}),
        ("no:alias kind:technology", {"telecommunications", "6g"}),
        ("has:date kind:note", {"brief"}),
        ("kind:source china", set()),
        ("-india kind:country", {"china", "cote-divoire", "south-korea", "united-states"}),
    ],
)
def test_filters_narrow_what_is_found(shelf: Shelf, query: str, expected: set[str]) -> None:
    hits = shelf.search(query)
    assert {hit.id for hit in hits.hits} == expected
    assert hits.total == len(expected)


def test_two_dates_that_reach_over_both_ends_of_a_time_are_not_one_within_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    spans = {"announced": parse_date("2020/2023-05"), "launched": parse_date("2023-03/2026")}
    shelf = Shelf(tmp_path_factory.mktemp("spans"), [Record("long", "dialogue", "Long", values=spans)])
    assert shelf.ids("in:2023") == ["long"]
    assert shelf.ids("certainly:in:2023") == []
    assert shelf.ids("certainly:in:2020/2023-05") == ["long"]
    assert shelf.ids("certainly:in:0900/2090") == ["long"]


def test_nothing_is_broken_where_nothing_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("whole"), RECORDS[:1])
    assert shelf.ids("is:broken") == []
    assert shelf.ids("-is:broken") == ["india"]


def test_filters_alone_list_everything_by_title(shelf: Shelf) -> None:
    assert shelf.ids("kind:country") == ["china", "cote-divoire", "india", "south-korea", "united-states"]
    assert shelf.ids("kind:country", limit=2) == ["china", "cote-divoire"]
    assert shelf.search("kind:country", limit=2).total == 5
    assert shelf.search("in:title").total == len(RECORDS)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("country:indai", "No country is called “indai”."),
        ("country:icet", "No country is called “icet”."),
        ("kind:wizard", "No kind is called “wizard”."),
        ("status:lost", "No record has the status “lost”."),
        ("marking:pink", "No record has the marking “pink”."),
        ("id:nobody india", "No record has the id “nobody”."),
        ("country:indai tag:lost", "No record has the tag “lost”."),
        ("evidence:quote-found", "No claim is “quote found”."),
    ],
)
def test_a_filter_whose_value_is_unknown_finds_nothing_and_says_so(shelf: Shelf, query: str, note: str) -> None:
    hits = shelf.search(query)
    assert (hits.hits, hits.total) == ((), 0)
    assert hits.notes.count(note) == 1


@pytest.mark.parametrize(
    ("query", "first", "showing", "note"),
    [
        ("semiconducter ", "semiconductors", "semiconductor*", "Nothing for “semiconducter”; showing “semiconductor”."),
        ("korae", "south-korea", '"korea"', "Nothing for “korae”; showing “korea”."),
        ("emergng techn", "icet", "emerging techn*", "Nothing for “emergng”; showing “emerging”."),
        ("inda kind:country", "india", "india kind:country", "Nothing for “inda”; showing “india”."),
        ("(inda OR xyzzyq) -china ", "icet", "(india OR xyzzyq) -china", "Nothing for “inda”; showing “india”."),
        ("semicond ", "semiconductors", "semicond*", "Nothing has all of these words"),
        ("кореа ", "south-korea", '"korea"', "Nothing for “кореа”; showing “korea”."),
        ("semmicondutcors ", "semiconductors", '"semiconductors"', "Nothing for “semmicondutcors”; showing"),
        ('"next generaton" korea', "next-generation", '"next generation" korea*', "Nothing for “next generaton”"),
        ("in:title emergng", "icet", 'in:title "emerging"', "Nothing for “emergng”; showing “emerging”."),
        ("jet engnies kind:dialogue", "icet", "jet engines kind:dialogue", "Nothing for “engnies”"),
        ("+jet engnies ", "icet", '+jet "engines"', "Nothing for “engnies”"),
    ],
)
def test_a_query_that_finds_nothing_is_mended_and_says_so(
    shelf: Shelf, query: str, first: str, showing: str, note: str
) -> None:
    hits = shelf.search(query)
    assert first in [hit.id for hit in hits.hits]
    assert str(hits.showing) == showing
    assert any(each.startswith(note) for each in hits.notes)
    if note.startswith("Nothing for"):
        assert hits.hits[0].reason.startswith("close to: ")
    assert shelf.search(str(hits.query.exactly)).hits == ()


@pytest.mark.parametrize(
    ("query", "first", "showing"),
    [
        ("bharat", "india", '"भारत"'),
        ("Bharata ", "india", '"भारत"'),
        ("daehan minguk", "south-korea", '"대한민국"'),
        ("taehanmin", "south-korea", '"대한민국"'),
        ("zhonghua renmin kind:country", "china", "中华人民共和国 kind:country"),
        ("bandoche ", "semiconductors", '"반도체"'),
    ],
)
def test_a_name_in_another_script_is_found_by_its_sound(shelf: Shelf, query: str, first: str, showing: str) -> None:
    hits = shelf.search(query)
    assert (hits.hits[0].id, str(hits.showing)) == (first, showing)
    assert hits.hits[0].reason.startswith("also known as ")
    assert any(note.startswith("Nothing for “") for note in hits.notes)


def test_words_that_are_somewhere_but_not_together_may_be_mistyped(tmp_path_factory: pytest.TempPathFactory) -> None:
    records = [
        Record("a", "event", "Form of an agreement", summary="A letter."),
        Record("b", "event", "Letters from Seoul", summary="From the ministry."),
        Record("c", "event", "Letters from Delhi"),
    ]
    shelf = Shelf(tmp_path_factory.mktemp("mistyped"), records)
    hits = shelf.search("seoul form ")
    assert [(hit.id, hit.reason) for hit in hits.hits] == [("b", "close to: from")]
    assert hits.notes == ("Nothing has all of these words; showing “from” for “form”.",)
    assert shelf.search("seoul +form ").hits == ()


@pytest.mark.parametrize(
    "query",
    ["xyzzyq plugh", "zz", "qqqq ", '"korea india china"', "한국국국", "aXbXc:", "+semiconducter", "part", "2042 "],
)
def test_a_query_that_cannot_be_mended_finds_nothing(shelf: Shelf, query: str) -> None:
    hits = shelf.search(query)
    assert (hits.hits, hits.total, hits.showing) == ((), 0, None)


def test_nothing_is_asked_of_an_empty_query(shelf: Shelf) -> None:
    assert shelf.search("").hits == ()
    assert shelf.search("???").notes == ("There is no word in it to search for.",)


def test_no_more_is_returned_than_asked_for_but_all_is_counted(shelf: Shelf) -> None:
    assert (len(shelf.search("india", limit=1).hits), shelf.search("india", limit=1).total) == (1, 4)
    assert (len(shelf.search("india", limit=0).hits), shelf.search("india", limit=0).total) == (0, 4)


def test_a_record_that_is_gone_from_the_catalogue_is_left_out(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "passages", lambda keys: {})
    assert shelf.ids("india") == []


def test_equals_stand_by_title_however_they_were_indexed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    twins = [Record(f"twin-{letter}", "event", f"Meeting {letter}", summary="The same words.") for letter in "dacb"]
    shelf = Shelf(tmp_path_factory.mktemp("twins"), twins)
    assert shelf.ids("same words ") == ["twin-a", "twin-b", "twin-c", "twin-d"]
    assert shelf.ids("kind:event") == ["twin-a", "twin-b", "twin-c", "twin-d"]


def test_a_beginning_that_stands_for_many_words_finds_them_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    records = [Record(f"r{at}", "event", f"Abcdefghij{at}", summary=f"A wordy{at} text.") for at in range(40)]
    shelf = Shelf(tmp_path_factory.mktemp("many"), records)
    assert shelf.search("wordy").total == 40
    assert shelf.search("abcdefghij").total == 40
    assert shelf.search('"a wordy', limit=100).total == 40


_SYNTAX = ("OR", "-", "(", ")", '"', " ", "kind:", "country:", "in:", "'", "*", "\0")
PIECES = st.sampled_from((*_SYNTAX, "india", "korea", "2024", "한국", "국", "us"))


@given(query=st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES).map(" ".join))
def test_a_search_never_fails_and_every_mark_is_in_its_text(shelf: Shelf, query: str) -> None:
    found = shelf.search(query, limit=5)
    assert found.total is not None
    assert len(found.hits) <= min(5, found.total)
    for each in found.hits:
        for text, marks in ((each.title, each.title_marks), (each.text, each.marks)):
            ends = [-1, *(end for _, end in marks)]
            assert all(last < start < end <= len(text) for last, (start, end) in zip(ends, marks, strict=False))


@pytest.mark.parametrize("piece", ["a ", '"x', "(india ", "india* ", "c", "-", "x OR ", "kind:event "])
def test_a_hostile_query_is_answered(shelf: Shelf, piece: str) -> None:
    assert (shelf.search(piece * 10_000).total or 0) >= 0
