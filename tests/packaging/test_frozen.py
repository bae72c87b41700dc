"""What the frozen program is made from, and its first steps."""

from __future__ import annotations

import ast
import multiprocessing.resource_tracker
import multiprocessing.spawn
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyinstaller import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
PYINSTALLER = ROOT / "packaging" / "pyinstaller"
QT = "PySide6/Qt"


@pytest.fixture
def start() -> dict[str, Any]:
    return runpy.run_path(str(PYINSTALLER / "start.py"), run_name="start")


def imported() -> Iterator[str]:
    for path in (ROOT / "briefing").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_is_left_out_that_the_program_imports() -> None:
    names = set(imported())
    assert [each for each in parts.EXCLUDED if any(f"{name}.".startswith(f"{each}.") for name in names)] == []


@pytest.mark.needs_qt
def test_whatever_the_program_imports_can_be_loaded_without_what_is_left_out() -> None:
    program = f"""
import sys
sys.modules.update(dict.fromkeys({parts.EXCLUDED}))
import {", ".join(sorted({name.partition(".")[0] for name in imported()} - {"msvcrt", "winreg", "_winapi"}))}
import PySide6.QtPrintSupport, PySide6.QtSvg, PySide6.QtWidgets
from watchfiles import watch
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_program_s_modules_and_resources_are_taken_whole() -> None:
    spec = (PYINSTALLER / "briefing.spec").read_text(encoding="utf-8")
    assert "briefing" in parts.PACKAGES
    assert 'collect_data_files("briefing")' in spec


def test_versions_and_licences_come_along_of_all_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[^\w.-]", each)[0].lower() for each in project["dependencies"]}
    # A distribution may write its name with the other line.
    found = {name.lower().replace("_", "-") for name in parts.distributions()}
    assert {"briefing", "mdurl", *needed} <= found
    assert "pytest" not in found
    assert [Path(file).name for file, _ in parts.python_licence()] == ["LICENSE.txt"]


def rows(*names: str, source: str = "/v/site-packages", kind: str = "BINARY") -> list[parts.Entry]:
    return [(name, f"{source}/{name}", kind) for name in names]


def kept(binaries: list[parts.Entry], loads: dict[str, list[str]], platform: str = "linux") -> list[str]:
    def imports(path: str) -> list[str]:
        return next((names for name, names in loads.items() if path.endswith(name)), [])

    return [row[0] for row in parts.kept_binaries(binaries, imports, platform=platform)]


def test_libraries_of_the_system_are_left_to_the_system() -> None:
    system = rows("libz.so.1", "libpython3.11.so.1.0", source="/usr/lib/x86_64-linux-gnu")
    assert kept(system, {}) == ["libpython3.11.so.1.0"]
    assert kept(system, {}, platform="darwin") == ["libz.so.1", "libpython3.11.so.1.0"]
    assert kept(rows("_bz2.so", source="/usr/lib/python3.11/lib-dynload", kind="EXTENSION"), {}) == ["_bz2.so"]


def test_of_qt_is_kept_what_is_named_and_what_that_loads() -> None:
    found = rows(
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/lib/libQt6XcbQpa.so.6",
        f"{QT}/lib/libQt6Core.so.6",
        f"{QT}/lib/libQt6Network.so.6",
        "PySide6/QtCore.abi3.so",
    )
    loads = {
        "libqxcb.so": ["libQt6XcbQpa.so.6"],
        "libqvnc.so": ["libQt6Network.so.6"],
        "QtCore.abi3.so": ["libQt6Core.so.6"],
    }
    assert kept(found, loads) == [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/lib/libQt6XcbQpa.so.6",
        f"{QT}/lib/libQt6Core.so.6",
        "PySide6/QtCore.abi3.so",
    ]


def test_names_in_other_languages_and_links_are_left_out() -> None:
    data = rows("pycountry/locales/de.mo", "pycountry/databases/iso3166-1.json", kind="DATA")
    links = rows("libQt6Core.so.6", kind="SYMLINK")
    assert [row[0] for row in parts.kept_data(data + links, platform="linux")] == ["pycountry/databases/iso3166-1.json"]
    assert parts.kept_data(links, platform="darwin") == links


def test_dates_and_numbers_are_kept_in_the_languages_that_there_are_words_of() -> None:
    folder = "babel/locale-data"
    names = ["root.dat", "de.dat", "de_AT.dat", "ko.dat", "fi.dat", "den.dat", "LICENSE.unicode"]
    kept = [row[0] for row in parts.kept_data([(f"{folder}/{name}", "", "DATA") for name in names])]
    assert kept == [f"{folder}/{name}" for name in ("root.dat", "de.dat", "de_AT.dat", "ko.dat", "LICENSE.unicode")]


def test_other_programs_get_the_environment_that_this_one_got(
    start: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/briefing/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    monkeypatch.setenv("DYLD_LIBRARY_PATH", "/opt/briefing/_internal")
    start["restore_environment"]()
    assert os.environ["LD_LIBRARY_PATH"] == "/mine"
    assert {"LD_LIBRARY_PATH_ORIG", "DYLD_LIBRARY_PATH"}.isdisjoint(os.environ)


def test_the_frozen_program_is_the_child_that_multiprocessing_asks_for(
    start: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []
    monkeypatch.setattr(multiprocessing.resource_tracker, "main", called.append)
    monkeypatch.setattr(multiprocessing.spawn, "freeze_support", lambda: called.append("worker"))
    serve: Callable[[], None] = start["serve_as_child"]
    tracker = multiprocessing.resource_tracker.ResourceTracker.ensure_running.__code__.co_consts
    command = next(each for each in tracker if isinstance(each, str) and each.startswith("from multiprocessing"))
    monkeypatch.setattr(sys, "argv", ["briefing", "-B", "-S", "-c", command % 5])
    with pytest.raises(SystemExit):
        serve()
    monkeypatch.setattr(sys, "argv", ["briefing", "--multiprocessing-fork", "pipe_handle=7"])
    serve()
    assert called == [5, "worker"]


@pytest.mark.parametrize(
    "words", [[], ["search", "-c"], ["search", "-c", "import os"], ["search", "--", "--multiprocessing-fork"]]
)
def test_every_other_command_goes_on(words: list[str], start: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["briefing", *words])
    assert start["serve_as_child"]() is None
