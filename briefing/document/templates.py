"""The print templates: what each is called, what it is for, and what goes into it.

Which record goes into which part of a page is decided here and in the modules that a template names; how it looks is
in `resources/templates/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.document.compose import compose_several

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.document.blocks import Document
    from briefing.document.shelf import Shelf
    from briefing.records.record import Record

    Compose = Callable[[Sequence[Record], Shelf], Document]


class Template(NamedTuple):
    """A print template: its name, what people call it, what it is for in half a sentence, and how it is composed.

    `pages` is the most that it may have, 0 where there is no limit. `kinds` are those that it suits (none: any).
    """

    name: str
    label: str
    purpose: str
    compose: Compose
    pages: int = 0
    kinds: tuple[str, ...] = ()

    def suits(self, record: Record) -> bool:
        """Whether the template can do something with a record."""
        return not self.kinds or record.kind in self.kinds


TEMPLATES: tuple[Template, ...] = (Template("record", "Record", "Any record as it reads on screen", compose_several),)

_BY_NAME = {template.name: template for template in TEMPLATES}


def template_named(name: str) -> Template:
    """Return the template of that name; raises KeyError where there is none."""
    return _BY_NAME[name]


def suiting(record: Record) -> tuple[Template, ...]:
    """Return the templates that can do something with a record."""
    return tuple(template for template in TEMPLATES if template.suits(record))
