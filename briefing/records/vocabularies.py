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

YARDSTICK_RANGES: dict[str, tuple[tuple[str, int, int], ...]] = {
    # Each step of a scale: its words, and from how many to how many per cent they stand for.
    "icd203": (
        ("almost no chance, remote", 1, 5),
        ("very unlikely, highly improbable", 5, 20),
        ("unlikely, improbable", 20, 45),
        ("roughly even chance, roughly even odds", 45, 55),
        ("likely, probable", 55, 80),
        ("very likely, highly probable", 80, 95),
        ("almost certain, nearly certain", 95, 99),
    ),
    "phia": (
        ("remote chance", 0, 5),
        ("highly unlikely", 10, 20),
        ("unlikely", 25, 35),
        ("realistic possibility", 40, 50),
        ("likely, probably", 55, 75),
        ("highly likely", 80, 90),
        ("almost certain", 95, 100),
    ),
}

YARDSTICK_NAMES = {"icd203": "ICD 203", "phia": "the PHIA probability yardstick"}

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

PRINT_TEMPLATES: tuple[str, ...] = (*TEMPLATES, "dossier")
"""Every print template: a note is made for one of those above, and a dossier binds several records."""

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
