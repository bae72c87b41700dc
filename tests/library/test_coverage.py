from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.library.texts import Texts
from briefing.records.claims import Evidence
from tests.library.shelf import Shelf, only, told

if TYPE_CHECKING:
    from briefing.library.library import Library

SOURCE = "kind: source\ntitle: Article\n"


def claim(shelf: Shelf, quote: str = "second thing", at: str = "2", name: str = "india") -> None:
    shelf.country(name, f"claims:\n  - id: c\n    text: T\n    source: article\n    at: {at}\n    quote: {quote}\n")


def state(library: Library, name: str = "india") -> str:
    return library.evidence(name)["c"].value


def test_a_text_in_the_readers_own_folder_is_found_by_the_sources_id(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    claim(shelf)
    (shelf.texts / "article.txt").write_text("A first thing.\n\nA second thing.\n", encoding="utf-8")
    library = shelf.indexed(texts=shelf.texts)
    assert state(library) == "quote_found"
    source = library.record("article")
    assert source is not None
    text = library.source_text(source)
    assert text is not None
    assert text.paragraphs == ("A first thing.", "A second thing.")


def test_a_text_beside_the_record_goes_before_the_readers_own(shelf: Shelf) -> None:
    shelf.write("sources/article.yaml", SOURCE + "text_file: texts/a.txt\n")
    shelf.write("sources/texts/a.txt", "One.\n\nA second thing.\n")
    (shelf.texts / "article.txt").write_text("Something else.", encoding="utf-8")
    claim(shelf)
    library = shelf.indexed(texts=shelf.texts)
    assert state(library) == "quote_found"
    shelf.remove("sources/texts/a.txt")
    library.update()
    assert state(library) == "quote_not_found"
    assert {code for *_, code in told(library)} == {"missing-text", "quote-not-found"}


def test_a_text_that_comes_changes_and_goes_is_followed(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    claim(shelf)
    library = shelf.indexed(texts=shelf.texts)
    assert state(library) == "not_checkable"
    text = shelf.texts / "article.txt"
    text.write_text("One.\n\nA second thing.\n", encoding="utf-8")
    done = library.update()
    assert (state(library), set(done.changed), done.read) == ("quote_found", {"india"}, 0)
    text.write_text("A second thing.\n\nTwo.\n", encoding="utf-8")
    library.update()
    assert state(library) == "quote_not_found"
    assert (only(library).code, only(library).mend) == (
        "quote-not-found",
        "The words stand in paragraph 1: correct `at`.",
    )
    text.unlink()
    library.update()
    assert (state(library), library.problems()) == ("not_checkable", [])


def test_another_quote_or_paragraph_is_looked_up_again(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    (shelf.texts / "article.txt").write_text("A first thing.\n\nA second thing.\n", encoding="utf-8")
    claim(shelf, at="1")
    library = shelf.indexed(texts=shelf.texts)
    assert state(library) == "quote_not_found"
    claim(shelf, at="1-2")
    library.update()
    assert (state(library), library.problems()) == ("quote_found", [])
    claim(shelf, quote="third thing", at="1-2")
    library.update()
    assert "in paragraphs 1 to 2 of `article`" in only(library).message


def test_a_source_that_comes_later_bears_its_claims_out(shelf: Shelf) -> None:
    (shelf.texts / "article.txt").write_text("A first thing.\n\nA second thing.\n", encoding="utf-8")
    claim(shelf)
    library = shelf.indexed(texts=shelf.texts)
    assert state(library) == "not_checkable"
    shelf.write("article.yaml", SOURCE)
    library.update()
    assert (state(library), library.problems()) == ("quote_found", [])
    shelf.remove("article.yaml")
    library.update()
    assert state(library) == "not_checkable"


def test_more_gists_move_the_headline_and_the_paragraphs(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    (shelf.texts / "article.txt").write_text("Headline\n\nA first thing.\n\nA second thing.\n", encoding="utf-8")
    claim(shelf)
    library = shelf.indexed(texts=shelf.texts)
    assert state(library) == "quote_not_found"
    shelf.write("article.yaml", SOURCE + "gists: [one, two]\n")
    library.update()
    assert (state(library), library.problems()) == ("quote_found", [])
    source = library.record("article")
    assert source is not None
    text = library.source_text(source)
    assert text is not None
    assert text.headline == "Headline"


def test_gists_that_are_not_one_for_each_paragraph_are_a_warning(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE + "gists: [one, two, three]\n")
    (shelf.texts / "article.txt").write_text("A first thing.\n\nA second thing.\n", encoding="utf-8")
    problem = only(shelf.indexed(texts=shelf.texts))
    assert (problem.file, problem.code, problem.severity, problem.record) == (
        "article.yaml",
        "gists-count",
        "warning",
        "article",
    )
    assert problem.message == "There are 3 gists, and the text has 2 paragraphs."


def test_a_paragraph_beyond_the_end_is_an_error_with_a_quote_and_a_warning_without(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    (shelf.texts / "article.txt").write_text("A first thing.\n\nA second thing.\n", encoding="utf-8")
    claim(shelf, at="7")
    shelf.country("japan", "claims:\n  - id: c\n    text: T\n    source: article\n    at: 7\n")
    library = shelf.indexed(texts=shelf.texts)
    first, second = library.problems()
    assert (first.file, first.code, first.severity) == ("india.yaml", "quote-not-found", "error")
    assert first.mend == "The source has 2 paragraphs; the words stand in paragraph 2."
    assert (second.file, second.code, second.severity) == ("japan.yaml", "no-such-paragraph", "warning")
    assert state(library, "japan") == "paragraph_only"


def test_claims_in_the_sections_of_a_note_count_too(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    (shelf.texts / "article.txt").write_text("A first thing.", encoding="utf-8")
    shelf.write(
        "brief.yaml",
        "kind: note\ntitle: Brief\nsections:\n  - heading: H\n    claims:\n      - id: c\n        text: T\n"
        "        source: article\n        quote: no such thing\n",
    )
    library = shelf.indexed(texts=shelf.texts)
    assert state(library, "brief") == "quote_not_found"
    assert (only(library).line, only(library).column) == (9, 16)
    assert "does not stand in `article`" in only(library).message
    assert [each.claim_text for each in library.citations("article")] == ["T"]


def test_a_very_long_quote_is_told_in_short(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    (shelf.texts / "article.txt").write_text("A first thing.", encoding="utf-8")
    claim(shelf, quote="word " * 100)
    assert len(only(shelf.indexed(texts=shelf.texts)).message) < 200


def test_stale_claims_are_no_problem_of_today(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE + "text_file: gone.txt\n")
    (shelf.texts / "article.txt").write_text("A first thing.", encoding="utf-8")
    claim(shelf)
    library = shelf.indexed(texts=shelf.texts)
    assert {code for *_, code in told(library)} == {"missing-text", "quote-not-found"}
    shelf.write("india.yaml", "kind: country\n")
    shelf.write("article.yaml", "kind: source\n")
    library.update()
    assert {code for *_, code in told(library)} == {"missing-field"}
    assert {each.code for each in library.check().problems} == {"missing-field"}
    (shelf.texts / "article.txt").write_text("A second thing.", encoding="utf-8")
    library.update()
    assert {code for *_, code in told(library)} == {"missing-field"}


def test_check_counts_every_state_and_keeps_nothing(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE + "gists: [one]\n")
    claim(shelf)
    claim(shelf, quote="no such thing", name="japan")
    shelf.country("peru", "claims:\n  - text: T\n")
    library = shelf.indexed()
    before = library.generation
    (shelf.texts / "article.txt").write_text("One.\n\nA second thing.\n\nThree.\n", encoding="utf-8")
    report = library.check(shelf.texts)
    assert {each: number for each, number in report.evidence.items() if number} == {
        Evidence.QUOTE_FOUND: 1,
        Evidence.QUOTE_NOT_FOUND: 1,
        Evidence.NO_SOURCE: 1,
    }
    assert set(report.evidence) == set(Evidence)
    assert [(each.file, each.code) for each in report.problems] == [
        ("article.yaml", "gists-count"),
        ("japan.yaml", "quote-not-found"),
    ]
    assert (state(library), library.problems(), library.generation) == ("not_checkable", [], before)
    assert library.check().evidence[Evidence.NOT_CHECKABLE] == 2


def test_each_reader_sees_the_evidence_of_the_own_texts_folder(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    claim(shelf)
    (shelf.texts / "article.txt").write_text("One.\n\nA second thing.\n", encoding="utf-8")
    with_text = shelf.indexed(texts=shelf.texts)
    without = shelf.open()
    assert (state(with_text), state(without)) == ("quote_found", "not_checkable")
    assert without.evidence("nobody") == {}


def test_a_texts_folder_that_is_not_there_is_none(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE)
    claim(shelf)
    shutil.rmtree(shelf.texts)
    library = shelf.indexed(texts=shelf.texts)
    assert (state(library), library.problems()) == ("not_checkable", [])


@pytest.mark.parametrize("data", [b"caf\xe9", None])
def test_an_own_text_that_cannot_be_read_is_as_none(shelf: Shelf, data: bytes | None) -> None:
    shelf.write("article.yaml", SOURCE)
    claim(shelf)
    if data is None:
        (shelf.texts / "article.txt").mkdir()
    else:
        (shelf.texts / "article.txt").write_bytes(data)
    library = shelf.indexed(texts=shelf.texts)
    assert (state(library), library.problems()) == ("not_checkable", [])


def test_a_text_file_that_is_a_folder_says_so(shelf: Shelf) -> None:
    shelf.write("article.yaml", SOURCE + "text_file: sub\n")
    (shelf.folder / "sub").mkdir()
    assert only(shelf.indexed()).code == "missing-text"


def test_the_name_of_the_texts_folder_is_said() -> None:
    assert Texts(Path("a"), None).folder == ""
    assert Texts(Path("a"), Path("b")).folder == "b"
