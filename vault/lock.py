"""One program at a time: a lock that the system drops when its holder ends, however it ends."""

import errno
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from vault.disk import Disk
from vault.errors import CannotLock, VaultBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NOTE_AT = 16
"""Windows locks bytes against reading too: the note stands behind the locked ones."""

_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
"""What the systems answer when somebody else holds the lock; anything else means that there are no locks here."""


class VaultLock:
    """A vault's lock file, held. The file stays; only the lock on it counts, so none is ever stale."""

    def __init__(self, path: Path, now: datetime, disk: Disk) -> None:
        """Take the lock and note since when (aware datetime). Raises VaultBusy, CannotLock, OSError."""
        self._file = _locked(path, disk)
        if not _stands_at(self._file, path):
            # Another form of the vault took its place meanwhile: its lock is the one that counts.
            self._file.close()
            self._file = _locked(path, disk)
        # On a full disk there is no room for the note: a vault opens without it.
        with suppress(OSError):
            self._file.truncate(0)
            self._file.seek(_NOTE_AT)
            self._file.write(now.isoformat(timespec="minutes").encode("ascii"))

    def release(self) -> None:
        """Let others in. Releasing twice does nothing."""
        if not self._file.closed:
            with self._file, suppress(OSError):
                self._file.truncate(0)
                _unlock(self._file)


class ReadingLock:
    """What a reader holds, so that nobody writes meanwhile; where there is no lock to hold, nobody writes either."""

    def __init__(self, path: Path | None) -> None:
        """Take the lock together with other readers; the file is not changed. Raises VaultBusy.

        None: whoever reads holds the lock already.
        """
        self._file: BinaryIO | None = None
        if path is not None:
            with suppress(OSError):
                self._file = path.open("rb", buffering=0)
        if self._file is not None:
            try:
                _lock(self._file, alone=False)
            except OSError as error:
                since = _since(self._file)
                self._file.close()
                if error.errno in _HELD:
                    raise VaultBusy(f"This vault is already open{since}.") from None
                self._file = None

    def release(self) -> None:
        """Let writers in. Releasing twice does nothing."""
        if self._file is not None and not self._file.closed:
            with self._file, suppress(OSError):
                _unlock(self._file)


def _locked(path: Path, disk: Disk) -> BinaryIO:
    file = disk.open_lock(path)
    try:
        _lock(file)
    except OSError as error:
        since = _since(file)
        file.close()
        if error.errno in _HELD:
            raise VaultBusy(f"This vault is already open{since}.") from None
        raise CannotLock from error
    return file


def _stands_at(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _since(file: BinaryIO) -> str:
    try:
        file.seek(_NOTE_AT)
        opened = datetime.fromisoformat(file.read(40).decode("ascii"))
    except (OSError, ValueError):
        return ""
    return f" in another window or program, since {opened:%d %B %Y, %H:%M}"


if sys.platform == "win32":

    def _lock(file: BinaryIO, *, alone: bool = True) -> None:  # noqa: ARG001 - Windows knows one kind of lock here
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    def _lock(file: BinaryIO, *, alone: bool = True) -> None:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
