"""Rekey: a new vault key, everything encrypted anew, checked, and only then put in the old one's place.

It answers "someone may know my passphrase" and "this vault goes to somebody else". Copies made before still open
with what opened them then.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vault.chain import StoredObject
from vault.creation import DATABASE_FILE, OBJECTS, make_folders
from vault.destruction import destroy
from vault.disk import Disk
from vault.errors import DamagedVault
from vault.head import write_head
from vault.keys import DATABASE, HEAD, KdfCost, KeyRing, calibrated, new_vault_key
from vault.log import Log
from vault.objects import ObjectStore
from vault.recovery import RecoverySecret, new_recovery_secret
from vault.slots import SlotFile, new_passphrase_slot, new_recovery_slot
from vault.swap import draft_of, exchange
from vault.vault import Vault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RekeyProgress = Callable[[int, int], None]
"""Told (done, all) in bytes, those written and those read back; it may raise to stop: the old vault is whole then."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The vault under its new key, open, and what its new recovery words stand for."""

    vault: Vault
    words: RecoverySecret | None


def rekey(
    vault: Vault,
    passphrase: str,
    *,
    words: bool = True,
    cost: KdfCost | None = None,
    disk: Disk | None = None,
    progress: RekeyProgress = lambda _done, _all: None,
) -> Rekeyed:
    """Give a vault a new key. The old form is closed and destroyed once the new one is checked and in its place.

    Raises DamagedVault before anything is changed where a stored file cannot be read: it would be lost;
    DiskFull, DiskFailed, MemoryError.
    """
    disk = disk or Disk()
    draft = draft_of(vault.path, vault.id)
    if draft.exists():
        destroy(draft, disk)
    try:
        keys, secret = KeyRing(new_vault_key()), new_recovery_secret() if words else None
        so_far = _SoFar(2 * sum(stored.size for stored in _stored(vault)), progress)
        _write(vault, draft, keys, _slots(vault, keys, passphrase, secret, cost), disk, so_far)
        with closing(Vault.open_with_key(draft, keys.vault_key, disk=disk)) as copy:
            _require_equal(vault, copy, so_far)
    except BaseException:
        if draft.exists():
            destroy(draft, disk)
        raise
    # Closed first: some systems rename no folder in which a file is open.
    vault.close()
    exchange(draft, vault.path, disk)
    destroy(draft, disk)
    return Rekeyed(Vault.open_with_key(vault.path, keys.vault_key, disk=disk), secret)


def _slots(
    vault: Vault, keys: KeyRing, passphrase: str, secret: RecoverySecret | None, cost: KdfCost | None
) -> SlotFile:
    slots = [new_passphrase_slot(keys.vault_key, vault.id, passphrase, cost or calibrated(KdfCost()))]
    if secret is not None:
        slots.append(new_recovery_slot(keys.vault_key, vault.id, secret))
    return SlotFile(vault.id, vault.generation + 1, tuple(slots))


def _write(vault: Vault, draft: Path, keys: KeyRing, slots: SlotFile, disk: Disk, so_far: "_SoFar") -> None:
    make_folders(draft, disk)
    slots.write(draft, keys.vault_key, disk)
    log = Log(draft / DATABASE_FILE, keys.key(DATABASE), create=True, disk=disk)
    try:
        log.take_over(vault.log)
        log.set_meta("generation", str(slots.generation))
    finally:
        log.close()
    objects = ObjectStore(draft / OBJECTS, keys, disk)
    so_far.add(0)
    for item in list(_stored(vault)):
        objects.write(io.BufferedReader(_Chunks(vault.objects.read(item))), so_far.within, item.id)
        so_far.add(item.size)
    write_head(draft, keys.key(HEAD), vault.head, disk)


def _require_equal(vault: Vault, copy: Vault, so_far: "_SoFar") -> None:
    """Every entry and link is the same, and every file is there with the hash that its entry names."""
    pairs = zip(vault.log.rows(), copy.log.rows(), strict=True)
    if any(mine != other for mine, other in pairs) or vault.head != copy.head:
        raise DamagedVault("The vault under the new key is not the same as before.")
    if copy.identity.private_bytes != vault.identity.private_bytes:
        raise DamagedVault("The vault under the new key has another signing key.")
    for item in _stored(copy):
        for chunk in copy.objects.read(item):
            so_far.add(len(chunk))


def _stored(vault: Vault) -> Iterator[StoredObject]:
    withdrawn = vault.log.objects()
    held = {entry.id for _row, entry in vault.entries() if entry.data.get("held") == "yes"}
    for _row, entry in vault.entries():
        for stored in entry.objects:
            # A vault that was a backup lacks the files of what is held.
            is_left_out = entry.id in held and not vault.objects.path(stored.id).exists()
            if not withdrawn.get(stored.id, False) and not is_left_out:
                yield stored


class _SoFar:
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


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a stream."""

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
