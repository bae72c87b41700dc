"""How long the frozen program takes to the first painted window, beside the plain installation that it is made from.

    xvfb-run -s '-screen 0 1600x1000x24' python tests/benchmarks/frozen_startup.py \\
        build/frozen/briefing/briefing build/ci/bin/briefing [--rounds 15]

Both are looked at from outside: a point of an empty screen that the window will cover, until it changes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import ROOT, Goal, in_turns, own_folders, print_table, seconds_to_run
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QScreen

POINT = (400, 300)
LONGEST = 20.0


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frozen", type=Path)
    parser.add_argument("plain", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    application = QGuiApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        environment = {**own_folders(Path(folder)), "QT_QPA_PLATFORM": "xcb"}
        library = ROOT / "resources" / "library"
        seconds_to_run([arguments.plain.absolute(), "index", "--library", library], environment)
        cases = {
            name: partial(seconds_to_window, command.absolute(), library, environment, application.primaryScreen())
            for name, command in (("frozen", arguments.frozen), ("plain", arguments.plain))
        }
        seconds = in_turns(cases, arguments.rounds)
    print_table(seconds, [Goal("frozen", "plain", 1.5)])


def seconds_to_window(command: Path, library: Path, environment: Mapping[str, str], screen: QScreen) -> float:
    """Open the window, and close it as soon as it is painted."""
    ground = colour(screen)
    begin = time.perf_counter()
    with subprocess.Popen([str(command), "--library", str(library)], env=environment) as process:
        while colour(screen) == ground:
            if process.poll() is not None or time.perf_counter() - begin > LONGEST:
                sys.exit(f"{command} has not painted a window")
            time.sleep(0.001)
        found = time.perf_counter() - begin
        time.sleep(1.0)  # it is filled, and can be closed
        process.terminate()
    while colour(screen) != ground:
        time.sleep(0.01)
    return found


def colour(screen: QScreen) -> int:
    """Return the colour of the point."""
    return screen.grabWindow(0, *POINT, 1, 1).toImage().pixel(0, 0)


if __name__ == "__main__":
    main()
