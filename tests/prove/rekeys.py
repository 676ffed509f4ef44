"""A failing disk under a new key: every operation of a rekey fails, and the old vault or the new one is whole."""

import io
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vaults import CHEAP, PASSPHRASE, add_exhibit, add_incident, new_vault, read

from prove.events import Loss
from prove.faults import FailingDisk, Fault
from prove.layer import WatchedDisk
from prove.ways import Ways
from vault.chain import StoredObject
from vault.check import check
from vault.errors import NotRekeyed, NotReopened, RekeyUnsure, VaultError, WaysUnsure
from vault.recovery import RecoverySecret
from vault.rekey import rekey
from vault.vault import Vault

NEW = "another passphrase"
_NAME = "case.holdfast"


@dataclass(slots=True)
class RekeyProof:
    """What was tried, what was told, and what opened the vault afterwards."""

    runs: int = 0
    told: dict[str, int] = field(default_factory=dict)
    opened_by_old: int = 0
    opened_by_new: int = 0
    losses: list[str] = field(default_factory=list)


class _Origin:
    """A small vault, and what has to be in it for ever."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        vault = new_vault(folder, _NAME)
        self.path = vault.path
        self.files: dict[bytes, StoredObject] = {}
        for content in (random.Random(1).randbytes(300_000), b""):
            _subject, self.files[content] = add_exhibit(vault, content, f"AB/{len(self.files) + 1}")
        self.aside = random.Random(2).randbytes(1000)
        self.aside_id, _measure = vault.store(io.BytesIO(self.aside))
        self.links = [row.link for row in vault.log.rows()]
        self.before = Ways(PASSPHRASE, vault.set_recovery_words())
        vault.close()

    def require_whole(self, vault: Vault) -> None:
        links = [row.link for row in vault.log.rows()]
        if links[: len(self.links)] != self.links or check(vault).faults:
            raise Loss("the vault is not whole")
        if any(read(vault, stored) != content for content, stored in self.files.items()):
            raise Loss("a file reads as something else")
        if b"".join(bytes(part) for part in vault.objects.read_unnamed(self.aside_id)) != self.aside:
            raise Loss("a file that no entry names reads as something else")


def points_of(folder: Path, *, exchanges: bool) -> int:
    """How many operations a rekey has that could fail."""
    watcher = FailingDisk(None)
    _run(_Origin(folder / "origin"), folder / "count", watcher, None, exchanges=exchanges)
    shutil.rmtree(folder / "origin")
    return watcher.count


def prove(folder: Path, faults: Iterator[Fault], *, exchanges: bool) -> RekeyProof:
    """Go through a rekey once for every fault."""
    proof, origin = RekeyProof(), _Origin(folder / "origin")
    for fault in faults:
        proof.runs += 1
        place = folder / "run"
        try:
            error, words = _run(origin, place, FailingDisk(None), fault, exchanges=exchanges)
            _judge(origin, place, error, Ways(NEW, words), proof)
        except Loss as loss:
            proof.losses.append(f"{fault}: {loss}")
        finally:
            shutil.rmtree(place)
    shutil.rmtree(folder / "origin")
    return proof


def _run(
    origin: _Origin, place: Path, watcher: FailingDisk, fault: Fault | None, *, exchanges: bool
) -> tuple[VaultError | None, RecoverySecret | None]:
    """One rekey on a disk that fails; what was told, and the new words that were handed out, also with an error.

    Where the vault is still open, the next thing is kept in it.
    """
    place.mkdir()
    shutil.copytree(origin.path, place / _NAME)
    disk = WatchedDisk(watcher, exchanges=exchanges)
    with disk.watching():
        vault = Vault.open(place / _NAME, PASSPHRASE, disk=disk)
        watcher.arm(fault)
        try:
            made = rekey(vault, NEW, cost=CHEAP, disk=disk)
            made.vault.close()
        except VaultError as error:
            watcher.arm(None)
            if not isinstance(error, NotRekeyed | WaysUnsure):
                origin.require_whole(vault)
                add_incident(vault, "the next thing")
            vault.close()
            return error, error.words if isinstance(error, WaysUnsure) else None
        except (OSError, AttributeError, KeyError, ValueError) as error:
            raise Loss(f"a rekey raises {error!r}, which is not for people") from error
        return None, made.words


def _judge(origin: _Origin, place: Path, error: VaultError | None, new: Ways, proof: RekeyProof) -> None:
    """The disk is mended: what was said opens the vault, words too, it is whole, and nothing else is left."""
    name = type(error).__name__ if error is not None else "nothing"
    proof.told[name] = proof.told.get(name, 0) + 1
    may_open = [origin.before]
    if error is None or isinstance(error, NotReopened):
        may_open = [new]
    elif isinstance(error, RekeyUnsure):
        may_open = [new, origin.before]
    if error is None or isinstance(error, WaysUnsure):
        new.require_complete()
    try:
        found = next((ways for ways in may_open if all(ways.open(place / _NAME))), None)
        if found is None:
            raise Loss(f"{name} was told, and what should open the vault does not")
        vault = Vault.open(place / _NAME, found.passphrase or "")
    except VaultError as failure:
        raise Loss(f"{name} was told, and the vault does not open: {failure.what}") from failure
    try:
        origin.require_whole(vault)
    finally:
        vault.close()
    proof.opened_by_old += found is origin.before
    proof.opened_by_new += found is new
    left = [path.name for path in place.iterdir() if path.name != _NAME]
    if left:
        raise Loss(f"{left} is left beside it")
