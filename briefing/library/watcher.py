"""Tells when files of a library change."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LISTEN_MS = 1_000
_GROUP_MS = 400
_QUIET_MS = 50
_POLL_MS = 2_000
_WAIT_SECONDS = 0.5
_RECORDS = (".yaml", ".yml")
_TEXT = ".txt"
# Where the kernel hears of what this machine writes, and of nothing that others do.
_SHARED_DISKS = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "fuse.sshfs", "vboxsf", "drvfs", "davfs")


def changes(folder: Path, should_stop: Callable[[], bool], texts: Path | None = None) -> Iterator[set[str]]:
    """Yield the paths of files that changed, relative to the folder, whenever some did.

    Two rounds are empty: one at once, before watching begins, and one when it has begun, so that whoever looks at the
    folder in each of them misses nothing. So is any later round in which something may have changed unheard.
    `should_stop` is asked at least once a second. `texts` is a second folder to watch; its files are told by their
    whole path. Where the system refuses to tell (a limit, a disk of another machine), the folders are polled.
    """
    yield set()
    refused = False
    while not should_stop():
        if not folder.is_dir():
            # Unplugged, or about to be replaced.
            time.sleep(_WAIT_SECONDS)
            continue
        try:
            yield from _listen(folder, should_stop, texts, polling=refused or is_shared_disk(folder))
        except (OSError, RuntimeError):
            # watchfiles raises either, and gives no kind: a limit of watches was reached, or the folder went away.
            if refused:
                time.sleep(_WAIT_SECONDS)
                yield set()
            refused = folder.is_dir()


def _listen(folder: Path, should_stop: Callable[[], bool], texts: Path | None, *, polling: bool) -> Iterator[set[str]]:
    # Imported here: only who stays and watches pays for it.
    from watchfiles import watch

    root = folder.resolve()
    identity = _identity(folder)
    watched = [root, *([texts.resolve()] if texts is not None and texts.is_dir() else [])]
    begun = False
    for batch in watch(
        *watched,
        watch_filter=None,
        debounce=_GROUP_MS,
        step=_QUIET_MS,
        rust_timeout=_LISTEN_MS,
        yield_on_timeout=True,
        force_polling=polling,
        poll_delay_ms=_POLL_MS,
        ignore_permission_denied=True,
    ):
        if should_stop():
            return
        told = {path for _, changed in batch if (path := relevant(changed, root)) is not None}
        if told or not begun:
            begun = True
            yield told
        if _identity(folder) != identity:
            # What is watched is no longer what is there.
            return


def relevant(changed: str, root: Path) -> str | None:
    """Return the path of a change relative to the root, or None for what no library cares about.

    Records and texts count; so does what may be a folder: one that was renamed is told without its files.
    """
    path = Path(changed)
    inside = path.is_relative_to(root)
    shown = path.relative_to(root) if inside else path
    if inside and any(part.startswith(".") for part in shown.parts):
        return None
    ending = path.suffix.lower()
    if ending in _RECORDS or ending == _TEXT or (inside and (not ending or path.is_dir())):
        return shown.as_posix()
    return None


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_shared_disk(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Whether a folder lies on a disk that other machines write to, as far as the system says."""
    if sys.platform != "linux":
        return False
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    place = os.path.realpath(folder)
    nearest, kind = "", ""
    for line in lines:
        _, mount, file_system, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        below = place == mount or place.startswith(mount.rstrip("/") + "/")
        # Of two on one place the later one lies on top.
        if below and len(mount) >= len(nearest):
            nearest, kind = mount, file_system
    return kind.startswith(_SHARED_DISKS)
