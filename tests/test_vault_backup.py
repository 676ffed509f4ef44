"""Backups: whole copies that open, brought up to date file by file, at any moment old or new, never over others."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, folder_in_memory, new_vault, read

from vault.backup import BackedUp, backup
from vault.backup_record import kept_record, newest_unsaved
from vault.chain import Action, EntryId, Kind
from vault.check import check
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.errors import (
    BackupAhead,
    BackupApart,
    BackupOfOldKey,
    BackupRefused,
    DamagedVault,
    DiskFull,
    NotABackup,
    VaultBusy,
    WrongPassphrase,
)
from vault.opening import FindingKind
from vault.rekey import rekey
from vault.vault import Vault

NEW = "another passphrase"
STEPS = ("create", "sync", "rename", "remove", "make_folder", "sync_folder", "remove_folder", "exchange", "overwrite")


@pytest.fixture
def tmp_path():
    with folder_in_memory() as folder:
        yield Path(folder)


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


@pytest.fixture
def dest(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "copy.holdfast"


class PowerCut(BaseException):
    """The program ends here."""


class Quick(Disk):
    """A disk that is not waited for: an end of the program takes nothing that was written."""

    def sync(self, file):
        pass

    def sync_folder(self, path):
        return True


class Dying(Quick):
    """A disk on which nothing more happens after so many steps, not even the tidying up of whoever writes."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left

    def __getattribute__(self, name):
        if name in STEPS:
            self.left -= 1
            if self.left < 0:
                raise PowerCut
        return super().__getattribute__(name)


def withdraw(vault: Vault, subject: EntryId) -> None:
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)


def hold(vault: Vault, subject: EntryId) -> None:
    vault.append([Draft(Action.AMEND, Kind.EXHIBIT, subject, {"held": "yes"})], STAMP)


def content_of(path: Path, passphrase: str = PASSPHRASE) -> list[tuple[int, bytes, str]]:
    """Every row of a copy, which is whole but for what it was not given, and is not changed by looking."""
    opened = Vault.open(path, passphrase, reading=True)
    try:
        assert check(opened).faults == []
        return [(row.seq, row.body, row.link) for row in opened.log.rows()]
    finally:
        opened.close()


def rows_of(vault: Vault) -> list[tuple[int, bytes, str]]:
    return [(row.seq, row.body, row.link) for row in vault.log.rows()]


