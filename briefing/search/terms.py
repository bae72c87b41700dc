"""What the index matches for words and phrases, and what it takes."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from briefing.search.pairs import pairs_of
from briefing.search.sampling import Effort, best, either, together
from briefing.search.text import HEAD, TITLE_PREFIX, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from briefing.search.highlight import Term
    from briefing.search.index import Match, SearchIndex
    from briefing.search.ranking import Records

    Where = Literal["title", "all"]

_MOST_WORDS = 1_000
"""How many words a beginning may stand for, the most frequent ones."""
_RANKED_WORDS = 16
"""Up to this number each of them ranks by itself."""
_ENDINGS = 16
_FEW, _FEW_OF_OTHER_LETTERS = 400, 40
"""So many records are read to see how a phrase goes on in them; in some scripts that takes longer."""
_SAMPLE = 60
"""So many of the best are read where there are more."""
_PARSED = 30
"""As many of those in which it seems to go on are looked at closely, or more where that is quicker than the index."""
_NARROWING = 300_000
"""It is quick to tell whether a record has a word that begins so where all such words together are in so few."""
_MOST_WORK = 12_000_000
"""No more endings are tried than it takes so much to look for everywhere, some tens of milliseconds."""
_POSITIONS = 4
"""How many times as much it is to compare the places of words in a record as to know that they are in it."""


class Terms:
    """Makes matches of words and phrases for one query after another."""

    def __init__(self, index: SearchIndex, records: Records) -> None:
        self._index = index
        self._records = records
        self._unfinished: dict[tuple[Term, Where], tuple[list[Match], Effort]] = {}

    def match(self, term: Term, where: Where, part: Match | None = None) -> Match:
        """Match records in which a term stands, in their names or anywhere.

        Of a phrase that goes on, each way is looked for in the part of the index that is given: alternatives are gone
        through one by one before anything else narrows them.
        """
        index = self._index
        *before, last = term.tokens
        if before:
            if not _goes_on(term):
                return self._phrase(term.tokens, where)
            ways, _ = self._phrase_going_on(term, where)
            return index.one_of(ways if part is None else [index.all_of([way, part]) for way in ways])
        if len(last) == 1 and is_unspaced(last):
            return index.term("heads" if where == "all" else "title_prefix", last)
        if term.prefix:
            return index.one_of([index.term(where, last), self._beginning(last, where)])
        return index.term(where, last)

    def effort(self, term: Term) -> Effort:
        """Return what it takes to match a term anywhere."""
        *before, last = term.tokens
        if before:
            return self._phrase_going_on(term, "all")[1] if _goes_on(term) else self._phrase_effort(term.tokens)
        if not term.prefix:
            return self._frequency("all", last)
        going_on = self._index.vocabulary("heads" if len(last) <= HEAD else "all", last, _MOST_WORDS)
        return either(Effort(number, number) for _, number in going_on)

    def _frequency(self, field: str, word: str) -> Effort:
        number = self._index.frequency(field, word)
        return Effort(number, number)

    def _beginning(self, prefix: str, where: Where) -> Match:
        index = self._index
        if where == "title" and len(prefix) <= TITLE_PREFIX:
            return index.term("title_prefix", prefix)
        if where == "all" and len(prefix) <= HEAD:
            return index.any_term("heads", index.words("heads", prefix, _MOST_WORDS))
        words = index.words(where, prefix, _MOST_WORDS)
        if len(words) > _RANKED_WORDS:
            return index.any_term(where, words)
        return index.one_of([index.term(where, word) for word in words])

    # Phrases

    def _phrase(self, words: Sequence[str], where: Where) -> Match:
        index = self._index
        pairs = pairs_of(words) if where == "all" else []
        if pairs and len(words) == 2:
            return index.term("pairs", pairs[0])
        return index.all_of(
            [index.phrase(where, words), *[index.only_filtering(index.term("pairs", pair)) for pair in pairs]]
        )

    def _phrase_effort(self, words: Sequence[str]) -> Effort:
        if len(words) == 1:
            return self._frequency("all", words[0])
        pairs = [self._frequency("pairs", pair) for pair in pairs_of(words)]
        if pairs and len(words) == 2:
            return pairs[0]
        return together([*[self._frequency("all", word) for word in words], *pairs], weight=_POSITIONS)

    def _phrase_going_on(self, term: Term, where: Where) -> tuple[list[Match], Effort]:
        found = self._unfinished.get((term, where))
        if found is None:
            found = self._unfinished[term, where] = self._where_it_goes_on(term, where)
        return found

    def _where_it_goes_on(self, term: Term, where: Where) -> tuple[list[Match], Effort]:
        """Match a phrase whose last word is a beginning: which word it is, is read in records that hold the others.

        Where they are few, all are read. Else the best are, and the words that are the most frequent of those that
        begin so are tried as well.
        """
        index, records = self._index, self._records
        *before, last = term.tokens
        begun = self._phrase(before, where)
        few = _FEW if all(map(str.isascii, term.tokens)) else _FEW_OF_OTHER_LETTERS
        quick, slow = self._narrowing(last, where)
        keys = best(index, lambda part: self._narrowed(begun, quick, part), self._phrase_effort(before), few + 1)
        found = self._read(keys, few, term)
        if not found and len(keys) > few and slow is not None:
            keys = index.best(self._narrowed(begun, slow), few + 1)
            found = self._read(keys, few, term)
        every = len(keys) <= few
        number = Counter(word for words in found.values() for word in words)
        endings = sorted(number, key=lambda word: (-number[word], word))
        if not every and len(endings) < _ENDINGS:
            endings += [word for word in self._endings(last, where) if word not in number]
        phrases = {(*before, ending): self._phrase_effort((*before, ending)) for ending in endings}
        if every and (len(found) <= _PARSED or either(phrases.values()).work > _MOST_WORK):
            holding = records.holding(list(found), term, names=where == "title")
            return [index.any_key(holding)], Effort(len(holding), len(holding))
        if not every:
            work = accumulate(effort.work for effort in phrases.values())
            number_tried = max(1, sum(so_far <= _MOST_WORK for so_far in islice(work, _ENDINGS)))
            phrases = dict(islice(phrases.items(), number_tried))
        return [self._phrase(words, where) for words in phrases], either(phrases.values())

    def _read(self, hits: Sequence[tuple[float, int]], few: int, term: Term) -> dict[int, set[str]]:
        keys = [key for _, key in hits]
        return self._records.endings(keys if len(keys) <= few else keys[: min(few, _SAMPLE)], term)

    def _narrowed(self, match: Match, *conditions: Match | None) -> Match:
        index = self._index
        return index.all_of([match, *[index.only_filtering(each) for each in conditions if each is not None]])

    def _narrowing(self, prefix: str, where: Where) -> tuple[Match | None, Match | None]:
        """Return what matches records with a word that begins so: what is quick, and what is exact where that is not.

        What is quick matches others too, or is nothing.
        """
        index = self._index
        if where == "title" and len(prefix) <= TITLE_PREFIX:
            return index.term("title_prefix", prefix), None
        field = "heads" if where == "all" and len(prefix) <= HEAD else where
        words = index.vocabulary(field, prefix, _MOST_WORDS)
        exact = index.any_term(field, [word for word, _ in words])
        if len(words) == 1 or sum(number for _, number in words) <= _NARROWING:
            return exact, None
        return index.term("heads", prefix[:HEAD]) if len(prefix) > HEAD else None, exact

    def _endings(self, prefix: str, where: Where) -> list[str]:
        """Return the most frequent words that begin so, the beginning itself included, where it is one."""
        index = self._index
        if len(prefix) >= HEAD:
            return list(dict.fromkeys([prefix, *index.words(where, prefix, _ENDINGS)]))
        # Of one or two letters there are too many words to go through: those with the most frequent heads.
        found: dict[str, int] = {}
        for head, number in index.vocabulary("heads", prefix, _ENDINGS // 2):
            found.update(index.vocabulary(where, head, _ENDINGS) if len(head) == HEAD else [(head, number)])
        return sorted(found, key=lambda word: -found[word])[:_ENDINGS]


def _goes_on(term: Term) -> bool:
    # A pair of characters is whole; one alone may be the first of a pair.
    return term.prefix and not (is_unspaced(term.tokens[-1]) and len(term.tokens[-1]) > 1)
