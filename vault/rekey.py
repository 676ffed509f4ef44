"""Rekey: a new vault key, everything encrypted anew, checked, and only then put in the old one's place.

What is damaged is left behind only where somebody said so by name; the old form then stays beside the new one.
It answers "someone may know my passphrase" and "this vault goes to somebody else". Copies made before still open
with what opened them then.
"""

from collections.abc import Collection, Container, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vault.anew import RekeyProgress, SoFar, carry_orphans, size_of_orphans, stream_of
from vault.chain import Action, Data, EntryId, Kind, ObjectId
from vault.copying import Wanted
from vault.creation import make_folders
from vault.destruction import destroy
from vault.disk import Disk, told
from vault.drafts import Draft, Stamp, new_entry_id
from vault.errors import DamagedFiles, DamagedVault, DiskFull, ReadOnlyFull, VaultBusy, VaultError
from vault.head import read_head, write_head
from vault.keys import DATABASE, HEAD, KdfCost, KeyRing, calibrated, new_vault_key
from vault.layout import DATABASE_FILE, HEAD_FILE, LOCK, OBJECTS
from vault.lock import VaultLock
from vault.log import Log
from vault.objects import ObjectStore
from vault.old_form import clear_old_forms, keep_old_form, keeps_old_form, left_behind
from vault.opening import contradicts
from vault.recovery import RecoverySecret, new_recovery_secret
from vault.slots import SlotFile, new_passphrase_slot, new_recovery_slot
from vault.swap import draft_of
from vault.takeover import take_over
from vault.vault import Vault

LOG = "log"
"""The name of what is damaged in the log itself, where no entry is lost."""
ORPHANS = "orphans"
"""The name of files that no entry names and that do not decrypt."""
_OTHER_COPY = "Another copy of this vault in the same folder is getting a new key. If that was stopped, open it once."


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody agreed to leave behind if it is damaged, by name (an exhibit's reference, `log` or `orphans`).

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
    DamagedVault where entries cannot, ReadOnlyVault, VaultBusy, DiskFull, DiskFailed, MemoryError. With it closed:
    NotRekeyed, and it is under its old key; and with the new words, NotReopened, where it is under the new one, and
    RekeyUnsure, where it may be under either.
    """
    disk = disk or Disk()
    draft = draft_of(vault.path, vault.id)
    log_damage = _log_damage(vault)
    clear_old_forms(vault.path, vault.slot_file, vault.keys.vault_key, disk, is_kept=keeps_old_form(vault.log))
    if draft.exists():
        raise VaultBusy(_OTHER_COPY)
    try:
        keys, secret = KeyRing(new_vault_key()), new_recovery_secret() if words else None
        slots = _slots(vault, keys, passphrase, secret, cost)
        so_far = SoFar(2 * sum(wanted.item.size for wanted in _stored(vault)) + size_of_orphans(vault), progress)
        with _begun(draft, disk):
            lost = _write(vault, draft, keys, slots, disk, so_far)
            orphans = carry_orphans(vault, ObjectStore(draft / OBJECTS, keys, disk), so_far)
        left = (*log_damage, *dict.fromkeys(wanted.where for wanted in lost), *[ORPHANS] * bool(orphans.damaged))
        _require_agreed(left, leaving)
        with closing(Vault.open_with_key(draft, keys.vault_key, disk=disk)) as copy:
            _require_room(copy)
            _require_equal(vault, copy, so_far, {wanted.item.id for wanted in lost})
            orphans.require_in(copy)
            keep_old_form(copy.log, is_kept=bool(left))
            if left and leaving is not None:
                copy.append([_record(left, lost, leaving.stamp)], leaving.stamp)
        _carry_doubt(vault, draft, keys, disk)
    except BaseException:
        if draft.exists():
            destroy(draft, disk)
        raise
    with take_over(vault, draft, disk, secret) as taking:
        kept: Path | None = None
        with suppress(VaultError, OSError):
            # What cannot be done now is done at the next opening.
            kept = clear_old_forms(vault.path, slots, keys.vault_key, disk, is_kept=bool(left))
        return Rekeyed(taking.opened(keys.vault_key), secret, left, kept)


def _require_room(copy: Vault) -> None:
    """Raises DiskFull where there was no room to open the new form for writing: it is a vault like any other."""
    try:
        copy.require_writable()
    except ReadOnlyFull as error:
        raise DiskFull from error


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


@contextmanager
def _begun(draft: Path, disk: Disk) -> Iterator[None]:
    """Make the folders of the new form and hold its lock: another copy that is opened beside it leaves it alone."""
    make_folders(draft, disk)
    with told():
        lock = VaultLock(draft / LOCK, datetime.now(UTC).astimezone(), disk)
    try:
        yield
    finally:
        lock.release()


def _write(vault: Vault, draft: Path, keys: KeyRing, slots: SlotFile, disk: Disk, so_far: SoFar) -> list[Wanted]:
    """Write everything that can be read; returns the files that cannot."""
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
            objects.write(stream_of(vault.objects.read(item)), so_far.within, item.id)
        except DamagedVault:
            lost.append(wanted)
        so_far.add(item.size)
    write_head(draft, keys.key(HEAD), vault.head, disk)
    return lost


def _require_equal(vault: Vault, copy: Vault, so_far: SoFar, lost: Container[ObjectId]) -> None:
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


def _carry_doubt(vault: Vault, draft: Path, keys: KeyRing, disk: Disk) -> None:
    """A possible loss of which no entry speaks yet is found, and told, under the new key too."""
    try:
        head = read_head(vault.path, vault.keys.key(HEAD))
    except DamagedVault:
        head = None
    if head is None:
        with told():
            disk.remove(draft / HEAD_FILE)
            disk.sync_folder(draft)
    elif contradicts(vault.log, head):
        write_head(draft, keys.key(HEAD), head, disk)


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
