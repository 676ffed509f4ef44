"""What happens at every opening, under the lock: leftovers are cleaned, losses are found and told."""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vault.destruction import destroy
from vault.disk import Disk, told
from vault.errors import DamagedVault, VaultError
from vault.head import Head, read_head
from vault.keys import HEAD, KeyRing
from vault.log import Log
from vault.objects import ObjectStore
from vault.slots import SlotFile, read_slots
from vault.swap import aside_of, draft_of

_ORPHANS = "orphans"


class FindingKind(StrEnum):
    """What was found wrong at opening."""

    POSSIBLE_LOSS = "possible_loss"
    HEAD_UNREADABLE = "head_unreadable"
    ORPHANS = "orphans"
    OLDER_SLOTS = "older_slots"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at opening, in words; `lost` is the head that the log does not reach or contradicts."""

    kind: FindingKind
    words: str
    lost: Head | None = None


def settle(
    folder: Path, slots: SlotFile, log: Log, objects: ObjectStore, keys: KeyRing, disk: Disk
) -> tuple[Finding, ...]:
    """Clean up after an interruption and compare the log with the head file and the slots."""
    findings = [*_compare_head(folder, log, keys.key(HEAD)), *_compare_slots(slots, log)]
    with suppress(OSError, VaultError):
        # An older second copy would still open with what was shut out.
        slots.write(folder, keys.vault_key, disk)
        findings += _clean(folder, log, objects, disk)
        _remove_unfinished_rekey(folder, slots, disk)
    return tuple(findings)


def _remove_unfinished_rekey(folder: Path, slots: SlotFile, disk: Disk) -> None:
    draft = draft_of(folder, slots.vault)
    if draft != folder and draft.is_dir():
        destroy(draft, disk)
    old = aside_of(folder)
    if old.is_dir():
        # The exchange ended before its last step: what stands aside still opens with the old key.
        before = read_slots(old)
        if before.vault == slots.vault and before.generation < slots.generation:
            destroy(old, disk)


def contradicts(log: Log, head: Head) -> bool:
    """Whether the log does not hold entry `head.entries` with that link."""
    row = log.row(head.entries)
    return row is None or row.link != head.link


def _compare_head(folder: Path, log: Log, head_key: bytes) -> list[Finding]:
    try:
        head = read_head(folder, head_key)
    except DamagedVault as error:
        return [Finding(FindingKind.HEAD_UNREADABLE, error.what)]
    if head is None:
        return [Finding(FindingKind.HEAD_UNREADABLE, "The file “head” is missing.")]
    if not contradicts(log, head):
        return []
    last = log.last()
    reached = last.seq if last else 0
    words = (
        f"This vault once held {head.entries} entries; the log now ends at entry {reached}."
        if reached < head.entries
        else f"Entry {head.entries} is not the one that was once there."
    )
    return [Finding(FindingKind.POSSIBLE_LOSS, words, head)]


def _compare_slots(slots: SlotFile, log: Log) -> list[Finding]:
    known = int(log.meta("generation") or "0")
    if slots.generation > known:
        log.set_meta("generation", str(slots.generation))
    if slots.generation >= known:
        return []
    return [Finding(FindingKind.OLDER_SLOTS, "The key slots are older than the log: an old passphrase may open it.")]


def _clean(folder: Path, log: Log, objects: ObjectStore, disk: Disk) -> list[Finding]:
    for draft in folder.glob("tmp-*"):
        disk.remove(draft)
    objects.clean()
    named = log.objects()
    orphans = [name for name in objects.names() if name not in named]
    for name, withdrawn in named.items():
        if withdrawn:
            objects.remove(name)
    if not orphans:
        return []
    with suppress(FileExistsError):
        disk.make_folder(folder / _ORPHANS)
    with told():
        for name in orphans:
            objects.set_aside(name, folder / _ORPHANS)
    return [Finding(FindingKind.ORPHANS, f"Stored files that no entry names were set aside: {len(orphans)}.")]
