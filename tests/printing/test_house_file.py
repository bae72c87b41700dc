from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefing.errors import PrintError
from briefing.printing import pages
from briefing.printing.fonts import family_of
from briefing.printing.house_file import house_in
from briefing.printing.order import Order, document_for, paper_for
from briefing.printing.typeset import Typesetter
from briefing.records.house import House
from tests.document.fake_library import as_library
from tests.document.sample import TALKS, sample_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.library.library import Library
    from briefing.records.claims import Claim

HOUSE = House(name="Centre for Talks", header="Asia Desk", footer="Not for onward distribution", accent="#7A1F2B")


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


def with_claim(claim: Claim) -> Library:
    """Return the sample in which the talks make that claim alone."""
    library = sample_library()
    library.records[library.records.index(TALKS)] = replace(TALKS, claims=(claim,))
    return as_library(library)


def test_name_head_and_foot_stand_on_every_page(typesetter: Typesetter) -> None:
    document = document_for(Order(("talks",), house=HOUSE), as_library(sample_library()))
    printed = typesetter.printed(document, house=HOUSE)
    assert printed.archival
    assert pages.page_count(printed.pdf) > 1
    for page in range(pages.page_count(printed.pdf)):
        text = pages.text(printed.pdf, page)
        for words in ("Centre for Talks", "Asia Desk", "Not for onward distribution"):
            assert words in text


def test_the_text_of_a_house_is_text(typesetter: Typesetter) -> None:
    house = replace(HOUSE, name="#panic() [*x*] $y$", footer="<b>\\ @label")
    document = document_for(Order(("talks",), house=house), as_library(sample_library()))
    text = pages.text(typesetter.pdf(document, house=house), 0)
    assert "#panic() [*x*] $y$" in text
    assert "<b>\\ @label" in text


def test_a_font_that_is_not_there_is_told_and_the_page_set_all_the_same(typesetter: Typesetter) -> None:
    document = document_for(Order(("talks",)), as_library(sample_library()))
    printed = typesetter.printed(document, house=replace(HOUSE, font="No Such Face"))
    assert printed.notes == ("No font “No Such Face” is on this machine: the text is in Libertinus Serif.",)
    assert printed.archival


def test_a_font_is_found_whatever_its_case() -> None:
    assert family_of(" noto serif", {"Noto Serif", "Noto Sans"}) == "Noto Serif"
    assert family_of("Noto", {"Noto Serif"}) == ""


def test_words_of_likelihood_are_explained_by_the_houses_yardstick() -> None:
    claim = replace(TALKS.claims[0], id="odds", text="A round is likely.", basis="assessment", likelihood="likely")
    library = with_claim(claim)
    plain = document_for(Order(("talks",)), library)
    explained = document_for(Order(("talks",), house=House(yardstick="phia")), library)
    assert explained.blocks[: len(plain.blocks)] == plain.blocks
    assert "55–75 %" in str(explained.blocks[len(plain.blocks) :])
    assert explained.remarks == ()


def test_a_word_that_the_houses_yardstick_does_not_have_is_told() -> None:
    claim = replace(TALKS.claims[0], id="odds", basis="assessment", likelihood="probable")
    document = document_for(Order(("talks",), house=House(yardstick="phia")), with_claim(claim))
    assert document.remarks == ("The house's yardstick phia has no `probable`.",)


def test_without_words_of_likelihood_nothing_is_explained() -> None:
    library = as_library(sample_library())
    assert document_for(Order(("icet",), house=House(yardstick="phia")), library) == document_for(
        Order(("icet",)), library
    )


def test_the_paper_is_the_one_asked_for_else_the_houses_else_a4() -> None:
    assert paper_for("a4", House(paper="letter")) == "a4"
    assert paper_for("", House(paper="letter")) == "letter"
    assert paper_for("", None) == "a4"


def test_a_file_with_faults_gives_each_its_line_and_no_house(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text("house: 1\nnam: x\npaper: a5\n", encoding="utf-8")
    house, faults = house_in(file)
    assert house is None
    assert [fault.removeprefix(str(file)).split(" ")[0] for fault in faults] == [":2:1:", ":3:8:"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="The house style cannot be read"):
        house_in(tmp_path / "none.yaml")
