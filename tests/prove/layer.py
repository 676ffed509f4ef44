"""A file layer for the proofs: every write, rename and sync of a vault, SQLite's own included, goes past a watcher."""

import errno
import functools
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

import apsw

from vault.disk import Disk

Result = TypeVar("Result")
_NAME = "holdfast-watched"


class What(StrEnum):
    """What is done to a file or folder."""

    CREATE = "create"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    RENAME = "rename"
    LINK = "link"
    EXCHANGE = "exchange"
    REMOVE = "remove"
    MAKE_FOLDER = "make folder"
    REMOVE_FOLDER = "remove folder"
    SYNC_FOLDER = "sync folder"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that was done.

    `offset` and `data` of a write, `size` after a truncation; `target` of a rename, link or exchange.
    """

    what: What
    path: Path
    target: Path | None = None
    offset: int = 0
    data: bytes = b""
    size: int = 0


class Watcher(Protocol):
    """Sees every operation: it calls `act` to have it done, before or after what it does itself, or not at all."""

    def do(self, operation: Operation, act: Callable[[], Result]) -> Result:
        """Let it happen. May raise OSError, as the system would."""


class WatchedDisk(Disk):
    """The vault's disk with a watcher in front of it; while `watching` lasts, SQLite's files go past it as well.

    Syncs are only watched: what a disk without power still holds is worked out, not tried. The kills sync for real.
    """

    def __init__(self, watcher: Watcher, *, exchanges: bool = True) -> None:
        """`exchanges`: whether this disk lets two names change places at once."""
        super().__init__(vfs=f"multipleciphers-{_NAME}")
        self._watcher = watcher
        self._exchanges = exchanges

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Put the watcher in front of SQLite's files: of one disk at a time in this process."""
        files = _files()
        files.watcher = self._watcher
        try:
            yield
        finally:
            files.watcher = None

    def create(self, path: Path) -> BinaryIO:
        opened = self._watcher.do(Operation(What.CREATE, path), lambda: super(WatchedDisk, self).create(path))
        with opened:
            return _WatchedFile(os.dup(opened.fileno()), path, self._watcher)

    def open_lock(self, path: Path) -> BinaryIO:
        return self._watcher.do(Operation(What.CREATE, path), lambda: super(WatchedDisk, self).open_lock(path))

    def sync(self, file: BinaryIO) -> None:
        if isinstance(file, _WatchedFile):
            self._watcher.do(Operation(What.SYNC, file.path), lambda: None)

    def rename(self, source: Path, target: Path) -> None:
        operation = Operation(What.RENAME, source, target=target)
        self._watcher.do(operation, lambda: super(WatchedDisk, self).rename(source, target))

    def exchange(self, one: Path, other: Path) -> bool:
        operation = Operation(What.EXCHANGE, one, target=other)
        return self._exchanges and self._watcher.do(operation, lambda: super(WatchedDisk, self).exchange(one, other))

    def overwrite(self, path: Path) -> None:
        operation = Operation(What.WRITE, path, data=bytes(path.stat().st_size))
        self._watcher.do(operation, lambda: super(WatchedDisk, self).overwrite(path))
        self._watcher.do(Operation(What.SYNC, path), lambda: None)

    def link(self, source: Path, target: Path) -> None:
        operation = Operation(What.LINK, source, target=target)
        self._watcher.do(operation, lambda: super(WatchedDisk, self).link(source, target))

    def remove(self, path: Path) -> None:
        self._watcher.do(Operation(What.REMOVE, path), lambda: super(WatchedDisk, self).remove(path))

    def make_folder(self, path: Path) -> None:
        self._watcher.do(Operation(What.MAKE_FOLDER, path), lambda: super(WatchedDisk, self).make_folder(path))

    def remove_folder(self, path: Path) -> None:
        self._watcher.do(Operation(What.REMOVE_FOLDER, path), lambda: super(WatchedDisk, self).remove_folder(path))

    def sync_folder(self, path: Path) -> bool:
        return self._watcher.do(Operation(What.SYNC_FOLDER, path), lambda: True)


