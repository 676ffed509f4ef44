"""Comparing an open case with a copy of it: which is ahead, and whether the copy can still be read as a whole."""

from dataclasses import dataclass
from pathlib import Path

from app.copies import opened_copy
from app.errors import NeedsPassphrase, WrongUse
from app.keeping import OpenVault
from vault.check import CheckProgress, CheckReport, check
from vault.comparison import Comparison, compare
from vault.errors import WrongPassphrase
from vault.layout import SLOTS_COPY, SLOTS_FILE
from vault.slots import read_slots


@dataclass(frozen=True, slots=True)
class Compared:
    """How a case stands to a copy at `copy`, and what a check of that copy found."""

    copy: Path
    standing: Comparison
    report: CheckReport


def copy_in(folder: Path, name: str) -> Path:
    """The copy that somebody means by a folder: that folder itself, or the one of this name in it."""
    is_vault = any((folder / file).exists() for file in (SLOTS_FILE, SLOTS_COPY))
    return folder if is_vault or not (folder / name).is_dir() else folder / name


def compare_with(opened: OpenVault, folder: Path, passphrase: str | None, progress: CheckProgress) -> Compared:
    """Compare an open vault with the copy in a folder, and read everything in that copy again; neither is changed.

    `passphrase`: of the copy, where the key of the vault does not open it. `progress` is told (done, all) in entries
    and files and may raise to stop. Raises NeedsPassphrase, WrongPassphrase, WrongUse, VaultError.
    """
    path = copy_in(folder, opened.vault.path.name)
    if read_slots(path).vault != opened.vault.id:
        raise WrongUse("This is a backup of another case.", next="Choose a backup of this one.")

    def ask() -> str:
        raise NeedsPassphrase if passphrase is None else WrongPassphrase

    with opened_copy(opened, path, passphrase, ask) as copy:
        standing = compare(opened.vault, copy)
        return Compared(path, standing, check(copy, progress))
