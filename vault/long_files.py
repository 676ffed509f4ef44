"""Long files: the disk works along while one is written or read, and the system's memory is not filled with it."""

import io
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from vault.disk import Disk, told

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_WRITTEN = 32 << 20
"""Bytes after which a sync is begun behind the writer. At most twice as many wait for the disk."""
_READ = 16 << 20
"""Bytes after which what was read is dropped from the system's memory. Shorter files stay in it."""


class WriteBehind:
    """What takes the bytes of a file, and has the disk take them meanwhile; see `written_durably`."""

    def __init__(self, disk: Disk, file: BinaryIO, thread: ThreadPoolExecutor) -> None:
        self._disk = disk
        self._file = file
        self._thread = thread
        self._waiting = 0
        self._syncing: Future[None] | None = None

    def write(self, content: bytes | memoryview, /) -> int:
        """Write some or all of the bytes. Raises DiskFull, DiskFailed: also where an earlier sync failed."""
        with told():
            count = self._file.write(content)
            self._waiting += count
            if self._waiting >= _WRITTEN:
                self._require_synced()
                self._waiting = 0
                self._syncing = self._thread.submit(self._sync)
        return count

    def finish(self) -> None:
        """Wait until every byte is on the disk. Raises DiskFull, DiskFailed: also where an earlier sync failed."""
        with told():
            self._require_synced()
            self._sync()

    def _require_synced(self) -> None:
        """A system tells of a failed sync once, and may drop the bytes: the next one succeeds, and they are lost.

        So there is no further sync before the last one was asked what came of it; if it failed, the whole file failed.
        """
        if self._syncing is not None:
            self._syncing.result()

    def _sync(self) -> None:
        self._disk.sync(self._file)
        self._disk.drop_cached(self._file)


@contextmanager
def written_durably(disk: Disk, file: BinaryIO) -> Iterator[WriteBehind]:
    """A sink for the bytes of a new file; when the block is left without an error, they are on the disk.

    Whoever reads the file then reads what the disk holds, where the system can forget what it remembers. After an error
    nothing is promised, and nothing is on its way any more: the file may be removed. Raises DiskFull, DiskFailed.
    """
    with ThreadPoolExecutor(1, "sync") as thread:
        sink = WriteBehind(disk, file, thread)
        yield sink
        sink.finish()


class ReadOnce(io.FileIO):
    """A file that is read from its beginning to its end; the system need not remember what was read of it."""

    def __init__(self, disk: Disk, path: Path) -> None:
        super().__init__(path, "rb")
        self._disk = disk
        self._dropped = 0

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        if self.tell() - self._dropped >= _READ:
            self._dropped = self.tell()
            self._disk.drop_cached(self, self._dropped)
        return count
