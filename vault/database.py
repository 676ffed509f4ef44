"""How the log's file is opened, encrypted page by page, and what SQLite's errors mean."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from vault.connection import Connection
from vault.disk import NO_ROOM, Disk, told
from vault.errors import DamagedVault, DiskFailed, DiskFull, NotReadable, ReadOnlyVault, VaultBusy

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


def open_to_write(path: Path, key: bytes, disk: Disk, *, create: bool = False) -> Connection:
    """Open the file, or create it. Raises VaultError; a wrong key shows at the first page that is read."""
    if not create:
        _require_file(path)
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    with errors_told(), told():
        # EXTRA syncs the folder after each commit: without that a power cut could undo it. Where a folder cannot
        # be synced, EXTRA would call every commit failed after it was made.
        synchronous = "EXTRA" if disk.sync_folder(path.parent) else "FULL"
        db = Connection(str(path), flags, vfs=disk.vfs)
    try:
        with errors_told(db):
            db.set_busy_timeout(_PATIENCE_MS)
            _unlock(db, key)
            for pragma in (*_PRAGMAS, f"synchronous={synchronous}"):
                db.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def open_to_read(path: Path, key: bytes, disk: Disk, *, despite_journal: bool = False) -> Connection:
    """Open the file so that nothing is written or locked, also where nothing can be.

    Raises DamagedVault where this key does not open it; ReadOnlyVault where a commit was interrupted, which only a
    writer can undo: `despite_journal` reads the pages as they are, some of them perhaps of that commit.
    """
    _require_file(path)
    if not despite_journal:
        _require_no_journal(path.with_name(f"{path.name}-journal"))
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    with errors_told():
        db = Connection(f"{path.absolute().as_uri()}?immutable=1", flags, vfs=disk.vfs)
    try:
        with errors_told(db):
            _unlock(db, key)
            for pragma in ("temp_store=MEMORY", "query_only=ON"):
                db.execute(f"PRAGMA {pragma}")
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _require_file(path: Path) -> None:
    """SQLite would wait for a pipe, and call a missing file a failure of the disk."""
    if not path.is_file():
        raise DamagedVault("The log of this vault, the file “log.db”, is missing.")
    if not os.access(path, os.R_OK):
        raise NotReadable


def copy_pages(source: apsw.Connection, path: Path, key: bytes, disk: Disk) -> None:
    """Write a database, as it is now, into an empty file under the same key, durably.

    Every page is authenticated on the way and encrypted with a new nonce. Raises DamagedVault for a damaged page.
    """
    with errors_told():
        copy = apsw.Connection(str(path), apsw.SQLITE_OPEN_READWRITE, vfs=disk.vfs)
    try:
        with errors_told(copy):
            _unlock(copy, key)
            for pragma in ("journal_mode=MEMORY", "synchronous=FULL", "fullfsync=ON"):
                copy.execute(f"PRAGMA {pragma}")
            with copy.backup("main", source, "main") as pages:
                pages.step(-1)
    finally:
        copy.close()


@contextmanager
def errors_told(db: apsw.Connection | None = None) -> Iterator[None]:
    """Turn SQLite's errors into those of a vault; `db` knows the system's own number where it was a writing one."""
    try:
        yield
    except apsw.FullError as error:
        raise DiskFull from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise DamagedVault("The log is damaged.") from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise VaultBusy("Another program is using the file “log.db” of this vault.") from error
    except (apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise ReadOnlyVault from error
    except (apsw.CantOpenError, apsw.IOError) as error:
        # What SQLite calls an I/O error may be a full disk.
        if db is not None and db.system_errno in NO_ROOM:
            raise DiskFull from error
        if isinstance(error, apsw.CantOpenError):
            raise DiskFailed("The disk did not let the log, or the file beside it, be opened.") from error
        raise DiskFailed("The disk failed while the log was read or written.") from error
    except apsw.Error as error:
        raise DiskFailed(f"The log could not be read or written ({type(error).__name__}).") from error


def _unlock(db: apsw.Connection, key: bytes) -> None:
    db.execute("PRAGMA cipher='chacha20'")
    db.execute(f"PRAGMA key='raw:{key.hex()}'")


def _require_no_journal(journal: Path) -> None:
    """SQLite undoes an interrupted commit from its journal, and writes then; its first byte is 0 when it is done."""
    with told(), suppress(FileNotFoundError), journal.open("rb") as file:
        if file.read(1) not in {b"", b"\0"}:
            raise ReadOnlyVault("Writing into this vault was interrupted, and nothing can be put right where it lies.")
