"""What library.yaml says, kept in the catalogue."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from briefing.library.folder import LIBRARY_FILE, Obstacle, read_file, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.library.catalogue import Catalogue
    from briefing.library.folder import FileStamp
    from briefing.library.ledger import Ledger
    from briefing.records.draft import LibraryInfo


class LibraryFile:
    """The file that describes a library, as it was when the library was last brought up to date."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder = folder
        self._catalogue = catalogue

    def info(self) -> LibraryInfo:
        """Return what it says, or the defaults."""
        # Imported here: a search does without.
        from briefing.records.draft import LibraryInfo

        kept = self._catalogue.meta("info")
        return LibraryInfo(**json.loads(kept)) if kept else LibraryInfo(title=self._folder.name)

    def home(self) -> tuple[str, str, int, int]:
        """Return the id of the record that it names as the home, with file, line and column."""
        line, column = json.loads(self._catalogue.meta("home", "[0, 0]"))
        return self.info().home, LIBRARY_FILE, line, column

    def take_in(self, file: FileStamp | None, ledger: Ledger) -> bool:
        """Read it, or note that it is gone; tells whether a default changed that every record was read with.

        A broken one leaves what was said before.
        """
        # Imported here: where nothing changed nobody pays for YAML.
        from dataclasses import asdict

        from briefing.library.obstacles import problem_of
        from briefing.library.reading import SIZE_LIMIT, Task, digest_of, lasting_stamp
        from briefing.records.draft import LibraryInfo
        from briefing.records.reader import read_library_file

        before = self.info()
        info, home = LibraryInfo(title=self._folder.name), (0, 0)
        if file is None:
            ledger.put_library_file(None, "", b"", ())
            ledger.drop([LIBRARY_FILE])
        else:
            started = time.time_ns()
            try:
                data = read_file(self._folder, file.path, SIZE_LIMIT + 1)
            except OSError as error:
                obstacle = Obstacle(file.path, "unreadable-file", reason_of(error))
                ledger.put_library_file(file, file.stamp, b"?", [problem_of(obstacle)])
                return False
            reading = read_library_file(data, file.path, self._folder.name)
            is_broken = any(problem.severity == "error" for problem in reading.problems)
            info = before if is_broken and ledger.generation else reading.info or info
            for places in reading.places:
                home = next((place for (field, _), place in places.items() if field == "home"), home)
            stamp = lasting_stamp(Task(*file, b""), started)
            ledger.put_library_file(file, stamp, digest_of(data), reading.problems)
        self._catalogue.set_meta("info", json.dumps(asdict(info)))
        self._catalogue.set_meta("home", json.dumps(home))
        return _defaults(info) != _defaults(before)


def _defaults(info: LibraryInfo) -> tuple[str, str, str]:
    return info.marking, info.language, info.yardstick
