"""Made-up libraries with their first index, made once and used again, and what making the index took."""

from __future__ import annotations

import json
import shutil
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from figures import Limit, say
from indexing import LOAD
from large_library import make_large_library
from measuring import own_folders, seconds_to_run
from processes import size_of, watched

if TYPE_CHECKING:
    from pathlib import Path


class FirstIndex(NamedTuple):
    """What the first index of a library took; sizes in bytes, memory in MB."""

    records: int
    seconds: float
    yaml_seconds: float
    memory_mb: float
    cache_bytes: int
    yaml_bytes: int

    @property
    def limits(self) -> list[Limit]:
        """The figures with their goals."""
        return [
            Limit("first index / yaml.load of the same files, C loader", self.seconds / self.yaml_seconds, 2),
            Limit("most memory of all processes while indexing (PSS)", self.memory_mb, 1500, "MB"),
            Limit("index and catalogue / YAML", self.cache_bytes / self.yaml_bytes, 2.5),
        ]

    def __str__(self) -> str:
        return (
            f"first index: {self.seconds:,.1f} s, {self.records / self.seconds:,.0f} records/s; "
            f"yaml.load {self.yaml_seconds:,.1f} s; YAML {self.yaml_bytes / 1e6:,.0f} MB, "
            f"index and catalogue {self.cache_bytes / 1e6:,.0f} MB"
        )


class Place:
    """Where one library is, with a cache and settings of its own."""

    def __init__(self, work: Path, records: int) -> None:
        self.work = work / str(records)
        self.records = records
        self.library = self.work / "library"
        self.cache = self.work / "cache" / "briefing"
        self.environment = own_folders(self.work)
        self._loaded = self.work / "loaded.json"
        self._indexed = self.work / "indexed.json"

    def ready(self, *, anew: bool = False) -> FirstIndex:
        """Make the library and its first index, unless a run before this one did; with `anew` at least the index."""
        if not self._loaded.exists():
            begin = time.perf_counter()
            make_large_library(self.library, self.records, progress=self._say_made)
            say(f"Made {self.records:,} records in {time.perf_counter() - begin:,.0f} s; loading them with PyYAML")
            seconds = seconds_to_run([sys.executable, "-c", LOAD, self.library])
            self._loaded.write_text(json.dumps(seconds), encoding="utf-8")
        index = [sys.executable, "-m", "briefing", "index", "--library", self.library]
        if self._indexed.exists() and not anew:
            say(f"{self.records:,} records were indexed before; bringing the index up to date")
            seconds_to_run(index, self.environment)
            return FirstIndex(**json.loads(self._indexed.read_text(encoding="utf-8")))
        say(f"Indexing {self.records:,} records")
        self._indexed.unlink(missing_ok=True)
        shutil.rmtree(self.cache, ignore_errors=True)
        run = watched(index, self.environment)
        loading: float = json.loads(self._loaded.read_text(encoding="utf-8"))
        first = FirstIndex(
            self.records, run.seconds, loading, run.together_mb, size_of(self.cache), size_of(self.library)
        )
        self._indexed.write_text(json.dumps(first._asdict()), encoding="utf-8")
        say(str(first))
        return first

    def _say_made(self, done: int, number: int) -> None:
        if done % 100_000 == 0:
            say(f"Made {done:,} of {number:,} records")
