from __future__ import annotations

import jsonschema  # type: ignore[import-untyped]  # it comes with check-jsonschema, and has no stubs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.dates import parse_date
from briefing.records.dossier import (
    Dossier,
    HeadingEntry,
    RecordEntry,
    SearchEntry,
    dossier_text,
    read_dossier,
)
from briefing.records.schema import json_schema

WHOLE = b"""\
dossier: 1
title: Technology dialogues
subtitle: For the visit to Seoul
for: [Minister, Permanent Secretary]
from: Asia Desk
date: 2024-Q1
marking: TLP:GREEN
template: dossier
paper: letter
entries:
  - heading: Talks of three
  - record: talks
    called: Technology talks of three
  - query: 'kind:dialogue country:india'
  - record: icet
"""

ENTRIES = (
    HeadingEntry("Talks of three"),
    RecordEntry("talks", "Technology talks of three"),
    SearchEntry("kind:dialogue country:india"),
    RecordEntry("icet"),
)


def test_a_whole_dossier_is_read() -> None:
    dossier, problems = read_dossier(WHOLE, "d.yaml")
    assert problems == ()
    assert dossier == Dossier(
        title="Technology dialogues",
        subtitle="For the visit to Seoul",
        for_=("Minister", "Permanent Secretary"),
        from_=("Asia Desk",),
        date=parse_date("2024-Q1"),
        marking="TLP:GREEN",
        template="dossier",
        paper="letter",
        entries=ENTRIES,
    )
    assert dossier.record_ids() == ("talks", "icet")


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "said"),
    [
        ("dossier: 1\ntitel: x", 2, 1, "unknown-field", "Did you mean `title`?"),
        ("dossier: 1\nmarking: secret", 2, 10, "bad-marking", ""),
        ("dossier: 1\ntemplate: page", 2, 11, "bad-choice", ""),
        ("dossier: 1\ndate: 8.12.2023", 2, 7, "bad-date", ""),
        ("title: x", 1, 1, "missing-field", "Add `dossier:`. The version of the format: 1."),
        ("dossier: 2\nnew: x", 1, 10, "format-version", "Open it with a newer version of Briefing."),
        ("- talks", 1, 1, "not-a-dossier", "Write fields: `dossier: 1`, `title: …`, each on a line of its own."),
        ("", 1, 1, "not-a-dossier", "Write fields: `dossier: 1`, `title: …`, each on a line of its own."),
        ('dossier: 1\ntitle: "x', 2, 8, "unclosed-quote", ""),
        ("dossier: 1\nentries: [talks]", 2, 11, "wrong-shape", "Write it as `- record: …`."),
        ("dossier: 1\nentries:\n  - record: Not An Id", 3, 13, "bad-slug", ""),
        ("dossier: 1\nentries:\n  - recrd: talks", 3, 5, "unknown-field", "Did you mean `record`?"),
        (
            "dossier: 1\nentries:\n  - record: talks\n    query: x",
            3,
            5,
            "two-in-one-entry",
            "Make each an entry of its own, with a hyphen before it.",
        ),
        ("dossier: 1\nentries:\n  - called: x", 3, 5, "called-without-record", "Add `record:`, or leave it out."),
        (
            "dossier: 1\nentries:\n  - heading: ''",
            3,
            5,
            "empty-entry",
            "Write `heading:`, `record:` or `query:` in it, or leave it out.",
        ),
    ],
)
def test_a_fault_says_where_it_is_and_how_to_mend_it(text: str, line: int, column: int, code: str, said: str) -> None:
    reading = read_dossier(text.encode(), "d.yaml")
    assert reading.has_error
    problem = reading.problems[0]
    assert (problem.line, problem.column, problem.code) == (line, column, code)
    assert problem.mend == said or (not said and problem.mend)


def test_a_record_that_the_library_does_not_have_is_a_warning_and_stays() -> None:
    reading = read_dossier(WHOLE, "d.yaml", known=["icet"])
    assert not reading.has_error
    assert reading.dossier.entries == ENTRIES
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.code) == (12, 13, "unknown-record")
    assert problem.message == "The record “Technology talks of three” (talks) is not in the library."


def test_a_file_with_a_fault_keeps_what_can_be_read() -> None:
    dossier, _ = read_dossier(WHOLE + b"  - records: x\n", "d.yaml")
    assert dossier.entries == ENTRIES


# Text as a file gives it: on one line, with nothing in it that no text may hold.
characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
lines = st.text(characters, max_size=40).map(lambda text: " ".join(text.split()))
said = lines.filter(bool)
ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
entries = st.one_of(st.builds(HeadingEntry, said), st.builds(RecordEntry, ids, lines), st.builds(SearchEntry, said))
dossiers = st.builds(
    Dossier,
    title=lines,
    subtitle=lines,
    for_=st.lists(said, max_size=3).map(tuple),
    from_=st.lists(said, max_size=3).map(tuple),
    date=st.sampled_from([None, *map(parse_date, ("2023", "2024-Q1", "2023-12-08", "2023~", "2022/2023-08"))]),
    marking=st.sampled_from(["", "TLP:CLEAR", "TLP:AMBER+STRICT"]),
    template=st.sampled_from(["", "dossier", "record"]),
    paper=st.sampled_from(["", "a4", "letter"]),
    entries=st.lists(entries, max_size=6).map(tuple),
)


@given(dossiers)
def test_what_is_written_is_read_again(dossier: Dossier) -> None:
    text = dossier_text(dossier)
    reading = read_dossier(text.encode(), "d.yaml")
    assert reading.problems == ()
    assert reading.dossier == dossier
    assert dossier_text(reading.dossier) == text


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_makes_a_file_that_can_be_read(title: str, heading: str, query: str) -> None:
    dossier = Dossier(
        title, for_=(title,), entries=(HeadingEntry(heading), SearchEntry(query), RecordEntry("a", title))
    )
    text = dossier_text(dossier)
    reading = read_dossier(text.encode("utf-8", "replace"), "d.yaml")
    assert reading.problems == ()
    assert dossier_text(reading.dossier) == text


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_file_holds_nothing_is_raised(data: bytes) -> None:
    read_dossier(data, "d.yaml", known=())


def test_an_editor_is_told_what_a_dossier_may_hold() -> None:
    schema = json_schema("dossier")
    jsonschema.validate(yaml.safe_load(WHOLE), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"dossier": 1, "entries": [{"recrd": "talks"}]}, schema)
