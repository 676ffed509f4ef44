"""New vaults whose making was cut short: they never had their name, and are removed at the next occasion."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from vault.destruction import destroy
from vault.disk import Disk, told
from vault.errors import VaultError
from vault.foreign import foreign_in
from vault.layout import LOCK, OBJECTS, ORPHANS
from vault.lock import VaultLock

_DRAFT = re.compile(r"tmp-[0-9a-f]{16}\.holdfast")


def clear_cut_short(parent: Path, disk: Disk) -> None:
    """Remove such vaults from a folder: none that somebody is making or has open, and none that holds a file.

    What cannot be removed now is left for the next time.
    """
    with suppress(OSError):
        for folder in parent.glob("tmp-*.holdfast"):
            if (
                _DRAFT.fullmatch(folder.name)
                and folder.is_dir()
                and not folder.is_symlink()
                and not _holds_files(folder)
            ):
                with suppress(VaultError, OSError):
                    _remove(folder, disk)


def _holds_files(folder: Path) -> bool:
    stored = (path for name in (OBJECTS, ORPHANS) for path in (folder / name).rglob("*") if not path.is_dir())
    return any(stored) or any(foreign_in(folder))


def _remove(folder: Path, disk: Disk) -> None:
    if (folder / LOCK).exists():
        with told():
            # Whoever makes it holds its lock; letting go of it again is enough: nobody opens a name like this.
            VaultLock(folder / LOCK, datetime.now(UTC).astimezone(), disk).release()
    destroy(folder, disk)
