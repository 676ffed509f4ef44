"""Two folders change places: at once where the system can, otherwise so that an interruption is mended at opening."""

import ctypes
import os
import sys
from pathlib import Path

from vault.disk import Disk, told

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


def draft_of(path: Path, vault: str) -> Path:
    """Where the new form of a vault is made; whatever stands there is never the truth."""
    return path.with_name(f"tmp-rekey-{vault}.holdfast")


def exchange(new: Path, path: Path, disk: Disk) -> None:
    """Give `new` the name `path`, and what was there the name `new`. Raises DiskFailed."""
    with told():
        if not _at_once(new, path):
            aside = aside_of(path)
            disk.rename(path, aside)
            disk.sync_folder(path.parent)
            disk.rename(new, path)
            disk.sync_folder(path.parent)
            disk.rename(aside, new)
        disk.sync_folder(path.parent)


def mend(path: Path, disk: Disk) -> None:
    """Put a vault back under its name if an exchange was interrupted while it had none. Raises DiskFailed."""
    aside = aside_of(path)
    if not path.exists() and aside.is_dir():
        with told():
            disk.rename(aside, path)
            disk.sync_folder(path.parent)


def aside_of(path: Path) -> Path:
    """Where the old form stands for a moment, on systems that exchange no names at once."""
    return path.with_name(f"{path.name}.before-rekey")


def _at_once(new: Path, path: Path) -> bool:
    """Linux: renameat2; macOS: renamex_np. False where the system or the file system knows neither."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    one, other = os.fsencode(new), os.fsencode(path)
    if sys.platform == "darwin":
        return bool(library.renamex_np(one, other, _RENAME_SWAP) == 0)
    if not hasattr(library, "renameat2"):
        return False
    return bool(library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE) == 0)
