"""Two copies of a vault: which is ahead, and since when both went on separately."""

import shutil
from pathlib import Path

import pytest
from copies import PAGE, add_incidents, damage, pages_of
from vaults import PASSPHRASE, add_incident, folder_in_memory, new_vault

from vault.check import check
from vault.comparison import Standing, compare
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
