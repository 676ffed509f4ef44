"""One program at a time: a lock that the system drops when its holder ends, however it ends."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from vault.errors import VaultBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NOTE_AT = 16
"""Windows locks bytes against reading too: the note stands behind the locked ones."""


class VaultLock:
    """A vault's lock file, held. The file stays; only the lock on it counts, so none is ever stale."""

    def __init__(self, path: Path, now: datetime) -> None:
        """Take the lock and note since when (aware datetime). Raises VaultBusy."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._file: BinaryIO = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            _lock(self._file)
        except OSError:
            since = _since(self._file)
            self._file.close()
            raise VaultBusy(f"This vault is already open{since}.") from None
        self._file.truncate(0)
        self._file.seek(_NOTE_AT)
        self._file.write(now.isoformat(timespec="minutes").encode("ascii"))

    def release(self) -> None:
        """Let others in."""
        self._file.truncate(0)
        _unlock(self._file)
        self._file.close()


def _since(file: BinaryIO) -> str:
    try:
        file.seek(_NOTE_AT)
        opened = datetime.fromisoformat(file.read(40).decode("ascii"))
    except (OSError, ValueError):
        return ""
    return f" in another window or program, since {opened:%d %B %Y, %H:%M}"


if sys.platform == "win32":

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
