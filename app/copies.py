"""Copies of an open vault: making a backup, knowing what is in none yet, opening a copy to compare with it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import NoRoom, WrongUse
from app.keeping import OpenVault
from app.places import require_outside_vaults
from app.room import require_room
from vault.backup import BackedUp, backup, missing_bytes
from vault.backup_record import kept_record, newest_unsaved
from vault.chain import Entry, Kind, parse_moment
from vault.copying import CopyProgress
from vault.errors import BackupFull, DamagedVault, WrongPassphrase
from vault.rereading import SHARE
from vault.vault import Vault

_SPARE = 1024 * 1024
"""Bytes that stay free beside a backup: nothing is written there between two of them."""


def back_up(
    opened: OpenVault,
    dest: Path,
    now: datetime,
    progress: CopyProgress = lambda _done, _all: None,
    *,
    again: int | None = SHARE,
) -> BackedUp:
    """Make a backup at `dest`, or bring the one there up to date; `now` is an aware datetime.

    `again`: how many bytes of the files that are there already are read again, None for all of them. Raises NoRoom,
    WrongUse, BackupRefused, VaultError: the old backup is there then, or one that the next call goes on with.
    """
    require_outside_vaults(dest)
    vault = opened.vault
    if vault.damage is None or not vault.damage.lost:
        try:
            require_room(dest.parent, missing_bytes(vault, dest), reserve=_SPARE)
        except NoRoom as error:
            raise NoRoom(error.what, safe=BackupFull.safe, next=BackupFull.next) from None
    return backup(vault, dest, progress, now=now, again=again)


@dataclass(frozen=True, slots=True)
class EarlierCopies:
    """What was made after something was kept and so may hold its files: the last backup (UTC), packages."""

    backup: datetime | None
    packages: int


def earlier_copies(opened: OpenVault, kept: Entry) -> EarlierCopies:
    """What this vault knows of copies that may hold what an entry added. Raises VaultError.

    Nobody knows of copies that were made by hand, and of older backups only that there were some.
    """
    record = kept_record(opened.vault)
    is_in_backup = record.head is not None and record.head.entries >= kept.seq
    exports = opened.vault.log.subjects(Kind.EXPORT)
    packages = sum(entries[0].seq > kept.seq for entries in map(opened.vault.of_subject, exports) if entries)
    return EarlierCopies(last_backup(opened) if is_in_backup else None, packages)


def last_backup(opened: OpenVault) -> datetime | None:
    """When this vault was backed up last (UTC), None where it never was."""
    at = kept_record(opened.vault).at
    return parse_moment(at) if at else None


def unsaved_since_backup(opened: OpenVault) -> Entry | None:
    """The newest thing that was kept and is in no backup. That the vault was opened and closed does not count."""
    return newest_unsaved(opened.vault)


@contextmanager
def opened_copy(opened: OpenVault, path: Path, passphrase: str | None, ask: Callable[[], str]) -> Iterator[Vault]:
    """A copy of an open vault, for reading: its key opens it, or its passphrase, or else the one that `ask` gives.

    `passphrase` is None where nobody knows it any more.

    Raises WrongUse for the vault itself; NotAVault, VaultBusy, WrongPassphrase, DamagedVault.
    """
    if path.exists() and path.samefile(opened.vault.path):
        raise WrongUse("This is the vault itself.", next="Give the place of another copy.")
    with closing(_open(opened.vault, path, passphrase, ask)) as copy:
        yield copy


def _open(vault: Vault, path: Path, passphrase: str | None, ask: Callable[[], str]) -> Vault:
    with suppress(DamagedVault):
        return Vault.open_with_key(path, vault.keys.vault_key, reading=True)
    if passphrase is not None:
        with suppress(WrongPassphrase):
            return Vault.open(path, passphrase, reading=True)
    return Vault.open(path, ask(), reading=True)
