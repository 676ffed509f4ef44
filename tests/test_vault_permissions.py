"""Files that this computer does not let somebody read are told as that, and not as damage."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from vaults import PASSPHRASE, add_exhibit

from vault.check import check
from vault.errors import NotReadable
from vault.vault import Vault

NOBODY = 65534


@contextmanager
def nobody_may_read(*paths: Path) -> Iterator[None]:
    """As a user of the computer to whom these belong not; whoever may do everything becomes somebody else meanwhile."""
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0)
    is_root = sys.platform == "linux" and os.geteuid() == 0
    try:
        if is_root:
            os.setresuid(NOBODY, NOBODY, 0)
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


@pytest.fixture
def shut(vault: Vault, memory: Path) -> Vault:
    """A closed vault, which everybody may read."""
    _subject, stored = add_exhibit(vault, b"picture")
    path = vault.objects.path(stored.id)
    vault.close()
    for folder in (memory, vault.path, vault.path / "objects", path.parent):
        folder.chmod(0o755)
    for file in vault.path.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
    return vault


@pytest.mark.parametrize("names", [("",), ("slots.json", "slots.bak.json"), ("log.db",)])
def test_a_vault_that_somebody_may_not_read_is_not_called_damaged(shut, names):
    with nobody_may_read(*(shut.path / name for name in names)), pytest.raises(NotReadable) as told:
        Vault.open(shut.path, PASSPHRASE)
    assert "another user" in told.value.next
    Vault.open(shut.path, PASSPHRASE).close()


def test_one_copy_of_the_key_slots_is_enough_and_a_stored_file_says_why_it_cannot_be_read(shut):
    (stored,) = shut.path.glob("objects/*/*")
    with nobody_may_read(shut.path / "slots.json", stored):
        opened = Vault.open(shut.path, PASSPHRASE)
        (fault,) = check(opened).faults
        opened.close()
    assert fault.where == "AB/1"
    assert "does not allow it" in fault.what
