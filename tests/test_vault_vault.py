"""A vault: what was acknowledged is there, in order, unreadable without the passphrase; nothing half-written stays."""

import io
import os
import resource
import signal
import subprocess
import sys
import threading

import apsw
import pytest
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault, read

from vault.chain import Action, Kind, StoredObject, body_hash, first_link, next_link
from vault.check import check
from vault.drafts import Draft, new_entry_id
from vault.errors import (
    DamagedVault,
    DiskFull,
    NotAllowed,
    NotAVault,
    TooLong,
    VaultError,
    VaultExists,
    VaultLocked,
)
from vault.search import Wanted
from vault.vault import Vault


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def reopened(vault: Vault) -> Vault:
    vault.close()
    return Vault.open(vault.path, PASSPHRASE)


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


def test_what_is_typed_is_kept_while_another_thread_keeps_entries_and_a_third_looks_for_words(vault):
    stop, failures = threading.Event(), list[Exception]()

    def again_and_again(act):
        try:
            while not stop.is_set():
                act()
        except (VaultError, apsw.Error) as error:
            failures.append(error)

    others = [
        threading.Thread(target=again_and_again, args=(act,))
        for act in (
            lambda: vault.log.set_draft("form", "typed"),
            lambda: list(vault.log.rows()),
            lambda: vault.log.find(Wanted(text="something"), 10),
        )
    ]
    for thread in others:
        thread.start()
    try:
        for _number in range(60):
            add_incident(vault)
    finally:
        stop.set()
        for thread in others:
            thread.join()
    assert failures == []
    assert vault.head.entries == 61
    assert vault.log.draft("form") == "typed"
    assert check(vault).faults == []
