"""The library that ships with the program: read whole, linked whole, and every quote within bounds.

The article that it is derived from is not in the project. Whoever holds it can have the quotes checked: put it as
`trilateral-article.txt` into a folder and name that folder in the environment variable BRIEFING_TEXTS.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.library.library import Library
from briefing.records.claims import Claim, Evidence
from briefing.records.kinds import KINDS, Type, relation_field
from briefing.records.reader import LibraryInfo, read_library_file, read_text
from briefing.records.record import WIKI_LINK, Record
from briefing.records.schema import json_schema
from briefing.resources import bundled_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.records.problems import Problem

SOURCE = "trilateral-article"
LONGEST_QUOTE = 8
"""How many words of the article may stand in the library in one run."""


@dataclass(frozen=True)
class Bundled:
    """The bundled library as the reader gives it."""

    info: LibraryInfo
    records: dict[str, Record]
    problems: tuple[Problem, ...]

    def claims(self) -> Iterator[tuple[Record, Claim]]:
        """Yield every claim with the record that it stands in."""
        for record in self.records.values():
            for claim in record.all_claims():
                yield record, claim


def _record_files() -> list[Path]:
    return sorted(path for path in bundled_library().rglob("*.yaml") if path.name != "library.yaml")


@pytest.fixture(scope="module")
def bundled() -> Bundled:
    folder = bundled_library()
    reading = read_library_file((folder / "library.yaml").read_bytes(), "library.yaml", folder.name)
    assert reading.info is not None, reading.problems
    records: dict[str, Record] = {}
    problems = list(reading.problems)
    for path in _record_files():
        file = path.relative_to(folder).as_posix()
        each = read_text(path.read_bytes(), file, reading.info)
        problems.extend(each.problems)
        for record in each.records:
            assert record.id not in records, f"{file}: the id {record.id} is used twice"
            records[record.id] = record
    return Bundled(reading.info, records, tuple(problems))


@pytest.fixture(scope="module")
def texts() -> Path:
    folder = os.environ.get("BRIEFING_TEXTS")
    if not folder:
        pytest.skip("BRIEFING_TEXTS names no folder with the text of the article, which is not part of the project")
    return Path(folder)


@pytest.fixture(scope="module")
def paragraphs(texts: Path, bundled: Bundled) -> list[str]:
    """Return the article's paragraphs, so that paragraph n is `paragraphs[n]` and the headline is number 0."""
    text = (texts / f"{SOURCE}.txt").read_text(encoding="utf-8-sig")
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    assert len(found) == len(bundled.records[SOURCE].texts("gists")) + 1, "one gist for each paragraph"
    return found


def test_every_file_reads_without_a_problem(bundled: Bundled) -> None:
    assert [str(problem) for problem in bundled.problems] == []
    assert len(bundled.records) == len(_record_files())


def test_there_are_at_least_thirty_records_of_all_kinds(bundled: Bundled) -> None:
    assert len(bundled.records) >= 30
    assert {record.kind for record in bundled.records.values()} == {kind.name for kind in KINDS}


def test_there_are_three_briefing_notes_and_one_is_the_home(bundled: Bundled) -> None:
    notes = {record.id for record in bundled.records.values() if record.kind == "note"}
    assert len(notes) == 3
    assert bundled.info.home in notes


def test_every_record_lies_in_the_folder_of_its_kind(bundled: Bundled) -> None:
    folders: dict[str, set[str]] = {}
    for record in bundled.records.values():
        folders.setdefault(record.kind, set()).add(record.file.partition("/")[0])
    assert folders == {
        "country": {"countries"},
        "dialogue": {"dialogues"},
        "technology": {"technologies"},
        "organisation": {"organisations"},
        "person": {"people"},
        "event": {"events"},
        "commitment": {"commitments"},
        "source": {"sources"},
        "note": {"notes"},
    }


def test_every_relation_leads_to_a_record_of_an_allowed_kind(bundled: Bundled) -> None:
    wrong = []
    for record in bundled.records.values():
        for relation in record.relations():
            target = bundled.records.get(relation.target)
            allowed = relation_field(record.kind, relation.field).kinds
            if target is None or (allowed and target.kind not in allowed):
                wrong.append(f"{record.file}: {relation.field}: {relation.target}")
    assert wrong == []


def test_no_relation_leads_back_to_its_own_record(bundled: Bundled) -> None:
    own = [
        f"{record.file}: {relation.field}"
        for record in bundled.records.values()
        for relation in record.relations()
        if relation.target == record.id
    ]
    assert own == []


def test_every_record_can_be_reached_from_another(bundled: Bundled) -> None:
    named = {relation.target for record in bundled.records.values() for relation in record.relations()}
    assert set(bundled.records) - named == set()


def test_technology_areas_nest_without_a_circle(bundled: Bundled) -> None:
    for record in bundled.records.values():
        seen = {record.id}
        broader = record.text("broader")
        while broader:
            assert broader not in seen, f"{record.id} is its own broader area"
            seen.add(broader)
            broader = bundled.records[broader].text("broader")


def test_every_claim_has_a_source_a_paragraph_and_a_quote(bundled: Bundled) -> None:
    lacking = [
        f"{record.file}:{claim.line}: {claim.text}"
        for record, claim in bundled.claims()
        if not (claim.source == SOURCE and claim.at and claim.quote and claim.basis)
    ]
    assert lacking == []


