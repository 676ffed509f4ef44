"""Work done in processes of their own, several at once: whatever becomes of one piece, the others are done."""

import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Pipe
else:
    import resource
    from multiprocessing import resource_tracker
    from multiprocessing.connection import Connection as Pipe

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

_TRIES = 2
"""A process may have been ended by accident: its piece is begun once more."""
_MEMORY = 4 << 30
"""Bytes of address space that a process may take, where the system can hold it to that."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    to: "Pipe[object, object]"
    back: "Pipe[object, object]"
    index: int = -1
    """The piece that it works on."""


class Processes(Generic[Piece, Answer]):
    """Up to `count` processes that do `work`. Close it: the processes end with it."""

    def __init__(self, work: Callable[[Piece], Answer], count: int) -> None:
        """`work` and everything that goes in and out must be fit for pickle. No process is started yet."""
        self._work, self._count = work, count
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    def answers(self, pieces: Sequence[Piece]) -> Iterator[tuple[int, Answer | None]]:
        """The place of each piece and its answer, as they come; None where the process came to an end, twice."""
        waiting = deque((index, _TRIES) for index in range(len(pieces)))
        tries: dict[int, int] = {}
        while waiting or self._busy:
            while waiting and len(self._busy) < self._count:
                index, left = waiting.popleft()
                tries[index] = left - 1
                self._begin(index, pieces[index])
            for worker in self._ready():
                answer, ended = self._answer_of(worker)
                if ended and tries[worker.index]:
                    waiting.appendleft((worker.index, tries[worker.index]))
                else:
                    del tries[worker.index]
                    yield worker.index, answer

    def close(self) -> None:
        """End the processes, whatever they do."""
        for worker in (*self._idle, *self._busy):
            _end(worker)
        self._idle, self._busy = [], []

    def _begin(self, index: int, piece: Piece) -> None:
        worker = self._idle.pop() if self._idle else self._start()
        worker.index = index
        self._busy.append(worker)
        # A process that is gone already is found out when it is asked for its answer.
        with suppress(OSError):
            worker.to.send(piece)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        # Two pipes of one direction: one of both would be a socket.
        asked, to = context.Pipe(duplex=False)
        back, answered = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(asked, answered, self._work), daemon=True)
        with _uninterrupted():
            process.start()
        asked.close()
        answered.close()
        return _Worker(process, to, back)

    def _ready(self) -> list[_Worker]:
        ready = wait([worker.back for worker in self._busy])
        return [worker for worker in self._busy if worker.back in ready]

    def _answer_of(self, worker: _Worker) -> tuple[Answer | None, bool]:
        """The answer, and whether the process came to an end instead of giving one."""
        self._busy.remove(worker)
        try:
            answer: Answer = worker.back.recv()  # type: ignore[assignment]
        except (EOFError, OSError, pickle.UnpicklingError):
            _end(worker)
            return None, True
        self._idle.append(worker)
        return answer, False


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What starts here never hears of Ctrl-C, from its first moment on: the one who asked ends it, without a word."""
    if sys.platform == "win32":
        yield
    else:
        # It would let Ctrl-C through again, were it begun in here.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """What is done in here may take so many seconds of the processor; a process that takes more is ended, in silence.

    Windows cannot hold a process to that.
    """
    if sys.platform == "win32":
        yield
    else:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _end(worker: _Worker) -> None:
    worker.to.close()
    worker.back.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _serve(asked: "Pipe[object, object]", answered: "Pipe[object, object]", work: Callable[[object], object]) -> None:
    """A process: do piece after piece until nobody asks any more. What fails here ends it, in silence."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with suppress(EOFError, OSError):
        while True:
            answered.send(work(asked.recv()))
