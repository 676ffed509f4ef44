"""Power loss: a run is recorded, cut after every operation, and every state the disk may then be in is opened."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prove.events import Event, Loss
from prove.layer import Operation, Result, WatchedDisk
from prove.media import Medium, Tree, digest_of, lay_out, possible_fates
from prove.story import STEPS, Story
from prove.witness import Witness

NAME = "case.holdfast"
BACKUP = "copy.holdfast"
"""What is in the path of everything that a backup of the run consists of."""
Forgets = Callable[[Operation], bool]


@dataclass(slots=True)
class Recorder:
    """Writes down everything that is done, and what was said in between."""

    forgets: Forgets
    steps: list[Operation | Event] = field(default_factory=list)

    def do(self, operation: Operation, act: Callable[[], Result]) -> Result:
        result = act()
        if not self.forgets(operation):
            self.steps.append(operation)
        return result


@dataclass(slots=True)
class PowerProof:
    """What was tried."""

    operations: int = 0
    cuts: int = 0
    states: int = 0
    second_cuts: int = 0
    in_flight_kept: int = 0
    losses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is tried: random subsets per cut, one cut in so many, a second cut after one state in so many.

    `among`: only operations on what has this in its path are cut, and what is said between them.
    """

    subsets: int = 12
    every: int = 1
    again_every: int = 25
    among: str = ""


def prove(
    folder: Path, seed: int, size: Size, *, exchanges: bool = True, forgets: Forgets = lambda _operation: False
) -> PowerProof:
    """Record one run and cut it everywhere.

    `exchanges`: whether two names can change places at once. `forgets`: what this disk says it has done, and has not.
    """
    run, chance = folder / "run", random.Random(seed)
    return _Cutter(folder, run, chance, size).cut(record(run, chance, exchanges=exchanges, forgets=forgets))


def record(
    run: Path, chance: random.Random, *, exchanges: bool = True, forgets: Forgets = lambda _operation: False
) -> list[Operation | Event]:
    """Let the story happen in a new folder: everything that was done, and what was said in between."""
    recorder = Recorder(forgets)
    disk = WatchedDisk(recorder, exchanges=exchanges)
    run.mkdir()
    with disk.watching():
        story = Story(run / NAME, disk, recorder.steps.append, chance)
        for step in STEPS:
            step(story)
    return recorder.steps


class _Cutter:
    def __init__(self, folder: Path, run: Path, chance: random.Random, size: Size) -> None:
        self._run = run
        self._state = folder / "state"
        self._chance = chance
        self._size = size
        self._seen: set[tuple[bytes, int]] = set()
        self.proof = PowerProof()

    def cut(self, steps: list[Operation | Event]) -> PowerProof:
        medium, witness = Medium(self._run), Witness()
        for number, step in enumerate(steps):
            if isinstance(step, Operation):
                medium.take(step)
                self.proof.operations += 1
            else:
                witness.hear(step)
            if not isinstance(step, Operation) or (
                number % self._size.every == 0 and self._size.among in str(step.path.relative_to(self._run))
            ):
                self.proof.cuts += 1
                for tree in self._states(medium, witness):
                    self._judge(tree, witness, f"cut after {number} ({step})"[:200])
        return self.proof

    def _states(self, medium: Medium, witness: Witness) -> Iterator[Tree]:
        for fates in possible_fates(medium.waiting(), self._chance, self._size.subsets):
            tree = medium.after_cut(fates, self._chance)
            digest = digest_of(tree), witness.heard
            if digest not in self._seen:
                self._seen.add(digest)
                yield tree

    def _judge(self, tree: Tree, witness: Witness, where: str) -> None:
        self.proof.states += 1
        again = self.proof.states % self._size.again_every == 0
        if again:
            self._cut_again(tree, witness, where)
        self._require(tree, witness, where, goes_on=again)

    def _require(self, tree: Tree, witness: Witness, where: str, *, goes_on: bool = False) -> None:
        self._state.mkdir()
        try:
            lay_out(tree, self._state)
            found = witness.require_kept(self._state / NAME, goes_on=goes_on)
            self.proof.in_flight_kept += found.in_flight
        except Loss as loss:
            self.proof.losses.append(f"{where}: {loss}")
        finally:
            shutil.rmtree(self._state)

    def _cut_again(self, tree: Tree, witness: Witness, where: str) -> None:
        """Cut the power a second time, while the vault is being opened after the first."""
        if not witness.links:
            return
        self._state.mkdir()
        lay_out(tree, self._state)
        recorder = Recorder(lambda _operation: False)
        disk = WatchedDisk(recorder)
        with disk.watching():
            witness.opened(self._state / NAME, disk).close()
        shutil.rmtree(self._state)
        medium = Medium(self._state, tree)
        for step in recorder.steps:
            assert isinstance(step, Operation)
            medium.take(step)
            for fates in possible_fates(medium.waiting(), self._chance, 1):
                self.proof.second_cuts += 1
                self._require(medium.after_cut(fates, self._chance), witness, f"{where}, and again at opening")
