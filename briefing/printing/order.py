"""What is to be printed and how: the same order from the window, from the command line and from a dossier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from briefing.errors import PrintError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document.blocks import Document
    from briefing.document.shelf import Shelf
    from briefing.document.templates import Template
    from briefing.document.wording import Wording
    from briefing.records.dossier import Dossier
    from briefing.records.house import House
    from briefing.records.record import Record

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Order:
    """The records to print, by id and in their order, the template, the paper, the house style, and the marking.

    A template of no name is the records' own. Without a house style it is the program's own. `marking` is the label
    that the paper gets, empty for the highest of its parts; what is marked higher is left out with
    `leave_out_higher`, and else stands in the way.

    `dossier` says what stands on the cover and under which headings the records are, where the template is `dossier`.
    """

    ids: tuple[str, ...]
    template: str = "record"
    paper: Paper = "a4"
    house: House | None = None
    marking: str = ""
    leave_out_higher: bool = False
    dossier: Dossier | None = None


def paper_for(wanted: str, house: House | None) -> Paper:
    """Return the paper to print on: the one that is wanted, else the house's, else A4."""
    named = wanted or (house.paper if house else "")
    return next((paper for paper in PAPERS if paper == named), "a4")


def document_for(order: Order, library: Shelf) -> Document:
    """Return what is to be set.

    Raises PrintError where the order cannot be carried out, and MarkingError where its marking stands against that.
    """
    # Imported here: the window is painted before the document package is loaded.
    from briefing.printing.marked import marked

    records = [record_of(each, library) for each in order.ids]
    template = template_for(order, records)
    wording = wording_for(order, records, library)
    compose = partial(template.compose, wording=wording)
    if template.name == "dossier":
        from briefing.document.dossier import compose_dossier

        compose = partial(compose_dossier, dossier=order.dossier, wording=wording)
    document, printed = marked(order, compose, records, library)
    from briefing.document.yardstick import likelihoods

    return explained(replace(document, template=template.name), likelihoods(printed), order.house)


def wording_for(order: Order, records: Sequence[Record], library: Shelf) -> Wording:
    """Return the words of the page: in the house's language, else that of the record or of what binds several."""
    from briefing.document.wording import wording_in

    own = records[0].language if len(records) == 1 and order.template != "dossier" else ""
    house = order.house.language if order.house else ""
    return wording_in(house or own or library.info.language or "en")


def record_of(record_id: str, library: Shelf) -> Record:
    """Return a record that was ordered; raises PrintError where it is gone."""
    record = library.record(record_id)
    if record is None:
        raise PrintError("This record is not in the library any more", where=record_id, mend="Open another record.")
    return record


def template_for(order: Order, records: Sequence[Record]) -> Template:
    """Return the template to print records with; raises PrintError where it can do nothing with one of them."""
    # Imported here: the window is painted before the document package is loaded.
    from briefing.document.templates import own_template, suiting, template_named
    from briefing.document.text import shortened

    if not order.template:
        return own_template(records)
    try:
        template = template_named(order.template)
    except KeyError:
        raise PrintError(f"There is no print template “{order.template}”") from None
    for record in records:
        if not template.suits(record):
            others = " or ".join(each.name for each in suiting(record))
            raise PrintError(
                f"“{shortened(record.title, 80)}” cannot be printed as {template.name}, which takes {template.wanted}",
                where=record.id,
                mend=f"Print it as {others}.",
            )
    return template


def explained(document: Document, words: Sequence[str], house: House | None) -> Document:
    """Return the document with the house's words of likelihood explained at its end; `words` are those it uses."""
    if house is None or not house.yardstick:
        return document
    from briefing.document.blocks import Part
    from briefing.document.parts import LEAVES_FIRST
    from briefing.document.text import plain
    from briefing.document.yardstick import strangers, yardstick
    from briefing.records.suggest import listed

    strange = strangers(house.yardstick, words)
    remarks = (f"The house's yardstick {house.yardstick} has no {listed(strange)}.",) if strange else ()
    scale = yardstick(house.yardstick, words, document.wording)
    if scale and any(isinstance(block, Part) for block in document.blocks):
        scale = (Part("yardstick", plain(document.wording.say("Words of likelihood")), scale[1:], LEAVES_FIRST),)
    return replace(
        document,
        blocks=(*document.blocks, *scale),
        remarks=(*document.remarks, *remarks),
    )
