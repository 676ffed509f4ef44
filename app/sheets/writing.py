"""Tables as CSV files: those of one kind as it stands now, and those of rows that could not be imported."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import WrongUse
from app.kinds import Kind
from app.new_file import write_whole
from app.places import require_outside_vaults
from app.report.disclosure import NotIncluded, Reason, exhibit_files
from app.report.inert import inert, unmistakable
from app.report.tables import csv_bytes, make_tables
from app.sheets.cells import BadRow
from app.sheets.columns import BAD_ROW, WHAT_IS_WRONG, without_bookkeeping_of_bad_rows
from app.sheets.sheet import SHEET_KINDS, Sheet
from app.subjects import Subject
from vault.chain import Data, ObjectId

if TYPE_CHECKING:
    from app.casefile import Casefile

TABLE_KINDS = (Kind.EXHIBIT, *SHEET_KINDS)
"""The kinds that have a table. Those who record have none: their names never leave the vault."""


def kind_table(casefile: "Casefile", kind: Kind) -> tuple[bytes, int]:
    """The table of a kind as it stands now, in the order in which things were added, and how many rows it has.

    It has the form of a package's tables (app/package/FORMAT.md, section 5), without the words of what was withdrawn,
    and it can be imported again: a `[U+202E]` that somebody wrote stands as `[U+005B]U+202E]`, so that it is not taken
    for the mark of a character. No file of an exhibit is in it. Raises VaultError.
    """
    subjects = {subject.id: _shown(subject) for subject in reversed(list(casefile.subjects(kind)))}
    absent: dict[ObjectId, NotIncluded] = {
        stored.id: NotIncluded(stored, subject.first.seq, file, Reason.LEFT_OUT)
        for subject in subjects.values()
        if subject.objects
        for stored, file in exhibit_files(subject)
    }
    return make_tables([], subjects, absent)[f"{kind.value}s.csv"], len(subjects)


def bad_table(sheet: Sheet, rows: Iterable[BadRow]) -> bytes:
    """The rows that could not be imported, with their numbers and what is wrong with each; it can be imported again."""
    rows = tuple(rows)
    places = without_bookkeeping_of_bad_rows(sheet.columns)
    width = max((len(row.cells) for row in rows), default=0)
    places += range(len(sheet.columns), width)
    names = [*sheet.columns, *("" for _ in range(width - len(sheet.columns)))]
    header = [BAD_ROW, WHAT_IS_WRONG, *(inert(unmistakable(names[place])) for place in places)]
    return csv_bytes(
        header,
        (
            [
                str(row.number),
                unmistakable(_what_is_wrong(row)),
                *(unmistakable(row.cells[place]) if place < len(row.cells) else "" for place in places),
            ]
            for row in rows
        ),
    )


def require_new_file(path: Path) -> None:
    """Let a file be made only where nothing is yet, and not in the folder of a vault. Raises WrongUse."""
    if path.exists() or path.is_symlink():
        raise WrongUse("There is already something at that place; it was not touched.", next="Choose another name.")
    if not path.parent.is_dir():
        raise WrongUse("The folder for it is not there.", next="Make that folder first, or choose another.")
    require_outside_vaults(path)


def write_new_file(path: Path, content: bytes) -> None:
    """Write a table into a new file, durably; whole, or not at all. Raises WrongUse, NoRoom."""
    require_new_file(path)
    write_whole(path, content, otherwise="Free some room, or choose a place on another disk.")


def _shown(subject: Subject) -> Subject:
    if subject.withdrawn:
        return replace(subject, data={"ref": subject.ref} if subject.ref else {}, objects=())
    return replace(subject, data=_unmistakable(subject.data))


def _unmistakable(data: Data) -> Data:
    return {
        name: [unmistakable(item) for item in value]
        if isinstance(value, list)
        else unmistakable(value)
        if isinstance(value, str)
        else value
        for name, value in data.items()
    }


def _what_is_wrong(row: BadRow) -> str:
    return " ".join(f"{problem.column}: {problem.what}" if problem.column else problem.what for problem in row.problems)
