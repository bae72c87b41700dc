"""What the user's system opens files in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from pathlib import Path


def open_file(file: Path) -> bool:
    """Open a file in what the system opens such files in; False where there is nothing."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
