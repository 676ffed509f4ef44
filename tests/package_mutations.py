"""Random damage to good packages: places flipped, dropped, swapped, truncated, renamed and duplicated.

Either in the bytes of the zip, or in the files, which are then packed anew as they should be; nothing is signed again.
"""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zip_maker import ZipPart, zip_of

GOOD = sorted((Path(__file__).parent / "vectors" / "packages").glob("good-*.zip"))
STAMPED = next(path for path in GOOD if path.name == "good-timestamp.zip")
"""Drawn more often than the others: nothing but itself signs its token."""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Mutation:
    """A damaged package: what was done to which, and its zip."""

    what: str
    zipped: bytes
    changes_no_file: bool = False
    """Every file comes out byte for byte, so that intact is the truth."""
    files: Files | None = None
    """The damaged files by their whole names, where they were damaged and not the zip: a folder can hold them too."""


def files_of(zipped: bytes) -> Files | None:
    """The files in a zip by their whole names, read by another reader; None where it cannot read them all."""
    try:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            names = archive.namelist()
            return {name: archive.read(name) for name in names} if len(set(names)) == len(names) else None
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError, zipfile.zlib.error):
        return None


def mutations(seed: int, count: int) -> Iterator[Mutation]:
    """So many damaged packages, the same for the same seed. Half of them are damaged in the zip, half in the files."""
    chance = random.Random(seed)
    packages = [(path.name, path.read_bytes()) for path in (*GOOD, *[STAMPED] * (len(GOOD) // 2))]
    for number in range(count):
        name, zipped = chance.choice(packages)
        if number % 2:
            how = chance.choice(BYTES)
            damaged = how(chance, zipped)
            yield Mutation(f"{name}: {how.__name__}", damaged, files_of(damaged) == files_of(zipped))
        else:
            files = files_of(zipped)
            assert files is not None
            how_files = chance.choice(FILES)
            what = how_files(chance, files)
            parts = [ZipPart(path, data) for path, data in sorted(files.items())]
            yield Mutation(f"{name}: {what}", zip_of(parts), files == files_of(zipped), files)


# In a stretch of bytes.


def flip(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]


def drop(chance: random.Random, data: bytes) -> bytes:
    at, length = chance.randrange(len(data)), chance.choice((1, 1, 2, 16, 1000))
    return data[:at] + data[at + length :]


def swap(chance: random.Random, data: bytes) -> bytes:
    """Two stretches next to each other change places."""
    length = chance.choice((1, 1, 4, 32))
    at = chance.randrange(max(1, len(data) - 2 * length))
    first, second = data[at : at + length], data[at + length : at + 2 * length]
    return data[:at] + second + first + data[at + 2 * length :]


def truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def duplicate(chance: random.Random, data: bytes) -> bytes:
    at, length = chance.randrange(len(data)), chance.choice((1, 1, 16, 1000))
    return data[:at] + data[at : at + length] * 2 + data[at + length :]


BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (flip, flip, drop, swap, truncate, duplicate)


# In the files.


def spoil(chance: random.Random, files: Files) -> str:
    """One file is damaged inside; small ones, which the tags are, as often as large ones."""
    return _spoil(chance, files, sorted(files))


def spoil_tag(chance: random.Random, files: Files) -> str:
    """One of the files beside data/ is damaged: what signs everything, and what nothing else signs."""
    return _spoil(chance, files, [path for path in sorted(files) if path.count("/") == 1])


def spoil_token(chance: random.Random, files: Files) -> str:
    """The token is damaged, where there is one."""
    return _spoil(chance, files, [path for path in files if path.endswith(".tsr")] or sorted(files))


def _spoil(chance: random.Random, files: Files, among: list[str]) -> str:
    path = chance.choice([path for path in among if files[path]])
    how = chance.choice(BYTES)
    files[path] = how(chance, files[path])
    return f"{how.__name__} in {path}"


def remove(chance: random.Random, files: Files) -> str:
    path = chance.choice(sorted(files))
    del files[path]
    return f"{path} removed"


def rename(chance: random.Random, files: Files) -> str:
    path = chance.choice(sorted(files))
    stem, dot, extension = path.rpartition(".")
    target = stem + chance.choice(("-2", "0", "x", "_")) + dot + extension
    files[target] = files.pop(path)
    return f"{path} renamed {target}"


def copy(chance: random.Random, files: Files) -> str:
    path = chance.choice(sorted(files))
    stem, dot, extension = path.rpartition(".")
    files[f"{stem}-copy{dot}{extension}"] = files[path]
    return f"{path} duplicated"


def exchange(chance: random.Random, files: Files) -> str:
    one, other = chance.sample(sorted(files), 2)
    files[one], files[other] = files[other], files[one]
    return f"{one} and {other} exchanged"


def exchange_lines(chance: random.Random, files: Files) -> str:
    path = chance.choice([path for path, data in sorted(files.items()) if data.count(b"\n") > 1])
    lines = files[path].splitlines(keepends=True)
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    files[path] = b"".join(lines)
    return f"lines {one + 1} and {other + 1} of {path} exchanged"


def drop_line(chance: random.Random, files: Files) -> str:
    path = chance.choice([path for path, data in sorted(files.items()) if b"\n" in data])
    lines = files[path].splitlines(keepends=True)
    gone = chance.randrange(len(lines))
    files[path] = b"".join(lines[:gone] + lines[gone + 1 :])
    return f"line {gone + 1} of {path} dropped"


FILES: tuple[Callable[[random.Random, Files], str], ...] = (
    spoil, spoil, spoil, spoil_tag, spoil_tag, spoil_token, spoil_token, remove, rename, copy, exchange,
    exchange_lines, drop_line,
)  # fmt: skip
