"""Runs every measurement, or those that are named, and prints goal, measured value and verdict.

Exit status 1 where a goal was missed.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import casework, checks, importing, logs, pages, reports, screens, sheets, shelves, windows
from bench.harness import QUICK, Measured

PARTS = {
    part.__name__.rpartition(".")[2]: part
    for part in (screens, importing, logs, casework, sheets, reports, checks, shelves, pages, windows)
}


def main(names: Sequence[str]) -> int:
    if QUICK:
        print("QUICK: on less data than the goals speak of")
    results: list[Measured] = []
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as folder:
            for measured in PARTS[name].measure(Path(folder)):
                print(measured, flush=True)
                results.append(measured)
    missed = [measured for measured in results if not measured.reached]
    print(f"{len(results) - len(missed)} pass, {len(missed)} fall short")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
