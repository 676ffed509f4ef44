"""Packages damaged at random places: the check never says intact, unless every file still comes out byte for byte."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from package_mutations import mutations

from app.package.verify import Outcome, verify


@dataclass
class Proof:
    """How many damaged packages had which verdict, and those that were called intact and are not."""

    told: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    losses: list[str] = field(default_factory=list)

    @property
    def runs(self) -> int:
        return self.told.total() + self.harmless + len(self.losses)


def prove(folder: Path, seed: int, count: int) -> Proof:
    """Damage `count` packages and check each."""
    proof = Proof()
    path = folder / "damaged.zip"
    for number, mutation in enumerate(mutations(seed, count)):
        path.write_bytes(mutation.zipped)
        outcome = verify(path).outcome
        if outcome is not Outcome.INTACT:
            proof.told[outcome.value] += 1
        elif mutation.changes_no_file:
            proof.harmless += 1
        else:
            proof.losses.append(f"{number} of seed {seed} is called intact: {mutation.what}")
    return proof
