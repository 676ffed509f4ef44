"""The screen as evidence: all of it, one monitor, or an area, as a picture of exactly its pixels."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from io import BytesIO
from typing import cast

import mss
import mss.tools

from capture.artifact import Artifact, Caution, Method, Provenance
from capture.context import Computer, Family, Screen, this_computer
from capture.errors import AreaOutsideScreen, NeedsPortal, NoScreen
from capture.scale import screen_scale

PNG_LEVEL = 1
"""Fastest: 26 ms for 1920x1080 against 49 ms at level 6, for 7 % more bytes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in physical pixels; x and y are where the system places it, and may be negative."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, other: "Box") -> bool:
        """Whether the other box lies in this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor, counted from 1, and its place on the whole screen."""

    number: int
    box: Box
    primary: bool


@dataclass(frozen=True, slots=True)
class ScreenSource:
    """The whole screen (monitor 0) or one monitor, counted from 1."""

    monitor: int = 0
    computer: Computer = field(default_factory=this_computer)

    def capture(self) -> Artifact:
        """A picture of it now. Raises NoScreen, NeedsPortal."""
        with _session(self.computer) as session:
            boxes = _boxes(session)
            if not 0 <= self.monitor < len(boxes):
                raise NoScreen(f"There is no monitor {self.monitor} here; this computer has {len(boxes) - 1}.")
            return _grab(session, boxes[self.monitor], Method.SCREEN, self.computer)


@dataclass(frozen=True, slots=True)
class AreaSource:
    """An area of the screen; x, y, width and height as in Box."""

    x: int
    y: int
    width: int
    height: int
    computer: Computer = field(default_factory=this_computer)

    def capture(self) -> Artifact:
        """A picture of it now. Raises NoScreen, NeedsPortal, AreaOutsideScreen."""
        area = Box(self.x, self.y, self.width, self.height)
        with _session(self.computer) as session:
            whole = _boxes(session)[0]
            if area.width < 1 or area.height < 1:
                raise AreaOutsideScreen("This area is empty.")
            if not whole.holds(area):
                raise AreaOutsideScreen(
                    f"This area is not on the screen, which is {whole.width} pixels wide and {whole.height} high."
                )
            return _grab(session, area, Method.AREA, self.computer)


def monitors(computer: Computer | None = None) -> tuple[Monitor, ...]:
    """The monitors of this computer (or the one given), in its own order. Raises NoScreen, NeedsPortal."""
    with _session(computer or this_computer()) as session:
        return tuple(
            Monitor(number, box, bool(session.monitors[number].get("is_primary")))
            for number, box in enumerate(_boxes(session))
            if number
        )


@contextmanager
def _session(computer: Computer) -> Iterator[mss.MSS]:
    if computer.family is Family.LINUX:
        if computer.wayland:
            raise NeedsPortal
        if computer.display is None:
            raise NoScreen
    try:
        with mss.MSS(display=computer.display) if computer.family is Family.LINUX else mss.MSS() as session:
            yield session
    except (mss.ScreenShotError, OSError) as error:
        raise NoScreen("The screen could not be captured.") from error


def _boxes(session: mss.MSS) -> tuple[Box, ...]:
    """The whole screen, then each monitor."""
    return tuple(Box(place["left"], place["top"], place["width"], place["height"]) for place in session.monitors)


def _grab(session: mss.MSS, box: Box, method: Method, computer: Computer) -> Artifact:
    shot = session.grab({"left": box.x, "top": box.y, "width": box.width, "height": box.height})
    moment = computer.clock().astimezone(UTC)
    pixels = shot.rgb
    whole = _boxes(session)[0]
    scale = screen_scale(computer.display) if computer.scale is None else computer.scale
    # Without an output file to_png always returns the bytes; its signature says otherwise.
    png = cast("bytes", mss.tools.to_png(pixels, shot.size, level=PNG_LEVEL))
    return Artifact(
        media_type="image/png",
        name=f"{method}-{moment:%Y%m%dT%H%M%SZ}.png",
        name_hex=None,
        size=len(png),
        provenance=Provenance.CAPTURED_LIVE,
        method=method,
        captured_at=moment,
        context=computer.context(moment, Screen(whole.width, whole.height, scale)),
        open=partial(BytesIO, png),
        warnings=(Caution.ONE_COLOUR,) if _is_one_colour(pixels) else (),
    )


def _is_one_colour(pixels: bytes) -> bool:
    """Whether all pixels (three bytes each) are equal: a black screen from a protected window, a blank page."""
    return pixels == pixels[:3] * (len(pixels) // 3)
