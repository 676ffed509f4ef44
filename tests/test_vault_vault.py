"""A vault: what was acknowledged is there, in order, unreadable without the passphrase; nothing half-written stays."""

import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys

import pytest
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault, read

from vault.chain import Action, Kind, StoredObject, body_hash, canonical, first_link, next_link
from vault.errors import (
    DamagedVault,
    DiskFull,
    NewerFormat,
    NotAllowed,
    NotAVault,
    TooLong,
    VaultExists,
    VaultLocked,
    WrongPassphrase,
)
from vault.keys import KdfCost
from vault.opening import FindingKind
from vault.vault import Draft, Vault, new_entry_id


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


def test_what_was_kept_is_there_after_reopening(vault):
    content = os.urandom(700_000)
    _subject, stored = add_exhibit(vault, content)
    add_incident(vault, "words")
    again = reopened(vault)
    entries = [entry for _row, entry in again.entries()]
    assert [entry.kind for entry in entries] == [Kind.VAULT, Kind.EXHIBIT, Kind.INCIDENT]
    assert entries[2].data == {"what_happened": "words"}
    assert read(again, stored) == content
    assert again.findings == ()
    again.close()


def test_the_chain_follows_from_the_vault_id_and_the_bodies(vault):
    for number in range(5):
        add_incident(vault, str(number))
    link = first_link(vault.id)
    for row, entry in vault.entries():
        link = next_link(link, entry.seq, entry.id, body_hash(row.body))
        assert row.link == link
    assert vault.head.link == link


def test_entry_one_names_the_vault_and_its_key(vault):
    _row, first = next(vault.entries())
    assert first.data == {"format": "holdfast-vault/1", "vault": vault.id, "fingerprint": vault.identity.fingerprint}


def test_a_vault_gives_nothing_away_without_its_passphrase(vault):
    mark = b"the-marked-words-of-this-test"
    add_exhibit(vault, mark * 1000)
    add_incident(vault, mark.decode())
    vault.close()
    for name, content in files_in(vault.path).items():
        assert mark not in content, name
    assert not files_in(vault.path)["log.db"].startswith(b"SQLite format 3")


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


def test_a_second_program_is_told_since_when_the_vault_is_open(vault):
    script = (
        "import sys, pathlib\nfrom vault.vault import Vault\nfrom vault.errors import VaultBusy\n"
        "try:\n    Vault.open(pathlib.Path(sys.argv[1]), 'x')\n"
        "except VaultBusy as error:\n    print(error.what)\n"
    )
    told = subprocess.run([sys.executable, "-c", script, vault.path], capture_output=True, text=True, check=True)
    assert "already open in another window or program, since " in told.stdout


def test_the_lock_of_a_program_that_was_killed_does_not_keep_others_out(tmp_path):
    made = new_vault(tmp_path)
    made.close()
    script = (
        "import os, sys, pathlib\nfrom vault.vault import Vault\n"
        "vault = Vault.open(pathlib.Path(sys.argv[1]), sys.argv[2])\nos.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, made.path, PASSPHRASE], check=False)
    assert killed.returncode == -9
    Vault.open(made.path, PASSPHRASE).close()


def test_a_folder_that_is_no_vault_is_told_apart(tmp_path):
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(NotAVault):
            Vault.open(path, PASSPHRASE)


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
    (vault.path / "slots.json").write_bytes(broken)
    Vault.open(vault.path, PASSPHRASE).close()
    (vault.path / "slots.bak.json").unlink()
    with pytest.raises(DamagedVault):
        Vault.open(vault.path, PASSPHRASE)


def test_a_vault_is_never_made_over_something(tmp_path, vault):
    (tmp_path / "file").write_text("mine")
    for path in (vault.path, tmp_path / "file"):
        with pytest.raises(VaultExists):
            Vault.create(path, "x", STAMP, cost=CHEAP)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_vault_that_could_not_be_made_leaves_nothing_behind(tmp_path):
    broken = [Draft(Action.ADD, Kind.CASE, new_entry_id(), {"Title": "capital letter"})]
    with pytest.raises(NotAllowed):
        Vault.create(tmp_path / "v", "x", STAMP, broken, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_does_not_fit_on_the_disk_leaves_nothing_behind_and_the_vault_usable(vault):
    before = files_in(vault.path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    try:
        with pytest.raises(DiskFull):
            vault.store(io.BytesIO(bytes(5_000_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert files_in(vault.path).keys() == before.keys()
    add_incident(vault, "still works")


def test_a_source_that_breaks_off_leaves_nothing_behind(vault):
    class Breaking(io.RawIOBase):
        reads = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer):
            self.reads += 1
            if self.reads > 5:
                raise OSError("the stick was pulled")
            return len(buffer)

    before = files_in(vault.path)
    with pytest.raises(OSError, match="stick"):
        vault.store(Breaking())
    assert files_in(vault.path) == before


def test_an_object_that_is_damaged_or_missing_is_named(vault):
    _subject, stored = add_exhibit(vault, os.urandom(300_000))
    path = vault.objects.path(stored.id)
    whole = path.read_bytes()
    path.write_bytes(whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:])
    with pytest.raises(DamagedVault):
        read(vault, stored)
    path.unlink()
    with pytest.raises(DamagedVault):
        read(vault, stored)


def test_an_object_exchanged_for_another_whole_one_is_noticed(vault):
    _first, one = add_exhibit(vault, b"one", "AB/1")
    _second, two = add_exhibit(vault, b"two", "AB/2")
    claimed = StoredObject(two.id, one.sha256, one.size, one.media_type, one.name)
    with pytest.raises(DamagedVault):
        read(vault, claimed)


def test_withdrawing_removes_the_file_and_keeps_words_and_hash(vault):
    subject, stored = add_exhibit(vault, b"content")
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "wrong person"})], STAMP)
    assert not vault.objects.path(stored.id).exists()
    kept = vault.of_subject(subject)
    assert kept[0].objects[0].sha256 == stored.sha256
    assert kept[1].data == {"why": "wrong person"}


