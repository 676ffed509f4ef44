"""The check of a vault: it reads everything and names each damaged thing."""

import io
import os

from vaults import PASSPHRASE, STAMP, add_exhibit, add_incident, new_vault

from vault.chain import Action, Kind, StoredObject
from vault.check import check
from vault.drafts import Draft
from vault.vault import Vault


def test_a_whole_vault_has_no_fault_and_everything_was_read(tmp_path):
    vault = new_vault(tmp_path)
    add_exhibit(vault, os.urandom(400_000))
    withdrawn, _stored = add_exhibit(vault, b"gone", "AB/2")
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, withdrawn, {"why": "x"})], STAMP)
    steps: list[tuple[int, int]] = []
    report = check(vault, lambda done, everything: steps.append((done, everything)))
    assert (report.entries, report.objects, report.faults, report.notes) == (4, 1, [], [])
    assert steps == sorted(steps)
    vault.close()


def test_every_damaged_file_is_named_by_its_exhibit_and_the_check_goes_on(tmp_path):
    vault = new_vault(tmp_path)
    _one, first = add_exhibit(vault, os.urandom(1000), "AB/1")
    _two, second = add_exhibit(vault, os.urandom(1000), "AB/2")
    add_exhibit(vault, os.urandom(1000), "AB/3")
    vault.objects.path(first.id).unlink()
    path = vault.objects.path(second.id)
    path.write_bytes(path.read_bytes()[:-1])
    report = check(vault)
    assert [fault.where for fault in report.faults] == ["AB/1", "AB/2"]
    assert report.objects == 3
    vault.close()


def test_a_log_behind_its_head_is_a_fault(tmp_path):
    vault = new_vault(tmp_path)
    vault.close()
    older = (vault.path / "log.db").read_bytes()
    again = Vault.open(vault.path, PASSPHRASE)
    add_incident(again)
    again.close()
    (vault.path / "log.db").write_bytes(older)
    rolled_back = Vault.open(vault.path, PASSPHRASE)
    assert [fault.where for fault in check(rolled_back).faults] == ["head"]
    rolled_back.close()


def test_a_page_of_the_log_that_was_changed_is_a_fault(tmp_path):
    vault = new_vault(tmp_path)
    for number in range(300):
        add_incident(vault, f"{number} " + "x" * 500)
    vault.close()
    path = vault.path / "log.db"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    damaged = Vault.open(vault.path, PASSPHRASE)
    assert {fault.where for fault in check(damaged).faults} >= {"log"}
    damaged.close()


def test_what_of_an_exhibit_can_still_be_read_is_said(tmp_path):
    vault = new_vault(tmp_path)
    subject, _first = add_exhibit(vault, os.urandom(1000), "AB/3")
    for number in range(2, 5):
        object_id, measure = vault.store(io.BytesIO(os.urandom(1000)))
        more = StoredObject(object_id, measure.sha256, measure.size, "image/png", f"{number}.png")
        vault.append([Draft(Action.AMEND, Kind.EXHIBIT, subject, {}, (more,))], STAMP)
        if number == 2:
            vault.objects.path(object_id).unlink()
    (fault,) = check(vault).faults
    assert fault.where == "AB/3"
    assert fault.what == "file 2 of 4: A stored file is missing."
    assert fault.readable == "its words and 3 other files can be read"
    vault.close()


def test_stored_files_that_no_entry_names_are_told_and_fail_nothing(tmp_path):
    vault = new_vault(tmp_path)
    vault.store(io.BytesIO(b"no entry came"))
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE)
    report = check(opened)
    assert report.faults == []
    assert any("no entry names" in note for note in report.notes)
    opened.close()
    vault = Vault.open(vault.path, PASSPHRASE)
    vault.store(io.BytesIO(b"and none for this one"))
    vault.close()
    reader = Vault.open(vault.path, PASSPHRASE, reading=True)
    assert "Stored files that no entry names: 1." in check(reader).notes
    reader.close()


def test_a_missing_or_damaged_head_is_a_fault_until_the_next_entry(tmp_path):
    vault = new_vault(tmp_path)
    (vault.path / "head").write_bytes(b"x" * 114)
    assert [fault.where for fault in check(vault).faults] == ["head"]
    (vault.path / "head").unlink()
    assert [fault.where for fault in check(vault).faults] == ["head"]
    add_incident(vault)
    assert check(vault).faults == []
    vault.close()
