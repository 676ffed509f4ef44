"""Whatever happens to the program, the power or the disk: what was acknowledged is there, and nothing half-written is.

These are seeded samples; `make prove` runs the same at full size.
"""

import errno
import io
import random
import shutil

import pytest
from prove import faults, kills, power, rekeys, resumed, ways
from prove.events import Loss, Stored
from prove.faults import Fault
from prove.layer import WatchedDisk, What
from prove.media import Medium, possible_fates
from prove.story import Story
from prove.witness import Witness
from vaults import PASSPHRASE, add_exhibit, add_incident, new_vault

from vault.vault import Vault


def test_a_killed_program_loses_nothing_that_it_acknowledged(tmp_path):
    proof = kills.prove(tmp_path, seed=20, kills=12)
    assert proof.losses == []
    assert proof.kills == 12
    assert proof.entries > 20
    assert proof.objects > 5


@pytest.mark.parametrize("exchanges", [True, False], ids=["renames at once", "renames one by one"])
def test_a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path, exchanges):
    proof = power.prove(tmp_path, 21, power.Size(subsets=1, every=71, again_every=31), exchanges=exchanges)
    assert proof.losses == []
    assert proof.states > 100
    assert proof.second_cuts > 20


@pytest.mark.parametrize("exchanges", [True, False], ids=["renames at once", "renames one by one"])
def test_a_power_cut_while_a_backup_is_made_leaves_the_old_one_or_the_new_one_whole(tmp_path, exchanges):
    size = power.Size(subsets=1, every=11, again_every=10**9, among=power.BACKUP)
    proof = power.prove(tmp_path, 25, size, exchanges=exchanges)
    assert proof.losses == []
    assert proof.states > 100


@pytest.mark.parametrize("name", ["log.db", "tmp-head"])
def test_each_sync_of_a_backup_is_needed_too(tmp_path, name):
    size = power.Size(subsets=1, every=13, again_every=10**9, among=power.BACKUP)

    def forgets(done):
        return done.what is What.SYNC and done.path.name.endswith(name) and power.BACKUP in str(done.path)

    assert power.prove(tmp_path, 26, size, forgets=forgets).losses


@pytest.mark.parametrize(
    "forgets",
    [
        lambda done: done.what is What.SYNC and done.path.name == "log.db",
        lambda done: done.what is What.SYNC and done.path.name == "log.db-journal",
        lambda done: done.what is What.SYNC and done.path.name == "tmp-head",
        lambda done: done.what is What.SYNC and done.path.parent.name == "objects",
        lambda done: done.what is What.SYNC_FOLDER and done.path.parent.name == "objects",
        lambda done: done.what is What.SYNC_FOLDER and done.path.name == power.NAME,
        lambda done: done.what is What.SYNC_FOLDER and done.path.name == "run",
    ],
    ids=["the log", "its journal", "the head", "an object", "its folder", "the vault's folder", "the folder around it"],
)
def test_each_sync_is_needed_a_disk_that_leaves_one_out_is_found_to_lose(tmp_path, forgets):
    size = power.Size(subsets=1, every=100, again_every=10**9)
    assert power.prove(tmp_path, 22, size, forgets=forgets).losses


def test_what_a_program_finds_that_goes_on_after_a_killed_one_survives_a_power_cut_too(tmp_path):
    proof = resumed.prove(tmp_path, 27, kills=lambda done: done.what in {What.RENAME, What.EXCHANGE}, subsets=1)
    assert proof.losses == []
    assert proof.kills > 40
    assert proof.states > 300


@pytest.mark.parametrize(
    ("kills", "forgets"),
    [
        (
            lambda done: done.what is What.RENAME and done.target.name == power.NAME,
            lambda done: done.what is What.SYNC_FOLDER and done.path.name == "run",
        ),
        (
            lambda done: done.what is What.RENAME and done.target.name == power.BACKUP,
            lambda done: done.what is What.SYNC_FOLDER and done.path.name == "run",
        ),
        (
            lambda done: done.what is What.RENAME and power.BACKUP in str(done.path) and "objects" in done.path.parts,
            lambda done: (
                done.what is What.SYNC_FOLDER and "objects" in done.path.parts and power.BACKUP in str(done.path)
            ),
        ),
    ],
    ids=["the vault's name", "the backup's name", "the names in a backup"],
)
def test_whoever_goes_on_needs_to_sync_what_a_killed_program_had_only_named(tmp_path, kills, forgets):
    assert resumed.prove(tmp_path, 28, kills=kills, subsets=1).losses == []
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    assert resumed.prove(tmp_path, 28, kills=kills, subsets=1, forgets=forgets).losses


