from __future__ import annotations

import pytest

from briefing.records.reader import MAX_BYTES, LibraryInfo, read_library_file
from tests.records.record_texts import COUNTRY, INFO, place, problem_in, read, warning_in

GOOD = "id: good\nkind: country\ntitle: Good\n---\n"


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "[{", "a: [", '["', "- ? "])
def test_brackets_200000_times_are_a_problem_and_do_not_end_the_program(opening: str) -> None:
    problem = problem_in(opening * 200_000)
    assert problem.line == 1
    assert problem.code in ("too-deep", "colon-in-text", "missing-comma")


def test_a_document_of_33_levels_is_too_deep_and_says_where() -> None:
    levels = "kind: country\ntitle: x\n" + "identifiers: " + "[" * 31 + "]" * 31
    assert "too-deep" not in {problem.code for problem in read(levels).problems}
    problem = next(each for each in read(levels.replace("[]", "[[]]")).problems if each.code == "too-deep")
    assert place(problem) == (3, 14 + 31)
    assert problem.message == "The file is nested deeper than 32 levels."


def test_a_file_of_50_mb_is_too_large() -> None:
    problem = problem_in(b"title: x\n" + b"# padding\n" * 5_000_000)
    assert (problem.code, place(problem), problem.record) == ("too-large", (1, 1), "india")
    assert problem.message == "The file is larger than 1 MiB."


def test_a_file_of_exactly_1_mib_is_read() -> None:
    data = COUNTRY.encode()
    assert read(data + b"#" * (MAX_BYTES - len(data))).records
    assert read(data + b"#" * (MAX_BYTES + 1 - len(data))).problems[0].code == "too-large"


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for previous, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{previous}'] * 9)}]\n"
    reading = read(bomb)
    assert reading.records == ()
    faults = [problem for problem in reading.problems if problem.code in ("anchor", "alias")]
    assert (faults[0].code, *place(faults[0])) == ("anchor", 1, 4)
    assert (faults[2].code, *place(faults[2])) == ("alias", 2, 8)
    assert faults[0].mend == "Leave it out, or put quotation marks around it."


def test_a_field_that_an_alias_stands_for_is_not_missed_as_well() -> None:
    reading = read("kind: country\ntitle: *name\nclaims:\n  - text: *words\n")
    assert [problem.code for problem in reading.problems] == ["alias", "alias"]


def test_a_file_of_nothing_but_aliases_has_no_more_problems_than_can_be_read() -> None:
    reading = read("[" + "*a," * 300_000 + "]")
    assert len(reading.problems) <= 101


def test_a_tag_of_python_is_refused_where_it_stands() -> None:
    problem = problem_in(COUNTRY + "summary: !!python/object/apply:os.system [ls]\n".replace("[ls]", "x"))
    assert (problem.code, place(problem), problem.record) == ("tag", (3, 10), "india")


@pytest.mark.parametrize("tag", ["!!str", "!anything", "!", "!<tag:example.org>", "!e!x"])
def test_every_other_tag_is_refused_as_well(tag: str) -> None:
    problem = problem_in(COUNTRY + f"summary: {tag} x\n")
    assert (problem.code, place(problem)) == ("tag", (3, 10))


def test_a_tag_on_a_list_or_a_map_is_refused() -> None:
    problems = read(COUNTRY + "tags: !!set [a]\nidentifiers: !x {}\naliases: &a [b]\n").problems
    assert [(problem.code, *place(problem)) for problem in problems] == [
        ("tag", 3, 7),
        ("tag", 4, 14),
        ("anchor", 5, 10),
    ]


def test_a_duplicate_key_names_the_line_of_the_first_one() -> None:
    problem = problem_in(COUNTRY + "summary: a\ntitle: b\n")
    assert (problem.code, place(problem)) == ("duplicate-key", (4, 1))
    assert problem.message == "The field “title” stands in line 2 already."


