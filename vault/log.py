"""The encrypted log: SQLite, encrypted and authenticated page by page; the entries are its truth, the rest caches."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Self

import apsw

from vault import caches
from vault.chain import Action, Entry, EntryId, Link
from vault.connection import Connection
from vault.database import copy_pages, errors_told, open_to_read, open_to_write
from vault.disk import Disk
from vault.errors import DamagedVault, DiskFailed
from vault.identity import Identity
from vault.lists import Lists

_KEPT = """
CREATE TABLE entry(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, body BLOB NOT NULL, link TEXT NOT NULL);
CREATE TABLE identity(private_key BLOB NOT NULL, certificate BLOB NOT NULL);
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seal(export_id TEXT PRIMARY KEY, passphrase TEXT NOT NULL);
CREATE TABLE note(id TEXT PRIMARY KEY, subject TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE draft(name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE INDEX entry_of_subject ON entry(id);
"""
_COUNT, _LINK = re.compile(r"[0-9]{1,15}"), re.compile(r"[0-9a-f]{64}")
_KEPT_TABLES = ("entry", "identity", "meta", "seal", "note", "draft")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the log: an entry's canonical bytes and its link."""

    seq: int
    id: EntryId
    body: bytes
    link: Link

    @property
    def entry(self) -> Entry:
        """The entry in it. Raises Malformed."""
        return Entry.from_bytes(self.body)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note beside the log, about a subject or (empty) the whole case."""

    id: str
    subject: str
    body: str


class Log(Lists):
    """An open log.db. Every method raises DamagedVault, DiskFull or DiskFailed where the disk is at fault."""

    in_memory = False
    """Whether it is a copy of what could be read, for reading alone."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False, disk: Disk | None = None) -> None:
        """Open, or create with its tables. Raises DamagedVault where this key does not open it."""
        self._db = open_to_write(path, key, disk or Disk(), create=create)
        try:
            if create:
                with self._writing():
                    self._db.execute(_KEPT)
                    caches.make(self._db)
            elif self.outdated:
                self.rebuild()
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def read_only(cls, path: Path, key: bytes, disk: Disk | None = None, *, despite_journal: bool = False) -> Self:
        """Open for reading alone (see `open_to_read`). The caches may be those of another version: `outdated`."""
        log = cls.__new__(cls)
        log._db = open_to_read(path, key, disk or Disk(), despite_journal=despite_journal)
        return log

    def _fill(self, rows: Mapping[int, Row], file: "Log | None") -> None:
        """Begin in memory with these rows, and with what else can be read of a file; there are no caches yet."""
        self._db = Connection(":memory:")
        with errors_told(), self._db:
            self._db.execute(_KEPT)
            for seq in sorted(rows):
                self._db.execute("INSERT INTO entry VALUES(?, ?, ?, ?)", astuple(rows[seq]))
            if file is not None:
                for table in _KEPT_TABLES[1:]:
                    with suppress(apsw.Error):
                        self._take(table, file)

    @property
    def outdated(self) -> bool:
        """Whether the caches are those of another version."""
        return self.meta("cache_version") != caches.VERSION

    def close(self) -> None:
        """Close the file; the key goes with it."""
        self._db.close()

    def append(self, rows: Sequence[tuple[Row, Entry]]) -> None:
        """Add rows and what follows from them in the caches, all or nothing, durably."""
        with self._writing():
            for row, entry in rows:
                self._db.execute("INSERT INTO entry VALUES(?, ?, ?, ?)", (row.seq, row.id, row.body, row.link))
                caches.take(self._db, entry)
                if entry.action is Action.WITHDRAW:
                    self._db.execute("DELETE FROM draft WHERE instr(name, ?)", (entry.id,))

    def last(self) -> Row | None:
        """The newest row. Raises DamagedVault where its link, which is the head, is none."""
        found = next(self._rows("ORDER BY seq DESC LIMIT 1"), None)
        if found is not None and not _LINK.fullmatch(found.link):
            raise DamagedVault("The end of the log is damaged.")
        return found

    def rows(self, after: int = 0) -> Iterator[Row]:
        """All rows behind entry `after`, oldest first, one at a time."""
        return self._rows("WHERE seq > ? ORDER BY seq", after)

    def newest_first(self, after: int = 0) -> Iterator[Row]:
        """All rows behind entry `after`, newest first, one at a time."""
        return self._rows("WHERE seq > ? ORDER BY seq DESC", after)

    def row(self, seq: int) -> Row | None:
        """One row."""
        return next(self._rows("WHERE seq = ?", seq), None)

    def of_subject(self, subject: EntryId) -> list[Row]:
        """The rows of one subject, oldest first."""
        return list(self._rows("WHERE id = ? ORDER BY seq", subject))

    def of_subjects(self, subjects: Sequence[EntryId]) -> list[Row]:
        """The rows of several subjects, oldest first."""
        return list(self._rows("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq", json.dumps(subjects)))

    def identity(self) -> Identity:
        """The signing key and certificate. Raises DamagedVault."""
        with errors_told():
            found = self._db.execute("SELECT private_key, certificate FROM identity").fetchone()
        if found is None or not isinstance(found[0], bytes) or not isinstance(found[1], bytes):
            raise DamagedVault("The vault's signing key is missing.")
        return Identity.load(found[0], found[1])

    def keep_identity(self, identity: Identity) -> None:
        """Store the signing key, once."""
        with self._writing():
            self._db.execute("INSERT INTO identity VALUES(?, ?)", (identity.private_bytes, identity.certificate_bytes))

    def meta(self, name: str) -> str | None:
        """A value that is no evidence."""
        with errors_told():
            found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value that is no evidence."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))

    def generation(self) -> int | None:
        """How often the ways into the vault were changed, and one; None where that cannot be read."""
        known = self.meta("generation") or ""
        return int(known) if _COUNT.fullmatch(known) else None

    def draft(self, name: str) -> str | None:
        """What was typed and not yet kept."""
        with errors_told():
            found = self._db.execute("SELECT body FROM draft WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def set_draft(self, name: str, body: str | None) -> None:
        """Keep what was typed outside the log, or forget it (None)."""
        with self._writing():
            if body is None:
                self._db.execute("DELETE FROM draft WHERE name = ?", (name,))
            else:
                self._db.execute("INSERT OR REPLACE INTO draft VALUES(?, ?)", (name, body))

    def notes(self, subject: EntryId | None) -> list[NoteRow]:
        """The notes about a subject, or all there are (None)."""
        where, values = ("WHERE subject = ?", (subject,)) if subject else ("", ())
        with errors_told():
            query = f"SELECT id, subject, body FROM note {where} ORDER BY rowid"  # noqa: S608 - our own words
            return [NoteRow(*map(str, row)) for row in self._db.execute(query, values)]

    def set_note(self, note: NoteRow) -> None:
        """Keep a note outside the log, in place of the one with its id."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO note VALUES(?, ?, ?)", astuple(note))

    def remove_note(self, note: str) -> None:
        """Forget a note; SQLite overwrites it (secure_delete)."""
        with self._writing():
            self._db.execute("DELETE FROM note WHERE id = ?", (note,))

    def take_over(self, other: "Log") -> None:
        """Copy everything that is kept from another log into this new one, and make the caches."""
        with self._writing():
            for table in _KEPT_TABLES:
                self._take(table, other)
        self.rebuild()

    def require_same(self, other: "Log") -> None:
        """Let everything that is kept be the same in both. Raises DiskFailed."""
        for table in _KEPT_TABLES:
            query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608 - our own words
            with errors_told():
                mine, others = self._db.execute(query), other._db.execute(query)
                if any(row != another for row, another in zip_longest(mine, others)):
                    raise DiskFailed("The log is not what was written.")

    def copy_to(self, path: Path, key: bytes, disk: Disk) -> None:
        """Write this log, as it is now, into an empty file, durably. Raises DamagedVault for a damaged page."""
        if not self.in_memory:
            with self._db.turn:
                copy_pages(self._db, path, key, disk)
            return
        log = Log(path, key, create=True, disk=disk)
        try:
            log.take_over(self)
        finally:
            log.close()

    def quick_check(self) -> None:
        """Read every page, and compare how they hang together. Raises DamagedVault."""
        with errors_told():
            found = list(self._db.execute("PRAGMA quick_check(1)"))
        if found != [("ok",)]:
            raise DamagedVault("The log is damaged.")

    def damage(self) -> list[str]:
        """What SQLite's own check of every page finds wrong, by the part of the log that it stands in."""
        if self._is_whole("PRAGMA integrity_check(1)"):
            return []
        try:
            parts = [str(name) for (name,) in self._db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        except apsw.Error:
            return ["its first page is damaged"]
        damaged = [name for name in parts if not self._is_whole(f"PRAGMA integrity_check('{name}')")]
        kept = [f"a page of the part “{name}” is damaged" for name in damaged if name in _KEPT_TABLES]
        if len(kept) < len(damaged):
            kept.append("a page of the lists is damaged; lists follow from the entries")
        return kept or ["its pages do not hang together"]

    def _is_whole(self, query: str) -> bool:
        try:
            return list(self._db.execute(query)) == [("ok",)]
        except apsw.Error:
            return False

    def reach(self) -> int:
        """The highest number of an entry that any part of the log knows of."""
        numbers = [*self.subjects_by_number(), 0]
        for query in ("SELECT max(seq) FROM entry", "SELECT max(seq) FROM cache_subject"):
            with suppress(DamagedVault, DiskFailed):
                numbers.append(self._number(query))
        return max(numbers)

    def subjects_by_number(self) -> dict[int, EntryId]:
        """The subject of each entry, from the index beside the entries: also of those that cannot be read."""
        query = "SELECT seq, id FROM entry INDEXED BY entry_of_subject WHERE id >= ? AND id < ?"
        found: dict[int, EntryId] = {}
        for start in range(256):
            with suppress(apsw.Error):
                for seq, subject in self._db.execute(query, (f"{start:02x}", f"{start:02x}g")):
                    found[int(str(seq))] = EntryId(str(subject))
        return found

    def rebuild(self, *, words: bool = True) -> None:
        """Make every cache anew from the entries that can be read; without `words`, nothing is found by its words."""
        with self._writing():
            caches.make(self._db)
            for (body,) in self._db.execute("SELECT body FROM entry ORDER BY seq"):
                entry = caches.readable(body)
                if entry is not None:
                    # An entry that breaks the log's rules is found by a check; it keeps no other from being listed.
                    with suppress(apsw.ConstraintError), self._db:
                        caches.take(self._db, entry, words=words)

    def _take(self, table: str, other: "Log") -> None:
        columns = list(self._db.execute(f"PRAGMA table_info({table})"))
        places = ", ".join("?" * len(columns))
        rows = other._db.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own words
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES({places})", rows)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing, durably."""
        with errors_told(self._db), self._db.turn:
            self._db.execute("BEGIN")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # After most errors of the disk SQLite has rolled back by itself: that error is the one to tell.
                if self._db.in_transaction:
                    with suppress(apsw.Error):
                        self._db.execute("ROLLBACK")
                raise

    def _rows(self, where: str, *values: str | int) -> Iterator[Row]:
        with errors_told():
            for seq, subject, body, link in self._db.execute(
                f"SELECT seq, id, body, link FROM entry {where}",  # noqa: S608 - our own words
                values,
            ):
                if not isinstance(seq, int) or not isinstance(body, bytes):
                    raise DamagedVault("A row of the log is damaged.")
                yield Row(seq, EntryId(str(subject)), body, Link(str(link)))
