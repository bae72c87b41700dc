from __future__ import annotations

import subprocess
import sys

import pytest

from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.reader import LibraryInfo, read_library_file
from briefing.records.record import Record, WebLink
from tests.records.record_texts import COUNTRY, DIALOGUE, INFO, read, record_in, warning_in


def test_every_field_of_a_record_is_read() -> None:
    record = record_in(DIALOGUE, "dialogues/trilateral.yaml")
    assert record.id == "trilateral"
    assert record.kind == "dialogue"
    assert record.title == "India–South Korea–US technology dialogue"
    assert record.aliases == ("Trilateral technology dialogue", "한미인 기술대화")
    assert record.summary == "Washington, Seoul and New Delhi mean to open an informal three-way channel."
    assert record.body == "The plan came out of [[us-korea-cet-dialogue|the first round]] in Seoul.\n"
    assert record.as_of == parse_date("2023-12")
    assert record.marking == "TLP:GREEN"
    assert record.language == "en"
    assert record.tags == ("trilateral",)
    assert record.file == "dialogues/trilateral.yaml"
    assert record.line == 1
    assert record.values == {
        "members": ("india", "south-korea", "united-states"),
        "format": "trilateral",
        "level": "official",
        "status": "planned",
        "announced": parse_date("2023-12-08"),
        "next_due": parse_date("2024-Q1"),
        "grew_out_of": ("us-korea-cet-dialogue",),
        "technologies": ("semiconductors", "critical-and-emerging-technology"),
    }


def test_every_field_of_a_claim_is_read() -> None:
    first, second = record_in(DIALOGUE).claims
    assert first == Claim(
        text="The three governments plan a first round in the first quarter of 2024.",
        id=first.id,
        source="trilateral-article",
        at=(1, 1),
        quote="first quarter of 2024",
        basis="reported",
        about=("india", "semiconductors"),
        as_of=parse_date("2023-12"),
        marking="TLP:GREEN",
        line=19,
        column=5,
    )
    assert first.id.startswith("c-")
    assert (second.id, second.at, second.paragraphs, second.line) == ("answers-china", (3, 4), "3-4", 27)


def test_a_note_has_sections_links_and_identifiers() -> None:
    record = record_in(
        """\
kind: note
title: Brief
for: [Minister]
from: [Desk, Embassy]
sections:
  - heading: What is it?
    role: question
    line: An informal dialogue.
    if_pressed: It is informal.
    priority: 2
    marking: TLP:AMBER
    claims:
      - text: It is informal.
  - body: |
      Two
      lines
links:
  - {title: Article, url: "https://example.org/a?b=1#c"}
identifiers: {wikidata: Q668, house: 12/7}
"""
    )
    question, text = record.sections
    assert (question.heading, question.role, question.line) == ("What is it?", "question", "An informal dialogue.")
    assert (question.if_pressed, question.priority, question.marking) == ("It is informal.", 2, "TLP:AMBER")
    assert [claim.text for claim in record.all_claims()] == ["It is informal."]
    assert (text.heading, text.body, text.priority) == ("", "Two\nlines\n", 5)
    assert record.links == (WebLink("Article", "https://example.org/a?b=1#c"),)
    assert record.identifiers == {"wikidata": "Q668", "house": "12/7"}
    assert record.values == {"for": ("Minister",), "from": ("Desk", "Embassy")}


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("12:30", "12:30"),
        ("010", "010"),
        ("NO", "NO"),
        ("true", "true"),
        ("null", "null"),
        ("1e3", "1e3"),
        ("2023-12-08", "2023-12-08"),
        ("0x10", "0x10"),
        ("'~'", "~"),
        ("=", "="),
    ],
)
def test_a_scalar_is_the_text_that_was_typed(typed: str, title: str) -> None:
    assert record_in(f"kind: country\ntitle: {typed}\n").title == title


def test_iso_no_is_norway() -> None:
    assert record_in("kind: country\ntitle: Norway\niso: NO\n").values == {"iso": "NO"}


def test_kosovo_has_a_code() -> None:
    assert record_in("kind: country\ntitle: Kosovo\niso: XK\n").text("iso") == "XK"


def test_one_value_alone_is_a_list_of_one() -> None:
    record = record_in(
        """\
kind: dialogue
title: Quad
aliases: The Quad
tags: talks
members: india
led_by: someone
claims:
  text: It meets.
links:
  title: Page
  url: https://example.org
"""
    )
    assert record.aliases == ("The Quad",)
    assert record.tags == ("talks",)
    assert record.values == {"members": ("india",), "led_by": ("someone",)}
    assert [claim.text for claim in record.claims] == ["It meets."]
    assert record.links == (WebLink("Page", "https://example.org"),)


