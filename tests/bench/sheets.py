"""Tables: 10,000 rows from a CSV file into a case, beside what is there already; the table of a kind."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cases import new_case

from app.kinds import Kind
from app.sheets import import_sheet, kind_table, match_sheet, read_sheet
from bench.harness import QUICK, Measured, seconds

ROWS = 2000 if QUICK else 10_000
_HEADER = "url,recipient,state,sent_at,reference,deadline,notes,next_action_at"


def measure(folder: Path) -> Iterator[Measured]:
    first, second = _table(folder / "first.csv", 0), _table(folder / "second.csv", ROWS)
    with closing(new_case(folder)) as case:

        def imported(path: Path) -> None:
            done = import_sheet(case, match_sheet(case, read_sheet(path, Kind.TAKEDOWN)))
            assert len(done.entries) == ROWS

        name = f"{ROWS:,} rows of CSV "
        yield Measured(name + "into an empty case, on the disk", seconds(lambda: imported(first)), 5, "s")
        yield Measured(name + "beside as many that are there", seconds(lambda: imported(second)), 5, "s")
        yield Measured(f"the table of {2 * ROWS:,} removals", seconds(lambda: kind_table(case, Kind.TAKEDOWN)), 5, "s")


def _table(path: Path, start: int) -> Path:
    rows = (
        f"https://board.example/thread/{number},Host {number % 9},waiting,2026-11-20 14:05,R-{number},2026-12-01,"
        f'"They said, on the phone, that they would look at it again: number {number}",2026-11-27'
        for number in range(start, start + ROWS)
    )
    path.write_text("\n".join([_HEADER, *rows]), encoding="utf-8")
    return path
