"""What changed in a library's folder since it was catalogued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.library.folder import LIBRARY_FILE, ROOT, look, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from briefing.library.catalogue import Catalogue
    from briefing.library.folder import FileStamp, Obstacle
    from briefing.library.texts import Texts
    from briefing.records.problems import Problem


class Survey:
    """The folder beside the catalogue, at one generation of it.

    `library_file` is library.yaml where it came or changed; `library_gone` says that it went. `walk_problems` are
    those of the walk where they are others than before, else None. `sources` are those whose texts were looked at;
    None is all.
    """

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.changed: list[FileStamp] = []
        self.removed: list[str] = []
        self.library_file: FileStamp | None = None
        self.library_gone = False
        self.walk_problems: list[Problem] | None = None
        self.sources: set[str] | None = None
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
    folder: Path,
    catalogue: Catalogue,
    texts: Texts,
    cancelled: Callable[[], bool],
    seen: Callable[[int], None],
    paths: Collection[str] | None = None,
) -> Survey:
    """Walk a folder and tell what is not as the catalogue has it.

    With `paths`, nothing else is looked at; where that would not do, the folder is walked all the same.
    """
    found = Survey(int(catalogue.meta("generation", 0)))
    unchecked = bool(catalogue.meta("unchecked", 0))
    part = None
    # What rests on another folder of texts, or was broken off, has to be looked at as a whole.
    if paths is not None and found.generation and not unchecked and catalogue.meta("texts", "") == texts.folder:
        part = _Part.of(catalogue, paths)
    known = _known(catalogue, part)
    if part is None:
        files, obstacles = walk(folder, cancelled, seen, known)
    else:
        try:
            files, obstacles = look(folder, part.paths, known, cancelled)
        except OSError:
            return survey(folder, catalogue, texts, cancelled, seen)
    found.library_file = next((file for file in files if file.path == LIBRARY_FILE), None)
    found.changed = [file for file in files if file.path != LIBRARY_FILE]
    library_gone = known.pop(LIBRARY_FILE, None) is not None
    # What lies below a folder that cannot be read is not known to be gone.
    closed = tuple(
        "" if each.path == ROOT else f"{each.path}/" for each in obstacles if each.code == "unreadable-folder"
    )
    found.removed = [path for path in known if not path.startswith(closed)] if closed else list(known)
    found.library_gone = library_gone and "" not in closed
    found.walk_problems = _other_problems(catalogue, obstacles, part)
    found.sources = None if part is None else texts.named_by(catalogue, part.paths)
    found.texts_moved = bool(texts.moved(catalogue, found.sources))
    found.unchecked = unchecked or catalogue.row("SELECT 1 FROM dirty LIMIT 1") is not None
    found.index_behind = catalogue.meta("index", 0) != found.generation
    return found


class _Part:
    """The part of a library that is looked at: paths, and what lies below them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)

    @classmethod
    def of(cls, catalogue: Catalogue, paths: Iterable[str]) -> _Part | None:
        """Return the part that changes at those paths can have altered; None is the whole."""
        found = set(paths)
        # A link changes with what it leads to, and what stood in the way may be gone: neither is told.
        found.update(path for (path,) in catalogue.rows("SELECT path FROM files WHERE link = 1"))
        found.update(
            path
            for path, code in catalogue.rows("SELECT file, code FROM problems WHERE origin = 'walk'")
            # Such a name is written otherwise than it is.
            if code != "file-name"
        )
        return None if found & {"", ROOT} else cls(found)

    def has(self, path: str) -> bool:
        """Whether a path lies in it."""
        return any(path == each or path.startswith(f"{each}/") for each in self.paths)


def _known(catalogue: Catalogue, part: _Part | None) -> dict[str, str]:
    if part is None:
        return dict(catalogue.rows("SELECT path, stamp FROM files"))
    known: dict[str, str] = {}
    for path in part.paths:
        known.update(
            catalogue.rows(
                "SELECT path, stamp FROM files WHERE path = ?1"
                " UNION ALL SELECT path, stamp FROM files WHERE path > ?1 || '/' AND path < ?1 || '0'",
                (path,),
            )
        )
    return known


def _other_problems(catalogue: Catalogue, obstacles: list[Obstacle], part: _Part | None) -> list[Problem] | None:
    """Return the problems that the walk met, or None where they are those that it met before."""
    rows = catalogue.rows(
        "SELECT file, line, column, code, message, mend, severity, record FROM problems WHERE origin = 'walk'"
    )
    if not rows and not obstacles:
        return None
    # Imported here: few libraries have any, and every search looks.
    from briefing.library.obstacles import problem_of
    from briefing.records.problems import Problem

    before = sorted(Problem(*row) for row in rows)
    problems = list(map(problem_of, obstacles))
    if part is not None:
        problems += [each for each in before if not part.has(each.file)]
    problems.sort()
    return None if problems == before else problems