def test_a_duplicate_key_within_a_claim_is_found_too() -> None:
    problem = problem_in(COUNTRY + "claims:\n  - text: a\n    text: b\n")
    assert (problem.code, place(problem)) == ("duplicate-key", (5, 5))


def test_a_merge_key_is_refused() -> None:
    problem = problem_in(COUNTRY + "<<: {summary: x}\n")
    assert (problem.code, place(problem)) == ("merge-key", (3, 1))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (COUNTRY + "\tsummary: x\n", (3, 1)),
        (COUNTRY + "claims:\n\t- text: x\n", (4, 1)),
        (COUNTRY + "claims:\n  - text: x\n  \tsource: y\n", (5, 3)),
    ],
)
def test_a_file_with_a_tab_says_where(text: str, where: tuple[int, int]) -> None:
    problem = problem_in(text)
    assert (problem.code, problem.message, problem.mend) == ("tab", "A tab is used for indentation.", "Use spaces.")
    assert place(problem) == where


def test_a_tab_within_a_text_is_text() -> None:
    assert read("kind: country\ntitle:\tA\tB\n").records[0].title == "A\tB"


@pytest.mark.parametrize(
    ("data", "where", "byte"),
    [
        (b"kind: country\ntitle: caf\xe9\n", (2, 11), "0xE9"),
        (b"\xff\xfek\0i\0", (1, 1), "0xFF"),
        ("kind: country\r\ntitle: é".encode() + b"\xed\xa0\x80", (2, 9), "0xED"),
        (b"kind: country\ntitle: \xe2\x82", (2, 8), "0xE2"),
    ],
)
def test_a_file_that_is_not_utf_8_says_which_byte(data: bytes, where: tuple[int, int], byte: str) -> None:
    problem = problem_in(data)
    assert (problem.code, place(problem)) == ("not-utf-8", where)
    assert byte in problem.message
    assert problem.mend.startswith("Save it as UTF-8")


def test_utf_16_is_recognised() -> None:
    assert "UTF-16" in problem_in("kind: country".encode("utf-16")).mend


@pytest.mark.parametrize(
    ("text", "where", "name"),
    [
        (COUNTRY + "summary: a\0b\n", (3, 11), "a NUL"),
        (COUNTRY + "summary: a\x07b\n", (3, 11), "U+0007"),
        ("\x1b" + COUNTRY, (1, 1), "U+001B"),
        (COUNTRY + "# \ufffe\n", (3, 3), "U+FFFE"),
    ],
)
def test_a_control_character_is_refused_where_it_stands(text: str, where: tuple[int, int], name: str) -> None:
    problem = problem_in(text)
    assert (problem.code, place(problem)) == ("control-character", where)
    assert name in problem.message


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\e", r"\x1b", r"\uFFFE"])
def test_a_control_character_cannot_come_in_through_an_escape(escape: str) -> None:
    problem = problem_in(COUNTRY + f'summary: "a{escape}b"\n')
    assert (problem.code, place(problem)) == ("control-character", (3, 10))


def test_an_unknown_field_is_answered_with_the_nearest_one() -> None:
    problem = problem_in(COUNTRY + "sumary: x\n")
    assert (problem.code, place(problem)) == ("unknown-field", (3, 1))
    assert problem.message == "A country has no field “sumary”."
    assert problem.mend == "Did you mean `summary`?"
    assert str(problem) == "india.yaml:3:1: unknown-field: A country has no field “sumary”."


def test_a_field_of_another_kind_is_answered_with_that_kind() -> None:
    problem = problem_in("kind: event\ntitle: x\niso: IN\n")
    assert problem.message == "A meeting or event has no field “iso”."
    assert problem.mend == "It is a field of `country`: check `kind`, or leave it out."


def test_a_field_like_no_other_is_to_be_left_out() -> None:
    assert problem_in(COUNTRY + "zzzz: x\n").mend == "Leave it out, or put what it says into `body`."
    assert problem_in(COUNTRY + "links:\n  - {title: a, url: https://b.org, zzzz: c}\n").mend == (
        "Leave it out; the fields are title, url."
    )


