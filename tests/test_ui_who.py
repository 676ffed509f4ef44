"""Where several people record, whoever opens the case is chosen from a list; only the passphrase shows that list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PASSPHRASE, Hand, make_case, put_away, show

from app.casefile import Casefile
from app.clock import RecordingClock
from capture import this_computer
from ui.widgets.who_records import WhoRecords
from vault.recovery import words_of

pytestmark = OFFSCREEN
SUPPORTER = "Open, and record as CD"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case in which two people record."""
    path = make_case(tmp_path / "notes.holdfast")
    casefile = Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))
    casefile.add_person({"initials": "CD", "name": "Chris", "role": "supporter"})
    casefile.close()
    return path


@pytest.fixture
def locked(qtbot: QtBot, qapp: QApplication, case: Path) -> Iterator[Hand]:
    hand = show(qtbot, qapp, case)
    yield hand
    put_away(hand)


def type_passphrase(hand: Hand, passphrase: str = PASSPHRASE) -> None:
    hand.write("Passphrase", passphrase)
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)


def names_held(hand: Hand) -> str:
    """What any widget of the locked page knows of the people, shown or not."""
    (who,) = hand.window.findChildren(WhoRecords)
    return " ".join(
        [*(button.text() for button in who._buttons), *(line.text() for line in who.findChildren(QLineEdit))]
    )


def test_after_the_right_passphrase_one_key_chooses_who_records(locked: Hand) -> None:
    type_passphrase(locked)
    assert "AB · the person it happened to" in locked.texts()
    assert "CD · a supporter" in locked.texts()
    assert "Chris" not in locked.texts()
    locked.keys(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    locked.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "CD records" in locked.texts()


def test_a_wrong_passphrase_shows_nobody(locked: Hand) -> None:
    type_passphrase(locked, "not this one")
    assert locked.window.case_pages is None
    assert not locked.window.findChildren(WhoRecords)[0].isVisible()
    assert names_held(locked).strip() == ""


def test_the_names_are_gone_with_another_place_another_passphrase_and_with_locking(locked: Hand) -> None:
    type_passphrase(locked)
    locked.bot.keyClicks(locked.line("Passphrase"), "x")
    assert names_held(locked).strip() == ""
    type_passphrase(locked)
    locked.write("Where your case is", "/elsewhere")
    assert names_held(locked).strip() == ""
    locked.write("Where your case is", str(locked.path))
    type_passphrase(locked)
    locked.press(SUPPORTER)
    locked.lock()
    assert "supporter" not in locked.texts()
    assert names_held(locked).strip() == ""


def test_initials_can_be_typed_and_those_of_nobody_are_told(locked: Hand) -> None:
    type_passphrase(locked)
    locked.write("Or type your initials", "zz")
    locked.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "Nobody with the initials ZZ" in locked.texts()
    locked.write("Or type your initials", "cd")
    locked.press("Open")
    assert "CD records" in locked.texts()


def test_open_without_a_choice_asks_again_and_opens_nothing(locked: Hand) -> None:
    type_passphrase(locked)
    locked.press("Open")
    assert QApplication.focusWidget().accessibleName().startswith("Open, and record as AB")
    assert locked.window.case_pages is None


def test_after_a_forgotten_passphrase_the_list_comes_too_and_leads_to_new_recovery_words(locked: Hand) -> None:
    casefile = Casefile.open(locked.path, PASSPHRASE, RecordingClock(this_computer()), "AB")
    words = words_of(casefile.set_recovery_words())
    casefile.close()
    locked.press("I forgot my passphrase")
    locked.write("Your recovery words", " ".join(words))
    for line in ("New passphrase", "The new passphrase again"):
        locked.write(line, "quiet lamp seven rivers")
    locked.press("Set the new passphrase")
    locked.press(SUPPORTER)
    assert "CD records" in locked.texts()
    assert "One more step: recovery words" in locked.texts()
