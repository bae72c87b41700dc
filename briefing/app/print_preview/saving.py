"""Writes a PDF to the disk so that nothing is lost when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.app.whole_file import write_whole
from briefing.errors import PrintError

if TYPE_CHECKING:
    from pathlib import Path


def save_pdf(path: Path, pdf: bytes) -> None:
    """Write a PDF, whole or not at all; raises PrintError in the user's words."""
    try:
        write_whole(path, pdf)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise PrintError(
            f"The PDF was not saved: {reason}", where=str(path), mend="Choose another folder or name."
        ) from error
