"""A library for a test: a folder that it writes, and what it asks of it."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from briefing.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.records.problems import Problem


class Shelf:
    """A folder of records that a test writes, and the libraries that it opens on it."""

    def __init__(self, folder: Path, texts: Path) -> None:
        self.folder = folder
        self.texts = texts
        self._opened: list[Library] = []

    def write(self, path: str, text: str) -> Path:
        """Write a file as an editor does: beside the old one, and then in its place."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.draft")
        draft.write_text(dedent(text), encoding="utf-8")
        draft.replace(target)
        return target

    def write_bytes(self, path: str, data: bytes) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target

    def country(self, name: str, more: str = "", *, title: str = "") -> Path:
        return self.write(f"{name}.yaml", f"kind: country\ntitle: {title or name.title()}\n{more}")

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def open(self, *, texts: Path | None = None) -> Library:
        library = Library(self.folder, texts=texts)
        self._opened.append(library)
        return library

    def indexed(self, *, texts: Path | None = None) -> Library:
        library = self.open(texts=texts)
        library.update()
        return library

    def close(self) -> None:
        for library in self._opened:
            library.close()


def told(library: Library, file: str | None = None) -> list[tuple[str, int, int, str]]:
    """Return where the problems of a library are, and what they are called."""
    return [(each.file, each.line, each.column, each.code) for each in library.problems(file)]


def only(library: Library) -> Problem:
    """Return the one problem that a library has."""
    (problem,) = library.problems()
    return problem
