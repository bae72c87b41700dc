"""How long the first index of generated records takes, beside loading them with PyYAML, and Qt's help engine.

python tests/benchmarks/indexing.py [--records 10000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import html
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from library_maker import make_library
from measuring import Goal, in_turns, own_folders, print_table, seconds_to_run

LOAD = """
import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yaml"):
    with path.open("rb") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""

# Compiling the notes into a help file, and the full text index of it: what Qt's help engine does at its first start.
HELP = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtHelp import QHelpEngine, QHelpEngineCore, QHelpSearchEngine
application = QCoreApplication(sys.argv)
core = QHelpEngineCore(sys.argv[1])
core.setReadOnly(False)
if not core.setupData() or not core.registerDocumentation(sys.argv[2]):
    sys.exit(core.error())
# The engine that registered the documentation indexes nothing of it, nor does one whose application does not run yet.
engine = QHelpEngine(sys.argv[1])
engine.setReadOnly(False)
engine.setupData()
search = QHelpSearchEngine(engine)
search.indexingFinished.connect(application.quit)
QTimer.singleShot(0, search.reindexDocumentation)
application.exec()
"""


def first_index(library: Path, work: Path) -> float:
    """Index a library of which nothing is known."""
    shutil.rmtree(work / "cache", ignore_errors=True)
    command = [sys.executable, "-m", "briefing", "index", "--library", library]
    return seconds_to_run(command, own_folders(work))


def help_generator() -> str | None:
    """Return where Qt's help compiler is, in Debian's package qt6-documentation-tools; None where it is not."""
    return shutil.which("qhelpgenerator", path="/usr/lib/qt6/libexec:/usr/lib/qt6/bin") or shutil.which(
        "qhelpgenerator"
    )


def help_project(library: Path, folder: Path) -> Path:
    """Write the same text as HTML pages with a help project, and return the project."""
    pages = []
    for path in sorted(library.rglob("*-*.yaml")):
        page = folder / f"{path.stem}.html"
        text = path.read_text(encoding="utf-8")
        page.write_text(
            f"<html><head><title>{html.escape(path.stem)}</title></head><body><p>{html.escape(text)}</p></body></html>",
            encoding="utf-8",
        )
        pages.append(page.name)
    project = folder / "notes.qhp"
    files = "".join(f"<file>{name}</file>" for name in pages)
    project.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><QtHelpProject version="1.0"><namespace>notes</namespace>'
        "<virtualFolder>notes</virtualFolder><filterSection><filterAttribute>notes</filterAttribute><toc/>"
        f"<files>{files}</files></filterSection></QtHelpProject>",
        encoding="utf-8",
    )
    return project


def help_engine(project: Path, work: Path) -> float:
    """Compile and index the pages with Qt's help engine."""
    folder = work / "help"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    compiled = folder / "notes.qch"
    begin = time.perf_counter()
    subprocess.run(
        [help_generator() or "qhelpgenerator", project, "-o", compiled], check=True, stdout=subprocess.DEVNULL
    )
    subprocess.run([sys.executable, "-c", HELP, folder / "notes.qhc", compiled], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    with closing(sqlite3.connect(folder / ".notes" / "fts")) as index:
        (indexed,) = index.execute("SELECT count(*) FROM info").fetchone()
    if not indexed:
        sys.exit("Qt's help engine has indexed nothing")
    return seconds


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        library = work / "library"
        make_library(library, arguments.records)
        cases = {
            "PyYAML's C loader, one process": lambda: seconds_to_run([sys.executable, "-c", LOAD, library]),
            "first index": lambda: first_index(library, work),
        }
        goals = [Goal("first index", "PyYAML's C loader, one process", 3)]
        if help_generator():
            pages = work / "pages"
            pages.mkdir()
            project = help_project(library, pages)
            cases["Qt's help engine"] = lambda: help_engine(project, work)
            goals.append(Goal("first index", "Qt's help engine", 1))
        else:
            print("Qt's help engine is left out: qhelpgenerator is not installed.", file=sys.stderr)
        seconds = in_turns(cases, arguments.rounds)
    print_table(seconds, goals)
    for name in seconds:
        print(f"{name}: {arguments.records / statistics.median(seconds[name]):,.0f} records/s")


if __name__ == "__main__":
    main()
