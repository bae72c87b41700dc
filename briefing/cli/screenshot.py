"""`briefing screenshot`: the window in a PNG file, drawn without a display."""

from __future__ import annotations

import os
import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.opening import opened, places
from briefing.cli.parser import add_library, add_texts, words_of
from briefing.errors import EnvironmentFault

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = """\
  briefing screenshot window.png --record icet --theme dark --scale 2"""

SMALLEST, LARGEST = 200, 8000


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("file", type=_png, metavar="FILE.png", help="the file to write")
    parser.add_argument("--record", default="", metavar="ID", help="the record to open (default: the library's home)")
    parser.add_argument("--query", default="", metavar="QUERY", help="what stands in the search field")
    parser.add_argument("--size", type=_size, default=(1360, 860), metavar="WIDTHxHEIGHT", help="(default: 1360x860)")
    parser.add_argument("--scale", type=int, choices=(1, 2), default=1, help="2 for a screen of high density")
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="(default: light)")
    add_library(parser)
    add_texts(parser)


def run(arguments: Namespace) -> int:
    """Draw the window."""
    from briefing.cli.finding import record_named

    with opened(arguments) as library:
        if arguments.record:
            record_named(library, arguments.record)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from briefing.app.app import render_window
    except ImportError as error:
        if error.name is not None and error.name.startswith("briefing"):
            raise
        from briefing.cli.display import missing_library

        raise EnvironmentFault(missing_library(error).rstrip(".")) from error
    folder, texts = places(arguments)
    render_window(
        arguments.file,
        library=folder,
        texts=texts,
        record=words_of([arguments.record]),
        query=words_of([arguments.query]),
        size=arguments.size,
        scale=arguments.scale,
        theme=arguments.theme,
    )
    return 0


def _png(text: str) -> Path:
    if not text.lower().endswith(".png"):
        raise ArgumentTypeError(f"{text} does not end in .png, and that is what is drawn")
    return Path(text)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise ArgumentTypeError(f"{text} is no size such as 1360x860, each from {SMALLEST} to {LARGEST}")
    return width, height
