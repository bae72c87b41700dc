"""Walk the folder of a library and read files in it, never outside it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    root = str(folder)
    known = {} if known is None else known
    count = 0
    files: list[FileStamp] = []
    obstacles: list[Obstacle] = []
    pending = [""]
    real_root = ""
    while pending:
        if cancelled is not None and cancelled():
            break
        if seen is not None:
            seen(count)
        below = pending.pop()
        try:
            with os.scandir(f"{root}/{below}" if below else root) as listing:
                entries = list(listing)
        except FileNotFoundError:
            continue
        except OSError as error:
            obstacles.append(Obstacle(printable(below.rstrip("/")) or ROOT, "unreadable-folder", reason_of(error)))
            continue
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{below}{name}/")
                    continue
                if not name.endswith(_ENDINGS) and not name.lower().endswith(_ENDINGS):
                    continue
                link = entry.is_symlink()
                status = entry.stat()
                path = below + name
                if not path.isascii() and not _is_text(path):
                    obstacles.append(Obstacle(printable(path), "file-name"))
                    continue
                if not stat.S_ISREG(status.st_mode):
                    if not stat.S_ISDIR(status.st_mode):
                        obstacles.append(Obstacle(path, "not-a-file"))
                    continue
                if link:
                    real_root = real_root or os.path.realpath(root)
                    if not _is_below(os.path.realpath(entry.path), real_root):
                        obstacles.append(Obstacle(path, "outside-library"))
                        continue
                count += 1
                stamp = stamp_of(status)
                if known.pop(path, None) != stamp:
                    files.append(FileStamp(path, status.st_size, status.st_mtime_ns, stamp, link))
            except OSError:
                # It vanished, or it is a link that leads nowhere or round in a circle.
                continue
    files.sort(key=lambda file: file.path)
    return files, obstacles


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