def test_an_id_of_the_wrong_form_is_answered_with_one_of_the_right_form() -> None:
    problem = problem_in(COUNTRY + "see_also: [South Korea]\n")
    assert (problem.code, place(problem)) == ("bad-slug", (3, 12))
    assert problem.mend.startswith("Write `south-korea`: ")
    assert problem_in(COUNTRY + "see_also: india, korea\n").mend == "Write several as a list: [one, two]."
    assert problem_in(COUNTRY + "tags: [한국]\n").mend.startswith("Use lower-case letters")
    assert problem_in(COUNTRY + "tags: [한국]\n").message == "“한국” is not a tag."


def test_a_file_name_that_cannot_be_an_id_is_a_missing_id() -> None:
    problem = problem_in(COUNTRY, "countries/South Korea.yaml")
    assert (problem.code, place(problem), problem.record) == ("missing-id", (1, 1), "")
    assert problem.mend == "Add `id: south-korea`, or rename the file."
    assert problem_in(COUNTRY, "한국.yaml").mend == "Add `id:`, or rename the file."


def test_each_of_several_records_in_a_file_needs_an_id() -> None:
    reading = read(GOOD + COUNTRY)
    assert [record.id for record in reading.records] == ["good"]
    (problem,) = reading.problems
    assert (problem.code, place(problem)) == ("missing-id", (5, 1))


def test_iso_codes_are_checked() -> None:
    problem = problem_in(COUNTRY + "iso: no\n")
    assert (problem.code, place(problem), problem.mend) == ("bad-country-code", (3, 6), "Write `NO`.")
    assert problem_in(COUNTRY + "iso: IND\n").mend == "Write `IN`."
    assert problem_in(COUNTRY + "iso: India\n").mend == "Write `IN`."
    assert problem_in(COUNTRY + "iso: UK\n").mend == "Write `GB`."
    assert problem_in(COUNTRY + "iso: ZZ\n").mend.startswith("Write the two capital letters")


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    problem = problem_in("kind: event\ntitle: x\ndate: 2023-02-30\n")
    assert (problem.code, place(problem)) == ("bad-date", (3, 7))
    assert problem.message == "30 February 2023 is not a day."
    assert problem.mend == "Write the day that is meant, or 2023-02 for the month."


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("2023-8", "Write 2023-08."),
        ("2023-8-5", "Write 2023-08-05."),
        ("2024-q1", "Write 2024-Q1."),
        ("Q1 2024", "Write 2024-Q1."),
        ("2024 Q1", "Write 2024-Q1."),
        ("~2023", "Write the mark behind the date: 2023~."),
        ("2023-12-08T10:00:00Z", "Leave out the time of day: 2023-12-08."),
        ("2023-13", "Write 2023, 2023-08, 2023-12-08 or 2024-Q1, with ~ behind it for “about”."),
        ("8 December 2023", "Write 2023, 2023-08, 2023-12-08 or 2024-Q1, with ~ behind it for “about”."),
        ("Q1", "Write 2023, 2023-08, 2023-12-08 or 2024-Q1, with ~ behind it for “about”."),
    ],
)
def test_a_date_of_the_wrong_form_is_answered_with_the_right_form(typed: str, mend: str) -> None:
    assert problem_in(f"kind: event\ntitle: x\ndate: {typed}\n").mend == mend


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("../../etc/passwd", "sources/a.yaml"),
        ("../a.txt", "a.yaml"),
        ("texts/../../a.txt", "a.yaml"),
        ("..", "a.yaml"),
        ("./.././a.txt", "a.yaml"),
    ],
)
def test_a_text_file_that_leads_out_of_the_library_is_refused(path: str, file: str) -> None:
    problem = problem_in(f"kind: source\ntitle: x\ntext_file: {path}\n", file)
    assert (problem.code, place(problem)) == ("path-outside", (3, 12))


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "~/a.txt", r"a\b.txt", "'C:/a.txt'", "file:///etc/passwd", "https://example.org/a"]
)
def test_a_text_file_that_is_not_a_relative_path_is_refused(path: str) -> None:
    assert problem_in(f"kind: source\ntitle: x\ntext_file: {path}\n").code == "path-not-relative"


