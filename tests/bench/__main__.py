"""Runs every measurement and prints goal, measured value and verdict; exit status 1 where a goal was missed."""

import sys
import tempfile
from pathlib import Path

from bench import checks, importing, logs, reports, screens, windows
from bench.harness import QUICK, Measured


def main() -> int:
    if QUICK:
        print("QUICK: on less data than the goals speak of")
    results: list[Measured] = []
    for part in (screens, importing, logs, reports, checks, windows):
        with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as folder:
            for measured in part.measure(Path(folder)):
                print(measured, flush=True)
                results.append(measured)
    missed = [measured for measured in results if not measured.reached]
    print(f"{len(results) - len(missed)} goals reached, {len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
