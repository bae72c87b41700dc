"""Make large libraries, fast and the same ones every time: up to a million records and more.

    python tests/benchmarks/large_library.py FOLDER --records 1000000

As `library_maker.py` makes them, with a larger vocabulary, bodies of 0.3 to 5 KB (log-uniform), more names with
accents, and Korean, Hindi or Chinese in one record in eight. Each thousand records is drawn by itself, so several
processes share the work, and what is in a file hangs on neither their number nor their order.
"""

from __future__ import annotations

import argparse
import os
import random
from array import array
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from library_maker import FILES_IN_A_FOLDER, Maker, Words, vocabulary, write_library_file
from library_words import (
    CHINESE,
    FAMILY,
    GIVEN,
    HINDI,
    JOINTS,
    KOREAN,
    KOREAN_PARTICLES,
    MORE_FAMILY,
    MORE_GIVEN,
    SUBJECT,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGE_VOCABULARY = 100_000
SHORTEST_BODY, LONGEST_BODY = 300, 5_000
OTHER_BODIES, OTHER_ALIASES = 3 / 32, 1 / 32
"""How often Korean, Hindi or Chinese stands in a body and in an alias: together in one record of eight."""
_SLOTS, _FEW_SLOTS = 1 << 20, 1 << 16
_LETTERS_A_WORD = 6.2
_RARE_FROM = 150


@dataclass(frozen=True)
class Slots(Words):
    """Words, each in as many slots as it is frequent: drawing one is as fast as drawing a number."""

    slots: list[str]

    def some(self, chance: random.Random, number: int) -> list[str]:
        """Draw words as prose has them."""
        return chance.choices(self.slots, k=number)

    def few(self, chance: random.Random) -> FewSlots:
        """Draw what the records of one folder are to be drawn from."""
        return FewSlots(self.words, self.weights, self.some(chance, _FEW_SLOTS))

    @classmethod
    def of(cls, words: Words, first: int = 0) -> Slots:
        """Deal out slots to the words from a rank on."""
        chosen = words.words[first:]
        total = sum(1 / rank for rank in range(first + 1, len(words.words) + 1))
        slots: list[str] = []
        for rank, word in enumerate(chosen, first + 1):
            slots.extend([word] * max(1, round(_SLOTS / total / rank)))
        return cls(chosen, words.weights[first:], slots)


class FewSlots(Slots):
    """So many slots that two random bytes are a word: a quarter of the time, of which nearly all is spent on words.

    A text's words then come back in the texts beside it, as they do in prose.
    """

    def some(self, chance: random.Random, number: int) -> list[str]:
        """Draw words as prose has them."""
        return [*map(self.slots.__getitem__, array("H", chance.randbytes(2 * number)))]


class LargeMaker(Maker):
    """Makes the records of a large library, any thousand of them by itself."""

    def __init__(self, number: int, seed: int = 1) -> None:
        super().__init__(number, seed)
        self._seed = seed
        words = vocabulary(LARGE_VOCABULARY)
        self._all = Slots.of(words)
        self._rare = Slots.of(words, _RARE_FROM)
        self._given, self._family = GIVEN + MORE_GIVEN, FAMILY + MORE_FAMILY

    def folder(self, at: int) -> Iterator[tuple[str, str]]:
        """Yield each record of the folder with that number: its id and its YAML."""
        self._chance = random.Random(f"large {self._seed} {at}")
        self._words = self._all.few(self._chance)
        first, last = at * FILES_IN_A_FOLDER, (at + 1) * FILES_IN_A_FOLDER
        before = 0
        for kind, ids in self._ids.items():
            for place in range(max(0, first - before), min(len(ids), last - before)):
                yield ids[place], "".join([f"{line}\n" for line in self._record(kind, ids[place], place)])
            before += len(ids)

    def _aliases(self) -> Iterator[str]:
        chance = self._chance
        if chance.random() < 0.2:
            yield " ".join(self._rare.some(chance, 2)).title()
        if chance.random() < OTHER_ALIASES:
            yield chance.choice((_korean, _hindi, _chinese))(chance, 3)

    def _body(self) -> Iterator[str]:
        chance = self._chance
        size = SHORTEST_BODY * (LONGEST_BODY / SHORTEST_BODY) ** chance.random()
        other = (
            chance.choice((_korean, _hindi, _chinese))(chance, chance.randint(8, 24))
            if chance.random() < OTHER_BODIES
            else ""
        )
        words = self._words.some(chance, max(8, int((size - len(other.encode())) / _LETTERS_A_WORD)))
        for paragraph in range(0, len(words), 90):
            ends = min(paragraph + 90, len(words))
            # Three to nine sentences of about as many words.
            length = chance.randint(10, 30)
            sentences = [" ".join(words[at : min(at + length, ends)]) for at in range(paragraph, ends, length)]
            yield f"  {'. '.join([sentence.capitalize() for sentence in sentences])}."
            yield ""
        if other:
            yield f"  {other}"

    def _title(self, kind: str, place: int) -> str:
        chance = self._chance
        if kind == "person":
            middle = f" {self._rare.some(chance, 1)[0].title()}" if chance.random() < 0.5 else ""
            return f"{chance.choice(self._given)}{middle} {chance.choice(self._family)}"
        words = self._rare.some(chance, chance.choice((1, 2, 2, 3)))
        words.insert(chance.randint(0, len(words)), chance.choice(SUBJECT))
        if chance.random() < 0.3:
            words.insert(chance.randint(1, len(words) - 1), chance.choice(JOINTS))
        title = " ".join(words).capitalize()
        return f"{title} {2000 + place % 25}" if kind == "event" else title


def _korean(chance: random.Random, number: int) -> str:
    endings = chance.choices(KOREAN_PARTICLES, k=number)
    return " ".join(map(str.__add__, chance.choices(KOREAN, k=number), endings))


def _hindi(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(HINDI, k=number))


def _chinese(chance: random.Random, number: int) -> str:
    return "".join(chance.choices(CHINESE, k=number))


@cache
def _maker(number: int, seed: int) -> LargeMaker:
    # Kept by each process for all the folders that it writes.
    return LargeMaker(number, seed)


def _write_folder(at: int, root: str, number: int, seed: int) -> int:
    folder = f"{root}/{at:04}"
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a million paths as objects would take as long as writing
    written = 0
    for name, text in _maker(number, seed).folder(at):
        file = os.open(f"{folder}/{name}.yaml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(file, text.encode())
        os.close(file)
        written += 1
    return written


def make_large_library(
    folder: Path, number: int, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> None:
    """Write a large library into a folder, which is made where it is missing."""
    write_library_file(folder)
    write = partial(_write_folder, root=str(folder), number=number, seed=seed)
    folders = range(-(-number // FILES_IN_A_FOLDER))
    done = 0
    with get_context("spawn").Pool(min(len(folders), os.cpu_count() or 1)) as pool:
        for written in pool.imap_unordered(write, folders) if len(folders) > 1 else map(write, folders):
            done += written
            if progress is not None:
                progress(done, number)


def main() -> None:
    """Make a library from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make_large_library(arguments.folder, arguments.records, arguments.seed)


if __name__ == "__main__":
    main()
