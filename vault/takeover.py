"""The new form of a vault takes the place of the old one, while nobody else can open either."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from vault.disk import Disk, told
from vault.errors import NotConfirmed, NotRekeyed, NotReopened, RekeyUnsure, VaultError
from vault.keys import KeyRing, VaultKey
from vault.layout import LOCK
from vault.lock import VaultLock
from vault.opening import Way
from vault.recovery import RecoverySecret
from vault.slots import read_slots
from vault.swap import exchange
from vault.vault import Vault


class Taking:
    """The new form at its place, held where the system lets that be done."""

    def __init__(self, path: Path, lock: VaultLock | None, disk: Disk) -> None:
        self._path = path
        self.lock = lock
        self._disk = disk

    def opened(self, key: VaultKey) -> Vault:
        """The vault in its new form; closing it lets others in. Raises what opening raises."""
        if self.lock is None:
            return Vault.open_with_key(self._path, key, disk=self._disk)
        vault = Vault(self._path, self.lock, read_slots(self._path), KeyRing(key), Way(disk=self._disk))
        self.lock = None
        return vault

    def release(self) -> None:
        """Let others in, where nobody opened it."""
        if self.lock is not None:
            self.lock.release()


@contextmanager
def take_over(vault: Vault, draft: Path, disk: Disk, words: RecoverySecret | None) -> Iterator[Taking]:
    """Close a vault and put its new form in its place.

    Raises NotRekeyed, where the old one is in its place; with the words that go with the new one RekeyUnsure, where
    either may be, and NotReopened, where the new one is and what is done with it here fails.
    """
    if sys.platform == "win32":
        # It renames no folder in which a file is open.
        vault.close()
    else:
        vault.part()
    try:
        with _taken(vault, draft, disk, words) as taking:
            try:
                yield taking
            except (VaultError, OSError, KeyboardInterrupt) as error:
                # It is too late to stop: what opens the vault now has to be said.
                raise NotReopened(words) from error
    finally:
        vault.close()


@contextmanager
def _taken(vault: Vault, draft: Path, disk: Disk, words: RecoverySecret | None) -> Iterator[Taking]:
    taking = Taking(vault.path, None, disk)
    try:
        if sys.platform != "win32":
            with told():
                taking.lock = VaultLock(draft / LOCK, datetime.now(UTC).astimezone(), disk)
        exchange(draft, vault.path, disk)
    except (NotConfirmed, KeyboardInterrupt) as error:
        taking.release()
        raise RekeyUnsure(words) from error
    except VaultError as error:
        taking.release()
        raise NotRekeyed from error
    try:
        yield taking
    finally:
        taking.release()
