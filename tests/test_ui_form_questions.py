"""The questions of a form: which are asked, in whose words, and that nothing that is there gets lost by asking."""

import time
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PATIENCE_MS

from app.form_help import FormHelp
from app.hints import Hint, Tone
from app.kinds import KINDS, Kind
from ui import theme
from ui.theme import Theme
from ui.widgets.form import RecordForm
from ui.widgets.moment_line import understood
from ui.widgets.tick_box import TickBox

pytestmark = OFFSCREEN

LONDON = "Europe/London +00:00"


def noon() -> datetime:
    return datetime(2026, 11, 20, 14, 5, tzinfo=UTC)


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication):
    """Makes a form and shows it in a window with a scroll bar."""
    qapp.setStyle("Fusion")
    theme.put_on(qapp, Theme())
    areas = []

    def make(kind: Kind, answers: dict[str, object] | None = None) -> RecordForm:
        form = RecordForm(KINDS[kind], now=noon)
        form.help_with(FormHelp())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(form)
        area.resize(420, 500)
        qtbot.addWidget(area)
        areas.append(area)
        area.show()
        area.activateWindow()
        with qtbot.waitActive(area, timeout=PATIENCE_MS):
            pass
        form.show_answers(answers or {}, LONDON)
        return form

    return make


def questions(form: QWidget) -> list[str]:
    return [
        label.text() for label in form.findChildren(QLabel) if label.isVisible() and label.property("role") == "label"
    ]


def words(form: QWidget) -> str:
    return "\n".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())


def line(form: QWidget, name: str) -> QLineEdit:
    return next(edit for edit in form.findChildren(QLineEdit) if edit.isVisible() and edit.accessibleName() == name)


def press(form: QWidget, name: str) -> None:
    buttons = [button for button in form.findChildren(QPushButton) if button.isVisible()]
    next(button for button in buttons if button.accessibleName().startswith(name)).click()


def choose(form: QWidget, name: str, value: str) -> None:
    box = next(box for box in form.findChildren(QComboBox) if box.accessibleName() == name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_a_way_of_payment_brings_its_own_questions_and_takes_them_away_again(shown) -> None:
    form = shown(Kind.PAYMENT)
    assert "Sort code" not in questions(form)
    choose(form, "How was it asked for or sent?", "uk_bank")
    assert "Sort code" in questions(form)
    choose(form, "How was it asked for or sent?", "crypto")
    assert "Sort code" not in questions(form)
    assert "Coin" in questions(form)


def test_a_question_that_holds_something_stays_whatever_the_kind(shown) -> None:
    form = shown(Kind.PAYMENT, {"kind": "uk_bank", "sort_code": "20-00-00"})
    choose(form, "How was it asked for or sent?", "crypto")
    assert line(form, "Sort code").text() == "20-00-00"
    assert form.answers()["sort_code"] == "20-00-00"


def test_few_questions_come_first_and_the_others_in_sections_on_request(shown) -> None:
    form = shown(Kind.INCIDENT)
    assert len(questions(form)) <= 8
    press(form, "More questions")
    assert len(questions(form)) > 20
    assert {"How you found out", "Where", "What it did", "What belongs to it"} <= set(words(form).splitlines())
    assert "A threat" not in words(form).splitlines()


def test_what_holds_something_is_shown_without_asking_for_more(shown) -> None:
    form = shown(Kind.INCIDENT, {"evidence_still_needed": "The chat of May"})
    assert "Evidence still needed" in questions(form)
    assert "Who told you" not in questions(form)


def test_tab_goes_through_the_questions_in_their_order_also_through_later_ones(shown, qtbot: QtBot) -> None:
    form = shown(Kind.PAYMENT)
    choose(form, "How was it asked for or sent?", "uk_bank")
    line(form, "Number or address").setFocus()
    passed = []
    for _press in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget().accessibleName())
    assert passed == ["Sort code", "Account number", "Bank"]


