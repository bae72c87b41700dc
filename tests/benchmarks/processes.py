"""The memory of a process and of all that it started, read from /proc while it runs (Linux alone has that)."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LOOK_SECONDS = 0.25
MEGABYTE = 1_000_000


class Run(NamedTuple):
    """How long a command ran, and the most memory that it had at one time, in MB.

    `together_mb` is the sum of the proportional set sizes (PSS) of all its processes, so that what they share counts
    once; `first_mb` is the resident set size (RSS) of the first alone.
    """

    seconds: float
    together_mb: float
    first_mb: float


def watched(
    command: Sequence[object], environment: Mapping[str, str], seconds: float | None = None, look: float = LOOK_SECONDS
) -> Run:
    """Run a command to its end, or end it after so many seconds, and look at its memory all the while."""
    together = first = 0.0
    begin = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if seconds else None,
    ) as process:
        while process.poll() is None:
            together = max(
                together, sum(_kilobytes(each, "smaps_rollup", "Pss:") for each in family(process.pid)) / 1000
            )
            first = max(first, _kilobytes(process.pid, "status", "VmRSS:") / 1000)
            if seconds is not None and time.perf_counter() - begin > seconds:
                process.terminate()
                break
            time.sleep(look)
        code = process.wait()
        ran = time.perf_counter() - begin
    if seconds is None and code:
        raise subprocess.CalledProcessError(code, process.args)
    return Run(ran, 1.024 * together, 1.024 * first)


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started, at any depth."""
    yield pid
    try:
        for task in Path("/proc", str(pid), "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))
    except OSError:
        return


def size_of(folder: Path) -> int:
    """Return how many bytes the files below a folder have together, as they are read."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _kilobytes(pid: int, file: str, field: str) -> int:
    try:
        for line in Path("/proc", str(pid), file).read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1])
    except (OSError, ValueError):
        pass  # It has just ended.
    return 0
