"""Writes a PDF to the disk so that nothing is lost when it fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from briefing.errors import PrintError

if TYPE_CHECKING:
    from pathlib import Path


def save_pdf(path: Path, pdf: bytes) -> None:
    """Write a PDF beside its place and then move it there; a file of that name stays whole until that moment.

    Raises PrintError in the user's words.
    """
    beside = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")
    try:
        try:
            with beside.open("wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise PrintError(
            f"The PDF was not saved: {reason}", where=str(path), mend="Choose another folder or name."
        ) from error