def test_details_are_ticked_and_those_of_a_newer_version_stay(shown, qtbot: QtBot) -> None:
    form = shown(Kind.INCIDENT, {"details_shown": ["name", "shoe_size"]})
    box = next(box for box in form.findChildren(TickBox) if box.text() == "School")
    assert "What was shown about you?" in box.accessibleName()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert form.answers()["details_shown"] == ["name", "school", "shoe_size"]


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (Kind.ACCOUNT, "platform", "holo_chat"),
        (Kind.INCIDENT, "recorded", "by_machine"),
        (Kind.ACCOUNT, "display_name", "two\nlines\r\nand\u2028more"),
        (Kind.ACCOUNT, "notes", "a\r\nb\rc\u2029d\ue000"),
        (Kind.INCIDENT, "when", "2026-11-20\n14:05"),
    ],
)
def test_what_a_control_cannot_show_as_it_is_comes_back_as_it_was(shown, kind: Kind, field: str, value: str) -> None:
    assert shown(kind, {field: value}).answers()[field] == value


@pytest.mark.parametrize(
    ("text", "zone", "precision", "told"),
    [
        ("2026-11-20 14:05", LONDON, "", "20 November 2026, 14:05 in Europe/London"),
        ("2026-11-20 14:05+02:00", LONDON, "", "20 November 2026, 14:05 in UTC+02:00"),
        ("2026-11-20", LONDON, "", "20 November 2026, no time of day"),
        ("2026-11", LONDON, "", "November 2026, no day"),
        ("2026-11-20 at night", LONDON, "about", "About 20 November 2026. The rest is kept as you write it."),
        ("2026-11-20", LONDON, "unknown", "Perhaps 20 November 2026, no time of day; you do not know it"),
        ("last winter", LONDON, "", "Not understood as a date; it is kept as you write it."),
        ("2026-02-30", LONDON, "", "Not understood as a date; it is kept as you write it."),
        (
            "3/4/2026",
            LONDON,
            "",
            "Not understood as a date; it is kept as you write it. Understood would be 2026-04-03.",
        ),
    ],
)
def test_a_time_says_how_it_is_understood(text: str, zone: str, precision: str, told: str, qapp: QApplication) -> None:
    assert understood(text, zone, precision) == told


def test_the_zone_and_how_exactly_it_is_known_change_how_a_time_is_understood(shown, qtbot: QtBot) -> None:
    form = shown(Kind.INCIDENT, {"when": "2026-11-20 14:05", "when_zone": "Asia/Tokyo"})
    assert "14:05 in Asia/Tokyo" in words(form)
    choose(form, "How exactly do you know that time?", "about")
    assert "About 20 November 2026, 14:05 in Asia/Tokyo" in words(form)
    qtbot.keyClicks(line(form, "Time zone of that time"), "x")
    assert "14:05 in" not in words(form)


def test_now_and_today_write_the_time_and_make_room(shown) -> None:
    form = shown(Kind.INCIDENT)
    press(form, "Now: When it happened")
    assert form.answers()["when"] == "2026-11-20 14:05"
    assert QApplication.focusWidget() is line(form, "When it happened")
    assert not [
        button
        for button in form.findChildren(QPushButton)
        if button.isVisible() and "When it" in button.accessibleName()
    ]


@pytest.mark.qt_log_ignore("propagateSizeHints", "raise", "grabbing the keyboard")
def test_a_time_zone_is_completed_from_part_of_its_name_and_any_words_are_taken(shown, qtbot: QtBot) -> None:
    form = shown(Kind.INCIDENT, {"when_zone": "home"})
    edit = line(form, "Time zone of that time")
    assert "Not known as a time zone" in edit.accessibleDescription()
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "london")
    completer = edit.completer()
    assert completer is not None
    assert completer.currentCompletion() == "Europe/London"
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Down)
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert form.answers()["when_zone"] == "Europe/London"
    edit.clear()
    qtbot.keyClicks(edit, "the clock in the kitchen")
    assert form.answers()["when_zone"] == "the clock in the kitchen"


def test_an_account_is_asked_about_in_the_words_of_its_platform(shown) -> None:
    form = shown(Kind.ACCOUNT)
    choose(form, "Where is this account?", "skype")
    assert {"Skype name", "Skype ID"} <= set(questions(form))
    assert "User name" not in questions(form)
    assert "For example live:.cid." in line(form, "Skype ID").accessibleDescription()
    choose(form, "Where is this account?", "facebook")
    assert "Facebook ID (a number)" in questions(form)
    assert "(Not confirmed.)" in line(form, "Name on Facebook").accessibleDescription()


