"""A record's own fields as a reader sees them: the line under the title, and the table of facts.

Everything is drawn from `records.kinds`: a field that is added there shows up here by its type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Facts, Inline, Link, Text
from briefing.document.links import is_web
from briefing.document.text import SEPARATOR, one_line, plain
from briefing.document.wording import ENGLISH, Wording
from briefing.records.kinds import Field, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document.names import Names
    from briefing.records.dates import EdtfDate
    from briefing.records.record import Record

# Fields that the line under the title has room for, and how it says them where that is not by their value alone.
_IN_SUBTITLE = {
    "role": "",
    "region": "",
    "format": "",
    "status": "",
    "type": "",
    "date": "",
    "place": "",
    "due": "due {date}",
    "publisher": "",
    "published": "published {date}",
}

# Fields that are shown elsewhere, or that tell the program something and a reader nothing.
_NOT_IN_FACTS = {"sections", "gists", "template", "text_file"}

_CHOICES = {
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "paper-conference": "conference paper",
    "post-weblog": "blog post",
    "track-1.5": "track 1.5",
}

# The grades of the Admiralty code (NATO AJP-2.1), which `reliability` and `credibility` take their values from.
_GRADES = {
    ("reliability", "A"): "completely reliable",
    ("reliability", "B"): "usually reliable",
    ("reliability", "C"): "fairly reliable",
    ("reliability", "D"): "not usually reliable",
    ("reliability", "E"): "unreliable",
    ("reliability", "F"): "cannot be judged",
    ("credibility", "1"): "confirmed by other sources",
    ("credibility", "2"): "probably true",
    ("credibility", "3"): "possibly true",
    ("credibility", "4"): "doubtful",
    ("credibility", "5"): "improbable",
    ("credibility", "6"): "cannot be judged",
}


def choice_words(value: str, wording: Wording = ENGLISH) -> str:
    """Return a value from a fixed choice as a reader says it."""
    return wording.say(_CHOICES.get(value) or one_line(value.replace("-", " ").replace("_", " ")))


def date_words(date: EdtfDate, wording: Wording = ENGLISH, *, article: bool = False) -> str:
    """Return a date as a reader says it; with `article`, as it stands behind a preposition."""
    return one_line(wording.date(date, article=article))


def subtitle(record: Record, marking: str, wording: Wording = ENGLISH) -> tuple[Inline, ...]:
    """Return the line under the title: the kind, what is most worth knowing, as of when, and the marking."""
    parts = [""]
    for field in record.kind_info.fields:
        pattern = _IN_SUBTITLE.get(field.name)
        if pattern is not None and (words := _words(record, field, wording)):
            parts.append(wording.say(pattern, date=words) if pattern else words)
    if record.as_of:
        parts.append(wording.say("as of {date}", date=date_words(record.as_of, wording, article=True)))
    if marking:
        parts.append(marking)
    kind = Text(wording.say(record.kind_info.label))
    return (kind, Text(SEPARATOR.join(parts))) if len(parts) > 1 else (kind,)


def facts(record: Record, names: Names, leave_out: frozenset[str] = frozenset()) -> Facts | None:
    """Return the table of the record's own fields, or None where there is nothing to say.

    `leave_out` names fields that the document shows elsewhere.
    """
    say = names.wording.say
    pairs: list[tuple[str, tuple[Inline, ...]]] = []
    if record.aliases:
        pairs.append((say("Also known as"), plain(", ".join(record.aliases))))
    for field in record.kind_info.fields:
        if field.name in _NOT_IN_FACTS or field.name in leave_out or field.name in _subtitle_fields(record):
            continue
        if inlines := _inlines(record, field, names):
            pairs.append((say(field.label), inlines))
    if record.tags:
        pairs.append((say("Tags"), plain(", ".join(record.tags))))
    if record.identifiers:
        known_as = ", ".join(f"{name} {value}" for name, value in record.identifiers.items())
        pairs.append((say("Identifiers"), plain(known_as)))
    if record.links:
        pairs.append((say("Links"), _web_links(record)))
    return Facts(tuple(pairs)) if pairs else None


def _web_links(record: Record) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for link in record.links:
        shown = web_link(link.title, link.url)
        parts += (Text(", "), shown) if parts else (shown,)
    return tuple(parts)


def web_link(words: str, address: str) -> Inline:
    """Return a link to the web; where the address is not one that may be followed, it is shown as text."""
    address = one_line(address)
    words = one_line(words)
    if is_web(address):
        return Link((Text(words or address),), address)
    return Text(f"{words} ({address})" if words and words != address else address)


def _subtitle_fields(record: Record) -> Iterator[str]:
    yield from _IN_SUBTITLE
    if record.text("status") == "planned":
        yield "next_due"


def _words(record: Record, field: Field, wording: Wording) -> str:
    """Return a single value in words."""
    if field.type is Type.DATE:
        date = record.date(field.name)
        return date_words(date, wording, article=field.name == "due") if date else ""
    value = record.text(field.name)
    if field.type is Type.CHOICE:
        words = choice_words(value, wording)
        if value == "planned" and (due := record.date("next_due")):
            return wording.say("planned for {date}", date=date_words(due, wording, article=True))
        return words
    return one_line(value)


def _inlines(record: Record, field: Field, names: Names) -> tuple[Inline, ...]:
    match field.type:
        case Type.REF | Type.REFS:
            return names.links(record.texts(field.name))
        case Type.TEXTS | Type.SLUGS:
            return plain(", ".join(record.texts(field.name)))
        case Type.URL:
            address = record.text(field.name)
            return (web_link(address, address),) if address else ()
        case _:
            words = _words(record, field, names.wording)
            if grade := _GRADES.get((field.name, words)):
                words = f"{words} – {names.wording.say(grade)}"
            return plain(words)
