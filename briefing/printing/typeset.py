"""A document as a PDF, set by Typst in a child process.

A compilation cannot be stopped from inside, keeps its memory, and could take the program down with it: so it runs in
a process of its own, which is kept for the next document, and is killed where it takes too long or is not wanted.
"""

from __future__ import annotations

import json
import multiprocessing
import re
from contextlib import suppress
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from briefing.errors import PrintCancelledError, PrintError
from briefing.printing.compositor import serve
from briefing.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from briefing.document.blocks import Document
    from briefing.printing.order import Paper
    from briefing.printing.part import BookPart
    from briefing.records.house import House

SECONDS = 60.0
MEMORY = 4 << 30  # of addresses, not of memory in use: every font file that is looked at counts

_MOST_DOCUMENTS = 200  # that one process sets: Typst remembers what it has set


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF. `archival` says whether it is PDF/A-3a and PDF/UA-1; where not, `notes` say why, in sentences.

    `report` is what the template tells: where it has a page budget how many `records` have one, how many `pages` hold
    their main parts, and what went to the `annex`; of a part of a book where things are in it.
    """

    pdf: bytes
    archival: bool = True
    notes: tuple[str, ...] = ()
    report: dict[str, Any] = field(default_factory=dict)


class Typesetter:
    """Sets documents in a child process that it keeps between them.

    It may be used from several threads: a document that comes while another is being set gets a process of its own.
    A process is given `seconds` for a document, and `memory` bytes of addresses where the system can bound them.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        # Appending to a list and popping from it are single steps in Python, so these need no lock.
        self._idle: list[_Child] = []
        self._busy: list[_Child] = []
        self._cancels = 0

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Start the child process, so that the first document need not wait for it."""
        if not self._idle:
            self._idle.append(_Child(self._memory))

    def get_ready(self) -> None:
        """Start the child process and have it set a page that nobody sees: a document then finds everything loaded."""
        self.warm()
        if not self._idle[-1].documents:
            from briefing.document.blocks import Document, Paragraph, Text

            # One in the fonts that Typst brings along, one that takes the system's. What is wrong shows in the first
            # document, where somebody is told.
            for words in ("Briefing", "브리핑"):
                with suppress(PrintError):
                    self.printed(Document("Briefing", "", (), (), (), (Paragraph((Text(words),)),)))

    def pdf(self, document: Document, *, paper: Paper = "a4", template: str = "", house: House | None = None) -> bytes:
        """Return the document as a PDF; see `printed`."""
        return self.printed(document, paper=paper, template=template, house=house).pdf

    def printed(
        self,
        document: Document,
        *,
        paper: Paper = "a4",
        template: str = "",
        house: House | None = None,
        part: BookPart | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> Printed:
        """Set a document in its template, or in another, and in a house style where one is given.

        `part` and `content` are as for `encode`.

        Raises PrintCancelledError where `cancel` was called meanwhile, and PrintError, which names the document,
        where it cannot be set.
        """
        template = template or document.template
        _check(template)
        request = request_for(document, paper=paper, template=template, house=house, part=part, content=content)
        return self._answer(request, document)

    def bind(self, request: dict[str, Any], document: Document) -> None:
        """Make one file or volumes of the parts of a book, see `finish.bind`; raises as `printed` does."""
        self._answer({"bind": request}, document)

    def _answer(self, request: dict[str, Any], document: Document) -> Printed:
        cancels = self._cancels
        child = self._take()
        self._busy.append(child)
        if self._cancels != cancels:
            child.cancel()
        try:
            answer, pdf = child.ask(json.dumps(request).encode(), self._seconds)
        except _SilentError as error:
            child.end()
            raise self._silence(child, document, took_too_long=error.took_too_long) from error
        except KeyboardInterrupt:
            child.end()
            raise
        finally:
            self._busy.remove(child)
        self._give_back(child)
        if answer["error"]:
            raise PrintError(
                f"{_named(document)} cannot be set: {answer['error']}",
                where=_where(document),
                mend=answer.get("mend", "Please report this with the record: its text should not matter."),
            )
        notes = (*document.remarks, *answer["notes"])
        return Printed(pdf, archival=answer["archival"], notes=notes, report=answer.get("report", {}))

    def cancel(self) -> None:
        """Stop what is being set, from whatever thread: whoever waits for it gets a PrintCancelledError at once."""
        self._cancels += 1
        for child in list(self._busy):
            child.cancel()

    def close(self) -> None:
        """Stop the child processes."""
        self.cancel()
        while self._idle:
            self._idle.pop().end()

    def _take(self) -> _Child:
        while self._idle:
            child = self._idle.pop()
            if child.is_usable:
                return child
            child.end()
        return _Child(self._memory)

    def _give_back(self, child: _Child) -> None:
        if child.is_usable and not self._idle and child.documents < _MOST_DOCUMENTS:
            self._idle.append(child)
        else:
            child.end()

    def _silence(self, child: _Child, document: Document, *, took_too_long: bool) -> PrintError:
        where = _where(document)
        if child.cancelled:
            return PrintCancelledError(f"The print of {_named(document)} was stopped", where=where)
        if took_too_long:
            return PrintError(
                f"{_named(document)} is not set after {self._seconds:g} seconds",
                where=where,
                mend="Print it in parts.",
            )
        return PrintError(
            f"The typesetter came to an unexpected end over {_named(document)}",
            where=where,
            mend="Print it again; if that fails too, print it in parts.",
        )


def typeset(document: Document, *, paper: Paper = "a4", template: str = "") -> bytes:
    """Return one document as a PDF, in a child process of its own."""
    with Typesetter() as typesetter:
        return typesetter.pdf(document, paper=paper, template=template)


def request_for(
    document: Document,
    *,
    paper: Paper = "a4",
    template: str = "record",
    house: House | None = None,
    part: BookPart | None = None,
    content: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the child process is asked to set."""
    # Imported here: the child process imports this module too, and never encodes.
    from briefing.printing.encode import encode, timestamp

    return {
        "template": template,
        "data": encode(document, paper=paper, house=house, part=part, content=content),
        "part": part is not None,
        "tags": part is None or not part.linked,
        "font": house.font if house else "",
        "language": document.language,
        "timestamp": timestamp(document),
    }


