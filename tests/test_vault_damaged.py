"""A damaged vault, or one where nothing can be written, opens for reading what is whole; nothing in it is changed."""

import io
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, folder_in_memory, new_vault, read

from vault import pages
from vault.chain import Action, Kind
from vault.check import check
from vault.comparison import Standing, compare
from vault.drafts import Draft, new_entry_id
from vault.errors import DamagedVault, NotAllowed, ReadOnlyDamaged, ReadOnlyVault, VaultBusy, WrongPassphrase
from vault.keys import DATABASE
from vault.opening import FindingKind
from vault.pages import rows_on_pages
from vault.search import Wanted
from vault.vault import Vault

PAGE = 4096


@pytest.fixture
def tmp_path():
    with folder_in_memory() as folder:
        yield Path(folder)


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def add_incidents(vault: Vault, many: int, size: int = 500) -> None:
    texts = (f"needle{number} " + "x" * size for number in range(many))
    vault.append([Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": text}) for text in texts], STAMP)


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def pages_of(vault: Vault, part: str, kind: str = "leaf") -> list[int]:
    """The pages of the log, from 0, that hold the ends of a part of it, or lead to them, or hold what overflows."""
    path, key = vault.path / "log.db", vault.keys.key(DATABASE)
    with closing(apsw.Connection(str(path), apsw.SQLITE_OPEN_READONLY)) as db:
        db.execute("PRAGMA cipher='chacha20'")
        db.execute(f"PRAGMA key='raw:{key.hex()}'")
        query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path"
        return [int(number) - 1 for (number,) in db.execute(query, (part, kind))]


def closed_and_damaged(vault: Vault, part: str, which: int, kind: str = "leaf") -> dict[str, bytes]:
    """Close the vault and change a byte in the middle of one page of a part of its log; its files then."""
    page = pages_of(vault, part, kind)[which]
    vault.close()
    damage(vault.path / "log.db", page * PAGE + PAGE // 2)
    return files_in(vault.path)


def files_but_the_lock(path: Path) -> dict[str, bytes]:
    return {name: content for name, content in files_in(path).items() if name != "lock"}


def test_entries_behind_a_damaged_page_are_read_found_and_listed_and_nothing_is_changed(vault):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 100)
    before = closed_and_damaged(vault, "entry", 5)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in opened.findings] == [FindingKind.DAMAGED_LOG]
    assert opened.damage is not None
    lost = {lost.seq for lost in opened.damage.lost}
    assert 1 <= len(lost) <= 10
    assert {row.seq for row in opened.log.rows()} == set(range(1, 103)) - lost
    assert opened.head.entries == 102
    assert read(opened, stored) == b"content"
    assert opened.log.with_ref("AB/1") is not None
    assert len(opened.log.find(Wanted(text="needle99"), 10)) == 1
    with pytest.raises(DamagedVault, match="cannot be read"):
        list(opened.entries())
    opened.close()
    assert {name: content for name, content in before.items() if name != "lock"} == files_but_the_lock(vault.path)


def test_a_damaged_page_that_leads_to_entries_takes_none_of_them_along(vault):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 300)
    rows = list(vault.log.rows())
    assert pages_of(vault, "entry", "internal")
    closed_and_damaged(vault, "entry", 0, "internal")
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert opened.damage.lost == ()
    assert list(opened.log.rows()) == rows
    assert read(opened, stored) == b"content"
    assert [fault.where for fault in check(opened).faults] == ["log"]
    opened.close()


def test_a_damaged_first_page_takes_no_entry_along(vault):
    add_incidents(vault, 20, 5000)
    rows = list(vault.log.rows())
    head = vault.head
    vault.close()
    damage(vault.path / "log.db", 3000)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert (list(opened.log.rows()), opened.head) == (rows, head)
    assert len(opened.log.find(Wanted(text="needle7"), 10)) == 1
    with pytest.raises(DamagedVault):
        _ = opened.identity
    opened.close()


def test_entries_that_overflow_are_lost_alone(vault):
    add_incidents(vault, 3, 100)
    add_incidents(vault, 1, 60_000)
    add_incidents(vault, 3, 100)
    page = pages_of(vault, "entry", "overflow")[4]
    vault.close()
    damage(vault.path / "log.db", page * PAGE + 100)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert [lost.seq for lost in opened.damage.lost] == [5]
    assert [row.seq for row in opened.log.rows()] == [1, 2, 3, 4, 6, 7, 8]
    opened.close()


