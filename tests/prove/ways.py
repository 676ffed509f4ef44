"""A failing disk under new ways in: every operation of a change fails, and somebody has a way in that was told."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vaults import CHEAP, PASSPHRASE, new_vault

from prove.events import Loss
from prove.faults import FailingDisk, Fault
from prove.layer import WatchedDisk
from vault.errors import NotConfirmed, VaultError, WaysUnsure, WrongPassphrase, WrongWords
from vault.recovery import RecoverySecret
from vault.slots import SlotType
from vault.vault import Vault

NEW = "another passphrase"
_NAME = "case.holdfast"


@dataclass(frozen=True, slots=True)
class Ways:
    """What opens a vault: a passphrase, if there is one, and what recovery words stand for, if there are any."""

    passphrase: str | None
    words: RecoverySecret | None

    def require_complete(self) -> None:
        """Somebody has both. Raises Loss."""
        if self.passphrase is None or self.words is None:
            raise Loss("new recovery words were made, and nobody was given them")

    def require_all(self, path: Path) -> None:
        """Each of them opens it. Raises Loss."""
        if not all(self.open(path)):
            raise Loss("it was said that this opens the vault, and it does not")

    def open(self, path: Path) -> list[bool]:
        """Whether each of them opens it."""
        opens: list[bool] = []
        if self.passphrase is not None:
            opens.append(_opens(lambda: Vault.open(path, self.passphrase or "")))
        if self.words is not None:
            words = self.words
            opens.append(_opens(lambda: Vault.open_with_words(path, words)))
        return opens

    def without(self, other: "Ways") -> "Ways":
        """What the other has not."""
        return Ways(
            self.passphrase if self.passphrase != other.passphrase else None,
            self.words if self.words != other.words else None,
        )


def _opens(attempt: Callable[[], Vault]) -> bool:
    try:
        attempt().close()
    except (WrongPassphrase, WrongWords):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the ways in: it returns what new recovery words stand for; and what opens the vault after it."""

    name: str
    make: Callable[[Vault], RecoverySecret | None]
    after: Callable[[Ways, RecoverySecret | None], Ways]


def _drop_words(vault: Vault) -> None:
    vault.remove_slot(next(slot.id for slot in vault.slots if slot.type is SlotType.RECOVERY))


CHANGES = (
    Change(
        "a new passphrase",
        lambda vault: vault.set_passphrase(NEW, cost=CHEAP),
        lambda _before, words: Ways(NEW, words),
    ),
    Change(
        "new recovery words",
        lambda vault: vault.set_recovery_words(),
        lambda before, words: Ways(before.passphrase, words),
    ),
    Change("no recovery words", _drop_words, lambda before, _words: Ways(before.passphrase, None)),
)


@dataclass(slots=True)
class WaysProof:
    """What was tried, and what was told."""

    runs: int = 0
    told: dict[str, int] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)


class _Origin:
    """A vault that a passphrase and recovery words open."""

    def __init__(self, folder: Path) -> None:
        vault = new_vault(folder, "origin.holdfast")
        self.path = vault.path
        self.before = Ways(PASSPHRASE, vault.set_recovery_words())
        vault.close()


def prove(folder: Path, faults: Callable[[int], Iterator[Fault]]) -> WaysProof:
    """Go through each change once for every fault; `faults` is told how many operations could fail."""
    proof, origin = WaysProof(), _Origin(folder)
    for change in CHANGES:
        count = _run(origin, folder / "run", None, change, proof)
        for fault in faults(count):
            proof.runs += 1
            try:
                _run(origin, folder / "run", fault, change, proof)
            except Loss as loss:
                proof.losses.append(f"{change.name}, {fault}: {loss}")
    shutil.rmtree(origin.path)
    return proof


def _run(origin: _Origin, place: Path, fault: Fault | None, change: Change, proof: WaysProof) -> int:
    """One change on a disk that fails, then is mended; returns how many operations it had. Raises Loss."""
    place.mkdir()
    path, watcher = place / _NAME, FailingDisk(None)
    shutil.copytree(origin.path, path)
    disk = WatchedDisk(watcher)
    error: VaultError | None = None
    words: RecoverySecret | None = None
    try:
        with disk.watching():
            vault = Vault.open(path, PASSPHRASE, disk=disk)
            watcher.arm(fault)
            try:
                words = change.make(vault)
            except VaultError as failure:
                error, words = failure, failure.words if isinstance(failure, WaysUnsure) else None
            count = watcher.count
            watcher.mend()
            vault.close()
        told = type(error).__name__ if error is not None else "nothing"
        proof.told[told] = proof.told.get(told, 0) + 1
        _judge(path, error, origin.before, change.after(origin.before, words))
        return count
    finally:
        shutil.rmtree(place)


def _judge(path: Path, error: VaultError | None, before: Ways, after: Ways) -> None:
    if isinstance(error, NotConfirmed):
        # Nobody could tell: all of the old opens it, or all of the new, which was handed out with the error.
        if not (all(before.open(path)) or all(after.open(path))):
            raise Loss("either was to open the vault, and neither does")
    elif error is not None:
        before.require_all(path)
    else:
        after.require_all(path)
        if any(before.without(after).open(path)):
            raise Loss("what was shut out opens the vault")
