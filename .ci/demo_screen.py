"""A virtual screen and real events on it: Xvfb, openbox, xdotool and ImageMagick, started and ended together."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

NEEDED = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick"}
"""Programs, and the Debian packages they are in."""
BETWEEN_LOOKS = 0.05
"""Seconds between two looks at a condition."""
QUIET = 0.25
"""So many seconds without any movement are rest; a button that was pressed by its shortcut acts after 0.1."""
TEXT_CURSOR = (6, 60)
"""Columns and rows of pixels that a text cursor does not exceed."""


class Stuck(Exception):
    """Something that was waited for did not come."""


@dataclass
class Screen:
    """A running virtual screen. `folder` takes the logs of the programs and, in pictures/, what they looked like."""

    display: str
    width: int
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

    def active_title(self) -> str:
        """The title of the window that the keyboard goes to."""
        return self.run("xdotool", "getactivewindow", "getwindowname").strip()

    def require(self, holds: Callable[[], bool], what: str, seconds: float) -> None:
        """Look until it holds. Raises Stuck, which says what did not, when the time is over."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise Stuck(f"{seconds:.0f} s were not enough for: {what}")
            time.sleep(BETWEEN_LOOKS)

    def pixels(self) -> bytes:
        """What can be seen now, to be compared."""
        command = ("import", "-silent", "-window", "root", "-depth", "8", "rgb:-")
        done = subprocess.run(command, env=self.environ, capture_output=True, timeout=60, check=False)
        if done.returncode != 0:
            raise Stuck(f"the virtual screen cannot be seen: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    def differs_from(self, before: bytes) -> bool:
        """Whether something else can be seen than before. A text cursor that blinks does not count."""
        now = self.pixels()
        if now == before:
            return False
        line = self.width * 3
        rows = [row for row in range(0, len(now), line) if now[row : row + line] != before[row : row + line]]
        changed = [_changed(now[row : row + line], before[row : row + line]) for row in rows]
        columns = max(last for _first, last in changed) // 3 - min(first for first, _last in changed) // 3 + 1
        return columns > TEXT_CURSOR[0] or (rows[-1] - rows[0]) // line + 1 > TEXT_CURSOR[1]

    def settled(self) -> bool:
        """Whether for a while nothing moves here, and no program that was started here does anything."""
        first = self.pixels()
        processes = _with_children({program.pid for program in self.programs})
        end = time.monotonic() + QUIET
        while time.monotonic() < end:
            if not all(_waits(process) for process in processes):
                return False
            time.sleep(BETWEEN_LOOKS)
        return not self.differs_from(first)

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
        screen = Screen(f":{number}", width, home, folder)
        ending.callback(_end_all, screen.programs)
        screen.start("openbox")
        screen.require(lambda: screen.run("xdotool", "get_num_desktops") != "", "the window manager", 20)
        screen.run("xdotool", "mousemove", str(width), str(height))
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


def _changed(now: bytes, before: bytes) -> tuple[int, int]:
    """The first and the last byte in which two rows differ."""
    difference = int.from_bytes(now, "big") ^ int.from_bytes(before, "big")
    last = len(now) - 1
    return last - (difference.bit_length() - 1) // 8, last - ((difference & -difference).bit_length() - 1) // 8


def _with_children(processes: set[int]) -> set[int]:
    """These processes, and those that they started."""
    found = set(processes)
    parents = {int(stat.parent.name): int(fields[1]) for stat, fields in _stats("[0-9]*/stat")}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _waits(process: int) -> bool:
    """Whether every thread of a process waits for something to happen. One that ended does."""
    return all(fields[0] in "SZX" for _stat, fields in _stats(f"{process}/task/*/stat"))


def _stats(pattern: str) -> Iterator[tuple[Path, list[str]]]:
    """State, parent and so on, as the system tells them (proc(5)); what ends meanwhile is left out."""
    for stat in Path("/proc").glob(pattern):
        with suppress(FileNotFoundError, ProcessLookupError):
            yield stat, stat.read_text(errors="replace").rpartition(")")[2].split()
