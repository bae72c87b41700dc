"""A wording in another language than English: gettext catalogues, and the dates and numbers of CLDR.

The only importer of Babel, which reads a catalogue as translators keep it (`.po`) and knows how each language counts,
groups digits and writes dates.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from briefing.document.wording import Wording
from briefing.records.dates import Single
from briefing.resources import resource

if TYPE_CHECKING:
    from briefing.records.dates import EdtfDate


class Translation(Wording):
    """The words of one catalogue; `base` is its name, `language` the tag that decides on dates and numbers."""

    def __init__(self, base: str, language: str) -> None:
        try:
            self._locale = Locale.parse(language, sep="-")
            self.language = language
        except (UnknownLocaleError, ValueError):
            self._locale = Locale.parse(base)
            self.language = base
        with resource("words", f"{base}.po").open("rb") as file:
            catalogue = read_po(file, locale=base)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        self._words = Translations(compiled)

    def say(self, words: str, **values: object) -> str:
        """Return words of the page in the language."""
        # The empty text stands for a catalogue's head.
        said = self._words.gettext(words) if words else ""
        return said.format(**values) if values else said

    def count(self, one: str, several: str, number: int, **values: object) -> str:
        """Return words that go with a number, in the form that the language has for it."""
        return self._words.ngettext(one, several, number).format(number=self.number(number), **values)

    def number(self, number: int) -> str:
        """Return a number with its digits in groups, as the language groups them."""
        return format_decimal(number, locale=self._locale)

    def date(self, date: EdtfDate, *, article: bool = False) -> str:
        """Return a date as a reader says it."""
        begin, slash, end = date.text.partition("/")
        if not slash:
            return self._single(Single.parse(begin))
        if begin in ("", ".."):
            words = "until {date}, beginning unknown" if begin == "" else "until {date}"
            return self.say(words, date=self._single(Single.parse(end)))
        if end in ("", ".."):
            words = "from {date}, end unknown" if end == "" else "from {date}"
            return self.say(words, date=self._single(Single.parse(begin)))
        return self._interval(Single.parse(begin), Single.parse(end))

    def _single(self, single: Single) -> str:
        words = self._unqualified(single)
        match single.qualifier:
            case "~":
                return self.say("about {date}", date=words)
            case "?":
                return self.say("possibly {date}", date=words)
            case "%":
                return self.say("possibly about {date}", date=words)
        return words

    def _unqualified(self, single: Single) -> str:
        if single.year.endswith("XX"):
            century = int(single.year[:2])
            return self.say("the years {first} to {last}", first=f"{century}00", last=f"{century}99")
        if single.year.endswith("X"):
            return self.say("the {year}s", year=f"{int(single.year[:3])}0")
        year = int(single.year)
        if single.quarter:
            return self.say(_QUARTERS[single.quarter - 1], year=year)
        if not single.month:
            return self._written("y", datetime.date(year, 1, 1))
        if single.month == "XX":
            whole = self._written("y", datetime.date(year, 1, 1))
            return self.say("a day in {date}" if single.day else "a month in {date}", date=whole)
        if season := _SEASONS.get(single.month):
            return self.say(season, year=year)
        month = self._written("yMMMM", datetime.date(year, int(single.month), 1))
        if not single.day:
            return month
        if single.day == "XX":
            return self.say("a day in {date}", date=month)
        if single.day == "01":
            # Of its own: French says "1er mars".
            return self.say("1 {month}", month=month)
        return self._written("yMMMMd", _day(single))

    def _interval(self, begin: Single, end: Single) -> str:
        if begin.is_plain and end.is_plain:
            if begin.day and end.day and (begin.year, begin.month) == (end.year, end.month):
                return str(format_interval(_day(begin), _day(end), "yMMMMd", locale=self._locale))
            if begin.month and end.month and not begin.day and not end.day:
                return str(format_interval(_day(begin), _day(end), "yMMMM", locale=self._locale))
            if not begin.month and not end.month:
                return str(format_interval(_day(begin), _day(end), "y", locale=self._locale))
        return self.say("{begin} to {end}", begin=self._single(begin), end=self._single(end))

    def _written(self, skeleton: str, day: datetime.date) -> str:
        return str(format_skeleton(skeleton, day, locale=self._locale))


def _day(single: Single) -> datetime.date:
    return datetime.date(int(single.year), int(single.month or 1), int(single.day or 1))


_QUARTERS = (
    "first quarter of {year}",
    "second quarter of {year}",
    "third quarter of {year}",
    "fourth quarter of {year}",
)
_SEASONS = {"21": "spring {year}", "22": "summer {year}", "23": "autumn {year}", "24": "winter {year}"}

DATE_WORDS = (*_QUARTERS, *_SEASONS.values())
"""What is said of a date by what it is, for whoever checks that a catalogue has it."""
