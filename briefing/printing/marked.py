"""A document at the marking that its paper is to have: whole, refused, or without what is marked higher."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document.clearance import ClearedShelf
from briefing.document.clearing import Ceiling
from briefing.document.names import highest_of, labels_in
from briefing.document.obstacles import WatchedShelf, record_part, standing_in_the_way
from briefing.errors import MarkingError, PrintError
from briefing.records import markings
from briefing.records.suggest import listed, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document.blocks import Document
    from briefing.document.obstacles import Part
    from briefing.document.shelf import Shelf
    from briefing.document.templates import Compose
    from briefing.printing.order import Order
    from briefing.records.record import Record


def check_marking(label: str) -> None:
    """Raise PrintError where there is no such marking, with the one that may be meant."""
    if markings.known(label):
        return
    known = markings.all_markings()
    meant = markings.correction(label) or nearest(label, known)
    mend = f"Did you mean `{meant}`?" if meant else f"Use {listed(known)}."
    raise PrintError(f"{shown(label)} is not a marking", mend=mend)


def marked(
    order: Order, compose: Compose, records: Sequence[Record], library: Shelf
) -> tuple[Document, Sequence[Record]]:
    """Return the document at the marking that is asked for, else at the highest of its parts, and what is in it.

    Raises MarkingError where a part is marked higher and is not to be left out, or nothing would be left.
    """
    if order.marking:
        check_marking(order.marking)
    watched = WatchedShelf(library)
    document = compose(records, watched)
    ceiling = Ceiling((order.marking,) if order.marking else labels_in(document.marking))
    higher = standing_in_the_way(ceiling, records, document, watched)
    if not order.marking:
        # What is attached may name more than what is set.
        highest = highest_of((document.marking, *(part.marking for part in higher)))
        return replace(document, marking=highest), records
    if not higher:
        return replace(document, marking=order.marking), records
    shelf = without(higher, order, library)
    cleared = [each for record in records if (each := shelf.record(record.id)) is not None]
    if not cleared:
        raise nothing_left(order.marking, records)
    document = compose(cleared, shelf)
    remarks = (*document.remarks, left_out(higher, order.marking))
    return replace(document, marking=order.marking, left_out=len(higher), remarks=remarks), cleared


def without(higher: Sequence[Part], order: Order, library: Shelf) -> ClearedShelf:
    """Return the library without what is marked higher; raises MarkingError where that is not to be left out."""
    if not order.leave_out_higher:
        raise _refusal(order.marking, higher)
    return ClearedShelf(library, Ceiling((order.marking,)))


def left_out(higher: Sequence[Part], marking: str) -> str:
    """Return the sentence that says how many parts are not on the paper."""
    number, are = ("1 part", "is") if len(higher) == 1 else (f"{len(higher):,} parts", "are")
    return f"{number} marked higher than {marking} {are} left out."


def _refusal(marking: str, higher: Sequence[Part]) -> MarkingError:
    stands, them = ("1 part stands", "it") if len(higher) == 1 else (f"{len(higher):,} parts stand", "them")
    needed = highest_of((marking, *(part.marking for part in higher)))
    # No single marking covers those of two schemes.
    instead = f", or print at {needed}" if markings.known(needed) else ""
    return MarkingError(
        f"{stands} in the way of printing at {marking}",
        parts=tuple(part.words for part in higher),
        mend=f"Leave {them} out{instead}.",
    )


def nothing_left(marking: str, records: Sequence[Record]) -> MarkingError:
    """Return the error that all records are marked higher."""
    what = "The record is" if len(records) == 1 else f"All {len(records):,} records are"
    needed = highest_of(record.marking for record in records)
    return MarkingError(
        f"{what} marked higher than {marking}, and nothing would be left to print",
        parts=tuple(record_part(record).words for record in records),
        mend=f"Print at {needed}." if markings.known(needed) else "Print without asking for a marking.",
    )
