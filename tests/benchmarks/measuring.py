"""Time things beside each other, in turns, so that a busy machine is unfair to none of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Goal:
    """What is measured against what, and the ratio that it may reach."""

    measured: str
    reference: str
    at_most: float


def in_turns(cases: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Run each case once to warm the disk, then all of them in turns; each returns its seconds."""
    for run in cases.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            seconds[name].append(run())
    return seconds


def print_table(seconds: Mapping[str, Sequence[float]], goals: Sequence[Goal]) -> None:
    """Print the median of each case, then the ratios."""
    width = max(map(len, seconds))
    for name, runs in seconds.items():
        print(
            f"{name:{width}}  median {_time(statistics.median(runs))}  fastest {_time(min(runs))}  ({len(runs)} runs)"
        )
    for goal in goals:
        ratio = statistics.median(seconds[goal.measured]) / statistics.median(seconds[goal.reference])
        verdict = "reached" if ratio <= goal.at_most else "MISSED"
        print(f"{goal.measured} / {goal.reference}: {ratio:.2f} (at most {goal.at_most:g}: {verdict})")


def print_limits(seconds: Mapping[str, Sequence[float]], limits: Mapping[str, float]) -> None:
    """Print whether medians are within limits, in seconds."""
    for name, limit in limits.items():
        median = statistics.median(seconds[name])
        print(f"{name}: {median:.3f} s (at most {limit:g} s: {'reached' if median <= limit else 'MISSED'})")


def _time(seconds: float) -> str:
    return f"{1000 * seconds:8.1f} ms" if seconds < 10 else f"{seconds:8.2f} s "


def own_folders(folder: Path) -> dict[str, str]:
    """Return an environment with a cache and settings of its own, and no display."""
    return {
        # An installed program is compiled, so a checkout must be allowed to keep what it compiled.
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith("BRIEFING_") and name != "PYTHONDONTWRITEBYTECODE"
        },
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def seconds_to_run(command: Sequence[object], environment: Mapping[str, str] | None = None) -> float:
    """Run a command to its end."""
    begin = time.perf_counter()
    subprocess.run([str(word) for word in command], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def seconds_to_line(command: Sequence[object], line: str, environment: Mapping[str, str] | None = None) -> float:
    """Run a command until it prints a line, then to its end, which is not counted."""
    begin = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = 0.0
        for printed in process.stdout:
            if printed.strip() == line and not found:
                found = time.perf_counter() - begin
    if not found or process.returncode:
        sys.exit(f"{command} ended with {process.returncode} and {'' if found else 'never '}printed {line}")
    return found
