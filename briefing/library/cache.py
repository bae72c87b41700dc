"""Where a library's catalogue and index are kept, and who may write them."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from briefing.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMAT = 3
"""Raised whenever what is kept changes its shape or its meaning; a cache of another number is not looked at."""

_BASE_VARIABLE = "BRIEFING_CACHE"
_POLL_SECONDS = 0.05


class CancelledError(Exception):
    """The wait for the writer's place was called off; never leaves this package."""


def cache_base() -> Path:
    """Return the folder under which every library has its own cache folder.

    The environment variable BRIEFING_CACHE overrides the user's cache folder.
    """
    if chosen := os.environ.get(_BASE_VARIABLE):
        return Path(chosen)
    if sys.platform == "linux":
        # What platformdirs answers here; its import alone takes longer than a whole search.
        chosen = os.environ.get("XDG_CACHE_HOME", "").strip()
        return (Path(chosen) if chosen else Path.home() / ".cache") / "briefing"
    # Imported here: the systems that need it pay for it.
    from platformdirs import user_cache_path

    return user_cache_path("briefing", appauthor=False)


class Cache:
    """The cache folder of one library, made where it is missing. Raises CacheError where it cannot be."""

    def __init__(self, library: Path, base: Path | None = None) -> None:
        # A path need not be text: surrogates stand for its odd bytes.
        name = _digest(os.fsencode(library.resolve()))
        self.folder = (base or cache_base()) / f"{name}-{FORMAT}"
        self.catalogue = self.folder / "catalogue.sqlite"
        self.index = self.folder / "index"
        self._condemned = self.folder / "damaged"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise not_writable(self.folder, error) from error

    def condemn(self) -> None:
        """Note that what is kept is damaged, so that the next writer makes it anew."""
        try:
            self._condemned.touch()
        except OSError as error:
            raise not_writable(self.folder, error) from error

    @property
    def condemned(self) -> bool:
        """Whether `condemn` was called since `clear`."""
        return self._condemned.exists()

    def clear(self) -> None:
        """Delete everything that is kept of the library; it can all be made again."""
        self.clear_index()
        try:
            for ending in ("", "-wal", "-shm"):
                self.catalogue.with_name(self.catalogue.name + ending).unlink(missing_ok=True)
            self._condemned.unlink(missing_ok=True)
        except OSError as error:
            raise not_writable(self.folder, error) from error

    def clear_index(self) -> None:
        """Delete the index."""
        # Imported here: only a damaged cache pays for it.
        import shutil

        try:
            if self.index.is_dir():
                shutil.rmtree(self.index)
            else:
                self.index.unlink(missing_ok=True)
        except OSError as error:
            raise not_writable(self.folder, error) from error

    @contextmanager
    def writing(self, cancelled: Callable[[], bool]) -> Iterator[None]:
        """Be the one process and instance that writes, waiting for another to finish.

        The system takes the place back when a process dies, however it dies. Raises CancelledError when `cancelled`
        says so before the place is free.
        """
        with self._place() as handle:
            while not _try_lock(handle):
                if cancelled():
                    raise CancelledError
                time.sleep(_POLL_SECONDS)
            try:
                yield
            finally:
                _unlock(handle)

    @contextmanager
    def writing_now(self) -> Iterator[bool]:
        """Be the one that writes where nobody else is; yields whether that is so."""
        with self._place() as handle:
            is_writer = _try_lock(handle)
            try:
                yield is_writer
            finally:
                if is_writer:
                    _unlock(handle)

    def _place(self) -> BinaryIO:
        try:
            return (self.folder / "writer.lock").open("ab")
        except OSError as error:
            raise not_writable(self.folder, error) from error


def _digest(data: bytes) -> str:
    try:
        # What hashlib takes it from, without OpenSSL, which hashlib loads for other digests: 3 % of a whole search.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    return blake2b(data, digest_size=12).hexdigest()


def not_writable(folder: Path, error: Exception) -> CacheError:
    """Return the error for a cache folder that cannot be written."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CacheError(
        f"The cache folder cannot be written ({reason})",
        where=str(folder),
        mend=f"Free some space or mend its permissions, or name another folder in {_BASE_VARIABLE}.",
    )


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: BinaryIO) -> bool:
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: BinaryIO) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: BinaryIO) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: BinaryIO) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
