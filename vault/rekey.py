"""Rekey: a new vault key, everything encrypted anew, checked, and only then put in the old one's place.

What is damaged is left behind only where somebody said so by name; the old form then stays beside the new one.
It answers "someone may know my passphrase" and "this vault goes to somebody else". Copies made before still open
with what opened them then.
"""

import io
from collections.abc import Callable, Collection, Container, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vault.chain import Action, Data, EntryId, Kind, ObjectId
from vault.copying import Wanted
from vault.creation import DATABASE_FILE, OBJECTS, make_folders
from vault.destruction import destroy
from vault.disk import Disk
from vault.drafts import Draft, Stamp, new_entry_id
from vault.errors import DamagedFiles, DamagedVault, NotRekeyed, NotReopened, VaultError
from vault.head import write_head
from vault.keys import DATABASE, HEAD, KdfCost, KeyRing, calibrated, new_vault_key
from vault.log import Log
from vault.objects import ObjectStore
from vault.old_form import clear_old_forms, keep_old_form, keeps_old_form, left_behind
from vault.recovery import RecoverySecret, new_recovery_secret
from vault.slots import SlotFile, new_passphrase_slot, new_recovery_slot
from vault.swap import draft_of, exchange
from vault.vault import Vault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

RekeyProgress = Callable[[int, int], None]
"""Told (done, all) in bytes, those written and those read back; it may raise to stop: the old vault is whole then."""


