"""A case that is open for reading: everything can be read, searched and copied, and nothing in the window writes."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from copies import PAGE, damage, pages_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PASSPHRASE, PATIENCE_MS, PNG, Hand, make_case, put_away, show

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Exhibit, Kind, Sensitivity
from capture import FileSource, this_computer
from ui.places import Place, Way
from ui.widgets.row_list import RowList
from ui.widgets.side_column import PlaceButton

pytestmark = OFFSCREEN

WRITING = {
    Place.HOME: {"Capture now", "Write down what happened"},
    Place.CAPTURE: {"The whole screen", "A part of it", "Files"},
    Place.EVIDENCE: {"Capture now", "Keep this", "Withdraw…"},
    Place.ACCOUNTS: {"Add an account", "Keep this", "Withdraw…"},
    Place.MONEY: {"Add a demand or payment", "Keep this", "Withdraw…"},
    Place.HAPPENED: {"Write something down", "Keep this", "Withdraw…"},
    Place.CASE: {"Keep this"},
    Place.REPORT: {"Make the report", "Give a receipt"},
    Place.SAFE: {"Make recovery words", "Change it", "Shut them out"},
}


def filled_case(folder: Path) -> Path:
    """A case with something of each kind; what is written about AB/2 stands on pages of its own."""
    path = make_case(folder / "notes.holdfast")
    casefile = Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))
    (folder / "chat.png").write_bytes(PNG)
    for title in ("Friend list", "Long " * 4000, "Profile"):
        artifact = FileSource(folder / "chat.png", casefile.clock.computer).capture()
        casefile.preserve(artifact, Exhibit(title=title, sensitivity=Sensitivity.ORDINARY))
    account = casefile.record(Kind.ACCOUNT, {"display_name": "Gloria", "platform": "skype"})
    casefile.record(Kind.PAYMENT, {"status": "paid", "amount": "300", "account": account.id})
    casefile.record(Kind.INCIDENT, {"what_happened": "A message came"})
    casefile.close()
    return path


def break_the_list(path: Path) -> None:
    """Change a byte on a page that holds the second exhibit's long title, and no other entry."""
    casefile = Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))
    page = pages_of(casefile.vault, "entry", "overflow")[1]
    casefile.close()
    damage(path / "log.db", page * PAGE + 100)


def break_a_part_without_entries(path: Path) -> None:
    """Change a byte of what the vault remembers beside its entries."""
    casefile = Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))
    page = pages_of(casefile.vault, "meta")[0]
    casefile.close()
    damage(path / "log.db", page * PAGE + 100)


