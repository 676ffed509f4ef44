"""Recovery words in the window: after a new passphrase, on a stick, on paper; they never count for nobody."""

import re
import subprocess
from pathlib import Path

import pytest
from command_line import OneStick
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QPushButton
from safe_hand import NEW, all_texts, go, opens, opens_with, pages_of, renew, type_back, words_on_paper
from window import OFFSCREEN, PASSPHRASE, Hand, hand

from app.recovery_sheet import Sheet, code_rows, sheet_of
from ui.places import Place, Way
from ui.safety.words import RecoveryWords
from vault.recovery import parse_words

__all__ = ["hand"]

pytestmark = OFFSCREEN


def begin(hand: Hand) -> tuple[RecoveryWords, list[str]]:
    go(hand)
    hand.press("Make recovery words")
    return pages_of(hand).safe.words, words_on_paper(hand)


def stick_in(folder: Path, card: RecoveryWords) -> Path:
    stick = folder / "stick"
    stick.mkdir()
    card.volumes = OneStick(stick)
    return stick


def text_of(pdf: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True)
    return " ".join(told.stdout.split())


@pytest.mark.parametrize(
    ("begins", "does"),
    [
        ("Change it", "Set the new"),
        ("Shut them out", "Encrypt everything"),
        ("Hand it over…", "Encrypt everything"),
    ],
)
def test_new_words_are_shown_at_once_where_older_ones_stop_to_count(hand: Hand, begins: str, does: str) -> None:
    _card, old = begin(hand)
    hand.press("I wrote them down")
    type_back(hand, old)
    hand.press("These are the words")
    renew(hand, begins, does)
    assert "older ones no longer open this case" in hand.texts()
    new = words_on_paper(hand)
    assert len(new) == 12
    hand.press("I wrote them down")
    type_back(hand, new)
    hand.press("These are the words")
    hand.lock()
    assert opens_with(hand.path, new)
    assert not opens_with(hand.path, old)
    assert opens(hand.path, NEW)


def test_no_words_are_put_on_a_page_that_somebody_left_meanwhile(hand: Hand) -> None:
    go(hand)
    hand.press("Change it")
    hand.write("Present passphrase", PASSPHRASE)
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    hand.find(QPushButton, lambda button: button.text() == "Set the new passphrase").click()
    hand.window.go(Way(Place.HOME))
    hand.settle()
    assert re.findall(r"^\d+\. [a-z]+$", all_texts(hand), re.MULTILINE) == []
    assert pages_of(hand).safe.words._secret is None
    assert "If you forget the passphrase" in hand.texts()


def test_a_sheet_goes_to_a_stick_and_its_words_count_from_then_on(hand: Hand, tmp_path: Path) -> None:
    card, words = begin(hand)
    stick = stick_in(tmp_path, card)
    card.save_sheet_in(stick)
    hand.settle()
    assert [path.name for path in stick.iterdir()] == ["notes-recovery-sheet.pdf"]
    assert "Its words open the case from now on" in hand.texts()
    assert words_on_paper(hand) == words
    shown = text_of(stick / "notes-recovery-sheet.pdf")
    assert all(word in shown for word in words)
    hand.press("Not now")
    assert "You did not test them" in hand.texts()
    hand.lock()
    assert opens_with(hand.path, words)


def test_a_second_sheet_takes_no_other_ones_place(hand: Hand, tmp_path: Path) -> None:
    card, _words = begin(hand)
    stick = stick_in(tmp_path, card)
    for _time in range(2):
        card.save_sheet_in(stick)
        hand.settle()
    assert sorted(path.name for path in stick.iterdir()) == [
        "notes-recovery-sheet-2.pdf",
        "notes-recovery-sheet.pdf",
    ]


def test_no_sheet_is_written_to_this_computers_disk(hand: Hand, tmp_path: Path) -> None:
    card, words = begin(hand)
    stick_in(tmp_path, card)
    disk = tmp_path / "disk"
    disk.mkdir()
    card.save_sheet_in(disk)
    hand.settle()
    assert "it is not on a stick or a card" in hand.texts()
    assert list(disk.iterdir()) == []
    assert words_on_paper(hand) == words
    hand.press("Not now")
    hand.lock()
    assert not opens_with(hand.path, words)


def test_a_printed_sheet_holds_words_square_and_vault_and_its_words_count(hand: Hand, tmp_path: Path) -> None:
    card, words = begin(hand)
    sheets: list[Sheet] = []
    secret = parse_words(" ".join(words))
    card.desk.ask(lambda casefile: sheet_of(casefile, secret), sheets.append)
    hand.settle()
    printer = QPdfWriter(str(tmp_path / "paper.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    card.print_on(sheets[0], code_rows(sheets[0]), printer)
    hand.settle()
    assert "The sheet was given to the printer" in hand.texts()
    shown = text_of(tmp_path / "paper.pdf")
    for number, word in enumerate(words, start=1):
        assert f"{number}. {word}" in shown
    assert sheets[0].vault[:4] in shown
    assert "Whoever has this sheet" in shown
    pages = subprocess.run(["pdfinfo", tmp_path / "paper.pdf"], capture_output=True, check=True, text=True).stdout
    assert "Pages:           1\n" in pages
    hand.press("I wrote them down")
    type_back(hand, words)
    hand.press("These are the words")
    hand.lock()
    assert opens_with(hand.path, words)


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints")
def test_a_printer_that_takes_nothing_changes_nothing(hand: Hand, tmp_path: Path) -> None:
    card, words = begin(hand)
    sheets: list[Sheet] = []
    secret = parse_words(" ".join(words))
    card.desk.ask(lambda casefile: sheet_of(casefile, secret), sheets.append)
    hand.settle()
    card.print_on(sheets[0], code_rows(sheets[0]), QPdfWriter(str(tmp_path / "no" / "such" / "place.pdf")))
    hand.settle()
    assert "The printer did not take the page." in hand.texts()
    assert words_on_paper(hand) == words
    hand.press("Not now")
    hand.lock()
    assert not opens_with(hand.path, words)


def test_what_printing_leaves_behind_is_said_before(hand: Hand) -> None:
    begin(hand)
    assert "may keep a copy of the page" in hand.texts()
