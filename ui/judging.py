"""How easily a passphrase is guessed, found out in the background while somebody types."""

from collections.abc import Callable, Iterable

from app.guessing import Guessability, guessability, known_of
from ui.desk import Desk
from ui.worker import Task, Worker

Judge = Callable[[str, Callable[[Guessability], None]], Task]
"""Looks at a passphrase in the background and tells what it found; cancelled before its turn, it tells nothing."""


def judge_with(worker: Worker, known: Callable[[], Iterable[str]]) -> Judge:
    """Where no case is open; `known` gives what somebody who knows this person would try first."""

    def judge(passphrase: str, tell: Callable[[Guessability], None]) -> Task:
        words = list(known())
        return worker.run(lambda _task: guessability(passphrase, words), tell)

    return judge


def judge_at(desk: Desk) -> Judge:
    """In an open case: the names and initials in it are what somebody would try first."""

    def judge(passphrase: str, tell: Callable[[Guessability], None]) -> Task:
        return desk.ask(lambda case: guessability(passphrase, known_of(case)), tell, lambda _error: None)

    return judge
