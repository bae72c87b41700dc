from __future__ import annotations

from typing import Any

from briefing.document.blocks import Heading, Table, Text
from briefing.document.members import members
from briefing.document.names import Names
from briefing.document.words import bare
from briefing.records.record import Record
from tests.document.fake_library import FakeLibrary, as_library

COUNTRIES = [Record(name, "country", name.upper()) for name in ("in", "kr", "us")]


def dialogue(name: str, *of: str, **values: Any) -> Record:
    return Record(name, "dialogue", name.title(), values={"members": of, **values})


def table(record: Record, *others: Record) -> tuple[list[list[str]], frozenset[str]]:
    library = as_library(FakeLibrary([record, *COUNTRIES, *others]))
    blocks, shown = members(record, library, Names(library))
    if not blocks:
        return [], shown
    heading, block = blocks
    assert heading == Heading(2, (Text("Members"),))
    assert isinstance(block, Table)
    return [[bare(cell) for cell in row] for row in (block.head, *block.rows)], shown


def test_the_table_says_who_leads_for_whom_and_what_members_share() -> None:
    council = Record("nsc", "organisation", "Council", values={"country": "us"})
    rows, shown = table(
        dialogue("talks", "in", "kr", "us", led_by=("nsc",)),
        council,
        dialogue("icet", "in", "us"),
        dialogue("quad", "in", "jp"),
        Record("club", "organisation", "Club", values={"members": ("in", "kr")}),
    )
    assert rows == [
        ["Country", "Led by", "Already linked through"],
        ["IN", "—", "Icet"],
        ["KR", "—", "—"],
        ["US", "Council", "Icet"],
    ]
    assert shown == {"members", "led_by"}


def test_a_leader_who_serves_no_member_stays_a_fact() -> None:
    rows, shown = table(dialogue("talks", "in", led_by=("stranger", "in")))
    assert rows == [["Country", "Led by"], ["IN", "IN"]]
    assert shown == {"members"}


def test_columns_that_would_be_empty_are_left_out() -> None:
    rows, shown = table(dialogue("talks", "in", "kr"))
    assert rows == [["Country"], ["IN"], ["KR"]]
    assert shown == {"members", "led_by"}


def test_members_that_are_not_all_countries_are_called_members() -> None:
    rows, _ = table(dialogue("talks", "in", "eu"), Record("eu", "organisation", "Union"))
    assert rows[0] == ["Member"]


def test_other_kinds_and_crowds_have_no_table() -> None:
    assert table(Record("club", "organisation", "Club", values={"members": ("in",)})) == ([], frozenset())
    assert table(dialogue("empty")) == ([], frozenset())
    assert table(dialogue("crowd", *(f"m{number}" for number in range(41)))) == ([], frozenset())
