"""Backup: a whole copy of an open vault in another place, brought up to date file by file, and checked.

The log is copied through SQLite's own backup under the same key: every page is authenticated on the way, so a damaged
page stops the copy and is never carried into it. Objects are immutable and copied as they are; `head` comes last.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from vault.backup_place import Form, Place, draft_of, find_place, is_ours
from vault.backup_record import BackupRecord, kept_record
from vault.chain import Action, EntryId, Link, ObjectId, StoredObject, utc_text
from vault.comparison import Standing, compare
from vault.copying import CopyProgress, Wanted, copy_objects, is_there, sync_names
from vault.destruction import destroy
from vault.disk import Disk, told
from vault.errors import (
    BackupFileTooLarge,
    BackupFull,
    CannotLock,
    DamagedVault,
    DiskFailed,
    DiskFull,
    FileTooLarge,
    VaultBusy,
    VaultError,
    VaultLocked,
)
from vault.foreign import carry
from vault.head import Head, head_file, read_head
from vault.keys import DATABASE, HEAD
from vault.layout import DATABASE_FILE, HEAD_FILE, LOCK, OBJECTS, ORPHANS
from vault.lock import VaultLock
from vault.log import Log
from vault.notes import digest_of_notes
from vault.replacing import (
    opened_in_place,
    require_all_there,
    require_behind,
    require_nothing_more,
    require_untouched,
)
from vault.rereading import SHARE, ReadAgain, read_again, share_of
from vault.stream import sealed_size
from vault.swap import exchange
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds now, when it was made (UTC), and what was done for it."""

    entries: int
    head: Link
    at: str
    copied: int
    """Stored files that were not there yet."""
    removed: int
    """Files of withdrawn exhibits that were still there."""
    damaged: tuple[str, ...]
    """Exhibits of which a file is damaged in the vault and not whole in the backup either."""
    held: tuple[str, ...]
    """Exhibits that are held: their words are in the backup, their files are not copied and not there."""
    held_there: tuple[str, ...]
    """Exhibits of which files were copied before they were held: these stay in the backup."""
    read_again: int
    """Files that were there already and were read again."""
    mended: tuple[str, ...]
    """Exhibits of which a file was damaged in the backup and was put there anew."""
    withdrawn: bool
    """Whether anything with a file was ever withdrawn: other, older copies may still hold it."""


@dataclass(frozen=True, slots=True)
class _Contents:
    """The files that a backup is to hold, those that it must not, and what is said about them."""

    wanted: tuple[Wanted, ...]
    left_out: tuple[Wanted, ...]
    """Files of what is held: they stay in the vault."""
    withdrawn: frozenset[ObjectId]


@dataclass(frozen=True, slots=True)
class _Work:
    """How a backup is made: who is told, when it is, how many bytes are read again (None: all), what writes."""

    progress: CopyProgress
    now: datetime
    again: int | None
    disk: Disk


def backup(
    vault: Vault,
    dest: Path,
    progress: CopyProgress = lambda _done, _all: None,
    *,
    now: datetime | None = None,
    again: int | None = SHARE,
    disk: Disk | None = None,
) -> BackedUp:
    """Make a copy of an open vault at `dest`, or bring the one there up to date. `now`: aware, for the record.

    `again`: how many bytes of the files that are there already are read again, None for all of them; what is damaged
    is copied anew. Interrupted anywhere, there is the old backup, or one that opens; the same call goes on with it.
    Raises BackupRefused where `dest` is something else or holds what the vault does not; DamagedVault where entries
    cannot be read; VaultBusy, BackupFull, DiskFailed; whatever `progress` raises comes through.
    """
    try:
        return _backup(vault, dest, _Work(progress, now or datetime.now(UTC), again, disk or Disk()))
    except FileTooLarge as error:
        raise BackupFileTooLarge from error
    except DiskFull as error:
        raise BackupFull from error


def missing_bytes(vault: Vault, dest: Path) -> int:
    """How many bytes a backup at `dest` has to write: the log, and files that are not there yet. Raises VaultError."""
    folder = dest if is_ours(vault, dest) else draft_of(dest)
    missing = (each.item.size for each in _contents(vault).wanted if not is_there(folder / OBJECTS, each.item))
    with told():
        return sum(map(sealed_size, missing)) + (vault.path / DATABASE_FILE).stat().st_size


