from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped]  # it comes with check-jsonschema, and has no stubs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.kinds import KINDS, SECTION_ROLES, YARDSTICKS
from briefing.records.markings import all_markings
from briefing.records.reader import LibraryInfo, read_library_file
from briefing.records.schema import json_schema
from briefing.resources import bundled_library
from tests.records.record_texts import DIALOGUE, read

if TYPE_CHECKING:
    from pathlib import Path

ANY = json_schema()
VALIDATOR = jsonschema.Draft7Validator(ANY)
NAMES = [kind.name for kind in KINDS]


def check(*arguments: str | Path) -> str:
    """Run check-jsonschema, which reads YAML as editors do, and return what it has against the files."""
    command = [sys.executable, "-m", "check_jsonschema", "--no-cache", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A folder with the schemas of any record, of each kind, and of `library.yaml`."""
    for name in ("any", "library", *NAMES):
        schema = json_schema(None if name == "any" else name)
        (tmp_path / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
    return tmp_path


def test_every_schema_is_one(schemas: Path) -> None:
    assert check("--check-metaschema", *sorted(schemas.glob("*.json"))) == ""


def test_the_bundled_library_is_of_the_schema(schemas: Path) -> None:
    files = sorted(bundled_library().rglob("*.yaml"))
    records = [path for path in files if path.name != "library.yaml"]
    assert len(records) >= 30
    assert check("--schemafile", schemas / "any.json", *records) == ""
    assert check("--schemafile", schemas / "library.json", bundled_library() / "library.yaml") == ""


def test_what_authors_type_is_of_the_schema(schemas: Path, tmp_path: Path) -> None:
    event = tmp_path / "event.yaml"
    event.write_text(
        "kind: event\ntitle: 010\ndate: 2023-12-08\nas_of: 2023\nsummary:\nplace: true\nparticipants: [a, 5]\n"
        "claims:\n  - {text: 12:30, source: 1, at: 1, as_of: 2023-08}\n"
        "  - {text: x, source: a, at: 3-4, about: india}\n",
        encoding="utf-8",
    )
    assert read(event.read_bytes(), "event.yaml").problems == ()
    assert check("--schemafile", schemas / "any.json", event) == ""
    assert check("--schemafile", schemas / "event.json", event) == ""


def test_norway_is_of_the_schema_however_it_is_read() -> None:
    country = json_schema("country")
    for iso in ("NO", False, None):
        jsonschema.validate({"kind": "country", "title": "Norway", "iso": iso}, country)


@pytest.mark.parametrize("load", [yaml.safe_load, yaml.BaseLoader])
def test_a_record_is_of_the_schema_whichever_way_its_scalars_are_read(load: object) -> None:
    data = yaml.load(DIALOGUE, Loader=yaml.BaseLoader) if load is yaml.BaseLoader else yaml.safe_load(DIALOGUE)
    data = json.loads(json.dumps(data, default=str))
    assert list(VALIDATOR.iter_errors(data)) == []


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ({"kind": "contry", "title": "x"}, ["kind"]),
        ({"title": "x"}, []),
        ({"kind": "country"}, []),
        ({"kind": "country", "title": ["x"]}, ["title"]),
        ({"kind": "country", "title": "x", "sumary": "y"}, []),
        ({"kind": "dialogue", "title": "x", "iso": "IN"}, []),
        ({"kind": "dialogue", "title": "x", "status": "activ"}, ["status"]),
        ({"kind": "event", "title": "x", "date": "8 December"}, ["date"]),
        ({"kind": "event", "title": "x", "date": "2023-13"}, ["date"]),
        ({"kind": "country", "title": "x", "see_also": ["South Korea"]}, ["see_also"]),
        ({"kind": "country", "title": "x", "marking": "TLP:WHITE"}, ["marking"]),
        ({"kind": "country", "title": "x", "claims": [{"source": "y"}]}, ["claims"]),
        ({"kind": "country", "title": "x", "links": [{"title": "y", "url": "http://z.org"}]}, ["links"]),
        ({"kind": "source", "title": "x", "credibility": 7}, ["credibility"]),
        ({"kind": "country", "title": "x", "identifiers": {"wikidata": "668"}}, ["identifiers"]),
    ],
)
def test_a_fault_is_found_in_the_field_that_has_it(record: dict[str, object], path: list[str]) -> None:
    errors = list(VALIDATOR.iter_errors(record))
    assert errors
    assert path in [list(error.absolute_path)[: len(path)] for error in errors]
    assert not read(json.dumps(record)).records


def test_the_schema_of_one_kind_takes_no_other() -> None:
    with pytest.raises(jsonschema.ValidationError, match="'person' is not one of"):
        jsonschema.validate({"kind": "person", "title": "x"}, json_schema("country"))


def test_there_is_no_schema_of_an_unknown_kind() -> None:
    with pytest.raises(KeyError, match="contry"):
        json_schema("contry")


def test_every_field_of_every_kind_is_described() -> None:
    for kind in KINDS:
        properties = json_schema(kind.name)["properties"]
        assert isinstance(properties, dict)
        assert set(properties) == {field.name for field in kind.all_fields}
        assert all(each["description"] for each in properties.values())


def test_the_words_of_the_vocabularies_are_in_the_schema() -> None:
    text = json.dumps(ANY)
    words = (*NAMES, *SECTION_ROLES, *all_markings(), *(word for words in YARDSTICKS.values() for word in words))
    assert [word for word in words if f'"{word}"' not in text] == []


DATES = st.one_of(
    st.integers(1, 9999).map("{:04d}".format),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(["2024-Q1", "2024-33", "2024-21", "202X", "20XX", "2023-XX", "2023-08-XX", "2023-XX-XX"]),
)
TYPED_DATES = st.one_of(
    DATES,
    st.tuples(DATES, st.sampled_from("~?%")).map("".join),
    DATES.map("{}/..".format),
    DATES.map("../{}".format),
    DATES.map("{}/".format),
    DATES.map("/{}".format),
    st.tuples(DATES, DATES).map("/".join),
)


@given(TYPED_DATES)
def test_a_date_that_the_reader_takes_is_of_the_schema(date: str) -> None:
    record = {"kind": "event", "title": "x", "date": date}
    if read(json.dumps(record)).records:
        assert list(VALIDATOR.iter_errors(record)) == []


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "title": st.text(max_size=3),
            "marking": st.sampled_from(["TLP:RED", "x"]),
            "language": st.sampled_from(["en", "zh-Hant-TW", "x-a", "english", "1"]),
            "yardstick": st.sampled_from(["icd203", "phia", "x"]),
            "home": st.sampled_from(["a-b", "A"]),
            "briefing": st.sampled_from([1, "1", 0, 2]),
            "sumary": st.just("x"),
        },
    )
)
def test_a_library_that_the_reader_takes_is_of_the_schema(library: dict[str, object]) -> None:
    reading = read_library_file(json.dumps(library).encode(), "library.yaml", "x")
    if not reading.problems:
        jsonschema.validate(library, json_schema("library"))
    assert isinstance(reading.info, LibraryInfo)
