"""A virtual screen and real events on it: Xvfb, openbox, xdotool and ImageMagick, started and ended together."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NEEDED = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick"}
"""Programs, and the Debian packages they are in."""
BETWEEN_LOOKS = 0.05
"""Seconds between two looks at a condition."""


class Stuck(Exception):
    """Something that was waited for did not come."""


@dataclass
class Screen:
    """A running virtual screen. `folder` takes the logs of the programs and, in pictures/, what they looked like."""

    display: str
    home: Path
    folder: Path
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """For programs that appear here: a home folder of their own, and nothing of the session outside."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
        return kept | {
            "DISPLAY": self.display,
            "HOME": str(self.home),
            "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": str(self.home),
        }

    def start(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a program that stays; what it says goes to a log in the folder."""
        log = self.folder / f"{Path(command[0]).name}-{len(self.programs) + 1}.log"
        with log.open("wb") as output:
            program = subprocess.Popen(
                command, env=self.environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        self.programs.append(program)
        return program

    def run(self, *command: str | Path) -> str:
        """Run a program to its end; its output, empty where it failed (xdotool fails where it finds nothing)."""
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout if done.returncode == 0 else ""

    def titles(self) -> list[str]:
        """The titles of the windows that can be seen."""
        windows = self.run("xdotool", "search", "--onlyvisible", "--name", ".").split()
        return [self.run("xdotool", "getwindowname", window).strip() for window in windows]

    def active_title(self) -> str:
        """The title of the window that the keyboard goes to."""
        return self.run("xdotool", "getactivewindow", "getwindowname").strip()

    def wait(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Look until it holds. False when the time is over."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                return False
            time.sleep(BETWEEN_LOOKS)
        return True

    def pixels(self) -> bytes:
        """What can be seen now, to be compared."""
        command = ("import", "-silent", "-window", "root", "-depth", "8", "rgb:-")
        return subprocess.run(command, env=self.environ, capture_output=True, timeout=60, check=True).stdout

    def settled(self) -> bool:
        """Whether two looks in a row show the same."""
        first = self.pixels()
        time.sleep(BETWEEN_LOOKS)
        return self.pixels() == first

    def picture(self, name: str) -> Path:
        """Keep what can be seen now as pictures/<name>.png."""
        path = self.folder / "pictures" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-silent", "-window", "root", path)
        return path


@contextmanager
def virtual_screen(width: int, height: int, folder: Path) -> Iterator[Screen]:
    """A virtual screen with a window manager. Whatever was started on it is ended with it, last one first."""
    home = folder / "home"
    home.mkdir(parents=True, mode=0o700)
    reading, writing = os.pipe()
    with ExitStack() as ending, (folder / "Xvfb.log").open("wb") as log, os.fdopen(reading, "rb") as answer:
        size = f"{width}x{height}x24"
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stdout=log,
            stderr=log,
        )
        os.close(writing)
        ending.callback(_end, server)
        number = answer.readline().decode().strip()
        if not number:
            raise Stuck(f"the virtual screen did not start: see {folder / 'Xvfb.log'}")
        screen = Screen(f":{number}", home, folder)
        ending.callback(_end_all, screen.programs)
        screen.start("openbox")
        if not screen.wait(lambda: screen.run("xdotool", "get_num_desktops") != "", 20):
            raise Stuck("the window manager did not start")
        yield screen


def _end_all(programs: list[subprocess.Popen[bytes]]) -> None:
    for program in reversed(programs):
        _end(program)


def _end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
