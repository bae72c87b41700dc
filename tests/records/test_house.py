from __future__ import annotations

import json

import jsonschema  # type: ignore[import-untyped]  # it comes with check-jsonschema, and has no stubs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.house import House, contrast, read_house
from briefing.records.schema import json_schema

WHOLE = b"""\
house: 1
name: Centre for Talks
header: Asia Desk
footer: Not for onward distribution
paper: letter
language: fr
yardstick: phia
font: Noto Serif
ink: "#101010"
quiet: "#444444"
accent: "#7a1f2b"
rule: "#bbbbbb"
ground: "#f7f1ec"
"""


def test_a_whole_house_style_is_read() -> None:
    house, problems = read_house(WHOLE, "house.yaml")
    assert problems == ()
    assert (house.name, house.paper, house.yardstick, house.accent) == (
        "Centre for Talks",
        "letter",
        "phia",
        "#7A1F2B",
    )


def test_what_is_not_said_is_the_programs_own() -> None:
    assert read_house(b"house: 1\n", "house.yaml").house == House()


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "said"),
    [
        ("house: 1\nnam: x", 2, 1, "unknown-field", "Did you mean `name`?"),
        ("house: 1\naccent: red", 2, 9, "bad-colour", 'Write red, green and blue as "#164A80".'),
        ("house: 1\naccent: '#a1b'", 2, 9, "bad-colour", 'Write "#AA11BB".'),
        ("house: 1\naccent: a1b2c3", 2, 9, "bad-colour", 'Write "#A1B2C3".'),
        ("house: 1\npaper: a5", 2, 8, "bad-choice", "Write `a4` or `letter`."),
        ("name: x", 1, 1, "missing-field", "Add `house:`. The version of the format: 1."),
        ("house: 2\nsomething: new", 1, 8, "format-version", "Print with a newer version of Briefing."),
        ("- a", 1, 1, "not-a-house-style", "Write fields: `house: 1`, `name: …`, each on a line of its own."),
        ('house: 1\nname: "x', 2, 7, "unclosed-quote", ""),
        ("", 1, 1, "not-a-house-style", "Write fields: `house: 1`, `name: …`, each on a line of its own."),
    ],
)
def test_a_fault_has_its_place_and_its_mend(text: str, line: int, column: int, code: str, said: str) -> None:
    reading = read_house(text.encode(), "house.yaml")
    assert reading.has_error
    assert reading.house == House()
    problem = reading.problems[0]
    assert (problem.line, problem.column) == (line, column)
    if said:
        assert (problem.code, problem.mend) == (code, said)


def test_every_fault_is_told_at_once() -> None:
    problems = read_house(b"house: 1\nnam: x\naccent: red\npaper: a5\n", "house.yaml").problems
    assert [problem.line for problem in problems] == [2, 3, 4]


def test_a_colour_that_is_hard_to_read_is_a_warning() -> None:
    house, problems = read_house(b'house: 1\nquiet: "#AAAAAA"\nground: "#202020"\n', "house.yaml")
    assert [(problem.code, problem.severity, problem.line) for problem in problems] == [
        ("low-contrast", "warning", 2),
        ("low-contrast", "warning", 3),
    ]
    assert house.quiet == "#AAAAAA"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#FFFFFF") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_the_programs_own_colours_are_easy_to_read() -> None:
    house = House()
    for colour in (house.ink, house.quiet, house.accent):
        assert contrast(colour) >= 7
    assert contrast(house.ink, house.ground) >= 7


def test_the_schema_takes_what_is_read() -> None:
    validator = jsonschema.Draft7Validator(json.loads(json.dumps(json_schema("house"))))
    assert validator.is_valid(yaml.safe_load(WHOLE))
    assert not validator.is_valid({"house": 1, "accent": "red"})
    assert not validator.is_valid({"house": 1, "nam": "x"})


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"house: 1\nname: {text}".encode()))
def test_nothing_is_raised(data: bytes) -> None:
    read_house(data, "house.yaml")
