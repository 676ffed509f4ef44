"""The one helper in the background: in order, answers in the window's thread, stoppable, honest about errors."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PATIENCE_MS

from ui.worker import Cancelled, Step, Task, Worker

pytestmark = OFFSCREEN


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def test_jobs_run_elsewhere_in_order_and_answers_come_back_here(qtbot: QtBot, worker: Worker) -> None:
    here = threading.get_ident()
    ran: list[int] = []
    answered: list[tuple[int, bool]] = []

    def job(number: int) -> int:
        assert threading.get_ident() != here
        ran.append(number)
        return number

    for number in range(5):
        worker.run(lambda _task, n=number: job(n), lambda n: answered.append((n, threading.get_ident() == here)))
    qtbot.waitUntil(lambda: len(answered) == 5, timeout=PATIENCE_MS)
    assert ran == [0, 1, 2, 3, 4]
    assert answered == [(number, True) for number in range(5)]
    assert not worker.is_busy


def test_an_error_in_a_job_is_handed_over_and_the_next_job_still_runs(qtbot: QtBot, worker: Worker) -> None:
    heard: list[object] = []

    def fails(_task: Task) -> None:
        raise ZeroDivisionError

    worker.run(fails, heard.append, heard.append)
    worker.run(lambda _task: "well", heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    assert isinstance(heard[0], ZeroDivisionError)
    assert heard[1] == "well"


def test_a_cancelled_job_stops_at_its_next_step(qtbot: QtBot, worker: Worker) -> None:
    heard: list[object] = []
    begun = threading.Event()

    def endless(task: Task) -> None:
        begun.set()
        while True:
            task.step("on and on", 0, 1)

    task = worker.run(endless, heard.append, heard.append)
    assert begun.wait(60)
    task.cancel()
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert isinstance(heard[0], Cancelled)


def test_progress_is_told_but_not_so_often_that_the_window_drowns(qtbot: QtBot, worker: Worker) -> None:
    steps: list[Step] = []
    done: list[None] = []

    def counts(task: Task) -> None:
        for number in range(100_000):
            task.step("counting", number, 100_000)
        task.step("counting", 100_000, 100_000)

    worker.run(counts, done.append, on_progress=steps.append)
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE_MS)
    assert steps[-1] == Step("counting", 100_000, 100_000)
    assert len(steps) < 1_000
