"""Opening a vault: by its passphrase alone; leftovers are cleaned, and what was put back from an older day is told."""

import io
import json
import os
import shutil

import pytest
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault

from vault.chain import Action, Kind, canonical
from vault.check import check
from vault.drafts import Draft
from vault.errors import (
    DamagedVault,
    NewerFormat,
    WrongPassphrase,
)
from vault.keys import KdfCost, new_vault_key
from vault.opening import FindingKind
from vault.vault import Vault


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def reopened(vault: Vault) -> Vault:
    vault.close()
    return Vault.open(vault.path, PASSPHRASE)


def read_everything(vault: Vault) -> None:
    opened = Vault.open(vault.path, PASSPHRASE)
    try:
        assert list(opened.entries())
    finally:
        opened.close()


def test_a_wrong_passphrase_is_refused_and_changes_nothing(vault):
    vault.close()
    before = files_in(vault.path)
    for wrong in ("", "Correct horse", "x" * 10_000):
        with pytest.raises(WrongPassphrase):
            Vault.open(vault.path, wrong)
    assert files_in(vault.path) == before


def test_the_same_passphrase_typed_in_another_unicode_form_opens(tmp_path):
    made = Vault.create(tmp_path / "v", "café", STAMP, cost=CHEAP)
    made.close()
    Vault.open(tmp_path / "v", "cafe\u0301").close()


def test_a_vault_of_a_newer_format_is_not_touched(vault):
    vault.close()
    for name in ("slots.json", "slots.bak.json"):
        slots = json.loads((vault.path / name).read_bytes())
        (vault.path / name).write_bytes(canonical(slots | {"format": "holdfast-vault/2", "new": [1]}) + b"\n")
    before = files_in(vault.path)
    with pytest.raises(NewerFormat):
        Vault.open(vault.path, PASSPHRASE)
    assert files_in(vault.path) == before


def test_key_slots_that_ask_for_absurd_work_are_refused_before_any(vault):
    vault.close()
    for change in ({"m_kib": 2**40}, {"t": 10**9}, {"p": 17}, {"m_kib": 0}):
        for name in ("slots.json", "slots.bak.json"):
            slots = json.loads((vault.path / name).read_bytes())
            slots["slots"][0]["kdf"] |= change
            (vault.path / name).write_bytes(canonical(slots) + b"\n")
        with pytest.raises(DamagedVault):
            Vault.open(vault.path, PASSPHRASE)


def test_key_slots_changed_by_somebody_else_are_noticed(vault):
    vault.close()
    for name in ("slots.json", "slots.bak.json"):
        slots = json.loads((vault.path / name).read_bytes())
        (vault.path / name).write_bytes(canonical(slots | {"generation": 9}) + b"\n")
    with pytest.raises(DamagedVault):
        Vault.open(vault.path, PASSPHRASE)


@pytest.mark.parametrize("broken", [b"", b"{}", b"\0" * 500, b'{"format":"holdfast-vault/1"}'])
def test_one_damaged_copy_of_the_key_slots_is_no_loss(vault, broken):
    vault.close()
    for name, other in (("slots.json", "slots.bak.json"), ("slots.bak.json", "slots.json")):
        (vault.path / name).write_bytes(broken)
        Vault.open(vault.path, PASSPHRASE).close()
        assert (vault.path / name).read_bytes() == (vault.path / other).read_bytes()
    for name in ("slots.json", "slots.bak.json"):
        (vault.path / name).write_bytes(broken)
    with pytest.raises(DamagedVault):
        Vault.open(vault.path, PASSPHRASE)


@pytest.mark.parametrize("damaged", ["slots.json", "slots.bak.json"])
def test_opening_by_the_key_itself_never_carries_a_damaged_way_in_over_the_whole_one(vault, damaged):
    key = vault.keys.vault_key
    vault.close()
    slots = json.loads((vault.path / damaged).read_bytes())
    slots["slots"][0]["kdf"]["salt"] = "00" * 32
    (vault.path / damaged).write_bytes(canonical(slots) + b"\n")
    Vault.open_with_key(vault.path, key).close()
    Vault.open(vault.path, PASSPHRASE).close()


