from __future__ import annotations

import re
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from briefing.records.dates import EdtfDate, parse_date

YEARS = st.integers(1, 9999).map("{:04d}".format)
DECADES = st.one_of(
    st.integers(1, 999).map("{:03d}X".format),
    st.integers(1, 99).map("{:02d}XX".format),
)
MONTHS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda day: day.isoformat()[:7])
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
UNKNOWN = st.one_of(
    YEARS.map("{}-XX".format),
    YEARS.map("{}-XX-XX".format),
    MONTHS.map("{}-XX".format),
)
SEASONS = st.tuples(YEARS, st.sampled_from(["21", "22", "23"])).map("-".join)
QUARTERS = st.tuples(YEARS, st.sampled_from(["33", "34", "35", "36"])).map("-".join)
PLAIN = st.one_of(YEARS, MONTHS, DAYS)
QUALIFIED = st.tuples(PLAIN, st.sampled_from("~?%")).map("".join)
SINGLE = st.one_of(PLAIN, QUALIFIED, DECADES, UNKNOWN, SEASONS, QUARTERS)
INTERVALS = st.tuples(st.one_of(PLAIN, QUALIFIED), st.one_of(PLAIN, QUALIFIED)).map("/".join)
OPEN = st.one_of(PLAIN.map("{}/..".format), PLAIN.map("../{}".format), PLAIN.map("{}/".format), PLAIN.map("/{}".format))
ANY = st.one_of(SINGLE, INTERVALS, OPEN)


def parsed(text: str) -> EdtfDate | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def oracle(text: str) -> tuple[date, date]:
    """The bounds that the edtf package gives, which pads an approximate date unless it is asked not to."""
    found = parse_edtf(text)
    lower, upper = found.lower_strict(), found.upper_strict()
    return date(lower.tm_year, lower.tm_mon, lower.tm_mday), date(upper.tm_year, upper.tm_mon, upper.tm_mday)


@given(SINGLE)
def test_the_bounds_of_a_single_date_are_those_of_the_edtf_package(text: str) -> None:
    found = parse_date(text)
    assert (found.lower, found.upper) == oracle(text)


@given(INTERVALS)
def test_the_bounds_of_an_interval_are_those_of_the_edtf_package(text: str) -> None:
    found = parsed(text)
    lower, upper = oracle(text)
    if upper < lower:
        assert found is None
    else:
        assert found is not None
        assert (found.lower, found.upper) == (lower, upper)


@given(PLAIN)
def test_an_open_end_has_no_bound(text: str) -> None:
    whole = parse_date(text)
    for end in ("..", ""):
        assert (parse_date(f"{text}/{end}").lower, parse_date(f"{text}/{end}").upper) == (whole.lower, None)
        assert (parse_date(f"{end}/{text}").lower, parse_date(f"{end}/{text}").upper) == (None, whole.upper)


@given(ANY)
def test_a_date_is_what_its_canonical_text_says(text: str) -> None:
    found = parsed(text)
    if found is not None:
        assert parse_date(str(found)) == found


