from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.document.attachment import as_yaml, own_text, record_file
from briefing.records.reader import LibraryInfo, read_text
from briefing.records.record import Record
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import RECORDS

SEVERAL = "# first\nid: a\nkind: country\n--- # second\nid: b\nbody: |\n  x\n...\n---\nid: c\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (1, "# first\nid: a\nkind: country\n"),
        (2, "# first\nid: a\nkind: country\n"),
        (4, "id: b\nbody: |\n  x\n"),
        (5, "id: b\nbody: |\n  x\n"),
        (10, "id: c\n"),
        (11, ""),
    ],
)
def test_a_record_is_cut_out_of_its_file(line: int, text: str) -> None:
    assert own_text(Record("r", "country", "R", line=line), SEVERAL) == text


def test_a_record_travels_as_its_author_typed_it() -> None:
    record = Record("r", "country", "R", file="r.yaml")
    library = FakeLibrary([record], files={"r.yaml": "title: R # mine\nkind: country\n"})
    attached = record_file(record, as_library(library))
    assert attached.name == "r.yaml"
    assert attached.data == b"title: R # mine\nkind: country\n"
    assert attached.description == "The record “R” as it was printed"


def test_a_record_whose_file_is_broken_or_gone_is_written_anew() -> None:
    record = Record("r", "country", "R", file="r.yaml")
    anew = b'id: "r"\nkind: "country"\ntitle: "R"\n'
    assert record_file(record, as_library(FakeLibrary([record], files={"r.yaml": "["}, stale={"r"}))).data == anew
    assert record_file(record, as_library(FakeLibrary([record]))).data == anew
    assert record_file(record, as_library(FakeLibrary([], files={"r.yaml": "x: y"}))).data == anew


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_record_that_is_written_anew_reads_as_the_same(record: Record) -> None:
    reading = read_text(as_yaml(record).encode(), f"{record.id}.yaml", LibraryInfo(language="en", marking="TLP:CLEAR"))
    (read,) = reading.records
    bare = [
        replace(
            each,
            file="",
            line=1,
            language=each.language or "en",
            claims=tuple(replace(claim, line=0, column=0) for claim in each.claims),
            sections=tuple(
                replace(section, claims=tuple(replace(claim, line=0, column=0) for claim in section.claims))
                for section in each.sections
            ),
        )
        for each in (record, read)
    ]
    assert bare[0] == bare[1]
