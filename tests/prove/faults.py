"""A failing disk: every write, sync, rename, create and unlink of a run fails once, in several ways."""

import errno
import io
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prove.events import Loss
from prove.layer import Operation, Result, WatchedDisk, What
from prove.story import STEPS, Step, Story
from prove.witness import Witness
from vault.errors import DiskFailed, DiskFull, NotConfirmed, NotRekeyed, ReadOnlyFull, VaultError

NAME = "case.holdfast"
_TAKES_ROOM = {What.CREATE, What.WRITE, What.MAKE_FOLDER}


@dataclass(frozen=True, slots=True)
class Fault:
    """Which operation fails, how, and whether it was done all the same; `stays`: until somebody mends the disk."""

    number: int
    error: int
    done_all_the_same: bool = False
    stays: bool = False

    def __str__(self) -> str:
        words = [f"operation {self.number}", errno.errorcode[self.error]]
        words += ["done all the same"] * self.done_all_the_same + ["and from then on"] * self.stays
        return ", ".join(words)


WAYS: tuple[Callable[[int], Fault], ...] = (
    lambda number: Fault(number, errno.ENOSPC),
    lambda number: Fault(number, errno.EIO),
    lambda number: Fault(number, errno.EIO, done_all_the_same=True),
    lambda number: Fault(number, errno.ENOSPC, stays=True),
    lambda number: Fault(number, errno.EIO, stays=True),
)


@dataclass(frozen=True, slots=True)
class Struck:
    """An operation that failed, and the number of the error."""

    operation: Operation
    error: int


class FailingDisk:
    """A watcher that counts, and fails where the fault says so. A full disk that stays full still removes files."""

    def __init__(self, fault: Fault | None) -> None:
        self._fault = fault
        self.count = 0
        self.struck: list[Struck] = []

    def arm(self, fault: Fault | None) -> None:
        """Count from here, and fail as this fault says."""
        self._fault, self.count = fault, 0

    def mend(self) -> None:
        """Free some room, or put the stick back in."""
        self._fault = None

    def do(self, operation: Operation, act: Callable[[], Result]) -> Result:
        self.count += 1
        fault = self._fault
        if fault is None or not self._strikes(fault, operation):
            return act()
        self.struck.append(Struck(operation, fault.error))
        if fault.done_all_the_same:
            made = act()
            if isinstance(made, io.IOBase):
                made.close()
        raise OSError(fault.error, os.strerror(fault.error))

    def _strikes(self, fault: Fault, operation: Operation) -> bool:
        if self.count == fault.number:
            return True
        only_room = fault.error == errno.ENOSPC
        return fault.stays and self.count > fault.number and (not only_room or operation.what in _TAKES_ROOM)


@dataclass(slots=True)
class FaultProof:
    """What was tried: runs with a fault, and how they went on."""

    points: int = 0
    runs: int = 0
    told: dict[str, int] = field(default_factory=dict)
    unnoticed: int = 0
    losses: list[str] = field(default_factory=list)


def points_of(folder: Path, seed: int) -> int:
    """How many operations the run has that could fail."""
    watcher = FailingDisk(None)
    _Run(folder / "count", watcher, seed).go()
    return watcher.count


def points_in(folder: Path, seed: int, step: Step) -> range:
    """The numbers of the operations that one step of the run has, the first time."""
    watcher = FailingDisk(None)
    run = _Run(folder / "count", watcher, seed)
    try:
        return run.count(step, lambda: watcher.count)
    finally:
        shutil.rmtree(folder / "count")


def prove(folder: Path, seed: int, faults: Iterator[Fault]) -> FaultProof:
    """Go through the run once for every fault."""
    proof = FaultProof()
    for fault in faults:
        proof.runs += 1
        place = folder / "run"
        try:
            said = _Run(place, FailingDisk(fault), seed).go()
        except Loss as loss:
            proof.losses.append(f"{fault}: {loss}")
        else:
            if said is None:
                proof.unnoticed += 1
            else:
                proof.told[said] = proof.told.get(said, 0) + 1
        finally:
            shutil.rmtree(place)
    return proof


class _Run:
    def __init__(self, folder: Path, watcher: FailingDisk, seed: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._watcher = watcher
        self._witness = Witness()
        self._disk = WatchedDisk(watcher)
        self._story = Story(folder / NAME, self._disk, self._witness.hear, random.Random(seed))

    def go(self) -> str | None:
        """The name of the error that was told, None where nobody needed to know. Raises Loss."""
        said: str | None = None
        with self._disk.watching():
            for step in STEPS:
                try:
                    step(self._story)
                except VaultError as error:
                    said = type(error).__name__
                    self._require_honest(error)
                    self._go_on(step, error)
                    break
                except (OSError, AttributeError, KeyError, ValueError) as error:
                    raise Loss(f"{_name(step)} raises {error!r}, which is not for people") from error
        self._witness.require_kept(self._story.path, goes_on=True)
        return said

    def count(self, wanted: Step, count: Callable[[], int]) -> range:
        """Go as far as the end of a step; the operations in it."""
        begun = 0
        with self._disk.watching():
            for step in STEPS:
                begun = count()
                step(self._story)
                if step is wanted:
                    break
            if self._story.vault is not None:
                self._story.close()
        return range(begun + 1, count() + 1)

    def _require_honest(self, error: VaultError) -> None:
        struck = self._watcher.struck[-1]
        opened_full = isinstance(error, ReadOnlyFull) and struck.error == errno.ENOSPC and self._is_open_for_reading
        if not isinstance(error, DiskFull | DiskFailed | NotConfirmed) and not opened_full:
            raise Loss(f"{error!r} says something else than what happened")
        if struck.error == errno.ENOSPC and not (
            opened_full or isinstance(error, DiskFull | NotConfirmed | NotRekeyed)
        ):
            raise Loss(f"{struck.operation.what}: the disk is full, and that is told: {error.what}")
        if str(self._folder) in error.what or not error.what.endswith("."):
            raise Loss(f"these are no words for people: {error.what}")

    @property
    def _is_open_for_reading(self) -> bool:
        return self._story.vault is not None and self._story.vault.read_only

    def _go_on(self, step: Step, error: VaultError) -> None:
        """What was there is there; once the disk is mended, the same program keeps the next thing."""
        struck = str(self._watcher.struck[-1].operation.what) if self._watcher.struck else "nothing"
        self._watcher.mend()
        story = self._story
        try:
            if step is Story.create and not isinstance(error, NotConfirmed):
                self._require_nothing_left()
                story.create()
            elif step is Story.create:
                story.open()
                self._witness.settle(story.opened, may_be_kept=True)
            elif story.vault is None:
                story.open()
            elif self._is_open_for_reading:
                # There was no room when it was opened; opened again, it takes everything.
                story.close()
                story.open()
            else:
                self._witness.settle(story.vault, may_be_kept=isinstance(error, NotConfirmed))
            story.incident()
            story.exhibit()
            story.close()
        except VaultError as after:
            raise Loss(f"after {_name(step)} ({struck}: {error!r}) the vault is no longer usable: {after!r}") from after

    def _require_nothing_left(self) -> None:
        left = [path.name for path in self._folder.iterdir()]
        if left and not self._watcher.struck[1:]:
            raise Loss(f"a vault that could not be made left {left}")
        if self._story.path.exists():
            raise Loss("a vault that could not be made is there")


def _name(step: Step) -> str:
    return step.__name__
