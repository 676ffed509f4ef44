"""Backups: whole copies that open, brought up to date file by file, with what was withdrawn, held or changed."""

import errno
import os
import shutil

import pytest
from copies import NEW, content_of, damage, hold, rows_of, withdraw
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, read

from vault.backup import BackedUp, backup
from vault.backup_record import has_unsaved_notes, kept_record, newest_unsaved
from vault.chain import Action, Kind
from vault.check import check
from vault.copying import Wanted
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.errors import BackupFull, BackupOfOldKey, DiskFull, LastWayIn, VaultBusy, WrongPassphrase
from vault.log import NoteRow
from vault.notes import remove_note, set_note
from vault.rekey import rekey
from vault.rereading import share_of
from vault.vault import Vault


def test_a_backup_opens_with_the_passphrase_and_holds_everything(vault, dest):
    content = os.urandom(2_500_000)
    _subject, stored = add_exhibit(vault, content)
    add_incident(vault)
    steps: list[tuple[int, int]] = []
    done = backup(vault, dest, lambda now, everything: steps.append((now, everything)))
    assert (done.entries, done.head, done.copied, done.removed) == (3, vault.head.link, 1, 0)
    assert content_of(dest) == rows_of(vault)
    assert steps == sorted(steps)
    assert steps[-1] == (len(content), len(content))
    restored = Vault.open(dest, PASSPHRASE)
    assert restored.findings == ()
    assert read(restored, stored) == content
    assert restored.identity.private_bytes == vault.identity.private_bytes
    add_incident(restored, "and it goes on")
    restored.close()
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]
    for path in [dest, *dest.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_next_backup_copies_only_what_is_new(vault, dest):
    add_exhibit(vault, b"one")
    backup(vault, dest)
    before = {path: path.stat().st_mtime_ns for path in (dest / "objects").rglob("*") if path.is_file()}
    assert backup(vault, dest).copied == 0
    add_exhibit(vault, b"two", "AB/2")
    assert backup(vault, dest).copied == 1
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert content_of(dest) == rows_of(vault)


def test_an_empty_folder_takes_a_backup(vault, dest):
    dest.mkdir()
    backup(vault, dest)
    assert content_of(dest) == rows_of(vault)


def test_a_backup_that_was_carried_elsewhere_without_its_empty_folders_is_brought_up_to_date(vault, dest):
    backup(vault, dest)
    for empty in ("objects", "orphans"):
        (dest / empty).rmdir()
    add_exhibit(vault, b"one")
    assert backup(vault, dest).copied == 1
    assert content_of(dest) == rows_of(vault)


def test_a_file_in_the_backup_that_has_lost_bytes_is_copied_again(vault, dest):
    _subject, stored = add_exhibit(vault, b"one" * 1000)
    backup(vault, dest)
    path = dest / "objects" / stored.id[:2] / stored.id
    path.write_bytes(path.read_bytes()[:-5])
    assert backup(vault, dest).copied == 1
    assert content_of(dest) == rows_of(vault)


def test_the_next_backup_carries_a_withdrawal_on_and_older_copies_still_hold_the_file(vault, dest, memory):
    subject, stored = add_exhibit(vault, b"content")
    backup(vault, dest)
    shutil.copytree(dest, memory / "older.holdfast")
    withdraw(vault, subject)
    done = backup(vault, dest)
    assert (done.removed, done.withdrawn) == (1, True)
    assert not list((dest / "objects").rglob(stored.id))
    assert content_of(dest) == rows_of(vault)
    older = Vault.open(memory / "older.holdfast", PASSPHRASE)
    assert read(older, stored) == b"content"
    older.close()


def test_what_an_unfinished_backup_left_among_the_orphans_is_removed_with_its_withdrawal(vault, dest):
    subject, stored = add_exhibit(vault, b"content")
    backup(vault, dest)
    (dest / "objects" / stored.id[:2] / stored.id).rename(dest / "orphans" / stored.id)
    withdraw(vault, subject)
    backup(vault, dest)
    assert not list(dest.rglob(stored.id))


def test_words_of_what_is_held_are_copied_and_its_files_are_not(vault, dest):
    subject, stored = add_exhibit(vault, b"picture", "AB/1")
    add_exhibit(vault, b"other", "AB/2")
    hold(vault, subject)
    done = backup(vault, dest)
    assert (done.held, done.copied) == (("AB/1",), 1)
    assert not list(dest.rglob(stored.id))
    copy = Vault.open(dest, PASSPHRASE)
    report = check(copy)
    assert (copy.findings, report.faults) == ((), [])
    assert any("AB/1" in note for note in report.notes)
    copy.close()


def test_a_restored_copy_without_what_is_held_can_be_gone_on_with(vault, dest, memory):
    subject, _stored = add_exhibit(vault, b"picture")
    hold(vault, subject)
    backup(vault, dest)
    restored = rekey(Vault.open(dest, PASSPHRASE), NEW, cost=CHEAP).vault
    add_incident(restored)
    backup(restored, memory / "second.holdfast")
    assert content_of(memory / "second.holdfast", NEW) == rows_of(restored)
    restored.close()


def test_what_was_copied_before_it_was_held_is_not_deleted(vault, dest):
    subject, stored = add_exhibit(vault, b"picture")
    backup(vault, dest)
    hold(vault, subject)
    assert backup(vault, dest).removed == 0
    assert list(dest.rglob(stored.id))


def test_a_new_passphrase_is_carried_into_the_next_backup(vault, dest):
    add_exhibit(vault, b"one")
    backup(vault, dest)
    words = vault.set_passphrase(NEW, cost=CHEAP)
    assert backup(vault, dest).copied == 0
    with pytest.raises(WrongPassphrase):
        Vault.open(dest, PASSPHRASE)
    assert content_of(dest, NEW) == rows_of(vault)
    copy = Vault.open_with_words(dest, words)
    assert copy.findings == ()
    copy.close()


def test_after_a_new_key_the_next_backup_is_made_anew_and_the_old_form_is_gone(vault, dest):
    _subject, stored = add_exhibit(vault, b"content")
    backup(vault, dest)
    old = files_in(dest)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    assert backup(renewed, dest).copied == 1
    assert content_of(dest, NEW) == rows_of(renewed)
    now = files_in(dest)
    assert not [name for name in old if old[name] and old[name] == now.get(name)]
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]
    add_incident(renewed)
    assert backup(renewed, dest).copied == 0
    copy = Vault.open(dest, NEW)
    assert read(copy, stored) == b"content"
    copy.close()
    renewed.close()


