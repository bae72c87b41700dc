"""Opens a file in the user's own editor, at a line."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess

from briefing.app.desktop import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


_GO_TO = ("-g", "{file}:{line}:{column}")
_PLUS_LINE = ("+{line}", "{file}")
_LINE_OPTION = ("--line", "{line}", "{file}")

# How each editor is told a line; those with a window only, for a terminal's editor would start unseen.
# In the order in which they are looked for.
GRAPHICAL_EDITORS: dict[str, tuple[str, ...]] = {
    "code": _GO_TO,
    "codium": _GO_TO,
    "code-insiders": _GO_TO,
    "zed": ("{file}:{line}:{column}",),
    "subl": ("{file}:{line}:{column}",),
    "kate": _LINE_OPTION,
    "gedit": _PLUS_LINE,
    "gnome-text-editor": ("{file}",),  # takes no line
    "geany": _PLUS_LINE,
    "pluma": _PLUS_LINE,
    "xed": _PLUS_LINE,
    "mousepad": _LINE_OPTION,
    "kwrite": _LINE_OPTION,
    "gvim": _PLUS_LINE,
    "mate": ("-l", "{line}", "{file}"),
    "bbedit": _PLUS_LINE,
    "notepad++": ("-n{line}", "-c{column}", "{file}"),
}
_FROM_ENVIRONMENT = {**GRAPHICAL_EDITORS, "emacs": ("+{line}:{column}", "{file}"), "emacsclient": _PLUS_LINE}
_IN_TERMINAL = frozenset({"-nw", "-t", "--tty", "--no-window-system"})


def editor_command(
    setting: str,
    file: Path,
    line: int = 1,
    column: int = 1,
    *,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """Return the program and arguments that open a file at a line; empty where no editor is known.

    `setting` is a command with `{file}`, `{line}` and `{column}` in it, such as `code -g {file}:{line}`; without
    `{file}`, what the editor of that name wants is added. Where there is no setting, VISUAL and EDITOR are asked,
    if they name an editor with a window, then the usual editors are looked for.
    """
    words = _split(setting)
    if words:
        if not any("{file}" in word for word in words):
            words += _FROM_ENVIRONMENT.get(_name(words[0]), ("{file}",))
        return _filled(words, file, line, column)
    for variable in ("VISUAL", "EDITOR"):
        words = _split(environment.get(variable, ""))
        if words and _name(words[0]) in _FROM_ENVIRONMENT and not _IN_TERMINAL.intersection(words) and which(words[0]):
            return _filled([*words, *_FROM_ENVIRONMENT[_name(words[0])]], file, line, column)
    for name, arguments in GRAPHICAL_EDITORS.items():
        program = which(name)
        if program:
            return _filled([program, *arguments], file, line, column)
    return []


def _split(command: str) -> list[str]:
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError:  # a quotation mark that is not closed
        words = command.split()
    return [word.strip('"') for word in words]


def _name(program: str) -> str:
    name = PurePath(program).name
    return name.rsplit(".", 1)[0] if name.lower().endswith((".exe", ".cmd", ".bat")) else name


def _filled(words: list[str], file: Path, line: int, column: int) -> list[str]:
    # Replaced one by one rather than with str.format: other braces in a command are its own affair. The file comes
    # last, for its name may hold anything.
    values = {"{line}": str(max(line, 1)), "{column}": str(max(column, 1)), "{file}": str(file)}
    filled = []
    for word in words:
        for name, value in values.items():
            word = word.replace(name, value)
        filled.append(word)
    return filled


def open_in_editor(setting: str, file: Path, line: int = 1, column: int = 1) -> bool:
    """Open a file at a line, or at least open it; False where nothing on this machine would."""
    command = editor_command(setting, file, line, column)
    if command:
        # The list goes to the program as it is: no shell ever reads a file's name.
        started = QProcess.startDetached(command[0], command[1:], str(file.parent))
        if started[0] if isinstance(started, tuple) else started:
            return True
    return open_file(file)