def _backup(vault: Vault, dest: Path, work: _Work) -> BackedUp:
    disk = work.disk
    if vault.damage is not None:
        require_all_there(vault, dest)
    place = find_place(vault, dest, disk)
    with ExitStack() as held:
        try:
            if place.form is Form.OTHER_KEY:
                # Nobody goes on in the old form from here on: it is destroyed at the end.
                held.enter_context(_locked(place.dest, disk))
                require_untouched(vault, place.dest)
            with _locked(place.folder, disk):
                if place.form is Form.UP_TO_DATE:
                    require_behind(vault, place.folder, disk)
                done, notes = _bring_up_to_date(vault, place.folder, work)
                if place.form is Form.OTHER_KEY:
                    contents = _contents(vault)
                    require_nothing_more(vault, place, (*contents.wanted, *contents.left_out))
                    # Once more, for places where nothing can be locked.
                    require_untouched(vault, place.dest)
        except VaultBusy:
            # Another program is making this backup, or has the old one open: what was copied is gone on with later.
            raise
        except VaultError:
            if place.folder != place.dest:
                with suppress(VaultError):
                    destroy(place.folder, disk)
            raise
        if sys.platform == "win32":
            # It renames no folder in which a file is open.
            held.close()
        _put_in_place(place, disk)
    with vault.turn(), suppress(VaultLocked):
        # Only now: what was refused, or never got its name, is no backup.
        _keep(kept_record(vault).made(Head(done.entries, done.head), notes, done.at), vault)
    return done


def _bring_up_to_date(vault: Vault, folder: Path, work: _Work) -> tuple[BackedUp, str]:
    """What was done, and the digest of the notes that are in it."""
    disk, objects = work.disk, folder / OBJECTS
    _clean(folder, disk)
    # Most files come before the vault is held, so that somebody can go on working in it meanwhile.
    again, copied = _copy_most(vault, objects, work)
    with vault.turn():
        contents, head, notes = _contents(vault), vault.head, digest_of_notes(vault)
        rest = copy_objects(vault, contents.wanted, objects, work.progress, disk)
        sync_names(objects, disk)
        sealed = head_file(vault.keys.key(HEAD), head)
        # The mark first: a backup whose mark the vault does not know could not be replaced after a change of the key.
        record = kept_record(vault).noting(sealed)
        _keep(record, vault)
        _copy_log(vault, record, folder, disk)
        vault.slot_file.write(folder, vault.keys.vault_key, disk)
        disk.replace(folder / HEAD_FILE, sealed)
        removed = _remove_withdrawn(folder, contents.withdrawn, disk)
        _require_equal(vault, folder, disk)
    there = _names(each for each in contents.left_out if is_there(objects, each.item))
    damaged = _names(each for each in again.damaged if each in contents.wanted)
    done = BackedUp(
        entries=head.entries,
        head=head.link,
        at=utc_text(work.now),
        copied=copied + rest.files,
        removed=removed,
        damaged=tuple(dict.fromkeys((*damaged, *rest.damaged))),
        held=tuple(name for name in _names(contents.left_out) if name not in there),
        held_there=there,
        read_again=again.files,
        mended=_names(again.mended),
        withdrawn=bool(contents.withdrawn),
    )
    return done, notes


def _copy_most(vault: Vault, objects: Path, work: _Work) -> tuple[ReadAgain, int]:
    """Read some of the files again that are there, and copy those that are not: what came of it, and how many."""
    wanted = _contents(vault).wanted
    chosen = share_of(wanted, objects, work.again)
    known = sum(each.item.size for each in chosen)
    everything = known + sum(each.item.size for each in wanted if not is_there(objects, each.item))
    again = read_again(vault, chosen, objects, lambda done, _all: work.progress(done, everything), work.disk)
    copied = copy_objects(vault, wanted, objects, lambda done, _all: work.progress(known + done, everything), work.disk)
    return again, copied.files


def _keep(record: BackupRecord, vault: Vault) -> None:
    # A full disk is the time for a backup: that it cannot be noted there keeps nobody from it.
    with suppress(DiskFull):
        record.keep(vault)


def _names(found: Iterable[Wanted]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.where for each in found))


