"""Beginning a case: a passphrase with a word on it, a folder that stays here, and recovery words as the next step."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from safe_hand import NEW, all_texts, opens, opens_with, type_back, words_on_paper
from window import OFFSCREEN, PASSPHRASE, PATIENCE_MS, Hand, make_case, put_away, show, subjects_in

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind
from capture import this_computer
from ui.entrance import Entrance
from ui.widgets.case_place import CasePlace
from vault.recovery import words_of

pytestmark = OFFSCREEN

EASY = "almost at once"


@pytest.fixture
def new(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """A window that is about to begin a case."""
    hand = show(qtbot, qapp, tmp_path / "notes.holdfast")
    hand.settle()
    yield hand
    put_away(hand)


def fill(hand: Hand, passphrase: str = PASSPHRASE) -> None:
    hand.write("Passphrase", passphrase)
    hand.write("The same passphrase again", passphrase)
    hand.write("Your initials", "AB")


def place(hand: Hand) -> CasePlace:
    return hand.find(CasePlace, lambda _found: True)


def cloud_in(folder: Path) -> Path:
    cloud = folder / "cloud"
    (cloud / ".dropbox.cache").mkdir(parents=True)
    return cloud


def put_in_cloud(hand: Hand, folder: Path) -> Path:
    path = cloud_in(folder) / "notes.holdfast"
    place(hand).put(path)
    hand.bot.waitUntil(lambda: "copied to Dropbox" in hand.texts(), timeout=PATIENCE_MS)
    return path


def test_recovery_words_are_the_next_step_and_open_the_case_once_two_were_typed_back(new: Hand) -> None:
    fill(new)
    new.press("Begin")
    words = words_on_paper(new)
    assert len(words) == 12
    new.press("I wrote them down")
    type_back(new, words)
    new.press("These are the words")
    new.press("Go on")
    new.press("Skip")
    assert "What would you like to do?" in new.texts()
    assert "If you forget the passphrase" not in new.texts()
    new.lock()
    assert opens_with(new.path, words)


def test_a_new_case_asks_whether_anybody_in_the_pictures_is_or_was_under_18(new: Hand) -> None:
    asked = "Could anybody in the intimate pictures be under 18, or have been when they were taken?"
    assert asked in new.texts()
    fill(new)
    new.press(f"{asked}: No")
    new.press("Begin")
    new.press("Not now")
    new.press("Skip")
    new.lock()
    assert [case.data["under18"] for case in subjects_in(new.path, Kind.CASE)] == ["no"]


def test_the_words_can_wait_and_home_keeps_reminding(new: Hand) -> None:
    fill(new)
    new.press("Begin")
    words = words_on_paper(new)
    new.press("Not now")
    new.press("Skip")
    assert "What would you like to do?" in new.texts()
    assert "If you forget the passphrase" in new.texts()
    assert not any(f". {word}" in all_texts(new) for word in words)
    new.lock()
    assert not opens_with(new.path, words)
    assert opens(new.path, PASSPHRASE)


def test_a_window_that_is_closed_while_the_words_are_shown_leaves_a_whole_case(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, tmp_path / "notes.holdfast")
    fill(hand)
    hand.press("Begin")
    words = words_on_paper(hand)
    put_away(hand)
    assert not opens_with(hand.path, words)
    casefile = Casefile.open(hand.path, PASSPHRASE, RecordingClock(this_computer()))
    assert casefile.check().faults == []
    assert len(casefile.slots) == 1
    casefile.close()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.holdfast"]


def test_a_window_that_is_closed_while_the_case_is_made_leaves_a_whole_case_or_none(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, tmp_path / "notes.holdfast")
    fill(hand)
    hand.bot.keyClick(hand.line("Your initials"), Qt.Key.Key_Return)
    put_away(hand)
    assert opens(hand.path, PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.holdfast"]


def test_a_word_that_was_typed_wrongly_is_named_with_its_number(new: Hand) -> None:
    fill(new)
    new.press("Begin")
    words = words_on_paper(new)
    new.press("I wrote them down")
    type_back(new, ["qqzx"] * 12)
    new.press("These are the words")
    assert "“qqzx”, is not one of the words that are used" in new.texts()
    other = "zebra" if "zebra" not in words else "abandon"
    type_back(new, [other] * 12)
    new.press("These are the words")
    assert f"is another one than “{other}”" in new.texts()
    new.press("Show the words again")
    assert words_on_paper(new) == words


def test_a_folder_that_is_copied_to_a_cloud_is_taken_only_after_somebody_chose_that(new: Hand, tmp_path: Path) -> None:
    path = put_in_cloud(new, tmp_path)
    assert "“.dropbox.cache”, the mark that this program leaves" in new.texts()
    fill(new)
    new.press("Begin")
    assert not path.exists()
    assert "Nothing was written there." in new.texts()
    new.press("Keep it here anyway")
    new.press("Begin")
    assert len(words_on_paper(new)) == 12
    assert path.exists()


def test_instead_of_such_a_folder_one_on_this_computer_is_offered(new: Hand, tmp_path: Path) -> None:
    put_in_cloud(new, tmp_path)
    new.press("Keep it on this computer")
    new.bot.waitUntil(lambda: "copied to Dropbox" not in new.texts(), timeout=PATIENCE_MS)
    fill(new)
    new.press("Begin")
    assert new.path.exists()
    assert len(words_on_paper(new)) == 12


def test_what_was_accepted_for_one_folder_is_asked_again_for_another(new: Hand, tmp_path: Path) -> None:
    path = put_in_cloud(new, tmp_path)
    new.press("Keep it here anyway")
    other = path.with_name("other.holdfast")
    place(new).put(other)
    fill(new)
    new.press("Begin")
    assert not other.exists()
    assert "copied to Dropbox" in new.texts()


def test_a_name_that_is_taken_is_not_suggested(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.press("Begin a new case")
    assert hand.line("Where it is kept").text() == str(tmp_path / "notes-2.holdfast")
    put_away(hand)


def test_an_easy_passphrase_gets_a_word_and_is_taken_all_the_same(new: Hand) -> None:
    fill(new, "password")
    new.bot.waitUntil(lambda: EASY in new.texts(), timeout=PATIENCE_MS)
    assert "You can use it all the same" in new.texts()
    new.press("Begin")
    new.lock()
    assert opens(new.path, "password")


def test_the_initials_count_as_known_to_whoever_guesses(new: Hand) -> None:
    new.write("Your initials", "XQJVKZWBPX")
    new.write("Passphrase", "xqjvkzwbpx")
    new.bot.waitUntil(lambda: "Guessing this" in new.texts() or "guess this" in new.texts(), timeout=PATIENCE_MS)
    assert EASY in new.texts()
    new.write("Your initials", "AB")
    new.write("Passphrase", "xqjvkzwbp")
    new.write("Passphrase", "xqjvkzwbpx")
    new.bot.waitUntil(lambda: EASY not in new.texts(), timeout=PATIENCE_MS)


def test_typing_on_by_keyboard_never_meets_the_button_that_would_replace_the_passphrase(new: Hand) -> None:
    new.write("Passphrase", PASSPHRASE)
    for _line in range(2):
        new.keys(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is new.line("The same passphrase again")


def test_a_suggestion_is_shown_to_be_written_down_and_typed_again(new: Hand) -> None:
    new.press("Suggest a passphrase")
    line = new.line("Passphrase")
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    assert "Write these six words down on paper" in new.texts()
    suggested = line.text()
    assert len(suggested.split()) == 6
    assert new.line("The same passphrase again").text() == ""
    new.write("The same passphrase again", suggested)
    new.write("Your initials", "AB")
    new.press("Begin")
    assert suggested not in all_texts(new)
    new.lock()
    assert opens(new.path, suggested)


def test_a_suggestion_that_is_too_wide_for_its_line_is_shown_whole_below(new: Hand) -> None:
    new.line("Passphrase").setMaximumWidth(80)
    QApplication.processEvents()
    new.press("Suggest a passphrase")
    assert f"\n{new.line('Passphrase').text()}\n" in new.texts().replace(new.line("Passphrase").text(), "", 1)


def test_a_passphrase_can_be_pasted(new: Hand) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("pasted from a keeper of passphrases")
    for name in ("Passphrase", "The same passphrase again"):
        new.line(name).setFocus()
        new.keys(Qt.Key.Key_V)
    clipboard.clear()
    new.write("Your initials", "AB")
    new.press("Begin")
    new.lock()
    assert opens(new.path, "pasted from a keeper of passphrases")


def test_leaving_the_page_forgets_the_passphrase_and_undo_does_not_bring_it_back(new: Hand) -> None:
    fill(new)
    line = new.line("Passphrase")
    new.press("Help now")
    assert PASSPHRASE not in all_texts(new)
    line.setEchoMode(QLineEdit.EchoMode.Normal)
    line.undo()
    assert line.text() == ""


def forgotten(bot: QtBot, qapp: QApplication, path: Path) -> tuple[Hand, list[str]]:
    """A case with recovery words, and the page on which they are typed."""
    make_case(path)
    casefile = Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))
    words = list(words_of(casefile.set_recovery_words()))
    casefile.close()
    hand = show(bot, qapp, path)
    hand.press("I forgot my passphrase")
    hand.write("Your recovery words", " ".join(words))
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    return hand, words


def test_going_back_before_the_new_passphrase_is_set_stops_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, words = forgotten(qtbot, qapp, tmp_path / "notes.holdfast")
    left = threading.Event()
    recover = Entrance.recover

    def after_back(go_on: Callable[[], None]) -> None:
        assert left.wait(60)
        go_on()

    monkeypatch.setattr(Entrance, "recover", lambda self, asked, go_on: recover(self, asked, lambda: after_back(go_on)))
    hand.bot.keyClick(hand.line("The new passphrase again"), Qt.Key.Key_Return)
    back = hand.find(QPushButton, lambda button: button.text() == "Back")
    assert back.isEnabled()
    back.click()
    left.set()
    hand.settle()
    assert "Welcome" in hand.texts()
    put_away(hand)
    assert opens(hand.path, PASSPHRASE)
    assert opens_with(hand.path, words)


def test_after_recovering_new_words_are_shown_at_once(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand, words = forgotten(qtbot, qapp, tmp_path / "notes.holdfast")
    hand.press("Set the new passphrase")
    shown = words_on_paper(hand)
    assert len(shown) == 12
    assert shown != words
    assert NEW not in all_texts(hand)
    put_away(hand)
