"""Dates at the precision that is known: EDTF (ISO 8601-2) level 1, and quarters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

_SINGLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?:Q(?P<quarter>[1-4])|(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?))?"
    r"(?P<qualifier>[~?%]?)"
)

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_QUARTERS = ("first", "second", "third", "fourth")
_QUALIFIERS = {"": "", "~": "about ", "?": "possibly ", "%": "possibly about "}


@total_ordering
@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date, or a stretch of time, as it was typed; `parse_date` makes one.

    `lower` and `upper` are the first and the last day that it may mean, None where that end is open or
    unknown. They are for sorting and filtering; what is shown is `words()`, which never says more than was
    typed.
    """

    text: str
    lower: date | None
    upper: date | None

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, EdtfDate):
            return NotImplemented
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """What dates sort by: the first day, the last day, the text. An open beginning sorts first."""
        return (self.lower or date.min, self.upper or date.max, self.text)

    def words(self, *, article: bool = False) -> str:
        """Return the date as a reader sees it, such as "first quarter of 2024" or "2022 to August 2023".

        With `article`, as it stands behind a preposition: "(planned for) the first quarter of 2024".
        """
        begin, slash, end = self.text.partition("/")
        if not slash:
            return Single.parse(self.text).words(article=article)
        if begin in ("", ".."):
            unknown = ", beginning unknown" if begin == "" else ""
            return f"until {Single.parse(end).words(article=True)}{unknown}"
        if end in ("", ".."):
            unknown = ", end unknown" if end == "" else ""
            return f"from {Single.parse(begin).words(article=True)}{unknown}"
        return _interval_words(Single.parse(begin), Single.parse(end))


@dataclass(frozen=True, slots=True)
class Single:
    """One date without a slash: its parts as typed, `X` standing for a digit that is not known."""

    year: str
    quarter: int = 0
    month: str = ""
    day: str = ""
    qualifier: str = ""

    @classmethod
    def parse(cls, text: str) -> Single:
        """Return the one date that the text says; raises ValueError, with a sentence, where it says none."""
        match = _SINGLE.fullmatch(text)
        if match is None:
            raise ValueError(f"“{_shortened(text)}” is not a date")
        year, month, day = match["year"], match["month"] or "", match["day"] or ""
        quarter = int(match["quarter"] or 0)
        if month.isdigit() and 33 <= int(month) <= 36:
            quarter, month = int(month) - 32, ""
            if day:
                raise ValueError(f"“{text}” has a day in a quarter")
        single = cls(year, quarter, month, day, match["qualifier"])
        single._check(text)
        return single

    def _check(self, text: str) -> None:
        if self.year.startswith("0000"):
            raise ValueError("There is no year 0000")
        if "X" in self.year:
            if self.month or self.quarter:
                raise ValueError(f"“{text}” has a month or a quarter in a year that is not known")
            return
        if self.month == "XX":
            if self.day not in ("", "XX"):
                raise ValueError(f"“{text}” has a day in a month that is not known")
            return
        if not self.month:
            return
        month = int(self.month)
        if month in _SEASONS:
            if self.day:
                raise ValueError(f"“{text}” has a day in a season")
        elif not 1 <= month <= 12:
            raise ValueError(f"“{text}” has no such month: months run from 01 to 12")
        elif self.day not in ("", "XX") and not 1 <= int(self.day) <= _days_in(int(self.year), month):
            raise ValueError(f"{int(self.day)} {_MONTHS[month - 1]} {int(self.year)} is not a day")

    def __str__(self) -> str:
        if self.quarter:
            return f"{self.year}-Q{self.quarter}{self.qualifier}"
        return "-".join(part for part in (self.year, self.month, self.day) if part) + self.qualifier

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day that it may mean."""
        # A decade such as 000X begins with the first year that there is.
        first_year, last_year = max(1, int(self.year.replace("X", "0"))), int(self.year.replace("X", "9"))
        if self.quarter:
            return _months(first_year, 3 * self.quarter - 2, 3 * self.quarter)
        if self.month in ("", "XX"):
            return date(first_year, 1, 1), date(last_year, 12, 31)
        month = int(self.month)
        if month in _SEASONS:
            return _season(first_year, month)
        if self.day in ("", "XX"):
            return _months(first_year, month, month)
        day = date(first_year, month, int(self.day))
        return day, day

    def words(self, *, article: bool = False) -> str:
        """Return the date in words; with `article`, as it stands behind a preposition."""
        the = "the " if article or self.qualifier else ""
        before = _QUALIFIERS[self.qualifier]
        year = str(int(self.year)) if self.year.isdigit() else self.year
        if self.quarter:
            return f"{before}{the}{_QUARTERS[self.quarter - 1]} quarter of {year}"
        if self.year.endswith("XX"):
            return f"{before}{the}years {int(self.year[:2])}00 to {int(self.year[:2])}99"
        if self.year.endswith("X"):
            return f"{before}{the}{int(self.year[:3])}0s"
        if not self.month:
            return f"{before}{year}"
        if self.month == "XX":
            return f"{before}a {'day' if self.day else 'month'} in {year}"
        if int(self.month) in _SEASONS:
            return f"{before}{_SEASONS[int(self.month)]} {year}"
        month = f"{_MONTHS[int(self.month) - 1]} {year}"
        if not self.day:
            return f"{before}{month}"
        return f"{before}a day in {month}" if self.day == "XX" else f"{before}{int(self.day)} {month}"

    @property
    def is_plain(self) -> bool:
        """Whether every digit is known, and it is a year, a month or a day."""
        digits = f"{self.year}{self.month}{self.day}"
        return digits.isdigit() and not (self.quarter or self.qualifier) and (not self.month or int(self.month) <= 12)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> EdtfDate:
    """Return the date that the text says.

    Raises ValueError, with a sentence without its full stop, where it says none. The syntax is level 1 of
    EDTF (Library of Congress, 2019) for the years 0001 to 9999, and quarters as `2024-Q1` or `2024-33`.

    >>> parse_date("2024-33").words()
    'first quarter of 2024'
    """
    text = text.strip()
    begin_text, slash, end_text = text.partition("/")
    if not slash:
        single = Single.parse(text)
        return EdtfDate(str(single), *single.bounds())
    begin = None if begin_text in ("", "..") else Single.parse(begin_text)
    end = None if end_text in ("", "..") else Single.parse(end_text)
    if begin is None and end is None:
        raise ValueError(f"“{text}” has neither a beginning nor an end")
    lower = begin.bounds()[0] if begin else None
    upper = end.bounds()[1] if end else None
    if lower and upper and upper < lower:
        raise ValueError(f"“{text}” ends before it begins")
    return EdtfDate(f"{begin or begin_text}/{end or end_text}", lower, upper)


def _interval_words(begin: Single, end: Single) -> str:
    if begin.is_plain and end.is_plain and begin.year == end.year:
        if begin.day and end.day and begin.month == end.month:
            return f"{int(begin.day)} to {end.words()}"
        if begin.month and end.month and not begin.day and not end.day:
            return f"{_MONTHS[int(begin.month) - 1]} to {end.words()}"
    return f"{begin.words()} to {end.words(article=True)}"


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, _days_in(year, last))


def _season(year: int, season: int) -> tuple[date, date]:
    # The seasons of the northern half of the earth, as the edtf package has them; EDTF itself leaves it open.
    first = 3 * (season - 20)
    if season == 24:
        end = min(year + 1, 9999)
        return date(year, 12, 1), date(end, 2, _days_in(end, 2)) if end > year else date(year, 12, 31)
    return _months(year, first, first + 2)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
