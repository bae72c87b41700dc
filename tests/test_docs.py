"""What README, CONTRIBUTING and the help say is so."""

from __future__ import annotations

import re
import shlex
import struct
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.cli.parser import parse
from briefing.cli.verbs import VERBS
from briefing.records.kinds import KINDS
from briefing.search.query import FILTERS
from briefing.search.query import parse as parse_query

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
OPEN = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/briefing"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """The lines of the README's shell blocks that call `briefing`, without their comments."""
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("briefing")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def first_column(heading: str) -> list[str]:
    """The code spans in the first column of the table below a heading."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def test_the_first_screen_has_both_commands_and_the_picture() -> None:
    first = "\n".join(README.splitlines()[:24])
    assert f"\n{OPEN}\n" in first
    assert f"\n{TEST}\n" in first
    assert "](packaging/pictures/window-light.png)" in first


def test_ci_runs_the_readme_s_test_command() -> None:
    assert f"\n{TEST}\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\n{TEST}\n" in CONTRIBUTING


def test_every_file_that_the_readme_shows_or_links_to_is_there() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_the_picture_is_a_whole_window() -> None:
    data = (ROOT / "packaging" / "pictures" / "window-light.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width >= 1200
    assert height >= 700


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_of_the_readme_is_one(command: list[str]) -> None:
    if command == ["--version"]:
        with pytest.raises(SystemExit) as stop:
            parse(command)
        assert stop.value.code == 0
    else:
        assert parse(command).verb in VERBS


@pytest.mark.parametrize(
    "command", [each for each in commands() if each[0] in ("search", "show", "check", "schema")], ids=" ".join
)
def test_every_command_of_the_readme_that_only_reads_does_what_it_says(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for earlier in commands():
        if earlier[0] == "print" and any(name.endswith(".pdf") and name in command for name in earlier):
            assert main(earlier) == 0
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out


def test_the_readme_shows_every_verb() -> None:
    assert {command[0] for command in commands()} >= set(VERBS)


@pytest.mark.parametrize("query", first_column("Searching"))
def test_every_query_of_the_readme_is_understood(query: str) -> None:
    assert parse_query(query).notes == ()
    for field in re.findall(r"(\w+):", query):
        assert field in FILTERS


@pytest.mark.parametrize("heading", ["In the window"])
@pytest.mark.needs_qt
def test_every_key_of_the_readme_is_one_of_the_window(heading: str) -> None:
    from briefing.app.actions import TABLE

    keys = {key for spec in TABLE for key in spec.keys}
    assert [key for key in first_column(heading) if key not in keys] == []


def test_the_record_of_the_readme_has_no_faults() -> None:
    from briefing.records.reader import LibraryInfo, read_text

    record = next(block for block in blocks("yaml") if block.startswith("kind:"))
    reading = read_text(record.encode(), "etd.yaml", LibraryInfo())
    assert [str(problem) for problem in reading.problems] == []
    assert reading.records[0].id == "etd"


def test_contributing_is_one_page_that_ends_in_a_map_of_the_code() -> None:
    assert len(CONTRIBUTING.splitlines()) <= 66
    last = CONTRIBUTING.split("\n## ")[-1]
    assert last.startswith("Map\n")
    packages = [path.parent.name for path in (ROOT / "briefing").glob("*/__init__.py")]
    assert [name for name in packages if f"`briefing/{name}/`" not in last] == []


def test_the_changelog_has_something_about_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert "## [Unreleased]" in changelog or f"## [{version[1]}]" in changelog


def test_the_help_of_schema_names_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert all(kind.name in shown for kind in KINDS)


def test_the_saved_searches_of_the_readme_can_be_read(tmp_path: Path) -> None:
    from briefing.app.saved_file import read_searches
    from briefing.search.query import parse as parse_query

    file = tmp_path / "searches.yaml"
    file.write_text(next(block for block in blocks("yaml") if block.startswith("saved-searches:")), encoding="utf-8")
    assert [(each.name, parse_query(each.query).notes) for each in read_searches(file)] == [("Planned with Korea", ())]
