"""`briefing index`: bring the index up to date, once or as files change."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Protocol

from briefing.cli.check import counted
from briefing.cli.interruption import Interruption
from briefing.cli.opening import places, update
from briefing.cli.parser import add_library, add_texts
from briefing.cli.progress import ProgressLine
from briefing.errors import BriefingError, UsageError
from briefing.library.library import Library

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Collection
    from pathlib import Path

    from briefing.library.answers import Counts, Progress, Update

DESCRIPTION = """\
Every command brings the index up to date by itself; this one does nothing else, or with --watch keeps it so
until Ctrl+C. Files are only read."""

MOST_IDS = 500
"""More changed records than this are said as `all`."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the verb takes."""
    parser.add_argument("--watch", action="store_true", help="stay, and take up every change of a file")
    parser.add_argument(
        "--events",
        action="store_true",
        help="with --watch: print a JSON object a line for each thing that happens; end with standard input",
    )
    add_library(parser)
    add_texts(parser)


def run(arguments: Namespace) -> int:
    """Bring the index up to date."""
    if arguments.events and not arguments.watch:
        raise UsageError("--events goes with --watch", mend="Give both, or none.")
    folder, texts = places(arguments)
    library = Library(folder, texts=texts)
    try:
        if not arguments.watch:
            done = update(library)
            if done.cancelled:
                raise KeyboardInterrupt
            print(in_words(done, library))
        elif arguments.events:
            from briefing.cli.parent import parent_is_gone

            with Interruption() as interruption:
                Watch(library, texts, Events(), lambda: interruption.happened() or parent_is_gone()).run()
        else:
            with Interruption() as interruption:
                Watch(library, texts, Sentences(), interruption.happened).run()
    finally:
        library.close()
    return 0


class Counted(Protocol):
    """What can say how much it holds."""

    def counts(self) -> Counts:
        """Return the numbers of records, errors and warnings."""


class Watch:
    """Keeps a library's index up to date until it should stop."""

    def __init__(
        self, library: Library, texts: Path | None, report: Events | Sentences, should_stop: Callable[[], bool]
    ) -> None:
        self._library = library
        self._texts = texts
        self._report = report
        self._should_stop = should_stop
        self._reported = -1
        # Whether more may have changed than the next round will say.
        self._behind = True

    def run(self) -> None:
        """Take up what changed since the last time, then every change as it comes."""
        # Imported here: only who stays pays for it.
        from briefing.library.watcher import changes

        for told in changes(self._library.folder, self._should_stop, self._texts):
            if self._should_stop():
                return
            self._update(told)

    def _update(self, told: Collection[str]) -> None:
        paths = told if told and not self._behind else None
        self._behind = True
        try:
            done = self._library.update(self._report.progress, self._should_stop, paths)
        except BriefingError as error:
            self._report.failed(error)
        else:
            self._behind = done.cancelled
            if not done.cancelled and done.generation != self._reported:
                self._reported = done.generation
                self._report.updated(done, self._library)
            else:
                self._report.idle()


class Events:
    """Says what happens as JSON, an object a line, to the window that started it."""

    def __init__(self) -> None:
        self._begun = False

    def progress(self, progress: Progress) -> None:
        """Say how far an update has come."""
        self._say({"event": "progress", "phase": progress.phase, "done": progress.done, "total": progress.total})

    def updated(self, done: Update, library: Counted) -> None:
        """Say what an update did."""
        counts = library.counts()
        # A later update that read nothing found what another program had taken up before it: anything, then.
        many = done.everything or len(done.changed) > MOST_IDS or (self._begun and not done.files)
        self._begun = True
        self._say(
            {
                "event": "updated",
                "generation": done.generation,
                "records": counts.records,
                "errors": counts.errors,
                "warnings": counts.warnings,
                "changed": [] if many else sorted(done.changed),
                "files": [] if many else sorted(done.files)[:MOST_IDS],
                "all": many,
                "seconds": round(done.seconds, 3),
            }
        )

    def idle(self) -> None:
        """Say that an update is over which found nothing to say."""
        self._say({"event": "idle"})

    def failed(self, error: BriefingError) -> None:
        """Say what went wrong."""
        self._say({"event": "error", "message": str(error)})

    def _say(self, event: dict[str, Any]) -> None:
        print(json.dumps(event, ensure_ascii=False), flush=True)


class Sentences:
    """Says what happens in sentences."""

    def __init__(self) -> None:
        self._line: ProgressLine | None = None

    def progress(self, progress: Progress) -> None:
        """Say how far an update has come, where it takes long."""
        self._line = self._line or ProgressLine()
        self._line(progress)

    def updated(self, done: Update, library: Counted) -> None:
        """Say what an update did."""
        self._end_line()
        print(in_words(done, library), flush=True)

    def idle(self) -> None:
        """Say nothing: an update is over which found nothing to say."""
        self._end_line()

    def failed(self, error: BriefingError) -> None:
        """Say what went wrong."""
        self._end_line()
        print(error, file=sys.stderr, flush=True)

    def _end_line(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def in_words(done: Update, library: Counted) -> str:
    """Return what an update did as people read it."""
    counts = library.counts()
    parts = [
        f"{counted(counts.records, 'record')}, {counted(counts.errors, 'error')}, "
        f"{counted(counts.warnings, 'warning')}",
        f"{counted(done.read, 'file')} read, {done.removed:,} gone, in {done.seconds:.1f} s",
    ]
    return "; ".join(parts)
