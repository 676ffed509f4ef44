"""The window as a whole: beginning, opening, locking, closing, and what a person sees of it."""

from contextlib import closing
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from safe_hand import waiting_to_be_stopped
from window import OFFSCREEN, PASSPHRASE, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind, Sensitivity, Under18
from capture import this_computer
from ui.places import IN_COLUMN, Place, Way
from ui.theme import Scheme, Theme
from ui.widgets.row_list import RowList
from ui.widgets.square import SquareCode
from vault.errors import VaultBusy
from vault.vault import Vault

__all__ = ["hand"]

pytestmark = OFFSCREEN


def captures(path: Path) -> list[object]:
    return [exhibit.data for exhibit in subjects_in(path, Kind.EXHIBIT)]


def test_a_case_is_begun_with_the_keyboard_alone(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "mine.holdfast"
    hand = show(qtbot, qapp, path)
    hand.write("Passphrase", PASSPHRASE)
    hand.write("The same passphrase again", PASSPHRASE)
    hand.write("Your initials", "AB")
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "Write these twelve words on paper" in hand.texts()
    hand.keys(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "A few questions" in hand.texts()
    hand.press("Skip")
    assert "What would you like to do?" in hand.texts()
    hand.lock()
    assert [case.data for case in subjects_in(path, Kind.CASE)] == [{"under18": Under18.UNSURE}]
    put_away(hand)


def test_two_different_passphrases_begin_nothing(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "mine.holdfast"
    hand = show(qtbot, qapp, path)
    hand.write("Passphrase", PASSPHRASE)
    hand.write("The same passphrase again", "something else")
    hand.write("Your initials", "AB")
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "not the same" in hand.texts()
    assert not path.exists()
    put_away(hand)


def test_a_wrong_passphrase_is_told_kindly_and_the_right_one_still_opens(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.write("Passphrase", "wrong")
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "does not open the vault" in hand.texts()
    assert "Traceback" not in hand.texts()
    hand.write("Passphrase", PASSPHRASE)
    hand.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert "What would you like to do?" in hand.texts()
    put_away(hand)


def test_a_vault_that_is_open_elsewhere_is_not_touched(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    other = Casefile.open(hand.path, PASSPHRASE, RecordingClock(this_computer()))
    hand.open()
    assert "already open" in hand.texts()
    other.close()
    put_away(hand)


def test_locking_takes_every_page_away_and_frees_the_vault(hand: Hand, tmp_path: Path) -> None:
    picture = tmp_path / "chat.png"
    picture.write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([picture])
    hand.settle()
    hand.keys(Qt.Key.Key_L)
    assert hand.window.case_pages is None
    assert "AB/1" not in hand.texts()
    assert not hand.window.findChildren(RowList)
    assert [subject.ref for subject in subjects_in(hand.path, Kind.EXHIBIT)] == ["AB/1"]


def test_an_open_case_is_locked_against_other_programs(hand: Hand) -> None:
    with pytest.raises(VaultBusy):
        subjects_in(hand.path, Kind.CASE)


def test_closing_the_window_finishes_what_is_being_kept(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.open()
    films = [tmp_path / f"film-{number}.bin" for number in range(3)]
    for film in films:
        film.write_bytes(PNG * 5_000)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files(films)
    put_away(hand)
    assert len(captures(hand.path)) == len(films)


def test_a_file_is_kept_and_shown_as_a_grey_card_that_says_saved(hand: Hand, tmp_path: Path) -> None:
    picture = tmp_path / "chat.png"
    picture.write_bytes(PNG)
    hand.window.go(Way(Place.CAPTURE))
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([picture])
    hand.settle()
    assert {"AB/1", "Saved"} <= set(hand.texts().splitlines())
    hand.lock()
    exhibit = subjects_in(hand.path, Kind.EXHIBIT)[0]
    assert exhibit.objects[0].size == len(PNG)
    assert exhibit.data["sensitivity"] == Sensitivity.NOT_SAID


def test_an_empty_file_is_kept_with_a_kind_word(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    hand.window.go(Way(Place.CAPTURE))
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([tmp_path / "empty.txt"])
    hand.settle()
    assert "This file is empty." in hand.texts()


def test_a_screen_that_cannot_be_captured_is_told_and_the_window_stays(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.window.go(Way(Place.CAPTURE))
    pages = hand.window.case_pages
    assert pages is not None
    computer = this_computer({})
    monkeypatch.setattr(type(pages.capture._desk), "computer", property(lambda _desk: computer))
    monkeypatch.setattr(pages.capture._shutter, "_computer", computer)
    pages.capture.take_screen()
    hand.settle()
    assert "There is no screen here that can be captured." in hand.texts()
    assert hand.window.isVisible()


def test_where_somebody_could_be_under_18_a_picture_needs_a_word_each_time(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast", Under18.UNSURE))
    hand.open()
    picture = tmp_path / "chat.png"
    picture.write_bytes(PNG)
    hand.window.go(Way(Place.CAPTURE))
    hand.settle()
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([picture])
    hand.settle()
    assert "could be under 18" in hand.texts()
    assert "--sensitivity" not in hand.texts()
    for _time in range(2):
        hand.press("It shows nobody naked")
        pages.capture.add_files([picture])
        hand.settle()
    hand.press("Leave it")
    assert "It shows nobody naked" not in hand.texts()
    put_away(hand)
    kept = subjects_in(hand.path, Kind.EXHIBIT)
    assert [exhibit.data["sensitivity"] for exhibit in kept] == [Sensitivity.ORDINARY, Sensitivity.ORDINARY]


def test_control_and_a_number_leads_to_each_place(hand: Hand) -> None:
    for number, place in enumerate(IN_COLUMN[:9]):
        hand.keys(Qt.Key(Qt.Key.Key_1 + number))
        assert hand.window._place is place


def test_help_with_the_right_number_works_while_locked(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.keys(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert "0345 6000 459" in hand.texts()
    assert "0845" not in hand.texts()
    hand.press("Back")
    assert hand.line("Passphrase").isVisible()
    put_away(hand)


def test_a_report_is_made_checked_and_its_codes_are_shown(hand: Hand, tmp_path: Path) -> None:
    picture = tmp_path / "chat.png"
    picture.write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([picture])
    hand.settle()
    hand.keys(Qt.Key.Key_9)
    out = tmp_path / "for-the-police"
    out.mkdir()
    pages.report.make_in(out)
    hand.settle()
    assert "Checked: nothing was changed" in hand.texts()
    made = list(out.glob("*-report-*/*"))
    assert sorted(path.suffix for path in made) == [".pdf", ".zip"]
    hand.press("Copy: Receipt")
    assert QApplication.clipboard().text() in hand.texts()


def test_a_cancelled_report_leaves_nothing_behind(hand: Hand, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("words " * 20_000)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([tmp_path / f"{number}.txt" for number in range(30)])
    hand.settle()
    hand.window.go(Way(Place.REPORT))
    out = tmp_path / "out"
    out.mkdir()
    with waiting_to_be_stopped(at_step=60) as halfway:
        pages.report.make_in(out)
        assert halfway.wait(60)
        hand.press("Cancel")
    assert not list(out.iterdir())
    assert "Checked" not in hand.texts()


def test_a_receipt_is_given_and_noted(hand: Hand) -> None:
    hand.keys(Qt.Key.Key_9)
    hand.press("Give a receipt")
    hand.lock()
    assert len(subjects_in(hand.path, Kind.ANCHOR)) == 1


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_telephone_reads_the_whole_receipt_from_the_screen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, scheme: Scheme
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"), look=Theme(scheme))
    hand.open()
    hand.keys(Qt.Key.Key_9)
    hand.press("Give a receipt")
    photograph = hand.find(SquareCode, lambda square: square.isVisible()).grab().toImage()
    photograph.save(str(tmp_path / "photograph.png"))
    with Image.open(tmp_path / "photograph.png") as image:
        (read,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    hand.lock()
    (anchor,) = subjects_in(hand.path, Kind.ANCHOR)
    with closing(Vault.open(hand.path, PASSPHRASE)) as vault:
        expected = ("holdfast", vault.id, str(anchor.data["entries"]), anchor.data["head"], vault.identity.fingerprint)
        assert read.text == " ".join(map(str, expected))
    put_away(hand)
