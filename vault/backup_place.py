"""Where a backup goes: a new folder, or one that holds a backup of this vault; never over anything else."""

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from vault.creation import make_folders
from vault.destruction import destroy_unheld, is_being_destroyed
from vault.disk import Disk, told
from vault.errors import BackupRefused, DamagedVault, NotABackup, NotAVault
from vault.foreign import carry
from vault.slots import read_slots, unlocked
from vault.swap import aside_of, mend
from vault.vault import Vault


class Form(Enum):
    """What stands at the place of a backup."""

    NOTHING = auto()
    UP_TO_DATE = auto()
    """A backup under the vault's key."""
    OTHER_KEY = auto()
    """A backup under another key: the vault got a new one since."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a backup is to be, what is there, and the folder that is written: beside it, where it is made anew."""

    dest: Path
    form: Form
    folder: Path


def find_place(vault: Vault, dest: Path, disk: Disk) -> Place:
    """Look at the place of a backup, and make the folder where it is made anew.

    Raises BackupRefused, NewerFormat, DiskFailed.
    """
    dest = dest.resolve()
    _require_outside(vault, dest)
    if not dest.parent.is_dir():
        raise BackupRefused("The folder for the backup is not there.")
    mend(dest, disk)
    form = _form_of(vault, dest)
    draft = draft_of(dest)
    if form is Form.UP_TO_DATE:
        with told():
            # Whoever gave it this name may have been killed before that was on the disk, and what is older goes now.
            disk.sync_folder(dest.parent)
        _remove_older(vault, dest, draft, disk)
        return Place(dest, form, dest)
    if draft.exists() and not is_ours(vault, draft):
        # Where another program is making it, for a copy under another key, its lock stops this backup next.
        destroy_unheld(draft, disk)
    if not draft.exists():
        make_folders(draft, disk)
        vault.slot_file.write(draft, vault.keys.vault_key, disk)
    return Place(dest, form, draft)


def draft_of(dest: Path) -> Path:
    """Where a backup is made that is not there yet; whatever stands there is never the truth."""
    return dest.with_name(f"tmp-backup-{dest.name}")


def _require_outside(vault: Vault, dest: Path) -> None:
    for folder in (dest, *dest.parents):
        if folder.exists() and folder.samefile(vault.path):
            raise BackupRefused("A backup inside the vault, or over it, would be lost together with it.")


def _form_of(vault: Vault, dest: Path) -> Form:
    if not dest.exists() or (dest.is_dir() and not any(dest.iterdir())):
        return Form.NOTHING
    try:
        slots = read_slots(dest)
    except NotAVault:
        raise NotABackup from None
    except DamagedVault as error:
        raise NotABackup("The key slots of the copy there are damaged, so nobody can tell whose it is.") from error
    if slots.vault != vault.id:
        raise NotABackup("The copy there is of another vault; it was not touched.")
    return Form.UP_TO_DATE if is_ours(vault, dest) else Form.OTHER_KEY


def is_ours(vault: Vault, folder: Path) -> bool:
    """Whether what is in a folder stands under the key of this vault. Raises NewerFormat."""
    try:
        unlocked(folder, lambda slots: slots.unlock_with_key(vault.keys.vault_key))
    except (DamagedVault, NotAVault):
        return False
    return True


def _remove_older(vault: Vault, dest: Path, draft: Path, disk: Disk) -> None:
    """What an interrupted exchange left: older forms still open with the old key."""
    for older in (draft, aside_of(dest)):
        with suppress(NotAVault, DamagedVault):
            if older.is_dir() and (is_being_destroyed(older) or read_slots(older).vault == vault.id):
                carry(older, dest, disk)
                destroy_unheld(older, disk)
    if draft.is_dir():
        destroy_unheld(draft, disk)
