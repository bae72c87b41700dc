"""How long `briefing search` takes, beside a Python that only imports the two engines.

python tests/benchmarks/search_command.py [--rounds 20]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import Goal, in_turns, own_folders, print_table, seconds_to_run

COMMAND = [sys.executable, "-m", "briefing", "search", "trilateral", "technology"]
ENGINES = [sys.executable, "-c", "import sqlite3, tantivy"]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = own_folders(Path(folder))
        cases = {
            "python -c pass": lambda: seconds_to_run([sys.executable, "-c", "pass"], environment),
            "python, importing tantivy and sqlite3": lambda: seconds_to_run(ENGINES, environment),
            "briefing search": lambda: seconds_to_run(COMMAND, environment),
            "briefing search --json": lambda: seconds_to_run([*COMMAND, "--json"], environment),
        }
        seconds = in_turns(cases, arguments.rounds)
    reference = "python, importing tantivy and sqlite3"
    print_table(seconds, [Goal(name, reference, 4) for name in ("briefing search", "briefing search --json")])


if __name__ == "__main__":
    main()
