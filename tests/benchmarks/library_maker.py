"""Make libraries of any size, the same ones every time.

    python tests/benchmarks/library_maker.py FOLDER --records 10000

Prose has the word frequencies of prose (a rank's weight is one over the rank), titles are as titles are: short, with
few common words. Every relation leads to a record that is there. A file holds one record, about 1 KB of it.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from library_words import COMMON, FAMILY, GIVEN, OTHER_SCRIPTS, SUBJECT, SYLLABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VOCABULARY = 30_000
FILES_IN_A_FOLDER = 1000

# How many of a hundred records are of which kind, beside the countries and technologies that they speak of.
_SHARES = {"dialogue": 4, "organisation": 6, "person": 10, "event": 34, "commitment": 10, "source": 16, "note": 20}


@dataclass(frozen=True)
class Words:
    """A vocabulary with the weight of each word, added up."""

    words: Sequence[str]
    weights: Sequence[float]

    def some(self, chance: random.Random, number: int) -> list[str]:
        """Draw words as prose has them."""
        return chance.choices(self.words, cum_weights=self.weights, k=number)


def vocabulary(size: int = VOCABULARY) -> Words:
    """Return words by falling frequency."""
    chance = random.Random("vocabulary")
    words = list(dict.fromkeys([*COMMON, *SUBJECT]))
    known = set(words)
    while len(words) < size:
        word = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))
        if word not in known:
            known.add(word)
            words.append(word)
    return Words(words, list(accumulate(1 / rank for rank in range(1, len(words) + 1))))


class Maker:
    """Makes the records of one library, one after the other."""

    def __init__(self, number: int, seed: int = 1) -> None:
        self.number = number
        self._chance = random.Random(f"records {seed}")
        self._words = vocabulary()
        self._rare = Words(self._words.words[150:], [w - self._words.weights[149] for w in self._words.weights[150:]])
        countries = max(2, min(190, number // 20))
        technologies = max(2, min(300, number // 20))
        kinds = ["country"] * countries + ["technology"] * technologies
        drawn = self._chance.choices([*_SHARES], weights=[*_SHARES.values()], k=max(0, number - len(kinds)))
        kinds += drawn
        self._ids: dict[str, list[str]] = {}
        for kind in kinds[:number]:
            ids = self._ids.setdefault(kind, [])
            ids.append(f"{kind}-{len(ids) + 1}")

    def records(self) -> Iterator[tuple[str, str]]:
        """Yield each record's id with its YAML."""
        for kind, ids in self._ids.items():
            for place, name in enumerate(ids):
                yield name, "".join(f"{line}\n" for line in self._record(kind, name, place))

    def _record(self, kind: str, name: str, place: int) -> Iterator[str]:
        chance = self._chance
        yield f"kind: {kind}"
        yield f"title: {_quoted(self._title(kind, place))}"
        if aliases := ", ".join(map(_quoted, self._aliases())):
            yield f"aliases: [{aliases}]"
        yield f"summary: {_quoted(self._sentence(12, 24))}"
        yield f"as_of: {_quoted(self._date())}"
        yield from self._own_fields(kind, name, place)
        yield f"tags: [{', '.join(dict.fromkeys(self._rare.some(chance, 2)))}]"
        yield "body: |"
        yield from self._body()
        yield "claims:"
        for _ in range(chance.choice((1, 2, 2, 3))):
            yield f"  - text: {_quoted(self._sentence(8, 20))}"
            if sources := self._ids.get("source"):
                yield f"    source: {chance.choice(sources)}"
                yield f"    at: {chance.randint(1, 12)}"
            yield "    basis: reported"

    def _aliases(self) -> Iterator[str]:
        if self._chance.random() < 0.2:
            yield " ".join(self._rare.some(self._chance, 2)).title()

    def _body(self) -> Iterator[str]:
        chance = self._chance
        for _ in range(chance.choice((1, 1, 2))):
            yield f"  {' '.join(self._sentence(8, 22) for _ in range(2))}"
            yield ""
        if chance.random() < 1 / 8:
            yield f"  {chance.choice(OTHER_SCRIPTS)}"

    def _own_fields(self, kind: str, name: str, place: int) -> Iterator[str]:
        chance = self._chance
        match kind:
            case "technology":
                # The first tenth are the broad areas.
                broad = self._ids["technology"][: max(1, len(self._ids["technology"]) // 10)]
                if place >= len(broad):
                    yield f"broader: {chance.choice(broad)}"
            case "dialogue":
                yield f"members: [{', '.join(self._some('country', 2, 3))}]"
                yield f"technologies: [{', '.join(self._some('technology', 1, 3))}]"
                yield f"status: {chance.choice(('planned', 'active', 'dormant', 'ended'))}"
                yield f"launched: {_quoted(self._date())}"
            case "organisation":
                yield f"country: {chance.choice(self._ids['country'])}"
            case "person":
                yield f"country: {chance.choice(self._ids['country'])}"
                yield f"role: {_quoted(' '.join(self._rare.some(chance, 3)).capitalize())}"
            case "event":
                yield f"date: {_quoted(self._date())}"
                yield f"countries: [{', '.join(self._some('country', 1, 3))}]"
                yield f"technologies: [{', '.join(self._some('technology', 0, 2))}]"
                if "dialogue" in self._ids:
                    yield f"dialogue: {chance.choice(self._ids['dialogue'])}"
            case "commitment":
                yield f"made_by: [{', '.join(self._some('country', 1, 2))}]"
                yield f"status: {chance.choice(('open', 'delivered', 'lapsed'))}"
                yield f"technologies: [{', '.join(self._some('technology', 1, 2))}]"
            case "source":
                yield "type: report"
                yield f"publisher: {_quoted(' '.join(self._rare.some(chance, 2)).title())}"
                yield f"published: {_quoted(self._date())}"
            case "note":
                yield f"about: [{', '.join([*self._some('country', 1, 2), *self._some('technology', 0, 2)])}]"

    def _title(self, kind: str, place: int) -> str:
        chance = self._chance
        if kind == "person":
            return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {self._rare.some(chance, 1)[0].title()}"
        words = self._rare.some(chance, chance.choice((2, 2, 3, 4)))
        title = " ".join(words).capitalize()
        return f"{title} {2000 + place % 25}" if kind == "event" else title

    def _sentence(self, least: int, most: int) -> str:
        words = self._words.some(self._chance, self._chance.randint(least, most))
        return f"{' '.join(words).capitalize()}."

    def _date(self) -> str:
        chance = self._chance
        year = chance.randint(1995, 2025)
        return chance.choice(
            (
                f"{year}",
                f"{year}-Q{chance.randint(1, 4)}",
                f"{year}-{chance.randint(1, 12):02}",
                f"{year}~",
                f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            )
        )

    def _some(self, kind: str, least: int, most: int) -> list[str]:
        return list(dict.fromkeys(self._chance.choices(self._ids[kind], k=self._chance.randint(least, most))))


def make_library(folder: Path, number: int, seed: int = 1) -> None:
    """Write a library of that many records into a folder, which is made where it is missing."""
    write_library_file(folder)
    for place, (name, text) in enumerate(Maker(number, seed).records()):
        below = folder / f"{place // FILES_IN_A_FOLDER:04}"
        if place % FILES_IN_A_FOLDER == 0:
            below.mkdir(exist_ok=True)
        (below / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_library_file(folder: Path) -> None:
    """Write what says that a folder, which is made where it is missing, is a library."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "library.yaml").write_text(
        "briefing: 1\ntitle: A made-up library\nmarking: TLP:CLEAR\n", encoding="utf-8"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Make a library from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make_library(arguments.folder, arguments.records, arguments.seed)


if __name__ == "__main__":
    main()
