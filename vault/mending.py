"""Damaged lists: they follow from the entries, so a log of which nothing else is damaged is written anew."""

from contextlib import closing, suppress
from pathlib import Path

from vault.chain import body_hash, next_link
from vault.disk import Disk, told
from vault.errors import DamagedVault, DiskFailed, VaultError
from vault.log import Log


def mended(path: Path, key: bytes, at_least: int, disk: Disk) -> Log | None:
    """The log written anew and opened, where only its lists are damaged; None where nothing in it is.

    Everything that is kept is read from the old file, every page authenticated, and compared with the new one before
    that takes its place. `at_least`: entries it is known to hold. Raises DamagedVault where anything else is damaged,
    DiskFull, DiskFailed: the old file is as it was then.
    """
    draft = path.with_name(f"tmp-{path.name}")
    try:
        with closing(Log.read_only(path, key, disk)) as log:
            if not _is_damaged(log):
                return None
            _require_entries(log, at_least)
            log.identity()
            for left in (draft, draft.with_name(f"{draft.name}-journal")):
                disk.discard(left)
            with told():
                disk.create(draft).close()
            with closing(Log(draft, key, create=True, disk=disk)) as copy:
                copy.take_over(log)
            with closing(Log.read_only(draft, key, disk)) as copy:
                copy.require_same(log)
        with told():
            disk.rename(draft, path)
            disk.sync_folder(path.parent)
    except BaseException:
        disk.discard(draft)
        raise
    return Log(path, key, disk=disk)


def reopened(log: Log, path: Path, key: bytes, at_least: int, disk: Disk) -> tuple[Log, bool]:
    """A log that a damaged page stopped, opened again; whether its lists were made anew. Raises what opening raises."""
    log.close()
    with suppress(VaultError):
        found = mended(path, key, at_least, disk)
        if found is not None:
            return found, True
    return Log(path, key, disk=disk), False


def _is_damaged(log: Log) -> bool:
    try:
        log.objects()
    except (DamagedVault, DiskFailed):
        return True
    return bool(log.damage())


def _require_entries(log: Log, at_least: int) -> None:
    """Every entry is there, and each link follows from the one before. Raises DamagedVault."""
    seq, link = 0, None
    for row in log.rows():
        seq += 1
        follows = link is None or next_link(link, seq, row.id, body_hash(row.body)) == row.link
        if row.seq != seq or not follows:
            raise DamagedVault(f"Entry {seq} of the log cannot be read.")
        link = row.link
    if not seq or seq < max(at_least, log.reach()):
        raise DamagedVault("The end of the log cannot be read.")
