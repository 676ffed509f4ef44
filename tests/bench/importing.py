"""Large files: to Saved and out again, against age plus openssl one after the other; memory at any size."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from cases import ORDINARY, new_case

from app.commands.extraction import extract_files
from bench.harness import QUICK, Measured, even_ground, in_child, peak_mb, random_file, ratios, seconds, timed
from capture import FileSource
from vault.stream import encrypt

SIZE = (128 if QUICK else 1024) << 20
SPARSE = (1 if QUICK else 8) << 30
"""Bytes of a file without content: what it becomes in the vault is as long, and is really written."""
_SPARE = 2 << 30


def measure(folder: Path) -> Iterator[Measured]:
    large = random_file(folder / "large.bin", SIZE)
    peers = _Peers(folder, large)
    even = partial(even_ground, folder, SIZE)
    name = f"{SIZE >> 20:,} MiB: "
    alone = ratios(lambda: _encrypt(large), peers.take_in, before=even)
    yield Measured.median(name + "encrypt and hash / (age + openssl dgst)", alone, 0.7, "x")
    saved = ratios(lambda: _saved(folder, large), peers.take_in, before=even)
    yield Measured.median(name + "to Saved, read back from the disk / the same", saved, 1.6, "x")
    extracted = _extract_ratios(folder, large, peers, even)
    yield Measured.median(name + "extract, on the disk / (age -d + openssl dgst)", extracted, 1.2, "x")
    yield Measured(name + "more memory while taking it in", in_child("importing", large)[0], 40, "MB")
    large.unlink()
    yield from _sparse(folder)


class _Peers:
    """What the same work takes with age and openssl; what they write is not synced."""

    def __init__(self, folder: Path, large: Path) -> None:
        self._key, self._encrypted, self._plain = folder / "age.key", folder / "large.age", folder / "large.out"
        self._large = large
        subprocess.run(["age-keygen", "-o", self._key], check=True, stderr=subprocess.DEVNULL)
        self._recipient = self._key.read_text().split("public key: ")[1].split()[0]

    def take_in(self) -> float:
        """Encrypt the file, then hash it."""
        taken = self.encrypt() + timed(["openssl", "dgst", "-sha256", self._large])
        self._encrypted.unlink()
        return taken

    def give_out(self) -> float:
        """Decrypt what was encrypted, then hash what came out."""
        taken = timed(["age", "-d", "-i", self._key, "-o", self._plain, self._encrypted])
        taken += timed(["openssl", "dgst", "-sha256", self._plain])
        self._plain.unlink()
        return taken

    def encrypt(self) -> float:
        """Encrypt the file alone."""
        return timed(["age", "-r", self._recipient, "-o", self._encrypted, self._large])


def _encrypt(path: Path) -> float:
    out = path.with_suffix(".enc")
    with path.open("rb", buffering=0) as source, out.open("wb", buffering=0) as sink:
        taken = seconds(lambda: encrypt(bytes(32), "0" * 32, source, sink, lambda _done: None))
    out.unlink()
    return taken


def _saved(folder: Path, large: Path) -> float:
    case = new_case(folder)
    taken = seconds(lambda: case.preserve(FileSource(large).capture(), ORDINARY))
    case.close()
    shutil.rmtree(folder / "case.holdfast")
    return taken


def _extract_ratios(folder: Path, large: Path, peers: _Peers, even: Callable[[], None]) -> list[float]:
    """What they decrypt is still in the system's memory; our object file has to come from the disk."""
    case = new_case(folder)
    exhibit = case.find(case.preserve(FileSource(large).capture(), ORDINARY).ref)
    out = folder / "out.bin"

    def extracted() -> float:
        taken = seconds(lambda: extract_files(case.vault, exhibit, out))
        out.unlink()
        return taken

    peers.encrypt()
    found = ratios(extracted, peers.give_out, before=even)
    case.close()
    shutil.rmtree(folder / "case.holdfast")
    return found


def _sparse(folder: Path) -> Iterator[Measured]:
    what = f"{SPARSE >> 20:,} MiB, sparse: more memory while taking it in"
    free = shutil.disk_usage(folder).free
    if free < SPARSE + _SPARE:
        print(f"{what}: not measured, {folder} has {free >> 20:,} MiB free and {SPARSE + _SPARE >> 20:,} are needed")
        return
    sparse = folder / "sparse.bin"
    with sparse.open("wb") as file:
        file.truncate(SPARSE)
    grown, taken = in_child("importing", sparse)
    yield Measured(what, grown, 40, "MB")
    print(f"  to Saved, read back from the disk: {taken:.0f} s, {SPARSE / taken / 1e6:,.0f} MB/s")
    sparse.unlink()


def _memory(path: Path) -> None:
    child = path.parent / "child"
    child.mkdir()
    case = new_case(child)
    before = peak_mb()
    taken = seconds(lambda: case.preserve(FileSource(path).capture(), ORDINARY))
    print(peak_mb() - before, taken)
    case.close()
    shutil.rmtree(child)


if __name__ == "__main__":
    _memory(Path(sys.argv[1]))
