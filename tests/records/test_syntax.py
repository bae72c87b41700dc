from __future__ import annotations

import pytest

from briefing.records.syntax import Complaint, control_character, explain
from tests.records.record_texts import place, read


@pytest.mark.parametrize(
    ("text", "code", "where", "mend"),
    [
        ("title: Quad: the four", "colon-in-text", (1, 12), 'Put quotation marks around it: title: "Quad: the four".'),
        ("- text: a: b", "colon-in-text", (1, 10), 'Put quotation marks around it: text: "a: b".'),
        ('title: a: "b"', "colon-in-text", (1, 9), r'Put quotation marks around it: title: "a: \"b\"".'),
        (f"title: a: {'b' * 100}", "colon-in-text", (1, 9), "Put quotation marks around the text."),
        ("title: b\n summary: c", "indentation", (2, 9), "Begin it in the column where the other fields begin; "),
        ("title\nkind: c", "missing-colon", (1, 1), "Write `name: value`."),
        ("kind: c\n\ntitle\n\nid: a", "missing-colon", (3, 1), "Write `name: value`."),
        ("a: [1, 2\nb: 3", "unclosed-bracket", (1, 4), "Close it, or put quotation marks around text that begins "),
        ("a: {b: c", "unclosed-bracket", (1, 4), "Close it, or put quotation marks"),
        ("a: [b: {c", "unclosed-bracket", (1, 8), "Close it, or put quotation marks"),
        ("a: [", "unclosed-bracket", (1, 4), "Close it, or put quotation marks"),
        ("a: ['b' c]", "missing-comma", (1, 9), "Put a comma between the items, "),
        ("a: ]", "needs-quotes", (1, 4), "Put quotation marks around the text."),
        ("a: @x", "needs-quotes", (1, 4), "Put quotation marks around the text."),
        ("a: `x`", "needs-quotes", (1, 4), "Put quotation marks around the text."),
        ("a: %x", "needs-quotes", (1, 4), "Put quotation marks around the text."),
        ("a: 'x", "unclosed-quote", (1, 4), "Close it; "),
        ("a: 'x\n---\nb: c'", "unclosed-quote", (1, 4), "Close it; "),
        ('a: "C:\\Users"', "bad-escape", (1, 7), "Use single quotation marks, "),
        ('a: "\\xZZ"', "bad-escape", (1, 5), "Use single quotation marks, "),
        ('a: "\\uD800"', "bad-escape", (1, 5), "Use single quotation marks, "),
        ("a: 'it's'", "text-after-quote", (1, 8), "Put the whole text into quotation marks; "),
        ('a: "x" y', "text-after-quote", (1, 8), "Put the whole text into quotation marks; "),
        ("a: |\n  x\n y", "indentation", (3, 2), "Begin it in the column where the fields or items above it begin."),
        ("  a: 1\n b: 2", "indentation", (2, 2), "Begin it in the column"),
        ("- a\nb: c", "indentation", (2, 1), "Begin it in the column"),
        ("a: - b", "misplaced-item", (1, 4), "Put each item of a list on a line of its own, "),
        ("a: | x\n  b", "block-text", (1, 6), "Begin the text on the next line."),
        ("a: *Important* note", "alias", (1, 4), "Put quotation marks around text that begins with * or &."),
        ("a: & b", "anchor", (1, 4), "Put quotation marks around text that begins with * or &."),
        ("a: !e!x b", "tag", (1, 4), "Leave it out: the field decides the type."),
        ("a: !<x b", "tag", (1, 4), "Leave it out: the field decides the type."),
        ("%FOO\n---\na: b", "directive", (1, 1), "Leave it out, "),
        ("%YAML 3.0\n---\na: b", "directive", (1, 1), "Leave it out, "),
        ("? a\nb: c\nd", "missing-colon", (3, 1), "Write `name: value`."),
    ],
)
def test_what_stops_the_parser_is_said_with_its_mend(text: str, code: str, where: tuple[int, int], mend: str) -> None:
    for end in ("", "\n"):
        reading = read(text + end)
        assert reading.records == ()
        found = [problem for problem in reading.problems if problem.code == code]
        assert [place(problem) for problem in found] == [where], reading.problems
        assert found[0].mend.startswith(mend)
        assert found[0].message.endswith(".")


def test_what_no_rule_knows_is_said_in_the_parsers_words() -> None:
    fault = explain(Complaint("something new", 0, 2), "a: b")
    assert (fault.code, fault.line, fault.column) == ("yaml", 1, 3)
    assert fault.message == "This is not YAML: something new."
    quoted = explain(Complaint("something new", 0, 3, "while scanning a quoted scalar"), "a: 'b'")
    assert quoted.message == "The text in quotation marks cannot be read: something new."


def test_a_control_character_is_found_wherever_it_stands() -> None:
    assert control_character("ab\0") == 2
    assert control_character("a\tb\r\n\u2028é 한") == -1
