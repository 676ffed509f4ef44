"""“Keeping it safe”: a new passphrase, recovery words, a backup, a check, a new key, and destroying the case."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from safe_hand import (
    NEW,
    go,
    keep_a_file,
    opens,
    opens_with,
    pages_of,
    renew,
    type_back,
    waiting_to_be_stopped,
    with_words,
    words_on_paper,
)
from window import OFFSCREEN, PASSPHRASE, PATIENCE_MS, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.kinds import Kind
from ui.places import Place, Way
from ui.widgets.tick_box import TickBox

__all__ = ["hand"]

pytestmark = OFFSCREEN


def test_a_new_passphrase_opens_the_case_and_the_old_one_does_not(hand: Hand) -> None:
    go(hand)
    renew(hand, "Change it", "Set the new passphrase")
    assert "The new passphrase is set" in hand.texts()
    hand.lock()
    assert opens(hand.path, NEW)
    assert not opens(hand.path, PASSPHRASE)


@pytest.mark.parametrize(("begin", "do"), [("Change it", "Set the new"), ("Shut them out", "Encrypt everything")])
def test_without_the_present_passphrase_nothing_changes(hand: Hand, begin: str, do: str) -> None:
    go(hand)
    renew(hand, begin, do, current="somebody else")
    assert "does not open the vault" in hand.texts()
    hand.lock()
    assert opens(hand.path, PASSPHRASE)


def test_a_passphrase_is_suggested_and_an_easy_one_gets_a_word(hand: Hand) -> None:
    go(hand)
    hand.press("Change it")
    hand.write("New passphrase", "password")
    hand.bot.waitUntil(lambda: "guess this almost at once" in hand.texts(), timeout=PATIENCE_MS)
    hand.press("Suggest a passphrase")
    line = hand.line("New passphrase")
    assert len(line.text().split()) == 6
    assert line.echoMode() is QLineEdit.EchoMode.Normal


def test_what_was_typed_is_gone_when_the_page_is_left(hand: Hand) -> None:
    go(hand)
    hand.press("Change it")
    hand.write("Present passphrase", PASSPHRASE)
    hand.press("Make recovery words")
    words = words_on_paper(hand)
    hand.window.go(Way(Place.HOME))
    hand.settle()
    texts = [label.text() for label in hand.window.findChildren(QLabel)]
    texts += [line.text() for line in hand.window.findChildren(QLineEdit)]
    assert len(words) == 12
    assert not [word for word in words if any(word in text.split() and text.split()[0][0].isdigit() for text in texts)]
    assert PASSPHRASE not in texts


def test_recovery_words_count_once_two_of_them_are_typed_back(hand: Hand) -> None:
    go(hand)
    hand.press("Make recovery words")
    words = words_on_paper(hand)
    hand.press("I wrote them down")
    assert not words_on_paper(hand)
    type_back(hand, words)
    hand.press("These are the words")
    assert "These words open the case from now on" in hand.texts()
    hand.lock()
    assert opens_with(hand.path, words)


def test_words_that_were_not_typed_back_open_nothing_and_older_ones_stay(hand: Hand) -> None:
    old = with_words(hand)
    hand.press("Make recovery words")
    new = words_on_paper(hand)
    hand.press("I wrote them down")
    type_back(hand, ["abandon"] * 12)
    hand.press("These are the words")
    assert "is another one" in hand.texts()
    hand.press("Not now")
    hand.lock()
    assert opens_with(hand.path, old)
    assert not opens_with(hand.path, new)


def test_a_backup_is_made_opens_and_says_when_and_what_head(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    go(hand)
    assert "There is no backup yet" in hand.texts()
    pages_of(hand).safe.backup.make_in(stick)
    hand.settle()
    assert "Everything new was read back" in hand.texts()
    assert "The head of the log is" in hand.texts()
    assert "The last backup was made on" in hand.texts()
    assert [exhibit.ref for exhibit in subjects_in(stick / "notes.holdfast", Kind.EXHIBIT)] == ["AB/1"]


def test_a_backup_after_a_withdrawal_says_that_older_ones_hold_the_picture(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    go(hand)
    desk = pages_of(hand).capture._desk
    desk.keep(lambda case, _task: case.withdraw(next(case.subjects(Kind.EXHIBIT)), "not mine"), lambda _none: None)
    hand.settle()
    pages_of(hand).safe.backup.make_in(stick)
    hand.settle()
    assert "still hold its picture" in hand.texts()


def test_a_place_that_is_copied_to_a_cloud_is_asked_about_first(hand: Hand, tmp_path: Path) -> None:
    cloud = tmp_path / "cloud"
    (cloud / ".dropbox.cache").mkdir(parents=True)
    go(hand)
    pages_of(hand).safe.backup.make_in(cloud)
    hand.settle()
    assert "This place is copied to Dropbox" in hand.texts()
    assert not (cloud / "notes.holdfast").exists()
    hand.press("Copy it there anyway")
    assert (cloud / "notes.holdfast").exists()


def test_a_stopped_backup_is_told_and_leaves_the_case_open(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "film.bin").write_bytes(PNG * 9_000)
    pages_of(hand).capture.add_files([tmp_path / "film.bin"])
    hand.settle()
    stick = tmp_path / "stick"
    stick.mkdir()
    go(hand)
    with waiting_to_be_stopped(at_step=2) as halfway:
        pages_of(hand).safe.backup.make_in(stick)
        assert halfway.wait(60)
        hand.press("Cancel: Make a backup")
    assert "Stopped before the backup was done. Nothing was lost" in hand.texts()
    hand.lock()
    assert len(subjects_in(hand.path, Kind.EXHIBIT)) == 1


def test_a_bad_file_in_a_backup_is_replaced_and_named_and_the_whole_copy_can_be_read_again(
    hand: Hand, tmp_path: Path
) -> None:
    for _each in range(3):
        keep_a_file(hand, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    go(hand)
    assert "Read the whole copy again" not in hand.texts()
    pages_of(hand).safe.backup.make_in(stick)
    hand.settle()
    stored = sorted(path for path in (stick / "notes.holdfast" / "objects").rglob("*") if path.is_file())
    stored[1].chmod(0o600)
    content = stored[1].read_bytes()
    stored[1].write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    box = hand.find(TickBox, lambda found: found.text() == "Read the whole copy again")
    hand.bot.mouseClick(box, Qt.MouseButton.LeftButton)
    pages_of(hand).safe.backup.make_in(stick)
    hand.settle()
    assert "A file was damaged in this backup and is copied anew: AB/" in hand.texts()
    assert "3 files that were there already were read again." in hand.texts()
    assert not box.isChecked()
    pages_of(hand).safe.compare.compare_with(stick)
    hand.settle()
    assert "nothing in it is damaged" in hand.texts()


def test_a_backup_names_what_is_held_and_what_it_still_has_of_it(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    (tmp_path / "stick").mkdir()
    go(hand)
    pages_of(hand).safe.backup.make_in(tmp_path / "stick")
    hand.settle()
    keep_a_file(hand, tmp_path)
    desk = pages_of(hand).capture._desk
    for ref in ("AB/1", "AB/2"):
        desk.keep(lambda case, _task, ref=ref: case.hold(case.find(ref)), lambda _none: None)
    hand.settle()
    pages_of(hand).safe.backup.make_in(tmp_path / "stick")
    hand.settle()
    assert "Held since an earlier backup: AB/1. Their files are in this backup" in hand.texts()
    assert "Held, so only their words are in this backup: AB/2." in hand.texts()


def test_comparing_says_that_the_backup_still_holds_what_was_withdrawn(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    (tmp_path / "stick").mkdir()
    go(hand)
    pages_of(hand).safe.backup.make_in(tmp_path / "stick")
    hand.settle()
    desk = pages_of(hand).capture._desk
    desk.keep(lambda case, _task: case.withdraw(next(case.subjects(Kind.EXHIBIT)), "not mine"), lambda _none: None)
    pages_of(hand).safe.compare.compare_with(tmp_path / "stick")
    hand.settle()
    assert "The backup still holds what was withdrawn here: 1 file." in hand.texts()
    pages_of(hand).safe.backup.make_in(tmp_path / "stick")
    pages_of(hand).safe.compare.compare_with(tmp_path / "stick")
    hand.settle()
    assert "still holds what was withdrawn here" not in hand.texts()


def test_a_check_of_a_whole_case_finds_nothing(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    go(hand)
    hand.press("Check now")
    assert "Nothing is damaged." in hand.texts()
    assert "1 file" in hand.texts()


def test_a_check_names_the_exhibit_whose_file_is_damaged(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    stored = next(path for path in (hand.path / "objects").rglob("*") if path.is_file())
    content = bytearray(stored.read_bytes())
    content[len(content) // 2] ^= 1
    stored.chmod(0o600)
    stored.write_bytes(content)
    go(hand)
    hand.press("Check now")
    assert "Damaged: AB/1:" in hand.texts()
    assert "Nothing is damaged" not in hand.texts()


def test_a_new_key_shuts_out_the_old_passphrase_and_keeps_every_file(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    go(hand)
    hand.press("Shut them out")
    assert "can still open that copy" in hand.texts()
    hand.press("Leave it as it is")
    renew(hand, "Shut them out", "Encrypt everything anew")
    assert "encrypted anew and was checked" in hand.texts()
    keep_a_file(hand, tmp_path)
    hand.lock()
    assert not opens(hand.path, PASSPHRASE)
    hand.open(NEW)
    go(hand)
    hand.press("Check now")
    assert "2 files" in hand.texts()
    assert "Nothing is damaged." in hand.texts()


def test_a_case_is_destroyed_only_after_its_name_was_typed(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.open()
    go(hand)
    hand.press("Destroy it…")
    hand.press("Yes, I want to destroy it")
    hand.write("The name of the case", "something")
    hand.press("Destroy it for good")
    assert "This is not the name of the case." in hand.texts()
    assert hand.path.exists()
    hand.write("The name of the case", "notes")
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    hand.settle()
    assert "The case is destroyed" in hand.texts()
    assert not hand.path.exists()
    put_away(hand)


def test_home_reminds_of_a_backup_until_the_newest_thing_is_in_one(hand: Hand, tmp_path: Path) -> None:
    hand.window.go(Way(Place.HOME))
    hand.settle()
    assert "in no backup yet" not in hand.texts()
    keep_a_file(hand, tmp_path)
    hand.window.go(Way(Place.HOME))
    hand.settle()
    assert "in no backup yet" in hand.texts()
    (tmp_path / "stick").mkdir()
    pages_of(hand).safe.backup.make_in(tmp_path / "stick")
    hand.settle()
    assert "in no backup yet" not in hand.texts()


def test_home_offers_recovery_words_until_there_are_some_or_later_is_chosen(hand: Hand) -> None:
    hand.window.go(Way(Place.HOME))
    hand.settle()
    hand.press("Later: write no recovery words down now")
    assert "If you forget the passphrase" not in hand.texts()
    hand.lock()
    hand.open()
    hand.press("Write them down")
    words = words_on_paper(hand)
    hand.press("I wrote them down")
    type_back(hand, words)
    hand.press("These are the words")
    hand.window.go(Way(Place.HOME))
    hand.settle()
    assert "If you forget the passphrase" not in hand.texts()


def test_recovery_words_set_a_new_passphrase_and_open_the_case(hand: Hand) -> None:
    words = with_words(hand)
    hand.lock()
    hand.press("I forgot my passphrase")
    hand.write("Your recovery words", " ".join(["qqzx", *words[1:]]))
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    hand.press("Set the new passphrase")
    assert "Word 1, “qqzx”" in hand.texts()
    hand.write("Your recovery words", " ".join(words))
    hand.press("Set the new passphrase")
    assert len(words_on_paper(hand)) == 12
    hand.lock()
    assert opens(hand.path, NEW)
    assert not opens(hand.path, PASSPHRASE)
    assert not opens_with(hand.path, words)
