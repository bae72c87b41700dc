"""Classes of queries, each drawn from a library's own text: as many fresh ones as are wanted, the same for a seed."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Record = dict[str, Any]
"""What stands in a file, and its id."""

SAMPLE = 4_000
COMMON_SHARE, COMMONEST_SHARE = 0.10, 0.25
"""A word in so many of all records is a common one; phrases of common words are of those in yet more."""
LANGUAGES = {"Korean": "\uac00-\ud7a3", "Hindi": "\u0900-\u097f", "Chinese": "\u4e00-\u9fff"}

_SENTENCE = re.compile(r"[.\n]+")
_WORD = re.compile(r"[a-z]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BARE_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ı": "i", "’": "'", "æ": "ae"})


class Typed(NamedTuple):
    """A query as it is typed, as FTS5 has it, and as Recoll has it; empty where an engine has no words for it."""

    text: str
    fts5: str = ""
    recoll: str = ""


class Sample:
    """Some records of a library, drawn by chance, with what is counted in them."""

    def __init__(self, library: Path, chance: random.Random, size: int = SAMPLE) -> None:
        folders = sorted(path for path in library.iterdir() if path.is_dir())
        chosen = chance.sample(folders, min(len(folders), 200))
        each = -(-size // len(chosen))
        self.records: list[Record] = []
        for folder in chosen:
            files = sorted(folder.iterdir())
            for path in chance.sample(files, min(len(files), each)):
                with path.open("rb") as file:
                    self.records.append(yaml.load(file, Loader=yaml.CSafeLoader) | {"id": path.stem})
        self.sentences = [words for record in self.records for words in _sentences(record)]
        holding = Counter(
            word for record in self.records for word in {word for words in _sentences(record) for word in words}
        )
        self.known = set(holding)
        self.common = [word for word, found in holding.items() if found >= COMMON_SHARE * len(self.records)]
        self.commonest = {word for word, found in holding.items() if found >= COMMONEST_SHARE * len(self.records)}


def _sentences(record: Record) -> Iterator[list[str]]:
    claims = [claim["text"] for claim in record["claims"]]
    for text in (record["title"], record["summary"], record["body"], *claims):
        for sentence in _SENTENCE.split(text.lower()):
            # Names with accents and other scripts have classes of their own.
            if sentence.isascii() and (words := _WORD.findall(sentence)):
                yield words


class Classes:
    """Draws the queries."""

    def __init__(self, library: Path, seed: int) -> None:
        self._seed = seed
        self._chance = random.Random(f"sample {seed}")
        self._sample = Sample(library, self._chance)
        self._common = set(self._sample.common)
        self._events = [
            record for record in self._sample.records if record.get("countries") and record.get("technologies")
        ]
        other = "\n".join(str(record["body"]) for record in self._sample.records)
        self._scripts = {name: re.findall(f"[{letters}]{{2,}}", other) for name, letters in LANGUAGES.items()}
        self._accented = [
            str(record["title"])
            for record in self._sample.records
            if record["kind"] == "person" and not str(record["title"]).isascii()
        ]
        self._ways: dict[str, Callable[[], list[Typed]]] = {
            "common word": lambda: [self._words(self._chance.choice(self._sample.common))],
            "two common words": lambda: [self._words(*self._chance.sample(self._sample.common, 2))],
            "prefix of 1 letter": lambda: [self._beginning(1, 1)],
            "prefix of 2-4 letters": lambda: [self._beginning(2, 4)],
            "two words": lambda: [self._words(*self._two())],
            "phrase": lambda: [_phrase(self._run(rare=True))],
            "phrase of common words": lambda: [_phrase(self._run(rare=False))],
            "phrase prefix": lambda: [self._phrase_prefix()],
            "word, three filters, date": lambda: [self._filtered_word()],
            "filters alone": lambda: [Typed(_filters(*self._event()))],
            "typo, distance 1": lambda: [Typed(self._misspelt(1, 4))],
            "typo, distance 2, long word": lambda: [Typed(self._misspelt(2, 8))],
            "word in Korean": lambda: [self._foreign("Korean")],
            "word in Hindi": lambda: [self._foreign("Hindi")],
            "word in Chinese": lambda: [self._foreign("Chinese")],
            "name typed without accents": lambda: [self._bare_name()],
            "whole title": lambda: [self._title()],
            "letter by letter": self._letters,
        }

    @property
    def names(self) -> Sequence[str]:
        """The classes, in the order of the table."""
        return tuple(self._ways)

    def draw(self, name: str, number: int) -> list[Typed]:
        """Draw queries of a class, no two alike as long as there are others."""
        # By itself: the queries of a class stay the same when there is another one before it.
        self._chance = random.Random(f"{name} {self._seed}")
        drawn: list[Typed] = []
        seen: set[str] = set()
        tries = 0
        while len(drawn) < number:
            for typed in self._ways[name]():
                tries += 1
                if (name == "letter by letter" or typed.text not in seen or tries > 20 * number) and typed.text:
                    seen.add(typed.text)
                    drawn.append(typed)
        return drawn

    # What is drawn

    def _sentence(self) -> list[str]:
        return self._chance.choice(self._sample.sentences)

    def _rare(self, shortest: int = 2) -> str:
        while True:
            words = [w for w in self._sentence() if w not in self._common and len(w) >= shortest]
            if words:
                return self._chance.choice(words)

    def _two(self) -> list[str]:
        while True:
            words = [w for w in dict.fromkeys(self._sentence()) if w not in self._common]
            if len(words) >= 2:
                return self._chance.sample(words, 2)

    def _beginning(self, least: int, most: int) -> Typed:
        word = self._chance.choice(self._sentence())
        cut = word[: self._chance.randint(least, most)]
        return Typed(cut, f'"{cut}"*', f"{cut}*")

    def _run(self, *, rare: bool) -> list[str]:
        """Return words that follow each other: with a rare one among them, or of the commonest alone."""
        while True:
            words = self._sentence()
            length = self._chance.choice((2, 2, 3, 4) if rare else (2, 2, 3))
            at = self._chance.randint(0, max(0, len(words) - length))
            run = words[at : at + length]
            fits = not self._common.issuperset(run) if rare else self._sample.commonest.issuperset(run)
            if len(run) == length and fits and (rare or len(set(run)) > 1):
                return run

    def _phrase_prefix(self) -> Typed:
        run = self._run(rare=self._chance.random() < 0.5)
        run[-1] = run[-1][: self._chance.randint(1, min(4, len(run[-1])))]
        text = " ".join(run)
        # The closing quote is not typed yet.
        return Typed(f'"{text}', f'"{text}"*')

    def _filtered_word(self) -> Typed:
        event, chance = self._event()
        words = [word for sentence in _sentences(event) for word in sentence]
        return Typed(f"{self._chance.choice(words)} {_filters(event, chance)}")

    def _event(self) -> tuple[Record, random.Random]:
        return self._chance.choice(self._events), self._chance

    def _misspelt(self, slips: int, shortest: int) -> str:
        while True:
            word = self._rare(shortest)
            # Far enough from each other to be two slips.
            step = len(word) // slips
            for place in range(slips):
                at = min(place * step + self._chance.randrange(step - 1), len(word) - 2)
                word = self._slip(word, at)
            if word not in self._sample.known:
                return word

    def _slip(self, word: str, at: int) -> str:
        letter = self._chance.choice(_LETTERS.replace(word[at], ""))
        return self._chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    def _foreign(self, name: str) -> Typed:
        run = self._chance.choice(self._scripts[name])
        if name == "Hindi":
            return self._words(run)
        length = self._chance.randint(2, 4)
        if name == "Korean":
            # Without the particle at its end, as it is looked for.
            return self._words(run[:length])
        at = self._chance.randint(0, max(0, len(run) - length))
        # FTS5's tokenizer takes what stands between two spaces for one word.
        return Typed(run[at : at + length], "", run[at : at + length])

    def _bare_name(self) -> Typed:
        words = self._chance.choice(self._accented).lower().translate(_BARE_LETTERS)
        bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
        return self._words(*bare.split())

    def _title(self) -> Typed:
        return self._words(*str(self._chance.choice(self._sample.records)["title"]).split())

    def _letters(self) -> list[Typed]:
        words = str(self._chance.choice(self._sample.records)["title"]).split()[:3]
        text = " ".join(words)
        ends = [end for end in range(1, len(text) + 1) if text[end - 1] != " "]
        return [self._words(*text[:end].split())._replace(recoll=f"{text[:end]}*") for end in ends]

    def _words(self, *words: str) -> Typed:
        """Type words, of which the last may go on."""
        match = " ".join(f'"{word}"' for word in words)
        return Typed(" ".join(words), f"{match}*", " ".join(words))


def _filters(event: Record, chance: random.Random) -> str:
    year = int(str(event["date"])[:4])
    country, technology = (chance.choice(event[field]) for field in ("countries", "technologies"))
    return f"kind:event country:{country} technology:{technology} after:{year - chance.randint(1, 8)}"


def _phrase(words: Sequence[str]) -> Typed:
    text = f'"{" ".join(words)}"'
    return Typed(text, text, text)
