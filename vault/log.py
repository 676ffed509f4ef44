"""The encrypted log: SQLite, encrypted and authenticated page by page; the entries are its truth, the rest caches."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Self

import apsw

from vault import caches, timing
from vault.chain import Entry, EntryId, Kind, Link, ObjectId
from vault.database import copy_pages, errors_told, open_to_read, open_to_write
from vault.disk import Disk
from vault.errors import DamagedVault, DiskFailed
from vault.identity import Identity
from vault.search import Facet, Wanted, statement, values_of
from vault.timing import Line, Place

_KEPT = """
CREATE TABLE entry(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, body BLOB NOT NULL, link TEXT NOT NULL);
CREATE TABLE identity(private_key BLOB NOT NULL, certificate BLOB NOT NULL);
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seal(export_id TEXT PRIMARY KEY, passphrase TEXT NOT NULL);
CREATE TABLE note(id TEXT PRIMARY KEY, subject TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE draft(name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE INDEX entry_of_subject ON entry(id);
"""
_OBJECT, _COUNT = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9]{1,15}")
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


class Log:
    """An open log.db. Every method raises DamagedVault, DiskFull or DiskFailed where the disk is at fault."""

    _in_memory = False

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

    @classmethod
    def in_memory(cls, rows: Mapping[int, Row], file: "Log | None" = None) -> Self:
        """A log of these rows and of what else can be read of a file, for reading alone; its caches are new."""
        log = cls.__new__(cls)
        log._db, log._in_memory = apsw.Connection(":memory:"), True
        with errors_told(), log._db:
            log._db.execute(_KEPT)
            for seq in sorted(rows):
                log._db.execute("INSERT INTO entry VALUES(?, ?, ?, ?)", astuple(rows[seq]))
            if file is not None:
                for table in _KEPT_TABLES[1:]:
                    with suppress(apsw.Error):
                        log._take(table, file)
        log.rebuild()
        log._db.execute("PRAGMA query_only=ON")
        return log

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
                self._cache(entry)

    def last(self) -> Row | None:
        """The newest row."""
        return next(self._rows("ORDER BY seq DESC LIMIT 1"), None)

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

    def subjects(self, kind: Kind | None = None, *, limit: int = -1, offset: int = 0) -> list[EntryId]:
        """The ids of subjects, newest first, perhaps of one kind, perhaps one page of them."""
        where, values = ("WHERE kind = ?", (kind.value,)) if kind else ("", ())
        query = f"SELECT id FROM cache_subject {where} ORDER BY seq DESC LIMIT ? OFFSET ?"  # noqa: S608
        with errors_told():
            return [EntryId(str(found)) for (found,) in self._db.execute(query, (*values, limit, offset))]

    def find(self, wanted: Wanted, limit: int, before: int | None = None) -> list[tuple[int, EntryId]]:
        """A page of subjects, newest first: the entry that added each, and its id. `before`: of those added before."""
        query, values = statement(wanted, limit, before)
        with errors_told():
            return [(int(str(seq)), EntryId(str(found))) for seq, found in self._db.execute(query, values)]

    def times(
        self, line: Line, limit: int, after: Place | None = None, *, newest_first: bool = False, dated: bool = True
    ) -> list[tuple[Place, EntryId]]:
        """A page of what happened, or of what is ahead, in order of time; what has no date, only if not `dated`."""
        with errors_told():
            return timing.page(self._db, line, limit, after, newest_first=newest_first, dated=dated)

    def shapes(self) -> Iterator[tuple[EntryId, Kind, frozenset[str]]]:
        """Of every subject that was not withdrawn, newest first: which fields hold something, and `field=answer`."""
        query = (
            "SELECT s.id, s.kind, c.shape FROM cache_shape c JOIN cache_subject s ON s.seq = c.seq ORDER BY c.seq DESC"
        )
        with errors_told():
            for subject, kind, shape in self._db.execute(query):
                yield EntryId(str(subject)), Kind(str(kind)), frozenset(str(shape).split())

    def shown(self, facet: Facet, kind: Kind) -> set[str]:
        """The values of a facet, such as links, that any subject of a kind has."""
        query = (
            "SELECT DISTINCT f.value FROM cache_facet f JOIN cache_subject s ON s.seq = f.seq "
            "WHERE f.facet = ? AND s.kind = ?"
        )
        with errors_told():
            return {str(value) for (value,) in self._db.execute(query, (facet, kind.value))}

    def sharing(self, facet: Facet, kind: Kind, other: Kind) -> set[str]:
        """The ids of the subjects of a kind that have a value of a facet together with one of another kind."""
        query = (
            "SELECT DISTINCT s.id FROM cache_facet f JOIN cache_subject s ON s.seq = f.seq "
            "WHERE f.facet = ?1 AND s.kind = ?2 AND EXISTS (SELECT 1 FROM cache_facet g "
            "JOIN cache_subject o ON o.seq = g.seq WHERE g.facet = ?1 AND g.value = f.value AND o.kind = ?3)"
        )
        with errors_told():
            return {str(found) for (found,) in self._db.execute(query, (facet, kind.value, other.value))}

    def platforms(self, limit: int = 200) -> list[str]:
        """The platforms that something can be found by, as they are compared: `image board`."""
        with errors_told():
            return values_of(self._db, Facet.PLATFORM, limit)

    def of_subjects(self, subjects: Sequence[EntryId]) -> list[Row]:
        """The rows of several subjects, oldest first."""
        return list(self._rows("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq", json.dumps(subjects)))

    def count(self, kind: Kind) -> int:
        """How many subjects of a kind are not withdrawn."""
        return self._number("SELECT count(*) FROM cache_subject WHERE kind = ? AND NOT withdrawn", kind.value)

    def with_ref(self, ref: str) -> EntryId | None:
        """The exhibit with this reference."""
        with errors_told():
            found = self._db.execute("SELECT id FROM cache_subject WHERE ref = ?", (ref,)).fetchone()
        return EntryId(str(found[0])) if found else None

    def beginning_with(self, start: str, limit: int = 2) -> list[EntryId]:
        """Subjects whose id begins with these hex digits, at most `limit`."""
        query = "SELECT id FROM cache_subject WHERE id >= ? AND id < ? LIMIT ?"
        with errors_told():
            return [EntryId(str(found)) for (found,) in self._db.execute(query, (start, start + "g", limit))]

    def highest_number(self, initials: str) -> int:
        """The highest number given to an exhibit reference with these initials, 0 where there is none."""
        query = "SELECT max(CAST(substr(ref, ?) AS INTEGER)) FROM cache_subject WHERE ref >= ? AND ref < ?"
        return self._number(query, len(initials) + 2, f"{initials}/", f"{initials}0")

    def objects(self) -> dict[ObjectId, bool]:
        """Every object that an entry names, and whether its exhibit was withdrawn."""
        query = "SELECT o.id, s.withdrawn FROM cache_object o JOIN cache_subject s ON s.id = o.subject"
        with errors_told():
            found = {str(name): bool(withdrawn) for name, withdrawn in self._db.execute(query)}
        if not all(map(_OBJECT.fullmatch, found)):
            # A file is removed under such a name: it comes from nobody's hand.
            raise DamagedVault("The lists of the log are damaged.")
        return {ObjectId(name): withdrawn for name, withdrawn in found.items()}

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

    def take_over(self, other: "Log") -> None:
        """Copy everything that is kept from another log into this new one, and make the caches."""
        with self._writing():
            for table in _KEPT_TABLES:
                self._take(table, other)
        self.rebuild()

    def copy_to(self, path: Path, key: bytes, disk: Disk) -> None:
        """Write this log, as it is now, into an empty file, durably. Raises DamagedVault for a damaged page."""
        if not self._in_memory:
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

    def listed(self, subject: EntryId) -> tuple[Kind | None, str]:
        """The kind of a subject and an exhibit's reference, as far as the lists know them."""
        with suppress(apsw.Error, ValueError):
            found = self._db.execute("SELECT kind, ref FROM cache_subject WHERE id = ?", (subject,)).fetchone()
            if found is not None:
                return Kind(str(found[0])), str(found[1] or "")
        return None, ""

    def subject_of_object(self, object_id: ObjectId) -> EntryId | None:
        """The exhibit whose file this is."""
        with errors_told():
            found = self._db.execute("SELECT subject FROM cache_object WHERE id = ?", (object_id,)).fetchone()
        return EntryId(str(found[0])) if found else None

    def rebuild(self) -> None:
        """Make every cache anew from the entries that can be read."""
        with self._writing():
            caches.make(self._db)
            for (body,) in self._db.execute("SELECT body FROM entry ORDER BY seq"):
                entry = caches.readable(body)
                if entry is not None:
                    # An entry that breaks the log's rules is found by a check; it keeps no other from being listed.
                    with suppress(apsw.ConstraintError), self._db:
                        self._cache(entry)

    def _take(self, table: str, other: "Log") -> None:
        columns = list(self._db.execute(f"PRAGMA table_info({table})"))
        places = ", ".join("?" * len(columns))
        rows = other._db.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own words
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES({places})", rows)

    def _cache(self, entry: Entry) -> None:
        caches.take(self._db, entry)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing, durably."""
        with errors_told(self._db):
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

    def _number(self, query: str, *values: str | int) -> int:
        with errors_told():
            found = self._db.execute(query, values).fetchone()
        return found[0] if found and isinstance(found[0], int) else 0
