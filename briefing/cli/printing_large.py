"""Printing a dossier that is set in parts: progress on a terminal, and files that are there whole or not at all."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.progress import ProgressLine
from briefing.cli.terminal import one_line
from briefing.errors import EnvironmentFault, UsageError
from briefing.printing.volumes import print_large

if TYPE_CHECKING:
    from briefing.library.library import Library
    from briefing.printing.order import Order
    from briefing.printing.volumes import Reached

_PHASES = {"composing": "Composing records", "setting": "Setting pages", "binding": "Binding"}


def print_in_parts(order: Order, library: Library, output: str, *, joined: bool) -> int:
    """Print a dossier as one file, or as volumes beside each other."""
    if output == "-":
        raise UsageError("So many records are not written to standard output", mend="Name a file.")
    target = Path(output).absolute()
    progress = ProgressLine()

    def say(reached: Reached) -> None:
        progress.say(lambda: f"{_PHASES[reached.phase]}: {reached.done:,} of {reached.total:,} records")

    try:
        # Beside the target: so that a file moves there in one step, and what does not fit the disk is known before.
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            bound = print_large(order, library, Path(folder), "joined" if joined else "volumes", say)
            targets = [target] if joined else _volumes(target, len(bound.files))
            for file, place in zip(bound.files, targets, strict=True):
                file.replace(place)
    except OSError as error:
        raise EnvironmentFault(f"The file cannot be written ({error.strerror or error})", where=output) from error
    finally:
        progress.close()
    for note in bound.notes:
        print(one_line(note), file=sys.stderr)
    if joined:
        print("So large a file has no tags for screen readers; the volumes without --joined do.", file=sys.stderr)
    else:
        print(f"{len(targets)} volumes: {targets[0].name} to {targets[-1].name}", file=sys.stderr)
    return 0


def _volumes(target: Path, number: int) -> list[Path]:
    width = len(str(number))
    return [target.with_name(f"{target.stem}-{each:0{width}}{target.suffix}") for each in range(1, number + 1)]
