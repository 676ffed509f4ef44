"""Finding something in a list: words and parts of words, filters, newest first, page by page, with the keyboard."""

import threading
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from window import OFFSCREEN, PATIENCE_MS, PNG, Hand, hand

from app.kinds import Exhibit, Kind, Sensitivity
from capture import FileSource
from ui.places import Place, Way
from ui.widgets.row_list import RowList
from ui.widgets.search_field import SearchField
from ui.words import day_typed

__all__ = ["hand"]

pytestmark = OFFSCREEN

MANY = 120
"""More than two pages of a list."""
NO_KEY = Qt.KeyboardModifier.NoModifier


def rows_of(hand: Hand) -> RowList:
    return hand.find(RowList, lambda _found: True)


def lines(hand: Hand) -> list[str]:
    model = rows_of(hand).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def shown(hand: Hand) -> str:
    return "\n".join(lines(hand))


def write(hand: Hand, deed) -> None:
    """Have something written into the case, as if it had been typed."""
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.keep(lambda casefile, _task: deed(casefile), lambda _none: None)
    hand.settle()


def go(hand: Hand, place: Place) -> None:
    hand.window.go(Way(place))
    hand.settle()


def filters(hand: Hand) -> None:
    """Open the filters; they are loaded then."""
    hand.press("Filters")


def choose(hand: Hand, question: str, words: str) -> None:
    box = hand.find(QComboBox, lambda found: found.accessibleName() == question)
    place = box.findText(words)
    assert place >= 0, [box.itemText(number) for number in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)
    hand.settle()


def fill(casefile, folder) -> None:
    """Evidence, an account that it names, money and words."""
    gloria = casefile.record(Kind.ACCOUNT, {"display_name": "Gloria", "platform": "skype"})
    casefile.record(Kind.ACCOUNT, {"display_name": "Marek", "platform": "telegram"})
    casefile.record(Kind.PAYMENT, {"status": "paid", "amount": "300", "recipient": "Gloria Gold", "account": gloria.id})
    casefile.record(Kind.INCIDENT, {"what_happened": "Gloria wrote at night", "when": "2026-03-05"})
    for title, sensitivity, platform, act_at in (
        ("Friend list", Sensitivity.ORDINARY, "Facebook", "2026-03-04"),
        ("Something bad", Sensitivity.INTIMATE, "Image board", "2026-04-01"),
        ("Chat with Gloria", None, "Skype", ""),
    ):
        (folder / "chat.png").write_bytes(PNG)
        about = Exhibit(title=title, sensitivity=sensitivity, platform=platform, act_at=act_at or None)
        casefile.preserve(FileSource(folder / "chat.png", casefile.clock.computer).capture(), about)


def test_a_part_of_a_word_finds_the_accounts_that_hold_it(hand: Hand) -> None:
    def deed(casefile):
        casefile.record(Kind.ACCOUNT, {"display_name": "Gloria", "handle": "@gold.digger"})
        for number in range(MANY):
            casefile.record(Kind.ACCOUNT, {"display_name": f"Someone {number}"})

    write(hand, deed)
    go(hand, Place.ACCOUNTS)
    assert lines(hand)[0].startswith(f"Someone {MANY - 1}")
    hand.write("Search: Accounts", "digger")
    hand.bot.waitUntil(lambda: "Gloria" in shown(hand), timeout=PATIENCE_MS)
    assert rows_of(hand).model().rowCount() == 1
    hand.write("Search: Accounts", "nobody like that")
    hand.bot.waitUntil(lambda: "No matches" in hand.texts(), timeout=PATIENCE_MS)
    hand.press("Clear filters: show everything again")
    assert "No matches" not in hand.texts()
    model = rows_of(hand).model()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
        hand.settle()
    assert model.rowCount() == MANY + 1
    assert len(set(lines(hand))) == MANY + 1


def test_scrolling_down_brings_the_next_page_and_stays_where_it_is(hand: Hand) -> None:
    def deed(casefile):
        for number in range(MANY):
            casefile.record(Kind.ACCOUNT, {"display_name": f"Someone {number}"})

    write(hand, deed)
    go(hand, Place.ACCOUNTS)
    rows = rows_of(hand)
    rows.setCurrentIndex(rows.model().index(0, 0))
    hand.settle()
    first_page = rows.model().rowCount()
    assert first_page < MANY
    bar = rows.verticalScrollBar()
    bar.setValue(bar.maximum())
    hand.bot.waitUntil(lambda: rows.model().rowCount() > first_page, timeout=PATIENCE_MS)
    hand.settle()
    assert bar.value() > 0
    assert rows.indexAt(rows.viewport().rect().center()).row() > 10


def test_what_was_scrolled_to_is_still_there_after_something_was_kept(hand: Hand) -> None:
    def deed(casefile):
        for number in range(MANY):
            casefile.record(Kind.ACCOUNT, {"display_name": f"Someone {number}"})

    write(hand, deed)
    go(hand, Place.ACCOUNTS)
    model = rows_of(hand).model()
    model.fetchMore(QModelIndex())
    hand.settle()
    rows_of(hand).setCurrentIndex(model.index(90, 0))
    hand.settle()
    chosen = lines(hand)[90]
    hand.write("Name shown", "Changed")
    hand.press("Keep this")
    assert "Changed" in rows_of(hand).currentIndex().data()
    assert chosen not in shown(hand)
    assert model.rowCount() >= 91