def test_a_field_with_nothing_behind_it_counts_as_not_given() -> None:
    record = record_in(
        COUNTRY + "summary:\nbody: ~\naliases: []\ntags: ''\nas_of: ''\nmarking:\nclaims:\nlinks:\niso: ''\n"
    )
    assert record == Record(
        id="india", kind="country", title="India", marking="TLP:CLEAR", language="en", file="india.yaml"
    )


def test_blank_texts_of_every_type_count_as_not_given() -> None:
    note = record_in(
        """\
kind: source
title: A
type: ' '
url: ''
credibility: ''
text_file: ''
language: ''
see_also: [ ~, '' ]
identifiers: {wikidata: }
gists: [~]
claims:
  - {text: x, at: '', likelihood: '', source: ''}
  -
"""
    )
    assert note.values == {}
    assert note.identifiers == {}
    assert [claim.at for claim in note.claims] == [None]


def test_a_title_over_several_lines_is_one_line() -> None:
    assert record_in("kind: country\ntitle: |\n  Republic\n  of India\n").title == "Republic of India"
    assert record_in('kind: country\ntitle: "a\\n\\n b\\r\\n\\u2028c"\n').title == "a b c"


def test_no_break_spaces_and_bidi_marks_in_a_title_stay() -> None:
    assert record_in("kind: country\ntitle: a\u00a0b \u202ec\n").title == "a\u00a0b \u202ec"


def test_a_title_of_10000_characters_is_a_title() -> None:
    assert len(record_in("kind: country\ntitle: " + "x" * 10_000).title) == 10_000


def test_markup_in_a_text_is_text() -> None:
    text = "<script>alert(1)</script> <img src=http://x/y.png> #set page() *bold*"
    assert record_in(f"kind: country\ntitle: {text!r}\n").title == text


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + COUNTRY,
        COUNTRY.replace("\n", "\r\n"),
        COUNTRY.replace("\n", "\r"),
        "---\n" + COUNTRY + "---\n",
        COUNTRY + "---\n# nothing\n---\n---\n",
        COUNTRY + "...\n",
        "# a comment\n\n" + COUNTRY + "# another\n",
        "%YAML 1.2\n---\n" + COUNTRY,
        "{kind: country, title: India}",
    ],
)
def test_a_file_may_have_a_byte_order_mark_any_line_ends_comments_and_empty_documents(text: str) -> None:
    assert record_in(text).title == "India"


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n---\n", "\ufeff", "~\n"])
def test_a_file_with_nothing_in_it_makes_no_record(text: str) -> None:
    assert read(text) == type(read(text))()


def test_a_file_may_hold_several_records() -> None:
    reading = read("id: a\nkind: country\ntitle: A\n---\nid: b\nkind: person\ntitle: B\n")
    assert [(record.id, record.line) for record in reading.records] == [("a", 1), ("b", 5)]
    assert reading.problems == ()


def test_a_record_takes_marking_and_language_from_its_library() -> None:
    record = record_in(COUNTRY, info=LibraryInfo(marking="TLP:AMBER", language="hi"))
    assert (record.marking, record.language) == ("TLP:AMBER", "hi")
    own = record_in(COUNTRY + "marking: TLP:RED\nlanguage: ko\n", info=LibraryInfo(marking="TLP:AMBER", language="hi"))
    assert (own.marking, own.language) == ("TLP:RED", "ko")


def test_the_id_is_the_stem_of_the_file_when_none_is_given() -> None:
    assert record_in(COUNTRY, "countries/south-korea.yml").id == "south-korea"
    assert record_in(COUNTRY + "id: kr\n", "countries/South Korea.yml").id == "kr"


def test_a_reading_says_where_everything_stands_that_only_the_library_can_check() -> None:
    (places,) = read(
        """\
kind: source
id: article
title: Article
see_also: [india, inda]
text_file: texts/article.txt
claims:
  - text: x
    source: article
    about: korea
body: >
  See [[quad]], and
  [[quad|the Quad]] or [[icet]].
""",
        "sources/a.yaml",
    ).places
    assert places == {
        ("id", "article"): (2, 5),
        ("see_also", "india"): (4, 12),
        ("see_also", "inda"): (4, 19),
        ("text_file", "texts/article.txt"): (5, 12),
        ("claims.source", "article"): (8, 13),
        ("claims.about", "korea"): (9, 12),
        ("mentions", "quad"): (11, 7),
        ("mentions", "icet"): (12, 24),
    }
    assert read(COUNTRY + "iso: IN\n").places == ({("iso", "IN"): (3, 6), ("id", "india"): (1, 1)},)


