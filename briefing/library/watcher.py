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
# Half of the time from a save to its being found; looking fifty times a second takes two thousandths of a core.
_QUIET_MS = 20
_POLL_MS = 2_000
_WAIT_SECONDS = 0.5
_MANY = 500
"""From so many changes at once on, the system may have had more to tell than it keeps, and says nothing of it."""
_LONGEST_DOUBT_SECONDS = 10.0
# Looking at everything now and then takes a two-hundredth of the time, at most, and is never longer than an hour away.
_RESTS = 200
_SHORTEST_REST_SECONDS = 300.0
_LONGEST_REST_SECONDS = 3_600.0
_RECORDS = (".yaml", ".yml")
_TEXT = ".txt"
# Where the kernel hears of what this machine writes, and of nothing that others do.
_SHARED_DISKS = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "fuse.sshfs", "vboxsf", "drvfs", "davfs")


def changes(folder: Path, should_stop: Callable[[], bool], texts: Path | None = None) -> Iterator[set[str]]:
    """Yield the paths of files and folders that changed, relative to the folder, whenever some did.

    A round that is empty says that anything may have changed: there is one at once, before watching begins, and one
    when it has begun, so that whoever looks at the whole folder in each of them misses nothing; there is one wherever
    something may have changed unheard, and one now and then, for what no system tells. `should_stop` is asked at
    least once a second. `texts` is a second folder to watch; its files are told by their whole path. Where the system
    refuses to tell (a limit, a disk of another machine), the folders are polled.
    """
    yield set()
    refused = False
    while not should_stop():
        if not folder.is_dir():
            # Unplugged, or about to be replaced.
            time.sleep(_WAIT_SECONDS)
            continue
        ear = _Ear(folder, texts, polling=refused or is_shared_disk(folder))
        try:
            yield from ear.rounds(should_stop)
        except (OSError, RuntimeError):
            # watchfiles raises either, and gives no kind: a limit of watches was reached, a name is no UTF-8, or the
            # folder went away.
            if refused or ear.begun:
                time.sleep(_WAIT_SECONDS)
            if refused and not ear.begun:
                yield set()
            refused = (refused or not ear.begun) and folder.is_dir()


class _Ear:
    """Listens to a folder, and to that of the texts, until it is another one that is there."""

    def __init__(self, folder: Path, texts: Path | None, *, polling: bool) -> None:
        self.begun = False
        self._folders = [folder] if texts is None else [folder, texts]
        self._polling = polling
        # Since when something may have changed unheard, and when to look at everything in any case.
        self._doubt: float | None = None
        self._next_look = 0.0

    def rounds(self, should_stop: Callable[[], bool]) -> Iterator[set[str]]:
        """Yield what `changes` does."""
        # Imported here: only who stays and watches pays for it.
        from watchfiles import Change, watch

        there = self._identities()
        if there[0] is None:
            return
        watched = [folder.resolve() for folder, identity in zip(self._folders, there, strict=True) if identity]
        for batch in watch(
            *watched,
            watch_filter=None,
            debounce=_GROUP_MS,
            step=_QUIET_MS,
            rust_timeout=_LISTEN_MS,
            yield_on_timeout=True,
            force_polling=self._polling,
            poll_delay_ms=_POLL_MS,
            ignore_permission_denied=True,
        ):
            if should_stop():
                return
            told: set[str] = set()
            for change, changed in batch:
                if (path := relevant(changed, watched[0], gone=change is Change.deleted)) is not None:
                    told.add(path)
                    if change is Change.added and Path(changed).is_dir():
                        # What comes into a new folder before the system listens there is not told.
                        self._wonder()
            if len(batch) >= _MANY:
                self._wonder()
            is_vague = len(batch) >= _MANY or (told and self._polling)
            if not self.begun or is_vague or self._is_due(quiet=not batch):
                self.begun = True
                yield from self._whole(settled=not batch)
            elif told:
                yield told
            if self._identities() != there:
                # What is watched is no longer what is there.
                return

    def _wonder(self) -> None:
        self._doubt = self._doubt or time.monotonic()

    def _is_due(self, *, quiet: bool) -> bool:
        """Whether to look at everything: where it is quiet after a doubt, or has been so for very long."""
        now = time.monotonic()
        if self._doubt is not None and (quiet or now - self._doubt > _LONGEST_DOUBT_SECONDS):
            return True
        return now > self._next_look

    def _whole(self, *, settled: bool) -> Iterator[set[str]]:
        began = time.monotonic()
        yield set()
        ended = time.monotonic()
        if self._doubt is not None:
            self._doubt = None if settled else ended
        rest = min(max((ended - began) * _RESTS, _SHORTEST_REST_SECONDS), _LONGEST_REST_SECONDS)
        self._next_look = ended + rest

    def _identities(self) -> list[tuple[int, int] | None]:
        return [_identity(folder) for folder in self._folders]


def relevant(changed: str, root: Path, *, gone: bool = False) -> str | None:
    """Return the path of a change relative to the root, or None for what no library cares about.

    Records and texts count; so does what may be a folder, or have been one that is `gone`: one that was renamed is
    told without its files.
    """
    path = Path(changed)
    inside = path.is_relative_to(root)
    shown = path.relative_to(root) if inside else path
    if inside and any(part.startswith(".") for part in shown.parts):
        return None
    ending = path.suffix.lower()
    if ending in _RECORDS or ending == _TEXT or (inside and (gone or not ending or path.is_dir())):
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
