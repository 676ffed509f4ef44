"""The only thread: one helper in the background that does one job after the other, so that the window never waits."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")

_BETWEEN_STEPS_S = 0.05


class Cancelled(Exception):
    """The person asked to stop, and the job did."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: `done` of `of`, in whatever it counts; `of` is 0 where nobody knows."""

    name: str
    done: int
    of: int


class Task:
    """One job as both sides see it: the window may cancel it, the job tells how far it is."""

    def __init__(self, tell: Callable[[Step], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._told_at = 0.0
        self._told = ""

    def cancel(self) -> None:
        """Ask the job to stop at its next step. What is already kept stays kept."""
        self._stop.set()

    @property
    def was_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def go_on(self) -> None:
        """Asked by the job. Raises Cancelled where it should stop."""
        if self._stop.is_set():
            raise Cancelled

    def step(self, name: str, done: int, of: int) -> None:
        """Told by the job. Raises Cancelled where it should stop."""
        self.go_on()
        now = time.monotonic()
        if name != self._told or done >= of or now - self._told_at >= _BETWEEN_STEPS_S:
            self._told, self._told_at = name, now
            self._tell(Step(name, done, of))

    def wait(self, seconds: float) -> None:
        """Let time pass inside a job. Raises Cancelled."""
        if self._stop.wait(seconds):
            raise Cancelled


class Worker(QObject):
    """Runs jobs in the background, in the order in which they came; answers arrive in the window's own thread."""

    busy_changed = Signal(bool)
    """Whether any job is running or waiting."""
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._open_jobs = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="holdfast-worker")
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether any job is running, waiting, or has an answer that was not delivered yet."""
        return self._open_jobs > 0

    def run(
        self,
        job: Callable[[Task], T],
        on_done: Callable[[T], None] = lambda _result: None,
        on_error: Callable[[Exception], None] = lambda _error: None,
        on_progress: Callable[[Step], None] = lambda _step: None,
    ) -> Task:
        """Have a job done; one of `on_done` and `on_error` is called once, in the window's thread.

        A job that stopped because it was cancelled ends in `on_error` with Cancelled; one that was cancelled before it
        began is not begun.
        """
        task = Task(lambda step: self._arrived.emit(lambda: on_progress(step)))
        self._jobs.put(lambda: self._do(job, task, on_done, on_error))
        self._count(+1)
        return task

    def stop(self) -> None:
        """End the thread after the jobs that are waiting; their answers are no longer delivered."""
        self._jobs.put(None)
        self._thread.join()

    def _do(
        self,
        job: Callable[[Task], T],
        task: Task,
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        try:
            task.go_on()
            result = job(task)
        except Exception as error:  # noqa: BLE001 - whatever went wrong in a job is told by the window
            failure = error
            self._arrived.emit(lambda: self._end(lambda: on_error(failure)))
        else:
            self._arrived.emit(lambda: self._end(lambda: on_done(result)))

    def _work(self) -> None:
        for job in iter(self._jobs.get, None):
            job()

    def _deliver(self, call: Callable[[], None]) -> None:
        call()

    def _end(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        before, self._open_jobs = self._open_jobs, self._open_jobs + change
        if (before == 0) != (self._open_jobs == 0):
            self.busy_changed.emit(self._open_jobs > 0)
