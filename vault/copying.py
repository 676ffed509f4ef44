"""Copying object files as they are into another place, each durable and read back there before it has its name."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vault.chain import StoredObject
from vault.disk import Disk, told, write_all
from vault.errors import DamagedVault, DiskFailed
from vault.keys import OBJECT
from vault.long_files import ReadOnce, written_durably
from vault.stream import BrokenObject, Measure, decrypt, measure, sealed_size
from vault.vault import Vault

CopyProgress = Callable[[int, int], None]
"""Told (done, all) in bytes of the files that are still to be copied; it may raise to stop."""

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stored file, and the exhibit (by its reference) that it belongs to."""

    where: str
    item: StoredObject


@dataclass(frozen=True, slots=True)
class Copied:
    """How many files were copied, and the exhibits of which a file could not be read in the vault."""

    files: int
    damaged: tuple[str, ...]


def copy_objects(vault: Vault, wanted: Sequence[Wanted], folder: Path, progress: CopyProgress, disk: Disk) -> Copied:
    """Copy what is not yet in `folder`; `sync_names` has to follow. Raises DiskFull, DiskFailed.

    A file is there when one of its name and size is: names are random, and contents never change. Whether its bytes
    still are what they were, `read_again` (vault/rereading.py) looks.
    """
    missing = [each for each in wanted if not is_there(folder, each.item)]
    done, everything = 0, sum(each.item.size for each in missing)
    damaged: list[str] = []
    for each in missing:
        if not copy_object(vault, each.item, folder, partial(_step, progress, done, everything), disk):
            damaged.append(each.where)
        done += each.item.size
    if missing:
        progress(done, everything)
    return Copied(len(missing) - len(damaged), tuple(dict.fromkeys(damaged)))


def sync_names(folder: Path, disk: Disk) -> None:
    """Have the names of all files in a folder of such on the disk. Raises DiskFailed.

    Of those that were there already too: whoever put them there may have been killed before.
    """
    with told():
        for parent in (*(path for path in folder.iterdir() if path.is_dir()), folder):
            disk.sync_folder(parent)


def is_there(folder: Path, item: StoredObject) -> bool:
    """Whether a file of the name and the size of a stored file is in a folder of such. Raises DiskFailed."""
    with told(), suppress(FileNotFoundError):
        return target(folder, item).stat().st_size == sealed_size(item.size)
    return False


def copy_object(vault: Vault, item: StoredObject, folder: Path, step: Callable[[int], None], disk: Disk) -> bool:
    """Copy one file, over a damaged one too; False where the vault's own is damaged or gone. Raises VaultError.

    `step` is told how many bytes are copied. The new name still has to be synced.
    """
    draft, place = folder / f"tmp-{item.id}", target(folder, item)
    disk.discard(draft)
    try:
        with told():
            file = disk.create(draft)
        try:
            with file, written_durably(disk, file) as sink:
                for block in _blocks(vault.objects.path(item.id)):
                    write_all(sink, block)
                    step(min(file.tell(), item.size))
        except _Unreadable:
            disk.discard(draft)
            return False
        if not is_whole(vault, item, draft, disk):
            _require_damaged(vault, item)
            disk.discard(draft)
            return False
        with told():
            with suppress(FileExistsError):
                disk.make_folder(place.parent)
            disk.rename(draft, place)
    except BaseException:
        disk.discard(draft)
        raise
    return True


class _Unreadable(Exception):
    """A file of the vault is not there, or the disk does not give it."""


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as source:
            while block := source.read(_BLOCK):
                yield block
    except OSError as error:
        raise _Unreadable from error


def _step(progress: CopyProgress, start: int, everything: int, size: int) -> None:
    progress(start + size, everything)


def is_whole(vault: Vault, item: StoredObject, path: Path, disk: Disk) -> bool:
    """Whether what stands in a file decrypts to what was captured. Raises DiskFailed where it cannot be read."""
    try:
        with ReadOnce(disk, path) as file:
            found = measure(decrypt(vault.keys.key(OBJECT), item.id, file))
    except BrokenObject:
        return False
    except OSError as error:
        raise DiskFailed("What was written could not be read back.") from error
    return found == Measure(item.sha256, item.size)


def _require_damaged(vault: Vault, item: StoredObject) -> None:
    """Raises DiskFailed where the vault's own file is whole: then the copy went wrong."""
    try:
        vault.objects.require_whole(item)
    except DamagedVault:
        return
    raise DiskFailed("What was read back is not what was written.")


def target(folder: Path, item: StoredObject) -> Path:
    """Where a stored file stands in a folder of such."""
    return folder / item.id[:2] / item.id
