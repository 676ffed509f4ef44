"""Taking in a large file: encrypt and hash against age plus openssl; to Saved with read-back; memory at any size."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cases import ORDINARY, new_case

from bench.harness import QUICK, Measured, in_child, median_ratio, peak_mb, random_file, seconds, timed
from capture import FileSource
from vault.stream import encrypt

SIZE = (128 if QUICK else 1024) << 20


def measure(folder: Path) -> Iterator[Measured]:
    large = random_file(folder / "large.bin", SIZE)
    subprocess.run(["age-keygen", "-o", folder / "age.key"], check=True, stderr=subprocess.DEVNULL)
    recipient = (folder / "age.key").read_text().split("public key: ")[1].split()[0]

    def peers() -> float:
        encrypted = folder / "large.age"
        return timed(["age", "-r", recipient, "-o", encrypted, large]) + timed(["openssl", "dgst", "-sha256", large])

    name = f"{SIZE >> 20} MiB: "
    yield Measured(
        name + "encrypt and hash / (age + openssl dgst)", median_ratio(lambda: _encrypt(large), peers), 0.7, "x"
    )
    case = new_case(folder)
    saved = median_ratio(lambda: seconds(lambda: case.preserve(FileSource(large).capture(), ORDINARY)), peers)
    case.close()
    yield Measured(name + "to Saved, read back / (age + openssl dgst)", saved, 1.6, "x")
    (grown,) = in_child("importing", large)
    yield Measured(name + "more memory while taking it in", grown, 40, "MB")


def _encrypt(path: Path) -> float:
    with path.open("rb", buffering=0) as source, path.with_suffix(".enc").open("wb", buffering=0) as sink:
        return seconds(lambda: encrypt(bytes(32), "0" * 32, source, sink, lambda _done: None))


def _memory(path: Path) -> None:
    case = new_case(path.parent / "child")
    before = peak_mb()
    case.preserve(FileSource(path).capture(), ORDINARY)
    print(peak_mb() - before)
    case.close()


if __name__ == "__main__":
    large_file = Path(sys.argv[1])
    (large_file.parent / "child").mkdir()
    _memory(large_file)
