"""Opening the library that a command works on, and bringing it up to date."""

from __future__ import annotations

import os
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
    library = Library(library_folder(arguments), texts=texts_folder(arguments))
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


def library_folder(arguments: Namespace) -> Path:
    """Return the folder that was asked for, else the one open last, else the bundled one."""
    if arguments.library is not None:
        return Path(arguments.library)
    # Imported here: with --library no command reads the settings.
    from briefing.app.settings import Settings

    last = Settings.load().last_library
    if not last:
        return bundled_library()
    # A settings file is UTF-8; a folder's name need not be.
    folder = Path(os.fsdecode(last.encode("utf-8", errors="surrogateescape")))
    if folder.is_dir():
        return folder
    print(
        f"The library that was open last, {folder}, is not there; this is the bundled one. --library names another.",
        file=sys.stderr,
    )
    return bundled_library()


def texts_folder(arguments: Namespace) -> Path | None:
    """Return the folder with the texts of sources that was asked for, else the one in the settings."""
    if getattr(arguments, "texts", None) is not None:
        return Path(arguments.texts)
    from briefing.app.settings import Settings

    texts = Settings.load().texts
    return Path(texts) if texts else None
