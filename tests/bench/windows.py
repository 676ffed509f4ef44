"""The window: from the start of the process to the first painted page, and its memory, on a real X screen."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from xvfb import VirtualScreen, running_xvfb, wait_until

from bench.harness import Measured, peak_mb

ROUNDS = 5


def measure(folder: Path) -> Iterator[Measured]:
    with running_xvfb(1280, 800, folder) as screen:
        _start(screen)
        starts = [_start(screen) for _ in range(ROUNDS)]
    yield Measured.median("window: process start to first painted page", [s for s, _mb in starts], 0.6, "s")
    yield Measured.median("window: memory then", [mb for _s, mb in starts], 90, "MB")


def _start(screen: VirtualScreen) -> tuple[float, float]:
    empty = screen.seen_by_another_program().tobytes()
    begun = time.perf_counter()
    with subprocess.Popen([Path(sys.executable).parent / "holdfast"], env=screen.environ) as program:
        try:
            wait_until(lambda: screen.seen_by_another_program().tobytes() != empty)
            return time.perf_counter() - begun, peak_mb(program.pid)
        finally:
            program.terminate()
            program.wait()
