"""How long it takes from the start of the process to the first painted window, and to the record that was read last.

    python tests/benchmarks/startup.py [--records 100000] [--rounds 15]

Beside a bare PySide6 window with a tree and a text browser, on the bundled library and on a generated one, both
indexed before.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from library_maker import make_library
from measuring import ROOT, Goal, in_turns, own_folders, print_table, seconds_to_line, seconds_to_run

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
BARE = [sys.executable, HERE / "bare_window.py"]
BRIEFING = [sys.executable, HERE / "first_paint.py", "--library"]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=0, help="measure a generated library of that size as well")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        environment = own_folders(work)
        libraries = {"bundled": ROOT / "resources" / "library"}
        if arguments.records:
            libraries[f"{arguments.records:,} records"] = work / "library"
            make_library(work / "library", arguments.records)
        cases: dict[str, Callable[[], float]] = {"bare window": partial(seconds_to_line, BARE, "painted", environment)}
        goals = []
        for name, library in libraries.items():
            print(f"Indexing: {name}", file=sys.stderr)
            seconds_to_run([sys.executable, "-m", "briefing", "index", "--library", library], environment)
            for line, at_most in (("painted", 1.5), ("record", 2.5)):
                case = f"{name}, {line}"
                cases[case] = partial(seconds_to_line, [*BRIEFING, library], line, environment)
                goals.append(Goal(case, "bare window", at_most))
        seconds = in_turns(cases, arguments.rounds)
    print_table(seconds, goals)


if __name__ == "__main__":
    main()