LOG = "log"
"""The name of what is damaged in the log itself, where no entry is lost."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody agreed to leave behind if it is damaged, by name (an exhibit's reference, or `log`).

    `stamp` is that of the session entry which says so.
    """

    names: frozenset[str]
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The vault under its new key, open, and what its new recovery words stand for.

    `left` names what was damaged and is not in it; `kept` is where the old form stands then, if it could be moved.
    """

    vault: Vault
    words: RecoverySecret | None
    left: tuple[str, ...] = ()
    kept: Path | None = None


def rekey(
    vault: Vault,
    passphrase: str,
    *,
    words: bool = True,
    cost: KdfCost | None = None,
    disk: Disk | None = None,
    progress: RekeyProgress = lambda _done, _all: None,
    leaving: Leaving | None = None,
) -> Rekeyed:
    """Give a vault a new key. The old form is closed, and destroyed once the new one is checked and in its place.

    Raises, with the vault as it was: DamagedFiles where something cannot be read that `leaving` does not name,
    DamagedVault where entries cannot, ReadOnlyVault, DiskFull, DiskFailed, MemoryError. Raises with it closed:
    NotRekeyed, and it is under its old key; NotReopened, and it is under the new one.
    """
    disk = disk or Disk()
    draft = draft_of(vault.path, vault.id)
    log_damage = _log_damage(vault)
    clear_old_forms(vault.path, vault.slot_file, disk, is_kept=keeps_old_form(vault.log))
    try:
        keys, secret = KeyRing(new_vault_key()), new_recovery_secret() if words else None
        slots = _slots(vault, keys, passphrase, secret, cost)
        so_far = _SoFar(2 * sum(wanted.item.size for wanted in _stored(vault)), progress)
        lost = _write(vault, draft, keys, slots, disk, so_far)
        left = (*log_damage, *dict.fromkeys(wanted.where for wanted in lost))
        _require_agreed(left, leaving)
        with closing(Vault.open_with_key(draft, keys.vault_key, disk=disk)) as copy:
            _require_equal(vault, copy, so_far, {wanted.item.id for wanted in lost})
            keep_old_form(copy.log, is_kept=bool(left))
            if left and leaving is not None:
                copy.append([_record(left, lost, leaving.stamp)], leaving.stamp)
    except BaseException:
        if draft.exists():
            destroy(draft, disk)
        raise
    # Closed first: some systems rename no folder in which a file is open.
    vault.close()
    try:
        exchange(draft, vault.path, disk)
    except VaultError as error:
        raise NotRekeyed from error
    kept: Path | None = None
    with suppress(VaultError, OSError):
        # What cannot be done now is done at the next opening.
        kept = clear_old_forms(vault.path, slots, disk, is_kept=bool(left))
    try:
        renewed = Vault.open_with_key(vault.path, keys.vault_key, disk=disk)
    except VaultError as error:
        raise NotReopened from error
    return Rekeyed(renewed, secret, left, kept)


def _log_damage(vault: Vault) -> tuple[str, ...]:
    """The name of what is damaged in the log. Raises DamagedVault where entries are; ReadOnlyVault."""
    if vault.damage is None:
        vault.require_writable()
        return ()
    if vault.damage.lost:
        raise DamagedVault("Entries of this vault cannot be read. Under a new key they would be lost for good.")
    return (LOG,)


def _require_agreed(left: Collection[str], leaving: Leaving | None) -> None:
    missing = [name for name in left if leaving is None or name not in leaving.names]
    if missing:
        raise DamagedFiles(f"Damaged, and not to be encrypted anew: {', '.join(left)}.", tuple(left))


def _record(left: Collection[str], lost: Collection[Wanted], stamp: Stamp) -> Draft:
    """The entry that says what a vault lost when it got its new key."""
    words = f"Everything was encrypted under a new key. Damaged, and left behind with the old one: {', '.join(left)}."
    data: Data = {"opened_at": stamp.at, "found": [words], "left_behind": [wanted.item.id for wanted in lost]}
    return Draft(Action.ADD, Kind.SESSION, new_entry_id(), data)


def _slots(
    vault: Vault, keys: KeyRing, passphrase: str, secret: RecoverySecret | None, cost: KdfCost | None
) -> SlotFile:
    slots = [new_passphrase_slot(keys.vault_key, vault.id, passphrase, cost or calibrated(KdfCost()))]
    if secret is not None:
        slots.append(new_recovery_slot(keys.vault_key, vault.id, secret))
    return SlotFile(vault.id, vault.generation + 1, tuple(slots))


def _write(vault: Vault, draft: Path, keys: KeyRing, slots: SlotFile, disk: Disk, so_far: "_SoFar") -> list[Wanted]:
    """Write everything that can be read; returns the files that cannot."""
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
    lost: list[Wanted] = []
    for wanted in list(_stored(vault)):
        item = wanted.item
        try:
            objects.write(io.BufferedReader(_Chunks(vault.objects.read(item))), so_far.within, item.id)
        except DamagedVault:
            lost.append(wanted)
        so_far.add(item.size)
    write_head(draft, keys.key(HEAD), vault.head, disk)
    return lost


def _require_equal(vault: Vault, copy: Vault, so_far: "_SoFar", lost: Container[ObjectId]) -> None:
    """Every entry and link is the same, and every file is there with the hash that its entry names, but the lost."""
    pairs = zip(vault.log.rows(), copy.log.rows(), strict=True)
    if any(mine != other for mine, other in pairs) or vault.head != copy.head:
        raise DamagedVault("The vault under the new key is not the same as before.")
    if copy.identity.private_bytes != vault.identity.private_bytes:
        raise DamagedVault("The vault under the new key has another signing key.")
    for wanted in _stored(copy):
        if wanted.item.id not in lost:
            for chunk in copy.objects.read(wanted.item):
                so_far.add(len(chunk))


def _stored(vault: Vault) -> Iterator[Wanted]:
    """The files that the new form is to hold."""
    withdrawn = vault.log.objects()
    names: dict[EntryId, str] = {}
    held: set[EntryId] = set()
    left: set[str] = set()
    for _row, entry in vault.entries():
        names.setdefault(entry.id, str(entry.data.get("ref") or f"entry {entry.seq}"))
        if entry.data.get("held") == "yes":
            held.add(entry.id)
        left |= left_behind(entry)
    for _row, entry in vault.entries():
        for stored in entry.objects:
            # A vault that was a backup lacks the files of what is held; one that has a new key, what was damaged.
            is_left_out = (entry.id in held or stored.id in left) and not vault.objects.holds(stored.id)
            if not withdrawn.get(stored.id, False) and not is_left_out:
                yield Wanted(names[entry.id], stored)


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