def test_no_quote_has_more_than_eight_words(bundled: Bundled) -> None:
    long = [claim.quote for _, claim in bundled.claims() if len(claim.quote.split()) > LONGEST_QUOTE]
    assert long == []


def test_a_paragraph_of_the_source_has_a_gist_and_a_claim_that_cites_it(bundled: Bundled) -> None:
    gists = bundled.records[SOURCE].texts("gists")
    cited = {number for _, claim in bundled.claims() if claim.at for number in range(claim.at[0], claim.at[1] + 1)}
    assert len(gists) == 14
    assert cited == set(range(1, len(gists) + 1))


def test_only_an_assessment_has_a_likelihood_and_its_words_say_so(bundled: Bundled) -> None:
    assessments = [claim for _, claim in bundled.claims() if claim.basis == "assessment"]
    assert assessments
    for _, claim in bundled.claims():
        assert bool(claim.likelihood) == (claim.basis == "assessment"), claim.text
    for claim in assessments:
        assert claim.likelihood in claim.text
        assert claim.confidence
        assert "confidence" not in claim.text


def test_everything_may_be_shared_without_limit(bundled: Bundled) -> None:
    assert {record.marking for record in bundled.records.values()} == {"TLP:CLEAR"}
    assert {claim.marking for _, claim in bundled.claims()} == {""}


def test_every_record_has_a_bottom_line_short_enough_for_four_lines_of_print(bundled: Bundled) -> None:
    # The box on A4 holds about 58 characters a line.
    lengths = {record.id: len(record.summary) for record in bundled.records.values()}
    assert {name: length for name, length in lengths.items() if not 0 < length <= 4 * 54} == {}


def test_every_section_of_a_note_has_a_heading_and_a_role(bundled: Bundled) -> None:
    for record in bundled.records.values():
        if record.kind == "note":
            assert record.sections
            for section in record.sections:
                assert section.heading, record.id
                assert section.role, record.id
                assert bool(section.line) == (section.role == "question"), section.heading


def test_a_link_with_words_of_its_own_stands_outside_tables(bundled: Bundled) -> None:
    # The bar before the words would part the cell.
    parted = [
        line
        for record in bundled.records.values()
        for body in record.bodies()
        for line in body.splitlines()
        if line.lstrip().startswith("|") and any(match[2] is not None for match in WIKI_LINK.finditer(line))
    ]
    assert parted == []


def test_every_link_in_a_text_is_one_that_is_understood(bundled: Bundled) -> None:
    # A link that is broken across two lines, for one, would be shown as it is typed.
    for record in bundled.records.values():
        for body in record.bodies():
            assert body.count("[[") == len(WIKI_LINK.findall(body)), record.id


def test_a_date_that_the_article_does_not_give_is_explained_where_it_stands(bundled: Bundled) -> None:
    for record in bundled.records.values():
        for field in record.kind_info.fields:
            date = record.date(field.name) if field.type is Type.DATE else None
            # What the article spells out: the year of iCET, and when the trilateral dialogue is to start.
            if date is not None and str(date) not in ("2022", "2024-Q1"):
                assert "inferred" in record.body, f"{record.id}: {field.name}"


def test_the_files_keep_to_the_schema(tmp_path: Path) -> None:
    schema = tmp_path / "record.json"
    schema.write_text(json.dumps(json_schema()), encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, _record_files())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_whole_library_is_catalogued_without_a_problem(tmp_path: Path) -> None:
    library = Library(bundled_library(), cache=tmp_path / "cache")
    try:
        library.update()
        assert [str(problem) for problem in library.problems()] == []
        assert library.counts().records == len(_record_files())
    finally:
        library.close()


def test_the_article_itself_is_not_in_the_library(bundled: Bundled) -> None:
    assert not list(bundled_library().rglob("*.txt"))
    assert bundled.records[SOURCE].text("text_file") == ""


def test_every_quote_stands_in_its_paragraph_character_for_character(bundled: Bundled, paragraphs: list[str]) -> None:
    missing = [
        f"{record.file}:{claim.line}: {claim.quote!r} is not in paragraph {claim.paragraphs}"
        for record, claim in bundled.claims()
        if claim.at and not any(claim.quote in paragraph for paragraph in paragraphs[claim.at[0] : claim.at[1] + 1])
    ]
    assert missing == []


def test_a_check_against_the_article_finds_every_quote(bundled: Bundled, texts: Path, tmp_path: Path) -> None:
    library = Library(bundled_library(), cache=tmp_path / "cache")
    try:
        library.update()
        report = library.check(texts)
    finally:
        library.close()
    assert [str(problem) for problem in report.problems] == []
    counted = {state: count for state, count in report.evidence.items() if count}
    assert counted == {Evidence.QUOTE_FOUND: sum(1 for _ in bundled.claims())}


def test_no_longer_run_of_the_articles_words_stands_anywhere_in_the_library(
    bundled: Bundled, paragraphs: list[str]
) -> None:
    length = LONGEST_QUOTE + 1
    runs = {run for paragraph in paragraphs for run in _runs(paragraph, length)}
    assert runs
    copied = [
        f"{record.file}: {' '.join(run)}"
        for record in bundled.records.values()
        for text in _texts(json.loads(record.to_json()))
        for run in _runs(text, length)
        if run in runs
    ]
    assert copied == []


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+(?:[’'-]\w+)*", text.casefold())
    for start in range(len(words) - length + 1):
        yield tuple(words[start : start + length])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
