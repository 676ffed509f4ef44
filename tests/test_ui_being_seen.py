"""Where captures are made, it is said who may notice: before anything is captured, and what can be done instead."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton
from window import OFFSCREEN, Hand, hand

from app.platforms import Told, registry
from ui.places import Place, Way
from ui.widgets.being_seen import BeingSeen

__all__ = ["hand"]

pytestmark = OFFSCREEN


def go_to_capture(hand: Hand) -> tuple[BeingSeen, QPushButton]:
    hand.window.go(Way(Place.CAPTURE))
    hand.settle()
    warning = hand.find(BeingSeen, lambda _found: True)
    return warning, hand.find(QPushButton, lambda button: button.text() == "The whole screen")


def test_above_the_buttons_that_capture_it_says_who_may_be_told_of_a_screenshot_and_of_an_opened_page(
    hand: Hand,
) -> None:
    warning, button = go_to_capture(hand)
    said = warning.sentence.text()
    assert "screenshot" in said
    assert "Opening" in said
    assert "can be seen" in said
    assert warning.mapTo(hand.window, QPoint(0, warning.height())).y() <= button.mapTo(hand.window, QPoint()).y()
    assert not warning.visibleRegion().isEmpty()
    assert button.accessibleDescription() == said


def test_it_names_the_platforms_that_tell_and_what_to_do_instead(hand: Hand) -> None:
    go_to_capture(hand)
    assert "Snapchat" not in hand.texts()
    hand.press("Which ones")
    words = hand.texts()
    for each in registry().entries.values():
        assert (f"{each.name}: " in words) is (each.screenshot_told in {Told.YES, Told.SOMETIMES})
    assert all(each.shown in words for each in registry().screenshot_instead)


def test_what_is_hidden_on_a_page_leaves_no_empty_room(hand: Hand) -> None:
    warning, _button = go_to_capture(hand)
    above = hand.find(QLabel, lambda label: label.text().startswith("It is kept exactly as it is"))
    assert warning.mapTo(hand.window, QPoint()).y() - above.mapTo(hand.window, QPoint(0, above.height())).y() < 30