def test_a_backup_under_the_old_key_that_somebody_went_on_in_is_never_replaced(vault, dest):
    backup(vault, dest)
    copy = Vault.open(dest, PASSPHRASE)
    add_incident(copy, "only in the copy")
    copy.close()
    before = files_in(dest)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    with pytest.raises(BackupOfOldKey):
        backup(renewed, dest)
    assert files_in(dest) == before
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]
    renewed.close()


def test_the_newest_kept_thing_that_is_in_no_backup_is_known_and_openings_do_not_count(vault, dest):
    entry = add_incident(vault)
    assert newest_unsaved(vault) == entry
    done: BackedUp = backup(vault, dest)
    assert newest_unsaved(vault) is None
    assert kept_record(vault).at == done.at
    vault.append([Draft(Action.ADD, Kind.SESSION, new_entry_id(), {"opened_at": "2026-11-20T10:15:30.123Z"})], STAMP)
    assert newest_unsaved(vault) is None
    newer = add_incident(vault, "newer")
    vault.append([Draft(Action.ADD, Kind.SESSION, new_entry_id(), {"opened_at": "2026-11-20T10:15:30.123Z"})], STAMP)
    assert newest_unsaved(vault) == newer
    backup(vault, dest)
    assert newest_unsaved(vault) is None


def test_a_note_that_is_in_no_backup_as_it_stands_now_is_known(vault, dest):
    assert not has_unsaved_notes(vault)
    set_note(vault, NoteRow("1", "", "first words"))
    assert has_unsaved_notes(vault)
    backup(vault, dest)
    assert not has_unsaved_notes(vault)
    set_note(vault, NoteRow("1", "", "other words"))
    assert has_unsaved_notes(vault)
    backup(vault, dest)
    remove_note(vault, "1")
    assert has_unsaved_notes(vault)
    backup(vault, dest)
    assert not has_unsaved_notes(vault)


def test_nobody_can_go_on_in_a_backup_under_the_old_key_while_it_is_replaced(vault, dest):
    add_exhibit(vault, os.urandom(1000))
    backup(vault, dest)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    asked = []

    def meanwhile(_done: int, _all: int) -> None:
        if not asked:
            asked.append(True)
            with pytest.raises(VaultBusy):
                Vault.open(dest, PASSPHRASE)

    backup(renewed, dest, meanwhile)
    assert asked
    assert content_of(dest, NEW) == rows_of(renewed)
    renewed.close()


def test_where_nothing_can_be_locked_what_was_added_meanwhile_to_the_old_form_is_kept(vault, dest):
    add_exhibit(vault, os.urandom(1000))
    backup(vault, dest)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    added = []

    def meanwhile(_done: int, _all: int) -> None:
        if not added:
            copy = Vault.open(dest, PASSPHRASE)
            added.append(add_incident(copy, "only in the copy"))
            copy.close()

    class Unlocked(Disk):
        def open_lock(self, path):
            file = super().open_lock(path)
            if path.parent == dest:
                file.close()
                return (dest.parent / "another lock").open("a+b", buffering=0)
            return file

    with pytest.raises(BackupOfOldKey):
        backup(renewed, dest, meanwhile, disk=Unlocked())
    copy = Vault.open(dest, PASSPHRASE)
    assert added[0] in [entry for _row, entry in copy.entries()]
    copy.close()
    assert not list(dest.parent.glob("tmp-*"))
    renewed.close()


