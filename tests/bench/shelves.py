"""Checking many packages: two processes against one, and twice as many packages against as many."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from package_maker import Log, good_package

from bench.harness import QUICK, Measured, timed

VAULTS, EACH = (10, 10) if QUICK else (100, 10)
SIZE = 1_000_000


def measure(folder: Path) -> Iterator[Measured]:
    paths = list(_shelf(folder))
    ratios, growth = [], []
    for _ in range(3):
        one = _checking(paths, 1)
        ratios.append(one / _checking(paths, 2))
        growth.append(one / _checking(paths[: len(paths) // 2], 1))
    name = f"{len(paths):,} packages of 1 MB: "
    yield Measured.median(name + "--jobs 1 / --jobs 2", ratios, 1.7, "x", at_most=False)
    yield Measured.median(name + "all of them / half of them", growth, 2.2, "x")
    yield Measured(name + "each, --jobs 1", one / len(paths), 0.1, "s")


def _shelf(folder: Path) -> Iterator[Path]:
    """Packages of several vaults, each under several names; sorted so that one vault's do not lie together."""
    for vault in range(VAULTS):
        package = good_package(vault + 1)
        log = Log(package, vault)
        stored = log.stored(os.urandom(SIZE), "film.mp4", "video/mp4")
        log.write("exhibit", {"ref": "AB/9", "sensitivity": "ordinary"}, (stored,))
        package.rewrite()
        (folder / f"0-{vault}.zip").write_bytes(package.zipped())
    for number in range(EACH):
        for vault in range(VAULTS):
            path = folder / f"{number}-{vault}.zip"
            if number:
                path.hardlink_to(folder / f"0-{vault}.zip")
            yield path


def _checking(paths: list[Path], jobs: int) -> float:
    return timed([sys.executable, "-m", "app", "verify", "--json", "--jobs", str(jobs), *paths])
