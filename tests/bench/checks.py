"""Checking a large package: hashing against openssl over the same files, start apart; memory."""

import sys
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
    ratios, memory, loading = [], 0.0, 0.0
    for _ in range(5):
        theirs = timed(["openssl", "dgst", "-sha256", *files])
        checking, loading, memory = in_child("checks", made.package)
        ratios.append(checking / theirs)
    name = f"package of {FILES} MB: "
    yield Measured.median(name + "verify, pyHanko loaded / openssl dgst", ratios, 1.5, "x")
    yield Measured(name + "loading pyHanko", loading, 1, "s")
    yield Measured(name + "memory", memory, 100, "MB")


def _child(package: Path) -> None:
    loading = seconds(lazy.pyhanko)

    def check() -> None:
        assert verify(package).outcome is Outcome.INTACT

    print(seconds(check), loading, peak_mb())


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
