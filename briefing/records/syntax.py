"""What a YAML parser says of a file that it cannot read, said so that an author can mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefing.records.nodes import Place
from briefing.records.suggest import shown

if TYPE_CHECKING:
    from briefing.records.nodes import Mark

_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_QUOTE_IT = "Put quotation marks around the text."


class Stopped(Protocol):
    """As much as is asked of PyYAML's MarkedYAMLError."""

    problem: str | None
    context: str | None

    @property
    def problem_mark(self) -> Mark | None:
        """Where the parser stopped."""

    @property
    def context_mark(self) -> Mark | None:
        """Where what it was doing began."""


class Fault(NamedTuple):
    """A fault of syntax and where it is, from 1."""

    line: int
    column: int
    code: str
    message: str
    mend: str


class Complaint(NamedTuple):
    """What libyaml says: the problem and what it was doing, each with line and column from 0."""

    problem: str
    line: int
    column: int
    context: str = ""
    context_line: int = 0
    context_column: int = 0

    @classmethod
    def of(cls, error: Stopped) -> Complaint:
        """Return what an error of PyYAML says."""
        at, start = error.problem_mark or Place(0, 0), error.context_mark or Place(0, 0)
        return cls(error.problem or "", at.line, at.column, error.context or "", start.line, start.column)


def control_character(text: str, start: int = 0) -> int:
    """Return where the first character stands that no text may hold, or -1."""
    match = _NOT_ALLOWED.search(text, start)
    return match.start() if match else -1


def without_controls(text: str) -> str:
    """Return the text with a blank in place of every character that no text may hold."""
    return _NOT_ALLOWED.sub(" ", text)


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of an offset into a text."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def name_of(character: str) -> str:
    """Return what a control character is called."""
    return "a NUL" if character == "\0" else f"the control character U+{ord(character):04X}"


def explain(complaint: Complaint, text: str) -> Fault:
    """Return the fault behind a complaint about the text of a file."""
    lines = text.split("\n")
    complaint = _within(lines, complaint)
    line = lines[complaint.line]
    before, after = line[: complaint.column], line[complaint.column :]
    problem, context = complaint.problem, complaint.context
    here = (complaint.line + 1, complaint.column + 1)
    start = (complaint.context_line + 1, complaint.context_column + 1)

    is_said = "cannot start any token" in problem or "tab character" in problem
    if "\t" in (after[:1], before[-1:]) and (is_said or not before.strip()):
        column = len(before) + 1 if after[:1] == "\t" else len(before)
        return Fault(here[0], column, "tab", "A tab is used for indentation.", "Use spaces.")
    if "cannot start any token" in problem:
        return Fault(*here, "needs-quotes", f"Text cannot begin with {shown(after[:1])}.", _QUOTE_IT)
    if "mapping values are not allowed" in problem:
        return _misplaced_colon(here, lines, line, before)
    if "quoted scalar" in context:
        return _quoted(here, start, problem, line)
    if "flow" in context or "node content" in problem:
        return _brackets(here, start, lines, complaint, after)
    if "block sequence entries" in problem:
        mend = "Put each item of a list on a line of its own, below the field's name."
        return Fault(*here, "misplaced-item", "A list begins behind the name of its field.", mend)
    if "block scalar" in context:
        mend = "Begin the text on the next line."
        return Fault(*here, "block-text", "Text stands on the same line as | or >.", mend)
    if "alias" in context or "anchor" in context:
        mend = "Put quotation marks around text that begins with * or &."
        return Fault(*start, "alias" if "alias" in context else "anchor", "Text begins with * or &.", mend)
    if "tag" in context or "tag" in problem:
        return Fault(
            *(start if context else here), "tag", "A tag is used.", "Leave it out: the field decides the type."
        )
    if "directive" in context or "directive" in problem or "incompatible YAML" in problem:
        return Fault(*start, "directive", "A line begins with %.", "Leave it out, or put quotation marks around it.")
    if "could not find expected ':'" in problem:
        return Fault(*start, "missing-colon", "The name of a field has no colon.", "Write `name: value`.")
    if "did not find expected" in problem:
        return _unexpected(here, before)
    return Fault(*here, "yaml", f"This is not YAML: {problem}.", "Check quotation marks, colons and indentation here.")


