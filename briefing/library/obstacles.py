"""What stands in the way of reading a library, as problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.records.problems import Problem, Severity

if TYPE_CHECKING:
    from briefing.library.folder import Obstacle


class _Words(NamedTuple):
    message: str
    mend: str
    severity: Severity = "error"


_ALLOW = "Give yourself the permission to read it, or move it out of the library."
_WORDS = {
    "unreadable-folder": _Words("The folder cannot be read ({reason}).", _ALLOW),
    "unreadable-file": _Words("The file cannot be read ({reason}).", _ALLOW),
    "reader-stopped": _Words("Reading this file stopped the reader.", "Move it out of the library, and report it."),
    "file-name": _Words("The file's name is not UTF-8.", "Rename the file."),
    "not-a-file": _Words(
        "This is no file but a pipe, a socket or a device, and is not read.",
        "Remove it, or give it another ending.",
        "warning",
    ),
    "leads-nowhere": _Words("This link leads to no file.", "Correct it, or remove it.", "warning"),
    "outside-library": _Words(
        "This link leads out of the library and is not read.", "Copy the file into the library.", "warning"
    ),
}


def problem_of(obstacle: Obstacle) -> Problem:
    """Return the problem that an obstacle is; it has no line."""
    words = _WORDS[obstacle.code]
    message = words.message.format(reason=obstacle.reason)
    return Problem(obstacle.path, 0, 0, obstacle.code, message, words.mend, words.severity)
