"""A vault: create, open, append, read. Nothing is acknowledged before it is on the disk and was read back."""

import secrets
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Self

from vault.chain import Action, Entry, EntryId, Malformed, ObjectId, VaultId
from vault.creation import Beginning, made, take_back
from vault.cut_short import clear_cut_short
from vault.disk import Disk, told
from vault.drafts import Draft, Stamp, require_allowed, row_of
from vault.errors import (
    DamagedVault,
    NotAllowed,
    NotConfirmed,
    ReadOnlyDamaged,
    ReadOnlyFull,
    ReadOnlyVault,
    VaultError,
    VaultExists,
    VaultLocked,
)
from vault.head import Head, renew_head, write_head
from vault.identity import Identity
from vault.keys import DATABASE, HEAD, KdfCost, KeyRing, VaultKey, calibrated
from vault.layout import DATABASE_FILE, OBJECTS
from vault.lock import ReadingLock, VaultLock
from vault.log import Log, Row
from vault.mending import reopened
from vault.objects import ObjectStore
from vault.opening import LISTS_MENDED, Finding, Way, enter, look, open_log, settle
from vault.recovery import RecoverySecret, new_recovery_secret
from vault.rescue import Damage
from vault.slots import Slot, SlotFile, SlotType, new_passphrase_slot, new_recovery_slot, read_slots, unlocked
from vault.stream import Measure, Progress
from vault.swap import mend
from vault.ways_in import Place, put_in_force


