"""A check names each damaged thing, whatever it is, and never stops at the first; foreign files stop nothing."""

import shutil

import apsw
import pytest
from copies import NEW, PAGE, add_incidents, content_of, damage, pages_of, withdraw
from vaults import CHEAP, PASSPHRASE, add_exhibit, add_incident, files_in, read

from vault.backup import backup
from vault.chain import Kind
from vault.check import check
from vault.errors import DamagedVault
from vault.identity import Identity
from vault.keys import DATABASE
from vault.opening import FindingKind
from vault.rekey import rekey
from vault.vault import Vault

FOREIGN = (
    ".DS_Store",
    "Thumbs.db",
    "letter.txt",
    "objects/desktop.ini",
    "objects/ab/._x",
    "objects/ab/folder/x",
    "objects/" + "ab" * 16,
    "objects/cd/" + "ab" * 16,
    "orphans/.DS_Store",
    "tmp-mine/x",
    "objects/tmp-mine/x",
)


@pytest.fixture
def vault(vault):
    add_exhibit(vault, b"content", "AB/1")
    add_exhibit(vault, b"other content", "AB/2")
    return vault


def faults(vault: Vault) -> set[str]:
    opened = Vault.open(vault.path, PASSPHRASE)
    try:
        return {fault.where for fault in check(opened).faults}
    finally:
        opened.close()


def test_all_that_is_damaged_is_named_at_once(vault):
    files = [stored for _row, entry in vault.entries() for stored in entry.objects]
    add_incidents(vault, 60)
    page = pages_of(vault, "entry")[-1]
    for stored in files:
        vault.objects.path(stored.id).write_bytes(b"damaged")
    vault.close()
    damage(vault.path / "log.db", page * PAGE + PAGE // 2)
    damage(vault.path / "head", 50)
    damage(vault.path / "slots.bak.json", 50)
    opened = Vault.open(vault.path, PASSPHRASE)
    report = check(opened)
    opened.close()
    found = {fault.where for fault in report.faults}
    assert found >= {"AB/1", "AB/2", "head", "log"}
    assert any(where.startswith("entr") for where in found)
    assert any(note.startswith("slots.bak.json") for note in report.notes)


def test_a_missing_folder_of_objects_is_told_exhibit_by_exhibit_and_words_can_be_added(vault):
    vault.close()
    shutil.rmtree(vault.path / "objects")
    opened = Vault.open(vault.path, PASSPHRASE)
    assert not opened.read_only
    assert [finding.kind for finding in opened.findings] == [FindingKind.MISSING_FILES]
    report = check(opened)
    assert [(fault.where, fault.readable) for fault in report.faults] == [
        ("AB/1", "its words can be read"),
        ("AB/2", "its words can be read"),
    ]
    _subject, stored = add_exhibit(opened, b"a third", "AB/3")
    assert read(opened, stored) == b"a third"
    opened.close()


def written(vault: Vault, statement: str, *values: str | bytes) -> None:
    """Change the log as only somebody who has its key can; every page of it is whole then."""
    key = vault.keys.key(DATABASE)
    vault.close()
    db = apsw.Connection(str(vault.path / "log.db"))
    db.execute("PRAGMA cipher='chacha20'")
    db.execute(f"PRAGMA key='raw:{key.hex()}'")
    db.execute(statement, values)
    db.close()


def test_a_body_that_is_no_entry_is_named_and_all_others_are_read(vault):
    for number in range(5):
        add_incident(vault, f"{number}")
    written(vault, "UPDATE entry SET body = ? WHERE seq = 5", b"{}")
    opened = Vault.open(vault.path, PASSPHRASE)
    assert "entry 5" in {fault.where for fault in check(opened).faults}
    assert check(opened).entries == 8
    opened.close()


def test_a_body_that_is_no_entry_stops_no_opening_where_files_are_missing(vault):
    _row, entry = list(vault.entries())[1]
    vault.objects.path(entry.objects[0].id).unlink()
    written(vault, "UPDATE entry SET body = ? WHERE seq = 2", b"{}")
    assert "entry 2" in faults(vault)


@pytest.mark.parametrize("generation", ["", "x", "-1", "9" * 400, "1e9", "٣"])
def test_a_count_of_the_ways_in_that_is_no_number_is_told_and_mended(vault, generation):
    written(vault, "UPDATE meta SET value = ? WHERE name = 'generation'", generation)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in opened.findings] == [FindingKind.OLDER_SLOTS]
    opened.close()
    again = Vault.open(vault.path, PASSPHRASE)
    assert again.findings == ()
    again.close()


