"""Where a backup goes: never over anything else, a copy that holds more, or a whole one from a damaged vault."""

import os
import shutil
from contextlib import closing

import apsw
import pytest
from copies import NEW, PAGE, add_incidents, content_of, damage, pages_of, rows_of
from vaults import CHEAP, PASSPHRASE, add_exhibit, add_incident, files_in, new_vault, read

from vault.backup import backup
from vault.check import check
from vault.errors import (
    BackupAhead,
    BackupApart,
    BackupHasNotes,
    BackupOfOldKey,
    BackupRefused,
    DamagedVault,
    DiskFull,
    NotABackup,
    VaultBusy,
)
from vault.keys import DATABASE
from vault.log import NoteRow
from vault.notes import remove_note, set_note
from vault.rekey import rekey
from vault.vault import Vault


@pytest.mark.parametrize("place", [".", "copy.holdfast", "objects/copy.holdfast"])
def test_no_backup_is_made_over_the_vault_or_inside_it(vault, place):
    before = files_in(vault.path)
    with pytest.raises(BackupRefused):
        backup(vault, vault.path / place)
    assert files_in(vault.path) == before


def test_nothing_else_is_ever_written_over(vault, dest, memory):
    photos = memory / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"a")
    other = new_vault(memory, "other.holdfast")
    other.close()
    (memory / "file").write_bytes(b"b")
    before = files_in(memory)
    for place in (photos, other.path, memory / "file"):
        with pytest.raises(NotABackup):
            backup(vault, place)
    with pytest.raises(BackupRefused):
        backup(vault, memory / "missing" / "copy.holdfast")
    assert files_in(memory) == before


def test_a_copy_that_is_ahead_or_went_on_separately_is_told_and_never_written_over(vault, dest):
    backup(vault, dest)
    copy = Vault.open(dest, PASSPHRASE)
    add_incident(copy, "only in the copy")
    copy.close()
    before = files_in(dest)
    with pytest.raises(BackupAhead):
        backup(vault, dest)
    add_incident(vault, "only here")
    with pytest.raises(BackupApart):
        backup(vault, dest)
    add_incident(vault, "and one more")
    with pytest.raises(BackupApart):
        backup(vault, dest)
    assert files_in(dest) == before


def test_a_note_that_somebody_wrote_in_a_copy_is_never_written_over(vault, dest):
    set_note(vault, NoteRow("1", "", "in both"))
    backup(vault, dest)
    with closing(Vault.open(dest, PASSPHRASE)) as copy:
        set_note(copy, NoteRow("2", "", "only in the copy"))
    before = files_in(dest)
    for _time in range(2):
        with pytest.raises(BackupHasNotes):
            backup(vault, dest)
        assert files_in(dest) == before
        add_incident(vault, "only here")
    set_note(vault, NoteRow("2", "", "only in the copy"))
    backup(vault, dest)
    assert content_of(dest) == rows_of(vault)


def test_a_note_in_a_copy_under_the_old_key_is_never_lost_with_it(vault, dest):
    backup(vault, dest)
    with closing(Vault.open(dest, PASSPHRASE)) as copy:
        set_note(copy, NoteRow("1", "", "only in the copy"))
    before = files_in(dest)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    with closing(renewed), pytest.raises(BackupOfOldKey):
        backup(renewed, dest)
    assert files_in(dest) == before


@pytest.mark.parametrize("part", ["first page", "note"])
def test_a_damaged_copy_that_somebody_went_on_in_is_not_written_over_with_notes_that_nobody_can_read(vault, dest, part):
    backup(vault, dest)
    with closing(Vault.open(dest, PASSPHRASE)) as copy:
        set_note(copy, NoteRow("1", "", "only in the copy"))
        page = pages_of(copy, "note")[0] if part == "note" else 0
    damage(dest / "log.db", page * PAGE + 100)
    before = files_in(dest)
    with pytest.raises(NotABackup, match="notes"):
        backup(vault, dest)
    assert files_in(dest) == before


def test_notes_that_are_changed_and_removed_here_are_so_in_the_next_backup(vault, dest):
    for name in ("1", "2"):
        set_note(vault, NoteRow(name, "", "first words"))
    backup(vault, dest)
    set_note(vault, NoteRow("1", "", "other words"))
    remove_note(vault, "2")
    backup(vault, dest)
    with closing(Vault.open(dest, PASSPHRASE, reading=True)) as copy:
        assert copy.log.notes(None) == [NoteRow("1", "", "other words")]


def test_a_backup_that_a_full_vault_could_not_remember_is_brought_up_to_date_all_the_same(vault, dest, monkeypatch):
    def no_room(_name: str, _value: str) -> None:
        raise DiskFull

    set_note(vault, NoteRow("1", "", "first words"))
    with monkeypatch.context() as patch:
        patch.setattr(vault.log, "set_meta", no_room)
        backup(vault, dest)
    set_note(vault, NoteRow("1", "", "other words"))
    backup(vault, dest)
    assert content_of(dest) == rows_of(vault)
    with closing(Vault.open(dest, PASSPHRASE)) as copy:
        set_note(copy, NoteRow("1", "", "words of the copy"))
    with pytest.raises(BackupHasNotes):
        backup(vault, dest)


def test_whoever_restored_a_vault_from_a_backup_can_change_notes_and_go_on_with_that_backup(vault, dest, memory):
    set_note(vault, NoteRow("1", "", "first words"))
    backup(vault, dest)
    shutil.copytree(dest, memory / "restored.holdfast")
    with closing(Vault.open(memory / "restored.holdfast", PASSPHRASE)) as restored:
        set_note(restored, NoteRow("1", "", "other words"))
        backup(restored, dest)
        assert content_of(dest) == rows_of(restored)


