"""The zip of a package: stored, one folder, sorted, without a time or an owner, written in one pass."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from app.package.bag import Part

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


class Archive:
    """A package that is being written. Parts come sorted by path, as the format wants them."""

    def __init__(self, path: Path, folder: str) -> None:
        """Begin a new zip. Raises OSError."""
        self._zip = zipfile.ZipFile(path, "x", zipfile.ZIP_STORED)
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def add(self, part: Part) -> str:
        """Write a part; returns its SHA-256. Raises OSError, and what reading the part raises."""
        info = zipfile.ZipInfo(f"{self._folder}/{part.path}", _NO_TIME)
        info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
        info.file_size = part.size
        digest = hashlib.sha256()
        with self._zip.open(info, "w") as file:
            for chunk in part.chunks():
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()


def file_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, 1 MiB at a time."""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(1024 * 1024):
            yield chunk