OTHER = Identity.create("ab" * 16)


@pytest.mark.parametrize(
    ("key", "certificate"),
    [(b"", b""), (b"x", OTHER.certificate_bytes), (OTHER.private_bytes, b"\x30\x00"), (OTHER.private_bytes, None)],
    ids=["nothing", "no key", "no certificate", "another's certificate"],
)
def test_a_signing_key_that_is_none_leaves_the_vault_open_for_reading(vault, key, certificate):
    own = vault.identity.certificate_bytes
    if certificate is None:
        key, certificate = OTHER.private_bytes, own
    written(vault, "UPDATE identity SET private_key = ?, certificate = ?", key, certificate)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.read_only
    assert len(list(opened.entries())) == 3
    with pytest.raises(DamagedVault):
        _ = opened.identity
    assert "log" in {fault.where for fault in check(opened).faults}
    opened.close()


def test_a_list_that_names_a_file_outside_the_vault_removes_nothing(vault, memory):
    precious = memory / "precious"
    precious.write_text("mine")
    subject, stored = add_exhibit(vault, b"withdrawn", "AB/3")
    withdraw(vault, subject)
    written(vault, "UPDATE cache_object SET id = ? WHERE id = ?", "../../../precious", stored.id)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert set(opened.log.objects()) == {each.id for _row, entry in opened.entries() for each in entry.objects}
    opened.close()
    assert precious.read_text() == "mine"


@pytest.mark.parametrize("reading", [False, True])
@pytest.mark.parametrize("where", FOREIGN)
def test_what_is_not_the_vaults_stops_nothing_is_named_and_stays(vault, memory, where, reading):
    vault.close()
    path = vault.path / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"mine")
    opened = Vault.open(vault.path, PASSPHRASE, reading=reading)
    assert [finding.kind for finding in opened.findings] == ([FindingKind.READ_ONLY] if reading else [])
    report = check(opened)
    assert report.faults == []
    assert any("Not the vault's own" in note for note in report.notes)
    (memory / "stick").mkdir()
    dest = memory / "stick" / "copy.holdfast"
    backup(opened, dest)
    again = dest / where
    again.parent.mkdir(parents=True, exist_ok=True)
    again.write_bytes(b"mine there")
    backup(opened, dest)
    assert again.read_bytes() == b"mine there"
    assert content_of(dest)
    opened.close()
    assert path.read_bytes() == b"mine"
    if not reading:
        done = rekey(Vault.open(vault.path, PASSPHRASE), NEW, cost=CHEAP)
        assert path.read_bytes() == b"mine"
        assert backup(done.vault, dest).entries == 3
        assert again.read_bytes() == b"mine there"
        done.vault.close()


def test_a_check_counts_its_steps_up_to_the_end(vault):
    steps: list[tuple[int, int]] = []
    check(vault, lambda done, everything: steps.append((done, everything)))
    assert steps == sorted(steps)
    assert steps[-1] == (5, 5)


def test_orphans_fail_no_check(vault):
    orphan = vault.path / "orphans" / ("ab" * 16)
    orphan.write_bytes(b"x")
    before = files_in(vault.path)
    assert check(vault).faults == []
    assert files_in(vault.path) == before
    assert vault.log.count(Kind.EXHIBIT) == 2
