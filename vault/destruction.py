"""Destroying a vault: the key slots first, so that an interruption leaves nothing that could be opened."""

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from vault.disk import Disk, told
from vault.errors import CannotLock, VaultBusy
from vault.layout import DATABASE_FILE, LOCK, SLOTS_COPY, SLOTS_FILE
from vault.lock import VaultLock


def destroy(folder: Path, disk: Disk) -> None:
    """Overwrite and remove the key slots, then remove every file and the folder, the log last. Raises DiskFailed.

    By its log, what an interruption left is still known for a vault, and can be destroyed.

    What stands in no slot any more cannot be opened, but by an old copy of the slots: in a backup, or in blocks of
    the disk that the system has not used again. Nothing here can reach those.
    """
    with told():
        for path in (folder / SLOTS_FILE, folder / SLOTS_COPY):
            if path.exists():
                disk.overwrite(path)
                disk.remove(path)
        disk.sync_folder(folder)
        _remove(folder, disk, last=(LOCK, DATABASE_FILE))
        disk.sync_folder(folder.parent)


def destroy_unheld(folder: Path, disk: Disk) -> None:
    """Destroy a vault, but not while somebody has it open or is making it. Raises DiskFailed."""
    lock: VaultLock | None = None
    try:
        with suppress(CannotLock), told():
            lock = VaultLock(folder / LOCK, datetime.now(UTC).astimezone(), disk)
    except VaultBusy:
        return
    try:
        if lock is not None and sys.platform == "win32":
            # It removes no file that is open.
            lock.release()
        destroy(folder, disk)
    finally:
        if lock is not None:
            lock.release()


def is_being_destroyed(folder: Path) -> bool:
    """Whether the destroying of a vault was begun and interrupted here: nothing opens its log any more, or it is empty.

    Raises DiskFailed.
    """
    with told():
        slots = [path for path in (folder / SLOTS_FILE, folder / SLOTS_COPY) if path.exists()]
        has_ways = any(path.read_bytes().strip(b"\0") for path in slots)
        return not has_ways and ((folder / DATABASE_FILE).is_file() or not any(folder.iterdir()))


def _remove(folder: Path, disk: Disk, last: tuple[str, ...] = ()) -> None:
    with os.scandir(folder) as listing:
        inside = sorted(listing, key=lambda found: last.index(found.name) if found.name in last else -1)
    for found in inside:
        path = Path(found.path)
        if found.is_dir(follow_symlinks=False):
            _remove(path, disk)
        else:
            disk.remove(path)
    disk.remove_folder(folder)