@given(st.lists(st.integers(0, 30_000), max_size=8), st.integers(0, 1_000_000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_found_on_its_pages_and_random_bytes_are_no_row(tmp_path, sizes, start):
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    vault = new_vault(folder)
    for size in sizes:
        add_incident(vault, "x" * size)
    key, path = vault.keys.key(DATABASE), vault.path / "log.db"
    assert sorted(rows_on_pages(path, key), key=lambda row: row.seq) == list(vault.log.rows())
    vault.close()
    whole = path.read_bytes()
    path.write_bytes(random.Random(start).randbytes(len(whole)))
    assert list(rows_on_pages(path, key)) == []
    path.write_bytes(whole[start % len(whole) :])
    assert all(row.entry.seq == row.seq for row in rows_on_pages(path, key))


@given(st.binary(max_size=PAGE - 32), st.integers(0, 20))
@settings(deadline=None)
def test_whatever_stands_on_a_page_is_a_row_or_none(content, cells):
    page = bytes([13, 0, 0]) + struct.pack(">H", cells) + content
    assert all(row.entry.seq == row.seq for row in pages._rows(page.ljust(PAGE - 32, b"\0"), io.BytesIO(), bytes(32)))


def test_what_cannot_be_read_is_known_by_its_subject(vault):
    subject, _stored = add_exhibit(vault, b"content")
    add_incidents(vault, 50)
    amended = vault.append([Draft(Action.AMEND, Kind.EXHIBIT, subject, {"title": "x" * 3000})], STAMP)[0]
    add_incidents(vault, 50)
    closed_and_damaged(vault, "entry", next(
        index for index, page in enumerate(pages_of(vault, "entry")) if _holds(vault, page, amended.seq)
    ))  # fmt: skip
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert opened.damage.touches(subject)
    assert opened.damage.may_touch(Kind.EXHIBIT)
    assert not opened.damage.may_touch(Kind.CASE)
    faults = [fault for fault in check(opened).faults if fault.where == "AB/1"]
    assert len(faults) == 1
    assert f"entry {amended.seq}" in faults[0].what
    opened.close()


def _holds(vault: Vault, page: int, seq: int) -> bool:
    """Whether an entry cannot be read once a page is damaged."""
    copy = vault.path.with_name("probe.holdfast")
    shutil.copytree(vault.path, copy)
    damage(copy / "log.db", page * PAGE + PAGE // 2)
    opened = Vault.open(copy, PASSPHRASE)
    found = opened.damage is not None and seq in {lost.seq for lost in opened.damage.lost}
    opened.close()
    shutil.rmtree(copy)
    return found


def test_the_end_of_a_log_that_cannot_be_read_is_told(vault):
    add_incidents(vault, 100)
    closed_and_damaged(vault, "entry", -1)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert max(lost.seq for lost in opened.damage.lost) == 101
    faults = check(opened).faults
    assert "entry 101" in {fault.where for fault in faults}
    opened.close()


def test_a_damaged_signing_key_takes_nothing_else_along(vault):
    add_incident(vault, "needle")
    closed_and_damaged(vault, "identity", 0)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert len(list(opened.entries())) == 2
    with pytest.raises(DamagedVault, match="key"):
        _ = opened.identity
    assert [fault.where for fault in check(opened).faults] == ["log"]
    opened.close()


@pytest.mark.parametrize("part", ["cache_subject", "cache_text", "cache_object", "meta", "entry_of_subject", "draft"])
def test_where_no_entry_is_damaged_all_are_read(vault, part):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 30)
    closed_and_damaged(vault, part, -1)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert opened.damage.lost == ()
    assert len(list(opened.entries())) == 32
    assert len(opened.log.find(Wanted(text="needle7"), 10)) == 1
    assert read(opened, stored) == b"content"
    opened.close()


def test_nothing_is_added_to_a_damaged_vault_and_it_says_why(vault):
    add_incidents(vault, 30)
    before = closed_and_damaged(vault, "entry", 2)
    opened = Vault.open(vault.path, PASSPHRASE)
    for attempt in (
        lambda: add_incident(opened),
        lambda: add_exhibit(opened, b"content"),
        lambda: opened.set_passphrase("new", cost=CHEAP),
        lambda: opened.log.set_draft("form", "typed"),
    ):
        with pytest.raises(ReadOnlyVault):
            attempt()
    with pytest.raises(ReadOnlyDamaged, match="damaged"):
        add_incident(opened)
    opened.close()
    assert {name: content for name, content in before.items() if name != "lock"} == files_but_the_lock(vault.path)


def test_a_vault_without_its_files_opens_and_says_how_many_are_missing(vault):
    _one, first = add_exhibit(vault, b"one", "AB/1")
    _two, second = add_exhibit(vault, b"two", "AB/2")
    vault.objects.path(first.id).unlink()
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in opened.findings] == [FindingKind.MISSING_FILES]
    assert "1" in opened.findings[0].words
    assert read(opened, second) == b"two"
    add_incident(opened, "and it goes on")
    opened.close()


def test_every_byte_of_a_log_that_is_changed_is_told(vault):
    add_exhibit(vault, b"content")
    add_incidents(vault, 3, 50)
    vault.close()
    path = vault.path / "log.db"
    whole = path.read_bytes()
    unnoticed = []
    for at in range(7, len(whole), 811):
        damage(path, at)
        try:
            opened = Vault.open(vault.path, PASSPHRASE)
            if check(opened).faults == []:
                unnoticed.append(at)
            opened.close()
        except DamagedVault:
            pass
        path.write_bytes(whole)
    # The first 16 bytes are a salt that is not used under a raw key; free pages hold nothing.
    assert [at for at in unnoticed if at >= 16] == []


def test_a_read_only_opening_changes_nothing_and_needs_no_journal_or_lock(vault):
    _subject, stored = add_exhibit(vault, b"content")
    vault.close()
    before = files_in(vault.path)
    opened = Vault.open(vault.path, PASSPHRASE, reading=True)
    other = Vault.open(vault.path, PASSPHRASE, reading=True)
    assert [finding.kind for finding in opened.findings] == [FindingKind.READ_ONLY]
    assert read(other, stored) == b"content"
    assert check(opened).faults == []
    with pytest.raises(VaultBusy):
        Vault.open(vault.path, PASSPHRASE)
    for each in (opened, other):
        with pytest.raises(ReadOnlyVault):
            add_incident(each)
        each.close()
    assert files_in(vault.path) == before
    writing = Vault.open(vault.path, PASSPHRASE)
    with pytest.raises(VaultBusy, match="since"):
        Vault.open(vault.path, PASSPHRASE, reading=True)
    writing.close()


def test_a_vault_made_by_another_version_is_read_where_nothing_can_be_written(vault):
    add_incident(vault, "needle")
    vault.log.set_meta("cache_version", "0")
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE, reading=True)
    assert opened.damage is None
    assert len(opened.log.find(Wanted(text="needle"), 10)) == 1
    opened.close()


