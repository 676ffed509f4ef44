"""Removals, who was told, the timeline, what is missing, who records, the first questions: as a person uses them."""

import zipfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PASSPHRASE, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind, Under18
from app.notes import Area, keep_note
from capture import this_computer
from ui import theme
from ui.places import Place, Way
from ui.theme import Scheme, Theme
from ui.widgets.row_list import RowList
from vault.chain import Author, Role

__all__ = ["hand"]

pytestmark = OFFSCREEN

NO_KEY = Qt.KeyboardModifier.NoModifier


def write(hand: Hand, deed) -> None:
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.keep(lambda casefile, _task: deed(casefile), lambda _none: None)
    hand.settle()


def go(hand: Hand, place: Place, **way) -> None:
    hand.window.go(Way(place, **way))
    hand.settle()


def rows(hand: Hand) -> RowList:
    return hand.find(RowList, lambda _found: True)


def lines(hand: Hand) -> list[str]:
    model = rows(hand).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def headings(hand: Hand) -> list[str]:
    model = rows(hand)._model
    places = [model.index(row, 0) for row in range(model.rowCount())]
    return [model.row(place).day for place in places if model.begins_a_day(place)]


def removals(casefile: Casefile) -> None:
    day = casefile.clock.now()
    for away, who in ((9, "later"), (-3, "past"), (0, "today"), (None, "never")):
        following = {"next_action_at": f"{day + timedelta(days=away):%Y-%m-%d}"} if away is not None else {}
        fields = {"url": f"https://example.net/{who}", "recipient": who, "state": "waiting", **following}
        casefile.record(Kind.TAKEDOWN, fields)


def test_removals_are_put_in_the_order_of_what_is_next_and_what_is_overdue_is_said_calmly(hand: Hand) -> None:
    write(hand, removals)
    go(hand, Place.REMOVALS)
    assert [line.split(",")[0] for line in lines(hand)] == ["never", "today", "past", "later"]
    hand.press("What is next first")
    assert [line.split(",")[0] for line in lines(hand)] == ["past", "today", "later", "never"]
    assert headings(hand) == ["The day has come", "Today", "Coming up", "Nothing planned"]
    assert "can still be done" in lines(hand)[0]
    assert "Waiting" in lines(hand)[0]
    hand.write("Search: Removals", "example.net/t")
    hand.keys(Qt.Key.Key_Return, NO_KEY)
    assert [line.split(",")[0] for line in lines(hand)] == ["today"]


def happenings(casefile: Casefile) -> None:
    for fields in (
        {"what_happened": "exact", "when": "2026-11-02 23:40"},
        {"what_happened": "about", "when": "2026-11-03 10:00", "when_precision": "about"},
        {"what_happened": "span", "when": "2026-10-30", "when_precision": "between", "when_until": "2026-11-01"},
        {"what_happened": "month", "when": "2026-09"},
        {"what_happened": "undated", "when": "when I was at school"},
    ):
        casefile.record(Kind.INCIDENT, fields)
    casefile.record(Kind.PAYMENT, {"status": "paid", "amount": "300", "currency": "GBP", "paid_at": "2026-11-04"})
    casefile.record(Kind.PAYMENT, {"status": "paid", "amount": "1,000", "currency": "GBP", "paid_at": "2026-11-05"})


def test_the_timeline_orders_all_kinds_and_says_how_surely_each_time_is_known(hand: Hand) -> None:
    write(hand, happenings)
    go(hand, Place.TIMELINE)
    shown = lines(hand)
    found = [next(word for word in ("month", "span", "exact", "about", "300", "1,000", "undated") if word in line)
             for line in shown]  # fmt: skip
    assert found == ["month", "span", "exact", "about", "300", "1,000", "undated"]
    assert headings(hand)[0] == "September 2026"
    assert headings(hand)[-1] == "Without a date"
    assert "between 30 October 2026 and 1 November 2026" in shown[1]
    assert "about 10:00" in shown[3]
    assert "when I was at school" in shown[6]
    assert "at least 300 paid" in hand.texts()
    assert "1 amount is not a plain number" in hand.texts()
    hand.press("Newest first")
    assert "1,000" in lines(hand)[0]
    assert "undated" in lines(hand)[-1]


