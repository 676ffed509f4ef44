"""Typing while the window is busy with something else: nothing typed is lost, and nothing changes the wrong thing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from window import OFFSCREEN, Hand, hand, subjects_in

from app.kinds import Kind
from ui.places import Place, Way

__all__ = ["hand"]

pytestmark = OFFSCREEN


@contextmanager
def busy(hand: Hand) -> Iterator[None]:
    """The window's helper works on something long, a large file perhaps; then it goes on with the rest."""
    done = threading.Event()
    hand.window._worker.run(lambda _task: done.wait(20))
    yield
    done.set()
    hand.settle()


def press(hand: Hand, key: Qt.Key) -> None:
    """Press a key with Ctrl, without waiting for what it does."""
    hand.bot.keyClick(hand.window, key, Qt.KeyboardModifier.ControlModifier)


def names(hand: Hand) -> list[object]:
    hand.lock()
    return sorted(str(account.data.get("display_name")) for account in subjects_in(hand.path, Kind.ACCOUNT))


def one_account(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy")
    hand.keys(Qt.Key.Key_Return)


def test_what_is_typed_before_the_form_has_loaded_stays_and_can_be_typed_on(hand: Hand) -> None:
    one_account(hand)
    with busy(hand):
        press(hand, Qt.Key.Key_N)
        hand.write("Name shown", "Sof")
    hand.bot.keyClicks(hand.line("Name shown"), "ia")
    hand.keys(Qt.Key.Key_Return)
    assert names(hand) == ["Lucy", "Sofia"]


def test_something_new_that_is_kept_before_the_form_has_loaded_changes_nothing_else(hand: Hand) -> None:
    one_account(hand)
    with busy(hand):
        press(hand, Qt.Key.Key_N)
        hand.write("Name shown", "Sofia")
        press(hand, Qt.Key.Key_Return)
    assert names(hand) == ["Lucy", "Sofia"]


def test_an_earlier_draft_fills_what_was_not_typed_in_the_meantime(hand: Hand) -> None:
    one_account(hand)
    press(hand, Qt.Key.Key_N)
    hand.settle()
    hand.write("Name shown", "Marek")
    hand.write("User name", "@marek")
    hand.lock()
    hand.open()
    with busy(hand):
        hand.window.go(Way(Place.ACCOUNTS, new=True))
        hand.write("Name shown", "Sofia")
    assert [hand.line(name).text() for name in ("Name shown", "User name")] == ["Sofia", "@marek"]
