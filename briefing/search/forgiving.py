"""Mend a query that found nothing: other beginnings, names in other scripts by their sound, then other spellings.

Every step can be seen and undone: what was changed is said, and words that are `exact` are left alone.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.search.query import Group, Node, Query, Words
from briefing.search.text import is_unspaced, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing.search.index import SearchIndex
    from briefing.search.ranking import Records

_SHORTEST = 4
"""Words with fewer letters have too many neighbours."""
_LONG = 8
"""From this many letters on two of them may differ."""
_MOST_WORDS = 8
_MOST_LETTERS = 40
"""So many words are mended, and none that is longer."""
_OTHERS = 3
"""How many spellings of a word are tried where the nearest does not go with the other words."""
_READ = 10
_NAMES = 3
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзиклмнопрстуфхцчшщъыьэюя",
)


class Mended(NamedTuple):
    """A query that finds something in place of one that does not, with what was changed, in sentences.

    `reason` is what every hit is here for; nothing where each has its own.
    """

    query: Query
    notes: tuple[str, ...]
    reason: str = ""


def mended(query: Query, index: SearchIndex, records: Records, fits: Callable[[Query], bool]) -> Mended | None:
    """Return the first mended query that fits, or None; `fits` says whether a query finds anything."""
    begun = _replaced(query, {each: each._replace(prefix=True) for each in query.words if not each.exact})
    if begun != query and fits(begun):
        return Mended(begun, ("Nothing has all of these words; showing words that begin like them.",))
    if named := _by_sound(query, index, fits):
        return named
    words = [each for each in dict.fromkeys(query.words) if not each.exact][:_MOST_WORDS]
    unknown = [each for each in words if not fits(Query(each))]
    speller = _Speller(index, records)
    options = {each: found for each in unknown if (found := speller.options(each))}
    if not unknown:
        # Each is somewhere, but not together with the others: one of them may be another word mistyped.
        options = {each: found for each in words if (found := speller.others(each))}
        tries: Iterable[dict[Words, Words]] = ({each: other} for each, others in options.items() for other in others)
    else:
        first = {each: others[0] for each, others in options.items()}
        varied = ({**first, each: other} for each, others in options.items() for other in others[1:])
        tries = chain([first] if first else [], varied)
    for changes in tries:
        changed = _replaced(query, changes)
        if fits(changed):
            notes = tuple(_note(old, new, somewhere=not unknown) for old, new in changes.items())
            return Mended(changed, notes, _close_to(changes))
    return None


def _by_sound(query: Query, index: SearchIndex, fits: Callable[[Query], bool]) -> Mended | None:
    """Take all words together as one name in another script, for where that has spaces is each writer's own."""
    words = [part for part in query.conjuncts if isinstance(part, Words)]
    if len(words) != len(query.words) or any(each.exact for each in words) or not 1 < len(words) <= _MOST_WORDS:
        return None
    typed = " ".join(each.text for each in words)
    for name in names_sounding(typed, index):
        rest = [part for part in query.conjuncts if not isinstance(part, Words)]
        named: Node = Group((Words(name), *rest)) if rest else Words(name)
        if fits(Query(named)):
            return Mended(Query(named, query.notes), (_note(Words(typed), Words(name)),))
    return None


def names_sounding(typed: str, index: SearchIndex) -> list[str]:
    """Return names in other scripts that sound like some words in Latin letters, whole names first."""
    from briefing.search.transliteration import SEPARATOR, is_spelled_like, sound

    if len(typed) > _MOST_LETTERS or not typed.isascii() or not (heard := sound(typed)):
        return []
    whole = index.words("sounds", heard + SEPARATOR, _NAMES)
    begun = index.words("sounds", heard, _NAMES) if len(heard) >= _SHORTEST else []
    names = dict.fromkeys(found.partition(SEPARATOR)[2] for found in (*whole, *begun))
    return [name for name in names if is_spelled_like(typed, name)]


