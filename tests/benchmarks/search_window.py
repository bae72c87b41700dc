"""The window on a large library: its first paint, its memory, and the longest steps of its tree."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from figures import Limit, Spread, say
from measuring import ROOT, in_turns, seconds_to_line, seconds_to_run
from processes import Run, watched

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
BUNDLED = ROOT / "resources" / "library"
FIRST_PAINT = [sys.executable, HERE / "first_paint.py", "--library"]
RECORDS_A_SECOND = 20_000
"""The window is looked at for a second more for so many records: the program that it starts walks the folder."""


class Opening(NamedTuple):
    """Seconds until the first paint and the last record, on this library and on the bundled one, and the memory."""

    painted: float
    painted_bundled: float
    record: float
    record_bundled: float
    memory: Run

    @property
    def limits(self) -> list[Limit]:
        """The figures with their goals."""
        return [
            Limit("first paint / that of the bundled library", self.painted / self.painted_bundled, 1.3),
            Limit("memory of the window (RSS)", self.memory.first_mb, 250, "MB"),
        ]

    def __str__(self) -> str:
        return (
            f"first paint {1000 * self.painted:,.0f} ms (bundled library {1000 * self.painted_bundled:,.0f}), record "
            f"{1000 * self.record:,.0f} ms ({1000 * self.record_bundled:,.0f}); window and the program that watches "
            f"the folder together at most {self.memory.together_mb:,.0f} MB (PSS)"
        )


class Tree(NamedTuple):
    """The steps of the tree, and to which record of its largest section they led.

    `processor` is what the window's thread worked in them: where other programs keep the machine busy, a step takes
    longer than that.
    """

    steps: dict[str, Spread]
    processor: dict[str, Spread]
    total: int
    by_keys: int
    by_dragging: int

    @property
    def limits(self) -> list[Limit]:
        """The longest step of all."""
        worst = max(self.steps, key=lambda name: self.steps[name].most)
        return [Limit(f"longest step of the tree on the window's thread ({worst})", self.steps[worst].most, 50, "ms")]

    def __str__(self) -> str:
        steps = ", ".join(
            f"{name} {spread.most:,.0f} ms (processor {self.processor[name].most:,.0f})"
            for name, spread in self.steps.items()
        )
        return (
            f"longest steps in a section of {self.total:,}: {steps}; "
            f"reached record {self.by_keys:,} by keys, {self.by_dragging:,} by dragging"
        )


def opening(library: Path, records: int, environment: Mapping[str, str], rounds: int = 7) -> Opening:
    """Open the window on both libraries in turns, then once more to look at its memory."""
    say("Opening the window")
    seconds_to_run([sys.executable, "-m", "briefing", "index", "--library", BUNDLED], environment)
    cases = {
        f"{line} {place}": partial(seconds_to_line, [*FIRST_PAINT, folder], line, environment)
        for line in ("painted", "record")
        for place, folder in (("here", library), ("bundled", BUNDLED))
    }
    times = {name: statistics.median(runs) for name, runs in in_turns(cases, rounds).items()}
    command = [sys.executable, "-m", "briefing", "--library", library]
    run = watched(command, environment, seconds=8 + records / RECORDS_A_SECOND)
    return Opening(times["painted here"], times["painted bundled"], times["record here"], times["record bundled"], run)


def tree(library: Path, environment: Mapping[str, str]) -> Tree:
    """Work the tree in a process of its own."""
    say("Working the tree")
    command = [sys.executable, str(HERE / "tree_steps.py"), str(library)]
    done = subprocess.run(command, env=dict(environment), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout)
    steps, processor = (
        {name: Spread.of(times) for name, times in found[each].items()} for each in ("seconds", "processor_seconds")
    )
    return Tree(steps, processor, found["total"], found["by_keys"], found["by_dragging"])
