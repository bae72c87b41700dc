"""YAML to read in the tests of the reader, and short ways to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.records.reader import LibraryInfo, Reading, read_text

if TYPE_CHECKING:
    from briefing.records.problems import Problem
    from briefing.records.record import Record

DIALOGUE = """\
kind: dialogue
title: India–South Korea–US technology dialogue
aliases: [Trilateral technology dialogue, 한미인 기술대화]
summary: Washington, Seoul and New Delhi mean to open an informal three-way channel.
members: [india, south-korea, united-states]
format: trilateral
level: official
status: planned
announced: 2023-12-08
next_due: 2024-Q1
grew_out_of: us-korea-cet-dialogue
technologies:
  - semiconductors
  - critical-and-emerging-technology
as_of: "2023-12"
marking: TLP:GREEN
tags: [trilateral]
claims:
  - text: The three governments plan a first round in the first quarter of 2024.
    source: trilateral-article
    at: 1
    quote: first quarter of 2024
    basis: reported
    about: [india, semiconductors]
    as_of: "2023-12"
    marking: TLP:GREEN
  - id: answers-china
    text: It answers the pace of progress in critical technologies.
    source: trilateral-article
    at: 3-4
body: |
  The plan came out of [[us-korea-cet-dialogue|the first round]] in Seoul.
"""

COUNTRY = "kind: country\ntitle: India\n"

INFO = LibraryInfo(title="Library", marking="TLP:CLEAR")


def read(text: str | bytes, file: str = "india.yaml", info: LibraryInfo = INFO) -> Reading:
    """Read the text of a file."""
    return read_text(text if isinstance(text, bytes) else text.encode(), file, info)


def record_in(text: str | bytes, file: str = "india.yaml", info: LibraryInfo = INFO) -> Record:
    """Return the one record of a file that has no problems."""
    reading = read(text, file, info)
    assert reading.problems == ()
    (record,) = reading.records
    return record


def problem_in(text: str | bytes, file: str = "india.yaml", info: LibraryInfo = INFO) -> Problem:
    """Return the one error of a file that no record can be had from."""
    reading = read(text, file, info)
    assert reading.records == ()
    (problem,) = reading.problems
    assert problem.severity == "error"
    assert problem.file == file
    return problem


def warning_in(text: str, file: str = "india.yaml", info: LibraryInfo = INFO) -> Problem:
    """Return the one warning of a file whose record can be used all the same."""
    reading = read(text, file, info)
    assert len(reading.records) == 1
    (problem,) = reading.problems
    assert problem.severity == "warning"
    return problem


def place(problem: Problem) -> tuple[int, int]:
    """Return the line and the column of a problem."""
    return problem.line, problem.column
