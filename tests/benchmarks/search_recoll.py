"""Recoll on the files of a made-up library, where Debian's python3-recoll is installed; the system's Python has it."""

from __future__ import annotations

import json
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

from figures import Spread, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from search_classes import Typed

PYTHON = "/usr/bin/python3"
MOST_RECORDS = 100_000
"""It indexes some hundreds of records a second, so larger libraries are indexed in part."""
SECONDS_A_CLASS = 30.0
"""A class in which it is slow is cut to as many queries as it answers in this time."""

# Each query once to warm, then timed: 20 hits, each with an abstract that has the words marked.
ASK = """
import json, sys, time
from recoll import recoll
asked = json.load(sys.stdin)
database = recoll.connect(confdir=sys.argv[1])
def ask(text):
    query = database.query()
    query.execute(text)
    return [(hit.url, hit.title, query.makedocabstract(hit)) for hit in query.fetchmany(20)]
answers = {}
for name, texts in asked.items():
    answers[name] = []
    for text in texts:
        if sum(answers[name]) > float(sys.argv[2]):
            break
        try:
            ask(text)
            begin = time.perf_counter()
            ask(text)
            answers[name].append(time.perf_counter() - begin)
        except Exception as fault:
            print(name, text, fault, file=sys.stderr)
json.dump(answers, sys.stdout)
"""


class Answers(NamedTuple):
    """How many records were indexed and in what time, and how long each class took."""

    records: int
    indexing_seconds: float
    classes: dict[str, Spread]


def is_installed() -> bool:
    """Whether the system's Python can ask Recoll."""
    try:
        return not subprocess.run([PYTHON, "-c", "import recoll"], capture_output=True, check=False).returncode
    except OSError:
        return False


def recoll(library: Path, work: Path, classes: Mapping[str, Sequence[Typed]]) -> Answers:
    """Index the first records with Recoll, unless that was done, and time the queries."""
    folders = sorted(path for path in library.iterdir() if path.is_dir())[: MOST_RECORDS // 1000]
    records = sum(1 for folder in folders for _ in folder.iterdir())
    took = work / "seconds"
    if not took.exists():
        say(f"Indexing {records:,} records with Recoll")
        work.mkdir(parents=True, exist_ok=True)
        (work / "recoll.conf").write_text(
            f"topdirs = {' '.join(map(str, folders))}\nloglevel = 1\nnoaspell = 1\n", encoding="utf-8"
        )
        (work / "mimemap").write_text(".yaml = text/plain\n", encoding="utf-8")
        begin = time.perf_counter()
        subprocess.run(["recollindex", "-c", work], check=True, capture_output=True)
        took.write_text(str(time.perf_counter() - begin), encoding="utf-8")
    say("Asking Recoll")
    asked = {
        name: texts for name, queries in classes.items() if (texts := [each.recoll for each in queries if each.recoll])
    }
    done = subprocess.run(
        [PYTHON, "-c", ASK, work, str(SECONDS_A_CLASS)],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Answers(
        records,
        float(took.read_text(encoding="utf-8")),
        {name: Spread.of(times) for name, times in json.loads(done.stdout).items()},
    )
