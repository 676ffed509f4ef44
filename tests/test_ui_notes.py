"""Notes beside a thing: marked, drafted, kept apart from the evidence, changed and removed."""

from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from window import OFFSCREEN, PASSPHRASE, PATIENCE_MS, Hand, hand

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind
from app.notes import Area, Note, read_notes
from capture import this_computer
from ui.places import Place, Way
from ui.widgets.row_list import RowList

__all__ = ["hand"]

pytestmark = OFFSCREEN


def an_account(hand: Hand, name: str = "Lucy") -> None:
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", name)
    hand.press("Keep this")
    hand.press("Notes")


def note_box(hand: Hand) -> QPlainTextEdit:
    return hand.find(QPlainTextEdit, lambda found: found.accessibleName() == "Your note")


def write_note(hand: Hand, text: str) -> None:
    note_box(hand).setFocus()
    hand.bot.keyClicks(note_box(hand), text)


def notes_in(hand: Hand) -> tuple[list[Note], int]:
    """The notes of the locked case, and how many entries it has."""
    hand.lock()
    casefile = Casefile.open(hand.path, PASSPHRASE, RecordingClock(this_computer()))
    try:
        return read_notes(casefile), casefile.vault.head.entries
    finally:
        casefile.close()


def choose(hand: Hand, row: int) -> None:
    rows = hand.find(RowList, lambda _found: True)
    hand.bot.waitUntil(lambda: rows.model().rowCount() > row, timeout=PATIENCE_MS)
    rows.setCurrentIndex(rows.model().index(row, 0))
    hand.settle()


def test_a_private_note_says_that_it_is_never_in_a_report_and_makes_no_entry(hand: Hand) -> None:
    an_account(hand)
    assert "Not part of the evidence. Never in a report." in hand.texts()
    before = notes_in(hand)[1]
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS))
    hand.settle()
    choose(hand, 0)
    hand.press("Notes")
    write_note(hand, "Ask Sam")
    hand.press("Keep this note")
    assert "Notes · 1" in hand.texts()
    assert note_box(hand).toPlainText() == ""
    notes, entries = notes_in(hand)
    assert [(note.text, note.impact) for note in notes] == [("Ask Sam", None)]
    # The window was opened and closed twice meanwhile, nothing else.
    assert entries - before <= 2


def test_a_note_on_the_impact_says_when_it_is_in_a_report_and_has_its_area(hand: Hand) -> None:
    an_account(hand)
    hand.press("This note is: Impact")
    assert "Impact: in a report only if you ask." in hand.texts()
    area = hand.find(QComboBox, lambda found: found.accessibleName() == "What it is about")
    area.setCurrentIndex(area.findData("health"))
    write_note(hand, "I cannot sleep")
    hand.press("Keep this note")
    assert "Impact · Health" in hand.texts()
    assert [(note.text, note.impact) for note in notes_in(hand)[0]] == [("I cannot sleep", Area.HEALTH)]


def test_a_note_is_changed_and_removed_when_asked_twice(hand: Hand) -> None:
    an_account(hand)
    write_note(hand, "Ask Sam")
    hand.press("Keep this note")
    hand.press("Change the note: Ask Sam")
    write_note(hand, "Then: ")
    hand.press("Keep the change")
    assert "Then: Ask Sam" in hand.texts()
    hand.press("Remove the note")
    assert "Then: Ask Sam" in hand.texts()
    hand.press("Yes, remove the note")
    assert "Then: Ask Sam" not in hand.texts()
    assert notes_in(hand)[0] == []


def test_a_note_that_is_typed_survives_locking_and_belongs_to_its_own_thing(hand: Hand) -> None:
    an_account(hand)
    hand.window.go(Way(Place.ACCOUNTS, new=True))
    hand.settle()
    hand.write("Name shown", "Sofia")
    hand.press("Keep this")
    hand.press("Notes")
    write_note(hand, "Only about Sofia")
    choose(hand, 1)
    hand.press("Notes")
    assert note_box(hand).toPlainText() == ""
    choose(hand, 0)
    assert "one not kept yet" in hand.texts()
    hand.press("Notes")
    write_note(hand, "More: ")
    assert notes_in(hand)[0] == []
    hand.open()
    hand.window.go(Way(Place.ACCOUNTS))
    hand.settle()
    choose(hand, 0)
    hand.press("Notes")
    assert note_box(hand).toPlainText() == "More: Only about Sofia"


def test_history_names_things_by_their_words_and_folds_what_is_long(hand: Hand) -> None:
    def write(casefile, _task):
        account = casefile.record(Kind.ACCOUNT, {"display_name": "Lucy"})
        other = casefile.record(Kind.ACCOUNT, {"display_name": "Sofia"})
        kept = casefile.record(Kind.PAYMENT, {"status": "demanded", "account": account.id, "exact_words": "pay " * 200})
        payment = casefile.subject(kept.id)
        casefile.amend(payment, {"status": "paid", "account": other.id})
        return kept.id

    made = []
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.keep(write, made.append)
    hand.settle()
    hand.window.go(Way(Place.MONEY, subject=made[0]))
    hand.settle()
    hand.press("History")
    hand.settle()
    told = hand.texts().splitlines()
    assert told[told.index("Sofia") + 1] == "Before: Lucy"
    assert told[told.index("Paid") + 1] == "Before: Demanded, not paid"
    assert "pay " * 200 not in hand.texts()
    hand.press("Show all of it")
    assert ("pay " * 200).strip() in hand.texts()
    assert made[0] not in hand.texts()