def test_a_text_file_may_lie_anywhere_in_the_library() -> None:
    for path in ("../texts/a.txt", "a..b.txt", "./x/../../texts/a.txt"):
        assert read(f"kind: source\ntitle: x\ntext_file: {path}\n", "sources/a.yaml").problems == ()


@pytest.mark.parametrize(
    ("field", "code", "message", "mend"),
    [
        ("kind: contry", "unknown-kind", "There is no kind of record called “contry”.", "Did you mean `country`?"),
        ("kind: organization", "unknown-kind", "", "Did you mean `organisation`?"),
        ("kind: Technology areas", "unknown-kind", "", "Did you mean `technology`?"),
        ("kind: zzz", "unknown-kind", "", "Write `country`, `dialogue`, "),
        ("marking: amber", "bad-marking", "“amber” is not a marking.", "Did you mean `TLP:AMBER`?"),
        ("marking: TLP:WHITE", "bad-marking", "", "Did you mean `TLP:CLEAR`?"),
        ("marking: secret", "bad-marking", "", "Write `TLP:CLEAR`, "),
        ("language: en_GB", "bad-language", "“en_GB” is not a language tag.", "Write `en-GB`."),
        ("language: english", "bad-language", "", "Write the short tag of BCP 47"),
        ("type: newspaper", "bad-choice", "“newspaper” is not a value of `type`.", "Write `article`, "),
        ("type: articel-newspaper", "bad-choice", "", "Did you mean `article-newspaper`?"),
        ("reliability: b", "bad-choice", "", "Did you mean `B`?"),
        ("credibility: 9", "bad-number", "“9” is not a value of `credibility`.", "Write a whole number from 1 to 6."),
        ("credibility: 1.5", "bad-number", "", "Write a whole number from 1 to 6."),
        (f"credibility: {'9' * 5000}", "bad-number", "", "Write a whole number from 1 to 6."),
        ("credibility: ３", "bad-number", "", "Write a whole number from 1 to 6."),
        ("url: http://example.org/a", "bad-url", "", "Write https://example.org/a."),
        ("url: example.org", "bad-url", "", "Write https://example.org."),
        ("url: javascript:alert(1)", "bad-url", "", "Write the whole address: https://…"),
        ("url: https://user@example.org", "bad-url", "", "Write the whole address: https://…"),
        ("url: https://example.org/\u202egpj", "bad-url", "", "Write the whole address: https://…"),
        ("url: https://", "bad-url", "", "Write the whole address: https://…"),
        ("publisher: [a, b]", "wrong-shape", "`publisher` is one value, not a list.", "Write one value."),
        ("publisher: {a: b}", "wrong-shape", "`publisher` is one value, not a map.", "Write one value; put quotation"),
        ("author: {a: b}", "wrong-shape", "`author` is a list of values, not a map.", "Write one value; put"),
        ("author: [[a]]", "wrong-shape", "`author` holds single values, not a list.", "Write one value; put"),
        ("author: [a: b]", "wrong-shape", "`author` holds single values, not a map.", "Write one value; put"),
        ("claims: text", "wrong-shape", "An entry of `claims` is a map of fields, not a text.", "Write it as `- text"),
        ("claims: [[a]]", "wrong-shape", "An entry of `claims` is a map of fields, not a list.", "Write it as `- text"),
        ("links: [a]", "wrong-shape", "An entry of `links` is a map of fields, not a text.", "Write it as `- title"),
        ("identifiers: Q668", "wrong-shape", "`identifiers` is a map from scheme to identifier.", "Write a map"),
        (
            "identifiers: {wikidata: [a]}",
            "wrong-shape",
            "The identifier `wikidata` is not one text.",
            "Write one value.",
        ),
        (
            "identifiers: {wikidata: 668}",
            "bad-identifier",
            "“668” is not of the form",
            "Write it like Q668.",
        ),
        ("claims: [{text: x, at: 0}]", "bad-paragraph", "Paragraphs are counted from 1.", "Write the number"),
        ("claims: [{text: x, at: 4-3}]", "bad-paragraph", "The range 4-3 ends before it begins.", "Write 3-4."),
        (
            "claims: [{text: x, at: '1, 3'}]",
            "bad-paragraph",
            "“1, 3” is not the number",
            "Write 3, or 3-4",
        ),
        ("claims: [{source: x}]", "missing-field", "A claim needs the field `text`.", "Add `text:`. The statement"),
        ("links: [{title: x}]", "missing-field", "A link needs the field `url`.", "Add `url:`. An https address."),
        ("claims: [{text: x, basis: guess}]", "bad-choice", "“guess” is not a value of `basis`.", "Write `fact`, "),
        (
            "claims: [{text: x, basis: assessment, likelihood: likly}]",
            "bad-likelihood",
            "“likly” is not a word of the yardstick icd203.",
            "Did you mean `likely`?",
        ),
        (
            "claims: [{text: x, basis: assessment, likelihood: maybe}]",
            "bad-likelihood",
            "",
            "Write `almost no chance`, ",
        ),
        ("claims: [{text: x, sorce: y}]", "unknown-field", "A claim has no field “sorce”.", "Did you mean `source`?"),
        (
            "claims: [{text: x, iso: y}]",
            "unknown-field",
            "A claim has no field “iso”.",
            "Leave it out; the fields are id, ",
        ),
    ],
)
def test_each_fault_of_a_value_is_said_with_its_mend(field: str, code: str, message: str, mend: str) -> None:
    text = "title: x\n" + (field if field.startswith("kind:") else f"kind: source\n{field}") + "\n"
    problem = problem_in(text)
    assert problem.code == code
    assert message in problem.message
    assert problem.mend.startswith(mend)
    assert problem.message.endswith(".")
    assert problem.mend.endswith((".", "?", "…"))
    assert problem.line == text.count("\n")


