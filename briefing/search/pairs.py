"""Pairs of very common words that stand beside each other.

Phrases of such words ("as of the", "to be or not to be") are in nearly every record word by word, and comparing all
their positions takes a hundred times as long as finding any other phrase. So each pair of them is indexed as one word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The words that hold sentences together, of the languages that most records are written in, folded.
_FUNCTION_WORDS = """
a about after again all also an and any are as at be because been before being between both but by can could did
do does down during each for from had has have he her here him his how i if in into is it its many may me more most
my new no not now of on one only or other our out over said same she should since so some such than that the their
them then there these they this those through to under up was we were what when where which while who will with
would years you your
au aux avec ce ces dans de des du elle en est et il ils la le les leur mais ne par pas plus pour qui sa se ses son
sur un une
als am auf aus bei das dass dem den der die ein eine einem einen einer es fur hat im ist mit nach nicht noch sich
sie sind uber und von vor wie wird zu zum zur
al como con del e el ella era esta lo los mas o para pero por que si sin sobre su sus y
ao com da do dos foi mais na nas no nos os para pela pelo ser uma
"""
_COMMON = frozenset(_FUNCTION_WORDS.split())


def pairs_in(words: Sequence[str]) -> str:
    """Return the pairs of very common words in a text, in one string with spaces between them."""
    common = _COMMON
    found = []
    before = ""
    for word in words:
        if word in common:
            if before:
                found.append(f"{before}_{word}")
            before = word
        else:
            before = ""
    return " ".join(found)


def pairs_of(phrase: Sequence[str]) -> list[str]:
    """Return the pairs that a record must hold for a phrase to be in it."""
    return pairs_in(phrase).split()
