"""A dossier of very many records: set in parts, bound in volumes or as one file.

A process that sets pages keeps what it has set in memory, so each part has a process of its own. Each record begins
on a page of its own, and the pages in front of the first record count for themselves: so a part is set once, as soon
as the parts before it are, and contents and index after them all. The number of the last page, known at the end
alone, is put into the room that is left for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from briefing.document.blocks import Document, Opening
from briefing.document.clearing import Ceiling
from briefing.document.dossier import Binder
from briefing.document.names import highest_of, labels_in
from briefing.document.obstacles import WatchedShelf, standing_in_the_way
from briefing.document.wording import ENGLISH
from briefing.printing.encode import content_of, contents_row
from briefing.printing.marked import check_marking, left_out, nothing_left, without
from briefing.printing.order import explained, record_of, wording_for
from briefing.printing.part import BookPart
from briefing.printing.typeset import Typesetter
from briefing.records.dossier import Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from briefing.document.obstacles import Part
    from briefing.document.shelf import Shelf
    from briefing.printing.order import Order
    from briefing.printing.typeset import Printed
    from briefing.records.record import Record

IN_A_PART = 150
PART_SECONDS = 600.0

Binding = Literal["volumes", "joined"]


class Reached(NamedTuple):
    """How far a print has come, in records."""

    phase: Literal["composing", "setting", "binding"]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A book's files, in the folder that was given; `archival` says whether each is PDF/A-3a and PDF/UA-1."""

    files: tuple[Path, ...]
    archival: bool
    notes: tuple[str, ...]


def print_large(
    order: Order, library: Shelf, folder: Path, binding: Binding, progress: Callable[[Reached], None]
) -> Bound:
    """Print a dossier in parts, into a folder; raises as `document_for` and `Typesetter.printed` do."""
    return _Press(order, folder, binding, progress).print(library)