def test_an_interrupted_commit_is_told_where_it_cannot_be_undone_and_undone_where_it_can(vault):
    add_incident(vault)
    whole = files_in(vault.path)
    with closing(apsw.Connection(str(vault.path / "log.db"))) as db:
        db.execute("PRAGMA cipher='chacha20'")
        db.execute(f"PRAGMA key='raw:{vault.keys.key(DATABASE).hex()}'")
        db.execute("PRAGMA cache_size=1")
        db.execute("BEGIN IMMEDIATE")
        for number in range(50):
            db.execute("INSERT INTO draft VALUES(?, ?)", (f"{number}", "x" * 3000))
        shutil.copytree(vault.path, vault.path.with_name("cut.holdfast"))
        db.execute("ROLLBACK")
    cut = vault.path.with_name("cut.holdfast")
    assert (cut / "log.db").read_bytes() != whole["log.db"]
    with pytest.raises(ReadOnlyVault, match="interrupted"):
        Vault.open(cut, PASSPHRASE, reading=True)
    opened = Vault.open(cut, PASSPHRASE)
    assert (opened.damage, opened.head) == (None, vault.head)
    opened.close()
    Vault.open(cut, PASSPHRASE, reading=True).close()


READER = """
import os, pathlib, sys
sys.path.insert(0, "tests")
from vaults import PASSPHRASE, add_exhibit, add_incident
from vault.check import check
from vault.errors import ReadOnlyVault
from vault.vault import Vault
if "nobody" in sys.argv and os.geteuid() == 0:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
vault = Vault.open(pathlib.Path(sys.argv[1]), PASSPHRASE)
assert vault.read_only and vault.damage is None, vault.findings
assert check(vault).faults == []
for attempt in (add_incident, lambda vault: add_exhibit(vault, b"x")):
    try:
        attempt(vault)
    except ReadOnlyVault as error:
        print(error.what)
vault.close()
"""


def in_namespace(*commands: str) -> list[str]:
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", " && ".join(commands)]


