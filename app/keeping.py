"""An open vault and the ways into it: passphrase, recovery words, a new key. The case above it is app/casefile.py."""

import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from app.errors import WrongUse
from app.recovery_words import read_words, refuse_recovery_words
from app.room import require_room, size_of
from vault.anew import RekeyProgress
from vault.backup_record import has_unsaved_notes
from vault.destruction import destroy
from vault.disk import Disk, told
from vault.drafts import Stamp
from vault.errors import (
    CannotLock,
    NotAllowed,
    NotRekeyed,
    ReadOnlyFull,
    ReadOnlyVault,
    ReadOnlyWays,
    VaultError,
    WrongPassphrase,
    WrongWords,
)
from vault.foreign import foreign_in, is_litter
from vault.keys import KdfCost
from vault.layout import DATABASE_FILE, HEAD_FILE, LOCK, OBJECTS, ORPHANS, SLOTS_COPY, SLOTS_FILE
from vault.lock import VaultLock
from vault.opening import Finding, Way
from vault.recovery import MistypedWords, RecoverySecret
from vault.rekey import Leaving, Rekeyed, rekey
from vault.slot_record import note_slots, since
from vault.slots import Slot, read_slots
from vault.swap import aside_of, draft_of
from vault.vault import Vault

T = TypeVar("T")

_REST = frozenset({DATABASE_FILE, OBJECTS, ORPHANS, HEAD_FILE, LOCK})
_ROOM_FOR_WAYS = 256 * 1024
"""Bytes that a change of the ways in may need: both lists anew, perhaps the old ones once more, the log's journal."""


def require_passphrase(passphrase: str) -> None:
    """Let a new passphrase be anything but nothing, and but recovery words. Raises WrongUse."""
    if not passphrase:
        raise WrongUse("A vault needs a passphrase.", next="Four or more words that you can remember are good.")
    if any("\ud800" <= letter <= "\udfff" for letter in passphrase):
        raise WrongUse("This passphrase holds half a letter: the terminal speaks another encoding.", next="Use UTF-8.")
    refuse_recovery_words([passphrase])


def open_vault(path: Path, passphrase: str, *, thorough: bool = False) -> Vault:
    """Open a vault as `Vault.open` does; where it can only be read, recovery words do as well.

    No new passphrase can be set there: whoever forgot the old one would be shut out from what can still be read.
    """
    try:
        return Vault.open(path, passphrase, thorough=thorough)
    except WrongPassphrase:
        with suppress(MistypedWords, WrongWords, NotAllowed):
            return Vault.open_with_words(path, read_words(passphrase), Way(unless_writable=True))
        raise


