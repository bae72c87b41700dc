"""Every kind of record with its fields: the one place to add one.

Tree sections, relation groups, search filters, the JSON Schema, the checks and the printed pages are all drawn from
the tables in this module. It imports nothing heavy, for every start of the program pays for it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from briefing.records.fields import Field, Type
from briefing.records.vocabularies import SECTION_ROLES, SOURCE_TYPES, TEMPLATES, YARDSTICKS

__all__ = [
    "CLAIM_FIELDS",
    "COMMON_FIELDS",
    "KINDS",
    "LIBRARY_FIELDS",
    "LINK_FIELDS",
    "MENTION",
    "SECTION_FIELDS",
    "SECTION_ROLES",
    "TEMPLATES",
    "YARDSTICKS",
    "Field",
    "Kind",
    "Type",
    "is_kind",
    "kind_named",
    "own_fields",
    "relation_field",
    "relation_names",
]


class Kind(NamedTuple):
    """A kind of record: what one is called, the tree section that lists them, and its own fields."""

    name: str
    label: str
    section: str
    fields: tuple[Field, ...]
    nested_by: str = ""
    """The field by which records of this kind nest in the tree."""

    def field(self, name: str) -> Field | None:
        """Return the field of that name, be it the kind's own or one that every record has."""
        for field in (*self.fields, *COMMON_FIELDS):
            if field.name == name:
                return field
        return None

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The fields that every record has, then the kind's own."""
        return (*COMMON_FIELDS, *self.fields)


_PARTIES = ("country", "organisation")

COMMON_FIELDS: tuple[Field, ...] = (
    Field("id", Type.SLUG, "Id", help="Unique in the library; by default the file's name without its ending."),
    Field("kind", Type.KIND, "Kind", required=True, help="What the record describes."),
    Field("title", Type.TEXT, "Title", required=True, help="The name that the record is shown under."),
    Field("aliases", Type.TEXTS, "Also known as", help="Other names, in any language."),
    Field("summary", Type.TEXT, "Bottom line", help="The bottom line, at most four lines when printed."),
    Field("body", Type.MARKDOWN, "Text", help="CommonMark with tables; [[id]] or [[id|words]] link to records."),
    Field("claims", Type.CLAIMS, "Claims", help="Statements, each with its source."),
    Field("as_of", Type.DATE, "As of", help="The day up to which the record is true."),
    Field("marking", Type.MARKING, "Marking", help="How far it may be shared; by default as the library."),
    Field("language", Type.LANGUAGE, "Language", help="A BCP 47 tag; by default as the library."),
    Field("tags", Type.SLUGS, "Tags", help="Words to find it by."),
    Field("see_also", Type.REFS, "See also", "Referred to by", help="Ids of records worth reading beside it."),
    Field("identifiers", Type.IDENTIFIERS, "Identifiers", help="Its identifiers elsewhere, such as wikidata: Q668."),
    Field("links", Type.LINKS, "Links", help="Web pages, opened in the browser after a question; https only."),
)

CLAIM_FIELDS: tuple[Field, ...] = (
    Field("id", Type.SLUG, "Id", help="Unique in the record; by default derived from the claim's content."),
    Field("text", Type.TEXT, "Claim", required=True, help="The statement, in your own words."),
    Field("source", Type.REF, "Source", "Source of", kinds=("source",), help="The id of a source record."),
    Field("at", Type.PARAGRAPHS, "Paragraph", help="The paragraph of the source, counted from 1, or a range: 3-4."),
    Field("quote", Type.TEXT, "Quote", help="Exact words of the source."),
    Field(
        "basis",
        Type.CHOICE,
        "Basis",
        choices=("fact", "reported", "assessment", "assumption"),
        help="What the statement rests on.",
    ),
    Field("likelihood", Type.LIKELIHOOD, "Likelihood", help="A word of the library's yardstick; assessments only."),
    Field("confidence", Type.CHOICE, "Confidence", choices=("low", "moderate", "high"), help="Of an assessment."),
    Field("about", Type.REFS, "About", "Claims about it in", help="Ids of records that it is about, besides its own."),
    Field("as_of", Type.DATE, "As of", help="The day up to which it is true."),
    Field("marking", Type.MARKING, "Marking", help="How far it may be shared; by default as its record."),
)

SECTION_FIELDS: tuple[Field, ...] = (
    Field("heading", Type.TEXT, "Heading", help="The section's heading."),
    Field("role", Type.CHOICE, "Role", choices=SECTION_ROLES, help="The part of a print template that it fills."),
    Field("body", Type.MARKDOWN, "Text", help="CommonMark with tables."),
    Field("claims", Type.CLAIMS, "Claims", help="Statements, each with its source."),
    Field("line", Type.TEXT, "Line", help="What to say; role question only."),
    Field("if_pressed", Type.TEXT, "If pressed", help="What to say next; role question only."),
    Field("marking", Type.MARKING, "Marking", help="How far it may be shared; by default as its record."),
    Field("priority", Type.NUMBER, "Priority", limits=(1, 9), help="1 stays longest on the page, 9 leaves it first."),
)

