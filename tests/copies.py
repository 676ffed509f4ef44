"""Copies of vaults in tests: what they hold, disks that end early, bytes that change."""

from contextlib import closing
from pathlib import Path

import apsw
from vaults import PASSPHRASE, STAMP

from vault.chain import Action, EntryId, Kind
from vault.check import check
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.keys import DATABASE
from vault.vault import Vault

PAGE = 4096
NEW = "another passphrase"
STEPS = ("create", "sync", "rename", "remove", "make_folder", "sync_folder", "remove_folder", "exchange", "overwrite")


class PowerCut(BaseException):
    """The program ends here."""


class Quick(Disk):
    """A disk that is not waited for: an end of the program takes nothing that was written."""

    def sync(self, file):
        pass

    def sync_folder(self, path):
        return True


class Dying(Quick):
    """A disk on which nothing more happens after so many steps, not even the tidying up of whoever writes."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left

    def __getattribute__(self, name):
        if name in STEPS:
            self.left -= 1
            if self.left < 0:
                raise PowerCut
        return super().__getattribute__(name)


def withdraw(vault: Vault, subject: EntryId) -> None:
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)


def hold(vault: Vault, subject: EntryId) -> None:
    vault.append([Draft(Action.AMEND, Kind.EXHIBIT, subject, {"held": "yes"})], STAMP)


def content_of(path: Path, passphrase: str = PASSPHRASE) -> list[tuple[int, bytes, str]]:
    """Every row of a copy, which is whole but for what it was not given, and is not changed by looking."""
    opened = Vault.open(path, passphrase, reading=True)
    try:
        assert check(opened).faults == []
        return [(row.seq, row.body, row.link) for row in opened.log.rows()]
    finally:
        opened.close()


def rows_of(vault: Vault) -> list[tuple[int, bytes, str]]:
    return [(row.seq, row.body, row.link) for row in vault.log.rows()]


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
