"""Write the manual page from what the command itself says of its verbs and options: `python manual.py > briefing.1`."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from briefing.cli.parser import whole_parser
from briefing.cli.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "find, check and print briefing notes, offline"

END = """\
.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Nothing was found, or faults were found.
.TP
.B 2
Wrong usage, or the machine lacks something; a sentence says what.
.TP
.B 130
Ended by Ctrl+C.
.SH FILES
.TP
.I ~/.config/briefing/settings.json
Settings, window state and recent libraries.
.TP
.I ~/.cache/briefing
A catalogue and a search index for each library; they are made again where they are missing.
.PP
Libraries themselves are only read.
.SH ENVIRONMENT
.TP
.B BRIEFING_CONFIG
The folder of the settings.
.TP
.B BRIEFING_CACHE
The folder of catalogues and indexes.
.TP
.B BRIEFING_DEBUG
With 1, an error that should not be is shown with the place where it came about.
.TP
.B NO_COLOR
With anything, terminals are written to without colour.
"""


def manual() -> str:
    """Return the page in the language of man(7)."""
    parser = whole_parser()
    verbs = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return "\n".join(
        (
            ".TH BRIEFING 1",
            ".SH NAME",
            f"briefing \\- {_text(NAME)}",
            ".SH SYNOPSIS",
            *_usage("briefing", parser),
            ".br",
            r".B briefing \fIVERB\fR [\fIOPTION\fR ...] [\fIWORD\fR ...]\&",
            ".SH DESCRIPTION",
            *_description(parser.description or ""),
            ".SH OPTIONS",
            *_arguments(parser),
            ".SH VERBS",
            *(line for name in VERBS for line in _verb(name, verbs.choices[name])),
            END,
        )
    )


def _verb(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f".SS briefing {name}"
    yield from _usage(f"briefing {name}", parser)
    yield ".PP"
    yield from _description(parser.description or "")
    yield from _arguments(parser)


def _usage(command: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f".B {_text(command)}"
    for action in _taken(parser):
        words = " ".join(
            filter(None, (_bold(action.option_strings[-1]) if action.option_strings else "", _value(action)))
        )
        yield words if action.required and action.nargs not in ("?", "*") else f"[{words}]"


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in _taken(parser):
        yield ".TP"
        names = ", ".join(map(_bold, action.option_strings))
        yield f"{names} {_value(action)}".strip()
        yield _text(parser._get_formatter()._expand_help(action)) if action.help else "see above"


def _taken(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield what a parser takes and tells of, but for the verbs."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction) and action.help != argparse.SUPPRESS:
            yield action


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.metavar:
        name = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    elif action.choices:
        return "|".join(map(_bold, map(str, action.choices)))
    else:
        name = action.dest.upper()
    return f"\\fI{_text(name)}\\fR" + (r" ...\&" if action.nargs in ("+", "*") else "")


def _description(text: str) -> Iterator[str]:
    """Give paragraphs, and what is indented as it stands."""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = block.splitlines()
        if all(line.startswith("  ") for line in lines):
            yield from (".PP", ".nf", ".RS 4", *(_text(line[2:]) for line in lines), ".RE", ".fi")
        else:
            yield from (".PP", *map(_text, lines))


def _bold(text: str) -> str:
    return f"\\fB{_text(text)}\\fR"


def _text(text: str) -> str:
    """Return text as such: no character of it is a command, and a hyphen can be searched for and copied."""
    shown = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


if __name__ == "__main__":
    print(manual(), end="")
