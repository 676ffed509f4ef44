"""Files on their way under a new key: read under the old one, written under the new one, counted."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vault.chain import ObjectId
from vault.errors import DamagedVault
from vault.layout import ORPHANS
from vault.objects import ObjectStore
from vault.vault import Vault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RekeyProgress = Callable[[int, int], None]
"""Told (done, all) in bytes, those written and those read back; it may raise to stop: the old vault is whole then."""

_ID = re.compile(r"[0-9a-f]{32}")


class SoFar:
    """How many of all the bytes are done, told as it grows."""

    def __init__(self, total: int, progress: RekeyProgress) -> None:
        self._total = total
        self._progress = progress
        self._done = 0

    def within(self, done: int) -> None:
        """So many bytes of the file that is being written are done."""
        self._progress(min(self._done + done, self._total), self._total)

    def add(self, done: int) -> None:
        """So many more bytes are done for good."""
        self._done += done
        self.within(0)


@dataclass(frozen=True, slots=True)
class Orphans:
    """Files that no entry names: those that are written under the new key, and those that cannot be read."""

    carried: tuple[ObjectId, ...]
    damaged: tuple[ObjectId, ...]

    def require_in(self, copy: Vault) -> None:
        """Each that was written is in the new form, set aside there. Raises DamagedVault."""
        if not all(copy.objects.holds(name) for name in self.carried):
            raise DamagedVault("The vault under the new key is not the same as before.")


def size_of_orphans(vault: Vault) -> int:
    """Bytes of all files that no entry names."""
    return sum(path.stat().st_size for path in _orphans_of(vault))


def carry_orphans(vault: Vault, objects: ObjectStore, so_far: SoFar) -> Orphans:
    """Write what no entry names into the new form: after the log was put back to an older day, it may be all there is.

    The first opening of that form sets it aside again. Raises DiskFull, DiskFailed.
    """
    carried: list[ObjectId] = []
    damaged: list[ObjectId] = []
    for path in _orphans_of(vault):
        name, size = ObjectId(path.name), path.stat().st_size
        try:
            objects.write(stream_of(vault.objects.read_unnamed(name)), so_far.within, name)
        except DamagedVault:
            damaged.append(name)
        else:
            carried.append(name)
        so_far.add(size)
    return Orphans(tuple(carried), tuple(damaged))


def stream_of(chunks: Iterator[memoryview]) -> io.BufferedReader:
    """Chunks of bytes as a stream."""
    return io.BufferedReader(_Chunks(chunks))


def _orphans_of(vault: Vault) -> list[Path]:
    folder, named = vault.path / ORPHANS, vault.log.objects()
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _ID.fullmatch(path.name) and ObjectId(path.name) not in named)


class _Chunks(io.RawIOBase):
    def __init__(self, chunks: Iterator[memoryview]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        while not self._left:
            following = next(self._chunks, None)
            if following is None:
                return 0
            self._left = following
        room = memoryview(buffer).cast("B")
        count = min(len(room), len(self._left))
        room[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