def test_a_copy_that_once_held_more_than_its_log_and_the_vault_is_not_written_over(vault, dest):
    backup(vault, dest)
    older = (dest / "log.db").read_bytes()
    copy = Vault.open(dest, PASSPHRASE)
    add_incident(copy, "only in the copy")
    copy.close()
    (dest / "log.db").write_bytes(older)
    with pytest.raises(BackupAhead):
        backup(vault, dest)


def test_a_copy_that_is_open_is_not_written_into(vault, dest):
    backup(vault, dest)
    copy = Vault.open(dest, PASSPHRASE)
    with pytest.raises(VaultBusy, match="copy there"):
        backup(vault, dest)
    copy.close()


def test_a_damaged_log_in_a_backup_is_replaced(vault, dest):
    add_incidents(vault, 60)
    backup(vault, dest)
    whole = (dest / "log.db").read_bytes()
    for at in (100, 4096 + 100, len(whole) // 2):
        damage(dest / "log.db", at)
        backup(vault, dest)
        assert content_of(dest) == rows_of(vault)


def test_the_journal_of_a_log_that_is_lost_is_never_played_into_the_new_one(vault, dest):
    backup(vault, dest)
    with closing(apsw.Connection(str(dest / "log.db"))) as db:
        db.execute("PRAGMA cipher='chacha20'")
        db.execute(f"PRAGMA key='raw:{vault.keys.key(DATABASE).hex()}'")
        db.execute("PRAGMA cache_size=1")
        db.execute("BEGIN IMMEDIATE")
        for number in range(50):
            db.execute("INSERT INTO draft VALUES(?, ?)", (f"{number}", "x" * 3000))
        journal = (dest / "log.db-journal").read_bytes()
        db.execute("ROLLBACK")
    (dest / "log.db").unlink()
    (dest / "log.db-journal").write_bytes(journal)
    add_incidents(vault, 30)
    backup(vault, dest)
    Vault.open(dest, PASSPHRASE).close()
    assert content_of(dest) == rows_of(vault)


def test_a_copy_of_which_nothing_can_be_told_is_left_alone(vault, dest):
    backup(vault, dest)
    damage(dest / "log.db", 100)
    damage(dest / "head", 20)
    with pytest.raises(NotABackup, match="damaged"):
        backup(vault, dest)


def test_a_damaged_file_is_named_keeps_no_other_from_being_copied_and_replaces_no_whole_one(vault, dest):
    _one, kept = add_exhibit(vault, os.urandom(1000), "AB/1")
    backup(vault, dest)
    _two, broken = add_exhibit(vault, os.urandom(1000), "AB/2")
    _three, gone = add_exhibit(vault, os.urandom(1000), "AB/3")
    add_exhibit(vault, b"four", "AB/4")
    for stored in (kept, broken):
        damage(vault.objects.path(stored.id), 500)
    vault.objects.path(gone.id).unlink()
    done = backup(vault, dest)
    assert done.damaged == ("AB/2", "AB/3")
    assert done.copied == 1
    copy = Vault.open(dest, PASSPHRASE, reading=True)
    assert len(read(copy, kept)) == 1000
    assert [fault.where for fault in check(copy).faults] == ["AB/2", "AB/3"]
    copy.close()
    assert not list(dest.rglob("tmp-*"))


def test_a_vault_that_lost_entries_replaces_no_backup(vault, dest):
    add_incidents(vault, 200)
    backup(vault, dest)
    before = files_in(dest)
    vault.close()
    for at in range(30 * 4096, (vault.path / "log.db").stat().st_size, 5 * 4096):
        damage(vault.path / "log.db", at + 50)
    damaged = Vault.open(vault.path, PASSPHRASE)
    assert damaged.damage is not None
    assert damaged.damage.lost
    with pytest.raises(DamagedVault, match="backup"):
        backup(damaged, dest)
    damaged.close()
    assert files_in(dest) == before


def test_a_vault_of_which_only_the_lists_are_damaged_is_whole_again_in_its_backup(vault, dest):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 20)
    whole = rows_of(vault)
    vault.close()
    content = (vault.path / "log.db").read_bytes()
    found = 0
    for page in range(5, len(content) // 4096):
        (vault.path / "log.db").write_bytes(content)
        damage(vault.path / "log.db", page * 4096 + 60)
        damaged = Vault.open(vault.path, PASSPHRASE)
        if damaged.damage is not None and not damaged.damage.lost:
            found += 1
            place = dest.with_name(f"{page}.holdfast")
            backup(damaged, place)
            copy = Vault.open(place, PASSPHRASE)
            assert copy.findings == ()
            assert check(copy).faults == []
            assert rows_of(copy) == whole
            assert read(copy, stored) == b"content"
            copy.close()
        damaged.close()
        if found == 4:
            break
    assert found == 4


def test_a_damaged_vault_replaces_no_backup_even_where_it_lost_no_entry(vault, dest):
    backup(vault, dest)
    before = files_in(dest)
    vault.close()
    damage(vault.path / "log.db", 4 * 4096 + 100)
    damaged = Vault.open(vault.path, PASSPHRASE)
    assert damaged.damage is not None
    with pytest.raises(BackupRefused, match="damaged"):
        backup(damaged, dest)
    damaged.close()
    assert files_in(dest) == before
