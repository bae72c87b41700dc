"""Work off the window's thread: the only place with threads."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSING_SECONDS = 5.0

T = TypeVar("T")


@dataclass(slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    number: int
    latest: bool


class _Lane:
    """One thread and what waits for it."""

    def __init__(self, name: str, deliver: Callable[[_Job, Any, Exception | None], None]) -> None:
        self._deliver = deliver
        self._condition = threading.Condition()
        self._waiting: deque[_Job] = deque()
        self._closing = False
        self._endings: list[Callable[[], None]] = []
        self.latest = 0
        self._dropped = 0
        # A daemon, so that a job that hangs cannot keep the program from ending.
        self.thread = threading.Thread(target=self._run, name=f"briefing-{name}", daemon=True)
        self.thread.start()

    def add(self, job: _Job) -> None:
        with self._condition:
            if job.latest:
                self._waiting = deque(each for each in self._waiting if not each.latest)
                self.latest = job.number
            self._waiting.append(job)
            self._condition.notify()

    def is_wanted(self, job: _Job) -> bool:
        return job.number >= (self.latest if job.latest else self._dropped)

    def drop(self, number: int) -> None:
        with self._condition:
            self._waiting.clear()
            self.latest = max(self.latest, number)
            self._dropped = number

    def end_with(self, work: Callable[[], None]) -> None:
        with self._condition:
            self._endings.append(work)

    def close(self) -> None:
        with self._condition:
            self._closing = True
            self._waiting.clear()
            self._condition.notify()

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._waiting or self._closing)
                if self._closing:
                    break
                job = self._waiting.popleft()
            try:
                result, error = job.work(), None
            except Exception as fault:  # it is handed to whoever asked, or to the user
                result, error = None, fault
            self._deliver(job, result, error)
        for ending in self._endings:
            ending()


class Jobs(QObject):
    """Runs work on a thread for each lane, and hands back what came of it on the window's thread.

    In a lane one job runs at a time, and the latest wins: what waits when a newer job comes is never begun, and
    what runs then is not handed back. A job with `latest=False` waits for its turn and is dropped by `cancel` only.
    What a job uses that belongs to one thread (a `Library`) it opens itself, in its lane.
    """

    failed = Signal(object)
    """The exception of a job that did not say who is to be told."""
    _finished = Signal(str, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, _Lane] = {}
        self._number = 0
        self._closed = False
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        lane: str = "work",
        latest: bool = True,
    ) -> None:
        """Run `work` on the lane's thread, then `done` with its result or `failed` with its exception on this one."""
        if self._closed:
            return
        self._number += 1
        self._lane(lane).add(_Job(work, done, failed, self._number, latest))

    def end_with(self, work: Callable[[], None], *, lane: str) -> None:
        """Have `work` done on the lane's thread as it ends, to close there what was opened there."""
        if not self._closed:
            self._lane(lane).end_with(work)

    def cancel(self, lane: str) -> None:
        """Drop what waits in a lane, and what comes of the job that runs in it."""
        if lane in self._lanes:
            self._lanes[lane].drop(self._number + 1)

    def close(self) -> None:
        """Drop everything and wait for the threads to end; a job that hangs is left behind."""
        self._closed = True
        for lane in self._lanes.values():
            lane.close()
        for lane in self._lanes.values():
            lane.thread.join(CLOSING_SECONDS)
        self._lanes.clear()

    def _lane(self, name: str) -> _Lane:
        if name not in self._lanes:
            self._lanes[name] = _Lane(name, partial(self._deliver, name))
        return self._lanes[name]

    def _deliver(self, lane: str, job: _Job, result: object, error: Exception | None) -> None:
        """Hand a result to the window's thread. Called on the lane's."""
        # After the program's last moments there is no object left to tell.
        with suppress(RuntimeError):
            self._finished.emit(lane, job, result, error)

    def _hand_back(self, lane: str, job: _Job, result: object, error: Exception | None) -> None:
        if self._closed or not self._lanes[lane].is_wanted(job):
            return
        if error is None:
            if job.done is not None:
                job.done(result)
        elif job.failed is not None:
            job.failed(error)
        else:
            self.failed.emit(error)
