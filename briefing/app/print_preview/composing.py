"""Makes the PDF of an order: composes it in one lane, with a library of that lane, and sets it in another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal

from briefing.app.asking import Asking
from briefing.errors import BriefingError, MarkingError, PrintCancelledError, PrintError

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.document.blocks import Document
    from briefing.document.shelf import Shelf
    from briefing.library.library import Library
    from briefing.printing.order import Order, Paper
    from briefing.printing.typeset import Printed
    from briefing.records.house import House

LANE = "print"
COMPOSING = "print-compose"
KEPT_MS = 600_000
"""How long the child process is kept for the next print."""


class Setter(Protocol):
    """What sets a document: `briefing.printing.typeset.Typesetter`, which holds a child process."""

    def printed(
        self, document: Document, *, paper: Paper = "a4", template: str = "record", house: House | None = None
    ) -> Printed:
        """Set a document."""

    def warm(self) -> None:
        """Start the child process."""

    def get_ready(self) -> None:
        """Start the child process, and have it load all that a document takes."""

    def cancel(self) -> None:
        """Stop what runs; from any thread."""

    def close(self) -> None:
        """End the child process."""


def new_typesetter() -> Setter:
    """Return a typesetter; called where it is used, on the lane's thread."""
    from briefing.printing.typeset import Typesetter

    return Typesetter()


class Composing(QObject):
    """Carries out one order at a time; a newer one takes the place of the one that runs."""

    composed = Signal(object)
    """The `Document` that is being set now."""
    made = Signal(object)
    """A `Printed`."""
    refused = Signal(object)
    """A `MarkingError`; what it comes to is said by `failed` too."""
    failed = Signal(str)
    """What went wrong, in a sentence."""

    def __init__(
        self, session: Session, jobs: Jobs, parent: QObject, typesetter: Callable[[], Setter] = new_typesetter
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._new = typesetter
        self._setter: Setter | None = None
        self._used = False
        self._asking = Asking(session, jobs, COMPOSING, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(KEPT_MS)
        self._rest.timeout.connect(self.close)
        self._setting = False
        self._order = 0
        self.busy = False

    def get_ready(self) -> None:
        """Have all loaded that the first page of an order that may come would have to wait for."""
        self._use()
        self._jobs.run(lambda: self._typesetter().get_ready(), lane=LANE, latest=False)
        if not self.busy:
            self._asking.ask(_get_ready, lambda _: None, lambda _: None)

    def begin(self, order: Order, house: str = "") -> None:
        """Carry out an order, in the house style of that file; `made` or `failed` tells the end."""
        self.cancel()
        self.busy = True
        self._use()
        # The child process starts while the document is composed.
        self._jobs.run(lambda: self._typesetter().warm(), lane=LANE, latest=False)
        self._order = number = self._order + 1
        self._asking.ask(
            lambda library: _composed(order, house, _Watched(library, lambda: number == self._order)),
            lambda pair: self._set(*pair),
            self._failed,
        )

    def cancel(self) -> None:
        """Stop what is being composed or set; nothing more is heard of it."""
        if self.busy:
            self.busy = False
            self._order += 1
            self._asking.stop()
            if self._setting:
                self._setting = False
                self._jobs.cancel(LANE)
                if self._setter is not None:
                    self._setter.cancel()

    def close(self) -> None:
        """Stop, and end the child process."""
        self.cancel()
        self._rest.stop()
        if self._used:
            # In the lane, behind whatever may just be starting the process.
            self._jobs.run(self._end, lane=LANE, latest=False)

    def _use(self) -> None:
        """Keep the child process for a while from now on, and no longer than the program."""
        self._rest.start()
        if not self._used:
            self._used = True
            self._jobs.end_with(self._end, lane=LANE)

    def _set(self, order: Order, document: Document) -> None:
        self._setting = True
        self.composed.emit(document)
        self._jobs.run(
            lambda: self._typesetter().printed(document, paper=order.paper, template=order.template, house=order.house),
            self._done,
            self._failed,
            lane=LANE,
            latest=False,
        )

    def _end(self) -> None:
        setter, self._setter = self._setter, None
        if setter is not None:
            setter.close()

    def _typesetter(self) -> Setter:
        # On the lane's thread, where one job runs after the other.
        if self._setter is None:
            self._setter = self._new()
        return self._setter

    def _done(self, printed: Printed) -> None:
        self.busy = self._setting = False
        self.made.emit(printed)

    def _failed(self, error: Exception) -> None:
        self.busy = self._setting = False
        if isinstance(error, MarkingError):
            self.refused.emit(error)
        if isinstance(error, PrintCancelledError):
            self.failed.emit("Setting the pages was stopped.")
        elif isinstance(error, BriefingError):
            self.failed.emit(_sentence(error))
        else:
            self.failed.emit(_sentence(PrintError(f"The page could not be set: {error}")))


# What follows runs in the lane that composes.


class _Watched:
    """A library that answers only while somebody wants it to: composing a long dossier can be stopped between two."""

    def __init__(self, library: Library, wanted: Callable[[], bool]) -> None:
        self._library = library
        self._wanted = wanted

    def __getattr__(self, name: str) -> Any:
        if not self._wanted():
            raise PrintCancelledError("The print was stopped")
        return getattr(self._library, name)


def _composed(order: Order, house: str, library: _Watched) -> tuple[Order, Document]:
    from briefing.printing.order import document_for

    if house:
        from briefing.printing.house_file import house_in

        style, faults = house_in(Path(house))
        if style is None:
            raise PrintError(f"The house style has faults: {faults[0]}", mend="Mend them, or choose another style.")
        order = replace(order, house=style)
    return order, document_for(order, cast("Shelf", library))


def _get_ready(library: Library) -> None:
    """Load what composes, and look into the library once."""
    from briefing.document import templates  # noqa: F401 - that is all

    library.card("")


def _sentence(error: BriefingError) -> str:
    return f"{error.what.rstrip('.')}. {error.mend}".strip()
