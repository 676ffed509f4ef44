"""The numbers for a crisis stand in the window itself: on every page, locked or open, however large the text is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, Hand, hand, make_case, put_away, show

from app.guidance import guidance
from ui import theme
from ui.places import Place, Way
from ui.theme import Scheme, Theme
from ui.widgets.crisis_line import CrisisLine

__all__ = ["hand"]

pytestmark = OFFSCREEN
EMERGENCY, SAMARITANS = "999", "116 123"


@pytest.fixture
def locked(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """The window over a case that nobody has opened."""
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    yield hand
    put_away(hand)


def numbers(hand: Hand) -> set[str]:
    """The numbers that can be read without doing anything: whole, inside the window, covered by nothing."""
    line = hand.find(CrisisLine, lambda _found: True)
    seen = set()
    for label in line.findChildren(QLabel):
        whole = QRect(label.mapTo(hand.window, QPoint()), label.size())
        fits = label.width() >= label.fontMetrics().horizontalAdvance(label.text())
        if label.isVisible() and fits and hand.window.rect().contains(whole):
            assert label.visibleRegion().boundingRect() == label.rect()
            seen.add(label.text())
    return seen


def set_country(hand: Hand, country: str) -> None:
    hand.window.go(Way(Place.CASE))
    hand.settle()
    hand.write("Country", country)
    hand.press("Keep this")


def test_the_numbers_for_a_crisis_stand_on_every_page_of_an_open_case(hand: Hand) -> None:
    for place in Place:
        hand.window.go(Way(place))
        hand.settle()
        assert {EMERGENCY, SAMARITANS} <= numbers(hand), place


def test_they_stand_on_every_page_before_a_case_is_open_too(locked: Hand) -> None:
    assert {EMERGENCY, SAMARITANS} <= numbers(locked)
    for name in ("I forgot my passphrase", "Back", "Begin a new case", "Help now"):
        locked.press(name)
        assert {EMERGENCY, SAMARITANS} <= numbers(locked), name


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_with_text_of_200_percent_in_a_narrow_window_numbers_and_buttons_are_all_there(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"), look=Theme(Scheme.LIGHT, 2.0))
    try:
        hand.open()
        hand.window.resize(700, 600)
        hand.settle()
        assert {EMERGENCY, SAMARITANS} <= numbers(hand)
        for name in ("Help now: whom you can turn to", "Lock: close the case"):
            button = hand.find(QPushButton, lambda found, name=name: found.accessibleName() == name)
            assert hand.window.rect().contains(QRect(button.mapTo(hand.window, QPoint()), button.size()))
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        theme.put_on(qapp, Theme())
        put_away(hand)


def test_they_are_those_of_the_country_that_was_written_down_and_a_locked_window_does_not_tell_it(hand: Hand) -> None:
    set_country(hand, "USA")
    assert {"911", "988"} <= numbers(hand)
    assert EMERGENCY not in numbers(hand)
    hand.lock()
    assert {EMERGENCY, SAMARITANS} <= numbers(hand)
    hand.open()
    assert "988" in numbers(hand)
    set_country(hand, "Ruritania")
    assert {EMERGENCY, SAMARITANS} <= numbers(hand)


def test_a_number_can_be_copied_and_is_told_to_those_who_do_not_see_it(hand: Hand) -> None:
    label = hand.find(QLabel, lambda found: found.text() == SAMARITANS)
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert label.accessibleDescription() == "Samaritans"
    assert label.layoutDirection() is Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize(
    ("written", "country"),
    [("England", "UK"), ("scotland, UK", "UK"), ("United States.", "USA"), ("Cork (Ireland)", "Ireland"),
     ("Northern Ireland", "UK"), ("Canada / USA", "UK"), ("", "UK"), ("Aotearoa", "New Zealand"),
     ("U.S.A.", "USA"), ("Texas, U.S.", "USA"), ("the United States of America", "USA"), ("N.Z.", "New Zealand")],
)  # fmt: skip
def test_a_country_is_understood_as_people_write_it_and_two_of_them_as_none(written: str, country: str) -> None:
    assert guidance().crisis_in(written).country == country
