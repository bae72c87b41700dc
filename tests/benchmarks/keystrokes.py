"""What a keystroke in the search field costs: queries timed one by one, on one core."""

from __future__ import annotations

import gc
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from figures import Spread, say

from briefing.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from search_classes import Typed

FACETS = "facets beside the hits"
FACETTED = ("common word", "two words", "phrase", "filters alone")
"""The classes whose queries the facets are asked of, in equal parts."""
HITS = 20
QUIET = 0.9
"""As large a part of the time the processor must have worked for these queries, or the machine was busy."""


class Answered(NamedTuple):
    """How long the queries of a class took, and how many of a hundred found something."""

    spread: Spread
    found: float


def keystrokes(
    library: Path, cache: Path, classes: Mapping[str, Sequence[Typed]], *, facets: bool = True
) -> dict[str, Answered]:
    """Time each query once: its text in, the first hits with reasons and marked sentences out.

    With `facets` also how long it takes to count what stands beside the hits.
    """
    answered = {}
    # What the queries were drawn from is no part of the program, and is not to be looked through by its collector.
    gc.collect()
    gc.freeze()
    begun = time.perf_counter(), time.process_time()
    with _on_one_core(), Library(library, cache=cache) as opened:
        opened.search("semiconductor", HITS, count=False)
        for name, queries in classes.items():
            say(f"Searching: {name}")
            times, found = [], 0
            for typed in queries:
                begin = time.perf_counter()
                # A window counts what there is after it has shown the hits.
                hits = opened.search(typed.text, HITS, count=False)
                times.append(time.perf_counter() - begin)
                found += bool(hits.hits)
            answered[name] = Answered(Spread.of(times), 100 * found / len(times))
        count = getattr(opened, "facets", None) if facets else None
        if count is not None:
            say(f"Searching: {FACETS}")
            share = max(1, len(classes[FACETTED[0]]) // len(FACETTED))
            times = []
            for typed in [typed for name in FACETTED for typed in classes[name][:share]]:
                begin = time.perf_counter()
                count(typed.text)
                times.append(time.perf_counter() - begin)
            answered[FACETS] = Answered(Spread.of(times), 100.0)
    working = (time.process_time() - begun[1]) / (time.perf_counter() - begun[0])
    if working < QUIET:
        say(f"These times are too long: other programs had the core for {100 - 100 * working:.0f} % of the time.")
    return answered


@contextmanager
def _on_one_core() -> Iterator[None]:
    """Keep this process on one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