class _WatchedFile(io.FileIO):
    def __init__(self, descriptor: int, path: Path, watcher: Watcher) -> None:
        super().__init__(descriptor, "wb")
        self.path = path
        self._watcher = watcher

    def write(self, content: bytes | memoryview) -> int:  # type: ignore[override]
        operation = Operation(What.WRITE, self.path, offset=self.tell(), data=bytes(content))
        return self._watcher.do(operation, lambda: super(_WatchedFile, self).write(content))


class _Files(apsw.VFS):
    """SQLite's file layer over the system's. Registered once: SQLite keeps what it wraps around it for ever."""

    def __init__(self) -> None:
        super().__init__(_NAME, "unix")
        self.watcher: Watcher | None = None
        self.errno = 0

    def watched(self, code: int, operation: Operation, act: Callable[[], Result]) -> Result:
        """Do an operation past the watcher; an OSError becomes what SQLite's own layer would answer."""
        if self.watcher is None:
            return act()
        try:
            return self.watcher.do(operation, act)
        except OSError as error:
            self.errno = error.errno or 0
            full = operation.what is What.WRITE and error.errno == errno.ENOSPC
            raise apsw.exception_for(apsw.SQLITE_FULL if full else code) from error

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        if name is None:
            return apsw.VFSFile("unix", name, flags)
        path = Path(name if isinstance(name, str) else name.filename())
        if flags[0] & apsw.SQLITE_OPEN_CREATE and not path.exists():
            operation = Operation(What.CREATE, path)
            return self.watched(apsw.SQLITE_CANTOPEN, operation, lambda: _LogFile(self, name, path, flags, fresh=True))
        return _LogFile(self, name, path, flags, fresh=False)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        path = Path(filename)
        remove = functools.partial(super().xDelete, filename, False)
        self.watched(apsw.SQLITE_IOERR_DELETE, Operation(What.REMOVE, path), remove)
        if syncdir:
            operation = Operation(What.SYNC_FOLDER, path.parent)
            self.watched(apsw.SQLITE_IOERR_DIR_FSYNC, operation, lambda: None)

    def xGetLastError(self) -> tuple[int, str]:  # noqa: N802
        return self.errno, ""

    def excepthook(self, etype: object, evalue: object, etraceback: object) -> bool:
        return True


class _LogFile(apsw.VFSFile):
    """The log or its journal. The first sync of a new journal takes the folder along, as in SQLite's own layer.

    A draft of a log takes nothing more once it failed: apsw cannot end a copy of pages where a layer in Python fails
    again meanwhile, and what is in a draft that failed is never looked at.
    """

    def __init__(
        self, files: _Files, name: str | apsw.URIFilename, path: Path, flags: list[int], *, fresh: bool
    ) -> None:
        super().__init__("unix", name, flags)
        self._files = files
        self._path = path
        self._new_journal = fresh and bool(flags[0] & apsw.SQLITE_OPEN_MAIN_JOURNAL)
        self._failed = False

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        operation = Operation(What.WRITE, self._path, offset=offset, data=bytes(data))
        self._watched(apsw.SQLITE_IOERR_WRITE, operation, lambda: super(_LogFile, self).xWrite(data, offset))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        operation = Operation(What.TRUNCATE, self._path, size=newsize)
        self._watched(apsw.SQLITE_IOERR_TRUNCATE, operation, lambda: super(_LogFile, self).xTruncate(newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        operation = Operation(What.SYNC, self._path)
        self._watched(apsw.SQLITE_IOERR_FSYNC, operation, lambda: None)
        if self._new_journal:
            self._new_journal = False
            # SQLite's own layer lets this one fail without a word.
            with suppress(apsw.Error):
                folder = Operation(What.SYNC_FOLDER, self._path.parent)
                self._files.watched(apsw.SQLITE_IOERR_DIR_FSYNC, folder, lambda: None)

    def _watched(self, code: int, operation: Operation, act: Callable[[], None]) -> None:
        if self._failed:
            return
        try:
            self._files.watched(code, operation, act)
        except apsw.Error:
            self._failed = self._path.name.startswith("tmp-")
            raise

    def excepthook(self, etype: object, evalue: object, etraceback: object) -> bool:
        return True


@functools.cache
def _files() -> _Files:
    return _Files()
