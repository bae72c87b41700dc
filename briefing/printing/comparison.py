"""What has changed in a library since a paper was printed: the records attached to it beside those of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.document.attachment import fields_of
from briefing.document.clearance import ClearedShelf
from briefing.document.clearing import Ceiling
from briefing.document.text import one_line, shortened
from briefing.errors import PrintError
from briefing.printing import pages
from briefing.records import markings
from briefing.records.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.document.shelf import Shelf
    from briefing.records.claims import Claim
    from briefing.records.record import Record

_ENDING = ".yaml"
_LONGEST = 160
_ALIKE = 70  # of 100; claims without an id of their own are taken for one another from here on
_APART = {"id", "claims", "sections"}  # what is compared piece by piece, and what cannot differ
_STANDS = ("", "current")


class Change(NamedTuple):
    """One thing that is not as it was printed: in which record, in which claim (or nothing), and what."""

    record: str
    claim: str
    code: str
    message: str


class Comparison(NamedTuple):
    """The records that a paper carries, by id, and what has changed since."""

    printed: tuple[str, ...]
    changes: tuple[Change, ...]


def compare(pdf: bytes, library: Shelf) -> Comparison:
    """Compare the records attached to a PDF with a library; raises PrintError where none is attached."""
    found: list[str] = []
    changes: list[Change] = []
    cited: dict[str, None] = {}
    # What was left out of the paper for its marking is no change.
    cleared = _cleared(library, _marking_of(pdf))
    for name, data in pages.attachments(pdf).items():
        if not name.endswith(_ENDING):
            continue
        reading = read_text(data, name, library.info)
        if not reading.records:
            message = "The attached record cannot be read: it was changed, or is of another version of the format."
            changes.append(Change(name.removesuffix(_ENDING), "", "unreadable", message))
        for record in reading.records:
            found.append(record.id)
            changes += _changes(record, cleared.record(record.id) or library.record(record.id))
            cited.update(dict.fromkeys(claim.source for claim in record.all_claims() if claim.source))
    if not found and not changes:
        raise PrintError(
            "No records are attached to this PDF",
            mend="Only what Briefing printed can be compared, as long as nobody took the attachments out.",
        )
    changes += _of_sources(cited, library)
    return Comparison(tuple(found), tuple(changes))


def _cleared(library: Shelf, marking: str) -> Shelf:
    return ClearedShelf(library, Ceiling((marking,))) if marking else library


def _marking_of(pdf: bytes) -> str:
    """Return the marking of the paper, which is the first of its keywords, or nothing."""
    first = pages.metadata(pdf).get("Keywords", "").partition(",")[0].strip()
    return first if markings.known(first) else ""


def _changes(printed: Record, now: Record | None) -> Iterator[Change]:
    if now is None:
        title = shortened(printed.title, _LONGEST)
        yield Change(printed.id, "", "record-gone", f"“{title}” is not in the library any more.")
        return
    before, today = fields_of(printed), fields_of(now)
    differ = [name for name in {**before, **today} if name not in _APART and before.get(name) != today.get(name)]
    if differ:
        yield Change(printed.id, "", "record-changed", f"Changed since: {', '.join(f'`{name}`' for name in differ)}.")
    yield from _of_sections(printed, now)
    yield from _of_claims(printed, list(printed.all_claims()), list(now.all_claims()))


def _of_sections(printed: Record, now: Record) -> Iterator[Change]:
    texts = {(part.heading, part.role, part.body, part.line, part.if_pressed) for part in now.sections}
    for part in printed.sections:
        if (part.heading, part.role, part.body, part.line, part.if_pressed) not in texts:
            name = one_line(part.heading) or part.role.replace("-", " ")
            yield Change(printed.id, "", "section-changed", f"The section “{name}” has changed, or is gone.")


def _of_claims(record: Record, printed: list[Claim], now: list[Claim]) -> Iterator[Change]:
    today = {claim.id: claim for claim in now}
    gone = [claim for claim in printed if claim.id not in today]
    kept = {claim.id for claim in printed}
    new = [claim for claim in now if claim.id not in kept]
    for claim in printed:
        if (other := today.get(claim.id)) is not None and _content(other) != _content(claim):
            yield Change(record.id, claim.id, "claim-changed", _how(claim, other))
    for claim in gone:
        other = _successor(claim, new)
        if other is None:
            yield Change(record.id, claim.id, "claim-gone", f"No longer there: “{shortened(claim.text, _LONGEST)}”")
        else:
            new.remove(other)
            yield Change(record.id, claim.id, "claim-changed", _how(claim, other))
    for claim in new:
        yield Change(record.id, claim.id, "claim-new", f"New: “{shortened(claim.text, _LONGEST)}”")


def _content(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says and rests on."""
    as_of = str(claim.as_of or "")
    return (claim.text, claim.source, claim.at, claim.quote, claim.basis, claim.likelihood, claim.confidence, as_of)


def _successor(claim: Claim, new: list[Claim]) -> Claim | None:
    """Return the claim that took the place of one whose id was derived from its content."""
    from rapidfuzz import fuzz  # imported here: few claims change

    alike = [(fuzz.ratio(claim.text, other.text), -at, other) for at, other in enumerate(new)]
    best = max(alike, default=None, key=lambda each: each[:2])
    return best[2] if best is not None and best[0] >= _ALIKE else None


def _how(before: Claim, now: Claim) -> str:
    if before.text != now.text:
        return f"It said “{shortened(before.text, _LONGEST)}” and says “{shortened(now.text, _LONGEST)}” now."
    names = ("text", "source", "at", "quote", "basis", "likelihood", "confidence", "as_of")
    pairs = zip(names, _content(before), _content(now), strict=True)
    differ = [name for name, old, new in pairs if old != new]
    return f"Changed since: {', '.join(f'`{name}`' for name in differ)}, of “{shortened(now.text, _LONGEST)}”"


def _of_sources(cited: Iterable[str], library: Shelf) -> Iterator[Change]:
    for source_id in cited:
        source = library.record(source_id)
        if source is None:
            yield Change(source_id, "", "source-gone", "A source that is cited is not in the library any more.")
        elif (state := source.text("state")) not in _STANDS:
            title = shortened(source.title, _LONGEST)
            yield Change(source_id, "", f"source-{state}", f"“{title}” was {state} by its publisher.")