def test_a_place_is_known_for_every_relation_that_a_record_makes() -> None:
    reading = read(DIALOGUE)
    (record,) = reading.records
    (places,) = reading.places
    placed = {(field, value) for field, value in places if field not in ("id", "claims.quote")}
    assert placed == {(relation.field, relation.target) for relation in record.relations()}


def test_a_link_in_one_record_of_a_file_is_not_sought_in_another() -> None:
    places = read(
        "id: a\nkind: country\ntitle: A\nbody: '[[x]]'\n---\nid: b\nkind: country\ntitle: B\nbody: '[[x]]'\n"
    ).places
    assert [each["mentions", "x"][0] for each in places] == [4, 9]


def test_a_link_written_with_an_escape_is_placed_at_its_record() -> None:
    (places,) = read(COUNTRY + 'body: "[\\x5bx]]"\n').places
    assert places["mentions", "x"] == (1, 1)


def test_line_breaks_of_unicode_do_not_count_as_lines() -> None:
    problem = read(COUNTRY + "summary: 'a\u2028b\u2029c\x85d'\nfoo: x\n").problems[0]
    assert problem.line == 4


LIBRARY = """\
briefing: 1
title: Technology dialogues
summary: Who talks to whom.
marking: TLP:GREEN
language: en-GB
home: brief
yardstick: phia
"""


def test_every_field_of_a_library_is_read() -> None:
    reading = read_library_file(LIBRARY.encode(), "library.yaml", "folder")
    assert reading.problems == ()
    assert reading.records == ()
    assert reading.info == LibraryInfo(
        "Technology dialogues", "Who talks to whom.", "TLP:GREEN", "en-GB", "brief", "phia"
    )
    assert reading.places == ({("home", "brief"): (6, 7)},)


def test_what_a_library_does_not_say_is_as_in_one_without_a_file() -> None:
    reading = read_library_file(b"briefing: 1\n", "library.yaml", "My folder")
    assert reading.problems == ()
    assert reading.info == LibraryInfo("My folder", "", "", "en", "", "icd203")


def test_a_likelihood_is_a_word_of_the_librarys_yardstick() -> None:
    text = COUNTRY + "claims:\n  - {text: x, basis: assessment, likelihood: realistic possibility}\n"
    assert record_in(text, info=LibraryInfo(yardstick="phia")).claims[0].likelihood == "realistic possibility"
    assert read(text).records == ()


def test_two_claims_that_say_the_same_get_ids_of_their_own_and_a_warning() -> None:
    text = COUNTRY + "claims:\n" + "  - text: The same.\n" * 3 + "  - text: Another.\n"
    reading = read(text)
    (record,) = reading.records
    first, second, third, _ = (claim.id for claim in record.claims)
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert [(each.code, each.severity, each.line) for each in reading.problems] == [
        ("repeated-claim", "warning", 5),
        ("repeated-claim", "warning", 6),
    ]
    taken = read(text.replace("Another.", f"Another.\n    id: {first}-2"))
    assert [claim.id for claim in taken.records[0].claims] == [first, f"{first}-3", f"{first}-4", f"{first}-2"]


def test_a_claim_keeps_its_id_when_others_are_moved_around_it() -> None:
    one = "  - text: One.\n"
    two = "  - text: Two.\n"
    before = record_in(COUNTRY + "claims:\n" + one + two)
    after = record_in(COUNTRY + "claims:\n" + two + one)
    assert {claim.text: claim.hash for claim in before.claims} == {claim.text: claim.hash for claim in after.claims}


def test_a_record_survives_the_way_through_json() -> None:
    record = record_in(DIALOGUE)
    assert Record.from_json(record.to_json()) == record


def test_a_long_summary_is_a_warning() -> None:
    assert record_in(COUNTRY + f"summary: {'x' * 480}\n")
    problem = warning_in(COUNTRY + f"summary: {'x' * 481}\n")
    assert (problem.code, problem.line, problem.column) == ("long-summary", 3, 10)
    assert "481 characters" in problem.message


def test_reading_imports_nothing_that_it_does_not_need() -> None:
    # `briefing search` reads records only when some changed, and none of these for records without a fault.
    code = (
        "import sys; before = set(sys.modules)\n"
        "from briefing.records import reader\n"
        "print({'yaml', 'tomllib', 'rapidfuzz', 'pycountry'} & (set(sys.modules) - before))\n"
        "assert reader.read_text(b'kind: person\\ntitle: A\\n', 'a.yaml', reader.LibraryInfo()).records\n"
        "print({'rapidfuzz', 'pycountry', 'edtf', 'pydantic'} & (set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("set()\nset()\n", "")


def test_the_defaults_of_the_tests_are_those_of_a_library() -> None:
    assert read_library_file(b"briefing: 1\nmarking: TLP:CLEAR\n", "library.yaml", "Library").info == INFO
