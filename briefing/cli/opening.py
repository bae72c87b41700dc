"""Opening the library that a command works on, and bringing it up to date."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.interruption import Interruption
from briefing.cli.progress import ProgressLine
from briefing.errors import CacheError
from briefing.library.library import Library
from briefing.resources import bundled_library

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from briefing.library.answers import Update


@contextmanager
def opened(arguments: Namespace, *, up_to_date: bool = True) -> Iterator[Library]:
    """Yield the library that the arguments name, with what changed in it taken up.

    Raises LibraryError, CacheError, and KeyboardInterrupt where the user stops the indexing.
    """
    folder, texts = places(arguments)
    library = Library(folder, texts=texts)
    try:
        if up_to_date:
            update_or_go_on(library)
        yield library
    finally:
        library.close()


def update(library: Library) -> Update:
    """Bring a library up to date, with progress on standard error; Ctrl+C stops it between two files."""
    progress = ProgressLine()
    with Interruption() as interruption:
        try:
            return library.update(progress, interruption.happened)
        finally:
            progress.close()


def update_or_go_on(library: Library) -> None:
    """Bring a library up to date; where that cannot be, answer from what is indexed, and say so."""
    try:
        done = update(library)
    except CacheError as error:
        if not library.ready:
            raise
        print(f"This may not be the newest: {error}", file=sys.stderr)
        return
    if done.cancelled:
        raise KeyboardInterrupt


def places(arguments: Namespace) -> tuple[Path, Path | None]:
    """Return the library's folder and the one with the texts of sources, if any.

    The library is the one that was asked for, else the one open last, else the bundled one; the texts are those that
    were asked for, else those in the settings.
    """
    library: Path | None = arguments.library
    texts: Path | None = getattr(arguments, "texts", None)
    if library is None or texts is None:
        remembered = _remembered()
        library = library or _open_last(remembered.get("last_library", ""))
        texts = texts or (Path(remembered["texts"]) if remembered.get("texts") else None)
    return library, texts


def _remembered() -> dict[str, str]:
    """Return the settings that are text; none where the file is damaged, which is the window's affair."""
    # Imported here: who names library and texts does not pay for it.
    from briefing.app import settings_file

    try:
        settings = settings_file.read(settings_file.path())
    except ValueError:
        return {}
    return {name: value for name, value in settings.items() if isinstance(value, str)}


def _open_last(name: str) -> Path:
    if not name:
        return bundled_library()
    folder = Path(name)
    if folder.is_dir():
        return folder
    print(
        f"The library that was open last, {folder}, is not there; this is the bundled one. --library names another.",
        file=sys.stderr,
    )
    return bundled_library()
