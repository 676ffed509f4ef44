"""The one place that writes files durably: nothing is acknowledged before it is synced."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from vault.errors import DiskFailed, DiskFull

if sys.platform != "win32":
    import fcntl

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Disk:
    """The file system, as far as a vault needs it. Errors of the disk come out as DiskFull or DiskFailed."""

    def create(self, path: Path) -> BinaryIO:
        """Open a new file for writing, readable by its owner alone. Raises FileExistsError."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        return os.fdopen(descriptor, "wb", buffering=0)

    def sync(self, file: BinaryIO) -> None:
        """Wait until the bytes of an open file are on the disk."""
        if sys.platform == "darwin":
            # fsync on macOS leaves the bytes in the drive's cache.
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
        else:
            os.fsync(file.fileno())

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its final name, over whatever stands there."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Make a folder for its owner alone. Raises FileExistsError."""
        path.mkdir(mode=0o700)

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk; where folders cannot be synced, names are."""
        if sys.platform != "win32":
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def replace(self, path: Path, content: bytes) -> None:
        """Put content at a path so that at any moment either the old or the new bytes are there, whole."""
        draft = path.with_name(f"tmp-{path.name}")
        with told():
            draft.unlink(missing_ok=True)
            try:
                with self.create(draft) as file:
                    write_all(file, content)
                    self.sync(file)
                self.rename(draft, path)
            except OSError:
                draft.unlink(missing_ok=True)
                raise
            self.sync_folder(path.parent)


class Sink(Protocol):
    """What bytes are written to."""

    def write(self, content: bytes | memoryview, /) -> int:
        """Take some or all of the bytes; returns how many."""


def write_all(file: Sink, content: bytes | memoryview) -> None:
    """Write every byte, however few the system takes at a time."""
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]


@contextmanager
def told() -> Iterator[None]:
    """Turn an OSError of the disk into DiskFull or DiskFailed."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull from error
        raise DiskFailed(f"The disk did not take this ({os.strerror(error.errno or 0)}).") from error
