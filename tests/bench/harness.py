"""One way to measure: a goal, what was measured, a verdict. Times against other programs are ratios inside one run."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

QUICK = bool(os.environ.get("QUICK"))
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Measured:
    """A goal and what was measured. `at_most` false: at least. `rounds`: where the value is their median."""

    what: str
    value: float
    goal: float
    unit: str
    at_most: bool = True
    rounds: tuple[float, ...] = ()

    @classmethod
    def median(cls, what: str, rounds: Sequence[float], goal: float, unit: str, *, at_most: bool = True) -> Self:
        """The median of several rounds, shown with the lowest and the highest of them."""
        return cls(what, statistics.median(rounds), goal, unit, at_most, tuple(rounds))

    @property
    def reached(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def __str__(self) -> str:
        relation = "<=" if self.at_most else ">="
        verdict = "pass" if self.reached else "FALLS SHORT"
        spread = f"  ({len(self.rounds)}: {min(self.rounds):.3f} to {max(self.rounds):.3f})" if self.rounds else ""
        measured = f"{relation} {self.goal:>8g} {self.unit:<3} {self.value:>9.3f} {self.unit:<3}"
        return f"{self.what:<62} {measured} {verdict}{spread}"


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratios(
    ours: Callable[[], float],
    theirs: Callable[[], float],
    rounds: int = 5,
    before: Callable[[], object] = lambda: None,
) -> list[float]:
    """Our time divided by theirs, in turns: each pair is fresh. `before` each of the two, the ground is made even."""
    found: list[float] = []
    for _ in range(rounds):
        before()
        mine = ours()
        before()
        found.append(mine / theirs())
    return found


def rounds_of(work: Callable[[], object], rounds: int = 5) -> list[float]:
    """How long several runs take, in seconds."""
    return [seconds(work) for _ in range(rounds)]


def median_of(work: Callable[[], object], rounds: int = 5) -> float:
    """The median time of several runs, in seconds."""
    return statistics.median(rounds_of(work, rounds))


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


def even_ground(folder: Path, size: int) -> None:
    """Nothing waits for the disk, and memory for so many bytes of a file was free only a moment ago.

    Otherwise one side writes what the other left, and a virtual machine's memory is slow when it is first used.
    """
    used = folder / "used"
    with used.open("wb", buffering=0) as file:
        for _ in range(0, size, 1 << 20):
            file.write(bytes(1 << 20))
    os.sync()
    used.unlink()


def random_file(path: Path, size: int) -> Path:
    """A file of random bytes, warm in the page cache."""
    with path.open("wb") as file:
        for _ in range(0, size, 1 << 20):
            file.write(os.urandom(min(1 << 20, size)))
    return path
