"""What a person does on “Keeping it safe” and with recovery words, for tests; and whether a case opens with what."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from window import PASSPHRASE, PNG, Hand

from app.casefile import Casefile
from app.clock import RecordingClock
from app.recovery_words import read_words
from capture import this_computer
from ui.case_pages import CasePages
from ui.places import Place, Way
from ui.worker import Task
from vault.errors import WrongPassphrase, WrongWords

NEW = "another horse entirely"


def pages_of(hand: Hand) -> CasePages:
    """The pages of the open case."""
    pages = hand.window.case_pages
    assert pages is not None
    return pages


def go(hand: Hand) -> None:
    """Go to “Keeping it safe”."""
    hand.window.go(Way(Place.SAFE))
    hand.settle()


@contextmanager
def waiting_to_be_stopped(at_step: int) -> Iterator[Event]:
    """A job of the window that is begun in here waits at that step until it is asked to stop. Set once it is there."""
    step, steps, there = Task.step, 0, Event()

    def wait(task: Task, name: str, done: int, of: int) -> None:
        nonlocal steps
        step(task, name, done, of)
        steps += 1
        if steps == at_step:
            there.set()
            task._stop.wait(60)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Task, "step", wait)
        yield there


def keep_a_file(hand: Hand, folder: Path) -> None:
    """Keep a picture."""
    (folder / "chat.png").write_bytes(PNG)
    pages_of(hand).capture.add_files([folder / "chat.png"])
    hand.settle()


def words_on_paper(hand: Hand) -> list[str]:
    """The recovery words that are shown, in their order."""
    shown = re.findall(r"^(\d+)\. ([a-z]+)$", hand.texts(), re.MULTILINE)
    return [word for _place, word in sorted(shown, key=lambda pair: int(pair[0]))]


def type_back(hand: Hand, words: list[str]) -> None:
    """Type the words that are asked for."""
    for line in hand.window.findChildren(QLineEdit):
        asked = re.fullmatch(r"Word (\d+)", line.accessibleName())
        if asked and line.isVisible():
            hand.write(line.accessibleName(), words[int(asked[1]) - 1])


def with_words(hand: Hand) -> list[str]:
    """Make recovery words as a person does; these."""
    go(hand)
    hand.press("Make recovery words")
    words = words_on_paper(hand)
    hand.press("I wrote them down")
    type_back(hand, words)
    hand.press("These are the words")
    return words


def opens(path: Path, passphrase: str) -> bool:
    """Whether a passphrase opens a closed case."""
    try:
        Casefile.open(path, passphrase, RecordingClock(this_computer())).close()
    except WrongPassphrase:
        return False
    return True


def opens_with(path: Path, words: list[str]) -> bool:
    """Whether recovery words open a closed case."""
    try:
        Casefile.open_with_words(path, read_words(" ".join(words)), RecordingClock(this_computer())).close()
    except WrongWords:
        return False
    return True


def renew(hand: Hand, begin: str, do: str, current: str = PASSPHRASE) -> None:
    """Ask for a new passphrase."""
    hand.press(begin)
    hand.write("Present passphrase", current)
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    hand.press(do)


def begin_renewing(hand: Hand, begin: str, do: str) -> None:
    """Ask for a new passphrase, and do not wait until it is set."""
    hand.press(begin)
    hand.write("Present passphrase", PASSPHRASE)
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    hand.find(QPushButton, lambda button: button.text() == do).click()


def all_texts(hand: Hand) -> str:
    """What stands in every label and line of the window, shown or not."""
    texts = [label.text() for label in hand.window.findChildren(QLabel)]
    return "\n".join(texts + [line.text() for line in hand.window.findChildren(QLineEdit)])
