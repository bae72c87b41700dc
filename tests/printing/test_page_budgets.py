"""Pages that hold no more than so many parts: what does not fit is in the annex, and nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.document.templates import suiting
from briefing.printing import pages
from briefing.printing.order import Order, document_for
from briefing.printing.typeset import Typesetter
from briefing.records.claims import Claim
from briefing.records.dates import parse_date
from briefing.records.record import Record, Section
from tests.document.fake_library import FakeLibrary, as_library
from tests.document.sample import ARTICLE
from tests.document.test_papers import LIBRARY, VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.printing.order import Paper

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
    words = st.integers(0, 60).map(lambda count: WORD * count) | st.just("y" * 200)
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
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=1, max_size=12))
def test_a_question_and_its_answer_are_never_split(typesetter: Typesetter, sizes: list[tuple[int, int, int]]) -> None:
    made = [
        Section(
            f"xq{number}e?",
            "question",
            line=f"xl{number}e {WORD * line}",
            if_pressed=f"xp{number}e {WORD * pressed}",
            claims=tuple(Claim(f"xc{number}e", source="article", quote=f"xs{number}e") for _ in range(claims // 10)),
        )
        for number, (line, pressed, claims) in enumerate(sizes)
    ]
    record = Record("n", "note", "Title", sections=tuple(made))
    texts, _ = printed(typesetter, "question-and-answer", record)
    for number, (*_, claims) in enumerate(sizes):
        words = [f"x{part}{number}e" for part in ("qlpcs" if claims >= 10 else "qlp")]
        assert [text for text in texts if all(word in text for word in words)]
        assert sum(words[0] in text for text in texts) == 1
        assert f"{number + 1}." in "".join(texts)


def test_a_question_that_is_longer_than_a_page_breaks(typesetter: Typesetter) -> None:
    long = Section("Long?", "question", line=WORD * 2000, claims=(Claim("xc", source="article", quote="xs"),))
    texts, _ = printed(typesetter, "question-and-answer", Record("n", "note", "Title", sections=(long, long)))
    assert "".join(texts).count(WORD.strip()) == 4000
    assert texts[0].count(WORD.strip()) > 50


def test_each_of_several_records_has_a_budget_of_its_own(typesetter: Typesetter) -> None:
    long = Section("Key", "key-messages", "\n\n".join(f"x{number}e {WORD * 30}" for number in range(40)))
    records = [Record(name, "note", f"Title {name}", sections=(long,)) for name in "abc"]
    texts, annexes = printed(typesetter, "one-page-brief", *records)
    begins = [number for number, text in enumerate(texts) if "Onepagebrief" in text]
    assert annexes == [begin + 1 for begin in begins]
    assert len(begins) == 3
    for begin, end in zip(begins, [*begins[1:], len(texts)], strict=True):
        whole = "".join(texts[begin:end])
        assert f"Annex,page{begin + 2}:Key" in texts[begin]
        assert all(f"x{number}e" in whole for number in range(40))


def test_what_leaves_the_page_first_is_what_says_so(typesetter: Typesetter) -> None:
    filling = "\n\n".join([WORD * 30] * 2)
    made = [Section(f"xh{number}e", "", filling, priority=number) for number in (9, 1, 5, 3, 5)]
    texts, (annex,) = printed(typesetter, "one-page-brief", Record("n", "note", "Title", sections=tuple(made)))
    front, behind = texts[0].partition("Annex,page2:")[::2]
    assert annex == 1
    assert "xh1e" in front
    assert "xh3e" in front
    assert "xh9e" not in front
    assert behind.startswith("xh9e")


def test_points_to_make_have_a_page_of_their_own(typesetter: Typesetter) -> None:
    made = [Section(f"xh{role}", role, "Text.") for role in ("background", "points", "objectives")]
    texts, _ = printed(typesetter, "visit-brief", Record("n", "note", "Title", sections=tuple(made)))
    assert ["xhobjectives" in texts[0], "xhpoints" in texts[1], "xhbackground" in texts[2]] == [True] * 3
    assert "xhbackground" not in texts[1]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("template", [each.name for each in suiting(VISIT)])
def test_a_template_has_marking_title_date_and_number_on_each_page_and_gives_the_same_bytes(
    typesetter: Typesetter, template: str, paper: Paper
) -> None:
    document = document_for(Order(("visit",), template), LIBRARY)
    first, again = (typesetter.printed(document, paper=paper) for _ in range(2))
    assert first.archival
    assert first.pdf == again.pdf
    count = pages.page_count(first.pdf)
    for number in range(count):
        text = flat(pages.text(first.pdf, number))
        assert text.count("TLP:GREEN") >= 2
        assert "VisittoNewDelhi" in text
        assert f"asofJanuary2024·page{number + 1}of{count}" in text
    assert pages.outline(first.pdf)[0].title == "Visit to New Delhi"


def test_what_went_to_the_annex_is_told(typesetter: Typesetter) -> None:
    def note(name: str, parts: int) -> Record:
        sections = tuple(Section(f"Part {number} of {name}", body=WORD * 150) for number in range(parts))
        return Record(name, "note", name.title(), sections=sections)

    library = as_library(FakeLibrary([note("long", 6), note("short", 1)]))
    report = typesetter.printed(document_for(Order(("long", "short"), "one-page-brief"), library)).report
    assert (report["records"], report["pages"]) == (2, 2)
    assert report["annex"][-1] == "Part 5 of long"
    assert not any("short" in name for name in report["annex"])
    assert typesetter.printed(document_for(Order(("short",)), library)).report == {}
