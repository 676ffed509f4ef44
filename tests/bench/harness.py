"""One way to measure: a goal, what was measured, a verdict. Times against other programs are ratios inside one run."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

QUICK = bool(os.environ.get("QUICK"))
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Measured:
    """A goal and what was measured. `at_most` false: at least. `verdict` is left out where the data was too small."""

    what: str
    value: float
    goal: float
    unit: str
    at_most: bool = True

    @property
    def reached(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def __str__(self) -> str:
        relation = "<=" if self.at_most else ">="
        verdict = "reached" if self.reached else "MISSED"
        return f"{self.what:<62} {relation} {self.goal:>8g} {self.unit:<3} {self.value:>9.3f} {self.unit:<3} {verdict}"


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median_ratio(ours: Callable[[], float], theirs: Callable[[], float], rounds: int = 3) -> float:
    """The median of our time divided by theirs, taken in turns."""
    return statistics.median(ours() / theirs() for _ in range(rounds))


def quickest(work: Callable[[], object], rounds: int = 5) -> float:
    """The median time of several runs, in seconds."""
    return statistics.median(seconds(work) for _ in range(rounds))


def in_child(module: str, *arguments: str | Path) -> list[float]:
    """Run a measuring function of this folder in a process of its own; the numbers that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}", *map(str, arguments)], stdout=subprocess.PIPE, check=True, text=True
    )
    return [float(number) for number in done.stdout.split()]


def peak_mb(process: int | str = "self") -> float:
    """The most memory a process has had since it began, in MB (getrusage would count what its parent had)."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def timed(command: Sequence[str | Path]) -> float:
    """How long another program takes."""
    return seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True))


def random_file(path: Path, size: int) -> Path:
    """A file of random bytes, warm in the page cache."""
    with path.open("wb") as file:
        for _ in range(0, size, 1 << 20):
            file.write(os.urandom(min(1 << 20, size)))
    return path
