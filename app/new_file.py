"""A plain file that is made new outside the vault: whole and on the disk, or not there at all."""

from pathlib import Path

from app.errors import NoRoom
from vault.disk import Disk, told, write_all
from vault.errors import DiskFailed, DiskFull


def write_whole(path: Path, content: bytes, *, otherwise: str) -> None:
    """Write a file durably where none is, readable by its owner alone. `otherwise`: what to do if that fails.

    Raises NoRoom; then nothing is left of it, and what stood there before is as it was.
    """
    disk = Disk()
    made = False
    try:
        with told():
            with disk.create(path) as file:
                made = True
                write_all(file, content)
                disk.sync(file)
            disk.sync_folder(path.parent)
    except BaseException as error:
        if made:
            disk.discard(path)
        if isinstance(error, DiskFull | DiskFailed):
            raise NoRoom(error.what, next=otherwise) from error
        raise
