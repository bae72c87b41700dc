"""Whether a window can be opened here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefing.cli import display

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a display be missing")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)


def test_no_display_is_said_in_one_sentence() -> None:
    assert display.why_no_window() == display.NO_DISPLAY
    assert display.NO_DISPLAY.count(".") == 1


def test_off_screen_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(display, "_why_not_loaded", lambda _: "")
    assert display.why_no_window() == ""


def test_a_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.setattr(display, "_why_not_loaded", lambda _: "")
    assert display.why_no_window() == "The display :4711 does not answer, so no window can be opened."


def test_a_wayland_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-4711")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    # Without PySide6's own Wayland platform, or the libraries of it, that would be the reason.
    monkeypatch.setattr(display, "_why_not_loaded", lambda _: "")
    reason = display.why_no_window()
    assert "wayland-4711" in reason
    assert reason.endswith("so no window can be opened.")


def test_a_platform_that_qt_does_not_have_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "mirror")
    assert "mirror" in display.why_no_window()


def test_one_platform_that_works_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "mirror;offscreen")
    monkeypatch.setattr(display, "_why_not_loaded", lambda _: "")
    assert display.why_no_window() == ""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_a_display_that_answers_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    server = subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        monkeypatch.setenv("DISPLAY", f":{server.stdout.readline().strip()}")
        monkeypatch.setattr(display, "_why_not_loaded", lambda _: "")
        assert display.why_no_window() == ""
    finally:
        server.terminate()
        server.communicate()


def test_a_missing_system_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert display.missing_library(error) == (
        "The system library libEGL.so.1 is missing (Debian's package libegl1 has it), so no window can be opened."
    )


def test_another_fault_of_qt_is_said_as_it_is() -> None:
    assert "wrong ELF class" in display.missing_library(ImportError("libEGL.so.1: wrong ELF class"))


def test_a_library_that_the_platform_needs_is_missed_before_qt_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler to make a platform that needs what is not there")
    needed = tmp_path / "libnowhere.so.0"
    empty = ["-x", "c", "/dev/null", "-x", "none"]
    subprocess.run([compiler, "-shared", "-o", needed, f"-Wl,-soname,{needed.name}", *empty], check=True)
    plugin = tmp_path / "libqxcb.so"
    subprocess.run([compiler, "-shared", "-o", plugin, *empty, "-Wl,--no-as-needed", needed], check=True)
    needed.unlink()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display, "_plugin", lambda _: plugin)
    assert display.why_no_window() == "The system library libnowhere.so.0 is missing, so no window can be opened."