def test_what_is_missing_is_said_once_for_each_field() -> None:
    problems = read("summary: x\n").problems
    assert [(problem.code, problem.message, place(problem)) for problem in problems] == [
        ("missing-field", "A record needs the field `kind`.", (1, 1)),
        ("missing-field", "A record needs the field `title`.", (1, 1)),
    ]
    assert problem_in("kind: country\ntitle: ' '\n").code == "missing-field"


def test_a_field_that_has_a_fault_is_not_said_to_be_missing() -> None:
    assert problem_in("kind: country\ntitle: [a]\n").code == "wrong-shape"


def test_where_the_kind_is_unknown_fields_of_kinds_are_not_judged() -> None:
    problems = read("kind: contry\ntitle: x\niso: XXX\nzzzzz: 1\nas_of: never\n").problems
    assert [problem.code for problem in problems] == ["unknown-kind", "unknown-field", "bad-date"]


def test_all_faults_of_a_record_are_said_at_once() -> None:
    text = """\
kind: event
title: [x]
sumary: y
date: 2023-02-30
participants: [A B, c]
claims:
  - text: x
    at: none
  - txt: y
title: z
"""
    problems = read(text, "events/a.yaml").problems
    assert [(problem.line, problem.code) for problem in problems] == [
        (2, "wrong-shape"),
        (3, "unknown-field"),
        (4, "bad-date"),
        (5, "bad-slug"),
        (8, "bad-paragraph"),
        (9, "missing-field"),
        (9, "unknown-field"),
        (10, "duplicate-key"),
    ]
    assert {problem.record for problem in problems} == {"a"}