@given(ANY)
def test_words_have_no_day_or_month_that_was_not_typed(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    words = found.words()
    digits = re.findall("[0-9]+", text)
    assert ("January" in words) == bool(re.search("[0-9]{4}-01", text))
    for number in re.findall("[0-9]+", words):
        # Each number in the words was typed: a year without its zeros, a day, or the years of a decade or a century.
        century = [f"{int(each)}{end}" for each in digits for end in ("0", "00", "99")]
        assert number in [str(int(each)) for each in digits] + century
    if re.fullmatch("[0-9]{4}", text):
        assert words == str(int(text))


@given(st.text(st.sampled_from("0123456789-/.X~?%Q "), max_size=20))
def test_no_text_of_these_characters_breaks_the_parser(text: str) -> None:
    found = parsed(text)
    assert found is None or (found.lower or date.min) <= (found.upper or date.max)


@given(st.text())
def test_a_text_that_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    try:
        parse_date(text)
    except ValueError as error:
        sentence = str(error)
        assert sentence
        assert not sentence.endswith(".")


@given(ANY, ANY)
def test_dates_sort_by_their_bounds(first: str, second: str) -> None:
    one, other = parsed(first), parsed(second)
    if one is None or other is None:
        return
    assert (one < other) == (one.sort_key < other.sort_key)
    assert (one == other) == (str(one) == str(other))
    if one == other:
        assert hash(one) == hash(other)


def test_a_date_does_not_compare_with_text() -> None:
    assert parse_date("2023").__lt__("2024") is NotImplemented


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023", "2023"),
        ("2023-08", "August 2023"),
        ("2023-12-08", "8 December 2023"),
        ("2024-Q1", "first quarter of 2024"),
        ("2024-36", "fourth quarter of 2024"),
        ("2023~", "about 2023"),
        ("2023-12~", "about December 2023"),
        ("2024-Q1~", "about the first quarter of 2024"),
        ("2023?", "possibly 2023"),
        ("2023%", "possibly about 2023"),
        ("202X", "2020s"),
        ("202X~", "about the 2020s"),
        ("20XX", "years 2000 to 2099"),
        ("2023-XX", "a month in 2023"),
        ("2023-XX-XX", "a day in 2023"),
        ("2023-08-XX", "a day in August 2023"),
        ("2024-21", "spring 2024"),
        ("2024-24", "winter 2024"),
        ("2022/2023-08", "2022 to August 2023"),
        ("2023-12-08/2023-12-10", "8 to 10 December 2023"),
        ("2023-08/2023-12", "August to December 2023"),
        ("2023-08/2024-01", "August 2023 to January 2024"),
        ("2023-08-30/2023-09-02", "30 August 2023 to 2 September 2023"),
        ("2023-08~/2023-12", "about August 2023 to December 2023"),
        ("2024-Q1/2024-Q2", "first quarter of 2024 to the second quarter of 2024"),
        ("2023-01/..", "from January 2023"),
        ("202X/..", "from the 2020s"),
        ("../2024-Q1", "until the first quarter of 2024"),
        ("2023/", "from 2023, end unknown"),
        ("/2023", "until 2023, beginning unknown"),
        ("0476", "476"),
    ],
)
def test_a_date_is_written_at_its_precision(text: str, words: str) -> None:
    assert parse_date(text).words() == words


def test_a_year_never_becomes_a_first_of_january() -> None:
    for text in ("2023", "2023~", "2023?", "202X", "2022/2023", "2023/..", "2023-XX"):
        found = parse_date(text)
        for shown in (str(found), found.words(), f"{found}"):
            assert "-01" not in shown
            assert "January" not in shown
            assert not re.search(r"\b1\b", shown)


def test_a_quarter_has_one_way_of_being_written() -> None:
    assert str(parse_date("2024-33")) == "2024-Q1"
    assert parse_date("2024-33") == parse_date("2024-Q1")
    assert str(parse_date("2024-33/2024-34")) == "2024-Q1/2024-Q2"


def test_blanks_around_a_date_are_not_part_of_it() -> None:
    assert str(parse_date(" 2023-08 ")) == "2023-08"


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4~", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28)),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
        ("9999-24", date(9999, 12, 1), date(9999, 12, 31)),
        ("000X", date(1, 1, 1), date(9, 12, 31)),
    ],
)
def test_the_bounds_of_what_the_edtf_package_cannot_say(text: str, lower: date, upper: date) -> None:
    assert (parse_date(text).lower, parse_date(text).upper) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2023-02-30", "30 February 2023 is not a day"),
        ("2023-02-29", "29 February 2023 is not a day"),
        ("1900-02-29", "29 February 1900 is not a day"),
        ("2023-04-31", "31 April 2023 is not a day"),
        ("2023-12-00", "0 December 2023 is not a day"),
        ("2023-13", "“2023-13” has no such month: months run from 01 to 12"),
        ("2023-00", "“2023-00” has no such month: months run from 01 to 12"),
        ("0000", "There is no year 0000"),
        ("0000-Q1", "There is no year 0000"),
        ("2024-33-01", "“2024-33-01” has a day in a quarter"),
        ("2024-21-01", "“2024-21-01” has a day in a season"),
        ("202X-08", "“202X-08” has a month or a quarter in a year that is not known"),
        ("202X-Q1", "“202X-Q1” has a month or a quarter in a year that is not known"),
        ("2023-XX-08", "“2023-XX-08” has a day in a month that is not known"),
        ("2024/2023", "“2024/2023” ends before it begins"),
        ("../..", "“../..” has neither a beginning nor an end"),
        ("/", "“/” has neither a beginning nor an end"),
        ("2023/2024/2025", "“2024/2025” is not a date"),
        ("8 December 2023", "“8 December 2023” is not a date"),
        ("2023-8", "“2023-8” is not a date"),
        ("٢٠٢٣", "“٢٠٢٣” is not a date"),
        ("", "“” is not a date"),
        ("x" * 50, f"“{'x' * 39}…” is not a date"),
    ],
)
def test_what_is_no_date_is_said_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        parse_date(text)


def test_a_leap_day_is_a_day() -> None:
    assert parse_date("2024-02-29").words() == "29 February 2024"
    assert parse_date("2000-02-29").upper == date(2000, 2, 29)