def add_incidents(vault: Vault, many: int) -> None:
    texts = (f"{number} needle " + "x" * 500 for number in range(many))
    vault.append([Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": text}) for text in texts], STAMP)


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


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


def test_the_next_backup_carries_a_withdrawal_on_and_older_copies_still_hold_the_file(vault, dest, tmp_path):
    subject, stored = add_exhibit(vault, b"content")
    backup(vault, dest)
    shutil.copytree(dest, tmp_path / "older.holdfast")
    withdraw(vault, subject)
    done = backup(vault, dest)
    assert (done.removed, done.withdrawn) == (1, True)
    assert not list((dest / "objects").rglob(stored.id))
    assert content_of(dest) == rows_of(vault)
    older = Vault.open(tmp_path / "older.holdfast", PASSPHRASE)
    assert read(older, stored) == b"content"
    older.close()


def test_what_an_unfinished_backup_left_among_the_orphans_is_removed_with_its_withdrawal(vault, dest):
    subject, stored = add_exhibit(vault, b"content")
    backup(vault, dest)
    (dest / "objects" / stored.id[:2] / stored.id).rename(dest / "orphans" / stored.id)
    withdraw(vault, subject)
    backup(vault, dest)
    assert not list(dest.rglob(stored.id))


@pytest.mark.parametrize("place", [".", "copy.holdfast", "objects/copy.holdfast"])
def test_no_backup_is_made_over_the_vault_or_inside_it(vault, place):
    before = files_in(vault.path)
    with pytest.raises(BackupRefused):
        backup(vault, vault.path / place)
    assert files_in(vault.path) == before


def test_nothing_else_is_ever_written_over(vault, dest, tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"a")
    other = new_vault(tmp_path, "other.holdfast")
    other.close()
    (tmp_path / "file").write_bytes(b"b")
    before = files_in(tmp_path)
    for place in (photos, other.path, tmp_path / "file"):
        with pytest.raises(NotABackup):
            backup(vault, place)
    with pytest.raises(BackupRefused):
        backup(vault, tmp_path / "missing" / "copy.holdfast")
    assert files_in(tmp_path) == before


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


def test_a_restored_copy_without_what_is_held_can_be_gone_on_with(vault, dest, tmp_path):
    subject, _stored = add_exhibit(vault, b"picture")
    hold(vault, subject)
    backup(vault, dest)
    restored = rekey(Vault.open(dest, PASSPHRASE), NEW, cost=CHEAP).vault
    add_incident(restored)
    backup(restored, tmp_path / "second.holdfast")
    assert content_of(tmp_path / "second.holdfast", NEW) == rows_of(restored)
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


def test_a_backup_that_was_stopped_goes_on_where_it_was(vault, dest):
    for number in range(1, 6):
        add_exhibit(vault, os.urandom(1000), f"AB/{number}")

    def stop(done: int, _everything: int) -> None:
        if done >= 3000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(vault, dest, stop)
    assert not dest.exists()
    assert backup(vault, dest).copied == 3
    assert content_of(dest) == rows_of(vault)
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]


def test_a_full_stick_leaves_nothing_of_a_first_backup_and_the_old_one_of_a_later(vault, dest):
    class Full(Disk):
        def rename(self, source, target):
            if target.parent.parent.name == "objects":
                raise OSError(28, "No space left on device")
            super().rename(source, target)

    add_exhibit(vault, b"one")
    with pytest.raises(DiskFull):
        backup(vault, dest, disk=Full())
    assert list(dest.parent.iterdir()) == []
    backup(vault, dest)
    before = rows_of(vault)
    add_exhibit(vault, b"two", "AB/2")
    with pytest.raises(DiskFull):
        backup(vault, dest, disk=Full())
    assert content_of(dest) == before
    add_incident(vault, "the vault goes on")


def interrupted_everywhere(make, tmp_path: Path) -> tuple[int, int]:
    """Call `make(folder, disk)` in fresh folders, cut off one step later each time; (cut off, went through)."""
    for steps in range(400):
        folder = tmp_path / f"cut-{steps}"
        folder.mkdir()
        try:
            make(folder, Dying(steps))
        except PowerCut:
            continue
        return steps, 1
    raise AssertionError("it never ends")


def test_cut_off_at_any_step_there_is_no_first_backup_or_a_whole_one_and_the_next_call_ends_it(vault, dest, tmp_path):
    add_exhibit(vault, b"one" * 100)
    gone, _stored = add_exhibit(vault, b"two", "AB/2")
    withdraw(vault, gone)

    def first(folder: Path, disk: Disk) -> None:
        place = folder / "copy.holdfast"
        try:
            backup(vault, place, disk=disk)
        except PowerCut:
            if place.exists():
                assert content_of(place) == rows_of(vault)
            backup(vault, place, disk=Quick())
            raise
        finally:
            assert content_of(place) == rows_of(vault)
            assert [path.name for path in folder.iterdir()] == ["copy.holdfast"]

    cut, _through = interrupted_everywhere(first, tmp_path)
    assert cut > 20


def test_cut_off_at_any_step_a_later_backup_is_the_old_one_or_the_new_one(vault, dest, tmp_path):
    gone, withdrawn = add_exhibit(vault, b"one" * 100)
    backup(vault, dest)
    old = rows_of(vault)
    add_exhibit(vault, b"two", "AB/2")
    withdraw(vault, gone)
    vault.set_passphrase(NEW, cost=CHEAP)
    new = rows_of(vault)
    seen: set[str] = set()

    def later(folder: Path, disk: Disk) -> None:
        place = folder / "copy.holdfast"
        shutil.copytree(dest, place)
        try:
            backup(vault, place, disk=disk)
        except PowerCut:
            try:
                found = content_of(place)
                seen.add("old passphrase")
            except WrongPassphrase:
                found = content_of(place, NEW)
                seen.add("new passphrase")
            assert found in (old, new)
            seen.add("old" if found == old else "new")
            backup(vault, place, disk=Quick())
            raise
        finally:
            assert content_of(place, NEW) == new
            assert not list(place.rglob(withdrawn.id))
            assert [path.name for path in folder.iterdir()] == ["copy.holdfast"]

    cut, _through = interrupted_everywhere(later, tmp_path)
    assert cut > 20
    assert seen == {"old", "new", "old passphrase", "new passphrase"}


@pytest.mark.parametrize("at_once", [True, False])
def test_cut_off_at_any_step_the_first_backup_after_a_new_key_leaves_one_that_opens(vault, dest, tmp_path, at_once):
    add_exhibit(vault, b"one" * 100)
    backup(vault, dest)
    old = rows_of(vault)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    add_incident(renewed)
    new = rows_of(renewed)
    seen: set[str] = set()

    class Slow(Dying):
        def exchange(self, one, other):
            return False

    def anew(folder: Path, disk: Dying) -> None:
        place = folder / "copy.holdfast"
        shutil.copytree(dest, place)
        try:
            backup(renewed, place, disk=disk if at_once else Slow(disk.left))
        except PowerCut:
            try:
                found = content_of(place)
            except WrongPassphrase:
                found = content_of(place, NEW)
            assert found in (old, new)
            seen.add("old" if found == old else "new")
            backup(renewed, place, disk=Quick())
            raise
        finally:
            assert content_of(place, NEW) == new
            assert [path.name for path in folder.iterdir()] == ["copy.holdfast"]

    cut, _through = interrupted_everywhere(anew, tmp_path)
    assert cut > 20
    assert seen == {"old", "new"}
    renewed.close()


KILLED = """
import os, sys, pathlib
from vault.backup import backup
from vault.disk import Disk
from vault.vault import Vault

class Deadly(Disk):
    left = int(sys.argv[4])
    def __getattribute__(self, name):
        if name in {"create", "sync", "rename", "remove", "make_folder", "sync_folder"}:
            type(self).left -= 1
            if type(self).left < 0:
                os.kill(os.getpid(), 9)
        return super().__getattribute__(name)

vault = Vault.open(pathlib.Path(sys.argv[1]), sys.argv[2])
backup(vault, pathlib.Path(sys.argv[3]), disk=Deadly())
vault.close()
"""


def test_killed_while_it_is_made_a_backup_is_the_old_one_or_the_new_one(vault, dest):
    add_exhibit(vault, b"one" * 100)
    backup(vault, dest)
    old = rows_of(vault)
    add_exhibit(vault, b"two", "AB/2")
    new = rows_of(vault)
    vault.close()
    for steps in (4, 8, 11, 13):
        place = dest.with_name(f"{steps}.holdfast")
        shutil.copytree(dest, place)
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, vault.path, PASSPHRASE, place, str(steps)], capture_output=True, check=False
        )
        assert ended.returncode == -9, ended.stderr
        assert content_of(place) in (old, new)
        again = Vault.open(vault.path, PASSPHRASE)
        backup(again, place)
        again.close()
        assert content_of(place) == new


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["file", "words", "withdraw", "backup", "cut off", "open the copy"]), st.integers(0, 45)),
    min_size=2,
    max_size=10,
)


