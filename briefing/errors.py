"""The errors that Briefing raises on purpose.

    BriefingError                what went wrong, where, and what to do about it
    ├── LibraryError             a folder cannot be used as a library
    ├── RecordNotFoundError      no record has that id
    ├── CacheError               catalogue or index cannot be kept in the cache folder
    ├── SavedFileError           a file of saved searches cannot be read or written
    ├── EnvironmentFault         the machine lacks something: a system library, a display, a font
    ├── PrintError               a document cannot be printed
    │   ├── MarkingError         it holds what is marked higher than its paper
    │   └── PrintCancelledError  the user stopped it
    └── UsageError               what was asked for on the command line makes no sense

A fault in a record is not an exception but a value: see `briefing.records.problems`.
"""

from __future__ import annotations

_MOST_PARTS = 40


class BriefingError(Exception):
    """Something went wrong that a user can be told in a sentence.

    `what` is that sentence, without a full stop; `where` names the file, folder or record, where there is one;
    `mend` says what to do.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}.{advice}"


class LibraryError(BriefingError):
    """A folder cannot be used as a library."""


class RecordNotFoundError(BriefingError):
    """No record has the id that was asked for."""


class CacheError(BriefingError):
    """The catalogue or the index cannot be kept in the cache folder."""


class SavedFileError(BriefingError):
    """A file of saved searches cannot be read or written."""


class EnvironmentFault(BriefingError):  # noqa: N818 - a fault of the machine, and named as one
    """The machine lacks something that the program cannot bring along."""


class PrintError(BriefingError):
    """A document cannot be printed."""


class MarkingError(PrintError):
    """A document holds parts that are marked higher than the paper; `parts` has a line for each."""

    def __init__(self, what: str, *, parts: tuple[str, ...], mend: str = "") -> None:
        super().__init__(what, mend=mend)
        self.parts = parts

    def __str__(self) -> str:
        more = len(self.parts) - _MOST_PARTS
        shown = [*self.parts[:_MOST_PARTS], *([f"and {more:,} more"] if more > 0 else [])]
        return "\n".join((super().__str__(), *(f"  {each}" for each in shown)))


class PrintCancelledError(PrintError):
    """The user stopped a print."""


class UsageError(BriefingError):
    """What was asked for on the command line makes no sense."""
