"""The window on a real X screen, used with real keys: what it captures is the screen, without the window in it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from window import PASSPHRASE, make_case, subjects_in
from xvfb import VirtualScreen, noise, running_xvfb, wait_until

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind
from capture import this_computer

SIZE = (1280, 800)
TEXT_CURSOR = (6, 60)
"""Columns and rows of pixels that a text cursor does not exceed."""
CHOSEN_PLACE = bytes.fromhex("e3efed")
"""The colour of the place in the left column where one is; the locked window has none."""
WALL = """
import sys
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
label.setPixmap(QPixmap(sys.argv[1]))
label.showFullScreen()
application.exec()
"""


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualScreen]:
    """A screen of its own, with a window manager: it gives the window the keyboard."""
    folder = tmp_path_factory.mktemp("desktop")
    picture = folder / "wall.png"
    noise(*SIZE).save(picture, compress_level=1)
    with (
        running_xvfb(*SIZE, folder) as screen,
        managed(screen),
        started(screen, sys.executable, "-c", WALL, str(picture)),
    ):
        # Not screen.show(): that picture lies above all windows, and this one is to lie below.
        bare(screen)
        yield screen


@contextmanager
def managed(screen: VirtualScreen) -> Iterator[None]:
    """With a window manager that is ready: a window that comes while it starts may get a frame, and fill less."""
    asks = ("xdotool", "get_num_desktops")
    with started(screen, "openbox"):
        wait_until(lambda: subprocess.run(asks, env=screen.environ, capture_output=True, check=False).returncode == 0)
        yield


def bare(screen: VirtualScreen) -> Image.Image:
    """The screen without any window: the one before may be gone, and its place on the wall not yet be drawn again."""
    wait_until(lambda: screen.seen_by_another_program().tobytes() == noise(*SIZE).tobytes())
    return noise(*SIZE)


@contextmanager
def started(screen: VirtualScreen, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that stays until the end."""
    with (screen.folder / f"{Path(command[0]).name}.log").open("wb") as log:
        running = subprocess.Popen(command, env=screen.environ, stdout=log, stderr=log)
        try:
            yield running
        finally:
            running.terminate()
            running.wait(60)


@contextmanager
def program(screen: VirtualScreen, case: Path, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real program, with the case opened by its passphrase."""
    empty = bare(screen).tobytes()
    with started(screen, "env", f"HOME={home}", sys.executable, "-m", "ui", str(case)) as running:
        wait_until(lambda: screen.seen_by_another_program().tobytes() != empty)
        wait_until(lambda: front(screen) == b"Holdfast\n")
        screen.run("xdotool", "type", "--delay", "5", PASSPHRASE)
        screen.run("xdotool", "key", "Return")
        wait_until(lambda: is_open(case))
        # Open is not yet shown: a key that comes before the first page is there does nothing.
        wait_until(lambda: screen.seen_by_another_program().tobytes().count(CHOSEN_PLACE) > 1000)
        rest(screen)
        yield running


def front(screen: VirtualScreen) -> bytes:
    """The title of the window that has the keyboard."""
    asked = subprocess.run(
        ["xdotool", "getactivewindow", "getwindowname"], env=screen.environ, capture_output=True, check=False
    )
    return asked.stdout


def is_open(case: Path) -> bool:
    """Whether some program has the vault locked. Opening it here to see would keep the window out."""
    inode = (case / "lock").stat().st_ino
    return any(line.split()[5].endswith(f":{inode}") for line in Path("/proc/locks").read_text().splitlines())


def kept_pictures(case: Path) -> list[Image.Image]:
    """The pictures in a locked case, as pixels."""
    casefile = Casefile.open(case, PASSPHRASE, RecordingClock(this_computer()))
    try:
        stored = [exhibit.objects[0] for exhibit in casefile.subjects(Kind.EXHIBIT)]
        files = [b"".join(bytes(chunk) for chunk in casefile.vault.objects.read(one)) for one in stored]
    finally:
        casefile.close()
    return [Image.open(BytesIO(file)).convert("RGB") for file in files]


def rest(screen: VirtualScreen, other_than: Image.Image | None = None) -> Image.Image:
    """Wait until the screen looks the same five times in a row, and other than before; how it looks then."""
    looks: list[Image.Image] = []

    def rests() -> bool:
        looks.append(screen.seen_by_another_program())
        if other_than is not None and looks_like(looks[-1], other_than):
            return False
        return len(looks) >= 5 and all(looks_like(look, looks[-1]) for look in looks[-5:])

    wait_until(rests)
    return looks[-1]


def looks_like(one: Image.Image, other: Image.Image) -> bool:
    """Whether two looks are the same but for a text cursor that blinks."""
    changed = ImageChops.difference(one, other).getbbox()
    if changed is None:
        return True
    left, top, right, bottom = changed
    return right - left <= TEXT_CURSOR[0] and bottom - top <= TEXT_CURSOR[1]


def objects_in(case: Path) -> int:
    return sum(1 for path in (case / "objects").glob("*/*") if not path.name.startswith("tmp-"))


def lock(screen: VirtualScreen, case: Path) -> None:
    wait_until(lambda: b"Holdfast" in front(screen))
    screen.run("xdotool", "key", "ctrl+l")
    wait_until(lambda: not is_open(case))


def test_the_whole_screen_is_captured_without_the_window(screen: VirtualScreen, tmp_path: Path) -> None:
    case = make_case(tmp_path / "notes.holdfast")
    before = bare(screen)
    with program(screen, case, tmp_path):
        screen.run("xdotool", "key", "ctrl+shift+s")
        wait_until(lambda: objects_in(case) == 1)
        lock(screen, case)
    assert [picture.tobytes() for picture in kept_pictures(case)] == [before.tobytes()]


def test_an_area_is_captured_by_numbers_alone(screen: VirtualScreen, tmp_path: Path) -> None:
    case = make_case(tmp_path / "notes.holdfast")
    before = bare(screen)
    with program(screen, case, tmp_path):
        home = rest(screen)
        screen.run("xdotool", "key", "ctrl+shift+a")
        rest(screen, other_than=home)
        for number in ("37", "41", "300", "200"):
            screen.run("xdotool", "key", "ctrl+a")
            screen.run("xdotool", "type", number)
            screen.run("xdotool", "key", "Tab")
        screen.run("xdotool", "key", "Up", "Left", "Return")
        wait_until(lambda: objects_in(case) == 1)
        lock(screen, case)
    assert [picture.tobytes() for picture in kept_pictures(case)] == [before.crop((27, 31, 327, 231)).tobytes()]


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_window_in_which_nothing_happens_ends_at_the_first_ctrl_c_and_closes_the_case(
    screen: VirtualScreen, tmp_path: Path, asked: signal.Signals
) -> None:
    case = make_case(tmp_path / "notes.holdfast")
    with program(screen, case, tmp_path) as running:
        screen.run("xdotool", "key", "ctrl+shift+s")
        wait_until(lambda: objects_in(case) == 1)
        rest(screen)
        running.send_signal(asked)
        assert running.wait(60) == 0
    assert not is_open(case)
    ended = [session.data.get("closed_at") for session in subjects_in(case, Kind.SESSION)]
    assert len(ended) == 1
    assert ended[0]


def test_ctrl_c_ends_a_window_that_is_still_locked(screen: VirtualScreen, tmp_path: Path) -> None:
    case = make_case(tmp_path / "notes.holdfast")
    bare(screen)
    with started(screen, "env", f"HOME={tmp_path}", sys.executable, "-m", "ui", str(case)) as running:
        wait_until(lambda: front(screen) == b"Holdfast\n")
        rest(screen)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
