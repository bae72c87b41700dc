"""The words that some fields choose from, where there are many or others define them."""

from __future__ import annotations

YARDSTICKS: dict[str, tuple[str, ...]] = {
    # ICD 203 (US Office of the Director of National Intelligence, 2015), both columns of its table.
    "icd203": (
        "almost no chance",
        "remote",
        "very unlikely",
        "highly improbable",
        "unlikely",
        "improbable",
        "roughly even chance",
        "roughly even odds",
        "likely",
        "probable",
        "very likely",
        "highly probable",
        "almost certain",
        "nearly certain",
    ),
    # The probability yardstick of the UK's Professional Head of Intelligence Assessment, 2019.
    "phia": (
        "remote chance",
        "highly unlikely",
        "unlikely",
        "realistic possibility",
        "likely",
        "probably",
        "highly likely",
        "almost certain",
    ),
}

# Of CSL 1.0.2's item types, those that a briefing cites.
SOURCE_TYPES: tuple[str, ...] = (
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "dataset",
    "document",
    "event",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "paper-conference",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
)

TEMPLATES: tuple[str, ...] = (
    "record",
    "one-page-brief",
    "information-memo",
    "visit-brief",
    "question-and-answer",
    "country-page",
)

SECTION_ROLES: tuple[str, ...] = (
    "key-messages",
    "recommendation",
    "background",
    "objectives",
    "points",
    "their-objectives",
    "our-response",
    "press-line",
    "question",
)
