"""`briefing` without a verb, where there is a window and where there is none."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from briefing.cli import display, main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a display be missing")


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "library.yaml").write_text("briefing: 1\ntitle: Many notes\n", encoding="utf-8")
    for number in range(20):
        (folder / f"event-{number:02}.yaml").write_text(f"kind: event\ntitle: Meeting {number:02}\n", encoding="utf-8")
    (folder / "telecoms.yaml").write_text("kind: technology\ntitle: Telecoms\n", encoding="utf-8")
    (folder / "five.yaml").write_text("kind: technology\ntitle: 5G\nbroader: telecoms\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("kind: [\n", encoding="utf-8")
    return folder


def test_without_a_display_the_tree_is_printed_with_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[0] == display.NO_DISPLAY
    assert any(line.startswith("Countries ") for line in lines)
    assert "  India" in lines
    assert any(line.startswith("  briefing search ") for line in lines)
    assert any(line.startswith("  briefing print ") for line in lines)
    assert shown.err == ""


@pytest.mark.parametrize("on_path", [True, False])
def test_how_to_go_on_can_be_typed_as_it_stands(
    on_path: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "in a venv" / "briefing"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(program)])
    monkeypatch.setenv("PATH", str(program.parent if on_path else tmp_path))
    assert main([]) == 0
    assert ("  briefing search " if on_path else f"  '{program}' search ") in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_all_that_is_spoken_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("frobnicate: There is no such folder.")


def test_long_sections_are_cut_and_what_nests_is_indented(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(notes)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Many notes" in lines
    begin = lines.index("Meetings and events 20")
    assert lines[begin + 1] == "  Meeting 00"
    assert lines[begin + 13] == "  … and 8 more"
    begin = lines.index("Technology areas 2")
    assert lines[begin + 1 : begin + 3] == ["  Telecoms", "    5G"]
    assert any(line.startswith("  broken.yaml") for line in lines)


def test_a_display_that_does_not_answer_is_as_good_as_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("so no window can be opened.")
    assert "  India" in lines


def test_a_system_library_that_qt_misses_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "why_no_window", lambda: "")

    class Missing(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setitem(sys.modules, "briefing.app.app", Missing("briefing.app.app"))
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "libEGL.so.1" in lines[0]
    assert "libegl1" in lines[0]
    assert "  India" in lines


@pytest.mark.parametrize(
    ("argv", "record", "query"),
    [
        (["{notes}"], "", ""),
        (["{notes}/library.yaml"], "", ""),
        (["--library", "{notes}"], "", ""),
        (["--library={notes}", "briefing:telecoms"], "telecoms", ""),
        (["--library={notes}", "briefing:?q=kind:event"], "", "kind:event"),
    ],
)
def test_the_window_opens_on_what_is_named(
    argv: list[str], record: str, query: str, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "why_no_window", lambda: "")
    opened = []

    def run(library: Path | None, *, texts: Path | None = None, record: str = "", query: str = "") -> int:
        opened.append((library, texts, record, query))
        return 7

    app = ModuleType("briefing.app.app")
    app.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "briefing.app.app", app)
    assert main([each.format(notes=notes) for each in argv]) == 7
    assert opened == [(notes, None, record, query)]


def test_a_folder_named_twice_is_refused(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(notes), "--library", str(notes)]) == 2
    assert "twice" in capsys.readouterr().err
