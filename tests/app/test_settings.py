from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from briefing.app import settings_file
from briefing.app.settings import RECENT_LIMIT, Place, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def written(path: Path, **values: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_the_first_start_has_the_usual_settings_and_writes_nothing(path: Path) -> None:
    settings = Settings.load(path)
    assert (settings.theme, settings.zoom, settings.recent) == ("system", 1.0, ())
    settings.save()
    assert not path.exists()


def test_what_is_saved_is_read_again(path: Path) -> None:
    settings = Settings.load(path)
    settings.opened("/library")
    settings.zoom = 1.5
    settings.theme = "dark"
    settings.columns = (200, 700, 260)
    settings.tree_shown = False
    settings.places["/library"] = Place(
        "record", "icet", 0.25, (("s:country",), ("s:country", "r:india")), ("s:country",), ("s:country", "r:india")
    )
    settings.save()
    again = Settings.load(path)
    assert again.last_library == "/library"
    assert again.recent == ("/library",)
    assert (again.zoom, again.theme, again.columns, again.tree_shown) == (1.5, "dark", (200, 700, 260), False)
    assert again.places == settings.places


@pytest.mark.parametrize(
    ("name", "value", "usual"),
    [
        ("theme", "pink", "system"),
        ("theme", 3, "system"),
        ("zoom", 0, 1.0),
        ("zoom", True, 1.0),
        ("zoom", "2", 1.0),
        ("recent", "/library", ()),
        ("recent", [1], ()),
        ("columns", [True, 2], ()),
        ("columns", [-1], ()),
        ("last_library", None, ""),
        ("tree_shown", "yes", True),
        ("places", [], {}),
        ("places", {"/library": 3}, {}),
        ("paper", "a3", "a4"),
    ],
)
def test_a_value_that_means_nothing_is_left_out(path: Path, name: str, value: object, usual: object) -> None:
    settings = Settings.load(written(path, **{name: value}))
    assert getattr(settings, name) == usual


def test_what_is_wrong_in_a_place_is_left_out_and_the_rest_kept(path: Path) -> None:
    place = {"kind": "record", "key": "icet", "scroll": 7, "open_nodes": [["s:country"], 3, []], "top_node": "x"}
    settings = Settings.load(written(path, places={"/library": place}))
    assert settings.places == {"/library": Place("record", "icet", 0.0, (("s:country",),))}


@pytest.mark.parametrize("content", ["", "{", "[1]", '"text"', "\x00", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_damaged_file_is_set_aside_and_not_lost(path: Path, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    path.parent.mkdir()
    path.write_bytes(data)
    settings = Settings.load(path)
    assert Path(settings.set_aside).read_bytes() == data
    assert not path.exists()
    settings.zoom = 2.0
    settings.save()
    assert Settings.load(path).zoom == 2.0


def test_a_damaged_file_that_cannot_be_moved_stays_where_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    path.write_text("{")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    assert Settings.load(path).set_aside == ""
    assert path.read_text() == "{"


def test_keys_of_a_later_version_are_kept(path: Path) -> None:
    settings = Settings.load(written(path, version=9, zoom=1.25, dossier=["icet"]))
    assert settings.zoom == 1.25
    settings.theme = "light"
    settings.save()
    data = json.loads(path.read_text())
    assert data == {"version": 9, "zoom": 1.25, "dossier": ["icet"], "theme": "light"}


def test_an_older_file_is_brought_to_this_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings_file.MIGRATIONS, 0, lambda data: {"version": 1, "zoom": data["enlarged"]})
    assert Settings.load(written(path, version=0, enlarged=1.75)).zoom == 1.75


def test_two_windows_do_not_undo_each_other(path: Path) -> None:
    one, other = Settings.load(path), Settings.load(path)
    one.zoom = 1.5
    one.places["/one"] = Place("record", "icet")
    one.save()
    other.theme = "dark"
    other.places["/other"] = Place("record", "quad")
    other.save()
    after = Settings.load(path)
    assert (after.zoom, after.theme) == (1.5, "dark")
    assert set(after.places) == {"/one", "/other"}


def test_a_file_that_another_program_damaged_meanwhile_is_written_anew(path: Path) -> None:
    settings = Settings.load(path)
    path.parent.mkdir()
    path.write_text("{")
    settings.zoom = 1.5
    settings.save()
    assert Settings.load(path).zoom == 1.5


def test_a_write_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.load(written(path, zoom=1.25))
    settings.zoom = 2.0

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dump", fail)
    with pytest.raises(OSError, match="No space"):
        settings.save()
    assert json.loads(path.read_text()) == {"zoom": 1.25}
    assert list(path.parent.iterdir()) == [path]


def test_a_library_whose_path_is_no_utf_8_is_remembered(path: Path) -> None:
    settings = Settings.load(path)
    settings.opened("/notes/caf\udce9")
    settings.save()
    assert Settings.load(path).last_library == "/notes/caf\udce9"


def test_a_device_takes_no_settings_and_stays_where_it_is(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(os.devnull)
    settings = Settings.load(path)
    settings.zoom = 2.0
    settings.save()
    assert (settings.set_aside, path.is_symlink()) == ("", True)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_latest_libraries_are_kept_and_the_places_of_those_only() -> None:
    settings = Settings()
    for number in range(RECENT_LIMIT + 3):
        settings.opened(f"/{number}")
        settings.places[f"/{number}"] = Place("record", "a")
    settings.opened("/5")
    assert settings.recent[0] == "/5"
    assert len(settings.recent) == len(set(settings.recent)) == RECENT_LIMIT
    assert set(settings.places) == set(settings.recent)


def test_the_folder_can_be_named_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRIEFING_CONFIG", str(tmp_path))
    assert settings_file.path() == tmp_path / "settings.json"


def test_otherwise_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_CONFIG", raising=False)
    assert settings_file.path().parent.name == "briefing"