def test_faults_before_a_line_that_stops_the_parser_are_said_as_well() -> None:
    problems = read("kind: country\nsumary: x\niso: no\ntitle: Quad: the four\n").problems
    assert [(problem.line, problem.code) for problem in problems] == [
        (2, "unknown-field"),
        (3, "bad-country-code"),
        (4, "colon-in-text"),
    ]


def test_a_record_before_a_broken_one_stays_usable() -> None:
    reading = read(GOOD + "id: bad\nkind: country\ntitle: a: b\n")
    assert [record.id for record in reading.records] == ["good"]
    assert [(problem.line, problem.code, problem.record) for problem in reading.problems] == [
        (7, "colon-in-text", "bad")
    ]


def test_a_record_after_one_with_a_fault_stays_usable() -> None:
    reading = read("id: bad\nkind: contry\ntitle: x\n---\n" + GOOD)
    assert [record.id for record in reading.records] == ["good"]
    assert [problem.record for problem in reading.problems] == ["bad"]


def test_what_is_not_a_map_is_not_a_record() -> None:
    assert problem_in("- kind: country\n").message == "This is a list, not a record."
    problem = problem_in("kind:country\n")
    assert (problem.code, problem.message) == ("not-a-record", "“kind:country” is not a record.")
    assert "with a blank behind the colon" in problem.mend


def test_the_name_of_a_field_must_be_text() -> None:
    for text in ("? [a]\n: x\n", "'': x\n"):
        problem = problem_in(COUNTRY + text)
        assert problem.code == "name-not-text"
        assert problem.line == 3


def test_a_record_cannot_have_more_problems_than_can_be_read() -> None:
    problems = read(COUNTRY + "".join(f"zz{number}: x\n" for number in range(5000))).problems
    assert len(problems) == 100


def test_a_file_cannot_have_more_problems_than_can_be_read() -> None:
    problems = read("--- x\n" * 800).problems
    assert len(problems) == 501
    assert (problems[-1].code, problems[-1].message) == ("more-problems", "The file has 300 more problems.")


def test_a_claims_id_stands_once_in_a_record() -> None:
    problem = problem_in(
        "kind: note\ntitle: x\nclaims:\n  - {id: one, text: a}\nsections:\n  - claims:\n      - {id: one, text: b}\n"
    )
    assert (problem.code, place(problem)) == ("duplicate-claim-id", (7, 9))
    assert problem.message == "The claim's id `one` stands in line 4 already."


@pytest.mark.parametrize(
    ("claim", "code", "where"),
    [
        ("{text: x, basis: fact, likelihood: likely}", "likelihood-without-assessment", (4, 28)),
        ("{text: x, confidence: low}", "confidence-without-assessment", (4, 15)),
        ("{text: x, quote: y}", "quote-without-source", (4, 15)),
        ("{text: x, at: 3}", "at-without-source", (4, 15)),
    ],
)
def test_what_a_claim_says_against_itself_is_a_warning(claim: str, code: str, where: tuple[int, int]) -> None:
    problem = warning_in(COUNTRY + f"claims:\n  - {claim}\n")
    assert (problem.code, place(problem)) == (code, where)


@pytest.mark.parametrize(
    "text",
    [
        "We judge with high confidence that it is likely to meet.",
        "It will likely meet, and our confidence is low.",
        "It meets. With moderate confidence, it is very likely to meet again.",
        "It will meet (high confidence).",
    ],
)
def test_a_confidence_in_the_sentence_of_a_likelihood_is_a_warning(text: str) -> None:
    problem = warning_in(COUNTRY + f"claims:\n  - {{text: '{text}', basis: assessment, likelihood: likely}}\n")
    assert (problem.code, problem.line) == ("mixed-confidence", 4)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("It is likely to meet. We have high confidence in the source.", "basis: assessment, likelihood: likely"),
        ("Confidence-building measures are likely.", "basis: assessment, likelihood: likely"),
        ("Seoul has high confidence that it is likely.", "basis: reported"),
        ("It meets with high confidence.", "basis: assessment"),
    ],
)
def test_confidence_elsewhere_is_no_fault(text: str, rest: str) -> None:
    assert read(COUNTRY + f"claims:\n  - {{text: '{text}', {rest}}}\n").problems == ()


