"""A vault where nothing can be written, or nothing is to be, is read there; nothing in it is changed."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from vaults import PASSPHRASE, add_exhibit, add_incident, files_in, folder_in_memory, new_vault, read

from vault.check import check
from vault.errors import NotAllowed, ReadOnlyVault, VaultBusy
from vault.keys import DATABASE
from vault.opening import FindingKind
from vault.search import Wanted
from vault.vault import Vault


@pytest.fixture
def tmp_path():
    with folder_in_memory() as folder:
        yield Path(folder)


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def files_but_the_lock(path: Path) -> dict[str, bytes]:
    return {name: content for name, content in files_in(path).items() if name != "lock"}


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


def test_the_last_way_in_is_not_closed_by_reading(vault):
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE, reading=True)
    with pytest.raises((ReadOnlyVault, NotAllowed)):
        opened.remove_slot(opened.slots[0].id)
    opened.close()
