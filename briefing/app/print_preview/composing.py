"""Makes the PDF of an address: composes on the window's thread, which the library belongs to, and sets it in a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from briefing.errors import BriefingError, PrintCancelledError, PrintError

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.app.jobs import Jobs
    from briefing.app.session import Address
    from briefing.document.blocks import Document
    from briefing.library.library import Library
    from briefing.printing.order import Paper
    from briefing.printing.typeset import Printed

LANE = "print"


class Setter(Protocol):
    """What sets a document: `briefing.printing.typeset.Typesetter`, which holds a child process."""

    def printed(self, document: Document, *, paper: Paper = "a4") -> Printed:
        """Set a document."""

    def warm(self) -> None:
        """Start the child process."""

    def cancel(self) -> None:
        """Stop what runs; from any thread."""

    def close(self) -> None:
        """End the child process."""


def new_typesetter() -> Setter:
    """Return a typesetter; called where it is used, on the lane's thread."""
    from briefing.printing.typeset import Typesetter

    return Typesetter()


class Composing(QObject):
    """Sets one address at a time; a newer request takes the place of the one that runs."""

    made = Signal(object)
    """A `Printed`."""
    failed = Signal(str)
    """What went wrong, in a sentence."""

    def __init__(self, jobs: Jobs, parent: QObject, typesetter: Callable[[], Setter] = new_typesetter) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._new = typesetter
        self._setter: Setter | None = None
        self._used = False
        self.busy = False
        self.title = ""

    def prepare(self) -> None:
        """Start the child process, if there is none yet, so that the first page need not wait for it."""
        self._used = True
        self._jobs.run(lambda: self._typesetter().warm(), lane=LANE, latest=False)

    def begin(self, address: Address, library: Library, paper: Paper) -> None:
        """Set a record on that paper; `made` or `failed` tells the end."""
        from briefing.printing.order import Order, document_for

        if address.kind != "record" or library.card(address.key) is None:
            self.failed.emit("Only a record can be printed, and this one is not in the library any more.")
            return
        document = document_for(Order((address.key,), paper=paper), library)
        self.title = document.title
        self.cancel()
        self.busy = self._used = True
        self._jobs.run(lambda: self._set(document, paper), self._done, self._failed, lane=LANE, latest=False)

    def cancel(self) -> None:
        """Stop what is being set; nothing more is heard of it."""
        if self.busy:
            self.busy = False
            self._jobs.cancel(LANE)
            if self._setter is not None:
                self._setter.cancel()

    def close(self) -> None:
        """Stop, and end the child process."""
        self.cancel()
        if self._used:
            # In the lane, behind whatever may just be starting the process.
            self._jobs.run(self._end, lane=LANE, latest=False)

    def _end(self) -> None:
        setter, self._setter = self._setter, None
        if setter is not None:
            setter.close()

    def _set(self, document: Document, paper: Paper) -> Printed:
        return self._typesetter().printed(document, paper=paper)

    def _typesetter(self) -> Setter:
        # On the lane's thread, where one job runs after the other.
        if self._setter is None:
            self._setter = self._new()
        return self._setter

    def _done(self, printed: Printed) -> None:
        self.busy = False
        self.made.emit(printed)

    def _failed(self, error: Exception) -> None:
        self.busy = False
        if isinstance(error, PrintCancelledError):
            self.failed.emit("Setting the pages was stopped.")
        elif isinstance(error, BriefingError):
            self.failed.emit(_sentence(error))
        else:
            self.failed.emit(_sentence(PrintError(f"The page could not be set: {error}")))


def _sentence(error: BriefingError) -> str:
    return f"{error.what}. {error.mend}".strip()
