"""The rows of a table into a case: all in one transaction, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from app.errors import WrongUse
from app.gaps import Missing, gaps
from app.kinds import Kind
from app.sheets.cells import Progress
from app.sheets.matching import MatchedSheet
from app.sheets.writing import bad_table, write_new_file
from vault.chain import Action, Entry, EntryId
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.errors import NotConfirmed

if TYPE_CHECKING:
    from app.casefile import Casefile

NOTHING_IMPORTED = "Nothing was imported, and nothing was changed."
_BETWEEN_STEPS = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported: each row's number and its entry, in the order of the table.

    `without_capture`: how many of them ask for the removal of something that no exhibit shows.
    """

    entries: tuple[tuple[int, Entry], ...]
    without_capture: int


def import_sheet(
    casefile: "Casefile",
    matched: MatchedSheet,
    *,
    again: bool = False,
    skip_bad: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Imported:
    """Import the rows of a table that was compared with this case, each as a new entry; when this returns it is Saved.

    `again`: also rows that are there already. `skip_bad`: the good rows, though there are bad ones. A `progress` that
    raises stops it with nothing changed. Raises WrongUse for a table that cannot be imported, VaultError.
    """
    _require_importable(matched, skip_bad=skip_bad)
    rows = matched.chosen(again=again)
    if not rows:
        return Imported((), 0)
    kind = matched.sheet.kind
    drafts = _Told([Draft(Action.ADD, kind, new_entry_id(), row.fields) for row in rows], progress)
    with casefile.turn():
        casefile.begin_session()
        entries = casefile.vault.append(drafts, casefile.clock.stamp(casefile.author()))
    numbered = tuple((row.number, entry) for row, entry in zip(rows, entries, strict=True))
    return Imported(numbered, _without_capture(casefile, kind, {entry.id for entry in entries}))


def import_and_set_aside(
    casefile: "Casefile",
    matched: MatchedSheet,
    bad_file: Path | None,
    progress: Progress = lambda _done, _all: None,
    *,
    again: bool = False,
) -> Imported:
    """Import what can be. Bad rows are in `bad_file`, which is made new, before the good ones are in the log.

    So none is in neither: the file stays where nobody can tell whether the good ones are (NotConfirmed). Without
    `bad_file`, as import_sheet. Raises NoRoom too.
    """
    if bad_file is None or not matched.bad:
        return import_sheet(casefile, matched, again=again, progress=progress)
    write_new_file(bad_file, bad_table(matched.sheet, matched.bad))
    try:
        return import_sheet(casefile, matched, again=again, skip_bad=True, progress=progress)
    except NotConfirmed:
        raise
    except BaseException:
        Disk().discard(bad_file)
        raise


def _require_importable(matched: MatchedSheet, *, skip_bad: bool) -> None:
    if matched.sheet.column_problems:
        count = len(matched.sheet.column_problems)
        raise WrongUse(
            "One column of this table is not understood."
            if count == 1
            else f"{count} columns of this table are not understood.",
            safe=NOTHING_IMPORTED,
            next="Correct their names, or leave columns out with --ignore-column NAME.",
        )
    if matched.bad and not skip_bad:
        count = len(matched.bad)
        raise WrongUse(
            "One row cannot be imported." if count == 1 else f"{count} rows cannot be imported.",
            safe=NOTHING_IMPORTED,
            next="Correct them and try again, or import the others with --skip-bad FILE, which keeps these in FILE.",
        )


def _without_capture(casefile: "Casefile", kind: Kind, imported: set[EntryId]) -> int:
    if kind is not Kind.TAKEDOWN:
        return 0
    return sum(gap.missing is Missing.REMOVAL_WITHOUT_CAPTURE and gap.subject in imported for gap in gaps(casefile))


class _Told(Sequence[Draft]):
    """Drafts that tell how far they were taken, the first time: nothing is written before the last one was."""

    def __init__(self, drafts: Sequence[Draft], progress: Progress) -> None:
        self._drafts = drafts
        self._progress: Progress | None = progress

    def __len__(self) -> int:
        return len(self._drafts)

    @overload
    def __getitem__(self, index: int) -> Draft: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Draft]: ...

    def __getitem__(self, index: int | slice) -> Draft | Sequence[Draft]:
        return self._drafts[index]

    def __iter__(self) -> Iterator[Draft]:
        progress, self._progress = self._progress, None
        for done, draft in enumerate(self._drafts):
            if progress is not None and done % _BETWEEN_STEPS == 0:
                progress(done, len(self._drafts))
            yield draft
