"""Searching a list: words and parts of words, page by page, and everything again when the field is empty."""

from PySide6.QtCore import QModelIndex
from window import OFFSCREEN, Hand, hand

from ui.places import Place, Way
from ui.widgets.row_list import RowList
from vault.chain import Kind

__all__ = ["hand"]

pytestmark = OFFSCREEN

MANY = 120
"""More than two pages of a list."""


def rows_of(hand: Hand) -> RowList:
    return hand.find(RowList, lambda _found: True)


def shown(hand: Hand) -> str:
    model = rows_of(hand).model()
    return "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))


def test_a_part_of_a_word_finds_the_accounts_that_hold_it(hand: Hand) -> None:
    pages = hand.window.case_pages
    assert pages is not None

    def write(casefile, _task):
        casefile.record(Kind.ACCOUNT, {"display_name": "Gloria", "handle": "@gold.digger"})
        for number in range(MANY):
            casefile.record(Kind.ACCOUNT, {"display_name": f"Someone {number}"})

    pages.capture._desk.keep(write, lambda _none: None)
    hand.settle()
    hand.window.go(Way(Place.ACCOUNTS))
    hand.settle()
    hand.write("Search: Accounts", "digger")
    hand.bot.waitUntil(lambda: "Gloria" in shown(hand), timeout=5_000)
    assert rows_of(hand).model().rowCount() == 1
    hand.write("Search: Accounts", "nobody like that")
    hand.bot.waitUntil(lambda: "Nothing like that is written here." in hand.texts(), timeout=5_000)
    hand.line("Search: Accounts").clear()
    hand.bot.waitUntil(lambda: rows_of(hand).model().rowCount() > 1, timeout=5_000)
    model = rows_of(hand).model()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
        hand.settle()
    assert model.rowCount() == MANY + 1
    assert len(set(shown(hand).splitlines())) == MANY + 1
