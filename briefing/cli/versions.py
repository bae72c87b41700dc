"""The versions of the program and of the parts that decide what it does."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def versions() -> Iterator[tuple[str, str]]:
    """Yield names and versions, the program's own first. Nothing is loaded for it but SQLite."""
    from briefing.library.catalogue import SQLITE_VERSION

    yield "Briefing", _installed("briefing")
    yield "Python", platform.python_version()
    # PySide6 has the version of the Qt that it brings along.
    yield "Qt", _installed("PySide6-Essentials")
    yield "Typst", _installed("typst")
    yield "Tantivy", _installed("tantivy")
    yield "SQLite", SQLITE_VERSION


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"