class _Speller:
    """Knows the library's own words and names, and so what may have been meant."""

    def __init__(self, index: SearchIndex, records: Records) -> None:
        self._index = index
        self._records = records

    def options(self, words: Words) -> list[Words]:
        """Return what words that are nowhere may stand for, the likeliest first."""
        if names := names_sounding(words.text, self._index):
            return [Words(name) for name in names]
        if not words.text.isascii() and (spoken := self._spoken(words)):
            return spoken
        return self._spelled(words)

    def others(self, words: Words) -> list[Words]:
        """Return other words near one that is somewhere, and names that sound like it."""
        typed = words.term.tokens
        found = [Words(name) for name in names_sounding(words.text, self._index)]
        for at, word in enumerate(typed):
            known = self._index.frequency("all", word)
            for near in self._neighbours(word):
                if self._index.frequency("all", near) > known:
                    found.append(Words(" ".join((*typed[:at], near, *typed[at + 1 :])), words.prefix))
        return found[: 2 * _OTHERS]

    def _spoken(self, words: Words) -> list[Words]:
        from briefing.search.transliteration import latin

        spoken = latin(words.text)
        known = [each for each in tokens(spoken) if self._index.frequency("all", each)]
        if spoken and " ".join(known) == spoken:
            return [Words(spoken)]
        if " " in spoken or not _can_be_mistyped(spoken):
            return []
        return [Words(near) for near in self._neighbours(spoken) or self._farther(spoken)]

    def _spelled(self, words: Words) -> list[Words]:
        """Return phrases in which each word that is nowhere has another spelling."""
        typed = tokens(words.text)
        spellings: list[list[Words]] = []
        for at, word in enumerate(typed):
            last = at == len(typed) - 1
            if self._known(word, goes_on=last and words.prefix):
                spellings.append([Words(word, last and words.prefix)])
            elif found := self._near(word, last=last):
                spellings.append(found)
            else:
                return []
        if not spellings or all(spelled == [Words(word)] for spelled, word in zip(spellings, typed, strict=True)):
            return []
        # One word after the other has its second and third spelling, the others their first.
        first = [spelled[0] for spelled in spellings]
        chosen = [first]
        for at, spelled in enumerate(spellings):
            chosen += [[*first[:at], other, *first[at + 1 :]] for other in spelled[1:]]
        return [Words(" ".join(each.text for each in phrase), phrase[-1].prefix) for phrase in chosen]

    def _known(self, word: str, *, goes_on: bool) -> bool:
        return bool(self._index.words("all", word, 1) if goes_on else self._index.frequency("all", word))

    def _near(self, word: str, *, last: bool) -> list[Words]:
        if not _can_be_mistyped(word):
            return []
        if near := self._neighbours(word):
            return [Words(each) for each in near]
        if last and (beginning := self._beginning(word)):
            return [Words(beginning, prefix=True)]
        return [Words(each) for each in self._farther(word)]

    def _neighbours(self, word: str) -> list[str]:
        """Return the most frequent words at one letter's distance."""
        if not _can_be_mistyped(word):
            return []
        found = self._index.frequencies("all", _neighbours(word))
        found.pop(word, None)
        return sorted(found, key=lambda near: (-found[near], near))[:_OTHERS]

    def _beginning(self, word: str) -> str:
        """Return a beginning of words at one letter's distance; nothing where there is none.

        The last letter is left alone: without it, or with another, nearly everything is the beginning of something.
        """
        # Whether there is one is asked first: it takes a tenth of the time of looking up all that it could be.
        if len(word) <= _SHORTEST or not self._index.best(self._index.near("all", word, 1, goes_on=True), 1):
            return ""
        body, last = word[:-1], word[-1]
        return next((near for each in _neighbours(body) if self._index.words("all", near := each + last, 1)), "")

    def _farther(self, word: str) -> list[str]:
        """Return words at a distance of two letters, or of one in any alphabet: the nearest, then the most frequent.

        Tantivy finds records with such a word quickly, whatever the number of words; which one it is they say.
        """
        # Imported here: few queries come this far.
        from rapidfuzz.distance import OSA

        distance = 2 if len(word) >= _LONG else 1
        keys = [key for _, key in self._index.best(self._index.near("all", word, distance), _READ)]
        written = {
            token
            for each in self._records.passages(keys).values()
            for token in set(tokens(" ".join((each.title, *each.aliases, *(text for _, text in each.texts), each.id))))
        }
        lengths = range(len(word) - distance, len(word) + distance + 1)
        found = {token: OSA.distance(word, token, score_cutoff=distance) for token in written if len(token) in lengths}
        near = [token for token, away in found.items() if away <= distance]
        return sorted(near, key=lambda token: (found[token], -self._index.frequency("all", token), token))[:_OTHERS]


def _can_be_mistyped(word: str) -> bool:
    # Another number is another fact, and pairs of characters are no words.
    return _SHORTEST <= len(word) <= _MOST_LETTERS and not word.isdigit() and not is_unspaced(word)


def _neighbours(word: str) -> Iterator[str]:
    alphabet = next((letters for letters in _ALPHABETS if any(letter in letters for letter in word)), "")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            for letter in alphabet:
                yield before + letter + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after


def _replaced(query: Query, changes: dict[Words, Words]) -> Query:
    def walk(node: Node) -> Node:
        match node:
            case Words():
                return changes.get(node, node)
            case Group(parts, either):
                return Group(tuple(map(walk, parts)), either)
            case _:
                return node

    return Query(walk(query.root) if query.root else None, query.notes)


def _note(old: Words, new: Words, *, somewhere: bool = False) -> str:
    if somewhere:
        return f"Nothing has all of these words; showing “{new.text}” for “{old.text}”."
    if new == old._replace(prefix=True):
        return f"Nothing for “{old.text}”; showing words that begin like it."
    return f"Nothing for “{old.text}”; showing “{new.text}”."


def _close_to(changes: dict[Words, Words]) -> str:
    """Return why hits are here; names that were found by their sound have reasons of their own."""
    near = [new.text for old, new in changes.items() if new.text.isascii() and new.text != old.text]
    return f"close to: {', '.join(near)}" if near else ""