def test_the_steps_to_an_id_are_numbered_dated_and_closed_at_first(shown, qapp: QApplication) -> None:
    form = shown(Kind.ACCOUNT, {"platform": "skype", "display_name": "Lucy"})
    form.show_hints(FormHelp().hints(Kind.ACCOUNT, {"platform": "skype", "display_name": "Lucy"}))
    assert "what is the Skype ID?" in words(form)
    assert "Right-click" not in words(form)
    press(form, "Where do I find this? (Skype ID)")
    qapp.processEvents()
    told = words(form).splitlines()
    assert told[told.index("1.") + 1].startswith("Right-click")
    assert any(line.startswith("Checked on 20 November 2026") for line in told)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in form.findChildren(QLabel))


LINK = "https://t.me/anna_example"
SUGGESTED = Hint(
    "profile_url", Tone.SUGGESTION, "Telegram: a profile.", {"platform": "telegram", "handle": "anna_example"}
)


def test_a_suggestion_fills_what_is_empty_and_nothing_else_and_can_be_taken_back(shown) -> None:
    form = shown(Kind.ACCOUNT, {"profile_url": LINK, "display_name": "Anna"})
    form.show_hints([SUGGESTED])
    press(form, "Fill in: Telegram")
    filled = {"platform": "telegram", "handle": "anna_example", "display_name": "Anna"}
    assert {name: answer for name, answer in form.answers().items() if name in filled} == filled
    press(form, "Take it out again")
    assert (form.answers()["platform"], form.answers()["handle"]) == ("", "")


def test_what_was_filled_in_goes_with_control_z_and_what_stands_there_is_never_replaced(shown, qtbot: QtBot) -> None:
    form = shown(Kind.ACCOUNT, {"profile_url": LINK, "platform": "telegram"})
    form.show_hints([SUGGESTED])
    press(form, "Fill in: Telegram")
    edit = line(form, "User name")
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert form.answers()["handle"] == ""
    qtbot.keyClicks(edit, "somebody")
    form.show_hints([SUGGESTED])
    assert form.answers()["handle"] == "somebody"
    assert "Fill in" not in [button.text() for button in form.findChildren(QPushButton) if button.isVisible()]


def test_a_hint_says_it_in_words_and_to_those_who_do_not_see_it(shown) -> None:
    form = shown(Kind.PAYMENT, {"kind": "western_union", "reference": "123"})
    form.show_hints(FormHelp().hints(Kind.PAYMENT, {"kind": "western_union", "reference": "123"}))
    assert "May have a typing mistake: look again." in words(form)
    assert "May have a typing mistake" in line(form, "Number or address").accessibleDescription()
    form.show_hints([])
    assert "typing mistake" not in line(form, "Number or address").accessibleDescription()


def test_hidden_letters_in_a_hint_are_spelled_out(shown) -> None:
    form = shown(Kind.ACCOUNT)
    form.show_hints([Hint("handle", Tone.SUGGESTION, "It says “abc\u202edef”")])
    assert "abc[U+202E]def" in words(form)


def test_nothing_jumps_under_the_hand_when_a_hint_comes_above(shown, qapp: QApplication) -> None:
    form = shown(Kind.PAYMENT, {"kind": "crypto", "exact_words": "pay"})
    area = form.parentWidget().parentWidget()
    box = next(edit for edit in form.findChildren(QPlainTextEdit) if edit.accessibleName() == "Their exact words")
    box.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    qapp.processEvents()
    before = box.mapTo(area, box.rect().topLeft())
    form.show_hints([Hint("reference", Tone.LOOK_AGAIN, "Look again. " * 12)])
    qapp.processEvents()
    assert box.mapTo(area, box.rect().topLeft()) == before
    assert QApplication.focusWidget() is box


def test_free_text_says_beside_itself_who_may_read_it(shown) -> None:
    form = shown(Kind.INCIDENT)
    press(form, "More questions")
    boxes = [box for box in form.findChildren(QPlainTextEdit) if box.isVisible()]
    assert len(boxes) >= 4
    assert all("the other side, may read this" in box.accessibleDescription() for box in boxes)
    assert words(form).count("The police, and later the other side, may read this") == len(boxes)


@pytest.mark.parametrize("kind", [Kind.PAYMENT, Kind.INCIDENT, Kind.ACCOUNT, Kind.TAKEDOWN, Kind.CONTACT])
def test_a_form_is_made_and_shown_without_a_pause(shown, kind: Kind) -> None:
    shown(kind)
    took = []
    for _time in range(3):
        began = time.process_time()
        form = RecordForm(KINDS[kind])
        form.show_answers({})
        took.append(time.process_time() - began)
    assert min(took) < 0.05
