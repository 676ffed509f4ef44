"""The encrypted log: SQLite, encrypted and authenticated page by page; the entries are its truth, the rest caches."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import apsw

from vault import caches
from vault.chain import Entry, EntryId, Kind, Link, ObjectId
from vault.disk import NO_ROOM, Disk, told
from vault.errors import DamagedVault, DiskFailed, DiskFull, VaultBusy
from vault.identity import Identity
from vault.search import Wanted, statement

_PRAGMAS = (
    "journal_mode=DELETE",
    "temp_store=MEMORY",
    "secure_delete=ON",
    # macOS alone knows these: there a plain sync leaves the bytes in the drive's own cache.
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
)
_PATIENCE_MS = 2000
"""How long to wait for a scanner or a backup program that holds the file."""

_KEPT = """
CREATE TABLE entry(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, body BLOB NOT NULL, link TEXT NOT NULL);
CREATE TABLE identity(private_key BLOB NOT NULL, certificate BLOB NOT NULL);
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seal(export_id TEXT PRIMARY KEY, passphrase TEXT NOT NULL);
CREATE TABLE note(id TEXT PRIMARY KEY, subject TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE draft(name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE INDEX entry_of_subject ON entry(id);
"""
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

    def __init__(self, path: Path, key: bytes, *, create: bool = False, disk: Disk | None = None) -> None:
        """Open, or create with its tables. Raises DamagedVault where this key does not open it."""
        disk = disk or Disk()
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
        with _told(), told():
            # EXTRA syncs the folder after each commit: without that a power cut could undo it. Where a folder cannot
            # be synced, EXTRA would call every commit failed after it was made.
            synchronous = "EXTRA" if disk.sync_folder(path.parent) else "FULL"
            self._db = apsw.Connection(str(path), flags, vfs=disk.vfs)
        try:
            with self._writing(transaction=False):
                self._prepare(key, synchronous)
                if create:
                    with self._db:
                        self._db.execute(_KEPT)
                        caches.make(self._db)
                elif self.meta("cache_version") != caches.VERSION:
                    self.rebuild()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, key: bytes, synchronous: str) -> None:
        self._db.set_busy_timeout(_PATIENCE_MS)
        self._db.execute("PRAGMA cipher='chacha20'")
        self._db.execute(f"PRAGMA key='raw:{key.hex()}'")
        for pragma in (*_PRAGMAS, f"synchronous={synchronous}"):
            self._db.execute(f"PRAGMA {pragma}")

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
        with _told():
            return [EntryId(str(found)) for (found,) in self._db.execute(query, (*values, limit, offset))]

    def find(self, wanted: Wanted, limit: int, before: int | None = None) -> list[tuple[int, EntryId]]:
        """A page of subjects, newest first: the entry that added each, and its id. `before`: of those added before."""
        query, values = statement(wanted, limit, before)
        with _told():
            return [(int(str(seq)), EntryId(str(found))) for seq, found in self._db.execute(query, values)]

    def of_subjects(self, subjects: Sequence[EntryId]) -> list[Row]:
        """The rows of several subjects, oldest first."""
        return list(self._rows("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq", json.dumps(subjects)))

    def count(self, kind: Kind) -> int:
        """How many subjects of a kind are not withdrawn."""
        return self._number("SELECT count(*) FROM cache_subject WHERE kind = ? AND NOT withdrawn", kind.value)

    def with_ref(self, ref: str) -> EntryId | None:
        """The exhibit with this reference."""
        with _told():
            found = self._db.execute("SELECT id FROM cache_subject WHERE ref = ?", (ref,)).fetchone()
        return EntryId(str(found[0])) if found else None

    def beginning_with(self, start: str, limit: int = 2) -> list[EntryId]:
        """Subjects whose id begins with these hex digits, at most `limit`."""
        query = "SELECT id FROM cache_subject WHERE id >= ? AND id < ? LIMIT ?"
        with _told():
            return [EntryId(str(found)) for (found,) in self._db.execute(query, (start, start + "g", limit))]

    def highest_number(self, initials: str) -> int:
        """The highest number given to an exhibit reference with these initials, 0 where there is none."""
        query = "SELECT max(CAST(substr(ref, ?) AS INTEGER)) FROM cache_subject WHERE ref >= ? AND ref < ?"
        return self._number(query, len(initials) + 2, f"{initials}/", f"{initials}0")

    def objects(self) -> dict[ObjectId, bool]:
        """Every object that an entry names, and whether its exhibit was withdrawn."""
        query = "SELECT o.id, s.withdrawn FROM cache_object o JOIN cache_subject s ON s.id = o.subject"
        with _told():
            return {ObjectId(str(found)): bool(withdrawn) for found, withdrawn in self._db.execute(query)}

    def identity(self) -> Identity:
        """The signing key and certificate. Raises DamagedVault."""
        with _told():
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
        with _told():
            found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value that is no evidence."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))

    def draft(self, name: str) -> str | None:
        """What was typed and not yet kept."""
        with _told():
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
                columns = list(self._db.execute(f"PRAGMA table_info({table})"))
                places = ", ".join("?" * len(columns))
                rows = other._db.execute(f"SELECT * FROM {table}")  # noqa: S608
                self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES({places})", rows)
        self.rebuild()

    def damage(self) -> list[str]:
        """What SQLite's own check of every page finds wrong."""
        try:
            found = [str(line) for (line,) in self._db.execute("PRAGMA integrity_check")]
        except apsw.Error as error:
            return [type(error).__name__]
        return [] if found == ["ok"] else found

    def rebuild(self) -> None:
        """Make every cache anew from the entries that can be read."""
        with self._writing():
            caches.make(self._db)
            for (body,) in self._db.execute("SELECT body FROM entry ORDER BY seq"):
                entry = caches.readable(body)
                if entry is not None:
                    self._cache(entry)

    def _cache(self, entry: Entry) -> None:
        caches.take(self._db, entry)

    @contextmanager
    def _writing(self, *, transaction: bool = True) -> Iterator[None]:
        """All or nothing, durably. What SQLite calls an I/O error may be a full disk: the system's own number tells."""
        with _told():
            try:
                with self._db if transaction else nullcontext():
                    yield
            except (apsw.IOError, apsw.CantOpenError) as error:
                if self._db.system_errno in NO_ROOM:
                    raise DiskFull from error
                raise

    def _rows(self, where: str, *values: str | int) -> Iterator[Row]:
        with _told():
            for seq, subject, body, link in self._db.execute(
                f"SELECT seq, id, body, link FROM entry {where}",  # noqa: S608 - our own words
                values,
            ):
                if not isinstance(seq, int) or not isinstance(body, bytes):
                    raise DamagedVault("A row of the log is damaged.")
                yield Row(seq, EntryId(str(subject)), body, Link(str(link)))

    def _number(self, query: str, *values: str | int) -> int:
        with _told():
            found = self._db.execute(query, values).fetchone()
        return found[0] if found and isinstance(found[0], int) else 0


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except apsw.FullError as error:
        raise DiskFull from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise DamagedVault("The log is damaged.") from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise VaultBusy("Another program is using the file “log.db” of this vault.") from error
    except (apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise DiskFailed("Nothing can be written to the place where this vault lies.") from error
    except apsw.CantOpenError as error:
        raise DiskFailed("The disk did not let the log, or the file beside it, be opened.") from error
    except apsw.IOError as error:
        raise DiskFailed("The disk failed while the log was read or written.") from error
    except apsw.Error as error:
        raise DiskFailed(f"The log could not be read or written ({type(error).__name__}).") from error
