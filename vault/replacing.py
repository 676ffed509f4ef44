"""What a backup may replace: a copy that holds nothing which the vault does not hold too."""

from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from vault.backup_place import Place
from vault.backup_record import BackupRecord, kept_record
from vault.chain import StoredObject
from vault.comparison import Standing, compare
from vault.copying import Wanted
from vault.disk import Disk, told
from vault.errors import (
    BackupAhead,
    BackupApart,
    BackupHasNotes,
    BackupOfOldKey,
    BackupRefused,
    DamagedVault,
    DiskFailed,
    NotABackup,
)
from vault.head import read_head
from vault.keys import DATABASE, HEAD, KeyRing
from vault.layout import DATABASE_FILE, HEAD_FILE, OBJECTS
from vault.lock import ReadingLock
from vault.log import Log
from vault.notes import notes_only_in
from vault.objects import ObjectStore
from vault.opening import Way, contradicts
from vault.slots import read_slots
from vault.vault import Vault


def require_all_there(vault: Vault, dest: Path) -> None:
    """A damaged vault replaces no backup, and is copied only where nothing that counts is lost. Raises DamagedVault."""
    if vault.damage is not None and vault.damage.lost:
        raise DamagedVault("Entries of this vault cannot be read. A backup now would lose them, so none was made.")
    if dest.exists():
        raise BackupRefused("This vault is damaged, so it replaces no backup: that one may be whole.")
    vault.identity  # noqa: B018 - a copy without it could sign nothing


def require_behind(vault: Vault, folder: Path, disk: Disk) -> None:
    """The vault holds all that the backup holds. Raises BackupAhead, BackupApart, BackupHasNotes, NotABackup."""
    # SQLite undoes here what an interruption left half-written: its journal must be gone before the log is replaced.
    with suppress(DamagedVault):
        Log(folder / DATABASE_FILE, vault.keys.key(DATABASE), disk=disk).close()
    try:
        head = read_head(folder, vault.keys.key(HEAD))
    except DamagedVault:
        head = None
    try:
        with closing(opened_in_place(vault, folder, disk)) as copy:
            standing, notes = compare(vault, copy).standing, _notes_only_in(copy, vault)
            is_damaged, own = copy.damage is not None or notes is None, kept_record(copy)
    except DamagedVault:
        standing, notes, is_damaged, own = Standing.EQUAL, None, True, BackupRecord()
    if is_damaged and head is None:
        raise NotABackup("The copy there is damaged, and nobody can tell what it held.")
    if standing is Standing.APART:
        raise BackupApart
    # A copy whose log is behind its own head has lost entries, and they may be those that this vault does not have.
    if standing is Standing.BEHIND or (head is not None and contradicts(vault.log, head)):
        raise BackupAhead
    # Where nobody wrote in the copy, its notes are older words of this vault's, or what was removed here.
    if (notes or is_damaged) and not _is_untouched(folder, kept_record(vault), own):
        if notes:
            raise BackupHasNotes
        # Its head speaks for entries alone.
        raise NotABackup("The copy there is damaged, and nobody can tell whether somebody wrote notes in it.")


def require_untouched(vault: Vault, dest: Path) -> None:
    """A backup under an older key is one that this vault made, and nobody has gone on in it. Raises BackupOfOldKey."""
    if not _is_untouched(dest, kept_record(vault)):
        raise BackupOfOldKey


def require_nothing_more(vault: Vault, place: Place, files: Iterable[Wanted]) -> None:
    """A backup under an older key goes only if none of the `files` is whole there alone. Raises BackupRefused."""
    keys = KeyRing(vault.keys.vault_key)
    before, now = (ObjectStore(folder / OBJECTS, keys, Disk()) for folder in (place.dest, place.folder))
    only_there = set(before.names()) - set(now.names())
    keys.drop()
    last = [wanted.where for wanted in files if wanted.item.id in only_there and not _is_whole(vault, wanted.item)]
    if last:
        raise BackupRefused(
            f"This vault cannot read all files of {', '.join(dict.fromkeys(last))}, and the copy there, made under an "
            "older key, may have them. It stays."
        )


def opened_in_place(vault: Vault, folder: Path, disk: Disk) -> Vault:
    """The backup, for reading, while its lock is held."""
    keys = KeyRing(vault.keys.vault_key)
    return Vault(folder, ReadingLock(None), read_slots(folder), keys, Way(reading=True, disk=disk))


def _notes_only_in(copy: Vault, vault: Vault) -> int | None:
    """How many notes only the copy has; None where they cannot be read."""
    with suppress(DamagedVault, DiskFailed):
        return notes_only_in(copy, vault)
    return None


def _is_untouched(folder: Path, *records: BackupRecord) -> bool:
    """Whether a copy is what a backup wrote that one of these knows: nobody has added to it. Raises DiskFailed."""
    with told():
        try:
            head = (folder / HEAD_FILE).read_bytes()
        except FileNotFoundError:
            head = b""
    return any(record.knows(head) for record in records)


def _is_whole(vault: Vault, item: StoredObject) -> bool:
    with suppress(DamagedVault):
        vault.objects.require_whole(item)
        return True
    return False
