from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.app.saved_file import LONGEST_NAME, LONGEST_QUERY, Shared, read_searches, write_searches
from briefing.errors import SavedFileError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "saved-searches: 1\nsearches:\n"
LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(str.lstrip)


def test_searches_are_written_as_one_can_type_them(tmp_path: Path) -> None:
    path = tmp_path / "searches.yaml"
    write_searches(
        path, [Shared("Quads", 'dialogue:quad "next generation" '), Shared("한국", "-china", everywhere=True)]
    )
    assert path.read_text("utf-8") == (
        "saved-searches: 1\n"
        "searches:\n"
        '  - name: "Quads"\n'
        '    query: "dialogue:quad \\"next generation\\" "\n'
        '  - name: "한국"\n'
        '    query: "-china"\n'
        "    every-library: true\n"
    )


@given(
    st.lists(
        st.builds(
            Shared,
            LINES.filter(str.strip).map(lambda text: text[:LONGEST_NAME]),
            LINES.filter(str.strip).map(lambda text: text[:LONGEST_QUERY]),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, searches: list[Shared]) -> None:
    path = tmp_path_factory.mktemp("files") / "searches.yaml"
    write_searches(path, searches)
    assert read_searches(path) == tuple(searches)


def test_what_a_hand_wrote_is_read(tmp_path: Path) -> None:
    path = tmp_path / "searches.yaml"
    path.write_text(
        "# ours\nsaved-searches: 1\nsearches:\n  - {name: Yes, query: NO}\n"
        "  - name: Long\n    query: >-\n      in:title\n"
        "      6G\n    every-library: false\n",
        "utf-8",
    )
    assert read_searches(path) == (Shared("Yes", "NO"), Shared("Long", "in:title 6G"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": This is no file of saved searches. Begin it with a line `saved-searches: 1`."),
        ("kind: country\ntitle: India\n", ":1:1: This is no file of saved searches."),
        ("saved-searches: 2\nsearches: []\n", ":1:17: The file is not of format 1, which this program reads. Read"),
        ("saved-searches: 1\n", ":1:1: The file has no list of searches."),
        ("saved-searches: 1\nsearches: 5\n", ":2:11: The file has no list of searches."),
        (f"{HEAD}  - trilateral\n", ":3:5: This is no search. Write `name:` and `query:`"),
        (f"{HEAD}  - name: X\n", ":3:5: A search needs a query. Write `query:`"),
        (f"{HEAD}  - name:\n    query: x\n", ": A search needs a name."),
        (f"{HEAD}  - name: [a]\n    query: x\n", ":3:11: The name of a search is a text."),
        (f"{HEAD}  - name: a\n    query: x\n    colour: red\n", ":5:5: A search has no “colour”. It has `name`"),
        (f"{HEAD}  - name: a\n    query: x\n    every-library: yes\n", ":5:20: `every-library` is true or false."),
        (f"{HEAD}  - name: {'a' * 201}\n    query: x\n", ":3:11: A name has more than 200 characters. Shorten it."),
        (f"{HEAD}  - name: &x a\n    query: *x\n", ":3:11: An anchor is used"),
        (
            f"{HEAD}  - name: a\n    name: b\n",
            ":4:5: The field “name” stands in line 3 already. Leave one of them out.",
        ),
        (f"{HEAD}  - name: [\n", "searches.yaml:"),
        ("[" * 100_000, ":1:33: The file is nested deeper than 32 levels."),
        ("\0", ":1:1: The file holds"),
    ],
)
def test_a_bad_file_gets_one_sentence_with_place_and_mend(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "searches.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SavedFileError) as fault:
        read_searches(path)
    assert str(fault.value).startswith(str(path))
    assert said in str(fault.value)
    assert fault.value.mend


def test_a_file_that_is_not_there_or_not_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(SavedFileError, match="cannot be read: No such file"):
        read_searches(tmp_path / "nowhere.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\0")
    with pytest.raises(SavedFileError, match="not UTF-8"):
        read_searches(tmp_path / "binary.yaml")
    (tmp_path / "huge.yaml").write_bytes(b"#" * (1 << 21))
    with pytest.raises(SavedFileError, match="larger than 1 MiB"):
        read_searches(tmp_path / "huge.yaml")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    there = tmp_path / "folder.yaml"
    there.mkdir()
    with pytest.raises(SavedFileError, match="were not written"):
        write_searches(there, [Shared("a", "b")])
    assert [each.name for each in tmp_path.iterdir()] == ["folder.yaml"]
    with pytest.raises(SavedFileError, match="were not written"):
        write_searches(tmp_path / "nowhere" / "x.yaml", [Shared("a", "b")])
