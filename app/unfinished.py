"""An export that was cut off: the vault remembers where its plain files stand, and the next opening removes them."""

import re
import shutil
from contextlib import suppress
from pathlib import Path

from vault.errors import VaultError
from vault.vault import Vault

_NAME = "unfinished_export"
_MARK = re.compile(r"tmp-[0-9a-f]{16}")
"""The random name of an export's folder: no vault that somebody else made can name a folder of this computer."""


def remember(vault: Vault, folder: Path) -> None:
    """Note, inside the encrypted log, where an export is about to be made under a temporary name."""
    vault.log.set_meta(_NAME, str(folder.absolute()))


def forget(vault: Vault) -> None:
    """The export has its name, or its folder is gone."""
    vault.log.set_meta(_NAME, "")


def clear(vault: Vault) -> None:
    """Remove what an export that was killed left behind. What cannot be removed now is tried again next time."""
    noted = vault.log.meta(_NAME)
    if not noted:
        return
    folder = Path(noted.replace("\0", ""))
    if _MARK.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)
    # Where the parent is not there, it may be a stick that comes back.
    if folder.parent.is_dir() and not folder.exists():
        with suppress(VaultError):
            forget(vault)
