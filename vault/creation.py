"""Making a vault's folder, file by file, under a name that is not yet its own."""

import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vault.chain import Action, Entry, Kind, VaultId, first_link
from vault.disk import Disk, told
from vault.drafts import Draft, Stamp, new_entry_id, row_of
from vault.errors import VaultError
from vault.head import Head, write_head
from vault.identity import Identity
from vault.keys import DATABASE, HEAD, KdfCost, VaultKey, new_vault_key, sub_key
from vault.layout import DATABASE_FILE, LOCK, OBJECTS, ORPHANS
from vault.lock import VaultLock
from vault.log import Log, Row
from vault.slots import FORMAT, SlotFile, new_passphrase_slot, read_slots


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a vault begins: its first entries, their stamp, and what opens it."""

    stamp: Stamp
    first: Sequence[Draft]
    cost: KdfCost


def make_folders(folder: Path, disk: Disk) -> None:
    """The folder of a vault with nothing in it. Raises DiskFull, DiskFailed."""
    with told():
        disk.make_folder(folder)
        disk.make_folder(folder / OBJECTS)
        disk.make_folder(folder / ORPHANS)
        # SQLite takes over the permissions of the file it finds.
        disk.create(folder / DATABASE_FILE).close()
        disk.create(folder / LOCK).close()


@contextmanager
def made(folder: Path, passphrase: str, beginning: Beginning, disk: Disk) -> Iterator[VaultKey]:
    """Make a whole vault, give its key, and hold its lock: nobody takes it for one that was cut short.

    Nothing is synced into its parent yet. Raises DiskFull, DiskFailed, CannotLock.
    """
    make_folders(folder, disk)
    with told():
        lock = VaultLock(folder / LOCK, datetime.now(UTC).astimezone(), disk)
    try:
        key = _make(folder, passphrase, beginning, disk)
        if sys.platform == "win32":
            # It renames no folder in which a file is open.
            lock.release()
        yield key
    finally:
        lock.release()


def _make(folder: Path, passphrase: str, beginning: Beginning, disk: Disk) -> VaultKey:
    vault, key = VaultId(secrets.token_hex(16)), new_vault_key()
    slots = SlotFile(vault, 1, (new_passphrase_slot(key, vault, passphrase, beginning.cost),))
    slots.write(folder, key, disk)
    identity = Identity.create(vault)
    head = Head(0, first_link(vault))
    log = Log(folder / DATABASE_FILE, sub_key(key, DATABASE), create=True, disk=disk)
    try:
        log.keep_identity(identity)
        log.set_meta("generation", "1")
        data = {"format": FORMAT, "vault": vault, "fingerprint": identity.fingerprint}
        rows: list[tuple[Row, Entry]] = []
        for draft in (Draft(Action.ADD, Kind.VAULT, new_entry_id(), data), *beginning.first):
            rows.append(row_of(head, draft, beginning.stamp))
            head = Head(rows[-1][0].seq, rows[-1][0].link)
        log.append(rows)
    finally:
        log.close()
    write_head(folder, sub_key(key, HEAD), head, disk)
    return key


def take_back(draft: Path, path: Path, vault: str | None, disk: Disk) -> None:
    """Remove a new vault that was not confirmed, under whichever of its two names: never somebody else's.

    `vault`: its id, None where it never was whole.
    """
    with suppress(VaultError, OSError):
        if vault is not None and read_slots(path).vault == vault:
            with suppress(OSError):
                disk.rename(path, draft)
            disk.discard(path)
    disk.discard(draft)