def on_a_medium_that_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system say of everything in the vault that it may not be written."""
    allowed = os.access
    inside: Callable[[object], bool] = lambda place: Path(str(place)).is_relative_to(path)  # noqa: E731
    monkeypatch.setattr(
        os, "access", lambda place, mode: allowed(place, mode) and not (mode & os.W_OK and inside(place))
    )


@pytest.fixture(params=["damaged", "read-only medium"])
def reading(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path = filled_case(tmp_path)
    if request.param == "damaged":
        break_the_list(path)
    else:
        on_a_medium_that_cannot_be_written(path, monkeypatch)
    hand = show(qtbot, qapp, path)
    hand.open()
    yield hand
    put_away(hand)


def everything_in(path: Path) -> dict[str, bytes]:
    """Every file of a vault but the lock, whose content says since when it is open."""
    files = (file for file in path.rglob("*") if file.is_file() and file.name != "lock")
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


def choose_first(hand: Hand) -> None:
    for rows in hand.window.findChildren(RowList):
        if rows.isVisible() and rows.model().rowCount():
            rows.setCurrentIndex(rows.model().index(0, 0))
    hand.settle()


def go(hand: Hand, place: Place) -> None:
    hand.window.go(Way(place))
    hand.settle()
    choose_first(hand)


def stays(widget: QWidget) -> bool:
    """Whether a control leads away from the page and writes nothing: a place, Lock, Help."""
    return isinstance(widget, PlaceButton) or widget.accessibleName().startswith(("Lock:", "Help now:"))


def type_everywhere(hand: Hand) -> None:
    for line in hand.window.findChildren(QWidget):
        if isinstance(line, QLineEdit | QPlainTextEdit) and line.isVisible() and line.isEnabled():
            line.setFocus()
            hand.bot.keyClicks(line, "x")
            if isinstance(line, QLineEdit) and line.accessibleName().startswith("Search"):
                line.clear()
    for box in hand.window.findChildren(QComboBox):
        if box.isVisible() and box.isEnabled() and box.accessibleName() not in {"Kind", "Platform", "Account"}:
            box.setCurrentIndex(box.count() - 1)
            box.activated.emit(box.currentIndex())
    hand.settle()


def close_dialogs(hand: Hand) -> None:
    for dialog in hand.window.findChildren(QFileDialog):
        dialog.reject()
    hand.settle()


def use_everything(hand: Hand, place: Place) -> set[str]:
    """Type into every line and press everything that can be pressed on a page, also what appears then."""
    pressed: set[str] = set()
    go(hand, place)
    while True:
        type_everywhere(hand)
        controls = [button for button in hand.window.findChildren(QAbstractButton) if not stays(button)]
        names = [
            (button.accessibleName() or button.text(), button)
            for button in controls
            if button.isVisible() and button.isEnabled() and button.window() is hand.window
        ]
        fresh = next(((name, button) for name, button in names if name not in pressed), None)
        if fresh is None:
            break
        pressed.add(fresh[0])
        fresh[1].click()
        hand.settle()
        close_dialogs(hand)
        if hand.window._place is not place:
            go(hand, place)
    for action in hand.window.findChildren(QAction):
        if action.isEnabled() and action.isVisible():
            action.trigger()
    for shortcut in hand.window.findChildren(QShortcut):
        parent = shortcut.parent()
        if isinstance(parent, QWidget) and parent.isVisible() and parent.isEnabled() and not stays(parent):
            shortcut.activated.emit()
            hand.settle()
            close_dialogs(hand)
    return pressed


def test_nothing_that_can_be_pressed_or_typed_in_writes_anything(reading: Hand) -> None:
    before = everything_in(reading.path)
    assert len(before) > 5
    pressed = {place: use_everything(reading, place) for place in Place}
    reading.window._worker.run(lambda _task: None)
    reading.settle()
    assert {"History", "Filters"} <= pressed[Place.EVIDENCE]
    assert "Check now" in pressed[Place.SAFE]
    assert not {name for place, names in WRITING.items() for name in names & pressed[place]}
    reading.lock()
    assert everything_in(reading.path) == before


def test_the_same_hand_writes_in_a_case_that_is_whole(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    hand = show(qtbot, qapp, filled_case(tmp_path))
    hand.open()
    before = everything_in(hand.path)
    pressed = use_everything(hand, Place.ACCOUNTS)
    assert WRITING[Place.ACCOUNTS] <= pressed
    hand.lock()
    assert everything_in(hand.path) != before
    put_away(hand)


@pytest.mark.parametrize("place", list(WRITING))
def test_what_would_write_is_shut_and_says_why(reading: Hand, place: Place) -> None:
    go(reading, place)
    for name in WRITING[place]:
        button = reading.find(QPushButton, lambda found, name=name: found.accessibleName() == name)
        assert not button.isEnabled(), name
        assert "open for reading" in button.accessibleDescription(), name
        assert button.toolTip() == button.accessibleDescription()


def test_the_ways_in_can_be_listed_and_none_removed_and_the_reason_is_the_true_one(
    reading: Hand, request: pytest.FixtureRequest
) -> None:
    is_damaged = "damaged" in request.node.name
    reason = "something in it is damaged" if is_damaged else "nothing can be written where it lies"
    go(reading, Place.WORDS)
    first = reading.find(QPushButton, lambda found: found.accessibleName() == "Make recovery words")
    assert not first.isEnabled()
    assert reason in first.accessibleDescription()
    go(reading, Place.SAFE)
    reading.press("Show them")
    assert "A passphrase, since " in reading.texts()
    named = {"Remove: A passphrase": False, "Change it": False, "Make recovery words": False, "Destroy it…": is_damaged}
    for name, may in named.items():
        button = reading.find(QPushButton, lambda found, name=name: found.accessibleName().startswith(name))
        assert button.isEnabled() is may, name
        assert may or reason in button.accessibleDescription(), name
        assert may or reason in button.toolTip(), name


def test_a_shortcut_for_capturing_says_why_it_does_nothing(reading: Hand) -> None:
    go(reading, Place.EVIDENCE)
    assert "Nothing was captured" not in reading.texts()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    reading.keys(Qt.Key.Key_S, modifiers)
    assert "Nothing was captured" in reading.texts()
    assert reading.window._place is Place.EVIDENCE


def test_what_is_written_can_be_read_searched_and_copied(reading: Hand) -> None:
    go(reading, Place.ACCOUNTS)
    line = reading.find(QLineEdit, lambda found: found.text() == "Gloria")
    line.selectAll()
    line.copy()
    assert QApplication.clipboard().text() == "Gloria"
    reading.window.go(Way(Place.EVIDENCE))
    reading.settle()
    reading.write("Search: Evidence", "rofil")
    rows = reading.find(RowList, lambda _found: True)
    reading.bot.waitUntil(lambda: rows.model().rowCount() == 1, timeout=PATIENCE_MS)
    assert "Profile" in rows.model().index(0, 0).data()


@pytest.mark.parametrize("way", ["no entry", "read-only medium"])
def test_a_backup_of_a_case_that_lost_nothing_is_made_and_can_be_written_again(
    way: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled_case(tmp_path)
    if way == "no entry":
        break_a_part_without_entries(path)
    else:
        on_a_medium_that_cannot_be_written(path, monkeypatch)
    before = everything_in(path)
    hand = show(qtbot, qapp, path)
    hand.open()
    assert "open for reading" in hand.texts()
    (tmp_path / "stick").mkdir()
    go(hand, Place.SAFE)
    pages = hand.window.case_pages
    assert pages is not None
    pages.safe.backup.make_in(tmp_path / "stick")
    hand.settle()
    assert "Backed up to" in hand.texts()
    hand.lock()
    assert everything_in(path) == before
    hand.path = tmp_path / "stick" / "notes.holdfast"
    hand.open()
    assert "open for reading" not in hand.texts()
    put_away(hand)


def test_a_damaged_case_says_above_every_page_what_is_damaged_by_its_reference(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    path = filled_case(tmp_path)
    whole = tmp_path / "whole.holdfast"
    shutil.copytree(path, whole)
    break_the_list(path)
    hand = show(qtbot, qapp, path)
    hand.open()
    told = hand.texts()
    assert "AB/2 cannot be shown" in told
    assert "can be read and searched" in told
    assert "open your newest backup" in told
    go(hand, Place.REPORT)
    assert "open for reading, because something in it is damaged" in hand.texts()
    hand.press("What this means")
    assert "AB/2 cannot be shown" in hand.texts()
    go(hand, Place.SAFE)
    hand.press("Check now")
    assert "Damaged: AB/2" in hand.texts()
    hand.lock()
    assert "open for reading" not in hand.texts()
    hand.path = whole
    hand.open()
    assert "open for reading" not in hand.texts()
    put_away(hand)
