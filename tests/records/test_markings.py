from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import EnvironmentFault
from briefing.records import markings
from briefing.resources import resource
from tests.records.record_texts import COUNTRY, problem_in, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TLP = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")

HOUSE = """\
name = "House"
[[marking]]
label = "OPEN"
colour = "#000000"
background = "#FFFFFF"
[[marking]]
label = "CLOSED"
colour = "#FFFFFF"
background = "#000000"
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house has put a scheme of its own beside TLP."""
    shipped = resource("markings", "tlp-2.0.toml")
    (tmp_path / "tlp-2.0.toml").write_bytes(shipped.read_bytes())
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    monkeypatch.setattr("briefing.records.markings.resource", lambda *parts: tmp_path)
    markings.schemes.cache_clear()
    markings._table.cache_clear()
    yield
    monkeypatch.undo()
    markings.schemes.cache_clear()
    markings._table.cache_clear()


def test_tlp_has_five_markings_from_the_least_to_the_most_restricted() -> None:
    assert markings.all_markings() == TLP
    assert [markings.rank(marking) for marking in TLP] == [0, 1, 2, 3, 4]
    assert [scheme.name for scheme in markings.schemes()] == ["TLP 2.0"]


@given(st.lists(st.sampled_from(["", *TLP])))
def test_the_highest_marking_does_not_hang_on_their_order(several: list[str]) -> None:
    shuffled = random.Random(0).sample(several, len(several))
    top = markings.highest(several)
    assert markings.highest(shuffled) == top
    assert top in {"", *several}
    assert all(markings.rank(marking) <= markings.rank(top) for marking in several if marking)


def test_of_no_markings_none_is_the_highest() -> None:
    assert markings.highest([]) == ""
    assert markings.highest(["", ""]) == ""


def test_a_marking_has_the_colours_of_the_standard() -> None:
    assert [markings.colour(marking) for marking in TLP] == [
        ("#FFFFFF", "#000000"),
        ("#33FF00", "#000000"),
        ("#FFC000", "#000000"),
        ("#FFC000", "#000000"),
        ("#FF2B2B", "#000000"),
    ]


def test_every_marking_says_what_it_means() -> None:
    for marking in TLP:
        assert markings.meaning(marking).endswith(".")


def test_a_marking_is_known_only_exactly_so_written() -> None:
    assert all(markings.known(marking) for marking in TLP)
    assert not any(markings.known(text) for text in ("", "tlp:red", "TLP:WHITE", "TLP: RED", "RED"))


@pytest.mark.parametrize("ask", [markings.rank, markings.colour, markings.meaning, markings.scheme_of])
def test_an_unknown_marking_has_no_rank_colour_meaning_or_scheme(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(KeyError, match="SECRET"):
        ask("SECRET")
    with pytest.raises(KeyError, match="SECRET"):
        markings.highest(["TLP:RED", "SECRET"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tlp:red", "TLP:RED"),
        ("TLP: AMBER", "TLP:AMBER"),
        ("amber+strict", "TLP:AMBER+STRICT"),
        ("TLP:AMBER  strict", "TLP:AMBER+STRICT"),
        ("TLP:WHITE", "TLP:CLEAR"),
        ("secret", ""),
    ],
)
def test_a_marking_that_is_written_another_way_is_corrected(typed: str, meant: str) -> None:
    assert markings.correction(typed) == meant


@pytest.mark.usefixtures("house")
def test_a_house_adds_a_scheme_by_a_file() -> None:
    assert markings.all_markings() == ("OPEN", "CLOSED", *TLP)
    assert markings.rank("CLOSED") == 1
    assert markings.highest(["OPEN", "CLOSED", ""]) == "CLOSED"
    assert read(COUNTRY + "marking: CLOSED\n").records[0].marking == "CLOSED"


@pytest.mark.usefixtures("house")
def test_no_order_is_assumed_between_two_schemes() -> None:
    with pytest.raises(ValueError, match="CLOSED and TLP:RED are of different marking schemes"):
        markings.highest(["TLP:RED", "CLOSED"])


@pytest.mark.usefixtures("house")
def test_a_record_has_markings_of_one_scheme() -> None:
    problem = problem_in(COUNTRY + "claims:\n  - {text: x, marking: CLOSED}\n")
    assert (problem.code, problem.line) == ("mixed-schemes", 1)
    assert "`TLP:CLEAR` or `CLOSED`" in problem.message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (HOUSE.replace('label = "OPEN"\n', ""), "The marking scheme lacks 'label'"),
        (HOUSE.replace('name = "House"', ""), "The marking scheme lacks 'name'"),
        ("name = ", "The marking scheme is not of the form that it must have"),
        ("name = 'x'\nmarking = 1", "The marking scheme is not of the form that it must have"),
        ("name = 'x'\nmarking = [1]", "The marking scheme is not of the form that it must have"),
        ("name = 'x'\n[[marking]]\nlabel='a'\ncolour='#000000'\nbackground='#000000'\nformerly=1", "not of the form"),
        (HOUSE.replace("CLOSED", "OPEN"), "The marking scheme has a label twice"),
        (HOUSE.replace("CLOSED", ""), "The marking scheme has a label twice, or an empty one"),
        (HOUSE.replace("#FFFFFF", "white"), "The colours of OPEN are not of the form #RRGGBB"),
    ],
)
def test_a_scheme_of_the_wrong_form_says_what_is_wrong_and_where(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "house.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentFault) as caught:
        markings.load_scheme(path)
    assert what in caught.value.what
    assert caught.value.where == str(path)
    assert caught.value.mend


def test_a_scheme_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="No such file"):
        markings.load_scheme(tmp_path / "absent.toml")