class _SilentError(Exception):
    """A child gave no answer: it took too long, or is no more."""

    def __init__(self, *, took_too_long: bool) -> None:
        super().__init__()
        self.took_too_long = took_too_long


class _Child:
    """A process that sets one document after the other, and ends when this one does."""

    def __init__(self, memory: int) -> None:
        # Spawned, not forked: the window has threads, and a fork of those may hang.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        # Made here and not by the child, which may be killed before it could take it away.
        self._folder = _folder()
        arguments = (theirs, memory, self._folder.name)
        self._process = context.Process(target=serve, args=arguments, daemon=True, name="briefing-typesetter")
        self.documents = 0
        self.cancelled = False
        try:
            self._process.start()
        except OSError as error:
            self._ours.close()
            self._folder.cleanup()
            raise PrintError(f"The typesetter cannot be started ({error.strerror})") from error
        finally:
            # Only the child may hold its end: else the pipe would not close with it.
            theirs.close()

    @property
    def is_usable(self) -> bool:
        return not self.cancelled and self._process.is_alive()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def ask(self, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for its answer and the PDF; raises _SilentError where there is none."""
        self.documents += 1
        try:
            self._ours.send_bytes(request)
            if not self._ours.poll(seconds):
                raise _SilentError(took_too_long=True)
            answer: dict[str, Any] = json.loads(self._ours.recv_bytes())
            return answer, self._ours.recv_bytes()
        except (EOFError, OSError) as error:
            raise _SilentError(took_too_long=False) from error

    def cancel(self) -> None:
        """End the process from another thread than the one that waits for it."""
        self.cancelled = True
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it does, and give back what it was given."""
        self._process.kill()
        self._process.join()
        self._ours.close()
        self._folder.cleanup()


def _folder() -> TemporaryDirectory[str]:
    """Return a new folder for a child process; raises PrintError where the system has no room for one."""
    try:
        return TemporaryDirectory(prefix="briefing-")
    except OSError as error:
        raise PrintError(f"The typesetter cannot be started ({error.strerror})") from error


def _check(template: str) -> None:
    if not (re.fullmatch("[a-z]+(-[a-z]+)*", template) and resource("templates", f"{template}.typ").is_file()):
        raise PrintError(f"There is no print template “{template}”")


def _named(document: Document) -> str:
    from briefing.document.text import shortened

    return f"“{shortened(document.title, 80)}”"


def _where(document: Document) -> str:
    return ", ".join(document.record_ids[:3])