def test_an_unlink_that_was_interrupted_is_repeated_at_opening(vault):
    subject, stored = add_exhibit(vault, b"content")
    path = vault.objects.path(stored.id)
    content = path.read_bytes()
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)
    path.write_bytes(content)
    again = reopened(vault)
    assert not path.exists()
    again.close()


@pytest.mark.parametrize("action", [Action.AMEND, Action.WITHDRAW])
def test_nothing_follows_a_withdrawal(vault, action):
    subject, _stored = add_exhibit(vault, b"content")
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)
    before = vault.head
    with pytest.raises(NotAllowed):
        vault.append([Draft(action, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)
    assert vault.head == before


def test_what_the_chain_forbids_is_not_appended(vault):
    entry = add_incident(vault)
    _row, first = next(vault.entries())
    before = vault.head
    for draft in (
        Draft(Action.ADD, Kind.INCIDENT, entry.id, {"what_happened": "again"}),
        Draft(Action.AMEND, Kind.ACCOUNT, entry.id, {"handle": "other kind"}),
        Draft(Action.AMEND, Kind.INCIDENT, new_entry_id(), {"what_happened": "nobody"}),
        Draft(Action.ADD, Kind.VAULT, new_entry_id(), {}),
        Draft(Action.AMEND, Kind.VAULT, first.id, {"fingerprint": "00"}),
        Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": "\ud800"}),
    ):
        with pytest.raises(NotAllowed):
            vault.append([draft], STAMP)
    with pytest.raises(TooLong):
        add_incident(vault, "x" * 1_048_577)
    assert vault.head == before


def test_what_is_held_cannot_be_withdrawn(vault):
    subject, stored = add_exhibit(vault, b"content")
    vault.append([Draft(Action.AMEND, Kind.EXHIBIT, subject, {"held": "yes"})], STAMP)
    with pytest.raises(NotAllowed):
        vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)
    assert read(vault, stored) == b"content"


def test_entries_are_appended_all_or_none(vault):
    good = Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": "good"})
    bad = Draft(Action.AMEND, Kind.INCIDENT, new_entry_id(), {"what_happened": "bad"})
    with pytest.raises(NotAllowed):
        vault.append([good, bad], STAMP)
    assert vault.head.entries == 1
    assert vault.log.last().seq == 1


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
    with pytest.raises(DamagedVault):
        read_everything(vault)


def test_a_locked_vault_gives_nothing_out(vault):
    _subject, stored = add_exhibit(vault, b"content")
    vault.close()
    vault.close()
    with pytest.raises(VaultLocked):
        next(vault.entries())
    with pytest.raises(VaultLocked):
        read(vault, stored)
    with pytest.raises(VaultLocked):
        add_incident(vault)


def test_the_caches_made_anew_equal_those_that_grew(vault):
    first, _stored = add_exhibit(vault, b"one", "AB/1")
    add_exhibit(vault, b"two", "AB/2")
    add_incident(vault)
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, first, {"why": "x"})], STAMP)
    grown = (vault.log.subjects(), vault.log.objects(), vault.log.count(Kind.EXHIBIT), vault.log.highest_number("AB"))
    vault.log.rebuild()
    assert grown == (
        vault.log.subjects(), vault.log.objects(), vault.log.count(Kind.EXHIBIT), vault.log.highest_number("AB")
    )  # fmt: skip
    assert vault.log.highest_number("AB") == 2


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
