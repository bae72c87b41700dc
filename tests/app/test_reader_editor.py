from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtGui import QDesktopServices

from briefing.app.reader import editor
from briefing.app.reader.editor import editor_command, open_in_editor

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path("/lib/a b.yaml")


def here(*names: str) -> Callable[[str], str | None]:
    """Return a `which` that knows only those programs."""
    return lambda name: f"/bin/{name}" if name in names else None


def command(setting: str = "", *programs: str, **environment: str) -> list[str]:
    return editor_command(setting, FILE, 12, 3, environment=environment, which=here(*programs))


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("code -g {file}:{line}", ["code", "-g", "/lib/a b.yaml:12"]),
        ("gvim +{line} {file}", ["gvim", "+12", "/lib/a b.yaml"]),
        ("'/opt/my editor' --at {line},{column} {file}", ["/opt/my editor", "--at", "12,3", "/lib/a b.yaml"]),
        ("kate", ["kate", "--line", "12", "/lib/a b.yaml"]),
        ("/usr/bin/kate -n", ["/usr/bin/kate", "-n", "--line", "12", "/lib/a b.yaml"]),
        ("C:/Programs/notepad++.exe", ["C:/Programs/notepad++.exe", "-n12", "-c3", "/lib/a b.yaml"]),
        ("unheard-of", ["unheard-of", "/lib/a b.yaml"]),
        ("odd {other} {file}", ["odd", "{other}", "/lib/a b.yaml"]),
        ("code 'not closed {file}", ["code", "'not", "closed", "/lib/a b.yaml"]),
    ],
)
def test_the_setting_says_how_a_file_is_opened(setting: str, expected: list[str]) -> None:
    assert command(setting, "gedit", VISUAL="gvim") == expected


def test_a_name_is_never_read_as_anything_but_a_name() -> None:
    odd = Path("/lib/$(rm -rf ~) {line};'.yaml")
    assert editor_command("gvim +{line} {file}", odd, 7) == ["gvim", "+7", str(odd)]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"VISUAL": "subl --wait"}, ["subl", "--wait", "/lib/a b.yaml:12:3"]),
        ({"EDITOR": "emacs"}, ["emacs", "+12:3", "/lib/a b.yaml"]),
        ({"VISUAL": "vim", "EDITOR": "emacs -nw"}, ["/bin/gedit", "+12", "/lib/a b.yaml"]),
        ({"VISUAL": "not-installed"}, ["/bin/gedit", "+12", "/lib/a b.yaml"]),
        ({"VISUAL": "kate"}, ["/bin/gedit", "+12", "/lib/a b.yaml"]),
        ({}, ["/bin/gedit", "+12", "/lib/a b.yaml"]),
    ],
)
def test_only_an_editor_with_a_window_is_taken_from_the_environment(
    environment: dict[str, str], expected: list[str]
) -> None:
    assert command("", "gedit", "emacs", "vim", *(["subl"] if "subl" in str(environment) else []), **environment) == (
        expected
    )


def test_no_editor_is_no_command() -> None:
    assert command("") == []


def test_a_line_is_counted_from_one() -> None:
    assert editor_command("gvim +{line} {file}", FILE, 0, 0) == ["gvim", "+1", "/lib/a b.yaml"]


def test_the_program_is_started_with_a_list_and_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str], str]] = []

    def start(program: str, arguments: list[str], folder: str) -> tuple[bool, int]:
        started.append((program, arguments, folder))
        return True, 4711

    monkeypatch.setattr(QProcess, "startDetached", start)
    assert open_in_editor("code -g {file}:{line}", FILE, 4)
    assert started == [("code", ["-g", "/lib/a b.yaml:4"], "/lib")]


def test_where_the_editor_does_not_start_the_system_opens_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: object) -> bool:
        opened.append(url.toLocalFile())  # type: ignore[attr-defined]
        return False

    monkeypatch.setattr(QProcess, "startDetached", lambda *arguments: (False, -1))
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert not open_in_editor("code", FILE)
    monkeypatch.setattr(editor, "editor_command", lambda *arguments: [])
    assert not open_in_editor("", FILE)
    assert opened == ["/lib/a b.yaml"] * 2
