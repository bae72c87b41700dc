"""Pages that hold no more than so many parts: what does not fit is in the annex, and nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.printing import pages
from briefing.printing.order import Order, document_for
from briefing.printing.typeset import Typesetter
from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.record import Record, Section
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "reconciliation "


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


def flat(text: str) -> str:
    """Return a PDF's text without what lines and hyphens do to it."""
    return "".join(re.sub("[\u00ad\ufffe\x02-]", "", text).split())


class Print(NamedTuple):
    """The text of each page, and on which page each annex begins, counted from 0."""

    texts: list[str]
    annexes: list[int]


def printed(typesetter: Typesetter, template: str, *records: Record) -> Print:
    library = as_library(FakeLibrary([ARTICLE, *records]))
    document = document_for(Order(tuple(record.id for record in records), template), library)
    result = typesetter.printed(document)
    assert result.archival
    texts = [flat(pages.text(result.pdf, number)) for number in range(pages.page_count(result.pdf))]
    return Print(texts, [entry.page for entry in pages.outline(result.pdf) if entry.title == "Annex"])


@st.composite
def sections(draw: st.DrawFn, mark: str) -> Section:
    """Make a section in which every paragraph, item and claim begins with a word that is nowhere else."""
    words = st.integers(0, 60).map(lambda count: WORD * count)
    paragraphs = [f"{mark}p{number} {draw(words)}" for number in range(draw(st.integers(0, 4)))]
    items = [f"- {mark}i{number} {draw(words)}" for number in range(draw(st.integers(0, 4)))]
    rows = [f"| {mark}r{number} | {draw(words)} |" for number in range(draw(st.integers(0, 4)))]
    table = ["| a | b |\n|---|---|\n" + "\n".join(rows)] if rows else []
    claims = tuple(
        Claim(
            f"{mark}c{number} {draw(words)}",
            source="article",
            quote=f"{mark}q{number} {draw(words)}",
            basis=draw(st.sampled_from(["", "reported", "assessment"])),
        )
        for number in range(draw(st.integers(0, 12)))
    )
    return Section(
        f"S{mark}h " + WORD * draw(st.integers(0, 12)),
        draw(st.sampled_from(["", "key-messages", "background", "recommendation", "points"])),
        "\n\n".join([*paragraphs, "\n".join(items), *table]),
        claims,
        priority=draw(st.integers(1, 9)),
    )


@st.composite
def notes(draw: st.DrawFn) -> Record:
    made = [draw(sections(f"x{chr(97 + number)}")) for number in range(draw(st.integers(0, 7)))]
    few = st.integers(0, 120)
    return Record(
        "n",
        "note",
        "Title " + WORD * draw(st.integers(0, 60)),
        summary="sum " * bool(count := draw(few)) + WORD * count,
        values={
            "action": "act " + WORD * draw(few),
            "critical_date": parse_date("2024-Q1"),
            "for": ("Minister", WORD * draw(few)),
        },
        sections=tuple(made),
        marking="TLP:AMBER+STRICT",
    )


def marks(record: Record) -> set[str]:
    """Return the words that must be somewhere in the print."""
    texts = [text for section in record.sections for text in (section.heading, section.body)]
    texts += [text for claim in record.all_claims() for text in (claim.text, claim.quote)]
    return {word for text in texts for word in text.split() if word.strip("S")[:1] == "x"}


@pytest.mark.parametrize(("template", "most"), [("one-page-brief", 1), ("information-memo", 2)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=notes())
def test_a_page_budget_is_kept_and_nothing_is_lost(
    typesetter: Typesetter, template: str, most: int, record: Record
) -> None:
    texts, annexes = printed(typesetter, template, record)
    whole = "".join(texts)
    (before,) = annexes or (len(texts),)
    assert before <= most
    assert not annexes or f"Annex,page{before + 1}:" in texts[before - 1]
    assert [mark for mark in marks(record) if mark not in whole] == []
    everything = (record.title, record.summary, record.text("action"), *record.texts("for"))
    words = sum(text.count(WORD.strip()) for text in everything)
    words += sum(text.count(WORD.strip()) for each in record.sections for text in (each.heading, each.body))
    words += sum(text.count(WORD.strip()) for claim in record.all_claims() for text in (claim.text, claim.quote))
    assert whole.count(WORD.strip()) >= words