LINK_FIELDS: tuple[Field, ...] = (
    Field("title", Type.TEXT, "Title", required=True, help="The words of the link."),
    Field("url", Type.URL, "Address", required=True, help="An https address."),
)

LIBRARY_FIELDS: tuple[Field, ...] = (
    Field("briefing", Type.NUMBER, "Format", limits=(1, 1), required=True, help="The version of the record format: 1."),
    Field("title", Type.TEXT, "Title", help="By default the folder's name."),
    Field("summary", Type.TEXT, "Summary", help="What the library is about."),
    Field("marking", Type.MARKING, "Marking", help="The default marking of every record in it."),
    Field("language", Type.LANGUAGE, "Language", help="A BCP 47 tag, the default of every record in it."),
    Field("home", Type.REF, "Home", help="The record shown when the library opens."),
    Field("yardstick", Type.CHOICE, "Yardstick", choices=tuple(YARDSTICKS), help="The scale of likelihood words."),
)

# In the order of the tree's sections.
KINDS: tuple[Kind, ...] = (
    Kind(
        "country",
        "Country",
        "Countries",
        (
            Field("iso", Type.COUNTRY_CODE, "ISO code", help="ISO 3166-1 alpha-2, or XK."),
            Field("region", Type.TEXT, "Region", help="The part of the world that it is filed under."),
        ),
    ),
    Kind(
        "dialogue",
        "Dialogue",
        "Dialogues",
        (
            Field("members", Type.REFS, "Members", "Member of", kinds=_PARTIES, help="Who takes part."),
            Field(
                "format",
                Type.CHOICE,
                "Format",
                choices=("bilateral", "trilateral", "plurilateral", "multilateral"),
                help="How many sides it has.",
            ),
            Field(
                "level",
                Type.CHOICE,
                "Level",
                choices=("leader", "minister", "adviser", "official", "track-1.5"),
                help="Who sits at the table.",
            ),
            Field(
                "status",
                Type.CHOICE,
                "Status",
                choices=("planned", "active", "dormant", "ended"),
                help="Whether it meets.",
            ),
            Field("announced", Type.DATE, "Announced", help="When it was announced."),
            Field("launched", Type.DATE, "Launched", help="When it first met."),
            Field("last_met", Type.DATE, "Last met", help="When it last met."),
            Field("next_due", Type.DATE, "Next due", help="When it is next to meet."),
            Field("led_by", Type.REFS, "Led by", "Leads", kinds=("organisation", "person"), help="Who runs it."),
            Field(
                "technologies",
                Type.REFS,
                "Technology areas",
                "Discussed in",
                kinds=("technology",),
                help="What it is about.",
            ),
            Field("part_of", Type.REFS, "Part of", "Contains", kinds=("dialogue",), help="What it belongs to."),
            Field("grew_out_of", Type.REFS, "Grew out of", "Led to", kinds=("dialogue",), help="Where it came from."),
            Field("succeeds", Type.REFS, "Succeeds", "Succeeded by", kinds=("dialogue",), help="What it replaces."),
        ),
    ),
    Kind(
        "technology",
        "Technology area",
        "Technology areas",
        (
            Field(
                "broader",
                Type.REF,
                "Broader area",
                "Narrower areas",
                kinds=("technology",),
                help="The area that it is part of.",
            ),
        ),
        nested_by="broader",
    ),
    Kind(
        "organisation",
        "Organisation",
        "Organisations",
        (
            Field("country", Type.REF, "Country", "Organisations", kinds=("country",), help="Where it belongs."),
            Field("members", Type.REFS, "Members", "Member of", help="Who belongs to it."),
            Field("part_of", Type.REFS, "Part of", "Contains", kinds=("organisation",), help="What it belongs to."),
        ),
    ),
    Kind(
        "person",
        "Person",
        "People",
        (
            Field("role", Type.TEXT, "Role", help="The office held, as the sources name it."),
            Field("country", Type.REF, "Country", "People", kinds=("country",), help="The country served."),
            Field(
                "organisation",
                Type.REF,
                "Organisation",
                "People",
                kinds=("organisation",),
                help="The organisation served.",
            ),
        ),
    ),
    Kind(
        "event",
        "Meeting or event",
        "Meetings and events",
        (
            Field("date", Type.DATE, "Date", help="When it took place or is to."),
            Field("place", Type.TEXT, "Place", help="Where."),
            Field(
                "dialogue", Type.REF, "Dialogue", "Meetings", kinds=("dialogue",), help="The dialogue it is part of."
            ),
            Field(
                "participants",
                Type.REFS,
                "Participants",
                "Took part in",
                kinds=("person", "organisation"),
                help="Who was there.",
            ),
            Field("countries", Type.REFS, "Countries", "Meetings", kinds=("country",), help="The countries involved."),
            Field(
                "technologies",
                Type.REFS,
                "Technology areas",
                "Discussed at",
                kinds=("technology",),
                help="What was discussed.",
            ),
        ),
    ),
    Kind(
        "commitment",
        "Commitment",
        "Commitments",
        (
            Field(
                "made_by",
                Type.REFS,
                "Made by",
                "Commitments",
                kinds=("country", "organisation", "person"),
                help="Who promised.",
            ),
            Field("dialogue", Type.REF, "Dialogue", "Commitments", kinds=("dialogue",), help="The dialogue concerned."),
            Field(
                "made_at", Type.REF, "Made at", "Commitments made", kinds=("event",), help="The meeting it dates from."
            ),
            Field("due", Type.DATE, "Due", help="When it is to be kept."),
            Field(
                "status", Type.CHOICE, "Status", choices=("open", "delivered", "lapsed"), help="Whether it was kept."
            ),
            Field(
                "technologies",
                Type.REFS,
                "Technology areas",
                "Commitments",
                kinds=("technology",),
                help="What it is about.",
            ),
        ),
    ),
    Kind(
        "source",
        "Source",
        "Sources",
        (
            Field("type", Type.CHOICE, "Type", choices=SOURCE_TYPES, help="An item type of CSL."),
            Field("publisher", Type.TEXT, "Publisher", help="Who published it."),
            Field("author", Type.TEXTS, "Author", help="Who wrote it."),
            Field("published", Type.DATE, "Published", help="When it was published."),
            Field("accessed", Type.DATE, "Accessed", help="When it was read."),
            Field("url", Type.URL, "Address", help="Where it stands, https only."),
            Field(
                "reliability",
                Type.CHOICE,
                "Reliability",
                choices=("A", "B", "C", "D", "E", "F"),
                help="Of the source, from A (reliable) to F (cannot be judged).",
            ),
            Field(
                "credibility",
                Type.NUMBER,
                "Credibility",
                limits=(1, 6),
                help="Of the information, from 1 (confirmed) to 6 (cannot be judged).",
            ),
            Field(
                "state",
                Type.CHOICE,
                "State",
                choices=("current", "corrected", "retracted"),
                help="Whether its publisher stands by it.",
            ),
            Field(
                "text_file", Type.FILE, "Text", help="A UTF-8 file beside the record, paragraphs parted by blank lines."
            ),
            Field("gists", Type.TEXTS, "Gists", help="One line of your own for each paragraph."),
        ),
    ),
    Kind(
        "note",
        "Briefing note",
        "Briefing notes",
        (
            Field(
                "template", Type.CHOICE, "Template", choices=TEMPLATES, help="The print template that it is made for."
            ),
            Field("for", Type.TEXTS, "For", help="Who it is for."),
            Field("from", Type.TEXTS, "From", help="Who wrote it."),
            Field("through", Type.TEXTS, "Through", help="Who it passes on its way."),
            Field("date", Type.DATE, "Date", help="The day of the note."),
            Field("about", Type.REFS, "About", "Briefing notes", help="Ids of the records that it is about."),
            Field("action", Type.TEXT, "What is wanted", help="What is wanted of the reader."),
            Field("critical_date", Type.DATE, "Critical date", help="When it is wanted."),
            Field("contact", Type.TEXT, "Contact", help="Whom to ask."),
            Field("sections", Type.SECTIONS, "Sections", help="The parts of the note."),
        ),
    ),
)

