"""What changed in a library's folder since it was catalogued."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.library.folder import LIBRARY_FILE, FileStamp, walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.library.catalogue import Catalogue
    from briefing.library.coverage import Coverage
    from briefing.records.problems import Problem


@dataclass(slots=True)
class Survey:
    """The folder beside the catalogue, at one generation of it.

    `library_file` is library.yaml where it came or changed; `library_gone` says that it went. `walk_problems` are
    those of the walk where they are others than before, else None.
    """

    generation: int
    changed: list[FileStamp] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    library_file: FileStamp | None = None
    library_gone: bool = False
    walk_problems: list[Problem] | None = None
    texts_moved: bool = False
    unchecked: bool = False
    index_behind: bool = False

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
    folder: Path,
    catalogue: Catalogue,
    coverage: Coverage,
    cancelled: Callable[[], bool],
    seen: Callable[[int], None],
) -> Survey:
    """Walk a folder and tell what is not as the catalogue has it."""
    found = Survey(int(catalogue.meta("generation", 0)))
    known: dict[str, str] = dict(catalogue.rows("SELECT path, stamp FROM files"))
    files, problems = walk(folder, cancelled, seen, known)
    found.library_file = next((file for file in files if file.path == LIBRARY_FILE), None)
    found.changed = [file for file in files if file.path != LIBRARY_FILE]
    library_gone = known.pop(LIBRARY_FILE, None) is not None
    # What lies below a folder that cannot be read is not known to be gone.
    closed = tuple(
        "" if problem.file == "." else f"{problem.file}/" for problem in problems if problem.code == "unreadable-folder"
    )
    found.removed = [path for path in known if not path.startswith(closed)] if closed else list(known)
    found.library_gone = library_gone and "" not in closed
    if sorted(problems) != catalogue_problems(catalogue):
        found.walk_problems = problems
    found.texts_moved = bool(coverage.moved())
    found.unchecked = bool(catalogue.meta("unchecked", 0) or catalogue.row("SELECT 1 FROM dirty LIMIT 1"))
    found.index_behind = catalogue.meta("index", 0) != found.generation
    return found


def catalogue_problems(catalogue: Catalogue) -> list[Problem]:
    """Return the problems that the last walk met."""
    # Imported here: the names above are for types alone.
    from briefing.records.problems import Problem

    rows = catalogue.rows(
        "SELECT file, line, column, code, message, mend, severity, record FROM problems WHERE origin = 'walk'"
    )
    return sorted(Problem(*row) for row in rows)
