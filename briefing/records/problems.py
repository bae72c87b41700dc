"""A fault in a library, said so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it is, what is wrong, and how to mend it.

    `file` is relative to the library, with `/` between its parts; `line` and `column` count from 1, and 0 means that
    there is no such place (a folder, a file that cannot be read). `code` is stable and never shown translated
    (`unknown-field`, `duplicate-key`, ...). `message` and `mend` are whole sentences.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    mend: str
    severity: Severity = "error"
    record: str = ""
    """The id of the record that it stands in, where that is known."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}"
