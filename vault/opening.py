"""What happens at every opening, under the lock: leftovers are cleaned, losses are found and told."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from vault.caches import readable
from vault.chain import INTEGER_LIMIT, ObjectId
from vault.cut_short import clear_cut_short
from vault.disk import Disk, told
from vault.errors import DamagedVault, DiskFailed, DiskFull, NotAllowed, VaultError
from vault.head import Head, read_head
from vault.keys import DATABASE, HEAD, KeyRing
from vault.layout import DATABASE_FILE, LOCK, OBJECTS
from vault.lock import ReadingLock, VaultLock
from vault.log import Log
from vault.mending import mended
from vault.objects import ObjectStore
from vault.old_form import clear_old_forms, is_old_form_beside, keeps_old_form
from vault.rescue import Damage, rescued
from vault.slots import SlotFile

_SOON_READ = 4 * 1024 * 1024
"""A log up to this many bytes is read whole at every opening: that takes some 10 ms."""


class FindingKind(StrEnum):
    """What was found wrong at opening."""

    POSSIBLE_LOSS = "possible_loss"
    HEAD_UNREADABLE = "head_unreadable"
    ORPHANS = "orphans"
    OLDER_SLOTS = "older_slots"
    READ_ONLY = "read_only"
    DAMAGED_LOG = "damaged_log"
    LISTS_MENDED = "lists_mended"
    OLD_FORM = "old_form"
    MISSING_FILES = "missing_files"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at opening, in words; `lost` is the head that the log does not reach or contradicts."""

    kind: FindingKind
    words: str
    lost: Head | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How a vault is opened. `reading`: nothing in it is changed, even where that could be done.

    `thorough`: every page of the log is read first, however large it is. `disk`: what writes. `unless_writable`: only
    where it can be read and not written; where it could be, nothing is set right that the next opening has to tell of.
    """

    reading: bool = False
    thorough: bool = False
    disk: Disk = field(default_factory=Disk)
    unless_writable: bool = False

    def require_wanted(self, *, read_only: bool) -> None:
        """Raises NotAllowed where it can be written and is opened only if it cannot."""
        if self.unless_writable and not read_only:
            raise NotAllowed("This vault can be written: its passphrase opens it, or recovery words set a new one.")


def enter(folder: Path, now: datetime, way: Way) -> VaultLock | ReadingLock:
    """Take the lock: the one that allows writing, or where nothing can be written, one that keeps writers out.

    Raises VaultBusy, CannotLock, DiskFull, DiskFailed.
    """
    path = folder / LOCK
    needed = [folder, folder / DATABASE_FILE]
    if (folder / OBJECTS).exists():
        needed.append(folder / OBJECTS)
    if way.reading or not all(os.access(each, os.W_OK) for each in needed):
        return ReadingLock(path)
    try:
        with told():
            return VaultLock(path, now, way.disk)
    except (DiskFailed, DiskFull):
        if os.access(path, os.W_OK):
            raise
        return ReadingLock(path)


def open_log(folder: Path, keys: KeyRing, way: Way, *, writing: bool) -> tuple[Log, Damage | None, bool]:
    """The log, or what can be read of it, in memory, and what is damaged; and whether its lists were made anew.

    It is in memory too where its lists have to be made anew and there is no room for them on the disk. Raises
    DamagedVault where nothing can be read.
    """
    path, key = folder / DATABASE_FILE, keys.key(DATABASE)
    try:
        log = Log(path, key, disk=way.disk) if writing else Log.read_only(path, key, way.disk)
        try:
            _require_whole(log, thorough=way.thorough or path.stat().st_size <= _SOON_READ)
            if not log.outdated:
                return log, None, False
        except (DamagedVault, DiskFailed):
            log.close()
            raise
        log.close()
    except DiskFull:
        pass  # there is no room for its lists: they are made in memory
    except (DamagedVault, DiskFailed) as error:
        if not path.is_file():
            raise
        at_least = entries_of_head(folder, keys)
        if writing:
            with suppress(VaultError):
                found = mended(path, key, at_least, way.disk)
                if found is not None:
                    return found, None, True
        copy, damage = rescued(path, key, at_least, way.disk)
        if damage.pages or damage.lost:
            return copy, damage, False
        if isinstance(error, DamagedVault):
            return copy, Damage((error.what,), ()), False
        if writing:
            # Everything can be read, so it was a write or a sync that failed. The copy in memory keeps nothing.
            raise DiskFailed("The disk failed while the vault was opened to write.") from error
        return copy, None, False
    return rescued(path, key, entries_of_head(folder, keys), way.disk)[0], None, False


def _require_whole(log: Log, *, thorough: bool) -> None:
    if log.last() is None:
        raise DamagedVault("The log is empty.")
    log.identity()
    log.objects()
    if thorough:
        log.quick_check()


def entries_of_head(folder: Path, keys: KeyRing) -> int:
    """How many entries the head file says there are, 0 where it says nothing."""
    with suppress(DamagedVault):
        head = read_head(folder, keys.key(HEAD))
        return head.entries if head is not None else 0
    return 0


def settle(
    folder: Path, slots: SlotFile, log: Log, objects: ObjectStore, keys: KeyRing, disk: Disk
) -> tuple[Finding, ...]:
    """Clean up after an interruption and compare the log with the head file and the slots.

    What cannot be done now keeps nothing else from being done, and is tried again at the next opening.
    """
    findings = [*_compare_head(folder, log, keys.key(HEAD)), *_compare_slots(slots, log)]
    with suppress(OSError):
        # Whoever gave the vault its name may have been killed before that was on the disk.
        disk.sync_folder(folder.parent)
    with suppress(OSError, VaultError):
        if slots.generation > (log.generation() or 0):
            log.set_meta("generation", str(slots.generation))
    with suppress(OSError, VaultError):
        # An older second copy would still open with what was shut out.
        slots.write(folder, keys.vault_key, disk)
    with suppress(OSError, VaultError):
        disk.remove_drafts(folder)
        if not (folder / OBJECTS).exists():
            disk.make_folder(folder / OBJECTS)
        objects.clean()
    with suppress(OSError, VaultError):
        _remove_withdrawn(log, objects)
    with suppress(OSError, VaultError):
        _bring_back(log, objects)
    with suppress(OSError, VaultError):
        findings += _set_orphans_aside(log, objects)
    with suppress(OSError, VaultError):
        findings += _missing(log, objects)
    with suppress(OSError, VaultError):
        clear_old_forms(folder, slots, keys.vault_key, disk, is_kept=keeps_old_form(log))
    with suppress(OSError, VaultError):
        findings += [_OLD_FORM] if is_old_form_beside(folder, slots, keys.vault_key) else []
    clear_cut_short(folder.parent, disk)
    return tuple(findings)


def look(
    folder: Path,
    slots: SlotFile,
    log: Log,
    objects: ObjectStore,
    keys: KeyRing,
    damage: Damage | None,
    *,
    no_room: bool = False,
) -> tuple[Finding, ...]:
    """Find what `settle` finds, and what is damaged, and change nothing. `no_room`: that is why nothing is written."""
    if damage is not None:
        findings = [_of_damage(damage)]
    else:
        findings = [Finding(FindingKind.READ_ONLY, _NO_ROOM if no_room else _READ_ONLY)]
    findings += _compare_head(folder, log, keys.key(HEAD)) if damage is None or not damage.lost else []
    with suppress(OSError, VaultError):
        findings += _compare_slots(slots, log)
    with suppress(OSError, VaultError):
        findings += _missing(log, objects)
    return tuple(findings)


LISTS_MENDED = Finding(
    FindingKind.LISTS_MENDED,
    "A page of the lists in the log was damaged. They were made anew from the entries, which are all there.",
)
_OLD_FORM = Finding(
    FindingKind.OLD_FORM,
    "This vault under its old key still stands beside it, because the disk did not let it be removed: what opened it "
    "before opens that. The next opening tries again.",
)
_NO_ROOM = "There was no room on the disk to open this vault to write: it is open for reading, and all of it is there."
_READ_ONLY = "This vault is open for reading: nothing is added to it, and nothing in it is changed."


def _of_damage(damage: Damage) -> Finding:
    many = len(damage.lost)
    words = (
        f"This vault is damaged: {many} of its entries cannot be read, all others can."
        if many
        else "A part of this vault is damaged. All entries can be read."
    )
    return Finding(FindingKind.DAMAGED_LOG, f"{words} It is open for reading, and nothing is added to it.")


def _missing(log: Log, objects: ObjectStore) -> list[Finding]:
    gone = [name for name in _not_in_place(log, objects) if not objects.holds(name) and not _is_held(log, name)]
    if not gone:
        return []
    return [Finding(FindingKind.MISSING_FILES, f"Stored files are missing: {len(gone)}. A check names them.")]


def _not_in_place(log: Log, objects: ObjectStore) -> list[ObjectId]:
    there = set(objects.names())
    return [name for name, withdrawn in log.objects().items() if not withdrawn and name not in there]


def _is_held(log: Log, name: ObjectId) -> bool:
    """Whether a file is missing by intent: a backup leaves those of held exhibits out."""
    subject = log.subject_of_object(name)
    entries = [readable(row.body) for row in log.of_subject(subject)] if subject is not None else []
    return any(entry is not None and entry.data.get("held") == "yes" for entry in entries)


def contradicts(log: Log, head: Head) -> bool:
    """Whether the log does not hold entry `head.entries` with that link."""
    row = log.row(head.entries) if head.entries <= INTEGER_LIMIT else None
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
    known = log.generation()
    if known is not None and slots.generation >= known:
        return []
    words = (
        "The key slots are older than the log: an old passphrase may open it."
        if known is not None
        else "The log does not say any more which key slots are the newest: an old passphrase may open it."
    )
    return [Finding(FindingKind.OLDER_SLOTS, words)]


def _remove_withdrawn(log: Log, objects: ObjectStore) -> None:
    for name, withdrawn in log.objects().items():
        if withdrawn:
            objects.remove(name)


def _bring_back(log: Log, objects: ObjectStore) -> None:
    """What was set aside while the log was put back to an older day belongs to entries that are there again."""
    for name in _not_in_place(log, objects):
        objects.bring_back(name)


def _set_orphans_aside(log: Log, objects: ObjectStore) -> list[Finding]:
    named = log.objects()
    orphans = [name for name in objects.names() if name not in named]
    if not orphans:
        return []
    with told():
        for name in orphans:
            objects.set_aside(name)
    return [Finding(FindingKind.ORPHANS, f"Stored files that no entry names were set aside: {len(orphans)}.")]
