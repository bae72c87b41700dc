"""What may be named after `briefing`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.target import LONGEST, Target
from briefing.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_its_library_file_and_their_addresses_are_one(tmp_path: Path) -> None:
    folder = tmp_path / "my notes"
    folder.mkdir()
    file = folder / "library.yaml"
    file.touch()
    for named in (str(folder), str(file), folder.as_uri(), file.as_uri(), f"file://localhost{quote(str(folder))}"):
        assert Target.parse(named) == Target(folder), named
    assert Target.parse(str(folder / "gone" / "library.yaml")).folder == folder / "gone" / "library.yaml"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("briefing:icet", Target(record="icet")),
        ("Briefing://icet/", Target(record="icet")),
        ("briefing:?q=kind:event%20%22next%20generation%22", Target(query='kind:event "next generation"')),
        ("briefing://?q=a+b&x=1", Target(query="a b")),
        ("briefing:?q=%ED%95%9C%EA%B5%AD%0A%1B", Target(query="한국")),
        ("briefing:", Target()),
    ],
)
def test_an_address_names_a_record_or_a_search(address: str, target: Target) -> None:
    assert Target.parse(address) == target
    assert Target.parse(str(target)) == target


@pytest.mark.parametrize(
    "address",
    [
        "briefing:../../etc/passwd",
        "briefing:a b",
        "briefing:?x=1",
        "briefing:?q=",
        "briefing:icet?q=x",
        "briefing:%00",
        "file://elsewhere/notes",
        "briefing:?q=" + "x" * LONGEST,
    ],
)
def test_an_address_that_leads_nowhere_is_answered_with_a_sentence(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        Target.parse(address)
    assert len(str(caught.value)) < 400


@given(st.text(max_size=60).map(lambda text: f"briefing:{text}"))
def test_an_address_never_opens_a_folder(address: str) -> None:
    try:
        target = Target.parse(address)
    except UsageError:
        return
    assert target.folder is None
    assert Target.parse(str(target)) == target
