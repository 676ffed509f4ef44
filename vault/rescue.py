"""What can still be read of a damaged log: its rows, read around every damaged page, as a log of their own."""

import threading
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from vault.chain import EntryId, Kind
from vault.disk import Disk, told
from vault.errors import DamagedVault, DiskFailed
from vault.log import Log, Row
from vault.pages import rows_on_pages
from vault.search import Wanted

_SMALLEST_ROW = 256
"""Bytes: an entry is longer."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An entry that cannot be read; what else is known of it, perhaps nothing (None, None, empty)."""

    seq: int
    subject: EntryId | None
    kind: Kind | None
    ref: str


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a log that was read around its damaged pages."""

    pages: tuple[str, ...]
    """In words, for each part of the log in which a page is damaged."""
    lost: tuple[Lost, ...]
    """Entries that cannot be read, by number; where there are none, only lists and other helps are damaged."""

    def touches(self, subject: EntryId) -> bool:
        """Whether an entry about this subject is among those that cannot be read, or may be."""
        return any(lost.subject in {subject, None} for lost in self.lost)

    def may_touch(self, kind: Kind) -> bool:
        """Whether an entry about a subject of this kind is among those that cannot be read, or may be."""
        return any(lost.kind in {kind, None} for lost in self.lost)


class RescuedLog(Log):
    """Rows of a log, and what else can be read of it, in memory and for reading alone.

    Its lists are made at once; the index of words, which takes seconds, when somebody looks for words.
    """

    in_memory = True

    def __init__(self, rows: Mapping[int, Row], file: Log | None = None) -> None:
        """`file`: where everything is taken from that is no entry."""
        self._making = threading.Lock()
        self._has_words = False
        self._fill(rows, file)
        self.rebuild(words=False)
        self._db.execute("PRAGMA query_only=ON")

    def find(self, wanted: Wanted, limit: int, before: int | None = None) -> list[tuple[int, EntryId]]:
        """As Log.find."""
        with self._making:
            if wanted.text and not self._has_words:
                self._db.execute("PRAGMA query_only=OFF")
                self.rebuild()
                self._db.execute("PRAGMA query_only=ON")
                self._has_words = True
        return super().find(wanted, limit, before)


def rescued(path: Path, key: bytes, at_least: int, disk: Disk) -> tuple[Log, Damage]:
    """Copy what can be read of a log into memory, with its lists made anew. `at_least`: entries it is known to hold.

    Nothing is written to the file. Raises DamagedVault where no entry can be read: the key may be another one.
    """
    with told():
        # No number of entries that the file has no room for is believed, whatever says so.
        most = path.stat().st_size // _SMALLEST_ROW
    at_least = min(at_least, most)
    try:
        file = Log.read_only(path, key, disk, despite_journal=True)
    except DamagedVault:
        rows = _require_some(_believed(_from_pages(path, key), most))
        lost = tuple(Lost(seq, None, None, "") for seq in _missing(rows, at_least))
        return RescuedLog(rows), Damage(("its first page is damaged",), lost)
    with closing(file):
        end = min(max(at_least, file.reach()), most)
        rows = _believed({row.seq: row for row in walk(file, end)}, most)
        if not rows or _missing(rows, end):
            rows |= _believed(_from_pages(path, key, rows), most)
        lost = _lost(file, _missing(_require_some(rows), end))
        return RescuedLog(rows, file), Damage(tuple(file.damage()), lost)


def _believed(rows: dict[int, Row], most: int) -> dict[int, Row]:
    return {seq: row for seq, row in rows.items() if seq <= most}


def walk(log: Log, end: int) -> Iterator[Row]:
    """Every row that can be read, oldest first: those behind a damaged page too, as far as entry `end`."""
    seq = 0
    while True:
        with suppress(DamagedVault, DiskFailed):
            for row in log.rows(seq):
                seq = row.seq
                yield row
            return
        # The next row cannot be read: look for the first one behind it that can.
        row_there = None
        while row_there is None and seq < end:
            seq += 1
            with suppress(DamagedVault, DiskFailed):
                row_there = log.row(seq)
        if row_there is None:
            return
        yield row_there


def _from_pages(path: Path, key: bytes, known: Container[int] = ()) -> dict[int, Row]:
    with told():
        return {row.seq: row for row in rows_on_pages(path, key, known)}


def _require_some(rows: dict[int, Row]) -> dict[int, Row]:
    if not rows:
        raise DamagedVault("The log is damaged, and no entry in it can be read.")
    return rows


def _missing(rows: dict[int, Row], at_least: int) -> list[int]:
    return [seq for seq in range(1, max(at_least, *rows, 0) + 1) if seq not in rows]


def _lost(file: Log, missing: Sequence[int]) -> tuple[Lost, ...]:
    if not missing:
        return ()
    subjects = file.subjects_by_number()
    listed = {subject: file.listed(subject) for subject in {subjects[seq] for seq in missing if seq in subjects}}
    return tuple(
        Lost(seq, subjects.get(seq), *listed.get(subjects.get(seq, EntryId("")), (None, ""))) for seq in missing
    )
