from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.claims import Claim, Evidence
from briefing.records.dates import parse_date

CLAIMS = st.builds(
    Claim,
    text=st.text(min_size=1),
    id=st.sampled_from(["", "one"]),
    source=st.sampled_from(["", "article"]),
    at=st.sampled_from([None, (1, 1), (3, 4)]),
    quote=st.text(max_size=5),
    basis=st.sampled_from(["", "fact"]),
    about=st.lists(st.sampled_from(["india", "korea"])).map(tuple),
    as_of=st.sampled_from([None, parse_date("2023-12~"), parse_date("2024-Q1")]),
    marking=st.sampled_from(["", "TLP:RED"]),
    line=st.integers(0, 100),
    column=st.integers(0, 100),
)


@given(CLAIMS)
def test_a_claim_survives_the_way_through_plain_values(claim: Claim) -> None:
    again = Claim.from_dict(claim.to_dict())
    assert again == claim
    assert again.hash == claim.hash


@given(CLAIMS, st.integers(0, 9), st.integers(0, 9))
def test_where_a_claim_stands_is_no_part_of_what_it_is(claim: Claim, line: int, column: int) -> None:
    moved = Claim.from_dict({**claim.to_dict(), "line": line, "column": column})
    assert (moved.id, moved.hash) == (claim.id, claim.hash)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Other."},
        {"source": "b"},
        {"at": (1, 3)},
        {"quote": "x"},
        {"basis": "fact"},
        {"likelihood": "likely"},
        {"confidence": "low"},
        {"about": ("india",)},
        {"as_of": "2023"},
        {"marking": "TLP:RED"},
    ],
)
def test_a_claim_that_says_anything_else_is_another(change: dict[str, object]) -> None:
    claim = {"text": "It meets.", "source": "a", "at": (1, 2), "as_of": "2022"}
    one, other = Claim.from_dict(claim), Claim.from_dict({**claim, **change})
    assert Claim.from_dict(claim).id == one.id
    assert one.id != other.id
    assert one.hash != other.hash


def test_a_given_id_is_kept_and_is_part_of_the_hash() -> None:
    one, other = Claim("It meets.", id="one"), Claim("It meets.", id="other")
    assert one.id == "one"
    assert one.hash != other.hash


def test_the_id_and_the_hash_of_a_claim_are_the_same_in_every_version() -> None:
    # Reviews and printed pages name them: a change here breaks what others have written down.
    claim = Claim("It meets.", source="article", at=(3, 4), as_of=parse_date("2023-12"))
    content = '"as_of":"2023-12","at":[3,4],%s"source":"article","text":"It meets."'
    assert claim.id == "c-" + hashlib.sha256(f"{{{content % ''}}}".encode()).hexdigest()[:12]
    assert claim.id == "c-a752d9818ab1"
    with_id = content % f'"id":"{claim.id}",'
    assert claim.hash == hashlib.sha256(f"{{{with_id}}}".encode()).hexdigest()


@pytest.mark.parametrize(("at", "shown"), [(None, ""), ((3, 3), "3"), ((3, 4), "3-4")])
def test_paragraphs_are_shown_as_they_are_typed(at: tuple[int, int] | None, shown: str) -> None:
    assert Claim("x", at=at).paragraphs == shown


def test_no_evidence_state_says_that_a_claim_is_true() -> None:
    for state in Evidence:
        assert state.words
        assert not any(word in state.words for word in ("true", "verified", "proved"))