_BY_NAME = {kind.name: kind for kind in KINDS}

MENTION = Field("mentions", Type.REFS, "Mentions", "Mentioned by")
"""The relation that a `[[link]]` in a body makes."""


def kind_named(name: str) -> Kind:
    """Return the kind of that name; raises KeyError where there is none."""
    return _BY_NAME[name]


def is_kind(name: str) -> bool:
    """Whether there is a kind of that name."""
    return name in _BY_NAME


@cache
def own_fields(kind: str, *types: Type) -> tuple[Field, ...]:
    """Return a kind's own fields that are of one of those types, in their order."""
    return tuple(field for field in _BY_NAME[kind].fields if field.type in types)


@cache
def relation_names(kind: str) -> tuple[str, ...]:
    """Return the names of the fields by which a record of that kind names others, in their order."""
    return tuple(field.name for field in _BY_NAME[kind].all_fields if field.is_relation)


def relation_field(kind: str, name: str) -> Field:
    """Return the field behind a relation that a record of that kind makes.

    `name` is a field of the kind, `mentions` for a link in a body, or `claims.source` and `claims.about` for what
    a claim names, in the record itself or in one of its sections. Raises KeyError for anything else.
    """
    if name == MENTION.name:
        return MENTION
    if name.startswith("claims."):
        return next(field for field in CLAIM_FIELDS if f"claims.{field.name}" == name)
    field = _BY_NAME[kind].field(name)
    if field is None:
        raise KeyError(name)
    return field