def test_return_in_the_timeline_opens_the_thing_on_its_page(hand: Hand) -> None:
    write(hand, happenings)
    go(hand, Place.TIMELINE)
    place = next(number for number, line in enumerate(lines(hand)) if "300" in line)
    rows(hand).setCurrentIndex(rows(hand).model().index(place, 0))
    hand.settle()
    assert hand.window._place is Place.TIMELINE
    hand.bot.keyClick(rows(hand), Qt.Key.Key_Return)
    hand.settle()
    assert hand.window._place is Place.MONEY
    assert hand.line("Amount").text() == "300"


def test_a_long_timeline_is_read_page_by_page_to_its_end(hand: Hand) -> None:
    def many(casefile: Casefile) -> None:
        for number in range(130):
            casefile.record(Kind.INCIDENT, {"what_happened": f"n{number}", "when": f"2026-01-01 {number // 60:02}:{number % 60:02}"})  # fmt: skip  # noqa: E501

    write(hand, many)
    go(hand, Place.TIMELINE)
    assert len(lines(hand)) == 50
    for _page in range(3):
        rows(hand).scrollToBottom()
        hand.settle()
    assert len(lines(hand)) == 130
    assert "n129" in lines(hand)[-1]


def test_what_is_ahead_holds_deadlines_and_next_steps(hand: Hand) -> None:
    write(hand, removals)
    write(hand, lambda casefile: casefile.record(Kind.PAYMENT, {"amount": "5", "deadline": "2027-01-02"}))
    go(hand, Place.TIMELINE, ahead=True)
    assert len(lines(hand)) == 4
    assert any("The deadline they set" in line for line in lines(hand))


def test_a_suggestion_leads_to_its_question_and_not_now_hides_it_until_the_next_opening(hand: Hand) -> None:
    write(hand, lambda casefile: casefile.record(Kind.ACCOUNT, {"platform": "skype", "display_name": "Lucy"}))
    go(hand, Place.HOME)
    assert "The ID of this account is not written down" in hand.texts()
    hand.press("Add it: Lucy")
    assert hand.window._place is Place.ACCOUNTS
    line = hand.window.focusWidget()
    assert line is not None
    assert "ID" in line.accessibleName()
    go(hand, Place.HOME)
    hand.press("Not now: Lucy")
    assert "The ID of this account is not written down" not in hand.texts()
    hand.lock()
    hand.open()
    assert "The ID of this account is not written down" in hand.texts()


def test_all_that_is_missing_is_shown_on_request(hand: Hand) -> None:
    def many(casefile: Casefile) -> None:
        for number in range(7):
            casefile.record(Kind.ACCOUNT, {"platform": "skype", "display_name": f"Lucy {number}"})

    write(hand, many)
    go(hand, Place.HOME)
    assert hand.texts().count("The ID of this account") == 4
    hand.press("Show all that is still missing")
    assert hand.texts().count("The ID of this account") == 7


def test_a_removal_that_nothing_shows_offers_a_capture_with_its_link(hand: Hand, tmp_path: Path) -> None:
    write(hand, lambda casefile: casefile.record(Kind.TAKEDOWN, {"url": "https://example.net/1"}))
    takedown = "Nothing here shows this page yet"
    go(hand, Place.REMOVALS)
    rows(hand).setCurrentIndex(rows(hand).model().index(0, 0))
    hand.settle()
    assert takedown in hand.texts()
    hand.press("Capture it now")
    assert "https://example.net/1" in hand.texts()
    (tmp_path / "chat.png").write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([tmp_path / "chat.png"])
    hand.settle()
    go(hand, Place.REMOVALS)
    rows(hand).setCurrentIndex(rows(hand).model().index(0, 0))
    hand.settle()
    assert takedown not in hand.texts()


