"""Walk the folder of a library and read files in it, never outside it."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LIBRARY_FILE = "library.yaml"
ROOT = "."
"""The library's folder itself, where a path in it is asked for."""

_ENDINGS = (".yaml", ".yml")
# O_NONBLOCK: a named pipe that took a file's place would keep us waiting for ever.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BLOCK = 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class FileStamp(NamedTuple):
    """A file with what tells that it changed.

    `path` is relative to the library, with `/` between its parts. `stamp` is size, time of writing, time of change
    and inode, in one text that is only ever compared. `link` says that the path is a symbolic link.
    """

    path: str
    size: int
    mtime_ns: int
    stamp: str
    link: bool = False


class Obstacle(NamedTuple):
    """What could not be read, and why: see `obstacles.problem_of`."""

    path: str
    code: str
    reason: str = ""


class OutsideError(OSError):
    """A path leads out of the library."""


def reason_of(error: OSError) -> str:
    """Return why something could not be read, in the system's words."""
    return error.strerror or str(error)


def stamp_of(status: os.stat_result) -> str:
    """Return what tells a file from a later version of it."""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_ino}"


def walk(
    folder: Path,
    cancelled: Callable[[], bool] | None = None,
    seen: Callable[[int], None] | None = None,
    known: dict[str, str] | None = None,
) -> tuple[list[FileStamp], list[Obstacle]]:
    """Return the record files below a folder in the order of their paths, and the obstacles met on the way.

    Linked folders and hidden ones are not entered. What vanishes meanwhile is left out. Stops early when
    `cancelled` says so; `seen` is told the number of files so far, once a folder. Files that have in `known`, by
    their paths, the stamp that they have now are left out; every file that is there is taken out of `known`.
    """
    walker = _Walker(str(folder), {} if known is None else known, cancelled, seen)
    walker.enter("")
    return walker.found()


def look(
    folder: Path, paths: Iterable[str], known: dict[str, str], cancelled: Callable[[], bool] | None = None
) -> tuple[list[FileStamp], list[Obstacle]]:
    """Do as `walk` does, but look at some paths alone: at files, and at folders with all that lies below them.

    Raises OSError where a path cannot be looked at though it may be there: then only walking tells.
    """
    walker = _Walker(str(folder), known, cancelled)
    for path in sorted(paths):
        walker.look(path)
    return walker.found()


