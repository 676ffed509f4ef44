"""Kills: a process that writes into a vault is killed at random moments, and everything it acknowledged is demanded."""

import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prove.events import Loss, event_of
from prove.witness import Witness

TESTS = Path(__file__).parent.parent
LONGEST_S = 0.4
"""A process is killed at a random moment of this time (seconds) after its first word."""

_KILLS_PER_VAULT = 25


@dataclass(slots=True)
class KillProof:
    """What was done and found."""

    kills: int = 0
    vaults: int = 0
    entries: int = 0
    objects: int = 0
    in_flight_kept: int = 0
    orphans: int = 0
    half_written: int = 0
    losses: list[str] = field(default_factory=list)


def prove(folder: Path, seed: int, kills: int) -> KillProof:
    """Kill so often, each time opening the vault again; a new vault after each 25, whose making is cut short too."""
    proof, chance = KillProof(), random.Random(seed)
    while proof.kills < kills:
        proof.vaults += 1
        path, witness = folder / str(proof.vaults) / "case.holdfast", Witness()
        path.parent.mkdir()
        for _kill in range(min(_KILLS_PER_VAULT, kills - proof.kills)):
            proof.kills += 1
            try:
                _kill_once(path, witness, chance, proof)
            except Loss as loss:
                proof.losses.append(f"kill {proof.kills}: {loss}")
                break
        proof.entries += len(witness.links)
        proof.orphans += len(list(path.glob("orphans/*")))
        proof.objects += len(witness.objects)
    return proof


def _kill_once(path: Path, witness: Witness, chance: random.Random, proof: KillProof) -> None:
    for line in _lines_of_a_killed_writer(path, witness, chance):
        witness.hear(event_of(line))
    proof.half_written += len(list(path.rglob("tmp-*")))
    found = witness.require_kept(path)
    proof.in_flight_kept += found.in_flight
    witness.catch_up(path)


def _lines_of_a_killed_writer(path: Path, witness: Witness, chance: random.Random) -> Iterator[str]:
    (way,) = witness.ways
    seed = str(chance.randrange(2**32))
    command = [sys.executable, "-m", "prove.writer", str(path), seed, way.passphrase, way.words]
    places = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": places}) as writer:
        assert writer.stdout is not None
        said = writer.stdout.fileno()
        content = b""
        # Some are killed while they make or open the vault, before they said anything.
        begun = time.monotonic()
        patience = chance.uniform(0.1, 0.3) if chance.random() < 0.1 else 60
        while select.select([said], [], [], max(0, begun + patience - time.monotonic()))[0]:
            part = os.read(said, 1 << 16)
            if not part:
                raise Loss(f"the writer ended by itself with status {writer.wait()}")
            if not content:
                begun, patience = time.monotonic(), chance.uniform(0, LONGEST_S)
            content += part
        writer.kill()
        content += writer.stdout.read()
    whole, _newline, _rest = content.rpartition(b"\n")
    yield from whole.decode().splitlines()
