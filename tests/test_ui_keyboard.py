"""Where the keyboard is: never taken from whoever types, and never put on what nobody chose."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from safe_hand import go, keep_a_file, pages_of, type_back, words_on_paper
from window import OFFSCREEN, PASSPHRASE, PNG, Hand, hand, make_case, put_away, show

from ui.places import Place, Way

__all__ = ["hand"]

pytestmark = OFFSCREEN


def keyboard() -> QWidget:
    """What the keyboard is on."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the keyboard is on nothing"
    return widget


def enter(hand: Hand, *, times: int = 1) -> None:
    """Press Enter where the keyboard is, at once as often as that."""
    for _time in range(times):
        hand.bot.keyClick(keyboard(), Qt.Key.Key_Return)
    hand.settle()


def test_who_writes_on_while_a_file_is_kept_keeps_the_keyboard(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "chat.png").write_bytes(PNG)
    pages_of(hand).capture.add_files([tmp_path / "chat.png"])
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    line = hand.line("User name")
    line.setFocus()
    hand.bot.keyClicks(keyboard(), "nasty")
    hand.settle()
    hand.bot.keyClicks(keyboard(), "_one")
    assert line.text() == "nasty_one"


def test_who_writes_on_while_a_case_is_checked_keeps_the_keyboard(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    go(hand)
    pages_of(hand).safe.check.begin()
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    line = hand.line("User name")
    line.setFocus()
    hand.settle()
    assert keyboard() is line


@pytest.mark.parametrize("begun", ["Check now", "Show them"])
def test_enter_pressed_twice_begins_one_thing_and_not_its_neighbour(hand: Hand, tmp_path: Path, begun: str) -> None:
    keep_a_file(hand, tmp_path)
    go(hand)
    hand.find(QPushButton, lambda button: button.text() == begun).setFocus()
    enter(hand, times=2)
    assert not [line for line in hand.window.findChildren(QLineEdit) if line.isVisible()]
    assert keyboard().text() in {begun, "Close"}


@pytest.fixture
def new(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """A window that is about to begin a case."""
    hand = show(qtbot, qapp, tmp_path / "notes.holdfast")
    hand.settle()
    yield hand
    put_away(hand)


def begin(new: Hand, initials: str = "AB") -> None:
    """Fill in what beginning a case needs, and press Enter in the last line."""
    new.write("Passphrase", PASSPHRASE)
    new.write("The same passphrase again", PASSPHRASE)
    new.write("Your initials", initials)
    enter(new)


def test_where_initials_cannot_be_taken_the_keyboard_stays_in_them(new: Hand) -> None:
    begin(new, "1")
    assert "cannot stand in a reference" in new.texts()
    assert keyboard() is new.line("Your initials")


def test_enter_pressed_twice_behind_the_recovery_words_skips_nothing(new: Hand) -> None:
    begin(new)
    words = words_on_paper(new)
    new.press("I wrote them down")
    type_back(new, words)
    [line for line in new.window.findChildren(QLineEdit) if line.isVisible()][-1].setFocus()
    enter(new, times=2)
    assert "These words open the case from now on" in new.texts()
    assert keyboard().isVisible()
