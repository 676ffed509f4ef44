"""The one place that writes files durably: nothing is acknowledged before it is synced."""

import ctypes
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from vault.errors import DiskFailed, DiskFull, FileTooLarge

if sys.platform == "win32":
    from ctypes import wintypes
else:
    import fcntl

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system answers when there is no room left."""

# FAT drivers, shared folders of virtual machines and some network shares have no way to sync a folder, and macOS knows
# F_FULLFSYNC only on some file systems. They answer with one of these. There the names are as durable as that file
# system makes them: failing the write would keep nothing at all.
_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTTY, errno.EPERM}

_PATIENCE_S = (0.05, 0.1, 0.2, 0.4, 0.6, 0.65) if sys.platform == "win32" else ()
_BINARY = getattr(os, "O_BINARY", 0)

_AT_A_TIME = 64 * 1024
"""Bytes of one write. For longer ones Linux looks for long stretches of memory, which can take three times as long."""


class Disk:
    """The file system, as far as a vault needs it. Errors of the disk come out of it as OSError; see `told`."""

    def __init__(
        self,
        *,
        vfs: str | None = None,
        patience_s: Sequence[float] = _PATIENCE_S,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`vfs`: the name of SQLite's own file layer for the log, None for the system's.

        `patience_s`: how long to wait (seconds) before each further try when another program holds a file that is to
        be renamed or removed. On Windows virus scanners and search indexes do, for a moment: two seconds in all.
        """
        self.vfs = vfs
        self._patience_s = patience_s
        self._wait = wait

    def create(self, path: Path) -> BinaryIO:
        """Open a new file for writing, readable by its owner alone. Raises FileExistsError."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        return os.fdopen(descriptor, "wb", buffering=0)

    def open_lock(self, path: Path) -> BinaryIO:
        """Open a file to lock it, and make it where it is missing."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
        return os.fdopen(descriptor, "r+b", buffering=0)

    def overwrite(self, path: Path) -> None:
        """Put zeros over the bytes of a file and wait until they are on the disk."""
        with path.open("r+b", buffering=0) as file:
            write_all(file, bytes(path.stat().st_size))
            self.sync(file)

    def sync(self, file: BinaryIO) -> None:
        """Wait until the bytes of an open file are on the disk."""
        _flush(file.fileno())

    def drop_cached(self, file: BinaryIO, end: int = 0) -> None:
        """Let the system forget a synced file's bytes up to `end` (0: all), so that they are next read from the disk.

        Linux can; elsewhere, and on a file system that does not follow, they may come from its memory.
        """
        if sys.platform == "linux":
            with suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, end, os.POSIX_FADV_DONTNEED)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file or folder its final name; a file goes over whatever stands there."""
        self._patiently(lambda: _move(source, target))

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two folders change names at once. False where the system or the file system cannot."""
        return _exchange(one, other)

    def move(self, source: Path, target: Path) -> None:
        """Give a file a name in another folder, durably: a power cut may leave it both names, never none."""
        self.discard(target)
        try:
            self.link(source, target)
        except OSError as error:
            if error.errno not in _NOT_OFFERED:
                raise
            # FAT has one name per file.
            self.rename(source, target)
            self.sync_folder(target.parent)
        else:
            self.sync_folder(target.parent)
            self.remove(source)
        self.sync_folder(source.parent)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name. Raises FileExistsError."""
        target.hardlink_to(source)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        self._patiently(path.unlink)

    def make_folder(self, path: Path) -> None:
        """Make a folder for its owner alone. Raises FileExistsError."""
        path.mkdir(mode=0o700)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        self._patiently(path.rmdir)

    def sync_folder(self, path: Path) -> bool:
        """Wait until the names in a folder are on the disk. False where its file system cannot do that.

        Windows has no such call: there `rename` waits by itself, and SQLite knows what to do.
        """
        if sys.platform != "win32":
            try:
                descriptor = os.open(path, os.O_RDONLY)
                try:
                    _flush(descriptor)
                finally:
                    os.close(descriptor)
            except OSError as error:
                if error.errno in _NOT_OFFERED:
                    return False
                raise
        return True

    def replace(self, path: Path, content: bytes) -> None:
        """Put content at a path so that at any moment either the old or the new bytes are there, whole.

        Raises DiskFull, DiskFailed: then the old bytes are there, or the new ones were not confirmed.
        """
        draft = path.with_name(f"tmp-{path.name}")
        with told():
            if draft.exists():
                self.remove(draft)
            try:
                with self.create(draft) as file:
                    write_all(file, content)
                    self.sync(file)
                self.rename(draft, path)
            except OSError:
                self.discard(draft)
                raise
            self.sync_folder(path.parent)

    def remove_drafts(self, folder: Path) -> None:
        """Remove the half-written files `tmp-…` in a folder; what is no file is somebody else's."""
        for draft in folder.glob("tmp-*"):
            if draft.is_file() or draft.is_symlink():
                self.remove(draft)

    def discard(self, path: Path) -> None:
        """Remove what came to nothing, a file or a folder with all in it, as far as that is possible."""
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                for inner in list(path.iterdir()):
                    self.discard(inner)
                self.remove_folder(path)
            elif path.exists():
                self.remove(path)

    def _patiently(self, action: Callable[[], object]) -> None:
        for pause in self._patience_s:
            try:
                action()
            except PermissionError:
                self._wait(pause)
            else:
                return
        action()


class Sink(Protocol):
    """What bytes are written to."""

    def write(self, content: bytes | memoryview, /) -> int:
        """Take some or all of the bytes; returns how many."""


def write_all(file: Sink, content: bytes | memoryview) -> None:
    """Write every byte, however few the system takes at a time."""
    view = memoryview(content)
    while view:
        view = view[file.write(view[:_AT_A_TIME]) :]


@contextmanager
def told() -> Iterator[None]:
    """Turn an OSError of the disk into DiskFull, FileTooLarge or DiskFailed."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise FileTooLarge from error
        if error.errno in NO_ROOM:
            raise DiskFull from error
        raise DiskFailed(f"The disk did not take this ({error.strerror or type(error).__name__}).") from error


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":
        # fsync on macOS leaves the bytes in the drive's own cache.
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _NOT_OFFERED:
                raise
        else:
            return
    # On Windows this is FlushFileBuffers.
    os.fsync(descriptor)


if sys.platform == "win32":
    _REPLACE_EXISTING, _WRITE_THROUGH = 0x1, 0x8
    _move_file = ctypes.WinDLL("kernel32", use_last_error=True).MoveFileExW
    _move_file.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.DWORD)
    _move_file.restype = wintypes.BOOL

    def _move(source: Path, target: Path) -> None:
        # os.replace returns before the new name is on the disk; with write-through the system waits for it.
        if not _move_file(str(source), str(target), _REPLACE_EXISTING | _WRITE_THROUGH):
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def _move(source: Path, target: Path) -> None:
        source.replace(target)


def _exchange(one: Path, other: Path) -> bool:
    """Linux: renameat2 with RENAME_EXCHANGE; macOS: renamex_np with RENAME_SWAP; Windows has no such call."""
    first, second, answer = os.fsencode(one), os.fsencode(other), -1
    if sys.platform == "darwin":
        answer = ctypes.CDLL(None, use_errno=True).renamex_np(first, second, 2)
    elif sys.platform != "win32":
        library = ctypes.CDLL(None, use_errno=True)
        if hasattr(library, "renameat2"):
            at_working_folder, exchange = -100, 2
            answer = library.renameat2(at_working_folder, first, at_working_folder, second, exchange)
    return bool(answer == 0)