class OpenVault:
    """A vault that is open, and what can be done to the ways into it. Raises VaultError; `cost` is for tests alone."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        """`now`: an aware datetime, for the date of new ways in."""
        self._vault = vault
        self._now = now
        self._turn = threading.RLock()

    @property
    def vault(self) -> Vault:
        """The vault under it. After `rekey` it is another object."""
        return self._vault

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found wrong at opening."""
        return self._vault.findings

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The ways into the vault."""
        return self._vault.slots

    @property
    def slots_since(self) -> dict[str, datetime]:
        """When each way in was made (UTC), by its id, where that is known."""
        with self._turn:
            return since(self._vault)

    @property
    def has_unsaved_notes(self) -> bool:
        """Whether notes were written, changed or removed since the last backup."""
        with self._turn:
            return has_unsaved_notes(self._vault)

    def set_passphrase(
        self, passphrase: str, *, words: bool = True, cost: KdfCost | None = None
    ) -> RecoverySecret | None:
        """A new passphrase and, if wanted, new recovery words; what opened this copy before opens it no more.

        Returns what the words stand for (vault.recovery.words_of). Raises WrongUse for a passphrase that cannot be;
        NoRoom, DiskFull, DiskFailed, and the old ones open it as before; WaysUnsure, with the words: either may.
        """
        require_passphrase(passphrase)
        with self._turn:
            return self._dated(lambda: self._vault.set_passphrase(passphrase, cost=cost, words=words))

    def set_recovery_words(self, secret: RecoverySecret | None = None) -> RecoverySecret:
        """New recovery words, made now unless somebody has them already; older ones open this copy no more."""
        with self._turn:
            return self._dated(lambda: self._vault.set_recovery_words(secret))

    def drop_recovery_words(self) -> None:
        """Close the way by recovery words: nobody has them."""
        with self._turn:
            for slot in self._vault.slots:
                if slot.cost is None:
                    self._close(slot)

    def remove_slot(self, beginning: str) -> Slot:
        """Close the one way in whose id begins so. Raises WrongUse unless one does, NotAllowed for the last."""
        with self._turn:
            found = [slot for slot in self._vault.slots if beginning and slot.id.startswith(beginning.lower())]
            if len(found) != 1:
                raise WrongUse(
                    "More than one way in begins like this." if found else "There is no way in with this id.",
                    next="List them, and give the whole id.",
                )
            self._close(found[0])
            return found[0]

    def rekey(
        self,
        passphrase: str,
        *,
        words: bool = True,
        cost: KdfCost | None = None,
        progress: RekeyProgress = lambda _done, _all: None,
        leaving: Collection[str] = (),
        stamp: Stamp | None = None,
    ) -> Rekeyed:
        """Encrypt everything anew under a new key, a new passphrase and, if wanted, new recovery words.

        Needs room for the whole vault once more. `leaving`: exhibits (by their references) and other parts, as
        DamagedFiles names them, that may stay behind; `stamp` is that of the entry which says so. Raises NoRoom,
        WrongUse, DamagedFiles, DamagedVault, NotRekeyed, DiskFull, DiskFailed: the vault is open as before then, as far
        as the disk lets it; NotReopened: it is closed, under its new key; RekeyUnsure: it is closed, under either. The
        last two bring the new words along.
        """
        require_passphrase(passphrase)
        with self._turn:
            path, key = self._vault.path, self._vault.keys.vault_key
            require_room(path.parent, size_of(path))
            agreed = Leaving(frozenset((*leaving, *map(str.upper, leaving))), stamp) if leaving and stamp else None
            try:
                made = rekey(self._vault, passphrase, words=words, cost=cost, progress=progress, leaving=agreed)
            except NotRekeyed:
                with suppress(VaultError):
                    self._vault = Vault.open_with_key(path, key)
                raise
            self._vault = made.vault
            note_slots(made.vault, {}, self._now())
            return made

    def _close(self, slot: Slot) -> None:
        self._dated(lambda: self._vault.remove_slot(slot.id))

    def _dated(self, change: Callable[[], T]) -> T:
        """Change the ways in, and note the date of those that are new. Raises NoRoom, and what `change` raises."""
        require_room(self._vault.path, _ROOM_FOR_WAYS, reserve=0)
        known = since(self._vault)
        try:
            done = change()
        except ReadOnlyFull:
            raise  # it says what to do: afterwards the ways in can be changed
        except ReadOnlyVault as error:
            raise ReadOnlyWays(error.what) from error
        note_slots(self._vault, known, self._now())
        return done


def require_vault_alone(folder: Path) -> None:
    """Let a folder be destroyed only if it is a vault, or what an interrupted destroying left of one, and no more.

    Raises WrongUse.
    """
    if folder.is_symlink():
        raise WrongUse(
            "This is a link that leads somewhere else.",
            safe="Nothing was destroyed.",
            next="Give the folder of the vault itself.",
        )
    if not _is_left_of_vault(folder):
        raise WrongUse(
            "This folder is not a Holdfast vault.", safe="Nothing was destroyed.", next="Give the folder of a vault."
        )
    forms = (folder, *_older_forms(folder))
    foreign = next((path for form in forms for path in foreign_in(form) if not is_litter(path)), None)
    if foreign is not None:
        place = foreign.relative_to(folder.parent)
        raise WrongUse(
            f"In the folder of this vault is something that is not the vault's: “{place}”.",
            safe="Nothing was destroyed.",
            next="Move it somewhere else first.",
        )


def _is_left_of_vault(folder: Path) -> bool:
    """Whether a folder has a vault's key slots, or its log and lock, or its name and nothing but what a vault has."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    names = {path.name for path in folder.iterdir() if not is_litter(path)}
    has_own = (
        bool(names & {SLOTS_FILE, SLOTS_COPY}) or names >= {DATABASE_FILE, LOCK} or names >= {DATABASE_FILE, OBJECTS}
    )
    return has_own or (folder.suffix == ".holdfast" and names <= _REST)


def destroy_vault(folder: Path, now: datetime) -> None:
    """Destroy a vault that nobody has open, and before it what an interrupted rekey left of it: of each, what opens it
    first.

    `now` is an aware datetime, for whoever finds the vault locked meanwhile. Raises WrongUse, VaultBusy, DiskFailed.
    """
    require_vault_alone(folder)
    disk = Disk()
    with _locked(folder, now, disk):
        # Older forms are known by the key slots of the vault: were it gone first, an interruption would leave them.
        for form in _older_forms(folder):
            # Another copy in the same folder may be getting its new key there.
            with _locked(form, now, disk):
                destroy(form, disk)
        destroy(folder, disk)


def _older_forms(folder: Path) -> list[Path]:
    """What an interrupted rekey left beside a vault, whole or in part."""
    beside = [aside_of(folder)]
    with suppress(VaultError):
        beside.append(draft_of(folder, read_slots(folder).vault))
    return [place for place in beside if place.is_dir()]


@contextmanager
def _locked(folder: Path, now: datetime, disk: Disk) -> Iterator[None]:
    """Keep others out of a vault; where nothing can be locked, nobody has it open to write. Raises VaultBusy."""
    lock: VaultLock | None = None
    with suppress(CannotLock), told():
        lock = VaultLock(folder / LOCK, now, disk)
    if lock is not None and sys.platform == "win32":
        # It removes no file that is open.
        lock.release()
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
