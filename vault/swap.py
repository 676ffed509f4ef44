"""Two folders change places: at once where the system can, otherwise so that an interruption is mended at opening."""

import os
from pathlib import Path

from vault.disk import Disk, told
from vault.errors import NotConfirmed, VaultError


def draft_of(path: Path, vault: str) -> Path:
    """Where the new form of a vault is made; whatever stands there is never the truth."""
    return path.with_name(f"tmp-rekey-{vault}.holdfast")


def exchange(new: Path, path: Path, disk: Disk) -> None:
    """Give `new` the name `path`, and what was there the name `new`.

    Raises DiskFull, DiskFailed: then each has its own name again. Raises NotConfirmed where the disk did not let that
    be done, or be confirmed: then the next opening finds one of the two under the name, whole.
    """
    with told():
        old = path.stat()
    try:
        with told():
            if not disk.exchange(new, path):
                aside = aside_of(path)
                disk.rename(path, aside)
                disk.sync_folder(path.parent)
                disk.rename(new, path)
                disk.sync_folder(path.parent)
                disk.rename(aside, new)
            disk.sync_folder(path.parent)
    except VaultError as error:
        try:
            if not _is(path, old):
                _undo(old, new, path, disk)
        except OSError:
            raise NotConfirmed from error
        raise


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


def _undo(old: os.stat_result, new: Path, path: Path, disk: Disk) -> None:
    """Give the old form its name back. An operation may have failed after it was done: where it stands is looked up."""
    aside = aside_of(path)
    if _is(new, old) and not disk.exchange(new, path):
        disk.rename(path, aside)
        disk.rename(new, path)
        disk.rename(aside, new)
    elif _is(aside, old):
        if path.exists():
            disk.rename(path, new)
        disk.rename(aside, path)
    disk.sync_folder(path.parent)


def _is(path: Path, known: os.stat_result) -> bool:
    return path.exists() and os.path.samestat(path.stat(), known)
