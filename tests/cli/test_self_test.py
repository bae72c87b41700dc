"""`briefing self-test`: whether an installation is whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing import program, resources
from briefing.cli import main, self_checks
from briefing.errors import BriefingError, EnvironmentFault
from briefing.printing.typeset import Printed, Typesetter

if TYPE_CHECKING:
    from briefing.document.blocks import Document

ROOT = Path(__file__).resolve().parents[2]


def lines(text: str) -> dict[str, tuple[str, str]]:
    """Each check's outcome and sentence."""
    found = [re.split(" {2,}", line, maxsplit=2) for line in text.splitlines()]
    return {name: (outcome, sentence) for name, outcome, sentence in found}


@pytest.mark.needs_qt
def test_a_whole_installation_passes_from_any_folder_and_leaves_the_user_s_own_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    # A folder with modules that would be taken for the program's own.
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the folder one is in was imported')\n")
    environment = {**os.environ, "BRIEFING_CACHE": str(home / "cache"), "BRIEFING_CONFIG": str(home / "config")}
    done = subprocess.run(
        program.command("self-test"), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    found = lines(done.stdout)
    assert list(found) == list(self_checks.CHECKS)
    assert {outcome for outcome, _ in found.values()} == {"ok"}
    assert "Latin, Greek, Cyrillic" in found["fonts"][1]
    assert "96 records" in found["index"][1]
    assert [*home.iterdir()] == []


def test_a_check_that_fails_says_what_where_and_the_mend_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(_: Path) -> str:
        raise EnvironmentFault("The paper is missing", where="tray 2", mend="Put some in.")

    def broken(_: Path) -> str:
        raise ZeroDivisionError("division by zero")

    checks = {"tray": lacking, "lamp": broken, "ink": lambda _: "black"}
    monkeypatch.setattr(self_checks, "CHECKS", checks)
    assert main(["self-test"]) == 1
    found = lines(capsys.readouterr().out)
    assert found["tray"] == ("failed", "tray 2: The paper is missing. Put some in.")
    assert found["lamp"][0] == "failed"
    assert found["lamp"][1].startswith("ZeroDivisionError: division by zero. Install")
    assert found["ink"] == ("ok", "black")


def test_every_library_that_the_program_needs_is_tried() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", each)[0] for each in needed}  # type: ignore[index]
    assert set(self_checks.LIBRARIES) == names


def test_a_library_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pycountry", None)
    with pytest.raises(EnvironmentFault, match="pycountry cannot be loaded"):
        self_checks.check_libraries(tmp_path)


def test_the_list_of_shipped_files_is_complete() -> None:
    root = resources.resource()
    there = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    listed = (root / "contents.txt").read_text(encoding="utf-8").splitlines()
    # A file that is added or deleted is a line of the list, which is in the order of its letters.
    assert listed == [name for name in there if name != "contents.txt"]


@pytest.mark.parametrize("harm", ["missing", "empty"])
def test_a_shipped_file_that_is_not_whole_is_named(harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "resources"
    shutil.copytree(resources.resource(), copy)
    monkeypatch.setattr(self_checks, "resource", copy.joinpath)
    file = copy / "templates" / "record.typ"
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(b"")
    with pytest.raises(EnvironmentFault, match=r"templates/record\.typ cannot be read or are empty"):
        self_checks.check_resources(tmp_path)
    (copy / "contents.txt").unlink()
    with pytest.raises(EnvironmentFault, match="The list of shipped files is missing"):
        self_checks.check_resources(tmp_path)


def test_a_script_without_a_font_is_told_and_no_fault_unless_its_font_ships_with_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lacking = {"Thai"}

    def printed(_self: Typesetter, page: Document) -> Printed:
        return Printed(b"", archival=page.title not in lacking)

    monkeypatch.setattr(Typesetter, "printed", printed)
    assert "; no font here has Thai" in self_checks.check_fonts(tmp_path)
    lacking.add("Greek")
    with pytest.raises(BriefingError, match="Greek cannot be printed"):
        self_checks.check_fonts(tmp_path)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import sys; sys.exit('The system library libEGL.so.1 is missing.')", "libEGL"),
        ("import os; os.abort()", "process ended with"),
        ("pass", "was not drawn"),
    ],
)
def test_a_window_that_does_not_open_is_told(
    code: str, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(program, "command", lambda *words: (sys.executable, "-S", "-c", code))
    with pytest.raises(BriefingError, match=sentence):
        self_checks.check_window(tmp_path)


def test_the_program_starts_itself_in_a_bundle_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert program.command("index") == (sys.executable, "-P", "-m", "briefing", "index")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program.command("index") == (sys.executable, "index")
