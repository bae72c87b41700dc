"""What the text of a field means: one function for each type, from node to value.

Each function returns the value, or None after it has said in the draft what is wrong. Text that says nothing gives
an empty value, which counts as not given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.records import forms, markings
from briefing.records.dates import parse_date
from briefing.records.fields import Field, Type
from briefing.records.kinds import KINDS, YARDSTICKS, is_kind
from briefing.records.nodes import Mapping, Node, Scalar, Sequence, is_blank
from briefing.records.suggest import did_you_mean, listed, nearest, shown, slugged

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.records.dates import EdtfDate
    from briefing.records.draft import Draft

    Read = Callable[[Draft, Field, Scalar], object]
    Convert = Callable[[Draft, Field, Node], object]

_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\x85\u2028\u2029]+[ \t\r\n\x85\u2028\u2029]*")

_DATE_FORMS = "Write 2023, 2023-08, 2023-12-08 or 2024-Q1, with ~ behind it for “about”."


def read_text(draft: Draft, field: Field, node: Scalar) -> str:
    """Return a text of one paragraph; line breaks in it are blanks."""
    text = node.text
    if not text.isprintable():
        text = _LINE_BREAKS.sub(" ", text)
    return text.strip()


def read_markdown(draft: Draft, field: Field, node: Scalar) -> str:
    """Return a text whose line breaks mean something."""
    return node.text if node.text.strip() else ""


def read_slug(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return a slug."""
    text = node.text.strip()
    if not text or forms.SLUG.fullmatch(text):
        return text
    what = "a tag" if field.type is Type.SLUGS else "an id"
    rule = "lower-case letters, digits and single hyphens between them"
    if "," in text:
        mend = "Write several as a list: [one, two]."
    elif meant := slugged(text):
        mend = f"Write `{meant}`: {rule}."
    else:
        mend = f"Use {rule}."
    draft.error(node, "bad-slug", f"{shown(text)} is not {what}.", mend)
    return None


