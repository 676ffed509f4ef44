"""With the Tab key alone: everything that is shown and can be used is reached, in both directions, on every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PASSPHRASE, PNG, Hand, hand, make_case, put_away, show

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Under18
from capture import this_computer
from ui.places import Place, Way
from ui.widgets.row_list import RowList

__all__ = ["hand"]

pytestmark = OFFSCREEN
FORMS = (Place.HAPPENED, Place.ACCOUNTS, Place.MONEY, Place.REMOVALS, Place.CONTACTS)


def is_behind_another(widget: QWidget) -> bool:
    """Whether the arrow keys lead to it, from the one of its group that is chosen."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def stops(window: QWidget) -> list[QWidget]:
    """What can be used with the keyboard now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not is_behind_another(widget)
    ]


def left_out(hand: Hand, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """What is not reached from where the cursor is."""
    reached: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in reached:
        reached.append(widget)
        hand.bot.keyClick(widget, key)
    return [f"{type(stop).__name__} {stop.accessibleName()}" for stop in stops(hand.window) if stop not in reached]


def require_all_reached(hand: Hand) -> None:
    assert left_out(hand) == []
    assert left_out(hand, Qt.Key.Key_Backtab) == []


@pytest.mark.parametrize("place", list(Place))
def test_tab_reaches_everything_on_each_page(hand: Hand, place: Place) -> None:
    hand.window.go(Way(place))
    hand.settle()
    require_all_reached(hand)


@pytest.mark.parametrize("place", FORMS)
def test_tab_is_caught_nowhere_in_a_form_with_all_its_questions(hand: Hand, place: Place) -> None:
    hand.window.go(Way(place, new=True))
    hand.settle()
    require_all_reached(hand)
    hand.press("More questions")
    require_all_reached(hand)
    hand.press("Filters")
    require_all_reached(hand)


def test_tab_reaches_everything_beside_a_capture(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "chat.png").write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    hand.window.go(Way(Place.CAPTURE))
    pages.capture.add_files([tmp_path / "chat.png"])
    hand.settle()
    require_all_reached(hand)
    hand.window.go(Way(Place.EVIDENCE))
    hand.settle()
    rows = hand.find(RowList, lambda _found: True)
    rows.setCurrentIndex(rows.model().index(0, 0))
    hand.settle()
    for button in ("Hold this exhibit", "History", "Notes"):
        hand.press(button)
        require_all_reached(hand)


@pytest.fixture
def unsure(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """A window before a case in which somebody could be under 18."""
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast", Under18.UNSURE))
    yield hand
    put_away(hand)


def test_tab_reaches_each_answer_about_a_picture(unsure: Hand, tmp_path: Path) -> None:
    require_all_reached(unsure)
    unsure.open()
    (tmp_path / "chat.png").write_bytes(PNG)
    pages = unsure.window.case_pages
    assert pages is not None
    unsure.window.go(Way(Place.CAPTURE))
    pages.capture.add_files([tmp_path / "chat.png", tmp_path / "chat.png"])
    unsure.settle()
    require_all_reached(unsure)


def test_tab_leads_on_from_who_records_to_everything_else(unsure: Hand) -> None:
    casefile = Casefile.open(unsure.path, PASSPHRASE, RecordingClock(this_computer()))
    casefile.add_person({"initials": "CD", "role": "supporter"})
    casefile.close()
    for _time in range(2):
        unsure.write("Passphrase", PASSPHRASE)
        unsure.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        order = []
        for _stop in range(4):
            order.append(QApplication.focusWidget().accessibleName().split(" · ")[0])
            unsure.keys(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        assert order == ["Open, and record as AB", "Open, and record as CD", "Or type your initials", "Open"]
        require_all_reached(unsure)