class Vault:
    """An open vault. It may be used from several threads; each call is done before the next begins."""

    def __init__(self, path: Path, lock: VaultLock | ReadingLock, slots: SlotFile, keys: KeyRing, way: Way) -> None:
        self.path = path
        self.id = slots.vault
        self.findings: tuple[Finding, ...] = ()
        """What was found wrong at opening, for the person and for the next session entry."""
        self.damage: Damage | None = None
        """What is damaged in the log, where it is: then all that can be read of it is here, for reading alone."""
        self._lock = lock
        self._disk = disk = way.disk
        self._turn = threading.RLock()
        self._keys = keys
        self._slots = slots
        self._objects = ObjectStore(path / OBJECTS, keys, disk)
        writing = isinstance(lock, VaultLock)
        log, self.damage, is_mended = open_log(path, keys, way, writing=writing)
        self._no_room = writing and self.damage is None and log.in_memory
        self.read_only = self.damage is not None or not writing or self._no_room
        """Whether it is open for reading alone."""
        self._log: Log | None = log
        self._unsure = False
        """Whether the last commit failed in such a way that nobody could say what the log ends with."""
        try:
            way.require_wanted(read_only=self.read_only)
            self._head = _end_of(log)
            self._identity = _identity_of(log, self.damage)
            if self.read_only:
                self.findings = look(path, slots, log, self._objects, keys, self.damage, no_room=self._no_room)
            else:
                self.findings = settle(path, slots, log, self._objects, keys, disk)
            if is_mended:
                self.findings = (*self.findings, LISTS_MENDED)
        except BaseException:
            log.close()
            raise

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        stamp: Stamp,
        first: Sequence[Draft] = (),
        *,
        cost: KdfCost | None = None,
        disk: Disk | None = None,
    ) -> Self:
        """Make a vault at a path where nothing is, with its first entries, whole or not at all, and open it.

        `cost` is for tests; without it Argon2id takes at least half a second here.
        Raises VaultExists, NotAllowed, DiskFull, DiskFailed, NotConfirmed, MemoryError.
        """
        disk = disk or Disk()
        if path.exists() or path.is_symlink():
            raise VaultExists
        clear_cut_short(path.parent, disk)
        draft = path.with_name(f"tmp-{secrets.token_hex(8)}.holdfast")
        vault: VaultId | None = None
        try:
            with made(draft, passphrase, Beginning(stamp, first, cost or calibrated(KdfCost())), disk) as key:
                vault = read_slots(draft).vault
                with told():
                    disk.rename(draft, path)
                    disk.sync_folder(path.parent)
            return cls.open_with_key(path, key, disk=disk)
        except BaseException as error:
            take_back(draft, path, vault, disk)
            if vault is not None and isinstance(error, VaultError) and path.exists():
                # A disk that fails from then on does not let it be removed either.
                raise NotConfirmed from error
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str,
        *,
        disk: Disk | None = None,
        reading: bool = False,
        thorough: bool = False,
    ) -> Self:
        """Open with a passphrase; for reading alone where it is damaged, or where nothing can be written.

        `reading`: for reading alone in any case, nothing in it is changed. `thorough`: read every page of the log
        first, however large it is, so that damage shows now. Raises NotAVault, NotReadable, NewerFormat, VaultBusy,
        CannotLock, WrongPassphrase, DiskFailed; DamagedVault where the keys or the whole log cannot be read.
        """
        return cls._open(path, lambda slots: slots.unlock(passphrase), Way(reading, thorough, disk or Disk()))

    @classmethod
    def open_with_words(cls, path: Path, words: RecoverySecret, way: Way | None = None) -> Self:
        """Open with the recovery words. Raises WrongWords, and what `open` raises; NotAllowed, see Way."""
        return cls._open(path, lambda slots: slots.unlock(words), way or Way())

    @classmethod
    def open_with_key(cls, path: Path, key: VaultKey, *, disk: Disk | None = None, reading: bool = False) -> Self:
        """Open with the vault key itself. Raises what `open` raises, DamagedVault also where that is another key."""
        return cls._open(path, lambda slots: slots.unlock_with_key(key), Way(reading, disk=disk or Disk()))

    @classmethod
    def _open(cls, path: Path, unlock: Callable[[SlotFile], VaultKey], way: Way) -> Self:
        mend(path, way.disk)
        read_slots(path)  # before anything is written: this may be no vault, or a newer one
        lock = enter(path, datetime.now(UTC).astimezone(), way)
        try:
            slots, key = unlocked(path, unlock)
            return cls(path, lock, slots, KeyRing(key), way)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Lock the vault: the keys are dropped and others may open it. Closing twice does nothing."""
        with self._turn:
            try:
                self.part()
            finally:
                self._lock.release()

    def part(self) -> None:
        """Drop the keys and close the log, and keep others out all the same until it is closed."""
        with self._turn:
            if self._log is not None:
                try:
                    self._log.close()
                finally:
                    self._log = None
                    self._keys.drop()
                    del self._objects, self._identity

    @property
    def log(self) -> Log:
        """The open log, for reading. Raises VaultLocked."""
        if self._log is None:
            raise VaultLocked
        return self._log

    @property
    def objects(self) -> ObjectStore:
        """The object store. Raises VaultLocked."""
        if self._log is None:
            raise VaultLocked
        return self._objects

    @property
    def identity(self) -> Identity:
        """The signing identity. Raises VaultLocked; DamagedVault where it cannot be read any more."""
        if self._log is None:
            raise VaultLocked
        if self._identity is None:
            raise DamagedVault("The vault's signing key is damaged.")
        return self._identity

    @property
    def keys(self) -> KeyRing:
        """The keys, for what copies the vault."""
        return self._keys

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the vault as it is: nobody else changes it meanwhile."""
        with self._turn:
            yield

    def require_writable(self) -> None:
        """Raises ReadOnlyVault where the vault is open for reading alone."""
        if self.read_only:
            if self._no_room:
                raise ReadOnlyFull
            raise ReadOnlyDamaged if self.damage is not None else ReadOnlyVault

    @property
    def slot_file(self) -> SlotFile:
        """The ways into this vault, as they stand in its file."""
        return self._slots

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The ways into this vault."""
        return self._slots.slots

    @property
    def generation(self) -> int:
        """How often the ways into this vault were changed, and one."""
        return self._slots.generation

    def set_passphrase(
        self, passphrase: str, *, cost: KdfCost | None = None, words: bool = True
    ) -> RecoverySecret | None:
        """Wrap the vault key anew: a new passphrase, and new recovery words unless they are not wanted.

        The old passphrase and the old words open this copy no more; a copy of the vault made before still opens
        with them. Returns what the new words stand for. Raises DiskFull, DiskFailed, MemoryError, and what opened it
        before still does; WaysUnsure, with the words: either may.
        """
        key, secret = self._keys.vault_key, new_recovery_secret() if words else None
        slots = [new_passphrase_slot(key, self.id, passphrase, cost or calibrated(KdfCost()))]
        if secret is not None:
            slots.append(new_recovery_slot(key, self.id, secret))
        self._renew(slots, secret)
        return secret

    def set_recovery_words(self, secret: RecoverySecret | None = None) -> RecoverySecret:
        """New recovery words, made now unless given; older ones open this copy no more. Raises as `set_passphrase`."""
        secret = secret or new_recovery_secret()
        kept = [slot for slot in self._slots.slots if slot.type is not SlotType.RECOVERY]
        self._renew([*kept, new_recovery_slot(self._keys.vault_key, self.id, secret)], secret)
        return secret

    def remove_slot(self, slot_id: str) -> None:
        """Close one way into the vault. Raises NotAllowed for the last one, and where there is none with this id."""
        left = [slot for slot in self._slots.slots if slot.id != slot_id]
        if len(left) == len(self._slots.slots):
            raise NotAllowed("There is no key slot with this id.")
        self._renew(left)

    def _renew(self, slots: Sequence[Slot], words: RecoverySecret | None = None) -> None:
        with self._turn:
            self.require_writable()
            place = Place(self.path, self._disk, self._keys.vault_key)
            try:
                self._slots = put_in_force(self._slots, slots, place, self.log, words)
            except BaseException:
                with suppress(VaultError):
                    self._slots, _key = unlocked(self.path, lambda found: found.unlock_with_key(place.key))
                raise

    @property
    def head(self) -> Head:
        """The number of entries and the last link."""
        return self._head

    def renew_head(self) -> None:
        """Let this copy be told from the backup that it may be: somebody goes on in it. Raises DiskFull, DiskFailed."""
        renew_head(self.path, self._keys.key(HEAD), self._disk)

    def store(self, source: BinaryIO, progress: Progress = lambda _done: None) -> tuple[ObjectId, Measure]:
        """Encrypt a stream into the vault, durable and read back; an entry must name it next. Errors: see objects."""
        self.require_writable()
        return self.objects.write(source, progress)

    def forget(self, object_id: ObjectId) -> None:
        """Remove an object whose entry could not be appended; it stays where its entry is there after all."""
        with self._turn, suppress(VaultError):
            self._be_sure()
            if object_id not in self.log.objects():
                self.objects.remove(object_id)

    def append(self, drafts: Sequence[Draft], stamp: Stamp) -> tuple[Entry, ...]:
        """Append entries, all or none; when this returns they are on the disk.

        Raises NotAllowed where the log's rules forbid one, TooLong, ReadOnlyVault, DiskFull, DiskFailed, NotConfirmed.
        """
        with self._turn:
            self.require_writable()
            self._be_sure()
            rows: list[tuple[Row, Entry]] = []
            pending: defaultdict[EntryId, list[Entry]] = defaultdict(list)
            head = self._head
            for draft in drafts:
                require_allowed(draft, [*self.of_subject(draft.id), *pending[draft.id]])
                row, entry = row_of(head, draft, stamp)
                pending[draft.id].append(entry)
                head = Head(row.seq, row.link)
                rows.append((row, entry))
            self._commit(rows, head)
            try:
                write_head(self.path, self._keys.key(HEAD), head, self._disk)
            except VaultError as error:
                raise NotConfirmed from error
            for draft in drafts:
                if draft.action is Action.WITHDRAW:
                    self._unlink(draft.id)
            return tuple(entry for _row, entry in rows)

    def _commit(self, rows: Sequence[tuple[Row, Entry]], head: Head) -> None:
        try:
            self._write_rows(rows)
        except VaultError as error:
            # A commit can fail after its last write (the journal was removed, but that was not confirmed): then the
            # entries are there. Only the log can say; if it cannot be read either, it is asked before the next entry.
            self._unsure = True
            with suppress(VaultError):
                self._be_sure()
            if self._unsure or self._head == head:
                raise NotConfirmed from error
            raise
        self._head = head

    def _write_rows(self, rows: Sequence[tuple[Row, Entry]]) -> None:
        try:
            self.log.append(rows)
        except DamagedVault:
            # A damaged page of the lists keeps no entry from being kept.
            path, key = self.path / DATABASE_FILE, self._keys.key(DATABASE)
            self._log, is_mended = reopened(self.log, path, key, self._head.entries, self._disk)
            if not is_mended:
                raise
            self.findings = (*self.findings, LISTS_MENDED)
            self.log.append(rows)

    def _be_sure(self) -> None:
        if self._unsure:
            self._head = _end_of(self.log)
            self._unsure = False

    def entries(self, after: int = 0) -> Iterator[tuple[Row, Entry]]:
        """Rows and entries behind entry `after`, oldest first, without a gap. Raises DamagedVault."""
        expected = after
        for row in self.log.rows(after):
            expected += 1
            if row.seq != expected:
                raise DamagedVault(f"Entry {expected} of the log cannot be read.")
            yield row, _read(row)

    def of_subject(self, subject: EntryId) -> list[Entry]:
        """The entries of one subject, oldest first. Raises DamagedVault."""
        return [_read(row) for row in self.log.of_subject(subject)]

    def of_subjects(self, subjects: Sequence[EntryId]) -> list[Entry]:
        """The entries of several subjects, oldest first. Raises DamagedVault."""
        return [_read(row) for row in self.log.of_subjects(subjects)]

    def _unlink(self, subject: EntryId) -> None:
        # What cannot be unlinked now is unlinked at the next opening; `ObjectStore.may_hold` tells.
        with suppress(VaultError):
            for stored in [stored for entry in self.of_subject(subject) for stored in entry.objects]:
                with suppress(VaultError):
                    self.objects.remove(stored.id)


def _end_of(log: Log) -> Head:
    last = log.last()
    if last is None:
        raise DamagedVault("The log is empty.")
    return Head(last.seq, last.link)


def _identity_of(log: Log, damage: Damage | None) -> Identity | None:
    try:
        return log.identity()
    except DamagedVault:
        if damage is None:
            raise
        return None


def _read(row: Row) -> Entry:
    try:
        return row.entry
    except Malformed as error:
        raise DamagedVault(f"Entry {row.seq} of the log is damaged.") from error
