"""The print templates: what each is called, what it is for, and what goes into it.

Which record goes into which part of a page is decided here and in the modules that a template names; how it looks is
in `resources/templates/`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefing.document import papers
from briefing.document.compose import Content, compose_several
from briefing.document.dossier import compose_dossier
from briefing.records.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.document.blocks import Document
    from briefing.document.shelf import Shelf
    from briefing.document.wording import Wording
    from briefing.records.record import Record

    class Compose(Protocol):
        """Makes a document of records."""

        def __call__(self, records: Sequence[Record], library: Shelf, *, wording: Wording = ...) -> Document: ...  # noqa: D102


class Template(NamedTuple):
    """A print template: its name, what people call it, what it is for in half a sentence, and how it is composed.

    `pages` is the most that it may have before its annex, 0 where there is no limit. `kinds` are those that it suits
    (none: any), and `wants` what a record of them must have; `wanted` says both in words.
    """

    name: str
    label: str
    purpose: str
    compose: Compose
    pages: int = 0
    kinds: tuple[str, ...] = ()
    wants: Callable[[Record], bool] = lambda record: True
    wanted: str = ""
    binds: bool = False
    """Whether it makes a book of several records, and is nothing for one alone."""

    def suits(self, record: Record) -> bool:
        """Whether the template can do something with a record."""
        return (not self.kinds or record.kind in self.kinds) and self.wants(record)


def _composed(label: str, content: Content) -> Compose:
    return partial(compose_several, content=content, way=(label,))


TEMPLATES: tuple[Template, ...] = (
    Template("record", "Record", "Any record as it reads on screen", compose_several),
    Template(
        "one-page-brief",
        "One-page brief",
        "What it comes to, on one page",
        _composed("One-page brief", papers.one_page_brief),
        pages=1,
        kinds=tuple(kind.name for kind in KINDS if kind.name != "source"),
        wanted="any record but a source",
    ),
    Template(
        "information-memo",
        "Information memo",
        "A note for the file or for a superior, each paragraph marked",
        _composed("Information memo", papers.information_memo),
        pages=2,
        kinds=("note",),
        wanted="a briefing note",
    ),
    Template(
        "visit-brief",
        "Visit brief",
        "What to say on a visit, with the points on a page of their own",
        _composed("Visit brief", papers.visit_brief),
        kinds=("note",),
        wanted="a briefing note",
    ),
    Template(
        "question-and-answer",
        "Questions and answers",
        "What to say when asked",
        _composed("Questions and answers", papers.question_and_answer),
        kinds=("note",),
        wants=papers.has_questions,
        wanted="a briefing note with questions",
    ),
    Template(
        "country-page",
        "Country page",
        "A country with its dialogues, technology areas, meetings and open commitments",
        _composed("Country page", papers.country_page),
        pages=2,
        kinds=("country",),
        wanted="a country",
    ),
    Template("dossier", "Dossier", "Records as a book with cover, contents and index", compose_dossier, binds=True),
)

_BY_NAME = {template.name: template for template in TEMPLATES}


def template_named(name: str) -> Template:
    """Return the template of that name; raises KeyError where there is none."""
    return _BY_NAME[name]


def suiting(record: Record) -> tuple[Template, ...]:
    """Return the templates that can do something with a record alone."""
    return tuple(template for template in TEMPLATES if template.suits(record) and not template.binds)


def own_template(records: Sequence[Record]) -> Template:
    """Return the template that the records name as theirs, where all name the same and it suits them, else `record`."""
    named = {record.text("template") for record in records}
    template = _BY_NAME.get(named.pop()) if len(named) == 1 else None
    return template if template and all(map(template.suits, records)) else _BY_NAME["record"]
