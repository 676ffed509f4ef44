"""Backups: whole copies that open, brought up to date file by file, with what was withdrawn, held or changed."""

import os
import shutil

import pytest
from copies import NEW, content_of, hold, rows_of, withdraw
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, read

from vault.backup import BackedUp, backup
from vault.backup_record import kept_record, newest_unsaved
from vault.chain import Action, Kind
from vault.check import check
from vault.drafts import Draft, new_entry_id
from vault.errors import (
    BackupOfOldKey,
    WrongPassphrase,
)
from vault.rekey import rekey
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
