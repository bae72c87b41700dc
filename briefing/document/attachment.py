"""The record that was printed, to travel inside the PDF."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from briefing.document.blocks import Attachment
from briefing.document.text import one_line
from briefing.records.dates import EdtfDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document.shelf import Shelf
    from briefing.records.claims import Claim
    from briefing.records.record import Record

# At the beginning of a line these end a YAML document, even inside a text that runs over several lines.
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:\s|$)")


def record_file(record: Record, library: Shelf) -> Attachment:
    """Return the record as a YAML file: its own text as its author typed it, without the other records of its file.

    Where the file is broken now, or gone, it is written anew from the last good version.
    """
    card = library.card(record.id)
    text = "" if card is None or card.stale else own_text(record, library.raw_text(record.file))
    return Attachment(
        name=f"{record.id}.yaml",
        data=(text or as_yaml(record)).encode("utf-8", "replace"),
        description=f"The record “{one_line(record.title)}” as it was printed",
    )


def own_text(record: Record, text: str) -> str:
    """Return the part of a file's text that holds the record; nothing where the file has become shorter."""
    lines = text.splitlines(keepends=True)
    if record.line > len(lines):
        return ""
    first = record.line - 1
    if _DOCUMENT_MARK.match(lines[first]):
        first += 1
    last = first
    while last < len(lines) and not _DOCUMENT_MARK.match(lines[last]):
        last += 1
    while first and not _DOCUMENT_MARK.match(lines[first - 1]):
        first -= 1
    return "".join(lines[first:last])


def as_yaml(record: Record) -> str:
    """Return the record in the format that it is written in, every value typed as JSON, which is YAML too."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields_of(record).items())


def fields_of(record: Record) -> dict[str, Any]:
    """Return what is given of the record, by field, as plain values."""
    return {name: value for name, value in _fields(record) if value}


def _fields(record: Record) -> Iterator[tuple[str, Any]]:
    yield "id", record.id
    yield "kind", record.kind
    yield "title", record.title
    yield "aliases", list(record.aliases)
    yield "summary", record.summary
    for name, value in record.values.items():
        yield name, _plain(value)
    yield "as_of", _plain(record.as_of)
    yield "marking", record.marking
    yield "language", record.language
    yield "tags", list(record.tags)
    yield "identifiers", dict(record.identifiers)
    yield "links", [{"title": link.title, "url": link.url} for link in record.links]
    yield "claims", [_claim(claim) for claim in record.claims]
    yield "body", record.body
    yield (
        "sections",
        [
            _given(
                heading=section.heading,
                role=section.role,
                marking=section.marking,
                priority=section.priority,
                line=section.line,
                if_pressed=section.if_pressed,
                claims=[_claim(claim) for claim in section.claims],
                body=section.body,
            )
            for section in record.sections
        ],
    )


def _claim(claim: Claim) -> dict[str, Any]:
    return _given(
        id=claim.id,
        text=claim.text,
        source=claim.source,
        at=claim.paragraphs,
        quote=claim.quote,
        basis=claim.basis,
        likelihood=claim.likelihood,
        confidence=claim.confidence,
        about=list(claim.about),
        as_of=_plain(claim.as_of),
        marking=claim.marking,
    )


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return str(value) if isinstance(value, EdtfDate) else value
