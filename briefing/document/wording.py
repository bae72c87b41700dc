"""The words that a document says of its own accord, with its dates and numbers, in its language.

What a record says is never translated. English is what stands in the program; for other languages there are
catalogues in `resources/words/`, and a language that has none is served in English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.resources import resource

if TYPE_CHECKING:
    from briefing.records.dates import EdtfDate

_LANGUAGE = re.compile(r"([a-z]{2,3})(-.*)?", re.IGNORECASE)


class Wording:
    """English; `language` is the BCP 47 tag of the words, which need not be that of the records."""

    language = "en"

    def say(self, words: str, **values: object) -> str:
        """Return words of the page, with values in place of the names in braces."""
        return words.format(**values) if values else words

    def count(self, one: str, several: str, number: int, **values: object) -> str:
        """Return words that go with a number, in the form that it takes; they hold `{number}`."""
        return (one if number == 1 else several).format(number=self.number(number), **values)

    def number(self, number: int) -> str:
        """Return a number with its digits in groups."""
        return f"{number:,}"

    def date(self, date: EdtfDate, *, article: bool = False) -> str:
        """Return a date as a reader says it; with `article`, as it stands behind a preposition."""
        return date.words(article=article)


ENGLISH = Wording()


@lru_cache(maxsize=16)
def wording_in(language: str) -> Wording:
    """Return the wording of a language, a BCP 47 tag; English where there is no catalogue of it."""
    match = _LANGUAGE.fullmatch(language)
    base = match[1].lower() if match else ""
    if not base or not resource("words", f"{base}.po").is_file():
        return ENGLISH
    # Imported here: a print in English does not pay for the tables of all languages.
    from briefing.document.translation import Translation

    return Translation(base, language)


def shipped_languages() -> tuple[str, ...]:
    """Return the languages that there are words in."""
    return ("en", *sorted(file.stem for file in resource("words").glob("*.po")))
