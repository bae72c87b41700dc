"""Where the files that ship with the program are: the only module that knows."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    # In a wheel the folder lies inside the package; in a checkout (and an editable installation) beside it.
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as `resource("icons", "country.svg")`."""
    return _root().joinpath(*parts)


def bundled_library() -> Path:
    """Return the folder of the library that ships with the program."""
    return resource("library")
