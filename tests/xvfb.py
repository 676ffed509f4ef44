"""A real X screen for tests: Xvfb on a display of its own, with known pixels, and another program's view of them."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from PIL import Image

from capture.context import Computer, Family

SIZE = (1280, 800)
BETWEEN_LOOKS_S = 0.002
"""Whoever looks without a pause takes the processor from what is waited for."""


@dataclass(frozen=True)
class VirtualScreen:
    """A running Xvfb. `display` is its name (":7"), `folder` a place for its files."""

    display: str
    folder: Path
    painter: IO[bytes]

    @property
    def environ(self) -> dict[str, str]:
        """The environment for a program that is to appear on it."""
        return environ_of(self.display)

    @property
    def computer(self) -> Computer:
        """A computer with this screen and a clock that stands still."""
        return Computer(
            Family.LINUX,
            "Debian GNU/Linux 12",
            UTC,
            lambda: datetime(2026, 11, 20, 10, 15, 30, tzinfo=UTC),
            self.display,
        )

    def run(self, *command: str | Path) -> bytes:
        """Run a program on this screen to its end; its standard output."""
        return subprocess.run(command, env=self.environ, stdout=subprocess.PIPE, check=True, timeout=60).stdout

    def show(self, picture: Image.Image) -> None:
        """Put a picture at the screen's top left corner, and wait until another program sees it there."""
        path = self.folder / "shown.png"
        picture.save(path, compress_level=1)
        self.painter.write(f"{path}\n".encode())
        self.painter.flush()
        wait_until(lambda: self.seen_by_another_program().crop((0, 0, *picture.size)).tobytes() == picture.tobytes())

    def seen_by_another_program(self) -> Image.Image:
        """The screen as ImageMagick's import sees it."""
        with Image.open(
            BytesIO(self.run("/usr/bin/import", "-silent", "-window", "root", "-depth", "8", "ppm:-"))
        ) as picture:
            return picture.convert("RGB")


def environ_of(display: str) -> dict[str, str]:
    """The environment for programs on an X display, whatever session the tests themselves run in."""
    kept = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")}
    return kept | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def wait_until(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Ask again and again until it holds. Raises TimeoutError, which says that something hangs, not that it is slow."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(BETWEEN_LOOKS_S)


@contextmanager
def running_xvfb(width: int, height: int, folder: Path) -> Iterator[VirtualScreen]:
    """Xvfb on a free display, and something that paints on it; both ended afterwards."""
    reading, writing = os.pipe()
    log = folder / "xvfb.log"
    with log.open("wb") as log_file, os.fdopen(reading, "rb") as answer:
        server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                f"{width}x{height}x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=[writing],
            stdout=log_file,
            stderr=log_file,
        )
        os.close(writing)
        try:
            number = answer.readline().decode().strip()
            assert number, f"Xvfb did not start: {log.read_text()}"
            with _painting(f":{number}", folder) as painter:
                yield VirtualScreen(f":{number}", folder, painter)
        finally:
            server.terminate()
            server.wait(60)


@contextmanager
def _painting(display: str, folder: Path) -> Iterator[IO[bytes]]:
    script = Path(__file__).with_name("xvfb_painter.py")
    with (
        (folder / "painter.log").open("wb") as log_file,
        subprocess.Popen(
            [sys.executable, script], env=environ_of(display), stdin=subprocess.PIPE, stdout=log_file, stderr=log_file
        ) as painter,
    ):
        assert painter.stdin is not None
        yield painter.stdin


@cache
def noise(width: int, height: int) -> Image.Image:
    """A picture in which every shift, crop and swapped channel shows."""
    return Image.frombytes("RGB", (width, height), random.Random(2026).randbytes(width * height * 3))


@pytest.fixture(scope="session")
def virtual_screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualScreen]:
    """A screen of 1280x800 that all tests share; each shows on it what it needs."""
    with running_xvfb(*SIZE, tmp_path_factory.mktemp("xvfb")) as screen:
        yield screen
