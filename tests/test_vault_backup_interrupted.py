"""A backup that is cut off at any step is the old one or the new one, and the next call ends it."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from copies import (
    NEW,
    Dying,
    PowerCut,
    Quick,
    content_of,
    damage,
    rows_of,
    withdraw,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import CHEAP, PASSPHRASE, add_exhibit, add_incident, new_vault, read

from vault.backup import backup
from vault.backup_record import kept_record, newest_unsaved
from vault.disk import Disk
from vault.errors import (
    BackupRefused,
    DiskFailed,
    DiskFull,
    VaultBusy,
    WrongPassphrase,
)
from vault.opening import FindingKind
from vault.rekey import rekey
from vault.vault import Vault


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


def test_a_first_backup_that_another_program_is_making_is_left_to_it(vault, dest):
    add_exhibit(vault, b"one")
    told = []

    def meanwhile(_done: int, _everything: int) -> None:
        if not told:
            with pytest.raises(VaultBusy) as busy:
                backup(vault, dest)
            told.append(busy.value)

    assert backup(vault, dest, meanwhile).copied == 1
    assert len(told) == 1
    assert content_of(dest) == rows_of(vault)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_backup_under_a_new_key_is_left_alone_by_one_of_a_copy_under_the_old_key(vault, dest, memory, is_first):
    add_exhibit(vault, b"one" * 100)
    if not is_first:
        backup(vault, dest)
    shutil.copytree(vault.path, memory / "old.holdfast")
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    told = []

    def meanwhile(_done: int, _everything: int) -> None:
        if not told:
            with closing(Vault.open(memory / "old.holdfast", PASSPHRASE)) as old, pytest.raises(VaultBusy) as busy:
                backup(old, dest)
            told.append(busy.value)

    assert backup(renewed, dest, meanwhile).copied == 1
    assert len(told) == 1
    assert content_of(dest, NEW) == rows_of(renewed)
    renewed.close()


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


def interrupted_everywhere(make, memory: Path) -> tuple[int, int]:
    """Call `make(folder, disk)` in fresh folders, cut off one step later each time; (cut off, went through)."""
    for steps in range(400):
        folder = memory / f"cut-{steps}"
        folder.mkdir()
        try:
            make(folder, Dying(steps))
        except PowerCut:
            continue
        return steps, 1
    raise AssertionError("it never ends")


def test_cut_off_at_any_step_there_is_no_first_backup_or_a_whole_one_and_the_next_call_ends_it(vault, dest, memory):
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

    cut, _through = interrupted_everywhere(first, memory)
    assert cut > 20


def test_cut_off_at_any_step_a_later_backup_is_the_old_one_or_the_new_one(vault, dest, memory):
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

    cut, _through = interrupted_everywhere(later, memory)
    assert cut > 20
    assert seen == {"old", "new", "old passphrase", "new passphrase"}


@pytest.mark.parametrize("at_once", [True, False])
def test_cut_off_at_any_step_the_first_backup_after_a_new_key_leaves_one_that_opens(vault, dest, memory, at_once):
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

    cut, _through = interrupted_everywhere(anew, memory)
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
def test_whatever_happens_before_a_backup_opens_and_equals_an_earlier_state(memory, actions):
    folder = Path(tempfile.mkdtemp(dir=memory))
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


def test_an_interrupted_backup_counts_for_nothing(vault, dest):
    entry = add_incident(vault)
    with pytest.raises(PowerCut):
        backup(vault, dest, disk=Dying(12))
    assert newest_unsaved(vault) == entry


def test_a_backup_that_never_got_its_name_or_was_refused_is_not_remembered_as_one(vault, dest):
    class Unnamed(Disk):
        def rename(self, source, target):
            if target == dest:
                raise OSError(5, "Input/output error")
            super().rename(source, target)

    _subject, stored = add_exhibit(vault, b"one" * 100)
    with pytest.raises(DiskFailed):
        backup(vault, dest, disk=Unnamed())
    assert newest_unsaved(vault) is not None
    assert kept_record(vault).at == ""
    first = backup(vault, dest)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    damage(renewed.objects.path(stored.id), 200)
    entry = add_incident(renewed, "only here")
    with pytest.raises(BackupRefused, match="AB/1"):
        backup(renewed, dest)
    assert newest_unsaved(renewed) == entry
    assert kept_record(renewed).at == first.at
    renewed.close()


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