def _contents(vault: Vault) -> _Contents:
    """What the log says about files. Raises DamagedVault where an entry cannot be read."""
    names: dict[EntryId, str] = {}
    files: dict[EntryId, list[StoredObject]] = {}
    withdrawn: set[EntryId] = set()
    held: set[EntryId] = set()
    for _row, entry in vault.entries():
        if entry.objects:
            files.setdefault(entry.id, []).extend(entry.objects)
        if entry.action is Action.ADD:
            names[entry.id] = str(entry.data.get("ref") or f"entry {entry.seq}")
        if entry.action is Action.WITHDRAW:
            withdrawn.add(entry.id)
        if entry.data.get("held") == "yes":
            held.add(entry.id)
    kept = [subject for subject in files if subject not in withdrawn | held]
    return _Contents(
        wanted=tuple(Wanted(names[subject], item) for subject in kept for item in files[subject]),
        left_out=tuple(Wanted(names[subject], item) for subject in files if subject in held for item in files[subject]),
        withdrawn=frozenset(item.id for subject in withdrawn if subject in files for item in files[subject]),
    )


def _copy_log(vault: Vault, record: BackupRecord, folder: Path, disk: Disk) -> None:
    draft, path, key = folder / f"tmp-{DATABASE_FILE}", folder / DATABASE_FILE, vault.keys.key(DATABASE)
    disk.discard(draft)
    with told():
        # SQLite takes over the permissions of the file it finds.
        disk.create(draft).close()
    vault.log.copy_to(draft, key, disk)
    with closing(Log(draft, key, disk=disk)) as copy:
        # The vault may have had no room for it. Whoever restores from the copy has a vault that knows where it is from.
        record.keep_in(copy)
    with closing(Log.read_only(draft, key, disk)) as copy:
        if any(mine != other for mine, other in zip_longest(vault.log.rows(), copy.rows())):
            raise DiskFailed("The log in the backup is not what was written.")
    journal = path.with_name(f"{DATABASE_FILE}-journal")
    with told():
        if journal.exists():
            # Its log is lost, or SQLite would have used it (`require_behind`): it must not be played into the new one.
            disk.remove(journal)
            disk.sync_folder(folder)
        disk.rename(draft, path)
        disk.sync_folder(folder)


def _remove_withdrawn(folder: Path, withdrawn: frozenset[ObjectId], disk: Disk) -> int:
    removed = 0
    with told():
        for name in withdrawn:
            for path in (folder / OBJECTS / name[:2] / name, folder / ORPHANS / name):
                if path.exists():
                    disk.remove(path)
                    disk.sync_folder(path.parent)
                    removed += 1
    return removed


def _require_equal(vault: Vault, folder: Path, disk: Disk) -> None:
    """Open what was written and compare. Raises DiskFailed."""
    try:
        with closing(opened_in_place(vault, folder, disk)) as copy:
            head = read_head(folder, vault.keys.key(HEAD))
            if compare(vault, copy).standing is not Standing.EQUAL or head != vault.head or copy.damage is not None:
                raise DiskFailed("The backup is not what was written.")
    except DamagedVault as error:
        raise DiskFailed("The backup could not be read back.") from error


@contextmanager
def _locked(folder: Path, disk: Disk) -> Iterator[None]:
    try:
        with told():
            lock = VaultLock(folder / LOCK, datetime.now(UTC).astimezone(), disk)
    except VaultBusy:
        raise VaultBusy("The copy there is open in another window or program.") from None
    except CannotLock:
        # The vault's own lock keeps two backups of it apart.
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _clean(folder: Path, disk: Disk) -> None:
    with told():
        disk.remove_drafts(folder)
        if not (folder / OBJECTS).exists():
            # Whoever carried the copy elsewhere may have left out an empty folder.
            disk.make_folder(folder / OBJECTS)
        disk.remove_drafts(folder / OBJECTS)


def _put_in_place(place: Place, disk: Disk) -> None:
    if place.form is Form.OTHER_KEY:
        exchange(place.folder, place.dest, disk)
        carry(place.folder, place.dest, disk)
        destroy(place.folder, disk)
    elif place.folder != place.dest:
        with told():
            if place.dest.exists():
                disk.remove_folder(place.dest)
            disk.rename(place.folder, place.dest)
            disk.sync_folder(place.dest.parent)
