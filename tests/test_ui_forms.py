"""Forms: typed, drafted, kept, changed with their history, and withdrawn only when asked twice."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PATIENCE_MS, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.kinds import Kind
from ui.places import IN_COLUMN, Place, Way
from ui.widgets.row_list import RowList
from vault.chain import Action

__all__ = ["hand"]

pytestmark = OFFSCREEN

SKYPE_ID = "live:.cid.1a2b3c4d5e6f7a8b"


def choose(hand: Hand, row: int = 0) -> None:
    rows = hand.find(RowList, lambda _found: True)
    hand.bot.waitUntil(lambda: rows.model().rowCount() > row, timeout=PATIENCE_MS)
    rows.setCurrentIndex(rows.model().index(row, 0))
    hand.settle()


def kept_capture(hand: Hand, folder: Path) -> None:
    (folder / "chat.png").write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([folder / "chat.png"])
    hand.settle()
    hand.window.go(Way(Place.EVIDENCE))
    hand.settle()
    choose(hand)


def test_an_account_with_a_skype_id_is_kept_with_the_keyboard_alone(hand: Hand) -> None:
    hand.keys(Qt.Key(Qt.Key.Key_1 + IN_COLUMN.index(Place.ACCOUNTS)))
    hand.keys(Qt.Key.Key_N)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QComboBox)
    hand.bot.keyClicks(focus, "skype")
    for text in ("Lucy", SKYPE_ID):
        hand.keys(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        hand.bot.keyClicks(QApplication.focusWidget(), text)
    hand.keys(Qt.Key.Key_Return)
    hand.lock()
    assert [account.data for account in subjects_in(hand.path, Kind.ACCOUNT)] == [
        {"platform": "skype", "display_name": "Lucy", "persistent_id": SKYPE_ID}
    ]


def test_what_is_typed_and_not_kept_is_still_there_after_locking_and_is_in_no_entry(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy")
    hand.lock()
    assert subjects_in(hand.path, Kind.ACCOUNT) == []
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    assert hand.line("Name shown").text() == "Lucy"
    assert "did not keep it yet" in hand.texts()
    hand.press("Discard")
    assert hand.line("Name shown").text() == ""
    put_away(hand)


def test_changing_something_keeps_what_it_was_and_shows_it(hand: Hand, tmp_path: Path) -> None:
    kept_capture(hand, tmp_path)
    hand.write("What it shows", "A demand for money")
    hand.keys(Qt.Key.Key_Return)
    hand.write("What it shows", "A demand for £300")
    hand.press("Keep this")
    hand.press("History")
    told = hand.texts().splitlines()
    assert "A demand for money" in told
    assert told.index("A demand for £300") < told.index("Before: A demand for money")
    hand.lock()
    entries = subjects_in(hand.path, Kind.EXHIBIT)[0].entries
    assert [entry.data.get("title") for entry in entries] == [None, "A demand for money", "A demand for £300"]


def test_one_button_sorts_a_picture(hand: Hand, tmp_path: Path) -> None:
    kept_capture(hand, tmp_path)
    hand.press("This picture is: Ordinary")
    hand.press("Keep this")
    assert "ordinary" in hand.texts()
    hand.lock()
    assert subjects_in(hand.path, Kind.EXHIBIT)[0].data["sensitivity"] == "ordinary"


def test_withdrawing_is_asked_twice_and_needs_a_reason(hand: Hand, tmp_path: Path) -> None:
    kept_capture(hand, tmp_path)
    hand.press("Withdraw…")
    hand.press("Withdraw")
    assert "Are you sure?" not in hand.texts()
    hand.write("Why? A few words are enough", "The wrong file")
    hand.press("Withdraw")
    assert "Are you sure?" in hand.texts()
    assert "police may prefer the original" in hand.texts()
    hand.press("Yes, withdraw it")
    hand.lock()
    exhibit = subjects_in(hand.path, Kind.EXHIBIT)[0]
    assert exhibit.last.action is Action.WITHDRAW
    assert exhibit.last.data["why"] == "The wrong file"


def test_an_empty_form_keeps_nothing_and_says_so(hand: Hand) -> None:
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    hand.press("Keep this")
    assert "There is nothing to keep yet." in hand.texts()


def test_a_payment_names_the_account_behind_it(hand: Hand) -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Lucy & <b>Co</b>")
    hand.press("Keep this")
    hand.window.go(Way(Place.MONEY, new=True))
    hand.settle()
    hand.write("Amount", "300")
    hand.press("More questions")
    box = hand.find(QComboBox, lambda found: found.accessibleName() == "Account that demanded it")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert box.currentText() == "Lucy & <b>Co</b>"
    hand.press("Keep this")
    hand.lock()
    account = subjects_in(hand.path, Kind.ACCOUNT)[0]
    assert subjects_in(hand.path, Kind.PAYMENT)[0].data == {"amount": "300", "account": account.id}


def test_every_form_with_free_text_says_who_may_read_it(hand: Hand) -> None:
    for place in (Place.ACCOUNTS, Place.MONEY, Place.HAPPENED):
        hand.window.go(Way(place, new=True))
        hand.settle()
        assert "The police, and later the other side, may read this and its earlier versions." in hand.texts()
