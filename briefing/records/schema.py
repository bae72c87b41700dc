"""The record format as a JSON Schema, for editors; drawn wholly from the tables in `kinds`.

It is of draft 7, which the YAML language server knows best. It says less than the reader checks, and takes what authors
type: editors read YAML 1.2, where `2023` is a number, `true` a truth value and a field without a value null, all of
which are text or nothing to the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.records.fields import Field, Type
from briefing.records.forms import IDENTIFIERS
from briefing.records.kinds import (
    CLAIM_FIELDS,
    COMMON_FIELDS,
    KINDS,
    LIBRARY_FIELDS,
    LINK_FIELDS,
    SECTION_FIELDS,
    YARDSTICKS,
    kind_named,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Schema = dict[str, object]

_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_SINGLE_DATE = (
    r"([0-9]{2}XX|[0-9]{3}X|[0-9]{4}(-(Q[1-4]|XX(-XX)?|2[1-4]|3[3-6]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]|XX))?))?)"
    "[~?%]?"
)
_DATE = rf"^({_SINGLE_DATE}|{_SINGLE_DATE}/(\.\.|{_SINGLE_DATE})?|(\.\.)?/{_SINGLE_DATE})$"


def json_schema(kind: str | None = None) -> Schema:
    """Return the schema of any record, or of the records of one kind.

    For `library` it is that of `library.yaml`, for `house` that of a house style, for `dossier` that of a dossier.

    Raises KeyError for a kind that there is not.
    """
    parts = {
        "claim": _object(CLAIM_FIELDS),
        "section": _object(SECTION_FIELDS),
        "link": _object(LINK_FIELDS),
    }
    if kind == "library":
        top = _object(LIBRARY_FIELDS)
        title = "The library.yaml of a Briefing library"
    elif kind == "house":
        # imported here: the schema of records does without
        from briefing.records.house import HOUSE_FIELDS

        top = _object(HOUSE_FIELDS)
        title = "The house style of a Briefing print"
    elif kind == "dossier":
        from briefing.records.dossier import DOSSIER_FIELDS, ENTRY_FIELDS

        top = _object(DOSSIER_FIELDS)
        title = "A Briefing dossier"
        parts["entry"] = _object(ENTRY_FIELDS)
    elif kind is not None:
        info = kind_named(kind)
        top = _kind_schema(kind)
        title = f"A Briefing record: {info.label.lower()}"
    else:
        top = _any_kind()
        title = "A Briefing record"
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **top,
        "definitions": parts,
    }


def _any_kind() -> Schema:
    # One condition for each kind, and not one choice among all: so an editor names the fault in the kind that was
    # typed, instead of saying that the record fits none of nine.
    names = [kind.name for kind in KINDS]
    conditions: list[Schema] = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": _kind_schema(name),
        }
        for name in names
    ]
    return {"type": "object", "required": ["kind", "title"], "properties": {"kind": _kind(names)}, "allOf": conditions}


def _kind_schema(name: str) -> Schema:
    schema = _object((*COMMON_FIELDS, *kind_named(name).fields))
    properties = schema["properties"]
    assert isinstance(properties, dict)
    properties["kind"] = _kind([name])
    return schema


def _kind(names: list[str]) -> Schema:
    labels = ", ".join(f"{name}: {kind_named(name).label.lower()}" for name in names)
    return {"enum": names, "description": f"What the record describes ({labels})."}


def _object(fields: Iterable[Field]) -> Schema:
    fields = tuple(fields)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _property(field) for field in fields},
    }
    if required := [field.name for field in fields if field.required]:
        schema["required"] = required
    return schema


def _property(field: Field) -> Schema:
    schema = _TYPES[field.type](field)
    described: Schema = {"title": field.label}
    if field.help:
        described["description"] = field.help
    if field.required:
        return {**described, **schema}
    types = schema.get("type")
    if isinstance(types, list):
        return {**described, **schema, "type": [*types, "null"]}
    return {**described, "anyOf": [schema, {"type": "null"}]}


def _text(field: Field) -> Schema:
    return {"type": ["string", "number", "boolean"]}


def _pattern(pattern: str) -> Callable[[Field], Schema]:
    def schema(field: Field) -> Schema:
        # A pattern binds strings only: an id, a date or a paragraph may be typed as a number.
        return {"type": ["string", "number"], "pattern": pattern}

    return schema


def _choice(field: Field) -> Schema:
    return {"enum": list(field.choices)}


def _number(field: Field) -> Schema:
    low, high = field.limits
    # Between quotation marks it is the same number to the reader.
    return {"anyOf": [{"type": "integer", "minimum": low, "maximum": high}, {"type": "string", "pattern": "^[0-9]+$"}]}


def _marking(field: Field) -> Schema:
    # imported here: the schemes are read from their files
    from briefing.records.markings import all_markings

    return {"enum": list(all_markings())}


def _country_code(field: Field) -> Schema:
    # `NO` is false to a reader of YAML 1.1, which some editors are.
    return {"anyOf": [{"type": "string", "pattern": "^[A-Z]{2}$"}, {"const": False}]}


def _likelihood(field: Field) -> Schema:
    return {"enum": list(dict.fromkeys(word for words in YARDSTICKS.values() for word in words))}


def _list_of(item: Callable[[Field], Schema]) -> Callable[[Field], Schema]:
    def schema(field: Field) -> Schema:
        one = item(field)
        return {"anyOf": [one, {"type": "array", "items": {"anyOf": [one, {"type": "null"}]}}]}

    return schema


def _definition(name: str) -> Callable[[Field], Schema]:
    return lambda field: {"$ref": f"#/definitions/{name}"}


def _identifiers(field: Field) -> Schema:
    value: Schema = {"type": ["string", "number", "null"]}
    known: Schema = {
        name: {
            "title": scheme.name,
            "examples": [scheme.example],
            "anyOf": [{"type": ["string", "number"], "pattern": f"^(?:{scheme.form})$"}, {"type": "null"}],
        }
        for name, scheme in IDENTIFIERS.items()
    }
    return {"type": "object", "properties": known, "additionalProperties": value}


_slug = _pattern(_SLUG)

_TYPES: dict[Type, Callable[[Field], Schema]] = {
    Type.TEXT: _text,
    Type.TEXTS: _list_of(_text),
    Type.MARKDOWN: _text,
    Type.SLUG: _slug,
    Type.SLUGS: _list_of(_slug),
    Type.REF: _slug,
    Type.REFS: _list_of(_slug),
    Type.DATE: _pattern(_DATE),
    Type.CHOICE: _choice,
    Type.MARKING: _marking,
    Type.LANGUAGE: _pattern("^[A-Za-z]{2,4}(-[A-Za-z0-9]{1,8})*$|^[xX](-[A-Za-z0-9]{1,8})+$"),
    Type.COUNTRY_CODE: _country_code,
    Type.URL: _pattern("^https://"),
    Type.PARAGRAPHS: _pattern("^[0-9]{1,6}(-[0-9]{1,6})?$"),
    Type.NUMBER: _number,
    Type.FILE: _pattern(r"^[^/\\~]"),
    Type.KIND: _choice,
    Type.COLOUR: _pattern("^#[0-9A-Fa-f]{6}$"),
    Type.LIKELIHOOD: _likelihood,
    Type.IDENTIFIERS: _identifiers,
    Type.LINKS: _list_of(_definition("link")),
    Type.CLAIMS: _list_of(_definition("claim")),
    Type.SECTIONS: _list_of(_definition("section")),
    Type.ENTRIES: _list_of(_definition("entry")),
}
