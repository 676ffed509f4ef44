"""Packages damaged at random places: the check never says intact, unless every file still comes out byte for byte."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from package_mutations import Mutation, mutations

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
    for number, mutation in enumerate(mutations(seed, count)):
        outcomes = {verify(path).outcome for path in _packages(folder, mutation)}
        if Outcome.INTACT not in outcomes:
            proof.told[max(outcomes).value] += 1
        elif mutation.changes_no_file:
            proof.harmless += 1
        else:
            proof.losses.append(f"{number} of seed {seed} is called intact: {mutation.what}")
    return proof


def _packages(folder: Path, mutation: Mutation) -> Iterator[Path]:
    """The damaged zip, and the damaged files as they are unpacked, where only files were damaged."""
    path = folder / "damaged.zip"
    path.write_bytes(mutation.zipped)
    yield path
    if mutation.files is not None:
        with tempfile.TemporaryDirectory(dir=folder) as unpacked:
            for name, data in mutation.files.items():
                target = Path(unpacked, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            yield Path(unpacked)
