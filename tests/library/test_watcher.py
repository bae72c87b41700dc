from __future__ import annotations

import errno
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import watchfiles

from briefing.library import watcher
from briefing.library.watcher import changes, is_shared_disk, relevant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.library.shelf import Shelf

PATIENCE = 20.0


class Watched:
    """A folder that is being watched, until a test has seen what it wants."""

    def __init__(self, folder: Path, texts: Path | None = None) -> None:
        self.given_up = time.monotonic() + PATIENCE
        self.stopped = False
        self.rounds = changes(folder, lambda: self.stopped or time.monotonic() > self.given_up, texts)
        assert next(self.rounds) == set()
        assert next(self.rounds) == set()

    def sees(self, path: str) -> bool:
        """Wait until a path is told."""
        return any(path in told for told in self.rounds)

    def stop(self) -> None:
        self.stopped = True
        assert list(self.rounds) == []


@pytest.fixture
def watched(shelf: Shelf) -> Iterator[Callable[..., Watched]]:
    opened: list[Watched] = []

    def watch(texts: Path | None = None) -> Watched:
        opened.append(Watched(shelf.folder, texts))
        return opened[-1]

    yield watch
    for each in opened:
        each.rounds.close()  # type: ignore[attr-defined]  # it is a generator


def test_a_saved_a_renamed_and_a_deleted_file_are_told(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    shelf.write("sub/old.yaml", "kind: country\n")
    watch = watched()
    shelf.country("india")
    assert watch.sees("india.yaml")
    (shelf.folder / "sub/old.yaml").rename(shelf.folder / "sub/new.yml")
    assert watch.sees("sub/new.yml")
    shelf.remove("india.yaml")
    assert watch.sees("india.yaml")
    watch.stop()


def test_a_folder_that_is_renamed_is_told(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    shelf.write("sub/old.yaml", "kind: country\n")
    watch = watched()
    (shelf.folder / "sub").rename(shelf.folder / "other")
    assert watch.sees("other")


def test_a_text_in_the_own_folder_is_told_by_its_whole_path(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    watch = watched(shelf.texts)
    (shelf.texts / "article.txt").write_text("words", encoding="utf-8")
    assert watch.sees((shelf.texts / "article.txt").as_posix())


def test_what_no_library_cares_about_is_not_told(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    shelf.write(".git/index", "")
    watch = watched()
    shelf.write(".git/config.yaml", "x")
    shelf.write_bytes("picture.png", b"x")
    shelf.country("india")
    told = next(each for each in watch.rounds if each)
    # What is gone may have been a folder.
    assert told - {"india.yaml.draft"} == {"india.yaml"}


def test_a_folder_whose_name_has_an_ending_is_told_when_it_goes(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    shelf.write("v1.2/old.yaml", "kind: country\n")
    watch = watched()
    (shelf.folder / "v1.2").rename(shelf.folder.with_name("away"))
    assert watch.sees("v1.2")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/l/india.yaml", "india.yaml"),
        ("/l/a/b.YML", "a/b.YML"),
        ("/l/a/article.txt", "a/article.txt"),
        ("/l/folder", "folder"),
        ("/l/.git/x.yaml", None),
        ("/l/.x.yaml.swp", None),
        ("/l/x.yaml~", None),
        ("/l/x.png", None),
        ("/texts/article.txt", "/texts/article.txt"),
        ("/texts/folder", None),
    ],
)
def test_records_texts_and_folders_are_what_a_library_cares_about(path: str, expected: str | None) -> None:
    assert relevant(path, Path("/l")) == expected


def test_a_folder_that_goes_and_comes_back_is_watched_again(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    watch = watched()
    away = shelf.folder.with_name("away")

    def put_back() -> None:
        # In the middle of a round that waits for it.
        away.rename(shelf.folder)
        shelf.country("later")

    shelf.folder.rename(away)
    timer = threading.Timer(0.7, put_back)
    timer.start()
    try:
        # When watching begins anew a round tells of nothing: look for yourself.
        assert any(not told and shelf.folder.is_dir() for told in watch.rounds)
    finally:
        timer.join()
    shelf.country("india")
    assert watch.sees("india.yaml")


def test_a_folder_that_comes_is_told_and_looked_at_again_when_it_is_quiet(
    shelf: Shelf, watched: Callable[..., Watched]
) -> None:
    watch = watched()
    shelf.write("new/deep/india.yaml", "kind: country\n")
    told = {path for told in iter(watch.rounds.__next__, set()) for path in told}
    assert "new" in told
    shelf.write("new/deep/peru.yaml", "kind: country\n")
    assert watch.sees("new/deep/peru.yaml")


def test_while_folders_keep_coming_everything_is_looked_at_now_and_then(
    shelf: Shelf, watched: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "_LONGEST_DOUBT_SECONDS", 0.0)
    watch = watched()
    for number in range(3):
        (shelf.folder / f"new{number}").mkdir()
        assert next(watch.rounds) == set()


def test_very_many_changes_at_once_are_not_told_one_by_one(
    shelf: Shelf, watched: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = watched()
    with monkeypatch.context() as patch:
        patch.setattr(watcher, "_MANY", 1)
        shelf.country("japan")
        assert next(watch.rounds) == set()
        # Once more when it is quiet, for the system may have kept something to itself.
        assert next(watch.rounds) == set()
    shelf.country("india")
    assert watch.sees("india.yaml")


def test_everything_is_looked_at_now_and_then_though_nothing_is_told(
    shelf: Shelf, watched: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "_SHORTEST_REST_SECONDS", 0.0)
    monkeypatch.setattr(watcher, "_LONGEST_REST_SECONDS", 0.0)
    watch = watched()
    assert next(watch.rounds) == set()
    assert next(watch.rounds) == set()


def test_a_folder_of_texts_that_comes_later_is_watched_too(shelf: Shelf, watched: Callable[..., Watched]) -> None:
    shelf.texts.rmdir()
    watch = watched(shelf.texts)
    shelf.texts.mkdir()
    assert next(watch.rounds) == set()
    (shelf.texts / "article.txt").write_text("words", encoding="utf-8")
    assert watch.sees((shelf.texts / "article.txt").as_posix())


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_name_that_is_no_text_leaves_the_system_listening(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, watched: Callable[..., Watched]
) -> None:
    asked: list[bool] = []
    real = watchfiles.watch

    def noting(*paths: Path, force_polling: bool, **more: Any) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        asked.append(force_polling)
        return real(*paths, force_polling=force_polling, **more)

    monkeypatch.setattr(watchfiles, "watch", noting)
    watch = watched()
    Path(os.fsdecode(os.fsencode(shelf.folder) + b"/caf\xe9.yaml")).touch()
    assert next(watch.rounds) == set()
    shelf.country("india")
    assert watch.sees("india.yaml")
    assert asked == [False, False]


def test_it_stops_when_it_should_within_a_second(shelf: Shelf) -> None:
    watch = Watched(shelf.folder)
    began = time.monotonic()
    watch.stop()
    assert time.monotonic() - began < 5


def test_where_the_system_refuses_the_folder_is_polled(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "_POLL_MS", 50)
    real = watchfiles.watch
    asked: list[bool] = []

    def limited(*paths: Path, force_polling: bool, **more: Any) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        asked.append(force_polling)
        if not force_polling:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*paths, force_polling=True, **more)

    monkeypatch.setattr(watchfiles, "watch", limited)
    watch = Watched(shelf.folder)
    shelf.country("india")
    # What is polled may change twice between two looks: look for yourself.
    assert next(watch.rounds) == set()
    assert asked == [False, True]


def test_where_even_polling_fails_every_round_says_look_for_yourself(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "_WAIT_SECONDS", 0.0)

    def broken(*_: Path, **__: Any) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        raise RuntimeError("no")

    monkeypatch.setattr(watchfiles, "watch", broken)
    watch = Watched(shelf.folder)
    assert next(watch.rounds) == set()
    assert next(watch.rounds) == set()


def test_an_unreadable_folder_does_not_stop_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def noting(*_: Path, **more: Any) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        given.update(more)
        yield set()

    monkeypatch.setattr(watchfiles, "watch", noting)
    Watched(shelf.folder)
    assert given["ignore_permission_denied"] is True


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /home/me nfs4 rw 0 0
/dev/sdb1 /home/me/local ext4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
me@host: /mnt/over fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "shared"),
    [
        ("/home/me/library", True),
        ("/home/me", True),
        ("/home/meander", False),
        ("/home/me/local/library", False),
        ("/mnt/my share/library", True),
        ("/mnt/over/x", True),
        ("/srv", False),
    ],
)
def test_a_disk_of_another_machine_is_known_by_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, shared: bool
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.path.realpath", str)
    assert is_shared_disk(Path(place), tmp_path / "mounts") is shared


def test_where_disks_cannot_be_listed_none_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert not is_shared_disk(tmp_path, tmp_path / "nothing")
    monkeypatch.setattr("sys.platform", "win32")
    assert not is_shared_disk(tmp_path)
