"""A program is killed, the next one goes on with what it finds, and then the power fails.

What the killed one had named and not synced is there for the next one, and not on the disk yet: whoever builds on it
has to sync it first.
"""

import copy
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from vaults import add_exhibit, add_incident

from prove.backups import place_of_backup
from prove.events import BackedUp, Loss, Stored
from prove.layer import Operation, WatchedDisk
from prove.media import Fate, Medium, lay_out, possible_fates
from prove.power import NAME, Forgets, Recorder, record
from prove.witness import Witness
from vault.backup import backup
from vault.errors import BackupOfOldKey
from vault.vault import Vault


@dataclass(slots=True)
class ResumedProof:
    """What was tried."""

    kills: int = 0
    states: int = 0
    losses: list[str] = field(default_factory=list)


def prove(
    folder: Path,
    seed: int,
    *,
    kills: Callable[[Operation], bool] = lambda _operation: True,
    subsets: int = 2,
    exchanges: bool = True,
    forgets: Forgets = lambda _operation: False,
) -> ResumedProof:
    """Record one run, kill it after each operation that `kills`, go on, and cut the power after each word that is said.

    `subsets`: random states of the disk per cut, beside the ones that are always looked at. `exchanges`: whether two
    names can change places at once. `forgets`: what the disk says it has done for the program that goes on, and has
    not.
    """
    run, chance, proof = folder / "run", random.Random(seed), ResumedProof()
    steps = record(run, chance, exchanges=exchanges)
    shutil.rmtree(run)
    medium, witness = Medium(run), Witness()
    for number, step in enumerate(steps):
        if not isinstance(step, Operation):
            witness.hear(step)
            continue
        medium.take(step)
        if kills(step):
            proof.kills += 1
            recorder = Recorder(forgets)
            resumed = _Resumed(
                run,
                WatchedDisk(recorder, exchanges=exchanges),
                recorder,
                copy.deepcopy(medium),
                copy.deepcopy(witness),
                chance,
                subsets,
                proof,
            )
            try:
                resumed.go_on()
            except Loss as loss:
                proof.losses.append(f"killed after {number} ({step})"[:200] + f": {loss}")
    return proof


@dataclass(slots=True)
class _Resumed:
    run: Path
    disk: WatchedDisk
    recorder: Recorder
    medium: Medium
    witness: Witness
    chance: random.Random
    subsets: int
    proof: ResumedProof

    def go_on(self) -> None:
        """Open what the killed program left, keep something, make a backup; then cut the power. Raises Loss."""
        steps: list[Operation | Witness] = []
        self.run.mkdir()
        try:
            lay_out(self.medium.after_cut(dict.fromkeys(self.medium.waiting(), Fate.DONE), self.chance), self.run)
            if (self.run / NAME).exists():
                steps = self._done()
        finally:
            shutil.rmtree(self.run)
        for step in steps:
            if isinstance(step, Operation):
                self.medium.take(step)
            else:
                self._cut(step)

    def _done(self) -> list[Operation | Witness]:
        """What is done, and what is known each time that something was said."""
        steps: list[Operation | Witness] = []

        def said() -> None:
            steps.extend(step for step in self.recorder.steps if isinstance(step, Operation))
            self.recorder.steps.clear()
            steps.append(copy.deepcopy(self.witness))

        with self.disk.watching():
            vault = self.witness.opened(self.run / NAME, self.disk)
            self.witness.settle(vault, may_be_kept=True)
            said()
            self._keep(vault)
            said()
            self._back_up(vault)
            said()
            vault.close()
        return steps

    def _keep(self, vault: Vault) -> None:
        add_incident(vault, "gone on")
        _subject, stored = add_exhibit(vault, b"gone on", f"AB/{vault.log.highest_number('AB') + 1}")
        self.witness.hear(Stored(stored.id, stored.sha256, stored.size))
        self.witness.links = [row.link for row, _entry in vault.entries()]

    def _back_up(self, vault: Vault) -> None:
        self.witness.hear(BackedUp(done=False))
        # Killed before the vault noted what the backup holds, nobody knows whether somebody went on in it.
        with suppress(BackupOfOldKey):
            backup(vault, place_of_backup(vault.path), disk=self.disk)
            self.witness.hear(BackedUp(done=True))

    def _cut(self, known: Witness) -> None:
        state = self.run.with_name("state")
        for fates in possible_fates(self.medium.waiting(), self.chance, self.subsets):
            self.proof.states += 1
            state.mkdir()
            try:
                lay_out(self.medium.after_cut(fates, self.chance), state)
                known.require_kept(state / NAME)
            finally:
                shutil.rmtree(state)
