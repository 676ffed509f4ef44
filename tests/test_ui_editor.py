"""Typing while the window is busy with something else: nothing typed is lost, and nothing changes the wrong thing."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPlainTextEdit
from window import OFFSCREEN, PATIENCE_MS, Hand, hand, subjects_in

from app.kinds import Kind
from ui import editor
from ui.editor import Editor
from ui.places import Place, Way
from ui.widgets.row_list import RowList
from ui.widgets.tick_box import TickBox
from vault.errors import DamagedVault

__all__ = ["hand"]

pytestmark = OFFSCREEN


@contextmanager
def busy(hand: Hand) -> Iterator[None]:
    """The window's helper works on something long, a large file perhaps; then it goes on with the rest."""
    done = threading.Event()
    hand.window._worker.run(lambda _task: done.wait(60))
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


def test_after_something_was_kept_that_cannot_be_read_again_the_next_one_can_be_written_down(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_casefile: object, _kind: Kind, subject: object, _to_offer: object) -> None:
        assert subject is not None
        raise DamagedVault

    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy")
    with monkeypatch.context() as failing:
        failing.setattr(editor, "load", fail)
        hand.keys(Qt.Key.Key_Return)
    assert "damaged" in hand.texts()
    assert hand.line("Name shown").text() == ""
    hand.write("Name shown", "Sofia")
    hand.press("Keep this")
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


def test_what_is_typed_while_it_is_being_kept_is_a_draft_of_what_was_kept(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    with busy(hand):
        hand.write("Name shown", "Lucy")
        press(hand, Qt.Key.Key_Return)
        hand.write("User name", "@lucy")
    assert hand.line("User name").text() == "@lucy"
    assert "did not keep it yet" in hand.texts()
    hand.lock()
    assert [account.data for account in subjects_in(hand.path, Kind.ACCOUNT)] == [{"display_name": "Lucy"}]
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    assert hand.line("Name shown").text() == ""


def test_what_is_kept_once_more_before_it_could_be_read_again_is_kept_once(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy")
    editor = hand.find(Editor, lambda _found: True)
    with ExitStack() as second:
        with hand.bot.waitSignal(editor.kept, timeout=PATIENCE_MS):
            done = threading.Event()
            hand.window._worker.run(lambda _task: done.wait(60))
            press(hand, Qt.Key.Key_Return)
            second.enter_context(busy(hand))
            done.set()
        press(hand, Qt.Key.Key_Return)
    assert names(hand) == ["Lucy"]


def test_keep_pressed_twice_does_not_say_that_something_failed(hand: Hand) -> None:
    one_account(hand)
    hand.keys(Qt.Key.Key_Return)
    assert "That did not work" not in hand.texts()
    assert "This is kept already" in hand.texts()
    assert names(hand) == ["Lucy"]


def test_taking_back_what_was_typed_leaves_no_draft(hand: Hand) -> None:
    one_account(hand)
    hand.bot.keyClicks(hand.line("Name shown"), "x")
    hand.bot.keyClick(hand.line("Name shown"), Qt.Key.Key_Backspace)
    hand.lock()
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS))
    hand.settle()
    choose(hand, 0)
    assert "did not keep it yet" not in hand.texts()


@pytest.mark.qt_log_ignore("propagateSizeHints", "raise", "grabbing the keyboard")
def test_new_controls_are_drafts_too_and_survive_going_from_one_to_the_other_and_locking(hand: Hand) -> None:
    hand.window.go(Way(Place.HAPPENED, new=True))
    hand.settle()
    hand.press("Now: When it happened")
    now = hand.line("When it happened").text()
    hand.press("More questions")
    hand.press("Are you writing this as it happens, or from memory?: From memory")
    hand.write("Time zone of that time", "Asia/Tokyo")
    box = hand.find(TickBox, lambda found: found.text() == "School")
    hand.bot.keyClick(box, Qt.Key.Key_Space)
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.lock()
    hand.open()
    hand.window.go(Way(Place.HAPPENED, new=True))
    hand.settle()
    assert hand.line("When it happened").text() == now
    hand.press("Keep this")
    hand.lock()
    assert [incident.data for incident in subjects_in(hand.path, Kind.INCIDENT)] == [
        {"when": now, "when_zone": "Asia/Tokyo", "recorded": "from_memory", "details_shown": ["school"]}
    ]


def test_going_quickly_from_one_to_the_other_mixes_nothing_up(hand: Hand) -> None:
    one_account(hand)
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Sofia")
    hand.keys(Qt.Key.Key_Return)
    rows = hand.find(RowList, lambda _found: True)
    hand.bot.waitUntil(lambda: rows.model().rowCount() == 2, timeout=PATIENCE_MS)
    hand.bot.keyClicks(hand.line("Name shown"), " B")
    with busy(hand):
        for row in (1, 0, 1, 0, 1):
            rows.setCurrentIndex(rows.model().index(row, 0))
    assert hand.line("Name shown").text() == "Lucy"
    choose(hand, 0)
    assert hand.line("Name shown").text() == "Sofia B"
    assert names(hand) == ["Lucy", "Sofia"]


def test_hints_come_beside_what_is_typed_and_never_keep_anything_from_being_kept(hand: Hand) -> None:
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    hand.write("Number or address", "GB82 WEST 1234 5698 7654 32")
    hand.bot.waitUntil(lambda: "Looks right." in hand.texts(), timeout=PATIENCE_MS)
    hand.write("Number or address", "GB82 WEST 1234 5698 7654 33")
    hand.press("Keep this")
    assert subjects_after_locking(hand) == [{"reference": "GB82 WEST 1234 5698 7654 33"}]


def test_a_link_in_somebodys_own_words_is_offered_as_the_link(hand: Hand) -> None:
    hand.window.go(Way(Place.HAPPENED, new=True))
    hand.settle()
    box = hand.find(QPlainTextEdit, lambda found: found.accessibleName() == "What happened")
    hand.bot.keyClicks(box, "see https://t.me/anna_example")
    hand.bot.waitUntil(lambda: "There is a link in it" in hand.texts(), timeout=PATIENCE_MS)
    hand.press("Fill in")
    assert hand.line("Link").text() == "https://t.me/anna_example"
    assert box.toPlainText() == "see https://t.me/anna_example"


def subjects_after_locking(hand: Hand) -> list[object]:
    hand.lock()
    return [payment.data for payment in subjects_in(hand.path, Kind.PAYMENT)]


def choose(hand: Hand, row: int) -> None:
    rows = hand.find(RowList, lambda _found: True)
    hand.bot.waitUntil(lambda: rows.model().rowCount() > row, timeout=PATIENCE_MS)
    rows.setCurrentIndex(rows.model().index(row, 0))
    hand.settle()


def test_locking_while_hints_are_still_to_come_disturbs_nobody(hand: Hand) -> None:
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    with busy(hand):
        hand.write("Number or address", "GB82 WEST 1234 5698 7654 32")
        coming = [timer for timer in hand.window.findChildren(QTimer) if timer.isActive()]
        hand.window.lock()
        hand.bot.waitUntil(lambda: not any(timer.isActive() for timer in coming), timeout=PATIENCE_MS)
    hand.settle()
    hand.open()
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    assert hand.line("Number or address").text() == "GB82 WEST 1234 5698 7654 32"
