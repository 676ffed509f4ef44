"""For everybody: every control has a name, text is only ever plain, tab leads everywhere."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PATIENCE_MS, PNG, Hand, hand, make_case, put_away, show

from app.kinds import Exhibit, Kind
from capture import FileSource
from ui import theme
from ui.places import Place, Way
from ui.theme import Scheme, Theme
from ui.widgets.card import offer
from ui.widgets.row_list import RowList
from ui.widgets.search_field import SearchField
from ui.widgets.side_column import PlaceButton

__all__ = ["hand"]

pytestmark = OFFSCREEN

MARKUP = '<img src=x onerror=alert(1)><font color="red">red</font>'
OVERRIDE = "abc\u202edef\x07"


def fill(hand: Hand, folder: Path) -> None:
    (folder / "chat.png").write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None

    def write(casefile, _task):
        artifact = FileSource(folder / "chat.png", casefile.clock.computer).capture()
        casefile.preserve(artifact, Exhibit(title=MARKUP, platform=OVERRIDE))
        casefile.record(Kind.ACCOUNT, {"display_name": MARKUP, "handle": OVERRIDE})
        casefile.record(Kind.PAYMENT, {"amount": "=1+1", "recipient": MARKUP, "status": "paid"})
        casefile.record(Kind.INCIDENT, {"what_happened": OVERRIDE})

    pages.capture._desk.keep(write, lambda _none: None)
    hand.settle()


def choose_first(hand: Hand) -> None:
    for rows in hand.window.findChildren(RowList):
        if rows.isVisible() and rows.model().rowCount():
            rows.setCurrentIndex(rows.model().index(0, 0))
    hand.settle()


def unnamed(window: QWidget) -> list[str]:
    """Controls that take the keyboard and say nothing to a screen reader."""
    silent = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None and not interface.text(QAccessible.Text.Name).strip():
                silent.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return silent


def every_page(hand: Hand):
    for place in Place:
        hand.window.go(Way(place))
        hand.settle()
        choose_first(hand)
        yield place


def test_every_control_on_every_page_has_a_name(hand: Hand, tmp_path: Path) -> None:
    fill(hand, tmp_path)
    for place in every_page(hand):
        assert unnamed(hand.window) == [], place
    pages = hand.window.case_pages
    assert pages is not None
    hand.window.go(Way(Place.CAPTURE))
    pages.capture._area_card.show()
    assert unnamed(hand.window) == []


def test_every_control_before_opening_has_a_name(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    assert unnamed(hand.window) == []
    hand.press("I forgot my passphrase")
    assert unnamed(hand.window) == []
    hand.press("Back")
    hand.press("Begin a new case")
    assert unnamed(hand.window) == []
    put_away(hand)


def test_an_unnamed_control_would_be_found(hand: Hand) -> None:
    stray = QLineEdit(hand.window)
    stray.show()
    assert len(unnamed(hand.window)) == 1


def test_hostile_words_are_shown_as_the_text_they_are(hand: Hand, tmp_path: Path) -> None:
    fill(hand, tmp_path)
    shown = ""
    for place in every_page(hand):
        for label in hand.window.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, (place, label.text())
        shown += hand.texts()
        for rows in hand.window.findChildren(RowList):
            shown += "\n".join(str(rows.model().index(row, 0).data()) for row in range(rows.model().rowCount()))
    assert MARKUP in shown
    assert "abc[U+202E]def[U+0007]" in shown
    for label in hand.window.findChildren(QLabel):
        assert "\u202e" not in label.text()


@pytest.mark.parametrize("place", list(Place))
def test_tab_leads_through_the_page_and_back_to_where_it_began(hand: Hand, place: Place) -> None:
    hand.window.go(Way(place))
    hand.settle()
    first = QApplication.focusWidget()
    seen = set()
    for _press in range(120):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.add(widget)
        hand.bot.keyClick(widget, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
    else:
        pytest.fail("tab never comes back")
    assert {button.accessibleName() for button in seen} >= {"Lock: close the case", "Home"}


def test_several_lines_let_tab_go_on(hand: Hand) -> None:
    hand.window.go(Way(Place.HAPPENED, new=True))
    hand.settle()
    box = hand.find(QPlainTextEdit, lambda found: found.accessibleName() == "What happened")
    box.setFocus()
    hand.bot.keyClick(box, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not box
    assert box.toPlainText() == ""


def test_the_button_of_a_card_stands_where_its_words_begin(qtbot: QtBot) -> None:
    card = offer("A title", "A sentence.", "Do it", lambda: None)
    qtbot.addWidget(card)
    card.resize(700, 300)
    card.show()
    button = card.findChild(QPushButton)
    assert button is not None
    assert button.x() == card.sentence.x()


def test_text_grows_with_the_system_and_no_word_is_cut_off(hand: Hand, qapp: QApplication) -> None:
    hand.window.go(Way(Place.HELP))
    label = hand.find(QLabel, lambda found: found.text() == "0345 6000 459")
    small = label.fontMetrics().height()
    theme.put_on(qapp, Theme(Scheme.LIGHT, 2.0))
    hand.settle()
    assert label.fontMetrics().height() >= 1.9 * small
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
    theme.put_on(qapp, Theme())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_of_the_column_touches_its_number_wherever_one_is(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, scale: float
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"), look=Theme(Scheme.LIGHT, scale))
    try:
        hand.open()
        hand.window._column.show_counts(dict.fromkeys((Place.EVIDENCE, Place.HAPPENED, Place.CONTACTS), 1234))
        for place in (Place.HAPPENED, Place.CONTACTS, Place.EVIDENCE):
            hand.window._column.show_place(place)
            QApplication.processEvents()
            button = next(found for found in hand.window.findChildren(PlaceButton) if found.isChecked())
            number = button.findChild(QLabel)
            assert number is not None
            words = QFontMetrics(theme.sized(15, bold=True)).horizontalAdvance(button.text())
            assert theme.px(12) + words + theme.px(8) <= number.x(), place
            assert button.parentWidget().rect().contains(button.geometry())
    finally:
        put_away(hand)
        theme.put_on(qapp, Theme())


def test_with_text_of_200_percent_what_went_wrong_is_in_sight_and_a_search_shows_what_is_typed(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"), look=Theme(Scheme.LIGHT, 2.0))
    try:
        hand.window.resize(1200, 800)
        hand.open("not this one")
        trouble = hand.find(QLabel, lambda label: "does not open the vault" in label.text())
        qtbot.waitUntil(lambda: trouble.visibleRegion().boundingRect() == trouble.rect(), timeout=PATIENCE_MS)
        hand.open()
        hand.window.go(Way(Place.REMOVALS))
        hand.settle()
        hand.window._standing.say("This case is open for reading: nothing can be written where it lies.")
        hand.settle()
        search = hand.find(SearchField, lambda _found: True)
        assert search.width() > search.fontMetrics().horizontalAdvance("words of twenty four")
        standing = hand.find(QLabel, lambda label: label.text().startswith("This case is open for reading"))
        assert standing.width() > hand.window._stack.width() // 2
    finally:
        put_away(hand)
        theme.put_on(qapp, Theme())


@pytest.mark.parametrize("scheme", list(Scheme))
def test_text_and_edges_have_enough_contrast(scheme: Scheme) -> None:
    look = Theme(scheme)
    pairs = (("text", "background"), ("muted", "background"), ("muted", "surface"), ("onaccent", "accent"))
    for ink, paper in (*pairs, ("accent", "soft"), ("amber", "softamber"), ("text", "cover")):
        assert contrast(look, ink, paper) >= 4.5, (ink, paper)
    assert contrast(look, "edge", "surface") >= 3


def contrast(look: Theme, one: str, other: str) -> float:
    """WCAG 2.2: the contrast ratio of two colours."""

    def luminance(token: str) -> float:
        parts = (look.colour(token).redF(), look.colour(token).greenF(), look.colour(token).blueF())
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
