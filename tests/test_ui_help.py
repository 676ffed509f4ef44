"""Help now: every contact as text that can be copied, offline and locked, and nothing that dials or opens a browser."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, Hand, make_case, put_away, show

from app.guidance import guidance

pytestmark = OFFSCREEN
ROOT = Path(__file__).parent.parent
OPENERS = {"QDesktopServices", "webbrowser", "openUrl", "setOpenExternalLinks", "startfile"}
EYES_AND_EARS = {"QtMultimedia", "QCamera", "QMediaDevices", "cv2", "sounddevice", "pyaudio", "v4l2", "VideoCapture"}


@pytest.fixture
def locked(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """The window over a case that nobody has opened, on its page Help now."""
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.keys(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    yield hand
    put_away(hand)


def names_in(package: str) -> Iterator[tuple[str, str]]:
    """Every name that the code of a package uses."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path.name, part) for alias in node.names for part in alias.name.split("."))
            elif isinstance(node, ast.ImportFrom):
                yield from ((path.name, part) for part in (node.module or "").split("."))
                yield from ((path.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.Attribute):
                yield path.name, node.attr


def test_every_contact_is_there_while_the_case_is_locked_and_the_first_words_blame_nobody(locked: Hand) -> None:
    words = locked.texts()
    for group in guidance().groups:
        assert group.title in words
        for contact in group.contacts:
            assert contact.name in words
            assert all(way in words for way in contact.ways)
    assert words.index("not your fault") < words.index(guidance().groups[0].title)
    assert "whether you report it or not" in words
    assert "not confirmed" in words


def test_a_number_or_address_can_be_copied_and_leads_nowhere_by_itself(locked: Hand) -> None:
    ways = {way for group in guidance().groups for contact in group.contacts for way in contact.ways}
    labels = [label for label in locked.window.findChildren(QLabel) if label.isVisible() and label.text() in ways]
    assert {label.text() for label in labels} == ways
    for label in labels:
        flags = label.textInteractionFlags()
        assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
        assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
        assert not label.openExternalLinks()
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_the_keys_that_help_names_are_those_of_the_window(locked: Hand) -> None:
    words = locked.texts()
    assert all(f"Ctrl+{key}" in words for key in ("1 … Ctrl+9", "F", "N", "L", "Return"))
    assert "Ctrl+6" not in words


@pytest.mark.parametrize("package", ["app", "capture", "ui", "vault"])
def test_no_code_opens_a_browser_a_camera_or_a_microphone(package: str) -> None:
    assert not [found for found in names_in(package) if found[1] in OPENERS | EYES_AND_EARS]


def test_nothing_in_the_window_moves_or_flashes_by_itself() -> None:
    moving = {"QPropertyAnimation", "QVariantAnimation", "QMovie", "QTimeLine", "QSequentialAnimationGroup", "QSound"}
    moving |= {"QApplication.alert", "alert", "beep", "QSystemTrayIcon"}
    assert not [found for found in names_in("ui") if found[1] in moving]