class _Press:
    """Sets the parts of one book."""

    def __init__(self, order: Order, folder: Path, binding: Binding, progress: Callable[[Reached], None]) -> None:
        self._order = order
        self._folder = folder
        self._joined = binding == "joined"
        self._progress = progress
        self._documents: list[tuple[Path, Document]] = []
        self._contents: list[dict[str, Any]] = []
        self._pages: dict[str, int] = {}
        self._found: dict[str, list[int]] = {}
        self._set: list[tuple[Path, Printed]] = []
        self._attachments: dict[str, tuple[str, str]] = {}
        self._notes: dict[str, None] = {}
        self._left_out = 0
        self._wording = ENGLISH

    def print(self, library: Shelf) -> Bound:
        self._wording = wording_for(self._order, (), library)
        say = self._wording.say
        back, whole = self._compose(self._at_marking(library))
        ends = ("records",) * bool(back.blocks) + ("index",) * bool(whole.book and whole.book.names)
        volumes = 1 + len(self._documents) + bool(ends)
        total, first, done = len(self._order.ids), 1, 0
        heading = ""
        for number, (file, bare) in enumerate(self._documents, 2):
            self._progress(Reached("setting", done, total))
            document = replace(bare, book=whole.book, marking=whole.marking, left_out=whole.left_out)
            holds = say("Records {first}–{last}", first=done + 1, last=done + len(document.record_ids))
            part = self._part(("records",), first, number, volumes, holds)
            content = json.loads(file.read_bytes())
            openings = [block for block in bare.blocks if isinstance(block, Opening)]
            if _continued(openings) and not self._joined:
                # A file's outline and its tags begin on the highest level.
                content["blocks"][0]["heading"] = say("{heading} (continued)", heading=heading)
            printed = self._print_part(document, part, content)
            heading = next((each.heading for each in reversed(openings) if each.heading), heading)
            first = printed.report["last"] + 1
            done += len(document.record_ids)
        self._progress(Reached("setting", done, total))
        if ends:
            printed = self._print_part(back, self._part(ends, first, volumes, volumes, say("Sources and index")))
            first = printed.report["last"] + 1
        bare = replace(back, blocks=(), footnotes=())
        self._print_part(bare, self._part(("contents",), 1, 1, volumes, say("Contents")))
        self._progress(Reached("binding", done, total))
        ordered = [self._set[-1], *self._set[:-1]]
        self._bind(bare, ordered, first - 1)
        archival = all(each.archival for _, each in ordered) and not self._joined
        files = (self._folder / "book.pdf",) if self._joined else tuple(path for path, _ in ordered)
        return Bound(files, archival, tuple(self._notes))

    def _at_marking(self, library: Shelf) -> Shelf:
        """Return the library as far as the paper may carry it, and keep the order to what is left.

        Raises MarkingError where something is marked higher and is not to be left out, or nothing would be left.
        """
        order = self._order
        if not order.marking:
            return library
        check_marking(order.marking)
        ceiling = Ceiling((order.marking,))
        higher: dict[Part, None] = {}
        watched = WatchedShelf(library)
        for records, document in self._bound(self._binder(watched), watched):
            higher |= dict.fromkeys(standing_in_the_way(ceiling, records, document, watched))
        if not higher:
            return library
        shelf = without(tuple(higher), order, library)
        left = tuple(each for each in order.ids if each in shelf.markings((each,)))
        if not left:
            raise nothing_left(order.marking, [record_of(each, library) for each in order.ids])
        self._order = replace(order, ids=left)
        self._left_out = len(higher)
        self._notes[left_out(tuple(higher), order.marking)] = None
        return shelf

    def _binder(self, library: Shelf) -> Binder:
        return Binder(self._order.ids, library, self._order.dossier or Dossier(), self._wording)

    def _bound(self, binder: Binder, watched: WatchedShelf) -> Iterator[tuple[Sequence[Record], Document]]:
        """Bind all records, some at a time; `watched` knows what each time was asked for."""
        ids = self._order.ids
        for first in range(0, len(ids), IN_A_PART):
            self._progress(Reached("composing", first, len(ids)))
            watched.forget()
            records = [record_of(each, watched.library) for each in ids[first : first + IN_A_PART]]
            yield records, binder.bind(records)

    def _compose(self, library: Shelf) -> tuple[Document, Document]:
        """Compose all records into files; return what stands behind them, and what all parts have in common."""
        from briefing.document.yardstick import likelihoods

        likely: dict[str, None] = {}
        marking = ""
        watched = WatchedShelf(library)
        binder = self._binder(watched)
        for records, document in self._bound(binder, watched):
            likely |= dict.fromkeys(likelihoods(records))
            # What is attached may name more than what is set.
            higher = standing_in_the_way(Ceiling(labels_in(document.marking)), records, document, watched)
            marking = highest_of((marking, document.marking, *(part.marking for part in higher)))
            if self._joined:
                for each in document.attachments:
                    self._attachments[each.name] = (each.data.decode("utf-8", "replace"), each.description)
                document = replace(document, attachments=())
            self._take_contents(document)
            file = self._folder / f"{len(self._documents)}.json"
            file.write_text(json.dumps(content_of(document)), encoding="utf-8")
            openings = tuple(block for block in document.blocks if isinstance(block, Opening))
            self._documents.append((file, replace(document, blocks=openings, footnotes=(), attachments=())))
        whole = replace(
            binder.bind(()), book=binder.book(), marking=self._order.marking or marking, left_out=self._left_out
        )
        back = explained(replace(whole, blocks=binder.sources()), tuple(likely), self._order.house)
        self._take_contents(back)
        return back, whole

    def _take_contents(self, document: Document) -> None:
        self._contents += [contents_row(block) for block in document.blocks if isinstance(block, Opening)]

    def _part(self, draw: tuple[str, ...], first: int, number: int, volumes: int, holds: str) -> BookPart:
        part = BookPart(
            draw,
            first,
            contents=self._contents if "contents" in draw else (),
            pages=self._pages,
            found=self._found if "index" in draw else {},
            linked=self._joined,
        )
        if self._joined:
            return replace(part, draw=("cover", *draw)) if number == 1 else part
        volume = self._wording.say("Volume {number} of {volumes}", number=number, volumes=volumes)
        return replace(part, draw=("cover", *draw), volume=volume, holds=holds)

    def _print_part(self, document: Document, part: BookPart, content: dict[str, Any] | None = None) -> Printed:
        order = self._order
        with Typesetter(seconds=PART_SECONDS) as typesetter:
            printed = typesetter.printed(
                document, paper=order.paper, template="dossier", house=order.house, part=part, content=content
            )
        self._notes |= dict.fromkeys(printed.notes)
        self._pages |= printed.report["pages"]
        if printed.report["index"]:
            self._pages["index"] = printed.report["index"][0]
        if not part.found:
            for name, pages in printed.report["found"].items():
                self._found.setdefault(name, []).extend(pages)
        path = self._folder / f"{len(self._set)}.pdf"
        path.write_bytes(printed.pdf)
        self._set.append((path, replace(printed, pdf=b"")))
        return printed

    def _bind(self, document: Document, parts: Sequence[tuple[Path, Printed]], last: int) -> None:
        with Typesetter(seconds=PART_SECONDS) as typesetter:
            number = self._folder / "last-page.pdf"
            part = BookPart((), last, linked=True)
            order = self._order
            number.write_bytes(
                typesetter.printed(document, paper=order.paper, template="last-page", house=order.house, part=part).pdf
            )
            front = parts[0][1].report["physical"]
            continued = {
                path: _continued([block for block in bare.blocks if isinstance(block, Opening)])
                for (path, _), (_, bare) in zip(parts[1:], self._documents, strict=False)
            }
            request = {
                "parts": [
                    {"file": str(path), "totals": each.report["totals"], "continued": continued.get(path, 0)}
                    for path, each in parts
                ],
                "last_page": str(number),
                "into": str(self._folder / "book.pdf") if self._joined else "",
                "places": {place: page + front - 1 for place, page in self._pages.items()},
                "front": front,
                "language": document.language,
                "attachments": self._attachments,
            }
            typesetter.bind(request, document)


def _continued(openings: Sequence[Opening]) -> int:
    """Return how many records at the beginning of a part stand under a heading of the part before."""
    return next((at for at, each in enumerate(openings) if each.heading or each.level == 1), len(openings))
