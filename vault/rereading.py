"""Reading again what a backup holds already: sticks forget, and while the vault has a file, a bad copy is replaced."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault.copying import CopyProgress, Wanted, copy_object, is_there, is_whole, target
from vault.disk import Disk
from vault.errors import DiskFailed
from vault.vault import Vault

SHARE = 256 * 1024 * 1024
"""Bytes that every backup reads again: some seconds on a slow stick."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """How many files were read again, those that were bad and are whole now, and those that stay bad."""

    files: int
    mended: tuple[Wanted, ...]
    damaged: tuple[Wanted, ...]


def share_of(
    wanted: Sequence[Wanted], folder: Path, limit: int | None, draw: Callable[[int], int] = secrets.randbelow
) -> list[Wanted]:
    """What is to be read again of the files in `folder`: all without a limit, else about so many bytes, one at least.

    They follow each other by their ids, from one that `draw` chooses out of so many: which one is left to chance, so
    that sooner or later each has its turn on every stick. Raises DiskFailed.
    """
    there = sorted((each for each in wanted if is_there(folder, each.item)), key=lambda each: each.item.id)
    if limit is None or not there:
        return there
    start, size, chosen = draw(len(there)), 0, list[Wanted]()
    for each in (*there[start:], *there[:start]):
        if chosen and size + each.item.size > limit:
            break
        chosen.append(each)
        size += each.item.size
    return chosen


def read_again(vault: Vault, chosen: Sequence[Wanted], folder: Path, progress: CopyProgress, disk: Disk) -> ReadAgain:
    """Read files in `folder` and put the vault's own in the place of one that is damaged; `sync_names` has to follow.

    Raises DiskFull, DiskFailed. `progress` is told (done, all) in bytes; it may raise to stop.
    """
    done, everything = 0, sum(each.item.size for each in chosen)
    mended: list[Wanted] = []
    damaged: list[Wanted] = []
    for each in chosen:
        if not _can_be_read(vault, each, folder, disk):
            if copy_object(vault, each.item, folder, lambda _done: None, disk):
                mended.append(each)
            else:
                damaged.append(each)
        done += each.item.size
        progress(done, everything)
    return ReadAgain(len(chosen), tuple(mended), tuple(damaged))


def _can_be_read(vault: Vault, each: Wanted, folder: Path, disk: Disk) -> bool:
    try:
        return is_whole(vault, each.item, target(folder, each.item), disk)
    except DiskFailed:
        # A worn place of the disk: the file is written anew, elsewhere on it.
        return False
