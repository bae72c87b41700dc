from __future__ import annotations

import time

import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.kinds import CLAIM_FIELDS, COMMON_FIELDS, KINDS, SECTION_FIELDS
from briefing.records.problems import Problem
from briefing.records.reader import Reading, read_library_file
from briefing.records.record import Record
from tests.records.record_texts import COUNTRY, DIALOGUE, read

NAMES = sorted(
    {field.name for field in (*COMMON_FIELDS, *CLAIM_FIELDS, *SECTION_FIELDS)}
    | {field.name for kind in KINDS for field in kind.fields}
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "~", "NO", "12:30", "010", "2023-02-30", "2024-Q1", "3-4", "TLP:RED", "india", "A B", "assessment"]
    ),
    st.sampled_from(["likely", "high", "https://example.org", "../../x", "Q668", "question", "en", "x" * 600, "[[x]]"]),
    st.sampled_from([kind.name for kind in KINDS]),
)
VALUES = st.recursive(
    TEXTS,
    lambda children: st.one_of(
        st.lists(children, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), TEXTS), children, max_size=4),
    ),
    max_leaves=12,
)
RECORDS = st.dictionaries(st.one_of(st.sampled_from(NAMES), TEXTS), VALUES, max_size=8)
MARKS = st.sampled_from([*"[]{}:,-?|>&*!%@`'\"#\n\t \\~<\r\0", "---\n", "...\n", "\n  ", "a: ", "- ", "\ufeff", "é"])


def check(reading: Reading, data: bytes) -> None:
    """What holds of the reading of any file."""
    lines = data.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in reading.problems:
        assert problem.file == "a/file.yaml"
        assert 1 <= problem.line <= len(lines)
        assert problem.column >= 1
        assert problem.code
        assert problem.message.endswith((".", "?"))
        assert problem.mend.endswith((".", "?", "…"))
        assert "\n" not in problem.message
    assert list(reading.problems) == sorted(reading.problems)
    for record in reading.records:
        assert record.id
        assert record.title
        assert Record.from_json(record.to_json()) == record
        record.relations()


def check_both(data: bytes) -> Reading:
    reading = read(data, "a/file.yaml")
    check(reading, data)
    check(read_library_file(data, "a/file.yaml", "a"), data)
    return reading


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    check_both(data)


@given(st.lists(st.one_of(MARKS, st.sampled_from(NAMES), TEXTS), max_size=40).map("".join))
def test_no_text_of_yaml_marks_raises(text: str) -> None:
    check_both(text.encode(errors="replace"))


@given(RECORDS)
def test_no_structure_raises(record: dict[str, object]) -> None:
    check_both(yaml.safe_dump(record, allow_unicode=True).encode(errors="replace"))


@given(st.lists(RECORDS, min_size=1, max_size=3), st.sampled_from(KINDS))
def test_no_record_of_a_known_kind_raises(records: list[dict[str, object]], kind: object) -> None:
    name = getattr(kind, "name", "")
    texts = [yaml.safe_dump({**record, "kind": name, "title": "x", "id": "x"}, sort_keys=False) for record in records]
    check_both("---\n".join(texts).encode())


@given(st.data())
def test_a_good_record_with_a_few_characters_changed_does_not_raise(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([DIALOGUE, COUNTRY]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(MARKS) + text[at + data.draw(st.integers(0, 3)) :]
    check_both(text.encode())


@given(RECORDS)
def test_a_record_with_an_error_is_not_among_the_records(record: dict[str, object]) -> None:
    text = yaml.safe_dump({"kind": "country", "title": "x", **record}, sort_keys=False)
    reading = read(text.encode(errors="replace"))
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert bool(errors) != bool(reading.records)


def test_a_file_made_to_take_long_does_not() -> None:
    links = "".join(f"[[link-{number}]]\n  " for number in range(20_000))
    files = {
        "links": COUNTRY + "body: |\n  " + links,
        "the same claims": COUNTRY + "claims:\n" + "  - text: x\n" * 15_000,
        "unknown fields": COUNTRY + "".join(f"field-{number}: x\n" for number in range(20_000)),
        "documents": "--- x\n" * 40_000,
        "records with links": "".join(
            f"---\nid: a{n}\nkind: country\ntitle: x\nbody: '[[b]] [[c]]'\n" for n in range(4_000)
        ),
        "references": COUNTRY + "see_also: [" + "a, " * 80_000 + "]",
        "wrong references": COUNTRY + "see_also: [" + "A, " * 80_000 + "]",
        "a long title": "kind: country\ntitle: " + "x\n " * 300_000,
        "quotes": COUNTRY + "summary: '" + "''" * 400_000 + "'",
    }
    for name, text in files.items():
        assert len(text) < 1 << 20, name
        begin = time.perf_counter()
        read(text)
        taken = time.perf_counter() - begin
        assert taken < 10, f"{name}: {taken:.1f} s"


def test_problems_sort_by_their_place() -> None:
    first, second = Problem("a", 1, 2, "x", "X.", "Y."), Problem("a", 2, 1, "a", "X.", "Y.")
    assert sorted([second, first]) == [first, second]
