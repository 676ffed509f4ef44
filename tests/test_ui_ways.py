"""Who can open a case and what a backup is worth, in the window: ways in, comparing, a new key's progress."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QPushButton
from safe_hand import NEW, go, keep_a_file, opens, opens_with, pages_of, renew, waiting_to_be_stopped, with_words
from window import OFFSCREEN, PASSPHRASE, PNG, Hand, hand, make_case

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind
from app.notes import keep_note
from app.synced import Surroundings, synced_folder
from capture import this_computer
from ui.widgets.progress import Progress
from ui.widgets.synced_warning import synced_words
from ui.worker import Step

__all__ = ["hand"]

pytestmark = OFFSCREEN


def back_up(hand: Hand, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    go(hand)
    pages_of(hand).safe.backup.make_in(folder)
    hand.settle()
    return folder / "notes.holdfast"


def compare(hand: Hand, folder: Path) -> str:
    go(hand)
    pages_of(hand).safe.compare.compare_with(folder)
    hand.settle()
    return hand.texts()


def write_into(path: Path, passphrase: str = PASSPHRASE) -> None:
    casefile = Casefile.open(path, passphrase, RecordingClock(this_computer()))
    casefile.record(Kind.INCIDENT, {"what_happened": "They wrote again."})
    casefile.close()


def test_each_way_in_is_named_with_its_date_and_one_can_be_removed(hand: Hand) -> None:
    words = with_words(hand)
    hand.press("Show them")
    assert "A passphrase, since " in hand.texts()
    assert "Recovery words, twelve on paper, since " in hand.texts()
    hand.press("Remove: Recovery words")
    assert "no longer open the case then" in hand.texts()
    hand.press("No, leave it")
    hand.press("Remove: Recovery words")
    hand.press("Yes, remove it")
    assert "Recovery words, twelve on paper" not in hand.texts()
    hand.lock()
    assert not opens_with(hand.path, words)
    assert opens(hand.path, PASSPHRASE)


def test_the_last_way_in_stays_and_it_is_said_why(hand: Hand) -> None:
    go(hand)
    hand.press("Show them")
    button = hand.find(QPushButton, lambda found: found.accessibleName().startswith("Remove: A passphrase"))
    assert not button.isEnabled()
    assert "nobody could open the case" in button.accessibleDescription()
    assert "The last way stays" in hand.texts()


def test_a_passphrase_can_be_removed_where_words_are_left_and_that_is_said(hand: Hand) -> None:
    words = with_words(hand)
    hand.press("Show them")
    hand.press("Remove: A passphrase")
    assert "Only the recovery words open the case then" in hand.texts()
    hand.press("Yes, remove it")
    assert "The last way stays" in hand.texts()
    hand.lock()
    assert not opens(hand.path, PASSPHRASE)
    assert opens_with(hand.path, words)


def test_a_backup_that_is_up_to_date_is_called_the_same_and_is_read_again(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    copy = back_up(hand, tmp_path / "stick")
    for folder in (copy, copy.parent):
        told = compare(hand, folder)
        assert "Both hold the same" in told
        assert "nothing in it is damaged" in told


def test_a_case_that_went_on_is_ahead_of_its_backup(hand: Hand, tmp_path: Path) -> None:
    copy = back_up(hand, tmp_path / "stick")
    keep_a_file(hand, tmp_path)
    assert "This case is ahead. The backup has nothing that is not here" in compare(hand, copy)


def test_a_backup_that_went_on_is_ahead_or_apart(hand: Hand, tmp_path: Path) -> None:
    copy = back_up(hand, tmp_path / "stick")
    write_into(copy)
    assert "The backup is ahead" in compare(hand, copy)
    keep_a_file(hand, tmp_path)
    told = compare(hand, copy)
    assert "both went on separately" in told
    assert "Keep both" in told


def test_a_note_that_stands_in_a_backup_alone_is_told_and_nobody_is_asked_to_write_over_it(
    hand: Hand, tmp_path: Path
) -> None:
    copy = back_up(hand, tmp_path / "stick")
    casefile = Casefile.open(copy, PASSPHRASE, RecordingClock(this_computer()))
    keep_note(casefile, "only in the copy")
    casefile.close()
    keep_a_file(hand, tmp_path)
    told = compare(hand, copy)
    assert "This case is ahead" in told
    assert "not in the same words: 1. Open the backup to read them." in told
    assert "bring it up to date" not in told


def test_a_damaged_file_in_a_backup_is_named(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    copy = back_up(hand, tmp_path / "stick")
    stored = next(path for path in (copy / "objects").rglob("*") if path.is_file())
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes()[:-1])
    told = compare(hand, copy)
    assert "Damaged: AB/1:" in told
    assert "This backup is damaged" in told


def test_another_case_is_no_backup_of_this_one(hand: Hand, tmp_path: Path) -> None:
    told = compare(hand, make_case(tmp_path / "other.holdfast"))
    assert "This is a backup of another case." in told


def test_a_backup_from_before_a_new_key_asks_for_the_passphrase_of_that_time(hand: Hand, tmp_path: Path) -> None:
    copy = back_up(hand, tmp_path / "stick")
    renew(hand, "Shut them out", "Encrypt everything anew")
    hand.press("Not now")
    assert "opens with the passphrase that the case had" in compare(hand, copy)
    hand.write("Passphrase of the backup", "something else")
    hand.press("Compare")
    assert "does not open the vault" in hand.texts()
    hand.write("Passphrase of the backup", PASSPHRASE)
    hand.press("Compare")
    assert "Both hold the same" in hand.texts() or "This case is ahead" in hand.texts()
    assert hand.window.findChildren(type(pages_of(hand).safe.compare))[0]._passphrase.text() == ""


def test_comparing_can_be_stopped(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "film.bin").write_bytes(PNG * 9_000)
    pages_of(hand).capture.add_files([tmp_path / "film.bin"])
    hand.settle()
    copy = back_up(hand, tmp_path / "stick")
    with waiting_to_be_stopped(at_step=2) as halfway:
        pages_of(hand).safe.compare.compare_with(copy)
        assert halfway.wait(60)
        hand.press("Cancel: Compare with a backup")
    assert "Stopped. Nothing was lost." in hand.texts()


@pytest.mark.parametrize("begins", ["Shut them out", "Hand it over…"])
def test_a_new_key_can_be_stopped_and_the_old_passphrase_stays(hand: Hand, tmp_path: Path, begins: str) -> None:
    (tmp_path / "film.bin").write_bytes(PNG * 9_000)
    pages_of(hand).capture.add_files([tmp_path / "film.bin"])
    hand.settle()
    go(hand)
    hand.press(begins)
    hand.write("Present passphrase", PASSPHRASE)
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    with waiting_to_be_stopped(at_step=10) as halfway:
        hand.find(QPushButton, lambda button: button.text() == "Encrypt everything anew").click()
        assert halfway.wait(60)
        hand.press("Cancel: ")
    assert "the present passphrase and recovery words still open it" in hand.texts()
    hand.lock()
    assert opens(hand.path, PASSPHRASE)


def test_progress_in_bytes_is_told_in_words(hand: Hand) -> None:
    progress = Progress("A new key")
    progress.setParent(hand.window)
    progress.begin("Encrypting…", may_stop=True, in_bytes=True)
    progress.show_step(Step("", 1_500_000, 6_000_000))
    assert "25 % (1.5 MB of 6.0 MB)" in hand.texts()


def test_a_damaged_file_can_be_left_behind_when_somebody_must_be_shut_out(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    stored = next(path for path in (hand.path / "objects").rglob("*") if path.is_file())
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes()[:-1])
    go(hand)
    renew(hand, "Shut them out", "Encrypt everything anew")
    assert "not to be encrypted anew: AB/1" in hand.texts()
    hand.press("Go on without what is damaged")
    assert "The old case stays beside it as " in hand.texts()
    hand.lock()
    assert opens(hand.path, NEW)
    assert not opens(hand.path, PASSPHRASE)


def test_what_handing_over_means_is_said_before(hand: Hand) -> None:
    go(hand)
    hand.press("Hand it over…")
    assert "they choose the new one while you look away" in hand.texts()
    assert "could still sign in its name" in hand.texts()


class Shouting(QTranslator):
    """A language in which everything is said loudly."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return source.upper()


@pytest.mark.parametrize("make", ["Dropbox", "Nextcloud", "Library/CloudStorage/Some-Service", "place/.dropbox.cache"])
def test_why_a_folder_counts_as_copied_is_said_in_the_language_of_the_window(
    qapp: QApplication, tmp_path: Path, make: str
) -> None:
    (tmp_path / make).mkdir(parents=True)
    place = tmp_path / make if not make.endswith("cache") else (tmp_path / make).parent
    found = synced_folder(place, Surroundings({}, tmp_path))
    assert found is not None
    english = synced_words(found)
    shouting = Shouting()
    qapp.installTranslator(shouting)
    try:
        said = synced_words(found)
    finally:
        qapp.removeTranslator(shouting)
    assert found.why in english
    names = {place.name, ".dropbox.cache", "Dropbox"}
    assert {word for word in re.findall(r"[\w.]+", said) if word != word.upper()} <= names
