"""Capturing the screen from the window: step out of the way, wait until really gone, capture, come back, keep."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.kinds import Exhibit
from capture import AreaSource, Artifact, Box, Computer, Source, monitors
from ui.desk import Desk
from ui.worker import Task

if TYPE_CHECKING:
    from app.casefile import Casefile, Kept

_PATIENCE_S = 1.0
_BETWEEN_LOOKS_S = 0.015
_UNHEARD_S = 0.5
"""So long the window stays away at most until Qt hears that the keyboard went elsewhere."""
_PATCH = (240, 96)
"""The corner of the window that is watched, in pixels: its name stands there."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What is to be captured, what is known about it, and how many seconds to wait before."""

    source: Source
    about: Exhibit
    delay_s: int = 0


class Shutter(QObject):
    """Captures the screen without the window in it."""

    def __init__(self, desk: Desk, window: QWidget, computer: Computer) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._computer = computer
        self._coming_back = QTimer(self)
        self._coming_back.setInterval(round(_BETWEEN_LOOKS_S * 1000))
        self._coming_back.timeout.connect(self._come_back_when_heard)
        self._unheard_until = 0.0

    def take(self, shot: Shot, on_kept: Callable[["Kept"], None], on_error: Callable[[Exception], None]) -> None:
        """Capture and keep; exactly one of the two is called. The window comes back by itself, as soon as it can."""
        corner = corner_of(self._window)

        def before(casefile: "Casefile") -> tuple[Box, bytes]:
            casefile.require_picture_allowed(shot.about.sensitivity)
            box = _on_screen(corner, self._computer)
            return box, _look(box, self._computer)

        def step_aside(seen: tuple[Box, bytes]) -> None:
            self._window.hide()
            self._desk.do(lambda task: self._capture(task, shot, seen), come_back, fail)

        def come_back(artifact: Artifact) -> None:
            self._return()
            self._desk.keep(lambda casefile, _task: casefile.preserve(artifact, shot.about), on_kept, on_error)

        def fail(error: Exception) -> None:
            self._return()
            on_error(error)

        self._desk.ask(before, step_aside, on_error)

    def _capture(self, task: Task, shot: Shot, seen: tuple[Box, bytes]) -> Artifact:
        if shot.delay_s:
            task.wait(shot.delay_s)
        _wait_until_gone(task, seen, self._computer)
        return shot.source.capture()

    def _return(self) -> None:
        self._unheard_until = time.monotonic() + _UNHEARD_S
        self._come_back_when_heard()

    def _come_back_when_heard(self) -> None:
        # On X11, Qt hears late that the keyboard went elsewhere. A window that is back by then would stay without it:
        # Qt takes it for the one that has it already.
        unheard = QGuiApplication.focusWindow() == self._window.windowHandle()
        if unheard and time.monotonic() < self._unheard_until:
            self._coming_back.start()
            return
        self._coming_back.stop()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def corner_of(window: QWidget) -> Box:
    """The top left corner of a window, in the screen's own pixels."""
    scale = window.devicePixelRatioF()
    origin = window.screen().geometry().topLeft()
    corner = window.mapToGlobal(QPoint(0, 0)) - origin
    x, y = origin.x() + round(corner.x() * scale), origin.y() + round(corner.y() * scale)
    return Box(x, y, round(_PATCH[0] * scale), round(_PATCH[1] * scale))


def whole_screen(computer: Computer) -> Box:
    """All monitors together. Raises NoScreen, NeedsPortal."""
    boxes = [monitor.box for monitor in monitors(computer)]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _on_screen(corner: Box, computer: Computer) -> Box:
    whole = whole_screen(computer)
    left, top = max(corner.x, whole.x), max(corner.y, whole.y)
    right = min(corner.x + corner.width, whole.x + whole.width)
    bottom = min(corner.y + corner.height, whole.y + whole.height)
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else Box(whole.x, whole.y, 1, 1)


def _look(box: Box, computer: Computer) -> bytes:
    with AreaSource(box.x, box.y, box.width, box.height, computer).capture().open() as stream:
        return stream.read()


def _wait_until_gone(task: Task, seen: tuple[Box, bytes], computer: Computer) -> None:
    """Look at the window's corner until something else is there and stays; after a second it is as gone as it gets."""
    box, before = seen
    last = before
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        task.wait(_BETWEEN_LOOKS_S)
        now = _look(box, computer)
        if now == last != before:
            return
        last = now
