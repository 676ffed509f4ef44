"""The window for tests: offscreen, with a cheap key, over a case in a folder of the test."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Case, Kind, Person, Under18
from app.subjects import Subject
from capture import this_computer
from ui import theme
from ui.entrance import Entrance, Opening
from ui.main_window import MainWindow
from ui.theme import Theme
from vault.keys import KdfCost

OFFSCREEN = pytest.mark.qt_log_ignore("propagateSizeHints")
"""Qt's offscreen screen says with each window that it knows no limits of size."""
W = TypeVar("W", bound=QWidget)
CHEAP = KdfCost(m_kib=64, t=1, p=1)
PASSPHRASE = "correct horse"
USUAL = Theme()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(1000)
PATIENCE_MS = 60_000
"""So long something may take on a busy machine; what takes longer hangs."""


def make_case(path: Path, under18: Under18 = Under18.NO) -> Path:
    """A case with nothing in it."""
    clock = RecordingClock(this_computer())
    Casefile.create(path, PASSPHRASE, clock, Person(initials="AB"), Case(under18=under18), cost=CHEAP).close()
    return path


def subjects_in(path: Path, kind: Kind) -> list[Subject]:
    """What a case holds, read by opening it anew: it must be locked."""
    casefile = Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))
    try:
        return list(casefile.subjects(kind))
    finally:
        casefile.close()


@dataclass
class Hand:
    """Uses the window as a person would, and waits until it has settled."""

    window: MainWindow
    bot: QtBot
    path: Path

    def settle(self) -> None:
        """Wait until nothing is being done any more."""
        self.bot.waitUntil(lambda: not self.window.is_busy, timeout=PATIENCE_MS)
        QApplication.processEvents()

    def open(self, passphrase: str = PASSPHRASE) -> None:
        """Open the case."""
        self.window.open(Opening(self.path, passphrase))
        self.settle()

    def lock(self) -> None:
        """Lock it, and wait until it is closed."""
        self.window.lock()
        self.settle()

    def press(self, name: str) -> None:
        """Press the button that is shown with this name, or with a longer one that begins like this."""
        named = [button for button in self.window.findChildren(QPushButton) if button.isVisible()]
        exact = [button for button in named if button.accessibleName() == name]
        button = (exact or [button for button in named if button.accessibleName().startswith(name)])[0]
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def line(self, name: str) -> QLineEdit:
        """The line that is shown with this name."""
        return self.find(QLineEdit, lambda found: found.accessibleName() == name)

    def write(self, name: str, text: str) -> None:
        """Type into a line, over what stands there."""
        line = self.line(name)
        line.setFocus()
        line.selectAll()
        self.bot.keyClicks(line, text)

    def keys(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        """Press a key, with Ctrl unless otherwise said, where the cursor is."""
        target = QApplication.focusWidget() or self.window.focusWidget() or self.window
        self.bot.keyClick(target, key, modifiers)
        self.settle()

    def find(self, kind: type[W], fits: Callable[[W], bool]) -> W:
        """The one widget of a kind that is shown and fits."""
        found = [widget for widget in self.window.findChildren(kind) if widget.isVisible() and fits(widget)]
        assert found, f"no {kind.__name__} like that is shown"
        return found[0]

    def texts(self) -> str:
        """All words that are shown."""
        labels = (widget for widget in self.window.findChildren(QWidget) if widget.isVisible())
        return "\n".join(label.text() for label in labels if hasattr(label, "text"))


def show(bot: QtBot, qapp: QApplication, path: Path, home: Path | None = None, look: Theme = USUAL) -> Hand:
    """The window on the first page."""
    qapp.setStyle("Fusion")
    qapp.setQuitOnLastWindowClosed(False)
    theme.put_on(qapp, look)
    window = MainWindow(Entrance(this_computer(), CHEAP), home or path.parent, path)
    window.show()
    window.activateWindow()
    with bot.waitActive(window, timeout=PATIENCE_MS):
        pass
    return Hand(window, bot, path)


def put_away(hand: Hand) -> None:
    """Close the window and wait until it is gone."""
    with hand.bot.waitSignal(hand.window.closed, timeout=PATIENCE_MS):
        hand.window.close()
    hand.window.deleteLater()


@pytest.fixture
def hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """A window over an open case in which everybody was 18."""
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.open()
    yield hand
    put_away(hand)
