"""Runs the proofs at full size, prints what was done, and ends with status 1 where anything was lost."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from page import checker_page
from page_firefox import firefox_page

from prove import faults, flips, kills, packages, pages, power, rekeys, resumed, ways


def prove_kills(folder: Path, seed: int) -> tuple[str, Sequence[str]]:
    """A thousand kills."""
    proof = kills.prove(folder, seed, 1000)
    words = (
        f"{proof.kills:,} kills of a writing process, {proof.vaults} vaults: {proof.entries:,} entries and "
        f"{proof.objects:,} objects acknowledged; {proof.half_written} half-written files or folders removed, "
        f"{proof.orphans} stored files that no entry named yet set aside, {proof.in_flight_kept} commits found that "
        f"came too late to be acknowledged"
    )
    return words, proof.losses


def prove_power(folder: Path, seed: int, *, exchanges: bool) -> tuple[str, Sequence[str]]:
    """The power is cut after every operation of a run."""
    proof = power.prove(folder, seed, power.Size(), exchanges=exchanges)
    words = (
        f"power cut at {proof.cuts:,} moments of {proof.operations:,} operations: {proof.states:,} states of the disk "
        f"opened, and {proof.second_cuts:,} after a second cut at opening; {proof.in_flight_kept} commits found that "
        f"came too late to be acknowledged"
    )
    return words, proof.losses


def prove_resumed(folder: Path, seed: int, *, exchanges: bool) -> tuple[str, Sequence[str]]:
    """A run is killed after every operation, the next program goes on, and then the power is cut."""
    proof = resumed.prove(folder, seed, exchanges=exchanges)
    words = (
        f"{proof.kills:,} kills after which another program went on, and the power was cut then: "
        f"{proof.states:,} states of the disk opened"
    )
    return words, proof.losses


def prove_faults(folder: Path, seed: int) -> tuple[str, Sequence[str]]:
    """Every operation of a run fails, in every way."""
    points = faults.points_of(folder, seed)
    every = (way(number) for number in range(1, points + 1) for way in faults.WAYS)
    proof = faults.prove(folder, seed, every)
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(proof.told.items()))
    words = (
        f"{points:,} operations of a run failed in {len(faults.WAYS)} ways each, {proof.runs:,} runs; told: {told}; "
        f"{proof.unnoticed} failures of what is done again later were passed over"
    )
    return words, proof.losses


def prove_rekeys(folder: Path, _seed: int, *, exchanges: bool) -> tuple[str, Sequence[str]]:
    """Every operation of a rekey fails, in every way."""
    points = rekeys.points_of(folder, exchanges=exchanges)
    shutil.rmtree(folder / "count")
    every = (way(number) for number in range(1, points + 1) for way in faults.WAYS)
    proof = rekeys.prove(folder, every, exchanges=exchanges)
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(proof.told.items()))
    words = (
        f"{points:,} operations of a rekey failed in {len(faults.WAYS)} ways each, {proof.runs:,} runs; told: {told}; "
        f"opened after it by the old passphrase {proof.opened_by_old:,}, by the new one {proof.opened_by_new:,}"
    )
    return words, proof.losses


def prove_ways(folder: Path, _seed: int) -> tuple[str, Sequence[str]]:
    """Every operation of every change of the ways in fails, in every way."""
    proof = ways.prove(folder, lambda points: (way(number) for number in range(1, points + 1) for way in faults.WAYS))
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(proof.told.items()))
    words = f"every operation of {len(ways.CHANGES)} changes of the ways in failed, {proof.runs:,} runs; told: {told}"
    return words, proof.losses


def prove_flips(folder: Path, seed: int) -> tuple[str, Sequence[str]]:
    """Every byte of a small vault is changed, one at a time."""
    proof = flips.prove(folder, seed)
    flipped = proof.told.total() + proof.harmless.total() + len(proof.losses)
    words = (
        f"{flipped:,} bytes of a small vault changed, one at a time: "
        f"{proof.told.total():,} told with the thing they hit, {proof.harmless.total():,} harmless"
    )
    return words, proof.losses


def prove_packages(folder: Path, seed: int) -> tuple[str, Sequence[str]]:
    """Good packages are damaged at random places."""
    proof = packages.prove(folder, seed, 4000)
    words = (
        f"{proof.runs:,} good packages damaged at random places: {proof.told['failed']:,} failed and "
        f"{proof.told['unreadable']:,} unreadable; of {proof.harmless:,} every file still came out byte for byte"
    )
    return words, proof.losses


def prove_pages(folder: Path, seed: int) -> tuple[str, Sequence[str]]:
    """The same in the page, in both browsers."""
    words, losses = [], []
    for name, browser in (("Chromium", checker_page), ("Firefox", firefox_page)):
        (folder / name).mkdir()
        proof = pages.prove(folder / name, seed, 2000, browser)
        words.append(f"{name}: {proof.told['failed']:,} failed, {proof.told['unreadable']:,} unreadable, "
                     f"{proof.harmless:,} with every file as it was")  # fmt: skip
        losses += [f"{name}: {loss}" for loss in proof.losses]
    return "damaged packages in the page; " + "; ".join(words), losses


def prove_pages_together(folder: Path, seed: int) -> tuple[str, Sequence[str]]:
    """Several packages at once, in the page and on the command line."""
    words, losses = [], []
    for name, browser in (("Chromium", checker_page), ("Firefox", firefox_page)):
        (folder / name).mkdir()
        proof = pages.prove_together(folder / name, seed, 500, browser)
        words.append(f"{name}: {proof.told['alike']:,} of {proof.runs:,}")
        losses += [f"{name}: {loss}" for loss in proof.losses]
    return "sets of several packages of which page and command line say the same; " + "; ".join(words), losses


_PROOFS: dict[str, tuple[Callable[[Path, int], tuple[str, Sequence[str]]], ...]] = {
    "kills": (prove_kills,),
    "power": (
        lambda folder, seed: prove_power(folder, seed, exchanges=True),
        lambda folder, seed: prove_power(folder, seed, exchanges=False),
    ),
    "resumed": (
        lambda folder, seed: prove_resumed(folder, seed, exchanges=True),
        lambda folder, seed: prove_resumed(folder, seed, exchanges=False),
    ),
    "faults": (prove_faults,),
    "rekeys": (
        lambda folder, seed: prove_rekeys(folder, seed, exchanges=True),
        lambda folder, seed: prove_rekeys(folder, seed, exchanges=False),
    ),
    "ways": (prove_ways,),
    "flips": (prove_flips,),
    "packages": (prove_packages,),
    "pages": (prove_pages, prove_pages_together),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="prove", description=__doc__)
    parser.add_argument("proofs", nargs="*", help=f"which of {', '.join(_PROOFS)}; all without")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    lost = 0
    for name in asked.proofs or _PROOFS:
        for prove in _PROOFS[name]:
            begun = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="holdfast-prove-") as folder:
                words, losses = prove(Path(folder), asked.seed)
            print(f"{words}; {len(losses)} losses ({time.monotonic() - begun:.0f} s)", flush=True)
            for loss in losses:
                print(f"    {loss}", flush=True)
            lost += len(losses)
    print("Nothing that was acknowledged was lost." if not lost else f"LOST: {lost}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