def test_another_key_opens_nothing_and_changes_nothing(vault):
    vault.close()
    before = files_in(vault.path)
    with pytest.raises(DamagedVault):
        Vault.open_with_key(vault.path, new_vault_key())
    assert files_in(vault.path) == before


def test_an_unlink_that_was_interrupted_is_repeated_at_opening(vault):
    subject, stored = add_exhibit(vault, b"content")
    path = vault.objects.path(stored.id)
    content = path.read_bytes()
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)
    path.write_bytes(content)
    again = reopened(vault)
    assert not path.exists()
    again.close()


def test_leftovers_of_an_interruption_are_cleaned_and_orphans_set_aside(vault):
    add_exhibit(vault, b"kept")
    orphan, _measure = vault.store(io.BytesIO(b"stored, but no entry came"))
    vault.close()
    (vault.path / "objects" / "tmp-half").write_bytes(b"half")
    (vault.path / "tmp-head").write_bytes(b"half")
    again = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in again.findings] == [FindingKind.ORPHANS]
    assert (vault.path / "orphans" / orphan).exists()
    assert not list(vault.path.rglob("tmp-*"))
    again.close()
    once_more = Vault.open(vault.path, PASSPHRASE)
    assert once_more.findings == ()
    once_more.close()


def test_a_log_put_back_from_an_older_day_is_reported_as_a_possible_loss(vault):
    add_incident(vault, "one")
    vault.close()
    older = (vault.path / "log.db").read_bytes()
    again = Vault.open(vault.path, PASSPHRASE)
    add_incident(again, "two")
    lost = again.head
    again.close()
    (vault.path / "log.db").write_bytes(older)
    rolled_back = Vault.open(vault.path, PASSPHRASE)
    assert [(finding.kind, finding.lost) for finding in rolled_back.findings] == [(FindingKind.POSSIBLE_LOSS, lost)]
    rolled_back.close()


def test_a_log_of_the_same_length_with_another_end_is_reported(vault, tmp_path):
    vault.close()
    shutil.copytree(vault.path, tmp_path / "copy.holdfast")
    for path, words in ((vault.path, "one"), (tmp_path / "copy.holdfast", "other")):
        opened = Vault.open(path, PASSPHRASE)
        add_incident(opened, words)
        opened.close()
    shutil.copy(tmp_path / "copy.holdfast" / "log.db", vault.path / "log.db")
    exchanged = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in exchanged.findings] == [FindingKind.POSSIBLE_LOSS]
    exchanged.close()


def test_a_head_that_is_behind_the_log_is_what_a_crash_leaves_and_no_loss(vault):
    older = (vault.path / "head").read_bytes()
    add_incident(vault)
    vault.close()
    (vault.path / "head").write_bytes(older)
    again = Vault.open(vault.path, PASSPHRASE)
    assert again.findings == ()
    assert again.head.entries == 2
    again.close()


def test_a_log_whose_pages_were_changed_does_not_pass_for_whole(vault):
    for number in range(200):
        add_incident(vault, f"{number} " + "x" * 400)
    vault.close()
    path = vault.path / "log.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :])
    opened = Vault.open(path.parent, PASSPHRASE)
    assert "log" in {fault.where for fault in check(opened).faults}
    opened.close()


def test_vault_files_belong_to_their_owner_alone(vault):
    add_exhibit(vault, b"content")
    for path in [vault.path, *vault.path.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_new_vault_costs_an_attacker_half_a_second_a_guess(tmp_path):
    made = Vault.create(tmp_path / "v", PASSPHRASE, STAMP)
    made.close()
    kdf = json.loads((made.path / "slots.json").read_bytes())["slots"][0]["kdf"]
    assert kdf["name"] == "argon2id"
    assert kdf["m_kib"] >= 64 * 1024
    assert kdf["t"] >= 3
    assert KdfCost(kdf["m_kib"], kdf["t"], kdf["p"]).acceptable


@pytest.mark.parametrize("instead", ["nothing", "a folder", "a pipe"])
def test_a_vault_without_its_log_is_told_as_damaged(vault, instead):
    vault.close()
    log = vault.path / "log.db"
    log.unlink()
    if instead == "a folder":
        log.mkdir()
    elif instead == "a pipe":
        os.mkfifo(log)
    with pytest.raises(DamagedVault, match="log"):
        Vault.open(vault.path, PASSPHRASE)
