"""With text of 200 percent: what somebody was just led to is in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PATIENCE_MS, PNG, Hand, make_case, put_away, show

from ui import theme
from ui.places import Place, Way
from ui.theme import Scheme, Theme
from ui.widgets.row_list import RowList

pytestmark = OFFSCREEN


@pytest.fixture
def large(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """A window of the usual size over an open case, with text twice as large."""
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"), look=Theme(Scheme.LIGHT, 2.0))
    hand.window.resize(1200, 800)
    hand.open()
    yield hand
    put_away(hand)
    theme.put_on(qapp, Theme())


def come_to(hand: Hand, way: Way) -> None:
    hand.window.go(way)
    hand.settle()
    hand.bot.wait(0)


def is_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_how_to_stop_a_payment_is_read_before_anything_is_asked_about_it(large: Hand) -> None:
    come_to(large, Way(Place.MONEY, new=True))
    first = large.find(QLabel, lambda label: label.text().startswith("If money has gone out, ask at once"))
    large.bot.waitUntil(lambda: is_seen(first), timeout=PATIENCE_MS)


def test_the_first_question_of_a_new_form_is_seen_and_so_is_the_way_back(large: Hand) -> None:
    come_to(large, Way(Place.ACCOUNTS, new=True))
    question = QApplication.focusWidget()
    assert question is not None
    large.bot.waitUntil(lambda: is_seen(question), timeout=PATIENCE_MS)
    large.press("Back to the list")
    large.bot.waitUntil(
        lambda: is_seen(large.find(QPushButton, lambda button: button.text() == "Add an account")), timeout=PATIENCE_MS
    )


@pytest.fixture
def chosen(large: Hand, tmp_path: Path) -> Hand:
    """The same with a capture that somebody looks at."""
    (tmp_path / "chat.png").write_bytes(PNG)
    pages = large.window.case_pages
    assert pages is not None
    pages.capture.add_files([tmp_path / "chat.png"])
    large.settle()
    come_to(large, Way(Place.EVIDENCE))
    rows = large.find(RowList, lambda _found: True)
    rows.setCurrentIndex(rows.model().index(0, 0))
    large.settle()
    return large


def test_a_question_that_is_higher_than_the_page_is_read_from_its_beginning(chosen: Hand) -> None:
    for button, words in (("Withdraw…", "Withdraw this?"), ("Hold this exhibit", "Hold this exhibit?")):
        chosen.press(button)
        title = chosen.find(QLabel, lambda label, words=words: label.text() == words)
        chosen.bot.waitUntil(lambda title=title: is_seen(title), timeout=PATIENCE_MS)


def test_what_is_asked_a_second_time_is_in_sight(chosen: Hand) -> None:
    chosen.press("Hold this exhibit")
    first = QApplication.focusWidget()
    chosen.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    second = QApplication.focusWidget()
    assert second is not None
    assert second is not first
    chosen.bot.waitUntil(lambda: is_seen(second), timeout=PATIENCE_MS)