@given(ACTIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_before_a_backup_opens_and_equals_an_earlier_state(tmp_path, actions):
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    vault, dest = new_vault(folder), folder / "copy.holdfast"
    states, standing, made = [rows_of(vault)], [], False
    for number, (action, choice) in enumerate(actions):
        match action:
            case "file":
                standing.append(add_exhibit(vault, f"{number}".encode(), f"AB/{number + 1}")[0])
            case "words":
                add_incident(vault, f"{number}")
            case "withdraw" if standing:
                withdraw(vault, standing.pop(choice % len(standing)))
            case "backup":
                backup(vault, dest, disk=Quick())
                made = True
            case "cut off":
                try:
                    backup(vault, dest, disk=Dying(choice))
                    made = True
                except PowerCut:
                    pass
            case "open the copy" if dest.exists():
                Vault.open(dest, PASSPHRASE).close()
        states.append(rows_of(vault))
        if dest.exists():
            found = content_of(dest)
            assert found in states
            assert action != "backup" or found == states[-1]
        assert dest.exists() or not made
    vault.close()


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


def test_an_interrupted_backup_counts_for_nothing(vault, dest):
    entry = add_incident(vault)
    with pytest.raises(PowerCut):
        backup(vault, dest, disk=Dying(12))
    assert newest_unsaved(vault) == entry


def test_a_copy_is_not_moved_aside_by_what_came_before_its_entry(vault, dest):
    """Files come before the log: opened in between, a copy sets them aside, and the next backup has them again."""
    add_incident(vault)
    backup(vault, dest)
    _subject, stored = add_exhibit(vault, b"content")
    with pytest.raises(PowerCut):
        backup(vault, dest, disk=Dying(7))
    copy = Vault.open(dest, PASSPHRASE)
    kinds = {finding.kind for finding in copy.findings}
    copy.close()
    assert kinds <= {FindingKind.ORPHANS}
    backup(vault, dest)
    copy = Vault.open(dest, PASSPHRASE)
    assert read(copy, stored) == b"content"
    copy.close()


def test_somebody_can_go_on_working_while_files_are_copied(vault, dest):
    add_exhibit(vault, os.urandom(3000), "AB/1")
    added = []

    def go_on(_done: int, _everything: int) -> None:
        if not added:
            added.append(add_exhibit(vault, b"meanwhile", "AB/2"))
            vault.store(io.BytesIO(b"no entry yet"))

    done = backup(vault, dest, go_on)
    assert (done.copied, done.entries) == (2, vault.head.entries)
    assert content_of(dest) == rows_of(vault)
