"""A new payment: before anything is typed, the window says how to try to stop it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from window import OFFSCREEN, PATIENCE_MS, Hand, hand

from ui.places import IN_COLUMN, Place, Way
from ui.stop_payment import StopItFirst
from ui.widgets.row_list import RowList

__all__ = ["hand"]

pytestmark = OFFSCREEN


def stop_it(hand: Hand) -> StopItFirst:
    return hand.find(StopItFirst, lambda _card: True)


def test_before_anything_is_typed_about_a_payment_it_says_whom_to_ask_at_once_to_stop_it(hand: Hand) -> None:
    hand.keys(Qt.Key(Qt.Key.Key_1 + IN_COLUMN.index(Place.MONEY)))
    hand.keys(Qt.Key.Key_N)
    card, first = stop_it(hand), hand.find(QComboBox, lambda box: box.accessibleName() == "Was it paid?")
    assert card.mapTo(hand.window, QPoint(0, card.height())).y() < first.mapTo(hand.window, QPoint()).y()
    assert not card.visibleRegion().isEmpty()
    assert QApplication.focusWidget() is card
    said = card.accessibleDescription()
    for words in ("ring your bank", "recall", "Western Union", "cancel", "Gift card", "issued", "exchange"):
        assert words in said
        assert words in hand.texts()


def test_the_form_follows_with_tab_and_what_is_kept_is_shown_without_the_card(hand: Hand) -> None:
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    for _stop in range(2):
        hand.keys(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    first = QApplication.focusWidget()
    assert isinstance(first, QComboBox)
    hand.bot.keyClicks(first, "Paid")
    hand.keys(Qt.Key.Key_Return)
    rows = hand.find(RowList, lambda _found: True)
    hand.bot.waitUntil(lambda: rows.model().rowCount() == 1, timeout=PATIENCE_MS)
    assert not [card for card in hand.window.findChildren(StopItFirst) if card.isVisible()]


def test_it_leads_to_the_numbers_and_what_was_typed_is_still_there_afterwards(hand: Hand) -> None:
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    hand.write("Amount", "300")
    hand.press("Whom to ring")
    assert "If money was sent" in hand.texts()
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    assert hand.line("Amount").text() == "300"


def test_other_things_are_written_down_without_it(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    assert not [card for card in hand.window.findChildren(StopItFirst) if card.isVisible()]
