"""The disk: full, failing, old-fashioned or shared; what a person is told, and that the vault goes on."""

import errno
import fcntl
import io
import os
import random
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace

import pytest
from prove.layer import Operation, WatchedDisk, What
from prove.story import STEPS, Story
from prove.witness import Witness
from vaults import PASSPHRASE, add_exhibit, add_incident, new_vault, read

from vault import database, disk
from vault.backup import backup
from vault.chain import Action, Kind
from vault.check import check
from vault.disk import Disk
from vault.errors import (
    BackupFull,
    CannotLock,
    DiskFailed,
    DiskFull,
    NotConfirmed,
    ReadOnlyFull,
    VaultBusy,
    VaultError,
)
from vault.keys import DATABASE, sub_key
from vault.log import NoteRow
from vault.notes import set_note
from vault.slots import read_slots
from vault.vault import Vault


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """The kernel refuses to write behind `size` bytes, as a full disk does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)


def test_on_a_full_disk_a_vault_opens_reads_says_what_is_wrong_and_goes_on_when_there_is_room(tmp_path):
    made = new_vault(tmp_path)
    add_incident(made, "before")
    made.close()
    with no_file_grows_beyond(10):
        vault = Vault.open(made.path, PASSPHRASE)
        assert len(list(vault.entries())) == 2
        with pytest.raises(DiskFull) as full:
            add_incident(vault, "does not fit")
    assert full.value.safe == "Nothing that was kept is lost. This one was not kept."
    add_incident(vault, "after")
    texts = [entry.data.get("what_happened") for _row, entry in vault.entries()]
    assert texts == [None, "before", "after"]
    vault.close()
    again = Vault.open(made.path, PASSPHRASE)
    assert again.findings == ()
    assert again.head.entries == 3
    again.close()


def test_a_stick_that_takes_no_file_so_large_is_not_called_full(memory):
    (memory / "stick").mkdir()
    vault = new_vault(memory)
    add_exhibit(vault, b"x" * 600_000)
    with no_file_grows_beyond(400_000):
        with pytest.raises(DiskFull) as told:
            vault.store(io.BytesIO(b"y" * 600_000))
        with pytest.raises(BackupFull) as of_backup:
            backup(vault, memory / "stick" / "copy.holdfast")
    for error in (told.value, of_backup.value):
        assert "no file as large" in error.what
        assert "exFAT" in error.next
    assert "backup" in of_backup.value.what
    assert list((memory / "stick").iterdir()) == []
    vault.close()


@pytest.mark.parametrize(("name", "value"), [("cache_version", "0"), ("generation", "0")])
def test_on_a_full_disk_a_vault_of_an_older_program_opens_and_all_of_it_can_be_read(tmp_path, name, value):
    made = new_vault(tmp_path)
    _subject, stored = add_exhibit(made, b"picture")
    made.log.set_meta(name, value)
    made.close()
    with no_file_grows_beyond(10):
        vault = Vault.open(made.path, PASSPHRASE)
        assert [row.seq for row in vault.log.rows()] == [1, 2]
        assert read(vault, stored) == b"picture"
        assert vault.log.subjects(Kind.EXHIBIT) == [vault.log.row(2).id]
        with pytest.raises((ReadOnlyFull, DiskFull)) as told:
            add_incident(vault, "does not fit")
        assert "room" in told.value.what
        vault.close()
    again = Vault.open(made.path, PASSPHRASE)
    assert again.findings == ()
    add_incident(again, "fits")
    assert check(again).faults == []
    again.close()


def test_a_full_disk_and_no_lock_file_leave_a_vault_open_for_reading(tmp_path):
    made = new_vault(tmp_path)
    made.close()
    (made.path / "lock").unlink()

    class Full(Disk):
        def open_lock(self, path):
            raise OSError(errno.ENOSPC, "No space left on device")

    vault = Vault.open(made.path, PASSPHRASE, disk=Full())
    assert vault.read_only
    assert len(list(vault.entries())) == 1
    vault.close()


class Refusing:
    """A watcher that has every operation done, and answers some with an error."""

    def __init__(self, refused: What, answer: int) -> None:
        self.refused, self.answer, self.armed = refused, answer, True

    def do(self, operation, act):
        done = act()
        if self.armed and operation.what is self.refused:
            if isinstance(done, io.IOBase):
                done.close()
            raise OSError(self.answer, os.strerror(self.answer))
        return done


def test_a_commit_that_failed_after_it_was_made_is_told_as_such_and_its_object_stays(tmp_path):
    watcher = Refusing(What.REMOVE, errno.EIO)
    watcher.armed = False
    watched = WatchedDisk(watcher)
    with watched.watching():
        made = new_vault(tmp_path)
        made.close()
        vault = Vault.open(made.path, PASSPHRASE, disk=watched)
        story = Story(made.path, watched, lambda _event: None, random.Random(1))
        story.vault = vault
        story.exhibit(100)
        watcher.armed = True
        with pytest.raises(NotConfirmed):
            story.amend()
        watcher.armed = False
        assert [entry.action for _row, entry in vault.entries()] == [Action.ADD, Action.ADD, Action.AMEND]
        (stored,) = next(entry.objects for _row, entry in vault.entries() if entry.objects)
        vault.forget(stored.id)
        assert vault.objects.path(stored.id).exists()
        add_incident(vault)
        assert vault.head.entries == 4
        vault.close()


@pytest.mark.parametrize("refused", [What.REMOVE, What.CREATE])
def test_a_note_is_called_not_kept_only_where_it_is_not(tmp_path, refused):
    watcher = Refusing(refused, errno.EIO)
    watcher.armed = False
    watched = WatchedDisk(watcher)
    note = NoteRow("1", "", "words")
    with watched.watching():
        made = new_vault(tmp_path)
        (made.path / "head").unlink()
        made.close()
        with closing(Vault.open(made.path, PASSPHRASE, disk=watched)) as vault:
            watcher.armed = True
            with pytest.raises(VaultError) as told:
                set_note(vault, note)
            watcher.armed = False
    with closing(Vault.open(made.path, PASSPHRASE)) as vault:
        is_kept = vault.log.notes(None) == [note]
    assert is_kept == isinstance(told.value, NotConfirmed)
    assert is_kept == (refused is What.REMOVE)


@pytest.mark.parametrize("refused", [What.SYNC_FOLDER, What.CREATE])
def test_a_vault_that_cannot_be_opened_to_write_never_takes_an_entry_that_goes_nowhere(tmp_path, refused):
    made = new_vault(tmp_path)
    made.close()
    watched = WatchedDisk(Refusing(refused, errno.EIO))
    with watched.watching(), pytest.raises(DiskFailed):
        Vault.open(made.path, PASSPHRASE, disk=watched)
    again = Vault.open(made.path, PASSPHRASE)
    assert again.findings == ()
    assert not again.read_only
    again.close()


class Stick(WatchedDisk):
    """As a FAT stick or a shared folder may be: no folder can be synced, and a file has one name."""

    def sync_folder(self, path):
        return False

    def link(self, source, target):
        raise OSError(errno.EPERM, "Operation not permitted")


class NoFolderSyncs:
    def do(self, operation: Operation, act):
        if operation.what is What.SYNC_FOLDER:
            raise OSError(errno.EINVAL, "Invalid argument")
        return act()


def test_a_vault_works_where_no_folder_can_be_synced_and_no_file_has_two_names(tmp_path):
    witness, stick = Witness(), Stick(NoFolderSyncs(), exchanges=False)
    with stick.watching():
        story = Story(tmp_path / "case.holdfast", stick, witness.hear, random.Random(2))
        for step in STEPS[:-1]:
            step(story)
        story.opened.store(io.BytesIO(b"no entry comes"))
        story.close()
        story.open()
        assert len(list((story.path / "orphans").iterdir())) == 1
        story.close()
    witness.require_kept(story.path)


@pytest.mark.parametrize("answer", [errno.EINVAL, errno.ENOTSUP, errno.EPERM])
def test_a_folder_that_cannot_be_synced_fails_no_write(tmp_path, monkeypatch, answer):
    sync = os.fsync

    def fsync(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(answer, os.strerror(answer))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    Disk().replace(tmp_path / "file", b"content")
    assert (tmp_path / "file").read_bytes() == b"content"


def test_a_folder_whose_sync_fails_is_told(tmp_path, monkeypatch):
    def fsync(_descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(DiskFailed):
        Disk().replace(tmp_path / "file", b"content")


@pytest.mark.parametrize("offered", [True, False])
def test_on_macos_bytes_go_through_the_drives_cache_where_its_file_system_can(tmp_path, monkeypatch, offered):
    calls = []

    def full(_descriptor, command):
        calls.append(command)
        if not offered:
            raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(disk, "fcntl", SimpleNamespace(fcntl=full, F_FULLFSYNC=51))
    monkeypatch.setattr(os, "fsync", lambda _descriptor: calls.append("fsync"))
    Disk().replace(tmp_path / "file", b"content")
    assert calls == ([51, 51] if offered else [51, "fsync", 51, "fsync"])


def test_a_file_that_a_scanner_holds_for_a_moment_is_waited_for_and_no_longer(tmp_path, monkeypatch):
    tries: list[int] = []
    waited: list[float] = []
    free_after = 2
    move = disk._move

    def held(source, target):
        tries.append(1)
        if len(tries) <= free_after:
            raise PermissionError(errno.EACCES, "in use")
        move(source, target)

    monkeypatch.setattr(disk, "_move", held)
    patient = Disk(patience_s=(0.1, 0.2, 0.3), wait=waited.append)
    patient.replace(tmp_path / "file", b"content")
    assert (tmp_path / "file").read_bytes() == b"content"
    assert waited == [0.1, 0.2]
    free_after = 99
    with pytest.raises(DiskFailed):
        patient.replace(tmp_path / "file", b"other")
    assert waited == [0.1, 0.2, 0.1, 0.2, 0.3]
    assert (tmp_path / "file").read_bytes() == b"content"


@pytest.mark.parametrize("answer", [errno.ENOLCK, errno.ENOTSUP])
def test_a_place_without_locks_is_told_apart_from_a_vault_that_is_open_elsewhere(tmp_path, monkeypatch, answer):
    made = new_vault(tmp_path)
    made.close()

    def flock(_file, _operation):
        raise OSError(answer, os.strerror(answer))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(CannotLock) as told:
        Vault.open(made.path, PASSPHRASE)
    assert "copy the whole folder" in told.value.next


def test_a_log_that_another_program_holds_is_told_and_nothing_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_PATIENCE_MS", 0)
    vault = new_vault(tmp_path)
    key = sub_key(read_slots(vault.path).unlock(PASSPHRASE), DATABASE)
    other = database.open_to_write(vault.path / "log.db", key, Disk())
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises((VaultBusy, NotConfirmed)):
        add_incident(vault, "not now")
    other.execute("ROLLBACK")
    other.close()
    add_incident(vault, "now")
    assert [entry.data.get("what_happened") for _row, entry in vault.entries()] == [None, "now"]
    vault.close()
