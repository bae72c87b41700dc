"""How soon a changed record of a large library is found by what is new in it."""

from __future__ import annotations

import inspect
import random
import time
from typing import TYPE_CHECKING, NamedTuple

from figures import Spread, say

from briefing.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TIMED = 200
MOST = 1_000
SECONDS = 600.0
"""After this time no more records are changed, however few it were."""


class Changes(NamedTuple):
    """How long the first changes took and the last, and how many there were in all."""

    first: Spread
    last: Spread
    number: int


def change_records(
    library: Path, cache: Path, seed: int, between: Callable[[], None], number: int = MOST, seconds: float = SECONDS
) -> Changes:
    """Change records one after another, and time each until a search finds it; then put them back.

    `between` is called when all are changed.
    """
    before: dict[Path, bytes] = {}
    try:
        times = _changed(library, cache, random.Random(f"changes {seed}"), before, number, seconds)
        between()
    finally:
        for path, text in before.items():
            _replace(path, text)
        with Library(library, cache=cache) as writer:
            writer.update()
    return Changes(Spread.of(times[:TIMED]), Spread.of(times[-TIMED:]), len(times))


def _changed(
    library: Path, cache: Path, chance: random.Random, before: dict[Path, bytes], number: int, seconds: float
) -> list[float]:
    # As in the window, one opens the library to bring it up to date, and another to search.
    times: list[float] = []
    start = time.perf_counter()
    with Library(library, cache=cache) as writer, Library(library, cache=cache) as reader:
        reader.search("technology")
        for at, path in enumerate(_some_files(library, chance, number)):
            word = _new_word(at)
            before[path] = path.read_bytes()
            replaced_at = _replace(path, before[path].replace(b"\nbody: |\n  ", f"\nbody: |\n  {word} ".encode(), 1))
            _update(writer, library, path)
            reader.refresh()
            if [hit.id for hit in reader.search(word).hits] != [path.stem]:
                raise RuntimeError(f"{path.stem} was changed and is not found by “{word}”")
            times.append(time.perf_counter() - replaced_at)
            if at % 50 == 49:
                say(f"Changed {at + 1:,} of {number:,} records, the last in {1000 * times[-1]:,.0f} ms")
            if time.perf_counter() - start > seconds:
                break
    return times


def _replace(path: Path, text: bytes) -> float:
    """Write a file as editors do, beside the old one and then in its place; return when it was there."""
    draft = path.with_suffix(".new")
    draft.write_bytes(text)
    draft.replace(path)
    return time.perf_counter()


def _update(writer: Library, library: Path, path: Path) -> None:
    if "paths" in inspect.signature(writer.update).parameters:
        writer.update(paths=[path.relative_to(library).as_posix()])
    else:
        writer.update()


def _some_files(library: Path, chance: random.Random, number: int) -> Iterator[Path]:
    folders = sorted(path for path in library.iterdir() if path.is_dir())
    seen: set[Path] = set()
    while len(seen) < number:
        path = chance.choice(sorted(chance.choice(folders).glob("*.yaml")))
        if path not in seen:
            seen.add(path)
            yield path


def _new_word(at: int) -> str:
    """Return a word that no made-up text has, and that no other such word is near to."""
    chance = random.Random(f"word {at}")
    return "zx" + "".join(chance.choices("bcdfghjklmnpqrstvwz", k=12))