def _within(lines: list[str], complaint: Complaint) -> Complaint:
    # At the end of a file without a last line end, the parser says that it stands on a line that there is not.
    last = len(lines) - 1
    if complaint.line > last:
        complaint = complaint._replace(line=last, column=len(lines[last]))
    if complaint.context_line > last:
        complaint = complaint._replace(context_line=last, context_column=len(lines[last]))
    return complaint


def _misplaced_colon(here: tuple[int, int], lines: list[str], line: str, before: str) -> Fault:
    field = re.match(r"[\s-]*[\w-]+: +(?=\S)", before)
    if field is not None:
        rest = line[field.end() :].strip().replace('"', '\\"')
        mend = f'Put quotation marks around it: {field[0].strip(" -")} "{rest}".' if len(rest) <= 80 else _QUOTE_IT
        return Fault(*here, "colon-in-text", "A colon and a blank stand within text without quotation marks.", mend)
    above = next((each for each in reversed(lines[: here[0] - 1]) if each.strip()), "")
    if above and ":" not in above and not above.lstrip().startswith("-"):
        number = max(index for index, each in enumerate(lines[: here[0] - 1]) if each.strip()) + 1
        column = len(above) - len(above.lstrip()) + 1
        return Fault(number, column, "missing-colon", "The name of a field has no colon.", "Write `name: value`.")
    mend = "Begin it in the column where the other fields begin; put quotation marks around text with a colon."
    return Fault(*here, "indentation", "The field is indented further than the one above it.", mend)


def _quoted(here: tuple[int, int], start: tuple[int, int], problem: str, line: str) -> Fault:
    if "escape" in problem or "Unicode" in problem or "hexdecimal" in problem:
        mend = "Use single quotation marks, or write the backslash twice."
        column = line.rfind("\\", 0, here[1]) + 1
        return Fault(
            here[0],
            column or here[1],
            "bad-escape",
            "A backslash within double quotation marks begins an unknown escape.",
            mend,
        )
    if "document indicator" in problem or "end of stream" in problem:
        mend = "Close it; within single quotation marks, an apostrophe is written twice."
        return Fault(*start, "unclosed-quote", "The quotation mark that begins here is never closed.", mend)
    return Fault(*here, "yaml", f"The text in quotation marks cannot be read: {problem}.", "Check its quotation marks.")


def _brackets(
    here: tuple[int, int], start: tuple[int, int], lines: list[str], complaint: Complaint, after: str
) -> Fault:
    if "node content" in complaint.problem and after[:1] and "flow" not in complaint.context:
        return Fault(*here, "needs-quotes", f"A value cannot begin with {shown(after[:1])}.", _QUOTE_IT)
    if complaint.line == complaint.context_line and after.strip():
        mend = "Put a comma between the items, and quotation marks around text that holds commas or brackets."
        return Fault(*here, "missing-comma", "The items of a list or a map in brackets run together.", mend)
    bracket = lines[start[0] - 1][start[1] - 1 :][:1]
    if bracket not in ("[", "{"):
        start, bracket = _last_bracket(lines, complaint)
    mend = "Close it, or put quotation marks around text that begins with a bracket."
    return Fault(*start, "unclosed-bracket", f"The bracket {shown(bracket)} is never closed.", mend)


def _last_bracket(lines: list[str], complaint: Complaint) -> tuple[tuple[int, int], str]:
    before = "\n".join([*lines[: complaint.line], lines[complaint.line][: complaint.column]])
    offset = max(before.rfind("["), before.rfind("{"), 0)
    return place_of(before, offset), before[offset : offset + 1]


def _unexpected(here: tuple[int, int], before: str) -> Fault:
    if before.strip() and before.rstrip()[-1] in "'\"":
        mend = "Put the whole text into quotation marks; within single ones, an apostrophe is written twice."
        return Fault(*here, "text-after-quote", "Text goes on behind a closing quotation mark.", mend)
    mend = "Begin it in the column where the fields or items above it begin."
    return Fault(*here, "indentation", "The line is not in line with those above it.", mend)
