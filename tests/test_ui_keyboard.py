"""Where the keyboard is: never taken from whoever types, and never put on what nobody chose."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from safe_hand import go, keep_a_file, pages_of, type_back, waiting_to_be_stopped, words_on_paper
from window import OFFSCREEN, PASSPHRASE, PATIENCE_MS, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.kinds import Kind, Under18
from ui.places import Place, Way
from ui.under18 import PictureQuestion
from ui.widgets.row_list import RowList

__all__ = ["hand"]

pytestmark = OFFSCREEN
PLAIN = Qt.KeyboardModifier.NoModifier


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


def test_enter_pressed_twice_in_a_dialog_does_not_stop_what_was_begun_with_it(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    (tmp_path / "stick").mkdir()
    go(hand)
    hand.press("Choose where…")
    dialog = hand.find(QFileDialog, lambda _found: True)
    dialog.setDirectory(str(tmp_path / "stick"))
    with waiting_to_be_stopped(1) as there:
        dialog.accept()
        hand.bot.waitUntil(there.is_set, timeout=PATIENCE_MS)
        given_back_to = hand.window.focusWidget()
        hand.press("Cancel: Make a backup")
    assert given_back_to is pages_of(hand).safe.backup


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


def waiting(hand: Hand) -> list[PictureQuestion]:
    """The pictures that nobody has answered for yet."""
    return [card for card in hand.window.findChildren(PictureQuestion) if card.isVisible()]


@pytest.fixture
def unsure(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """An open case in which somebody could be under 18, with three pictures waiting for an answer each."""
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast", Under18.UNSURE))
    hand.open()
    pictures = [tmp_path / f"{number}.png" for number in range(3)]
    for picture in pictures:
        picture.write_bytes(PNG)
    hand.window.go(Way(Place.CAPTURE))
    pages_of(hand).capture.add_files(pictures)
    hand.settle()
    yield hand
    put_away(hand)


def yes_of(card: PictureQuestion) -> QPushButton:
    """The button that says that a picture is an ordinary one."""
    return next(
        button
        for button in card.findChildren(QPushButton)
        if button.accessibleName().startswith("It shows nobody naked")
    )


def press_again(button: QPushButton) -> None:
    """The second press of a double click, which comes to whatever is under the mouse by then."""
    place = QPointF(button.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        left = Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            button, QMouseEvent(kind, place, button.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
        )


def test_a_double_click_answers_for_one_picture(unsure: Hand) -> None:
    unsure.bot.mouseClick(yes_of(waiting(unsure)[0]), Qt.MouseButton.LeftButton)
    press_again(yes_of(waiting(unsure)[0]))
    unsure.settle()
    assert len(waiting(unsure)) == 2


def test_who_clicks_one_button_twice_presses_it_twice(unsure: Hand) -> None:
    button = unsure.find(QPushButton, lambda found: found.text() == "Which ones, and what to do instead")
    unsure.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    press_again(button)
    assert not button.isChecked()


@pytest.mark.parametrize("held", [False, True])
def test_enter_pressed_twice_or_held_down_answers_for_one_picture(unsure: Hand, held: bool) -> None:
    assert keyboard() is waiting(unsure)[0]
    yes_of(waiting(unsure)[0]).setFocus()
    for number in range(4):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, PLAIN, "\r", autorep=held and number > 0)
        QApplication.sendEvent(keyboard(), press)
    unsure.settle()
    assert len(waiting(unsure)) == 2
    assert keyboard() is waiting(unsure)[0]


def test_who_writes_while_a_picture_is_found_to_need_an_answer_answers_nothing(unsure: Hand, tmp_path: Path) -> None:
    for _waiting in range(3):
        unsure.press("Leave it: keep nothing")
    pages_of(unsure).capture.add_files([tmp_path / "0.png"])
    unsure.window.go(Way(Place.ACCOUNTS, new=True))
    line = unsure.line("User name")
    line.setFocus()
    unsure.settle()
    unsure.bot.keyClicks(keyboard(), "nasty one")
    assert line.text() == "nasty one"
    unsure.lock()
    assert not subjects_in(unsure.path, Kind.EXHIBIT)


@pytest.mark.parametrize("begun", ["Withdraw…", "Hold this exhibit…"])
def test_enter_pressed_twice_is_no_answer_to_whether_somebody_is_sure(hand: Hand, tmp_path: Path, begun: str) -> None:
    keep_a_file(hand, tmp_path)
    hand.window.go(Way(Place.EVIDENCE))
    hand.settle()
    rows = hand.find(RowList, lambda _found: True)
    rows.setCurrentIndex(rows.model().index(0, 0))
    hand.settle()
    hand.press(begun)
    if isinstance(line := keyboard(), QLineEdit):
        hand.bot.keyClicks(line, "a mistake")
    hand.bot.keyClick(keyboard(), Qt.Key.Key_Return)
    assert keyboard().text() == "No, leave it"
    hand.settle()
    hand.lock()
    (exhibit,) = subjects_in(hand.path, Kind.EXHIBIT)
    assert not exhibit.withdrawn
    assert not exhibit.held


def test_enter_pressed_twice_removes_no_note(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy")
    hand.press("Keep this")
    hand.press("Notes")
    hand.find(QPlainTextEdit, lambda found: found.accessibleName() == "Your note").setPlainText("Ask about the phone.")
    hand.press("Keep this note")
    hand.find(QPushButton, lambda button: button.accessibleName().startswith("Remove the note")).setFocus()
    enter(hand, times=2)
    assert "Ask about the phone." in hand.texts()


def test_enter_pressed_twice_on_keep_keeps_and_presses_nothing_else(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy")
    hand.lock()
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    assert hand.find(QPushButton, lambda button: button.text() == "Discard what I typed")
    keep = hand.find(QPushButton, lambda button: button.text() == "Keep this")
    keep.setFocus()
    enter(hand, times=2)
    assert keyboard() is keep
    hand.lock()
    assert [account.data for account in subjects_in(hand.path, Kind.ACCOUNT)] == [{"display_name": "Lucy"}]


def test_enter_pressed_twice_for_a_report_gives_no_receipt_and_does_not_cancel(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    (tmp_path / "stick").mkdir()
    hand.window.go(Way(Place.REPORT))
    hand.settle()
    hand.press("Make the report")
    dialog = hand.find(QFileDialog, lambda _found: True)
    dialog.setDirectory(str(tmp_path / "stick"))
    with waiting_to_be_stopped(1) as there:
        dialog.accept()
        hand.bot.waitUntil(there.is_set, timeout=PATIENCE_MS)
        given_back_to = hand.window.focusWidget()
        hand.press("Cancel")
    assert not isinstance(given_back_to, QPushButton)


def test_a_file_that_is_not_kept_leaves_the_keyboard_on_its_page(hand: Hand, tmp_path: Path) -> None:
    hand.window.go(Way(Place.CAPTURE))
    hand.settle()
    pages_of(hand).capture.add_files([tmp_path / "gone.png", tmp_path / "lost.png"])
    hand.settle()
    assert keyboard() is pages_of(hand).capture


def test_a_click_beside_everything_leaves_the_keyboard_in_the_line_that_was_asked_for(hand: Hand) -> None:
    go(hand)
    hand.press("Destroy it…")
    hand.press("Yes, I want to destroy it")
    line = hand.line("The name of the case")
    assert keyboard() is line
    hand.bot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect(), timeout=PATIENCE_MS)
    beside = pages_of(hand).safe.sentence
    hand.bot.mouseClick(beside, Qt.MouseButton.LeftButton)
    assert keyboard() is line
