"""The window never freezes: its heart beats on while a large file is kept and a report is made."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from window import OFFSCREEN, PNG, Hand, hand

from ui.places import Place, Way

__all__ = ["hand"]

pytestmark = OFFSCREEN

BEAT_MS = 5
FROZEN_S = 0.050
LARGE = 200 * 1024 * 1024
NOISE = 10
"""One beat in twenty may be late, by this factor at most: other programs share this computer with the test, and it
is to find a window that freezes, not a busy computer. On two cores under a load of 7 the slowest beats took 50 to
170 ms, 95 of 100 less than 30 ms."""
ANOTHER = f"""
import json, select, sys, time
pauses, last = [], time.perf_counter()
print("It beats.", flush=True)
while not select.select([sys.stdin], [], [], {BEAT_MS / 1000})[0]:
    now = time.perf_counter()
    pauses.append(now - last - {BEAT_MS / 1000})
    last = now
print(json.dumps(sorted(pauses)))
"""
"""A heart in a program of its own, and by how much it was late: so much is the computer's fault, not the window's."""


class Heart:
    """Notes how long the event loop took from beat to beat."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.pauses.append(now - self._last)
        self._last = now

    def stop(self) -> list[float]:
        self._timer.stop()
        return sorted(self.pauses)


def assert_never_frozen(hand: Hand, begin: Callable[[], None]) -> None:
    """Begin something, and hear the window's heart until it is done."""
    with subprocess.Popen([sys.executable, "-c", ANOTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as another:
        assert another.stdout is not None
        assert another.stdout.readline() == b"It beats.\n"
        begin()
        heart = Heart()
        hand.bot.waitUntil(lambda: not hand.window.is_busy, timeout=120_000)
        pauses = heart.stop()
        told, _none = another.communicate()
    others = json.loads(told)
    slowest = f"slowest: {pauses[-5:]}, of the other: {others[-5:]}"
    assert len(pauses) > 20
    assert most(pauses) <= FROZEN_S + most(others), slowest
    assert pauses[-1] <= NOISE * FROZEN_S + others[-1], slowest


def most(pauses: list[float]) -> float:
    """Nineteen of twenty are shorter than that."""
    return pauses[int(len(pauses) * 0.95)]


def test_keeping_a_file_of_200_mb_does_not_freeze_the_window(hand: Hand, tmp_path: Path) -> None:
    film = tmp_path / "film.bin"
    with film.open("wb") as file:
        file.truncate(LARGE)
    hand.window.go(Way(Place.CAPTURE))
    hand.settle()
    pages = hand.window.case_pages
    assert pages is not None
    assert_never_frozen(hand, lambda: pages.capture.add_files([film]))


def test_making_a_report_does_not_freeze_the_window(hand: Hand, tmp_path: Path) -> None:
    pages = hand.window.case_pages
    assert pages is not None
    pictures = [tmp_path / f"{number}.png" for number in range(60)]
    for picture in pictures:
        picture.write_bytes(PNG * 300)
    pages.capture.add_files(pictures)
    hand.settle()
    hand.window.go(Way(Place.REPORT))
    hand.settle()
    (tmp_path / "out").mkdir()
    assert_never_frozen(hand, lambda: pages.report.make_in(tmp_path / "out"))
    assert list((tmp_path / "out").glob("*/*.zip"))