def test_a_damaged_file_in_a_backup_is_found_by_the_next_one_and_copied_anew(vault, dest):
    content = os.urandom(1000)
    _subject, stored = add_exhibit(vault, content)
    add_exhibit(vault, b"two", "AB/2")
    backup(vault, dest)
    damage(dest / "objects" / stored.id[:2] / stored.id, 500)
    done = backup(vault, dest)
    assert (done.read_again, done.mended, done.damaged, done.copied) == (2, ("AB/1",), (), 0)
    assert content_of(dest) == rows_of(vault)
    copy = Vault.open(dest, PASSPHRASE)
    assert read(copy, stored) == content
    copy.close()
    again = backup(vault, dest)
    assert (again.read_again, again.mended) == (2, ())


def test_what_is_damaged_in_both_is_told_and_stays_and_what_is_whole_in_the_backup_is_never_replaced(vault, dest):
    _subject, stored = add_exhibit(vault, os.urandom(1000))
    backup(vault, dest)
    place = f"objects/{stored.id[:2]}/{stored.id}"
    damage(vault.path / place, 500)
    whole = (dest / place).read_bytes()
    assert backup(vault, dest).damaged == ()
    assert (dest / place).read_bytes() == whole
    damage(dest / place, 600)
    broken = (dest / place).read_bytes()
    done = backup(vault, dest)
    assert (done.damaged, done.mended) == (("AB/1",), ())
    assert (dest / place).read_bytes() == broken


def test_a_place_of_the_stick_that_cannot_be_read_any_more_is_written_anew(vault, dest):
    _subject, stored = add_exhibit(vault, bytes(17 << 20))
    backup(vault, dest)
    path = dest / "objects" / stored.id[:2] / stored.id
    worn = path.stat().st_ino

    class Worn(Disk):
        """What stands in one place of the disk cannot be read."""

        def drop_cached(self, file, end=0):
            if os.fstat(file.fileno()).st_ino == worn:
                raise OSError(errno.EIO, "Input/output error")
            super().drop_cached(file, end)

    assert backup(vault, dest, disk=Worn()).mended == ("AB/1",)
    assert path.stat().st_ino != worn
    assert content_of(dest) == rows_of(vault)


def test_a_share_is_read_again_each_time_and_all_of_them_on_request(vault, dest):
    for number in range(1, 9):
        add_exhibit(vault, os.urandom(1000), f"AB/{number}")
    backup(vault, dest)
    assert backup(vault, dest, again=3000).read_again == 3
    assert backup(vault, dest, again=1).read_again == 1
    for path in (dest / "objects").rglob("*"):
        if path.is_file():
            damage(path, 500)
    done = backup(vault, dest, again=None)
    assert (done.read_again, len(done.mended)) == (8, 8)
    assert content_of(dest) == rows_of(vault)


def test_wherever_a_share_begins_every_file_has_its_turn(vault, dest):
    stored = [add_exhibit(vault, bytes(100), f"AB/{number}")[1] for number in range(1, 6)]
    backup(vault, dest)
    wanted = [Wanted("", item) for item in stored]
    starts: list[int] = []

    def drawn(start: int):
        return lambda many: starts.append(many) or start

    shares = [share_of(wanted, dest / "objects", 250, drawn(start)) for start in range(5)]
    assert starts == [5] * 5
    assert all(len(share) == 2 for share in shares)
    assert {each.item.id for share in shares for each in share} == {item.id for item in stored}


def test_what_was_copied_before_it_was_held_is_told_apart_from_what_is_here_alone(vault, dest):
    before, _stored = add_exhibit(vault, b"one", "AB/1")
    backup(vault, dest)
    after, _other = add_exhibit(vault, b"two", "AB/2")
    hold(vault, before)
    hold(vault, after)
    done = backup(vault, dest)
    assert (done.held, done.held_there) == (("AB/2",), ("AB/1",))


def test_a_full_stick_is_told_as_such_and_a_full_vault_disk_keeps_nobody_from_a_backup(vault, dest, monkeypatch):
    class Full(Disk):
        def create(self, path):
            raise OSError(errno.ENOSPC, "No space left on device")

    add_exhibit(vault, b"one")
    with pytest.raises(BackupFull):
        backup(vault, dest, disk=Full())

    def no_room(_name: str, _value: str) -> None:
        raise DiskFull

    monkeypatch.setattr(vault.log, "set_meta", no_room)
    backup(vault, dest)
    assert content_of(dest) == rows_of(vault)


def test_the_last_way_in_stays_and_says_what_can_be_done_instead(vault):
    with pytest.raises(LastWayIn) as refused:
        vault.remove_slot(vault.slots[0].id)
    assert "passphrase" in refused.value.next
    assert "entry" not in refused.value.next
