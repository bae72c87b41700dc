from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from briefing.app import jobs as module
from briefing.app.jobs import Jobs

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_work_is_done_elsewhere_and_its_result_handed_back_here(jobs: Jobs, qtbot: QtBot) -> None:
    here = threading.current_thread()
    seen: list[threading.Thread] = []

    def done(thread: threading.Thread) -> None:
        seen.extend((thread, threading.current_thread()))

    jobs.run(threading.current_thread, done)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] is not here
    assert seen[1] is here


def test_an_exception_reaches_whoever_asked(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[Exception] = []
    jobs.run(lambda: 1 / 0, None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_an_exception_that_nobody_waits_for_reaches_the_user(jobs: Jobs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.failed) as said:
        jobs.run(lambda: 1 / 0)
    assert isinstance(said.args[0], ZeroDivisionError)


def test_the_latest_wins(jobs: Jobs, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()
    done: list[int] = []
    ran: list[int] = []

    def work(number: int) -> int:
        ran.append(number)
        if number == 0:
            begun.set()
            go_on.wait(10)
        return number

    jobs.run(lambda: work(0), done.append)
    assert begun.wait(10)
    for number in (1, 2, 3):
        jobs.run(lambda number=number: work(number), done.append)  # type: ignore[misc]
    go_on.set()
    qtbot.waitUntil(lambda: bool(done))
    assert done == [3]
    assert ran == [0, 3]


def test_jobs_that_wait_their_turn_are_all_done_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(5):
        jobs.run(lambda number=number: number, done.append, latest=False)  # type: ignore[misc]
    jobs.run(lambda: 5, done.append)
    qtbot.waitUntil(lambda: len(done) == 6)
    assert done == [0, 1, 2, 3, 4, 5]


def test_what_is_cancelled_is_not_handed_back(jobs: Jobs, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def work() -> str:
        begun.set()
        go_on.wait(10)
        return "cancelled"

    jobs.run(work, done.append, latest=False)
    assert begun.wait(10)
    jobs.run(lambda: "never begun", done.append, latest=False)
    jobs.cancel("work")
    go_on.set()
    jobs.run(lambda: "later", done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["later"]


def test_a_lane_that_is_not_there_can_be_cancelled(jobs: Jobs) -> None:
    jobs.cancel("nothing")


def test_lanes_do_not_wait_for_each_other(jobs: Jobs, qtbot: QtBot) -> None:
    go_on = threading.Event()
    done: list[str] = []
    jobs.run(lambda: go_on.wait(10), lambda _: done.append("slow"), lane="slow")
    jobs.run(lambda: None, lambda _: done.append("quick"), lane="quick")
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["quick"]
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 2)


def test_what_a_lane_opened_is_closed_on_its_thread(qtbot: QtBot) -> None:
    jobs = Jobs()
    threads: list[threading.Thread] = []
    jobs.end_with(lambda: threads.append(threading.current_thread()), lane="search")

    def fail() -> None:
        threads.append(threading.current_thread())
        raise ValueError

    with qtbot.waitSignal(jobs.failed):
        jobs.run(fail, lane="search")
    jobs.close()
    assert len(threads) == 2
    assert threads[0] is threads[1]
    assert not threads[0].is_alive()


def test_after_the_end_nothing_begins(qapp: QCoreApplication) -> None:
    jobs = Jobs()
    jobs.close()
    ran: list[int] = []
    jobs.run(lambda: ran.append(1))
    jobs.end_with(lambda: ran.append(2), lane="search")
    jobs.cancel("search")
    assert ran == []


def test_a_result_that_comes_after_the_end_is_dropped(qapp: QCoreApplication) -> None:
    jobs = Jobs()
    done: list[int] = []
    finished = threading.Event()
    jobs.end_with(finished.set, lane="work")
    jobs.run(lambda: 1, done.append)
    jobs.close()
    assert finished.is_set()
    QCoreApplication.processEvents()
    assert done == []


def test_a_job_that_hangs_does_not_keep_the_program_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLOSING_SECONDS", 0.01)
    jobs = Jobs()
    begun, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        go_on.wait(10)

    threads: list[threading.Thread] = []
    jobs.run(lambda: threads.append(threading.current_thread()), latest=False)
    jobs.run(hang, latest=False)
    assert begun.wait(10)
    jobs.close()
    assert threads[0].is_alive()
    assert threads[0].daemon
    go_on.set()
    threads[0].join(10)