def read_reference(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return the id of a record; whether there is one, only the library knows."""
    text = read_slug(draft, field, node)
    if text:
        draft.place(field.name, text, node)
    return text


def read_date(draft: Draft, field: Field, node: Scalar) -> EdtfDate | str | None:
    """Return a date."""
    text = node.text.strip()
    if not text:
        return ""
    try:
        return parse_date(text)
    except ValueError as error:
        draft.error(node, "bad-date", f"{error}.", _date_mend(text))
        return None


def _date_mend(text: str) -> str:
    """Say how a date is written; never with a day or a month that was not typed."""
    if match := re.fullmatch("([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", text):
        year, month, day = match.groups()
        padded = "-".join(part.zfill(2) for part in (year, month, day) if part)
        if padded != text:
            return f"Write {padded}."
        if 1 <= int(month) <= 12:
            return f"Write the day that is meant, or {year}-{month} for the month."
    quarter = re.fullmatch("(?:([0-9]{4})[ -]?)?[qQ]([1-4])(?:[ /-]?([0-9]{4}))?", text)
    if quarter and (year := quarter[1] or quarter[3]):
        return f"Write {year}-Q{quarter[2]}."
    if re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", text):
        return f"Leave out the time of day: {text[:10]}."
    if text.startswith(("~", "?", "%")):
        return f"Write the mark behind the date: {text[1:]}{text[0]}."
    return _DATE_FORMS


def read_choice(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return one of the field's choices."""
    text = node.text.strip()
    if not text or text in field.choices:
        return text
    meant = nearest(text, field.choices)
    mend = f"Did you mean `{meant}`?" if meant else f"Write {listed(field.choices)}."
    draft.error(node, "bad-choice", f"{shown(text)} is not a value of `{field.name}`.", mend)
    return None


def read_marking(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return a marking of one of the schemes that are installed."""
    text = node.text.strip()
    if not text or markings.known(text):
        return text
    known = markings.all_markings()
    meant = markings.correction(text) or nearest(text, known)
    mend = f"Did you mean `{meant}`?" if meant else f"Write {listed(known)}."
    draft.error(node, "bad-marking", f"{shown(text)} is not a marking.", mend)
    return None


def read_language(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return a language tag."""
    text = node.text.strip()
    if not text or forms.LANGUAGE.fullmatch(text):
        return text
    hyphened = text.replace("_", "-")
    mend = (
        f"Write `{hyphened}`."
        if forms.LANGUAGE.fullmatch(hyphened)
        else "Write the short tag of BCP 47: `en`, `hi`, `ko` or `zh-Hant`."
    )
    draft.error(node, "bad-language", f"{shown(text)} is not a language tag.", mend)
    return None


def read_country_code(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return the two-letter code of a country."""
    text = node.text.strip()
    if not text or text in forms.country_codes():
        if text:
            draft.place(field.name, text, node)
        return text
    meant = forms.country_code_meant(text)
    mend = f"Write `{meant}`." if meant else "Write the two capital letters of ISO 3166-1, such as `IN` or `KR`."
    draft.error(node, "bad-country-code", f"{shown(text)} is not the code of a country.", mend)
    return None


def read_url(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return an https address."""
    text = node.text.strip()
    if not text or forms.is_url(text):
        return text
    secure = "https://" + text.removeprefix("http://")
    mend = f"Write {secure}." if len(secure) <= 200 and forms.is_url(secure) else "Write the whole address: https://…"
    draft.error(node, "bad-url", f"{shown(text)} is not an https address.", mend)
    return None


def read_paragraphs(draft: Draft, field: Field, node: Scalar) -> tuple[int, int] | str | None:
    """Return the first and the last paragraph of a range."""
    text = node.text.strip()
    if not text:
        return ""
    match = forms.PARAGRAPHS.fullmatch(text)
    if match is None:
        mend = "Write 3, or 3-4 for a range; for paragraphs that are apart, make a claim for each."
        draft.error(node, "bad-paragraph", f"{shown(text)} is not the number of a paragraph.", mend)
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if first == 0 or last < first:
        message = "Paragraphs are counted from 1." if first == 0 else f"The range {text} ends before it begins."
        mend = "Write the number of the paragraph." if first == 0 else f"Write {last}-{first}."
        draft.error(node, "bad-paragraph", message, mend)
        return None
    return first, last


def read_number(draft: Draft, field: Field, node: Scalar) -> int | str | None:
    """Return a whole number within the field's limits."""
    text = node.text.strip()
    if not text:
        return ""
    low, high = field.limits
    if text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high:
        return int(text)
    message = f"{shown(text)} is not a value of `{field.name}`."
    draft.error(node, "bad-number", message, f"Write a whole number from {low} to {high}.")
    return None


def read_file_path(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return a path from the record's file to another file of the library."""
    text = node.text.strip()
    if not text:
        return ""
    if not forms.is_relative_path(text):
        mend = "Write a path from this file's folder, with / between its parts."
        draft.error(node, "path-not-relative", f"{shown(text)} is not a relative path.", mend)
        return None
    if forms.leads_outside(text, draft.file):
        mend = "Put the file into the library, or into your texts folder."
        draft.error(node, "path-outside", f"{shown(text)} leads out of the library.", mend)
        return None
    draft.place(field.name, text, node)
    return text


def read_kind(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return the name of a kind."""
    text = node.text.strip()
    if not text or is_kind(text):
        return text
    names = {name.lower(): kind.name for kind in KINDS for name in (kind.name, kind.label, kind.section)}
    meant = names.get(nearest(text, names), "")
    mend = f"Did you mean `{meant}`?" if meant else f"Write {listed([kind.name for kind in KINDS])}."
    draft.error(node, "unknown-kind", f"There is no kind of record called {shown(text)}.", mend)
    return None


def read_colour(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return a colour as #RRGGBB."""
    text = node.text.strip()
    if not text:
        return ""
    digits = text.removeprefix("#")
    if forms.COLOUR.fullmatch(text):
        return text.upper()
    if forms.COLOUR.fullmatch(f"#{digits}"):
        mend = f'Write "#{digits.upper()}".'
    elif forms.COLOUR.fullmatch("#" + "".join(2 * digit for digit in digits)):
        mend = f'Write "#{"".join(2 * digit for digit in digits.upper())}".'
    else:
        mend = 'Write red, green and blue as "#164A80".'
    draft.error(node, "bad-colour", f"{shown(text)} is not a colour.", mend)
    return None


def read_likelihood(draft: Draft, field: Field, node: Scalar) -> str | None:
    """Return a word of the library's yardstick."""
    text = node.text.strip()
    words = YARDSTICKS[draft.info.yardstick]
    if not text or text in words:
        return text
    message = f"{shown(text)} is not a word of the yardstick {draft.info.yardstick}."
    draft.error(node, "bad-likelihood", message, did_you_mean(text, words, f"Write {listed(words)}."))
    return None


def read_identifiers(draft: Draft, field: Field, node: Node) -> dict[str, str] | None:
    """Return a map from identifier schemes to identifiers."""
    if not isinstance(node, Mapping):
        mend = "Write a map, such as wikidata: Q668, on lines of its own below it."
        draft.error(node, "wrong-shape", "`identifiers` is a map from scheme to identifier.", mend)
        return None
    found: dict[str, str] = {}
    for scheme, value in node.entries.items():
        if is_blank(value):
            continue
        if not isinstance(value, Scalar):
            draft.error(value, "wrong-shape", f"The identifier `{scheme}` is not one text.", "Write one value.")
            continue
        text = value.text.strip()
        if fault := forms.identifier_fault(scheme, text):
            example = forms.IDENTIFIERS[scheme].example
            draft.error(value, "bad-identifier", f"{fault}.", f"Write it like {example}.")
        else:
            found[scheme] = text
    return found


_SCALARS: dict[Type, Read] = {
    Type.TEXT: read_text,
    Type.MARKDOWN: read_markdown,
    Type.SLUG: read_slug,
    Type.REF: read_reference,
    Type.DATE: read_date,
    Type.CHOICE: read_choice,
    Type.MARKING: read_marking,
    Type.LANGUAGE: read_language,
    Type.COUNTRY_CODE: read_country_code,
    Type.URL: read_url,
    Type.PARAGRAPHS: read_paragraphs,
    Type.NUMBER: read_number,
    Type.FILE: read_file_path,
    Type.KIND: read_kind,
    Type.COLOUR: read_colour,
    Type.LIKELIHOOD: read_likelihood,
}

_LISTS: dict[Type, Read] = {
    Type.TEXTS: read_text,
    Type.SLUGS: read_slug,
    Type.REFS: read_reference,
}


def converter(type_: Type) -> Convert:
    """Return the function that reads fields of a type of texts, single or in a list."""
    if type_ is Type.IDENTIFIERS:
        return read_identifiers
    return _list_of(_LISTS[type_]) if type_ in _LISTS else _single(_SCALARS[type_])


def _single(read: Read) -> Convert:
    def convert(draft: Draft, field: Field, node: Node) -> object:
        if isinstance(node, Scalar):
            return read(draft, field, node)
        shape, mend = ("a list", "Write one value.") if isinstance(node, Sequence) else ("a map", _QUOTES)
        draft.error(node, "wrong-shape", f"`{field.name}` is one value, not {shape}.", mend)
        return None

    return convert


_QUOTES = "Write one value; put quotation marks around text that holds a colon or begins with a brace."


def _list_of(read: Read) -> Convert:
    def convert(draft: Draft, field: Field, node: Node) -> object:
        if isinstance(node, Scalar):
            value = read(draft, field, node)
            return value if value is None else (value,) if value else ()
        if isinstance(node, Mapping):
            draft.error(node, "wrong-shape", f"`{field.name}` is a list of values, not a map.", _QUOTES)
            return None
        values: list[object] = []
        for item in node.items:
            if not isinstance(item, Scalar):
                shape = "a map" if isinstance(item, Mapping) else "a list"
                draft.error(item, "wrong-shape", f"`{field.name}` holds single values, not {shape}.", _QUOTES)
            elif not item.is_null and (value := read(draft, field, item)):
                values.append(value)
        return tuple(values)

    return convert