class _Walker:
    """Goes through a folder, or parts of it, and gathers what `walk` and `look` return."""

    def __init__(
        self,
        root: str,
        known: dict[str, str],
        cancelled: Callable[[], bool] | None = None,
        seen: Callable[[int], None] | None = None,
    ) -> None:
        self._root = root
        self._known = known
        self._cancelled = cancelled
        self._seen = seen
        self._count = 0
        self._real_root = ""
        self._files: list[FileStamp] = []
        self._obstacles: list[Obstacle] = []
        # Folders by their paths: whether what lies below them is still to be looked at.
        self._open: dict[str, bool] = {"": True}

    def found(self) -> tuple[list[FileStamp], list[Obstacle]]:
        """Return the files in the order of their paths, and the obstacles."""
        self._files.sort(key=lambda file: file.path)
        return self._files, self._obstacles

    def enter(self, folder: str) -> None:
        """Go through a folder and all that lies below it; its path is empty or ends with a slash."""
        pending = [folder]
        while pending:
            if self._cancelled is not None and self._cancelled():
                break
            if self._seen is not None:
                self._seen(self._count)
            below = pending.pop()
            try:
                with os.scandir(f"{self._root}/{below}" if below else self._root) as listing:
                    entries = list(listing)
            except FileNotFoundError:
                continue
            except OSError as error:
                place = printable(below.rstrip("/")) or ROOT
                self._obstacles.append(Obstacle(place, "unreadable-folder", reason_of(error)))
                continue
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                try:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(f"{below}{name}/")
                    elif name.endswith(_ENDINGS) or name.lower().endswith(_ENDINGS):
                        self._take(below + name, entry)
                except OSError:
                    # It vanished.
                    continue

    def look(self, path: str) -> None:
        """Look at one path; a second time at the same, or below a folder that was gone through, is none."""
        above, _, name = path.rpartition("/")
        if not name or name[0] == "." or not self._is_open(above) or path in self._open:
            return
        full = f"{self._root}/{path}"
        try:
            status = os.lstat(full)
        except (FileNotFoundError, NotADirectoryError):
            return
        if not _is_listed(full):
            return
        if stat.S_ISDIR(status.st_mode):
            self._open[path] = False
            self.enter(f"{path}/")
        elif name.lower().endswith(_ENDINGS):
            if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
                raise OSError(f"{path} has another name too, which is not told")
            with contextlib.suppress(FileNotFoundError):
                self._take(path, Path(full))

    def _is_open(self, folder: str) -> bool:
        """Whether walking would come to a folder, which was not gone through yet."""
        if folder not in self._open:
            above, _, name = folder.rpartition("/")
            is_open = name[:1] != "." and self._is_open(above)
            if is_open:
                try:
                    full = f"{self._root}/{folder}"
                    is_open = stat.S_ISDIR(os.lstat(full).st_mode) and _is_listed(full)
                except (FileNotFoundError, NotADirectoryError):
                    is_open = False
            self._open[folder] = is_open
        return self._open[folder]

    def _take(self, path: str, entry: os.DirEntry[str] | Path) -> None:
        """Note a file that has the ending of a record, or why it is none."""
        if not path.isascii() and not _is_text(path):
            self._obstacles.append(Obstacle(printable(path), "file-name"))
            return
        link = entry.is_symlink()
        try:
            status = entry.stat()
        except OSError:
            if not link:
                raise
            self._obstacles.append(Obstacle(path, "leads-nowhere"))
            return
        if stat.S_ISDIR(status.st_mode):
            self._obstacles.append(Obstacle(path, "leads-nowhere"))
        elif not stat.S_ISREG(status.st_mode):
            self._obstacles.append(Obstacle(path, "not-a-file"))
        elif link and not self._is_inside(path):
            self._obstacles.append(Obstacle(path, "outside-library"))
        else:
            self._count += 1
            stamp = stamp_of(status)
            if self._known.pop(path, None) != stamp:
                self._files.append(FileStamp(path, status.st_size, status.st_mtime_ns, stamp, link))

    def _is_inside(self, path: str) -> bool:
        self._real_root = self._real_root or os.path.realpath(self._root)
        return _is_below(os.path.realpath(f"{self._root}/{path}"), self._real_root)


def _is_listed(full: str) -> bool:
    """Whether a folder lists a name just as it is written: where case does not count, it is found by others too."""
    return sys.platform == "linux" or os.path.basename(full) in os.listdir(os.path.dirname(full))  # noqa: PTH119, PTH120, PTH208


def read_walked(folder: str, path: str, limit: int) -> bytes:
    """Return the bytes of a file that `walk` found and that is no link, at most `limit`.

    Raises OSError where there is no such file any more, or where a link has taken its place.
    """
    return read_regular(f"{folder}/{path}", limit, _NO_LINK)


def read_file(folder: Path, path: str, limit: int) -> bytes:
    """Return the bytes of a file of the library, at most `limit`.

    Raises OutsideError where the path leads out of the library, be it by a link, and OSError where there is no
    regular file that can be read.
    """
    root = os.path.realpath(folder)
    full = os.path.realpath(os.path.join(root, path))  # noqa: PTH118 - a Path would not keep this in one step
    if not _is_below(full, root):
        raise OutsideError(f"{path} leads out of the library")
    return read_regular(full, limit)


def read_regular(path: str, limit: int, flags: int = 0) -> bytes:
    """Return the bytes of a regular file, at most `limit`; anything else than one is an OSError."""
    handle = os.open(path, _FLAGS | flags)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"{path} is not a file")
        # Read until it ends, which may be later than its size said.
        data = os.read(handle, min(limit, status.st_size + 1))
        while len(data) < limit and (more := os.read(handle, min(limit - len(data), _BLOCK))):
            data += more
        return data
    finally:
        os.close(handle)


def _is_below(path: str, root: str) -> bool:
    return path.startswith(root if root.endswith(os.sep) else root + os.sep)


def printable(path: str) -> str:
    """Return a path as text that can be written anywhere: bytes that are no UTF-8 are shown by their numbers."""
    return path.encode(errors="surrogateescape").decode(errors="backslashreplace")


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
