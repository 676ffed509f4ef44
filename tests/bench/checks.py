"""Checking a large package: hashing against openssl over the same files, start apart; memory."""

import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from cases import ORDINARY, new_case

from app import lazy
from app.package.export import export
from app.package.verify import Outcome, verify
from bench.harness import QUICK, Measured, in_child, peak_mb, random_file, seconds, timed
from capture import FileSource

FILES = 50 if QUICK else 500


def measure(folder: Path) -> Iterator[Measured]:
    case = new_case(folder)
    for number in range(FILES):
        case.preserve(FileSource(random_file(folder / f"{number}.jpg", 1_000_000)).capture(), ORDINARY)
        (folder / f"{number}.jpg").unlink()
    made = export(case, folder / "out")
    case.close()
    with zipfile.ZipFile(made.package) as archive:
        archive.extractall(folder / "bag")
    files = [path for path in (folder / "bag").rglob("*") if path.is_file()]
    ratios, worked, memory, loading = [], [], 0.0, 0.0
    for _ in range(5):
        before = _processor_time_of_children()
        theirs = timed(["openssl", "dgst", "-sha256", *files])
        their_work = _processor_time_of_children() - before
        checking, work, loading, memory = in_child("checks", made.package)
        ratios.append(checking / theirs)
        worked.append(work / their_work)
    name = f"package of {FILES} MB: "
    yield Measured.median(name + "verify, pyHanko loaded / openssl dgst", ratios, 1.5, "x")
    yield Measured.median(name + "the same in processor time", worked, 1.5, "x")
    yield Measured(name + "loading pyHanko", loading, 1, "s")
    yield Measured(name + "memory", memory, 100, "MB")


def _processor_time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _child(package: Path) -> None:
    loading = seconds(lazy.pyhanko)

    def check() -> None:
        assert verify(package).outcome is Outcome.INTACT

    before = time.process_time()
    checking = seconds(check)
    print(checking, time.process_time() - before, loading, peak_mb())


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