def test_each_filter_narrows_the_evidence_and_all_can_be_cleared(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    go(hand, Place.EVIDENCE)
    assert [line.split(",")[0] for line in lines(hand)] == ["AB/3", "AB/2", "AB/1"]
    filters(hand)
    choose(hand, "Sensitivity", "Ordinary")
    assert "Friend list" in shown(hand)
    assert len(lines(hand)) == 1
    choose(hand, "Sensitivity", "Not sorted yet")
    assert [line.split(",")[0] for line in lines(hand)] == ["AB/3"]
    choose(hand, "Sensitivity", "Any")
    choose(hand, "Platform", "Image board")
    assert [line.split(",")[0] for line in lines(hand)] == ["AB/2"]
    choose(hand, "Platform", "Facebook")
    hand.write("From this day", "2026-03-05")
    hand.write("Until this day", "31.3.2026")
    hand.settle()
    assert "No matches" in hand.texts()
    hand.write("From this day", "2026-03-04")
    hand.settle()
    assert [line.split(",")[0] for line in lines(hand)] == ["AB/1"]
    button = hand.find(QPushButton, lambda found: found.text() == "Filters · 3")
    assert button.accessibleName() == "Filters, 3 in use"
    hand.press("Clear filters")
    assert len(lines(hand)) == 3


def test_a_day_that_is_none_is_told_and_narrows_nothing(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    go(hand, Place.EVIDENCE)
    filters(hand)
    hand.write("From this day", "last week")
    hand.keys(Qt.Key.Key_Return, NO_KEY)
    assert "A day looks like" in hand.texts()
    assert len(lines(hand)) == 3
    hand.write("From this day", "2026-05-02")
    hand.write("Until this day", "2026-05-01")
    hand.settle()
    assert "The first day is after the last one." in hand.texts()


def test_money_is_found_by_the_account_that_it_names(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    go(hand, Place.MONEY)
    filters(hand)
    choose(hand, "Account", "Gloria · Skype")
    assert len(lines(hand)) == 1
    choose(hand, "Account", "Marek · Telegram")
    assert "No matches" in hand.texts()


def test_everything_that_holds_a_word_is_found_in_one_list_and_leads_to_its_page(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    go(hand, Place.EVIDENCE)
    filters(hand)
    choose(hand, "Kind", "Everything")
    hand.write("Search: Evidence", "glor")
    hand.keys(Qt.Key.Key_Return, NO_KEY)
    assert len(lines(hand)) == 4
    rows = rows_of(hand)
    account = next(number for number, line in enumerate(lines(hand)) if "Account" in line)
    rows.setCurrentIndex(rows.model().index(account, 0))
    hand.settle()
    assert hand.window._place is Place.EVIDENCE
    hand.bot.keyClick(rows, Qt.Key.Key_Return)
    hand.settle()
    assert hand.window._place is Place.ACCOUNTS
    assert hand.line("Skype name").text() == "Gloria"


def test_the_keyboard_leads_into_the_search_and_out_of_it(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    go(hand, Place.EVIDENCE)
    hand.keys(Qt.Key.Key_F)
    line = hand.line("Search: Evidence")
    assert QApplication.focusWidget() is line
    hand.bot.keyClicks(line, "nothing like it")
    hand.keys(Qt.Key.Key_Return, NO_KEY)
    assert "No matches" in hand.texts()
    hand.keys(Qt.Key.Key_Escape, NO_KEY)
    assert line.text() == ""
    assert len(lines(hand)) == 3
    hand.keys(Qt.Key.Key_Escape, NO_KEY)
    assert QApplication.focusWidget() is rows_of(hand)


def test_the_search_is_reached_where_only_one_side_has_room(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    hand.window.resize(700, 700)
    go(hand, Place.EVIDENCE)
    rows = rows_of(hand)
    rows.setCurrentIndex(rows.model().index(0, 0))
    hand.settle()
    assert not rows.isVisible()
    hand.keys(Qt.Key.Key_F)
    assert QApplication.focusWidget() is hand.line("Search: Evidence")


def test_home_leads_to_what_is_not_sorted_yet(hand: Hand, tmp_path) -> None:
    write(hand, lambda casefile: fill(casefile, tmp_path))
    go(hand, Place.HOME)
    hand.press("Sort them")
    assert [line.split(",")[0] for line in lines(hand)] == ["AB/3"]
    assert hand.find(QComboBox, lambda found: found.accessibleName() == "Sensitivity").currentText() == "Not sorted yet"


def test_an_empty_list_says_what_will_stand_there_and_offers_nothing_to_clear(hand: Hand) -> None:
    go(hand, Place.MONEY)
    assert "No demand or payment is written down yet." in hand.texts()
    assert "No matches" not in hand.texts()


@pytest.mark.parametrize("text", ["2026-11-20", " 2026-11-20 ", "20.11.2026", "20/11/2026"])
def test_a_day_is_read_in_the_ways_people_write_it(text: str) -> None:
    assert day_typed(text) == date(2026, 11, 20)


@given(st.text())
@example("2026-02-30")
@example("0000-00-00")
@example("٢٠٢٦-١١-٢٠")
def test_whatever_is_typed_as_a_day_is_one_or_none(text: str) -> None:
    found = day_typed(text)
    assert found is None or f"{found.year:04}" in text


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert day_typed(day.isoformat()) == day
    assert day_typed(f"{day.day}.{day.month}.{day.year:04}") == day


def test_locking_in_the_middle_of_a_search_raises_no_alarm(hand: Hand) -> None:
    go(hand, Place.ACCOUNTS)
    go_on = threading.Event()
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.do(lambda _task: go_on.wait(60), lambda _done: None)
    search = hand.find(SearchField, lambda _found: True)
    with hand.bot.waitSignal(search.changed, timeout=PATIENCE_MS):
        hand.write("Search: Accounts", "gold")
        hand.window.lock()
    go_on.set()
    hand.settle()
    assert "locked" not in hand.texts()