def ran_in_namespace(*commands: str) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(in_namespace(*commands), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended


needs_mounts = pytest.mark.skipif(
    sys.platform != "linux"
    or shutil.which("unshare") is None
    or subprocess.run(in_namespace("true"), capture_output=True, check=False).returncode != 0,
    reason="a read-only medium cannot be mounted here",
)


@needs_mounts
def test_a_vault_on_a_medium_that_cannot_be_written_is_read_there(vault, tmp_path):
    add_exhibit(vault, os.urandom(300_000))
    vault.close()
    before = files_in(vault.path)
    reader = tmp_path / "reader.py"
    reader.write_text(READER)
    place = tmp_path / "medium"
    place.mkdir()
    shutil.copytree(vault.path, place / "v")
    ended = ran_in_namespace(
        f"mount --bind '{place}' '{place}'",
        f"mount -o remount,bind,ro '{place}'",
        f"! touch '{place}/v/new' 2>/dev/null",
        f"PYTHONPATH=. '{sys.executable}' '{reader}' '{place}/v'",
    )
    assert ended.stdout.splitlines() == ["Nothing can be written where this vault lies: it is open for reading."] * 2
    assert files_in(place / "v") == before


@needs_mounts
def test_a_vault_without_a_lock_file_on_such_a_medium_is_read_too(vault, tmp_path):
    vault.close()
    reader = tmp_path / "reader.py"
    reader.write_text(READER)
    place = tmp_path / "medium"
    place.mkdir()
    shutil.copytree(vault.path, place / "v")
    (place / "v" / "lock").unlink()
    ran_in_namespace(
        f"mount --bind '{place}' '{place}'",
        f"mount -o remount,bind,ro '{place}'",
        f"PYTHONPATH=. '{sys.executable}' '{reader}' '{place}/v'",
    )
    assert not (place / "v" / "lock").exists()


@pytest.mark.parametrize("kept_writable", ["nothing", "the files", "the folders"])
def test_somebody_who_may_not_write_into_a_vault_reads_it(vault, tmp_path, kept_writable):
    add_exhibit(vault, b"content")
    vault.close()
    tmp_path.chmod(0o755)
    for path in [vault.path, *vault.path.rglob("*")]:
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
        writable = kept_writable == ("the folders" if path.is_dir() else "the files")
        path.chmod((0o500 if path.is_dir() else 0o400) | (0o200 if writable else 0))
    before = files_but_the_lock(vault.path)
    ended = subprocess.run(
        [sys.executable, "-c", READER, vault.path, "nobody"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert len(ended.stdout.splitlines()) == 2
    assert files_but_the_lock(vault.path) == before
    for path in [vault.path, *vault.path.rglob("*")]:
        path.chmod(0o700)


def test_two_copies_are_compared(vault, tmp_path):
    add_incident(vault, "both")
    vault.close()
    shutil.copytree(vault.path, tmp_path / "copy.holdfast")
    mine, copy = Vault.open(vault.path, PASSPHRASE), Vault.open(tmp_path / "copy.holdfast", PASSPHRASE)
    stranger = new_vault(tmp_path, "stranger.holdfast")
    assert compare(mine, copy).standing is Standing.EQUAL
    add_incident(mine)
    add_incident(mine)
    assert (compare(mine, copy).standing, compare(copy, mine).standing) == (Standing.AHEAD, Standing.BEHIND)
    add_incident(copy)
    found = compare(mine, copy)
    assert (found.standing, found.common, found.entries, found.others) == (Standing.APART, 2, 4, 3)
    assert check(mine, against=copy).against == found
    assert compare(mine, stranger).standing is Standing.ANOTHER
    for each in (mine, copy, stranger):
        each.close()


def test_two_copies_of_which_one_is_damaged_are_compared_by_what_can_be_read(vault, tmp_path):
    add_incidents(vault, 60)
    vault.close()
    shutil.copytree(vault.path, tmp_path / "copy.holdfast")
    mine = Vault.open(vault.path, PASSPHRASE)
    add_incident(mine)
    page = pages_of(mine, "entry")[3]
    damage(tmp_path / "copy.holdfast" / "log.db", page * PAGE + 99)
    copy = Vault.open(tmp_path / "copy.holdfast", PASSPHRASE)
    assert copy.damage is not None
    assert compare(mine, copy).standing is Standing.AHEAD
    mine.close()
    copy.close()


def test_a_wrong_passphrase_is_no_damage(vault):
    closed_and_damaged(vault, "entry", 0)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, "wrong")


def test_the_last_way_in_is_not_closed_by_reading(vault):
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE, reading=True)
    with pytest.raises((ReadOnlyVault, NotAllowed)):
        opened.remove_slot(opened.slots[0].id)
    opened.close()
