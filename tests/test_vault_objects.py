"""The object store: a long file is on the disk when it is said to be, and no error of the disk is passed over."""

import errno
import hashlib
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from vault.chain import ObjectId, StoredObject
from vault.disk import Disk
from vault.errors import DamagedVault, DiskFailed, DiskFull
from vault.keys import KeyRing, VaultKey
from vault.objects import ObjectStore
from vault.stream import Measure

LONG = 100 << 20


class Zeros(io.RawIOBase):
    """So many zero bytes; `look` is called before each part of them is given."""

    def __init__(self, size: int, look: Callable[[], None] = lambda: None) -> None:
        self._left = size
        self._look = look

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._look()
        count = min(len(buffer), self._left)
        buffer[:count] = bytes(count)
        self._left -= count
        return count


class SyncedDisk(Disk):
    """Remembers how long the file was at each sync, and at its last write; the sync of this number fails, once."""

    def __init__(self, failing: int = 0, error: int = errno.EIO) -> None:
        super().__init__()
        self.synced: list[int] = []
        self.file: BinaryIO | None = None
        self._failing = failing
        self._error = error

    def create(self, path: Path) -> BinaryIO:
        self.file = super().create(path)
        return self.file

    def sync(self, file: BinaryIO) -> None:
        self.synced.append(os.fstat(file.fileno()).st_size)
        if len(self.synced) == self._failing:
            raise OSError(self._error, os.strerror(self._error))

    @property
    def waiting(self) -> int:
        assert self.file is not None
        return os.fstat(self.file.fileno()).st_size - max(self.synced, default=0)


def store_in(folder: Path, disk: Disk) -> ObjectStore:
    (folder / "objects").mkdir()
    return ObjectStore(folder / "objects", KeyRing(VaultKey(bytes(32))), disk)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def stored(object_id: ObjectId, found: Measure) -> StoredObject:
    return StoredObject(object_id, found.sha256, found.size, "image/png", "a.png")


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize(("error", "told"), [(errno.EIO, DiskFailed), (errno.ENOSPC, DiskFull)])
def test_a_sync_that_failed_once_fails_the_whole_file_though_the_next_sync_succeeds(tmp_path, failing, error, told):
    disk = SyncedDisk(failing, error)
    with pytest.raises(told):
        store_in(tmp_path, disk).write(Zeros(LONG), lambda _done: None)
    assert len(disk.synced) >= failing
    assert files_in(tmp_path) == []


def test_a_long_file_goes_to_the_disk_while_it_is_written_and_all_of_it_is_there_at_the_end(tmp_path):
    disk = SyncedDisk()
    waiting: list[int] = []
    store = store_in(tmp_path, disk)
    object_id, _found = store.write(Zeros(LONG, lambda: waiting.append(disk.waiting)), lambda _done: None)
    assert max(waiting) < 70 << 20
    assert disk.synced[0] < LONG / 2
    assert disk.synced[-1] == store.path(object_id).stat().st_size


@pytest.mark.parametrize("size", [1, 1 << 20, LONG])
def test_a_stick_that_holds_other_bytes_than_it_took_is_found_out_before_anything_is_called_saved(tmp_path, size):
    class Lying(Disk):
        """What is in the system's memory is right; what the stick holds, once that is forgotten, is not."""

        def drop_cached(self, file: BinaryIO, end: int = 0) -> None:
            if file.writable():
                os.pwrite(file.fileno(), b"other bytes", 35)

    with pytest.raises(DiskFailed):
        store_in(tmp_path, Lying()).write(Zeros(size), lambda _done: None)
    assert files_in(tmp_path) == []


def test_a_source_that_fails_in_the_middle_of_a_long_file_leaves_nothing_behind(tmp_path):
    class TornOut(Exception):
        pass

    left = LONG >> 20

    def fail_late() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise TornOut

    disk = SyncedDisk()
    with pytest.raises(TornOut):
        store_in(tmp_path, disk).write(Zeros(LONG << 1, fail_late), lambda _done: None)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (20 << 20) + 7])
def test_what_was_stored_comes_back_and_another_hash_or_size_is_refused_at_the_latest_at_its_end(tmp_path, size):
    content = os.urandom(size)
    store = store_in(tmp_path, Disk())
    object_id, found = store.write(io.BytesIO(content), lambda _done: None)
    assert found == Measure(hashlib.sha256(content).hexdigest(), size)
    assert b"".join(bytes(block) for block in store.read(stored(object_id, found))) == content
    for other in (Measure("0" * 64, size), Measure(found.sha256, size + 1)):
        with pytest.raises(DamagedVault):
            list(store.read(stored(object_id, other)))


def test_a_reader_who_stops_early_keeps_no_file_open_and_no_thread_at_work(tmp_path):
    def in_use() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    store = store_in(tmp_path, Disk())
    object_id, found = store.write(Zeros(8 << 20), lambda _done: None)
    before = in_use()
    reading = store.read(stored(object_id, found))
    assert bytes(next(reading)) == bytes(1 << 20)
    reading.close()
    assert in_use() == before


def test_a_file_damaged_far_behind_its_beginning_is_refused_there_and_gives_nothing_of_the_damaged_part(tmp_path):
    store = store_in(tmp_path, Disk())
    object_id, found = store.write(Zeros(3 << 20), lambda _done: None)
    with store.path(object_id).open("r+b") as file:
        file.seek(2_500_000)
        byte = file.read(1)[0]
        file.seek(2_500_000)
        file.write(bytes([byte ^ 1]))
    reading = store.read(stored(object_id, found))
    assert [len(next(reading)) for _block in range(2)] == [1 << 20, 1 << 20]
    with pytest.raises(DamagedVault):
        next(reading)
