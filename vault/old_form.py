"""The old form of a vault that has a new key: it goes, or it stays where it holds what nothing else does."""

from contextlib import suppress
from pathlib import Path

from vault.chain import Entry, Kind
from vault.destruction import destroy, destroy_unheld, is_being_destroyed
from vault.disk import Disk, told
from vault.errors import DamagedVault, NewerFormat, NotAVault
from vault.foreign import carry
from vault.keys import VaultKey
from vault.log import Log
from vault.slots import SlotFile, read_slots, unlocked
from vault.swap import aside_of, draft_of

_KEPT = "keep_old_form"


def keep_old_form(log: Log, *, is_kept: bool) -> None:
    """Note in the log of a new form whether the old one stays: something in it could not be carried on."""
    log.set_meta(_KEPT, "yes" if is_kept else "")


def left_behind(entry: Entry) -> set[str]:
    """The ids of the objects that were damaged when this entry was made, and stayed with the old form."""
    ids = entry.data.get("left_behind") if entry.kind is Kind.SESSION else None
    return set(ids) if isinstance(ids, list) else set()


def keeps_old_form(log: Log) -> bool:
    """Whether the old form of this vault stays."""
    return log.meta(_KEPT) == "yes"


def clear_old_forms(folder: Path, slots: SlotFile, key: VaultKey, disk: Disk, *, is_kept: bool) -> Path | None:
    """Remove what a rekey left beside a vault: its unfinished draft, and the old form once the new one is in its place.

    What was in the old folder and is not the vault's is moved into this one. `is_kept`: the old form stays, under a
    name of its own, which is returned; it opens with what opened it before. What a rekey of another copy beside this
    one is making, or left, stays where it is. Raises DiskFull, DiskFailed.
    """
    kept: Path | None = None
    for place in _beside(folder, slots, key):
        if _is_older(place, slots):
            kept = _dispose(place, folder, disk, is_kept=is_kept) or kept
        elif place == draft_of(folder, slots.vault) or (not is_kept and is_being_destroyed(place)):
            destroy_unheld(place, disk)
    return kept


def is_old_form_beside(folder: Path, slots: SlotFile, key: VaultKey) -> bool:
    """Whether an old form stands beside a vault under a name that is to be cleared: what opened it opens it still."""
    return any(_is_older(place, slots) for place in _beside(folder, slots, key))


def _beside(folder: Path, slots: SlotFile, key: VaultKey) -> list[Path]:
    draft, aside = draft_of(folder, slots.vault), aside_of(folder)
    found = [place for place in (draft, aside) if place != folder and place.is_dir()]
    # All copies of a vault share the name of the draft. An old form has another key than the vault that it was.
    return [place for place in found if place != draft or not _is_under(place, key)]


def _is_under(place: Path, key: VaultKey) -> bool:
    with suppress(NotAVault, DamagedVault, NewerFormat):
        unlocked(place, lambda found: found.unlock_with_key(key))
        return True
    return False


def _is_older(place: Path, slots: SlotFile) -> bool:
    with suppress(NotAVault, DamagedVault, NewerFormat):
        found = read_slots(place)
        return found.vault == slots.vault and found.generation < slots.generation
    return False


def _dispose(old: Path, folder: Path, disk: Disk, *, is_kept: bool) -> Path | None:
    with told():
        # Were the new names not on the disk yet, a power cut could give the old form back without its key slots.
        disk.sync_folder(folder.parent)
    if not is_kept:
        carry(old, folder, disk)
        destroy(old, disk)
        return None
    kept = _free_name(folder)
    with told():
        disk.rename(old, kept)
        disk.sync_folder(kept.parent)
    return kept


def _free_name(folder: Path) -> Path:
    kept, number = folder.with_name(f"{folder.stem}-old-key{folder.suffix}"), 2
    while kept.exists():
        kept = folder.with_name(f"{folder.stem}-old-key-{number}{folder.suffix}")
        number += 1
    return kept
