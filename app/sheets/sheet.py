"""A table read from a CSV file, before anything is compared with a case: its good rows, its bad ones, its problems."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.kinds import WRITTEN_BY_HAND, Kind
from app.report.inert import exact
from app.sheets.cells import BadRow, Problem, Progress, RowReader, SheetRow
from app.sheets.columns import ColumnProblem, is_known, is_ours, read_columns
from app.sheets.text import Encoding, read_grid, read_text

SHEET_KINDS = WRITTEN_BY_HAND
"""The kinds that can be imported."""
_BETWEEN_STEPS = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of one kind. Nothing of it is imported while `column_problems` are left."""

    kind: Kind
    columns: tuple[str, ...]
    names: Mapping[str, str]
    """What the column of a field is called in this table."""
    column_problems: tuple[ColumnProblem, ...]
    rows: tuple[SheetRow, ...]
    bad: tuple[BadRow, ...]
    withdrawn: tuple[int, ...]
    """Numbers of the rows that one of our tables says were withdrawn: they stay out."""
    hints: tuple[Problem, ...]
    """What may have gone wrong in a spreadsheet, and keeps nothing from being imported."""


def read_sheet(
    path: Path,
    kind: Kind,
    *,
    encoding: Encoding | None = None,
    ignored: Collection[str] = (),
    progress: Progress = lambda _done, _all: None,
) -> Sheet:
    """Read a table; the vault is not needed for it. `ignored`: names of columns that are to be left out.

    Raises Unreadable for a file that is no such table, WrongUse for a name in `ignored` that is no column, and where no
    column is a field.
    """
    grid = read_grid(read_text(path, encoding), lambda name: is_known(kind, name))
    ours = is_ours(grid.header)
    header = tuple(map(exact, grid.header)) if ours else grid.header
    columns = read_columns(kind, header, ignored)
    reader = RowReader(kind, columns)
    rows: list[SheetRow] = []
    bad: list[BadRow] = []
    withdrawn: list[int] = []
    hints: list[Problem] = []
    for done, (number, written) in enumerate(grid.rows):
        if done % _BETWEEN_STEPS == 0:
            progress(done, len(grid.rows))
        cells = tuple(map(exact, written)) if ours else written
        if columns.withdrawn is not None and cells[columns.withdrawn : columns.withdrawn + 1] == ("yes",):
            withdrawn.append(number)
            continue
        read = reader.read(number, cells)
        if isinstance(read, BadRow):
            bad.append(read)
        else:
            rows.append(read)
            hints += reader.hints(read)
    return Sheet(
        kind,
        columns.names,
        {spec.name: columns.names[place] for place, spec in columns.fields.items()},
        columns.problems,
        tuple(rows),
        tuple(bad),
        tuple(withdrawn),
        tuple(hints),
    )