def test_a_power_cut_leaves_what_is_set_aside_also_where_the_folder_for_it_has_to_be_made(memory):
    run = memory / "run"
    run.mkdir()
    vault = new_vault(run)
    name, _measure = vault.store(io.BytesIO(b"no entry names it yet"))
    vault.close()
    (vault.path / "orphans").rmdir()
    tree = {str(path.relative_to(run)): None if path.is_dir() else path.read_bytes() for path in run.rglob("*")}
    recorder = power.Recorder(lambda _operation: False)
    disk = WatchedDisk(recorder)
    with disk.watching():
        Vault.open(vault.path, PASSPHRASE, disk=disk).close()
    medium, chance = Medium(run, tree), random.Random(29)
    for step in recorder.steps:
        medium.take(step)
        for fates in possible_fates(medium.waiting(), chance, 2):
            assert any(path.endswith(name) for path in medium.after_cut(fates, chance)), step


def test_a_disk_that_fails_loses_nothing_says_so_and_works_again_once_it_is_mended(tmp_path):
    chance = random.Random(23)
    points = faults.points_of(tmp_path, 23)
    assert points > 1000
    sample = [chance.choice(faults.WAYS)(number) for number in sorted(chance.sample(range(1, points + 1), 50))]
    proof = faults.prove(tmp_path, 23, iter(sample))
    assert proof.losses == []
    honest = {"DiskFull", "DiskFailed", "NotConfirmed"}
    others = {"BackupFull", "NotRekeyed", "NotReopened", "ReadOnlyFull", "RekeyUnsure", "WaysUnsure"}
    assert honest <= set(proof.told) <= honest | others


def test_a_full_disk_at_opening_is_told_as_that_and_takes_everything_once_there_is_room(tmp_path):
    points = faults.points_in(tmp_path, 23, Story.open_with_words)
    proof = faults.prove(tmp_path, 23, (Fault(number, errno.ENOSPC) for number in points))
    assert proof.losses == []
    assert proof.told["ReadOnlyFull"] > 0


def test_new_ways_in_that_are_told_as_not_kept_and_are_in_force_are_found(tmp_path, monkeypatch):
    def carelessly(now, slots, place, log, words=None):
        made = now.renewed(slots).sealed(place.key)
        made.write(place.folder, place.key, place.disk)
        log.set_meta("generation", str(made.generation))
        return made

    points = faults.points_in(tmp_path, 23, Story.change_passphrase)
    sample = [Fault(number, errno.ENOSPC) for number in points[::3]]
    assert faults.prove(tmp_path, 23, iter(sample)).losses == []
    monkeypatch.setattr("vault.vault.put_in_force", carelessly)
    losses = faults.prove(tmp_path, 23, iter(sample)).losses
    assert any("no passphrase that was told" in loss for loss in losses)


@pytest.mark.parametrize("exchanges", [True, False], ids=["renames at once", "renames one by one"])
def test_a_disk_that_fails_at_any_step_of_a_new_key_leaves_one_whole_vault_that_opens_as_was_said(memory, exchanges):
    points = rekeys.points_of(memory, exchanges=exchanges)
    assert points > 100
    chance = random.Random(24)
    # The last steps are those of the exchange: they all fail, the others in a sample.
    numbers = [*chance.sample(range(1, points - 60), 30), *range(points - 60, points + 1)]
    proof = rekeys.prove(memory, (chance.choice(faults.WAYS)(number) for number in numbers), exchanges=exchanges)
    assert proof.losses == []
    assert set(proof.told) >= {"DiskFull", "DiskFailed", "NotRekeyed", "nothing"}
    assert proof.opened_by_old > 30
    assert proof.opened_by_new > 5


def test_a_disk_that_fails_while_the_ways_in_are_changed_leaves_somebody_with_a_way_in_that_they_were_told(memory):
    proof = ways.prove(
        memory, lambda points: (way(number) for number in range(1, points + 1, 2) for way in faults.WAYS)
    )
    assert proof.losses == []
    assert set(proof.told) == {"nothing", "DiskFull", "DiskFailed", "WaysUnsure"}
    assert min(proof.told["DiskFull"], proof.told["DiskFailed"]) > 20


def test_a_witness_misses_an_entry_and_an_object(tmp_path):
    vault = new_vault(tmp_path)
    _subject, stored = add_exhibit(vault, b"content")
    witness = Witness([row.link for row, _entry in vault.entries()])
    witness.hear(Stored(stored.id, stored.sha256, stored.size))
    vault.close()
    witness.require_kept(vault.path)
    older = (vault.path / "log.db").read_bytes()
    again = witness.opened(vault.path)
    add_incident(again)
    witness.links = [row.link for row, _entry in again.entries()]
    again.close()
    newer = (vault.path / "log.db").read_bytes()
    (vault.path / "log.db").write_bytes(older)
    with pytest.raises(Loss):
        witness.require_kept(vault.path)
    (vault.path / "log.db").write_bytes(newer)
    again.path.joinpath("objects", stored.id[:2], stored.id).unlink()
    with pytest.raises(Loss):
        witness.require_kept(vault.path)
