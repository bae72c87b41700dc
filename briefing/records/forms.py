"""The forms that texts must have: languages, addresses, paths, and identifiers in other catalogues."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id or a tag."""

LANGUAGE = re.compile(
    # RFC 5646, section 2.1, without the registered forms of five to eight letters, of which there are none.
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4})"
    r"(?:-[a-z]{4})?"
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
"""A language tag of BCP 47."""

URL = re.compile(r"https://(?:[^\s/?#@:\\<>\"\[\]]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?#][^\s<>\"\\]*)?")
"""An https address without a user's name in it, which serves only to deceive."""

PARAGRAPHS = re.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?")
"""A paragraph number, or a range of them."""

COLOUR = re.compile("#[0-9A-Fa-f]{6}")
"""A colour."""


def is_url(text: str) -> bool:
    """Whether the text is an https address, and nothing in it is invisible."""
    return text.isprintable() and URL.fullmatch(text) is not None


def leads_outside(path: str, file: str) -> bool:
    """Whether a path, taken from the folder of a file of the library, leads out of the library.

    `file` is relative to the library. Only the words of the path are judged; a link on the disk is not seen.
    """
    depth = file.count("/")
    for part in path.split("/"):
        if part == "..":
            depth -= 1
        elif part not in ("", "."):
            depth += 1
        if depth < 0:
            return True
    return False


def is_relative_path(path: str) -> bool:
    """Whether a path is relative and of the form that every system reads alike."""
    return not (path.startswith(("/", "~")) or "\\" in path or re.match("[A-Za-z][A-Za-z0-9+.-]*:", path))


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of ISO 3166-1 alpha-2, and XK, which is used for Kosovo."""
    # imported here: only reading a country pays for it
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}


def country_code_meant(text: str) -> str:
    """Return the code of the country that a text names in another way, or nothing."""
    wanted = text.strip().upper()
    if wanted in country_codes():
        return wanted
    if wanted == "UK":
        return "GB"
    import pycountry

    try:
        return str(pycountry.countries.lookup(wanted).alpha_2)
    except LookupError:
        return ""


class Identifier(NamedTuple):
    """An identifier scheme: the form of its values, an example, and the check digits that they carry."""

    name: str
    form: str
    example: str
    check: str = ""


IDENTIFIERS: dict[str, Identifier] = {
    "wikidata": Identifier("Wikidata", "Q[1-9][0-9]{0,11}", "Q668"),
    "gnd": Identifier(
        "GND", "1[0-9]{7,9}[0-9X]|[47][0-9]{6}-[0-9]|[1-9][0-9]{0,7}-[0-9X]|3[0-9]{7}[0-9X]", "4026722-2"
    ),
    "viaf": Identifier("VIAF", "[1-9][0-9]{1,21}", "139713821"),
    "isni": Identifier("ISNI", "[0-9]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{3}[0-9X]", "0000 0001 2150 090X", "mod 11-2"),
    "orcid": Identifier("ORCID", "[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", "0000-0002-1825-0097", "mod 11-2"),
    "lei": Identifier("LEI", "[0-9A-Z]{18}[0-9]{2}", "506700GE1G29325QX363", "mod 97"),
    "ror": Identifier("ROR", "0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", "05dxps055"),
    "doi": Identifier("DOI", r"10\.[0-9]{4,9}/\S+", "10.1000/182"),
    "issn": Identifier("ISSN", "[0-9]{4}-[0-9]{3}[0-9X]", "0971-751X", "mod 11"),
    "isbn": Identifier("ISBN", "(?:97[89]-?)?(?:[0-9]-?){9}[0-9X]", "978-3-16-148410-0", "isbn"),
    "geonames": Identifier("GeoNames", "[1-9][0-9]{0,9}", "1269750"),
    "iso3166": Identifier("ISO 3166", "[A-Z]{2}(?:-[A-Z0-9]{1,3})?", "IN-DL"),
}
"""The identifier schemes whose form is known; others may be named, and their values are taken as they are."""


def identifier_fault(scheme: str, value: str) -> str:
    """Return what is wrong with an identifier, as a sentence without its full stop, or nothing."""
    known = IDENTIFIERS.get(scheme)
    if known is None:
        return ""
    if re.fullmatch(known.form, value) is None:
        return f"“{value[:60]}” is not of the form of a {known.name} identifier"
    if known.check and not _CHECKS[known.check](re.sub("[ -]", "", value)):
        return f"The check digit of “{value}” is wrong"
    return ""


def _digits(text: str) -> list[int]:
    return [10 if character == "X" else int(character) for character in text]


def _mod_11_2(text: str) -> bool:
    # ISO/IEC 7064, as ISNI and ORCID use it.
    total = 0
    for digit in _digits(text[:-1]):
        total = (total + digit) * 2
    return (12 - total % 11) % 11 == _digits(text[-1])[0]


def _mod_97(text: str) -> bool:
    # ISO 17442: letters count from A = 10.
    return int("".join(str(int(character, 36)) for character in text)) % 97 == 1


def _mod_11(text: str) -> bool:
    # ISO 3297 and the ten-digit ISBN: weights fall to 1 at the check digit.
    return sum(digit * (len(text) - place) for place, digit in enumerate(_digits(text))) % 11 == 0


def _isbn(text: str) -> bool:
    if len(text) == 10:
        return _mod_11(text)
    return (
        text.isdigit() and sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(_digits(text))) % 10 == 0
    )


_CHECKS = {"mod 11-2": _mod_11_2, "mod 97": _mod_97, "mod 11": _mod_11, "isbn": _isbn}
