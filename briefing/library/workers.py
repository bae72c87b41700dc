"""Processes that read files while another writes down what they read.

Starting one takes longer than reading some dozen files, so few files are read in the process that asks. A worker
that dies on a file costs a problem on that file, and a new worker. Workers end with the process that started them,
however it ends: their pipe then does.
"""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from briefing.library.reading import FileReading, Task, read_batch, unreadable

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from briefing.records.draft import LibraryInfo

FEW = 64
"""As many files as this are read in the process that asks."""

_BATCH_FILES = 64
_BATCH_BYTES = 256 * 1024
_BATCH_PATHS = 16 * 1024
_AHEAD = 2
_MOST_WORKERS = 8
_PATIENCE_SECONDS = 120.0
_HOPELESS = 4

Batch = list[Task]


class Standby:
    """Workers that come to life while it is still being found out what they are to read."""

    def __init__(self) -> None:
        self._workers: list[_Worker] = []

    def call_up(self, folder: str) -> None:
        """Start as many workers as there are processors, once."""
        if not self._workers:
            self._workers = [_Worker(folder) for _ in range(min(_cpus(), _MOST_WORKERS))]

    def take(self, most: int) -> list[_Worker]:
        """Return workers, at most so many, that are the taker's from now on."""
        taken, self._workers = self._workers[:most], self._workers[most:]
        return taken

    def dismiss(self) -> None:
        """End those that nobody took."""
        for worker in self.take(_MOST_WORKERS):
            worker.end()


def read_all(
    folder: str, tasks: Iterable[Task], number: int, info: LibraryInfo, standby: Standby | None = None
) -> Generator[list[FileReading]]:
    """Read files, `number` of them, and yield what came of them, some at a time and in no certain order.

    It is an iterator that may be closed early; that ends the workers.
    """
    if number <= FEW:
        for batch in batches(tasks, FEW // 4):
            yield read_batch(folder, batch, info)
        return
    crew = _Crew(folder, info, min(number // FEW + 1, _cpus(), _MOST_WORKERS), standby)
    try:
        yield from crew.read(batches(tasks, _BATCH_FILES))
    finally:
        crew.dismiss()


def batches(tasks: Iterable[Task], most: int) -> Iterator[Batch]:
    """Cut tasks into batches of about equal bytes."""
    batch: Batch = []
    size = length = 0
    for task in tasks:
        batch.append(task)
        size += task.size
        length += len(task.path)
        if len(batch) >= most or size >= _BATCH_BYTES or length >= _BATCH_PATHS:
            yield batch
            batch, size, length = [], 0, 0
    if batch:
        yield batch


def _cpus() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Worker:
    """One process, and the batches that it has been sent and not yet answered, oldest first."""

    def __init__(self, folder: str) -> None:
        # Imported here: only a large update pays for it.
        from multiprocessing import get_context

        context = get_context("spawn")
        self.connection, far_end = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(far_end, folder), daemon=True, name="briefing-reader"
        )
        self._process.start()
        # With our copy of the far end closed, the worker's death is the end of the pipe.
        far_end.close()
        self.sent: deque[Batch] = deque()
        self.deadline = 0.0

    def tell(self, info: LibraryInfo) -> None:
        """Say what library it is: the first thing that a worker has to know."""
        with suppress(OSError):  # it is dead; sending a batch will tell
            self.connection.send(info)

    def send(self, batch: Batch) -> None:
        if not self.sent:
            self.deadline = time.monotonic() + _PATIENCE_SECONDS
        self.sent.append(batch)
        self.connection.send(batch)

    def receive(self) -> list[FileReading]:
        answer: list[FileReading] = self.connection.recv()
        self.sent.popleft()
        self.deadline = time.monotonic() + _PATIENCE_SECONDS
        return answer

    def end(self) -> None:
        self.connection.close()
        self._process.terminate()
        self._process.join()
        self._process.close()


class _Crew:
    """The workers of one update."""

    def __init__(self, folder: str, info: LibraryInfo, size: int, standby: Standby | None) -> None:
        self._folder = folder
        self._info = info
        self._workers = standby.take(size) if standby else []
        self._workers += [_Worker(folder) for _ in range(size - len(self._workers))]
        for worker in self._workers:
            worker.tell(info)
        # What a worker died of is among the files of a batch: each of them is tried again alone, and one that was
        # alone, once more, for somebody may have killed the worker.
        self._again: deque[Batch] = deque()
        self._suspects: set[str] = set()
        self._answers = self._deaths = 0

    def read(self, todo: Iterator[Batch]) -> Iterator[list[FileReading]]:
        from multiprocessing.connection import wait

        for worker in self._workers:
            self._feed(worker, todo)
        while busy := {worker.connection: worker for worker in self._workers if worker.sent}:
            if self._deaths >= _HOPELESS and not self._answers:
                yield from self._alone(todo)
                return
            patience = min(worker.deadline for worker in busy.values()) - time.monotonic()
            for connection in wait(list(busy), max(0.0, patience)):
                worker = busy[connection]  # type: ignore[index]  # wait answers what it was given
                try:
                    answer = worker.receive()
                except (EOFError, OSError):
                    yield from self._bury(worker, todo)
                    continue
                self._answers += 1
                self._feed(worker, todo)
                yield answer
            for worker in busy.values():
                if worker.sent and worker in self._workers and time.monotonic() > worker.deadline:
                    yield from self._bury(worker, todo)

    def _feed(self, worker: _Worker, todo: Iterator[Batch]) -> None:
        while len(worker.sent) < _AHEAD:
            batch = self._again.popleft() if self._again else next(todo, None)
            if batch is None:
                return
            try:
                worker.send(batch)
            except OSError:
                # It is dead; reading from it will tell.
                return

    def _bury(self, worker: _Worker, todo: Iterator[Batch]) -> Iterator[list[FileReading]]:
        """Put a new worker in the place of a dead one, and find out which file it was."""
        self._workers.remove(worker)
        self._deaths += 1
        guilty, *others = worker.sent
        worker.end()
        self._again.extend(others)
        if len(guilty) == 1 and guilty[0].path in self._suspects:
            yield [unreadable(guilty[0], code="reader-stopped")]
        else:
            self._suspects.update(task.path for task in guilty if len(guilty) == 1)
            self._again.extend([task] for task in guilty)
        successor = _Worker(self._folder)
        successor.tell(self._info)
        self._workers.append(successor)
        self._feed(successor, todo)

    def _alone(self, todo: Iterator[Batch]) -> Iterator[list[FileReading]]:
        """Read in this process, for on this machine workers do not come to life."""
        for worker in self._workers:
            self._again.extend(worker.sent)
        for batch in chain(self._again, todo):
            yield read_batch(self._folder, batch, self._info)

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()


def _serve(connection: Connection, folder: str) -> None:
    """Read batches until the pipe ends: the whole life of a worker."""
    import gc
    import signal

    # Nothing that is read refers to itself, so looking for rubbish that does is a tenth of the time for nothing; what
    # an error leaves behind is still found, seldom.
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)

    # Control-C in a terminal is for the process that asked; it ends us by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Loaded while the library is still being walked.
    import briefing.records.reader  # noqa: F401

    try:
        info: LibraryInfo = connection.recv()
        while True:
            batch: Batch = connection.recv()
            connection.send(read_batch(folder, batch, info))
    except (EOFError, OSError):
        return