@pytest.mark.parametrize(
    ("section", "code", "where"),
    [
        ("{role: points, body: x, line: y}", "question-field", (4, 29)),
        ("{heading: a, body: x, if_pressed: y}", "question-field", (4, 27)),
        ("{role: question, line: x}", "question-without-heading", (4, 5)),
        ("{role: question, heading: x}", "question-without-line", (4, 5)),
        ("{heading: x}", "empty-section", (4, 5)),
    ],
)
def test_what_a_section_lacks_for_its_role_is_a_warning(section: str, code: str, where: tuple[int, int]) -> None:
    problem = warning_in(f"kind: note\ntitle: x\nsections:\n  - {section}\n")
    assert (problem.code, place(problem)) == (code, where)


@pytest.mark.parametrize(("words", "mend"), [("South Korea|x", "Write [[south-korea]]"), ("", "Write [[id]]")])
def test_a_link_of_the_wrong_form_is_a_warning_where_it_stands(words: str, mend: str) -> None:
    problem = warning_in(COUNTRY + f"body: |\n  One [[ok]]\n  and [[{words}]], [[{words}]].\n")
    assert (problem.code, place(problem)) == ("bad-link", (5, 7))
    assert problem.mend.startswith(mend)


def test_a_library_of_a_newer_format_is_refused_with_a_sentence_that_says_so() -> None:
    reading = read_library_file(b"briefing: 2\ntitle: x\nnew_field: y\n", "library.yaml", "folder")
    (problem,) = reading.problems
    assert (problem.code, place(problem), problem.severity) == ("format-version", (1, 11), "error")
    assert problem.message == "The library is of format 2, and this program reads format 1."
    assert problem.mend == "Open it with a newer version of Briefing."
    assert reading.info == LibraryInfo(title="folder")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("title: x\n", "missing-field", (1, 1)),
        ("", "missing-field", (1, 1)),
        ("briefing: one\ntitle: x\n", "bad-number", (1, 11)),
        ("briefing: 0\ntitle: x\n", "bad-number", (1, 11)),
        ("briefing: [1]\ntitle: x\n", "wrong-shape", (1, 11)),
        ("briefing: 1\ntitle: x\nyardstik: phia\n", "unknown-field", (3, 1)),
        ("briefing: 1\ntitle: x\nyardstick: phi\n", "bad-choice", (3, 12)),
        ("briefing: 1\ntitle: x\nmarking: secret\n", "bad-marking", (3, 10)),
        ("briefing: 1\ntitle: x\n---\nkind: country\n", "not-a-library", (4, 1)),
        ("- briefing\n", "not-a-library", (1, 1)),
        ("briefing: 1\ntitle: x\nsummary: [\n", "unclosed-bracket", (3, 10)),
        ("briefing: 1\ntitle: \0\n", "control-character", (2, 8)),
    ],
)
def test_a_fault_in_library_yaml_leaves_what_it_says_otherwise(text: str, code: str, where: tuple[int, int]) -> None:
    reading = read_library_file(text.encode(), "library.yaml", "x")
    (problem,) = reading.problems
    assert (problem.file, problem.code, place(problem)) == ("library.yaml", code, where)
    assert reading.info == LibraryInfo(title="x")


def test_the_defaults_of_a_library_do_not_make_a_faulty_record_usable() -> None:
    assert read(COUNTRY + "marking: TLP:WHITE\n", info=INFO).records == ()
