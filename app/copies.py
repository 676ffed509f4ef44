"""Copies of an open vault: making a backup, knowing what is in none yet, opening a copy to compare with it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from app.errors import WrongUse
from app.keeping import OpenVault
from app.places import require_outside_vaults
from app.room import require_room, size_of
from vault.backup import BackedUp, backup
from vault.backup_record import kept_record, newest_unsaved
from vault.chain import Entry, parse_moment
from vault.copying import CopyProgress
from vault.errors import DamagedVault, WrongPassphrase
from vault.slots import read_slots
from vault.vault import Vault


def back_up(
    opened: OpenVault, dest: Path, now: datetime, progress: CopyProgress = lambda _done, _all: None
) -> BackedUp:
    """Make a backup at `dest`, or bring the one there up to date; `now` is an aware datetime.

    Raises NoRoom, BackupRefused, VaultError: the old backup is there then, or one that the next call goes on with.
    """
    require_outside_vaults(dest)
    if not dest.exists():
        require_room(dest.parent, size_of(opened.vault.path))
    return backup(opened.vault, dest, progress, now=now)


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
        read_slots(path).require_genuine(vault.keys.vault_key)
        return Vault.open_with_key(path, vault.keys.vault_key, reading=True)
    if passphrase is not None:
        with suppress(WrongPassphrase):
            return Vault.open(path, passphrase, reading=True)
    return Vault.open(path, ask(), reading=True)
