"""A small library that has something of everything, for golden files and for tests that need a whole record."""

from __future__ import annotations

from briefing.records.claims import Claim, Evidence
from briefing.records.dates import parse_date
from briefing.records.record import Record, Section, WebLink
from tests.document.fake_library import FakeLibrary

ARTICLE = Record(
    "article",
    "source",
    "A report on talks between three governments",
    aliases=("The report",),
    summary="The only source of this library.",
    values={
        "type": "article-newspaper",
        "publisher": "The Daily Example",
        "author": ("A. Writer",),
        "published": parse_date("2023-12~"),
        "url": "https://example.org/report",
        "reliability": "B",
        "credibility": 2,
        "gists": ("Talks are to begin soon.", "They were agreed in Seoul.", "Nobody has said who leads."),
    },
    marking="TLP:CLEAR",
    file="article.yaml",
)
COUNTRIES = (
    Record("india", "country", "India", aliases=("Republic of India",), marking="TLP:CLEAR", values={"iso": "IN"}),
    Record("south-korea", "country", "South Korea", marking="TLP:CLEAR", values={"iso": "KR"}),
    Record("united-states", "country", "United States", marking="TLP:CLEAR", values={"iso": "US"}),
)
COUNCIL = Record(
    "council", "organisation", "National Security Council", marking="TLP:CLEAR", values={"country": "united-states"}
)
TELECOMS = Record("telecoms", "technology", "Telecommunications", marking="TLP:CLEAR")
SIX_G = Record("6g", "technology", "6G", marking="TLP:CLEAR", values={"broader": "telecoms"})
ICET = Record(
    "icet",
    "dialogue",
    "iCET",
    marking="TLP:CLEAR",
    values={"members": ("india", "united-states"), "format": "bilateral", "status": "active"},
)
TALKS = Record(
    "talks",
    "dialogue",
    "Technology talks of three",
    aliases=("The talks",),
    summary="Washington, Seoul and New Delhi mean to open an informal channel in the first quarter of 2024.",
    body=(
        "Seen from [[india|New Delhi]] this is *new*.\n\n## What is open\n\n1. The agenda\n2. The level\n\n"
        "| Point | State |\n|:--|--:|\n| Agenda | **open** |\n| [[6g]] | `?` |\n\n> Quoted words.\n"
    ),
    claims=(
        Claim(
            "India and South Korea are to meet early in 2024.",
            id="meet",
            source="article",
            at=(1, 1),
            quote="Talks are to begin",
            basis="reported",
            about=("india", "south-korea"),
        ),
        Claim(
            "The talks are likely to touch on 6G.",
            id="six-g",
            source="article",
            at=(2, 3),
            basis="assessment",
            likelihood="likely",
            confidence="low",
            about=("6g",),
            as_of=parse_date("2023-12-08"),
            marking="TLP:GREEN",
        ),
        Claim("No level has been named.", id="level"),
    ),
    as_of=parse_date("2023-12"),
    marking="TLP:CLEAR",
    language="en",
    tags=("indo-pacific",),
    identifiers={"wikidata": "Q42"},
    links=(WebLink("Background", "https://example.org/background"),),
    values={
        "members": ("india", "south-korea", "united-states"),
        "format": "trilateral",
        "level": "adviser",
        "status": "planned",
        "next_due": parse_date("2024-Q1"),
        "led_by": ("council",),
        "technologies": ("6g",),
        "grew_out_of": ("icet",),
    },
    file="talks.yaml",
)
MEETING = Record(
    "first-round",
    "event",
    "First round",
    marking="TLP:CLEAR",
    values={"date": parse_date("2024-Q1"), "place": "Seoul", "dialogue": "talks", "countries": ("india",)},
)
NOTE = Record(
    "brief",
    "note",
    "What to say about the talks",
    summary="Say little.",
    body="Read this first.",
    as_of=parse_date("2024-01"),
    marking="TLP:CLEAR",
    language="en-GB",
    values={
        "for": ("Minister",),
        "from": ("Desk",),
        "about": ("talks",),
        "action": "To note.",
        "template": "visit-brief",
    },
    sections=(
        Section(
            role="key-messages",
            claims=(Claim("The talks are planned.", id="planned", source="article", at=(1, 1), basis="fact"),),
        ),
        Section("Will China mind?", "question", line="Ask China.", if_pressed="We do not know.", marking="TLP:AMBER"),
        Section(role="their-objectives", body="### Trade\n\nMore of it."),
        Section(body="Something else."),
    ),
)

RECORDS = (ARTICLE, *COUNTRIES, COUNCIL, TELECOMS, SIX_G, ICET, TALKS, MEETING, NOTE)


def sample_library() -> FakeLibrary:
    """Return the sample as a library, with its files and with the evidence for some of its claims."""
    return FakeLibrary(
        list(RECORDS),
        states={"meet": Evidence.QUOTE_FOUND, "six-g": Evidence.PARAGRAPH_ONLY, "level": Evidence.NO_SOURCE},
        files={"talks.yaml": "kind: dialogue\ntitle: Technology talks of three\n"},
    )
