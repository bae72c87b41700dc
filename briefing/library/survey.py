"""What changed in a library's folder since it was catalogued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.library.folder import LIBRARY_FILE, ROOT, walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.library.catalogue import Catalogue
    from briefing.library.folder import FileStamp, Obstacle
    from briefing.library.texts import Texts
    from briefing.records.problems import Problem


class Survey:
    """The folder beside the catalogue, at one generation of it.

    `library_file` is library.yaml where it came or changed; `library_gone` says that it went. `walk_problems` are
    those of the walk where they are others than before, else None.
    """

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.changed: list[FileStamp] = []
        self.removed: list[str] = []
        self.library_file: FileStamp | None = None
        self.library_gone = False
        self.walk_problems: list[Problem] | None = None
        self.texts_moved = self.unchecked = self.index_behind = False

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to do."""
        return not self.changed and self.has_only_changes

    @property
    def has_only_changes(self) -> bool:
        """Whether there is nothing to do but to look at `changed`."""
        return self.generation > 0 and not (
            self.removed
            or self.library_file
            or self.library_gone
            or self.walk_problems is not None
            or self.texts_moved
            or self.unchecked
            or self.index_behind
        )


def survey(
    folder: Path, catalogue: Catalogue, texts: Texts, cancelled: Callable[[], bool], seen: Callable[[int], None]
) -> Survey:
    """Walk a folder and tell what is not as the catalogue has it."""
    found = Survey(int(catalogue.meta("generation", 0)))
    known: dict[str, str] = dict(catalogue.rows("SELECT path, stamp FROM files"))
    files, obstacles = walk(folder, cancelled, seen, known)
    found.library_file = next((file for file in files if file.path == LIBRARY_FILE), None)
    found.changed = [file for file in files if file.path != LIBRARY_FILE]
    library_gone = known.pop(LIBRARY_FILE, None) is not None
    # What lies below a folder that cannot be read is not known to be gone.
    closed = tuple(
        "" if each.path == ROOT else f"{each.path}/" for each in obstacles if each.code == "unreadable-folder"
    )
    found.removed = [path for path in known if not path.startswith(closed)] if closed else list(known)
    found.library_gone = library_gone and "" not in closed
    found.walk_problems = _other_problems(catalogue, obstacles)
    found.texts_moved = bool(texts.moved(catalogue))
    found.unchecked = bool(catalogue.meta("unchecked", 0) or catalogue.row("SELECT 1 FROM dirty LIMIT 1"))
    found.index_behind = catalogue.meta("index", 0) != found.generation
    return found


def _other_problems(catalogue: Catalogue, obstacles: list[Obstacle]) -> list[Problem] | None:
    """Return the problems that the walk met, or None where they are those that it met before."""
    rows = catalogue.rows(
        "SELECT file, line, column, code, message, mend, severity, record FROM problems WHERE origin = 'walk'"
    )
    if not rows and not obstacles:
        return None
    # Imported here: few libraries have any, and every search looks.
    from briefing.library.obstacles import problem_of
    from briefing.records.problems import Problem

    problems = sorted(map(problem_of, obstacles))
    return None if problems == sorted(Problem(*row) for row in rows) else problems