def test_where_somebody_could_be_under_18_nothing_asks_for_a_capture_and_words_take_its_place(
    qtbot: QtBot, qapp, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast", Under18.YES))
    hand.open()
    write(hand, lambda casefile: casefile.record(Kind.TAKEDOWN, {"url": "https://example.net/1", "recipient": "it"}))
    shown = ""
    for place in Place:
        go(hand, place)
        if place is Place.REMOVALS:
            rows(hand).setCurrentIndex(rows(hand).model().index(0, 0))
            hand.settle()
        shown += hand.texts()
    assert "Capture it" not in shown
    assert "Nothing here shows" not in shown
    picture, words = tmp_path / "chat.png", tmp_path / "chat.txt"
    picture.write_bytes(PNG)
    words.write_text("send more")
    go(hand, Place.CAPTURE)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([words, picture])
    hand.settle()
    assert hand.texts().count("It shows nobody naked") == 1
    hand.press("It does, or I am not sure")
    assert hand.window._place is Place.HAPPENED
    texts = hand.texts()
    assert "Do not delete the originals" in texts
    assert all(whom in texts for whom in ("CEOP", "Report Remove", "IWF", "101", "999"))
    hand.keys(Qt.Key.Key_Return)
    put_away(hand)
    assert [subject.data["kind"] for subject in subjects_in(hand.path, Kind.INCIDENT)] == ["words_only"]
    assert len(subjects_in(hand.path, Kind.EXHIBIT)) == 1


def test_an_exhibit_is_held_after_it_was_asked_twice(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "chat.png").write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([tmp_path / "chat.png"])
    hand.settle()
    go(hand, Place.EVIDENCE)
    rows(hand).setCurrentIndex(rows(hand).model().index(0, 0))
    hand.settle()
    hand.press("Hold this exhibit")
    hand.press("Hold it")
    assert "Are you sure?" in hand.texts()
    hand.press("Yes, hold it")
    assert "This exhibit is held" in hand.texts()
    assert "Hold this exhibit" not in hand.texts()
    hand.lock()
    assert subjects_in(hand.path, Kind.EXHIBIT)[0].held


def test_the_first_questions_can_be_answered_and_are_kept_with_the_case(hand: Hand) -> None:
    go(hand, Place.QUESTIONS)
    assert "How old are they now?" not in hand.texts()
    page = hand.window._page(Place.QUESTIONS)
    box = page._fields["capacity"].control
    box.show_answer("supporter")
    page._fit()
    assert "How old are they now?" in hand.texts()
    hand.press("Do you know the person who is doing this?: I know them")
    hand.press("Keep this")
    assert hand.window._place is Place.HOME
    hand.lock()
    case = subjects_in(hand.path, Kind.CASE)[0].data
    assert (case["capacity"], case["path"]) == ("supporter", "known_person")
    assert subjects_in(hand.path, Kind.PERSON)[0].data["role"] == "supporter"


def test_somebody_is_added_takes_over_and_says_who_it_is_at_the_next_opening(hand: Hand) -> None:
    go(hand, Place.CASE)
    hand.press("Who records here")
    hand.press("Add a person")
    hand.write("Initials", "ab")
    hand.press("Add them")
    assert "Please choose their role" in hand.texts()
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    assert box.accessibleName() == "Role"
    box.setCurrentIndex(box.findData(Role.SUPPORTER.value))
    box.activated.emit(box.currentIndex())
    hand.press("Add them")
    assert "Add a middle initial" in hand.texts()
    hand.write("Initials", "cd")
    hand.press("Add them")
    assert "AB records" in hand.texts()
    hand.press("Record as CD")
    assert "CD records" in hand.texts()
    write(hand, lambda casefile: casefile.record(Kind.INCIDENT, {"what_happened": "It"}))
    hand.lock()
    assert "CD records" not in hand.texts()
    hand.open()
    assert "Several people record here" in hand.texts()
    hand.press("Open, and record as AB")
    assert "AB records" in hand.texts()
    write(hand, lambda casefile: casefile.record(Kind.INCIDENT, {"what_happened": "More"}))
    hand.lock()
    casefile = Casefile.open(hand.path, PASSPHRASE, RecordingClock(this_computer()), "AB")
    authors = [subject.first.by for subject in casefile.subjects(Kind.INCIDENT)]
    casefile.close()
    assert authors == [Author("AB", Role.SELF), Author("CD", Role.SUPPORTER)]


def test_notes_on_the_impact_go_into_a_report_only_where_there_are_some_and_somebody_says_so(
    hand: Hand, tmp_path: Path
) -> None:
    go(hand, Place.REPORT)
    asked = "Include my notes on what it did to me"
    assert asked not in hand.texts()
    write(hand, lambda casefile: keep_note(casefile, "I do not sleep.", impact=Area.HEALTH))
    assert asked in hand.texts()
    pages = hand.window.case_pages
    assert pages is not None
    pages.report._impact.setChecked(True)
    pages.report.make_in(tmp_path)
    hand.settle()
    package = zipfile.ZipFile(next(tmp_path.glob("*-report-*/*.zip")))
    pages_of = [package.read(name).decode() for name in package.namelist() if name.endswith(".html")]
    assert any("I do not sleep." in page for page in pages_of)


def test_every_label_on_the_new_pages_is_plain_text(hand: Hand) -> None:
    markup = "<b>x</b>"
    write(hand, lambda casefile: casefile.record(Kind.CONTACT, {"organisation": markup, "when": "2026-11-01"}))
    for place in (Place.CONTACTS, Place.TIMELINE, Place.MISSING):
        go(hand, place)
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in hand.window.findChildren(QLabel))
        assert any(markup in line for line in (*lines(hand), hand.texts())) if place is not Place.MISSING else True


