"""Completion, tried in the shells that are here."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from briefing.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}


def script(shell: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["completion", shell]) == 0
    path = folder / f"briefing.{shell}"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def needs(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


@pytest.mark.parametrize("shell", CHECKS)
def test_the_script_names_every_verb(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, tmp_path, capsys).read_text(encoding="utf-8")
    assert "screenshot" in text
    assert "trilateral" not in text


@pytest.mark.parametrize("shell", CHECKS)
def test_the_shell_can_read_its_script(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs(shell)
    path = script(shell, tmp_path, capsys)
    done = subprocess.run([*CHECKS[shell], path], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def bash_completions(path: Path, line: str) -> set[str]:
    """Let bash complete the last word of a line."""
    program = f"""
        source {path}
        COMP_WORDS=({line}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
        function=$(complete -p briefing | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function briefing "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", program], capture_output=True, text=True, timeout=30, check=True, cwd=path.parent
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("briefing sea", {"search"}),
        ("briefing --library /tmp sc", {"schema", "screenshot"}),
        ("briefing search --li", {"--limit", "--library"}),
        ("briefing show icet --format ''", {"text", "markdown", "html", "json"}),
        ("briefing print icet --paper ''", {"a4", "letter"}),
        ("briefing schema co", {"country", "commitment"}),
        ("briefing completion ''", {"bash", "zsh", "fish"}),
        ("briefing --library n", {"notes"}),
        ("briefing print icet -o b", {"briefing.bash"}),
    ],
)
def test_bash_completes(line: str, expected: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs("bash")
    path = script("bash", tmp_path, capsys)
    (tmp_path / "notes").mkdir()
    assert bash_completions(path, line) == expected


def test_bash_falls_back_to_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = script("bash", tmp_path, capsys).read_text(encoding="utf-8")
    assert "\ncomplete -o bashdefault -o default " in text


def test_fish_completes_verbs_and_choices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs("fish")
    path = script("fish", tmp_path, capsys)

    def complete(line: str) -> set[str]:
        program = f"source {path}; complete -C '{line}'"
        done = subprocess.run(
            ["fish", "--no-config", "-c", program], capture_output=True, text=True, timeout=30, check=True
        )
        return {row.split("\t")[0] for row in done.stdout.splitlines()}

    assert complete("briefing sea") == {"search"}
    assert complete("briefing show icet --format ") == {"text", "markdown", "html", "json"}


def test_an_unknown_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "tcsh" in capsys.readouterr().err