def test_before_a_report_it_is_said_that_the_code_of_a_gift_card_is_shown_in_full(hand: Hand) -> None:
    card = {"kind": "gift_card", "gift_brand": "steam"}
    write(hand, lambda casefile: casefile.record(Kind.PAYMENT, {**card, "gift_code": "AAAA1-BBBB2", "redeemed": "yes"}))
    hand.window.go(Way(Place.REPORT))
    hand.settle()
    assert "gift card" not in hand.texts()
    write(hand, lambda casefile: casefile.record(Kind.PAYMENT, {**card, "reference": "6006491234567890"}))
    hand.window.go(Way(Place.REPORT))
    hand.settle()
    assert "whoever reads it can spend what is left" in hand.texts()


def test_the_timeline_is_searched_like_any_other_list(hand: Hand) -> None:
    for words in ("He wrote at night", "A call", "He wrote again"):
        write(hand, lambda casefile, words=words: casefile.record(Kind.INCIDENT, {"what_happened": words}))
    go(hand, Place.TIMELINE)
    assert len(lines(hand)) == 3
    hand.keys(Qt.Key.Key_F)
    hand.bot.keyClicks(hand.line("Search the timeline"), "wrot")
    hand.keys(Qt.Key.Key_Return, NO_KEY)
    assert len(lines(hand)) == 2
    assert all("He wrote" in line for line in lines(hand))
    hand.bot.keyClicks(hand.line("Search the timeline"), "xyz")
    hand.keys(Qt.Key.Key_Return, NO_KEY)
    assert lines(hand) == []
    assert "Nothing here fits these words" in hand.texts()
    hand.keys(Qt.Key.Key_Escape, NO_KEY)
    assert len(lines(hand)) == 3


def test_with_text_of_200_percent_every_button_of_the_timeline_can_be_reached(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"), look=Theme(Scheme.LIGHT, 2.0))
    try:
        hand.window.resize(1200, 800)
        hand.open()
        payment = {"status": "paid", "amount": "300", "currency": "GBP", "paid_at": "2026-11-01"}
        write(hand, lambda casefile: casefile.record(Kind.PAYMENT, payment))
        go(hand, Place.TIMELINE)
        more = hand.find(QPushButton, lambda button: button.text() == "Sums and counts")
        bar = more.parentWidget()
        assert bar is not None
        assert bar.rect().contains(more.geometry())
    finally:
        put_away(hand)
        theme.put_on(qapp, Theme())
